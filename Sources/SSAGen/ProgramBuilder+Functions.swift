import ABI
import Base
import Object
import SSA
import Syntax
import Types

// Function instances: their types, names, directives.

extension ProgramBuilder {
  // MARK: Signatures

  func isVariadic(_ sig: TypeID) -> Bool { ts.signature(ts.under(sig)).variadic }

  /// Parameter types of a function type, without a receiver.
  func parameterTypes(_ sig: TypeID) -> [TypeID] { memberTypes(ts.signature(ts.under(sig)).params) }
  func resultTypes(_ sig: TypeID) -> [TypeID] { memberTypes(ts.signature(ts.under(sig)).results) }

  private func memberTypes(_ tuple: TypeID) -> [TypeID] {
    var out: [TypeID] = []
    for i in 0..<ts.memberCount(tuple) { out.append(ts.canonical(ts.memberType(tuple, i))) }
    return out
  }

  func callABI(
    _ params: [TypeID], _ results: [TypeID], _ convention: ABI.Convention = .internal
  ) -> CallABI {
    layouts.callABI(params: params, results: results, convention: convention)
  }

  /// The declared type of a package-level object or method.
  func declaredType(_ o: ObjectID) -> TypeID {
    if ts.objects[o].type.isNone { checker.declare(o) }
    return ts.unalias(ts.methodType(o))
  }

  /// The signature of an instance as declared, with the receiver.
  private func declaredSignature(_ i: Int) -> SignatureInfo {
    let x = instances[i]
    if x.function.isSome { return ts.signature(ts.unalias(ts.functions[x.function].type)) }
    return ts.signature(declaredType(x.object))
  }

  /// Computes types and ABI of an instance, once.
  private func complete(_ i: Int) {
    if instances[i].isComplete { return }
    instances[i].isComplete = true
    if let b = instances[i].body {
      instances[i].params = b.params
      instances[i].results = [types.bool]
    } else {
      let s = declaredSignature(i)
      let env = environment(i)
      var p: [TypeID] = []
      if s.recv.isSome && instances[i].function.isNone {
        p.append(substitute(ts.objects[s.recv].type, env))
      }
      for k in 0..<ts.memberCount(s.params) {
        p.append(substitute(ts.memberType(s.params, k), env))
      }
      var r: [TypeID] = []
      for k in 0..<ts.memberCount(s.results) {
        r.append(substitute(ts.memberType(s.results, k), env))
      }
      instances[i].params = p
      instances[i].results = r
    }
    instances[i].abi = layouts.callABI(params: instances[i].params, results: instances[i].results)
  }

  /// Parameter types, receiver first.
  func abiParams(_ i: Int) -> [TypeID] {
    complete(i)
    return instances[i].params
  }
  func abiResults(_ i: Int) -> [TypeID] {
    complete(i)
    return instances[i].results
  }
  func callABI(_ i: Int) -> CallABI {
    complete(i)
    return instances[i].abi
  }

  /// What the type parameters in the instance's source stand for.
  func environment(_ i: Int) -> TypeEnvironment {
    let x = instances[i]
    if x.args.isEmpty || x.object.isNone { return x.env }
    let s = ts.signature(declaredType(x.object))
    return TypeEnvironment(
      params: ts.typeList(s.recvParams) + ts.typeList(s.typeParams), args: x.args)
  }

  // MARK: Literals and loop bodies
  // gc's names: `f.func1`, inside a literal `f.func1.2`, loop bodies `f-range1`, each kind counted for itself.

  /// A new instance for function literal `id` inside the function that `fb` builds.
  func literalInstance(_ id: FunctionID, _ fb: FunctionBuilder) -> Int {
    var x = Instance(object: .none, args: [])
    x.function = id
    x.env = fb.env
    let n = fb.closureCount
    x.name = fb.isClosure ? "\(fb.f.name).\(n)" : "\(fb.f.name).func\(n)"
    x.context = InstanceContext(fb)
    x.symbol = symbols.symbol(x.name)
    instances.append(x)
    return instances.count - 1
  }

  func rangeBodyInstance(_ b: RangeBody, _ fb: FunctionBuilder) -> Int {
    var x = Instance(object: .none, args: [])
    x.body = b
    x.function = fb.function
    x.env = fb.env
    x.name = "\(fb.f.name)-range\(fb.bodyCount)"
    x.context = InstanceContext(fb)
    x.symbol = symbols.symbol(x.name)
    instances.append(x)
    return instances.count - 1
  }

  /// Variables of enclosing functions that literal `id` and the literals in it use.
  func captures(_ id: FunctionID) -> [ObjectID] {
    var out = ts.functions[id].captures
    for inner in ts.functions[id].literals {
      for o in captures(inner) where !out.contains(o) && !isDeclared(o, in: id) { out.append(o) }
    }
    return out
  }

  private func isDeclared(_ o: ObjectID, in id: FunctionID) -> Bool {
    ts.objects[o].decl == id.raw
  }

  /// Closures hold a copy of variables that are never assigned again, and the address of others.
  func captureByValue(_ o: ObjectID, _ t: TypeID) -> Bool {
    let flags = ts.objects[o].flags
    if !flags.isDisjoint(with: [.reassigned, .addressTaken, .result]) { return false }
    if isShared(o) { return false }
    return layouts.of(t).size <= 128
  }

  // MARK: Variables marked by scans

  private func flag(_ table: inout [Bool], _ o: ObjectID) {
    if table.count <= o.index {
      table.append(contentsOf: repeatElement(false, count: ts.objects.count - table.count))
    }
    table[o.index] = true
  }
  func isRangeCaptured(_ o: ObjectID) -> Bool {
    o.index < rangeCaptured.count && rangeCaptured[o.index]
  }
  func setRangeCaptured(_ o: ObjectID) { flag(&rangeCaptured, o) }
  /// One variable for all iterations of a loop (Go before 1.22).
  func isShared(_ o: ObjectID) -> Bool { o.index < shared.count && shared[o.index] }
  func setShared(_ o: ObjectID) { flag(&shared, o) }

  func resultObjects(_ f: FunctionID) -> [ObjectID] {
    if f.isNone { return [] }
    let s = ts.signature(ts.unalias(ts.functions[f].type))
    return (0..<ts.memberCount(s.results)).map { ts.member(s.results, $0) }
  }

  // MARK: Directives and properties

  /// The declaration of a function or method; nil for literals and interface methods.
  func declaration(_ o: ObjectID) -> DeclRecord? {
    let d = DeclID(raw: ts.objects[o].decl)
    if d.isNone { return nil }
    let r = ts.declarations[d]
    return r.node.isSome && checker.syntax(r.file).kind(r.node) == .funcDecl ? r : nil
  }

  func pragmas(_ o: ObjectID) -> PragmaFlags {
    guard let d = declaration(o) else { return [] }
    let tree = checker.syntax(d.file)
    return tree.pragmas[tree.funcDecl(d.node).pragma].flags
  }

  func hasBody(_ o: ObjectID) -> Bool {
    guard let d = declaration(o) else { return false }
    return checker.syntax(d.file).funcDecl(d.node).body.isSome
  }

  func keepsArguments(_ o: ObjectID) -> Bool {
    !pragmas(o).isDisjoint(with: [.uintptrkeepalive, .uintptrescapes])
  }

  func objectName(_ o: ObjectID) -> String { ts.text(ts.objects[o].name) }

  func packagePath(_ o: ObjectID) -> String {
    let p = ts.objects[o].package
    return p.isSome ? ts.text(ts.packages[p].path) : ""
  }

  func intrinsic(_ o: ObjectID) -> Intrinsic {
    if intrinsicCache.count <= o.index {
      intrinsicCache.append(
        contentsOf: repeatElement(UInt8.max, count: ts.objects.count - intrinsicCache.count))
    }
    let known = intrinsicCache[o.index]
    if known != UInt8.max { return Intrinsic(rawValue: known)! }
    var r = Intrinsic.none
    if ts.objects[o].package.isSome { r = intrinsics.find(packagePath(o) + "." + objectName(o)) }
    intrinsicCache[o.index] = r.rawValue
    return r
  }

  /// Functions that never return, known by name.
  func isNoReturn(_ i: Int) -> Bool {
    let o = instances[i].object
    if o.isNone { return false }
    let name = objectName(o)
    if name == "throw" || name == "fatal" || name == "fatalthrow" || name == "goexit0" {
      return packagePath(o) == "runtime" && instances[i].results.isEmpty
    }
    return name == "gopanic" && packagePath(o) == "runtime"
  }

  // MARK: Runtime

  func runtimeEntry(_ fn: RuntimeFunction) -> RuntimeTable.Entry {
    let e = runtime.entries[fn.rawValue]
    if e.symbol.isSome { return e }
    let (name, signature) = RuntimeTable.parse(fn.row)
    let made = RuntimeTable.Entry(symbol: linkSymbol(name), signature: signature)
    runtime.entries[fn.rawValue] = made
    return made
  }

  /// A named type of a package of the runtime.
  func runtimeType(_ path: String, _ name: String) -> TypeID {
    guard let o = packageObject(path, name) else {
      internalError("ssagen", "type \(path).\(name) is missing")
    }
    if ts.objects[o].type.isNone { checker.declare(o) }
    return ts.canonical(ts.objects[o].type)
  }

  /// Byte offset of a named field.
  func fieldOffset(_ t: TypeID, _ name: String) -> Int {
    let u = ts.under(t)
    for i in 0..<ts.memberCount(u) where ts.text(ts.objects[ts.member(u, i)].name) == name {
      return layouts.fieldOffset(t, i)
    }
    internalError("ssagen", "field \(name) is missing")
  }

  /// The types that the runtime prints in a form of their own.
  var runtimeHex: TypeID {
    if let t = hexType { return t }
    let t = runtimeType("hex")
    hexType = t
    return t
  }

  var runtimeQuoted: TypeID {
    if let t = quotedType { return t }
    let t = runtimeType("quoted")
    quotedType = t
    return t
  }

  private func runtimeType(_ name: String) -> TypeID {
    guard let o = packageObject("runtime", name) else { return .none }
    checker.declare(o)
    return ts.canonical(ts.objects[o].type)
  }

  func packageFunction(_ path: String, _ name: String) -> ObjectID? {
    guard let o = packageObject(path, name), ts.objects[o].kind == .function else { return nil }
    return o
  }

  // MARK: Types

  func pointerType(_ t: TypeID) -> TypeID { ts.canonical(ts.pointer(t)) }
  func arrayType(_ e: TypeID, _ n: Int) -> TypeID { ts.canonical(ts.array(e, Int64(n))) }

  /// The type a constant has on its own.
  func constantType(_ c: ConstValue) -> TypeID {
    switch c {
    case .bool: return types.bool
    case .string: return types.string
    case .int, .big, .unknown: return types.int
    case .ratio, .float: return types.float64
    case .complex: return types.complex128
    }
  }

  /// Field indices that lead to field `name` of struct `u`, possibly promoted.
  func fieldPath(_ u: TypeID, _ name: NameID, _ package: PackageID) -> [Int]? {
    for i in 0..<ts.memberCount(u) where ts.sameName(ts.member(u, i), package, name) { return [i] }
    let l = ts.lookupFieldOrMethod(u, addressable: false, package, name)
    return l.failure == .none ? l.path : nil
  }

  /// Whether a value of `t` holds pointers other than those of strings.
  func hasNonStringPointers(_ t: TypeID) -> Bool {
    let u = ts.canonical(ts.under(t))
    switch ts.kind(u) {
    case .basic: return ts.basicKind(u) == .unsafePointer
    case .array: return hasNonStringPointers(ts.elem(u))
    case .struct:
      for i in 0..<ts.memberCount(u) where hasNonStringPointers(ts.memberType(u, i)) { return true }
      return false
    default: return true
    }
  }

  var eqSignature: ABISignature { RuntimeTable.parse("memequal pp:b").signature }
  func eqFunction(_ t: TypeID) -> SymbolID { algorithms.equalityFunction(ts.canonical(t)) }

  // MARK: Methods

  /// The method that a selection denotes once type arguments are known, and the path to it.
  func resolveMethod(_ s: Selection, _ recv: TypeID, isGeneric: Bool) -> (
    object: ObjectID, path: [Int]
  ) {
    if isGeneric {
      let r = ts.objects[s.object]
      let l = ts.lookupFieldOrMethod(recv, addressable: true, r.package, r.name)
      if l.failure == .none || l.object.isSome { return (l.object, l.path) }
    }
    var path: [Int] = []
    for k in 0..<s.path.n { path.append(Int(ts.pool[Int(s.path.start) + k])) }
    return (s.object, path)
  }

  /// The instance of method `m` for a receiver of type `holder` or a pointer to it.
  func methodInstance(_ m: ObjectID, _ holder: TypeID, _ targs: [TypeID]) -> Int {
    var named = ts.canonical(holder)
    if ts.kind(named) == .pointer { named = ts.canonical(ts.elem(named)) }
    var o = m
    while ts.objects[o].origin.isSome { o = ts.objects[o].origin }
    var args: [TypeID] = []
    if ts.kind(named) == .named {
      args = ts.typeList(ts.namedInfo(named).args).map { ts.canonical($0) }
    }
    return functionInstance(o, args + targs)
  }

  func interfaceMethodIndex(_ t: TypeID, _ m: ObjectID) -> Int {
    let methods = ts.typeSet(of: ts.canonical(ts.under(t))).methods
    for (i, x) in methods.enumerated() where isSameMethod(x, m) { return i }
    internalError("ssagen", "\(typeString(t)) has no method \(objectName(m))")
  }

  private func interfaceMethod(_ t: TypeID, _ i: Int) -> ObjectID {
    ts.typeSet(of: ts.canonical(ts.under(t))).methods[i]
  }
  func interfaceMethodName(_ t: TypeID, _ i: Int) -> String { objectName(interfaceMethod(t, i)) }
  func interfaceMethodType(_ t: TypeID, _ i: Int) -> TypeID {
    signatureWithoutReceiver(interfaceMethod(t, i))
  }

  func linkName(ofType t: TypeID) -> String { descriptors.linkString(ts.canonical(t)) }
  func noteThunk(_ s: SymbolID) -> Bool { markBuilt(s) }
}
