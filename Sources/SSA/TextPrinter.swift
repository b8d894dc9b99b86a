import ABI
import Base
import Object

/// The stable text form of SSA, which dumps print and tests read:
///
/// ```
/// func f(i64, ptr) (i64) nosplit
/// slot s0 size=16 align=8 ptrs=1
/// b1:
///   v1 = param i64 [0]
///   v2 = load i32 v1 [8] {nonNil}
///   v3 = callStatic i64 v1 @pkg.g (i64)(i64)
///   branch v3 b2 b3 likely
/// ```
///
/// A value is its name, operation, type, arguments, `auxInt` in brackets (left out when 0), flags in
/// braces, and what `aux` names: `@symbol`, `sN`, a call, an allocation, a memory description.
public struct SSAPrinter {
  let table: SymbolTable?

  public init(table: SymbolTable? = nil) { self.table = table }

  public func print(_ f: Function) -> String {
    var out = "func \(f.name)\(text(f.signature))"
    for (flag, name) in SSAText.functionFlags where f.flags.contains(flag) { out += " \(name)" }
    out += "\n"
    for (i, s) in f.slots.enumerated() {
      out += "slot s\(i) size=\(s.size) align=\(s.alignment)"
      if s.hasPointers { out += " ptrs=\(s.pointerMask.map { String($0) }.joined(separator: ","))" }
      out += "\n"
    }
    for b in f.order { out += print(f, b) }
    return out
  }

  private func print(_ f: Function, _ b: BlockID) -> String {
    let x = f.blocks[b]
    var out = "\(b):"
    if x.isCold { out += " cold" }
    if x.isRecoverLanding { out += " recover" }
    if !x.preds.isEmpty {
      out += " ; from " + x.preds.map { (p: BlockID) -> String in "\(p)" }.joined(separator: " ")
    }
    out += "\n"
    for v in x.values { out += "  \(print(f, v))\n" }
    let succs = x.succs.map { (s: BlockID) -> String in " \(s)" }.joined()
    switch x.kind {
    case .jump: out += "  jump\(succs)\n"
    case .branch:
      let likely = x.likely > 0 ? " likely" : x.likely < 0 ? " unlikely" : ""
      out += "  branch \(x.control)\(succs)\(likely)\n"
    case .table: out += "  table \(x.control)\(succs)\n"
    case .ret:
      out += "  ret" + x.results.map { (v: ValueID) -> String in " \(v)" }.joined() + "\n"
    case .exit: out += "  exit\n"
    case .tailCall: out += "  tailCall\n"
    case .open: out += "  open\n"
    case .machineBranch: out += "  machineBranch \(x.control)\(succs)\n"
    }
    return out
  }

  /// One value as a line, without indentation.
  public func print(_ f: Function, _ v: ValueID) -> String {
    let x = f.values[v]
    var out = "\(v) = \(x.op.name) \(x.type)"
    for i in f.argRange(v) { out += " \(f.args[i])" }
    if x.auxInt != 0 || SSAText.alwaysShowsNumber(x.op) { out += " [\(x.auxInt)]" }
    switch x.op {
    case .symbolAddress: out += " \(name(SymbolID(raw: x.aux)))"
    case .slotAddress: out += " s\(x.aux)"
    case .callStatic, .callClosure, .callInterface:
      let c = f.calls[Int(x.aux)]
      if x.op == .callStatic { out += " \(name(c.symbol))" }
      out += " \(text(c.signature))"
      if c.noReturn { out += " noreturn" }
      for k in c.keepAlive { out += " keep=\(k)" }
    case .zeroMemory, .copyMemory:
      let m = f.memories[Int(x.aux)]
      out += " size=\(m.size) align=\(m.alignment)"
      if m.type.isSome { out += " type=\(name(m.type))" }
    case .alloc, .allocSlice, .box:
      let a = f.allocs[Int(x.aux)]
      out += " kind=\(a.kind) size=\(a.size) align=\(a.alignment) type=\(name(a.type))"
      if a.pointerMask.contains(where: { $0 != 0 }) {
        out += " ptrs=\(a.pointerMask.map { String($0) }.joined(separator: ","))"
      }
    case .barrierStore:
      out += " offsets=\(f.storeGroups[Int(x.aux)].map { String($0) }.joined(separator: ","))"
    default: break
    }
    let flags = SSAText.flagNames(x.op).filter { x.flags.contains($0.0) }.map { $0.1 }
    if !flags.isEmpty { out += " {\(flags.joined(separator: " "))}" }
    return out
  }

  private func name(_ s: SymbolID) -> String {
    if s.isNone { return "@none" }
    guard let t = table else { return "@#\(s.raw)" }
    let n = t.name(s)
    let abi0 = t.conventions[s] == .abi0 ? "<0>" : ""
    return "@" + String(n.map { (ch: Character) -> Character in ch == " " ? "\u{B7}" : ch }) + abi0
  }

  /// `(params)(results)`; an `!` marks a component that travels in memory.
  private func text(_ s: ABISignature) -> String {
    func list(_ slots: [ABISlot]) -> String {
      slots.map { (x: ABISlot) -> String in
        x.register < 0 ? "\(x.type)!\(x.offset)" : "\(x.type)"
      }.joined(separator: ",")
    }
    return (s.convention == .abi0 ? "abi0" : "") + "(\(list(s.params)))(\(list(s.results)))"
  }
}

/// Vocabulary shared by printer and reader.
enum SSAText {
  static let functionFlags: [(FunctionFlags, String)] = [
    (.nosplit, "nosplit"), (.noinline, "noinline"), (.wrapper, "wrapper"),
    (.hasDefer, "hasDefer"), (.needsContext, "needsContext"), (.systemStack, "systemStack"),
    (.noWriteBarrier, "noWriteBarrier"), (.noAlloc, "noAlloc"), (.dupOK, "dupOK"),
    (.unsafePoints, "unsafePoints"), (.noReturn, "noReturn"),
  ]

  static func flagNames(_ op: Op) -> [(ValueFlags, String)] {
    var list: [(ValueFlags, String)] = [(.bounded, "bounded"), (.noBarrier, "noBarrier")]
    list.append((.mayOverlap, "mayOverlap"))
    list.append((.nonNil, op == .ctz || op == .clz ? "nonZero" : "nonNil"))
    list.append((.invariant, "invariant"))
    list.append((.escapes, "escapes"))
    list.append((.stays, "stays"))
    list.append((.signed, "signed"))
    return list
  }

  /// Operations whose number is printed even when it is 0.
  static func alwaysShowsNumber(_ op: Op) -> Bool {
    switch op {
    case .param, .project, .constInt, .constFloat, .boundsCheck: return true
    default: return false
    }
  }
}
