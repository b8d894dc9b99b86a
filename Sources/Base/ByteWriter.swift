/// A growing byte buffer with little-endian and LEB128 writers: object code, ELF, text output.
public struct ByteWriter: Sendable {
  public var bytes: [UInt8]

  @inlinable public init(reserving n: Int = 0) {
    bytes = []
    bytes.reserveCapacity(n)
  }

  @inlinable public var count: Int { bytes.count }
  @inlinable public mutating func u8(_ v: UInt8) { bytes.append(v) }

  @inlinable public mutating func u16(_ v: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: v))
    bytes.append(UInt8(truncatingIfNeeded: v >> 8))
  }

  @inlinable public mutating func u32(_ v: UInt32) {
    withUnsafeBytes(of: v.littleEndian) { bytes.append(contentsOf: $0) }
  }

  @inlinable public mutating func u64(_ v: UInt64) {
    withUnsafeBytes(of: v.littleEndian) { bytes.append(contentsOf: $0) }
  }

  @inlinable public mutating func append(_ b: [UInt8]) { bytes.append(contentsOf: b) }
  @inlinable public mutating func append(_ b: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: b)
  }
  @inlinable public mutating func append(_ s: StaticString) {
    s.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
  @inlinable public mutating func append(_ s: String) { bytes.append(contentsOf: s.utf8) }
  @inlinable public mutating func zeros(_ n: Int) {
    bytes.append(contentsOf: repeatElement(0, count: n))
  }

  /// Unsigned LEB128, the varint of Go's tables and of DWARF.
  @inlinable public mutating func uvarint(_ value: UInt64) {
    var v = value
    while v >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: v) | 0x80)
      v >>= 7
    }
    bytes.append(UInt8(v))
  }

  /// Pads with `filler` until the count is a multiple of `alignment`.
  @inlinable public mutating func align(_ alignment: Int, filler: UInt8 = 0) {
    while bytes.count % alignment != 0 { bytes.append(filler) }
  }

  @inlinable public mutating func patch32(at offset: Int, _ v: UInt32) {
    for i in 0..<4 { bytes[offset + i] = UInt8(truncatingIfNeeded: v >> UInt32(8 * i)) }
  }

  @inlinable public mutating func patch64(at offset: Int, _ v: UInt64) {
    for i in 0..<8 { bytes[offset + i] = UInt8(truncatingIfNeeded: v >> UInt64(8 * i)) }
  }

  /// A decimal number as text.
  public mutating func decimal(_ v: Int) {
    if v < 0 { u8(UInt8(ascii: "-")) }
    var digits: [UInt8] = []
    var m = v.magnitude
    repeat {
      digits.append(UInt8(ascii: "0") + UInt8(m % 10))
      m /= 10
    } while m != 0
    bytes.append(contentsOf: digits.reversed())
  }
}
