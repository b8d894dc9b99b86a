// Building and reporting error messages.
import Base
import Syntax

extension Checker {
  // MARK: Text

  /// A type as it appears in messages of the package at hand.
  func typeString(_ t: TypeID) -> String {
    var w = writer()
    w.type(t)
    return w.out
  }

  func writer() -> TypeWriter {
    let package = env.package
    var w = TypeWriter(ts) { [unowned self] (p: PackageID) -> String in
      self.qualifier(p, from: package)
    }
    w.position = { [unowned self] (p: Pos) -> String in self.positionText(p) }
    return w
  }

  /// A place within a message. Below the folder of the package at hand, and of packages in folders
  /// beneath, the go command shows paths from there.
  func positionText(_ p: Pos) -> String {
    let text = sources.location(p).description
    if text.hasPrefix("/") || text.hasPrefix(".") { return text }
    guard let f = ts.packages[env.package].files.first, sources.files[f].path.hasPrefix("./") else {
      return text
    }
    return "./" + text
  }

  /// Name of package `p` as seen from `from`: its path in quotes if several packages that `from`
  /// can see share the name.
  private func qualifier(_ p: PackageID, from: PackageID) -> String {
    if p == from { return "" }
    let name = ts.packages[p].name
    var seen: Set<PackageID> = []
    var work = [from]
    while let q = work.popLast() {
      if !seen.insert(q).inserted { continue }
      work.append(contentsOf: ts.packages[q].imports)
    }
    for q in seen where q != p && ts.packages[q].name == name {
      if ts.packages[q].path != ts.packages[p].path {
        return "\"" + ts.text(ts.packages[p].path) + "\""
      }
    }
    return ts.text(name)
  }

  /// The text of a message, each `%` replaced by an argument.
  func format(_ m: Message, _ args: [Arg]) -> String {
    var out = ""
    var next = 0
    let text = m.text.description
    for c in text.unicodeScalars {
      if c == "%" && next < args.count {
        out += string(args[next])
        next += 1
      } else {
        out.unicodeScalars.append(c)
      }
    }
    return out
  }

  func format(_ c: Cause) -> String { format(c.message, c.args) }

  func string(_ a: Arg) -> String {
    switch a {
    case .type(let t): return typeString(t)
    case .types(let list):
      return "[" + list.map { typeString($0) }.joined(separator: ", ") + "]"
    case .object(let o):
      var w = writer()
      w.object(o)
      return w.out
    case .name(let n): return ts.text(n)
    case .node(let n): return exprString(n)
    case .operand(let x): return operandString(x)
    case .text(let s): return s
    case .int(let i): return String(i)
    case .const(let c): return ts.constants[c].text
    case .pos(let p): return positionText(p)
    }
  }

  /// "array", "slice" and so on; empty for basic types.
  func compositeKind(_ t: TypeID) -> String {
    switch ts.underKind(t) {
    case .array: "array"
    case .slice: "slice"
    case .struct: "struct"
    case .pointer: "pointer"
    case .signature: "func"
    case .interface: "interface"
    case .map: "map"
    case .chan: "chan"
    case .tuple: "tuple"
    case .union: "union"
    default: ""
    }
  }

  private func modeText(_ m: OperandMode) -> String {
    switch m {
    case .invalid: "invalid operand"
    case .noValue: "no value"
    case .builtin: "built-in"
    case .type: "type"
    case .constant: "constant"
    case .variable: "variable"
    case .mapIndex: "map index expression"
    case .value: "value"
    case .nilValue: "nil"
    case .commaOk: "comma, ok expression"
    case .commaErr: "comma, error expression"
    case .cgoFunc: "cgo function"
    }
  }

  func operandString(_ x: Operand) -> String {
    if x.mode == .nilValue {
      if x.type.isNone || x.type == ts.invalid { return "nil (with invalid type)" }
      if x.type == ts.basic(.untypedNil) { return "nil" }
      return "nil (of type \(typeString(x.type)))"
    }
    var expr = ""
    if x.note != 0 && x.note != Operand.someResult {
      expr = x.note < 0 ? "ok value of (comma, ok) expression" : Checker.nth(Int(x.note))
    } else if x.expr.isSome {
      expr = exprString(x.expr)
    } else {
      switch x.mode {
      case .builtin: expr = x.builtin.name
      case .type: expr = typeString(x.type)
      case .constant: expr = ts.constants[x.val].text
      default: break
      }
    }
    var out = expr.isEmpty ? "" : expr + " ("
    var hasType = false
    switch x.mode {
    case .invalid, .noValue, .builtin, .type: break
    default:
      if x.type.isSome {
        if ts.isUntyped(x.type) {
          out += typeString(x.type) + " "
        } else {
          hasType = true
        }
      }
    }
    out += modeText(x.mode)
    if x.mode == .constant {
      let s = ts.constants[x.val].text
      if s != expr { out += " " + s }
    }
    if hasType { out += typeDescription(x.type) }
    return expr.isEmpty ? out : out + ")"
  }

  /// "2nd function result".
  static func nth(_ n: Int) -> String {
    let suffix = n == 1 ? "st" : (n == 2 ? "nd" : (n == 3 ? "rd" : "th"))
    return "\(n)\(suffix) function result"
  }

  private func typeDescription(_ t: TypeID) -> String {
    if !ts.isValid(t) { return " with invalid type" }
    var text = " of "
    if ts.isGeneric(t) { text += "generic " }
    let isParam = ts.isTypeParam(t)
    let k = ts.kind(t)
    if !isParam && (k == .alias || k == .named) {
      var what = compositeKind(t)
      if what.isEmpty { what = typeString(ts.under(t)) }
      text += what + " "
    }
    text += "type " + typeString(t)
    if isParam {
      let bound = ts.typeParam(ts.unalias(t)).bound
      text += " constrained by " + typeString(bound)
      if hasEmptyTypeSet(t) { text += " with empty type set" }
    }
    return text
  }

  /// Type set known and empty; does not compute it.
  func hasEmptyTypeSet(_ t: TypeID) -> Bool {
    let u = ts.unalias(t)
    if ts.kind(u) != .typeParam { return false }
    let bound = ts.typeParam(u).bound
    if bound.isNone { return false }
    var b = ts.unalias(bound)
    if ts.kind(b) == .named { b = ts.named[ts.side(b)].underlying }
    if ts.kind(b) != .interface { return false }
    let set = ts.interface(b).typeSet
    return set != 0 && ts.typeSets[Int(set)].isEmpty
  }

  func objectKind(_ o: ObjectID) -> String {
    let r = ts.objects[o]
    switch r.kind {
    case .packageName: return "package name"
    case .constant: return "constant"
    case .typeName:
      if ts.isAliasName(o) { return "type alias" }
      return ts.kind(r.type) == .typeParam ? "type parameter" : "defined type"
    case .variable:
      if r.isField { return "struct field" }
      if r.isPackageLevel { return "package-level variable" }
      if r.flags.contains(.receiver) { return "receiver" }
      if r.flags.contains(.param) { return "parameter" }
      return r.flags.contains(.result) ? "result variable" : "local variable"
    case .function:
      let isMethod = ts.kind(r.type) == .signature && ts.signature(r.type).recv.isSome
      return isMethod ? "method" : "function"
    case .label: return "label"
    case .builtin: return "built-in function"
    case .nilValue: return "untyped nil"
    case .none: return "unknown symbol"
    }
  }

  // MARK: Reports

  /// Position where gc reports an error about a node: its leftmost token.
  func start(_ n: NodeID) -> Pos { n.isNone ? .none : tree.startPos(n) }
  func start(_ x: Operand) -> Pos { start(x.expr) }

  func report(_ pos: Pos, _ m: Message, _ args: Arg...) {
    emit(ErrorReport(parts: [(pos, format(m, args))]))
  }

  func report(_ n: NodeID, _ m: Message, _ args: Arg...) {
    emit(ErrorReport(parts: [(start(n), format(m, args))]))
  }

  func report(_ x: Operand, _ m: Message, _ args: Arg...) {
    emit(ErrorReport(parts: [(start(x), format(m, args))]))
  }

  /// An error that does not keep code from being made sense of (unused variables and the like).
  func reportSoft(_ pos: Pos, _ m: Message, _ args: Arg...) {
    emit(ErrorReport(parts: [(pos, format(m, args))], isSoft: true))
  }

  /// A feature that the file's language version lacks.
  func reportVersion(_ pos: Pos, _ minor: UInt16, _ m: Message, _ args: Arg...) {
    emit(
      ErrorReport(parts: [(pos, format(m, args) + " requires go1.\(minor) or later")]))
  }

  func emit(_ e: ErrorReport) {
    guard let first = e.parts.first else { return }
    // Messages that mention what is invalid follow from an error reported before.
    if hasErrors
      && (mentions(first.text, "invalid operand") || mentions(first.text, "invalid type"))
    {
      return
    }
    hasErrors = true
    var text = first.text
    for part in e.parts.dropFirst() {
      text += "\n\t"
      if !part.pos.isNone { text += positionText(part.pos) + ": " }
      text += part.text
    }
    let pos = env.errorPos.isNone ? first.pos : env.errorPos
    diagnostics.report(pos, text, isSoft: e.isSoft)
  }

  /// `part` occurs in `text`, but not at its beginning.
  private func mentions(_ text: String, _ part: String) -> Bool {
    let t = Array(text.utf8)
    let p = Array(part.utf8)
    if t.count <= p.count { return false }
    var i = 1
    while i + p.count <= t.count {
      if t[i] == p[0] && t[i..<i + p.count].elementsEqual(p) { return true }
      i += 1
    }
    return false
  }

  /// Adds "other declaration of x" to a report.
  func addOther(_ e: inout ErrorReport, _ o: ObjectID) {
    let r = ts.objects[o]
    if r.pos.isNone { return }
    e.parts.append((r.pos, format(.otherDeclaration, [.name(r.name)])))
  }
}
