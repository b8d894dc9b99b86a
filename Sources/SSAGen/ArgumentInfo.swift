import ABI
import SSA
import Types

// What a traceback shows of a function's arguments: for each word of each parameter where it lies
// in the argument area, with braces around the parts of a composite value. The encoding is that of
// the runtime's `abi.TraceArgs...` constants; behind its end stands the offset from which on the
// words are the spill space of register arguments, whose contents may be stale.

private enum TraceArgs {
  /// Parts shown of all parameters together, and levels of nesting.
  static let limit = 10
  static let depth = 5
  static let special = 0xF0
  static let offsetTooLarge: UInt8 = 0xFB
  static let ellipsis: UInt8 = 0xFC
  static let endAggregate: UInt8 = 0xFD
  static let startAggregate: UInt8 = 0xFE
  static let end: UInt8 = 0xFF
}

extension ProgramBuilder {
  /// Whether a traceback shows frames of this function unless GOTRACEBACK asks for more: the others
  /// go without a description of their arguments, which keeps small programs smaller.
  static func isShownInTracebacks(_ name: String) -> Bool {
    guard name.hasPrefix("runtime.") else { return true }
    let own = name.utf8.dropFirst(8)
    return name == "runtime.gopanic" || own.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false
  }
}

extension LayoutTable {
  /// The description of the parameters of a function with this calling sequence; empty without
  /// parameters.
  mutating func argumentInfo(_ abi: CallABI) -> [UInt8] {
    if abi.params.isEmpty { return [] }
    var w = ArgumentInfoWriter()
    for p in abi.params {
      var base = Int(p.offset)
      if p.hasSlots && p.count > 0 {
        base = Int(abi.signature.params[Int(p.slot)].offset) - Int(leaf(of(p.type), 0).offset)
      }
      if !visit(base, p.type, 0, &w) { break }
    }
    w.bytes.append(TraceArgs.end)
    w.bytes.append(UInt8(min(255, Int(abi.signature.stackSize))))
    return w.bytes
  }

  /// Writes the parts of a value of type `t` at `at`; false when there are too many to go on.
  private mutating func visit(_ at: Int, _ t: TypeID, _ level: Int, _ w: inout ArgumentInfoWriter)
    -> Bool
  {
    if w.isFull { return false }
    let u = ts.canonical(ts.under(t))
    var words = 0
    var partSize = 8
    switch ts.kind(u) {
    case .interface: words = 2
    case .slice: words = 3
    case .struct, .array: break
    case .basic:
      switch ts.basicKind(u) {
      case .string?, .untypedString?: words = 2
      case .complex64?: (words, partSize) = (2, 4)
      case .complex128?: words = 2
      default:
        w.part(at, of(u).size)
        return true
      }
    default:
      w.part(at, of(u).size)
      return true
    }
    w.bytes.append(TraceArgs.startAggregate)
    if level + 1 >= TraceArgs.depth {
      w.bytes.append(TraceArgs.ellipsis)
      w.count += 1
    } else if words > 0 {
      for k in 0..<words {
        if w.isFull { break }
        w.part(at + k * partSize, partSize)
      }
    } else {
      visitMembers(at, u, level + 1, &w)
    }
    w.bytes.append(TraceArgs.endAggregate)
    return true
  }

  private mutating func visitMembers(
    _ at: Int, _ u: TypeID, _ level: Int, _ w: inout ArgumentInfoWriter
  ) {
    if ts.kind(u) == .array {
      let n = Int(ts.arrayLength(u))
      let e = ts.canonical(ts.elem(u))
      let step = of(e).size
      if n == 0 { w.count += 1 }
      for i in 0..<n where !visit(at + i * step, e, level, &w) { return }
      return
    }
    if ts.memberCount(u) == 0 { w.count += 1 }
    for i in 0..<ts.memberCount(u) {
      let o = fieldOffset(u, i)
      if !visit(at + o, ts.canonical(ts.memberType(u, i)), level, &w) { return }
    }
  }
}

private struct ArgumentInfoWriter {
  var bytes: [UInt8] = []
  var count = 0

  /// Whether the limit is reached; notes that something is left out.
  var isFull: Bool {
    mutating get {
      if count < TraceArgs.limit { return false }
      bytes.append(TraceArgs.ellipsis)
      return true
    }
  }

  mutating func part(_ offset: Int, _ size: Int) {
    if offset >= TraceArgs.special {
      bytes.append(TraceArgs.offsetTooLarge)
    } else {
      bytes.append(UInt8(offset))
      bytes.append(UInt8(size))
    }
    count += 1
  }
}
