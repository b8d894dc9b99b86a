// Constant values and the table that owns them (Go spec, Constants).
import Base

/// An exact constant value. Integers that fit in Int64 are always `.int`; a float that is an
/// integer may be of any numeric case. The kind of a constant expression is its type's affair.
public enum ConstValue: Sendable {
  /// Result of an operation that failed; suppresses follow-on errors.
  case unknown
  case bool(Bool)
  /// Bytes of the string, not necessarily UTF-8.
  case string(ConstString)
  case int(Int64)
  case big(BigInt)
  /// A fraction in lowest terms; the denominator may be 1.
  case ratio(Ratio)
  case float(BigFloat)
  /// Parts are real numbers.
  indirect case complex(ConstValue, ConstValue)
}

/// The bytes of a string constant. A concatenation appends to the left operand's buffer where it
/// can, so that a chain of n pieces takes linear time and space; prefixes stay valid. Large strings are
/// only put together when somebody wants to see them: thirty doublings make two gigabytes.
public struct ConstString: @unchecked Sendable {
  // Sendable: buffers are only appended to, by the one thread that writes constants.
  private final class Buffer {
    var bytes: [UInt8]
    init(_ b: [UInt8]) { bytes = b }
  }
  private final class Pair {
    let left, right: ConstString
    init(_ l: ConstString, _ r: ConstString) {
      left = l
      right = r
    }
  }
  private enum Content {
    case buffer(Buffer)
    case pair(Pair)
  }
  private let content: Content
  public let count: Int
  private static let large = 1 << 20

  public init(_ bytes: [UInt8]) {
    content = .buffer(Buffer(bytes))
    count = bytes.count
  }

  private init(_ c: Content, _ n: Int) {
    content = c
    count = n
  }

  public var bytes: [UInt8] {
    if case .buffer(let b) = content, b.bytes.count == count { return b.bytes }
    var out: [UInt8] = []
    out.reserveCapacity(count)
    var waiting = [self]
    while let s = waiting.popLast() {
      switch s.content {
      case .buffer(let b): out.append(contentsOf: b.bytes[..<s.count])
      case .pair(let p):
        waiting.append(p.right)
        waiting.append(p.left)
      }
    }
    return out
  }
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public subscript(i: Int) -> UInt8 {
    var s = self
    var i = i
    while true {
      switch s.content {
      case .buffer(let b): return b.bytes[i]
      case .pair(let p):
        if i < p.left.count {
          s = p.left
        } else {
          i -= p.left.count
          s = p.right
        }
      }
    }
  }

  public static func + (a: ConstString, b: ConstString) -> ConstString {
    if b.count == 0 { return a }
    let n = a.count + b.count
    if case .buffer(let to) = a.content, case .buffer(let from) = b.content,
      a.count == to.bytes.count && to !== from && b.count < large
    {
      to.bytes.append(contentsOf: from.bytes[..<b.count])
      return ConstString(a.content, n)
    }
    if n < large { return ConstString(a.bytes + b.bytes) }
    // A chain of small pieces behind a large one does not become a list.
    if case .pair(let p) = a.content, p.right.count + b.count < large {
      return ConstString(.pair(Pair(p.left, p.right + b)), n)
    }
    return ConstString(.pair(Pair(a, b)), n)
  }

  /// -1, 0 or 1, by bytes.
  public func compare(_ o: ConstString) -> Int {
    let n = min(count, o.count)
    let a = bytes
    let b = o.bytes
    for i in 0..<n {
      let x = a[i]
      let y = b[i]
      if x != y { return x < y ? -1 : 1 }
    }
    return count < o.count ? -1 : (count > o.count ? 1 : 0)
  }
}

/// All constants of a program. Small integers share a handle.
public struct ConstTable: Sendable {
  var values: [ConstValue] = [.unknown, .unknown]
  /// Handles of Int64 values, open-addressed by value.
  private var slots = [UInt32](repeating: 0, count: 2048)
  private var used = 0

  /// The value of a failed computation (a handle of its own, not none).
  public static var unknown: ConstID { ConstID(raw: 1) }

  public subscript(id: ConstID) -> ConstValue { values[id.index] }

  public mutating func add(_ v: ConstValue) -> ConstID {
    switch v {
    case .int(let i): return add(int: i)
    case .unknown: return ConstTable.unknown
    default:
      values.append(v)
      return ConstID(values.count - 1)
    }
  }

  public mutating func add(int i: Int64) -> ConstID {
    let mask = slots.count - 1
    var h = Int(truncatingIfNeeded: (UInt64(bitPattern: i) &* 0x9e37_79b9_7f4a_7c15) >> 40) & mask
    while slots[h] != 0 {
      if case .int(let j) = values[Int(slots[h])], i == j { return ConstID(raw: slots[h]) }
      h = (h + 1) & mask
    }
    values.append(.int(i))
    slots[h] = UInt32(values.count - 1)
    used += 1
    if used * 2 > slots.count { grow() }
    return ConstID(values.count - 1)
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt32](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for s in old where s != 0 {
      guard case .int(let i) = values[Int(s)] else { continue }
      var h =
        Int(truncatingIfNeeded: (UInt64(bitPattern: i) &* 0x9e37_79b9_7f4a_7c15) >> 40) & mask
      while slots[h] != 0 { h = (h + 1) & mask }
      slots[h] = s
    }
  }
}
