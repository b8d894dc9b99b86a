// Types, objects and operands as text, in the words of gc's messages.
import Base
import Syntax

/// Writes types. Names of the package at hand are not qualified, others by package name, or by
/// path in quotes where two imported packages share the name.
struct TypeWriter {
  let ts: TypeStore
  /// Text in front of the name of a package's member; nil writes the import path.
  var qualifier: ((PackageID) -> String)?
  /// Turns positions into text; for type parameters named like predeclared types.
  var position: (Pos) -> String = { (_: Pos) -> String in "" }
  var out = ""
  /// Marks the first unexported field of a struct with its package.
  var packageInfo = false
  var paramNames = true
  private var active: [TypeID] = []

  init(_ ts: TypeStore, qualifier: ((PackageID) -> String)?) {
    self.ts = ts
    self.qualifier = qualifier
  }

  mutating func type(_ t: TypeID) {
    if active.contains(t) || active.count > 200 {
      out += "<cycle to \(kindName(t))>"
      return
    }
    active.append(t)
    write(t)
    active.removeLast()
  }

  private func kindName(_ t: TypeID) -> String {
    switch ts.kind(t) {
    case .none: "nil"
    case .basic: "Basic"
    case .named: "Named"
    case .pointer: "Pointer"
    case .slice: "Slice"
    case .array: "Array"
    case .map: "Map"
    case .chan: "Chan"
    case .struct: "Struct"
    case .tuple: "Tuple"
    case .signature: "Signature"
    case .interface: "Interface"
    case .typeParam: "TypeParam"
    case .union: "Union"
    case .alias: "Alias"
    }
  }

  private mutating func write(_ t: TypeID) {
    let r = ts.types[t]
    switch r.kind {
    case .none: out += "<nil>"
    case .basic:
      if r.sub == BasicKind.unsafePointer.rawValue { out += prefix(ts.universe.unsafe) }
      out += ts.text(NameID(raw: r.a))
    case .pointer:
      out += "*"
      type(TypeID(raw: r.a))
    case .slice:
      out += "[]"
      type(TypeID(raw: r.a))
    case .array:
      out += "[\(ts.arrayLength(t))]"
      type(TypeID(raw: r.a))
    case .map:
      out += "map["
      type(TypeID(raw: r.a))
      out += "]"
      type(TypeID(raw: r.b))
    case .chan: chan(t, ts.elem(t))
    case .struct: structType(t)
    case .tuple: tuple(t, variadic: false)
    case .signature:
      out += "func"
      signature(t)
    case .interface: interface(t)
    case .union:
      for i in 0..<Int(r.b) {
        if i > 0 { out += " | " }
        let term = ts.unionTerm(t, i)
        if term.tilde { out += "~" }
        type(term.type)
      }
    case .named:
      let n = ts.named[Int(r.a)]
      typeName(n.object)
      if n.origin != t { list(n.args) } else { params(n.params) }
    case .alias:
      let a = ts.aliases[Int(r.a)]
      typeName(a.object)
      if !a.args.isEmpty { list(a.args) } else { params(a.params) }
    case .typeParam:
      let o = ts.objects[ts.typeParams[Int(r.a)].object]
      out += ts.text(o.name)
      if ts.lookup(ts.universe.scope, o.name).isSome {
        out += " /* with \(ts.text(o.name)) declared at \(position(o.pos)) */"
      }
    }
  }

  private mutating func chan(_ t: TypeID, _ elem: TypeID) {
    var parens = false
    switch ts.chanDir(t) {
    case .both:
      out += "chan "
      parens = ts.kind(elem) == .chan && ts.chanDir(elem) == .receive
    case .send: out += "chan<- "
    case .receive: out += "<-chan "
    }
    if parens { out += "(" }
    type(elem)
    if parens { out += ")" }
  }

  private mutating func structType(_ t: TypeID) {
    out += "struct{"
    for i in 0..<ts.memberCount(t) {
      if i > 0 { out += "; " }
      let f = ts.objects[ts.member(t, i)]
      let annotate = qualifier == nil && packageInfo && !f.isExported
      if annotate { packageInfo = false }
      if !f.isEmbedded { out += ts.text(f.name) + " " }
      type(f.type)
      if annotate { out += " /* package \(ts.text(ts.packages[f.package].path)) */ " }
      let tag = ts.fieldTag(t, i)
      if tag.isSome { out += " " + ConstValue.quote(ts.names.bytes(tag)) }
    }
    out += "}"
  }

  private mutating func interface(_ t: TypeID) {
    if t == ts.universe.comparableInterface {
      out += "interface{comparable}"
      return
    }
    let i = ts.interface(t)
    if i.implicit {
      if i.methods.isEmpty && i.embeddeds.count == 1 {
        type(i.embeddeds[0])
        return
      }
      out += "/* implicit */ "
    }
    out += "interface{"
    var first = true
    for m in i.methods {
      if !first { out += "; " }
      first = false
      out += ts.text(ts.objects[m].name)
      signature(ts.objects[m].type)
    }
    for e in i.embeddeds {
      if !first { out += "; " }
      first = false
      type(e)
    }
    out += "}"
  }

  private mutating func list(_ r: PoolRange) {
    out += "["
    for i in 0..<r.n {
      if i > 0 { out += ", " }
      type(ts.typeAt(r, i))
    }
    out += "]"
  }

  /// A list of declared type parameters with their constraints; nothing if empty.
  mutating func params(_ r: PoolRange) {
    if r.isEmpty { return }
    out += "["
    var previous = TypeID.none
    for i in 0..<r.n {
      let p = ts.typeAt(r, i)
      let bound = ts.typeParam(p).bound
      if i > 0 {
        if bound != previous {
          out += " "
          type(previous)
        }
        out += ", "
      }
      previous = bound
      type(p)
    }
    if previous.isSome {
      out += " "
      type(previous)
    }
    out += "]"
  }

  func prefix(_ p: PackageID) -> String {
    if p.isNone { return "" }
    // Whatever its import path, the compiler knows a program's package as main.
    let isMain = ts.packages[p].name == KnownName.main
    let s = qualifier.map { $0(p) } ?? (isMain ? "main" : ts.text(ts.packages[p].path))
    return s.isEmpty ? "" : s + "."
  }

  private mutating func typeName(_ o: ObjectID) {
    out += prefix(ts.objects[o].package)
    out += ts.text(ts.objects[o].name)
  }

  mutating func tuple(_ t: TypeID, variadic: Bool) {
    out += "("
    let n = ts.memberCount(t)
    for i in 0..<n {
      if i > 0 { out += ", " }
      let v = ts.objects[ts.member(t, i)]
      if v.name.isSome && paramNames { out += ts.text(v.name) + " " }
      if variadic && i == n - 1 {
        if ts.kind(v.type) == .slice {
          out += "..."
          type(ts.elem(v.type))
        } else {
          type(v.type)
          out += "..."
        }
      } else {
        type(v.type)
      }
    }
    out += ")"
  }

  /// A signature without `func`.
  mutating func signature(_ t: TypeID) {
    if ts.kind(t) != .signature {
      out += "()"
      return
    }
    let s = ts.signature(t)
    params(s.typeParams)
    tuple(s.params, variadic: s.variadic)
    let n = ts.memberCount(s.results)
    if n == 0 { return }
    out += " "
    if n == 1 && ts.objects[ts.member(s.results, 0)].name.isNone {
      type(ts.memberType(s.results, 0))
      return
    }
    tuple(s.results, variadic: false)
  }

  // MARK: Objects

  mutating func object(_ o: ObjectID) {
    let r = ts.objects[o]
    var t = r.type
    switch r.kind {
    case .packageName:
      let path = ts.packages[r.imported].path
      out += "package " + ts.text(r.name)
      if path.isSome && path != r.name { out += " (\"\(ts.text(path))\")" }
      return
    case .constant: out += "const"
    case .typeName: out += t.isSome && ts.isTypeParam(t) ? "type parameter" : "type"
    case .variable: out += r.isField ? "field" : "var"
    case .function:
      out += "func "
      functionName(o)
      if t.isSome { signature(t) }
      return
    case .label:
      out += "label"
      t = .none
    case .builtin:
      out += "builtin"
      t = .none
    case .nilValue, .none:
      out += "nil"
      return
    }
    out += " "
    if r.package.isSome && ts.lookup(ts.packages[r.package].scope, r.name) == o {
      out += prefix(r.package)
    }
    out += ts.text(r.name)
    if t.isNone { return }
    if r.kind == .typeName {
      if ts.kind(t) == .basic { return }
      let p = ts.typeParams(of: t)
      if ts.kind(t) != .signature { params(p) }
      if ts.isAliasName(o) {
        out += " ="
        if ts.kind(t) == .alias { t = ts.aliasInfo(t).rhs }
      } else if ts.kind(t) == .typeParam {
        t = ts.typeParam(t).bound
      } else {
        t = ts.under(t)
      }
    }
    out += " "
    type(o == ts.universe.anyObject ? ts.universe.emptyInterface : t)
  }

  mutating func functionName(_ o: ObjectID) {
    let r = ts.objects[o]
    if r.type.isSome && ts.kind(r.type) == .signature {
      let recv = ts.signature(r.type).recv
      if recv.isSome {
        out += "("
        if ts.kind(ts.objects[recv].type) == .interface {
          out += "interface"
        } else {
          type(ts.objects[recv].type)
        }
        out += ")."
      } else {
        out += prefix(r.package)
      }
    }
    out += ts.text(r.name)
  }
}

extension TypeStore {
  /// Reports whether a type name is an alias (also `byte`, `rune`, `any`).
  public func isAliasName(_ o: ObjectID) -> Bool {
    let r = objects[o]
    let t = r.type
    switch types[t].kind {
    case .none: return false
    case .basic:
      if r.package == universe.unsafe { return false }
      return r.package.isSome || NameID(raw: types[t].a) != r.name || t == universe.byte
        || t == universe.rune
    case .named: return named[side(t)].object != o
    case .typeParam: return typeParams[side(t)].object != o
    default: return true
    }
  }

  /// `t` with package paths written out: for dumps.
  public func typeString(_ t: TypeID) -> String {
    var w = TypeWriter(self, qualifier: nil)
    w.type(t)
    return w.out
  }
}
