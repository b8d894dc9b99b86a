/// Names as dense ids. Text is bytes; the table is an open-addressed hash over one byte pool.
///
/// Ids are issued in order of first insertion, so a fixed insertion order gives fixed ids: parsers
/// intern into a table of their own file, and the tables are merged in file order.
public struct Interner: Sendable {
  @usableFromInline var pool: [UInt8] = []
  /// Start of each name in `pool`; one extra entry marks the end of the last.
  @usableFromInline var starts: [UInt32] = [0, 0]
  @usableFromInline var hashes: [UInt32] = [0]
  /// Open-addressed slots, 0 for empty; a power of two.
  @usableFromInline var slots: [UInt32]

  public init(capacity: Int = 1024) {
    var n = 64
    while n < capacity * 2 { n <<= 1 }
    slots = Array(repeating: 0, count: n)
  }

  /// Number of ids issued, the empty name included.
  @inlinable public var count: Int { hashes.count }

  /// The id of `bytes`, issued now if it is new.
  @inlinable public mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> NameID {
    if bytes.isEmpty { return .none }
    let h = Interner.hash(bytes)
    let mask = slots.count - 1
    var i = Int(h) & mask
    while slots[i] != 0 {
      let id = slots[i]
      if hashes[Int(id)] == h && equals(id, bytes) { return NameID(raw: id) }
      i = (i + 1) & mask
    }
    let id = UInt32(hashes.count)
    pool.append(contentsOf: bytes)
    starts.append(UInt32(pool.count))
    hashes.append(h)
    slots[i] = id
    if hashes.count * 2 > slots.count { grow() }
    return NameID(raw: id)
  }

  @inlinable public mutating func intern(_ text: String) -> NameID {
    var t = text
    return t.withUTF8 { intern($0) }
  }

  @inlinable public mutating func intern(_ bytes: [UInt8]) -> NameID {
    bytes.withUnsafeBufferPointer { intern($0) }
  }

  /// The id of `text` if it has one. Does not add.
  public func find(_ text: String) -> NameID? {
    var t = text
    return t.withUTF8 { bytes -> NameID? in
      if bytes.isEmpty { return NameID.none }
      let h = Interner.hash(bytes)
      let mask = slots.count - 1
      var i = Int(h) & mask
      while slots[i] != 0 {
        if hashes[Int(slots[i])] == h && equals(slots[i], bytes) { return NameID(raw: slots[i]) }
        i = (i + 1) & mask
      }
      return nil
    }
  }

  /// Calls `body` with the bytes of `id`, valid during the call only.
  @inlinable public func withBytes<R>(
    _ id: NameID, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) rethrows -> R {
    let a = Int(starts[Int(id.raw)])
    let b = Int(starts[Int(id.raw) + 1])
    return try pool.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[a..<b])) }
  }

  /// The bytes of `id`.
  public func bytes(_ id: NameID) -> [UInt8] { withBytes(id) { Array($0) } }

  /// The text of `id`, for messages.
  public func string(_ id: NameID) -> String {
    withBytes(id) { String(decoding: $0, as: UTF8.self) }
  }

  /// The first byte of `id`, or 0 for the empty name.
  @inlinable public func firstByte(_ id: NameID) -> UInt8 {
    let a = Int(starts[Int(id.raw)])
    return a < Int(starts[Int(id.raw) + 1]) ? pool[a] : 0
  }

  @usableFromInline func equals(_ id: UInt32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let a = Int(starts[Int(id)])
    let n = Int(starts[Int(id) + 1]) - a
    if n != bytes.count { return false }
    return pool.withUnsafeBufferPointer { p in
      for i in 0..<n where p[a + i] != bytes[i] { return false }
      return true
    }
  }

  @usableFromInline mutating func grow() {
    let n = slots.count * 2
    var fresh = [UInt32](repeating: 0, count: n)
    for id in 1..<hashes.count {
      var i = Int(hashes[id]) & (n - 1)
      while fresh[i] != 0 { i = (i + 1) & (n - 1) }
      fresh[i] = UInt32(id)
    }
    slots = fresh
  }

  /// FNV-1a with a final mix; the value never leaves the process.
  @inlinable static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var h: UInt32 = 2_166_136_261
    for b in bytes { h = (h ^ UInt32(b)) &* 16_777_619 }
    return h ^ (h >> 15)
  }
}
