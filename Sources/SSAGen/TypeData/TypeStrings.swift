import Base
import Types

/// The two written forms of a type that are in a program: the *string* that reflection shows, and the *link
/// string* that names the descriptor's symbol and tells all types apart.
///
/// The string qualifies names by package name (`http.Client`), type arguments excepted, which are written in
/// full-path form in both. The link string qualifies everything by import path, writes unexported fields and
/// methods with their package, and marks types declared inside functions by `·N`.
/// Form: section 6.4 of the surface reference; `reflect` parses the first by its last dot.
struct TypeStrings {
  let ts: TypeStore
  /// Index: named type. Number that tells local types of one name in a package apart; 0 at package level.
  let localNumber: (TypeID) -> Int
  private(set) var out: [UInt8] = []
  private var isLink: Bool

  init(_ ts: TypeStore, isLink: Bool, localNumber: @escaping (TypeID) -> Int) {
    self.ts = ts
    self.isLink = isLink
    self.localNumber = localNumber
  }

  private mutating func put(_ s: StaticString) {
    s.withUTF8Buffer { out.append(contentsOf: $0) }
  }
  private mutating func put(_ n: NameID) {
    ts.names.withBytes(n) { out.append(contentsOf: $0) }
  }
  private mutating func put(_ n: Int) { out.append(contentsOf: String(n).utf8) }

  /// Package qualifier with its dot; nothing for the universe.
  private mutating func qualify(_ p: PackageID) {
    if p.isNone { return }
    put(isLink ? ts.packages[p].path : ts.packages[p].name)
    put(".")
  }

  mutating func type(_ t: TypeID) {
    let t = ts.unalias(t)
    let r = ts.types[t]
    switch r.kind {
    case .basic: basic(t, r)
    case .named: named(t)
    case .pointer:
      put("*")
      type(ts.elem(t))
    case .slice:
      put("[]")
      type(ts.elem(t))
    case .array:
      put("[")
      put(Int(ts.arrayLength(t)))
      put("]")
      type(ts.elem(t))
    case .map:
      put("map[")
      type(ts.mapKey(t))
      put("]")
      type(ts.elem(t))
    case .chan: chan(t)
    case .struct: record(t)
    case .interface: interface(t)
    case .signature:
      put("func")
      signature(t)
    case .tuple: tuple(t, variadic: false)
    case .typeParam, .union, .alias, .none:
      internalError("ssagen", "type string of \(ts.typeString(t))")
    }
  }

  private mutating func basic(_ t: TypeID, _ r: TypeRecord) {
    switch BasicKind(rawValue: r.sub) {
    case .unsafePointer: put("unsafe.Pointer")
    case .uint8: put("uint8")
    case .int32: put("int32")
    case .untypedBool: put("bool")
    case .untypedInt: put("int")
    case .untypedRune: put("int32")
    case .untypedFloat: put("float64")
    case .untypedComplex: put("complex128")
    case .untypedString: put("string")
    default: put(NameID(raw: r.a))
    }
  }

  private mutating func named(_ t: TypeID) {
    let info = ts.namedInfo(t)
    let o = ts.objects[info.object]
    qualify(o.package)
    put(o.name)
    let n = localNumber(t)
    if isLink && n > 0 {
      put("·")
      put(n)
    }
    if info.args.isEmpty { return }
    let outer = isLink
    isLink = true
    put("[")
    for i in 0..<info.args.n {
      if i > 0 { put(",") }
      type(ts.typeAt(info.args, i))
    }
    put("]")
    isLink = outer
  }

  private mutating func chan(_ t: TypeID) {
    let e = ts.unalias(ts.elem(t))
    switch ts.chanDir(t) {
    case .receive: put("<-chan ")
    case .send: put("chan<- ")
    case .both:
      put("chan ")
      if ts.kind(e) == .chan && ts.chanDir(e) == .receive {
        put("(")
        type(e)
        put(")")
        return
      }
    }
    type(e)
  }

  private mutating func record(_ t: TypeID) {
    let n = ts.memberCount(t)
    if n == 0 { return put("struct {}") }
    put("struct { ")
    for i in 0..<n {
      if i > 0 { put("; ") }
      let f = ts.objects[ts.member(t, i)]
      if !f.isEmbedded {
        if isLink && !f.isExported { qualify(f.package) }
        put(f.name)
        put(" ")
      } else if isLink && !f.isExported {
        // Embedding an alias: the field's name is not that of its type.
        qualify(f.package)
        put(f.name)
        put(" ")
      }
      type(f.type)
      let tag = ts.fieldTag(t, i)
      if tag.isSome {
        put(" ")
        out.append(contentsOf: quoted(ts.names.bytes(tag)))
      }
    }
    put(" }")
  }

  private mutating func interface(_ t: TypeID) {
    let methods = ts.typeSet(of: t).methods
    if methods.isEmpty { return put("interface {}") }
    put("interface { ")
    for (i, m) in methods.enumerated() {
      if i > 0 { put("; ") }
      let o = ts.objects[m]
      if !o.isExported { qualify(o.package) }
      put(o.name)
      signature(ts.unalias(o.type))
    }
    put(" }")
  }

  mutating func signature(_ t: TypeID) {
    let s = ts.signature(t)
    tuple(s.params, variadic: s.variadic)
    let n = ts.memberCount(s.results)
    if n == 0 { return }
    put(" ")
    if n == 1 {
      type(ts.memberType(s.results, 0))
    } else {
      tuple(s.results, variadic: false)
    }
  }

  private mutating func tuple(_ t: TypeID, variadic: Bool) {
    put("(")
    let n = ts.memberCount(t)
    for i in 0..<n {
      if i > 0 { put(", ") }
      let p = ts.memberType(t, i)
      if variadic && i == n - 1 {
        put("...")
        type(ts.elem(ts.under(p)))
      } else {
        type(p)
      }
    }
    put(")")
  }

  /// A tag as Go source would write it, by strconv.Quote's rules.
  private func quoted(_ b: [UInt8]) -> [UInt8] { Array(ConstValue.quote(b).utf8) }
}
