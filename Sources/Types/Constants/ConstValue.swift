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
/// can, so that a chain of n pieces takes linear time and space; prefixes stay valid.
public struct ConstString: @unchecked Sendable {
  // Sendable: buffers are only appended to, by the one thread that writes constants.
  private final class Buffer {
    var bytes: [UInt8]
    init(_ b: [UInt8]) { bytes = b }
  }
  private let buffer: Buffer
  public let count: Int

  public init(_ bytes: [UInt8]) {
    buffer = Buffer(bytes)
    count = bytes.count
  }

  private init(_ b: Buffer, _ n: Int) {
    buffer = b
    count = n
  }

  public var bytes: [UInt8] {
    count == buffer.bytes.count ? buffer.bytes : Array(buffer.bytes[..<count])
  }
  public var text: String { String(decoding: buffer.bytes[..<count], as: UTF8.self) }
  public subscript(i: Int) -> UInt8 { buffer.bytes[i] }

  public static func + (a: ConstString, b: ConstString) -> ConstString {
    if b.count == 0 { return a }
    if a.count == a.buffer.bytes.count && a.buffer !== b.buffer {
      a.buffer.bytes.append(contentsOf: b.buffer.bytes[..<b.count])
      return ConstString(a.buffer, a.buffer.bytes.count)
    }
    return ConstString(a.bytes + b.bytes)
  }

  /// -1, 0 or 1, by bytes.
  public func compare(_ o: ConstString) -> Int {
    let n = min(count, o.count)
    for i in 0..<n {
      let x = buffer.bytes[i]
      let y = o.buffer.bytes[i]
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
