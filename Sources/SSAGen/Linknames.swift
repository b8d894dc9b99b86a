import ABI
import Base
import Object
import SSA
import Syntax
import Types

// `//go:linkname` and functions without bodies (section 1.1 of the reference on the runtime's
// surface).

extension ProgramBuilder {
  /// Reads the directives of all files.
  func collectLinknames() {
    for p in ts.packages.ids {
      for file in ts.packages[p].files {
        for l in checker.syntax(file).linknames { note(l, p) }
      }
    }
  }

  private func note(_ l: Linkname, _ p: PackageID) {
    let o = ts.lookup(ts.packages[p].scope, l.local)
    if o.isNone || l.remote.isNone { return }
    if linkNames.count <= o.index {
      linkNames.append(
        contentsOf: repeatElement(NameID.none, count: ts.objects.count - linkNames.count))
    }
    let isFunction = ts.objects[o].kind == .function
    if isFunction && hasBody(o) {
      if providers[l.remote] == nil { providers[l.remote] = o }
    }
    if ts.objects[o].kind == .variable && hasInitializer(o) && variableProviders[l.remote] == nil {
      variableProviders[l.remote] = o
    }
    linkNames[o.index] = l.remote
  }

  /// The symbol of the Go function of this link name, its body asked for.
  func linkSymbol(_ name: String) -> SymbolID {
    if let o = linkedFunction(name) { return use(functionInstance(o, [])) }
    return symbols.symbol(name)
  }

  /// The function with a body that a link name denotes.
  func linkedFunction(_ name: String) -> ObjectID? {
    if let n = ts.names.find(name), let o = providers[n] { return o }
    guard let (path, rest) = split(name) else { return nil }
    guard let p = package(path) else { return nil }
    return member(p, rest)
  }

  /// Import path and the rest of a link name; dots in the last path element are escaped.
  private func split(_ name: String) -> (String, String)? {
    let bytes = Array(name.utf8)
    let slash = bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1
    guard let dot = bytes[(slash + 1)...].firstIndex(of: UInt8(ascii: ".")) else { return nil }
    let path = String(decoding: bytes[..<dot], as: UTF8.self)
    return (path, String(decoding: bytes[(dot + 1)...], as: UTF8.self))
  }

  /// `F`, `T.M` or `(*T).M` of package `p`.
  private func member(_ p: PackageID, _ rest: String) -> ObjectID? {
    guard let dot = rest.lastIndex(of: ".") else {
      guard let n = ts.names.find(rest) else { return nil }
      let o = ts.lookup(ts.packages[p].scope, n)
      return o.isSome && ts.objects[o].kind == .function ? o : nil
    }
    var type = String(rest[..<dot])
    if type.hasPrefix("(*") && type.hasSuffix(")") { type = String(type.dropFirst(2).dropLast()) }
    guard let tn = ts.names.find(type),
      let mn = ts.names.find(String(rest[rest.index(after: dot)...]))
    else { return nil }
    let o = ts.lookup(ts.packages[p].scope, tn)
    guard o.isSome, ts.objects[o].kind == .typeName else { return nil }
    checker.declare(o)
    let t = ts.unalias(ts.objects[o].type)
    guard ts.kind(t) == .named else { return nil }
    for i in 0..<ts.methodCount(t) {
      let m = ts.method(of: t, at: i)
      if ts.objects[m].name == mn { return m }
    }
    return nil
  }

  /// A function without a body is in use: finds who provides it.
  func resolveExternal(_ i: Int) {
    let name = symbols.name(instances[i].symbol)
    if let o = linkedFunction(name), o != instances[i].object, hasBody(o) {
      _ = use(functionInstance(o, []))
      if let n = ts.names.find(name), providers[n] == o { pushed.append(i) }
      return
    }
    externals.append(i)
  }

  /// How to call instance `i` without the wrapper of `makeABIWrappers`: it is a function of assembly, all of whose
  /// parameters and results are scalars. Others are left to the wrapper, which copies memory.
  func assemblyCall(_ i: Int) -> (symbol: SymbolID, abi: CallABI)? {
    let o = instances[i].object
    if o.isNone || hasBody(o) { return nil }
    let name = symbols.name(instances[i].symbol)
    guard options.abi0Definitions.contains(name), !options.internalDefinitions.contains(name)
    else { return nil }
    if let other = linkedFunction(name), other != o, hasBody(other) { return nil }
    let abi = callABI(abiParams(i), abiResults(i), .abi0)
    let isScalar = { (l: ParamLocation) -> Bool in l.hasSlots || self.layouts.of(l.type).size == 0 }
    guard abi.params.allSatisfy(isScalar), abi.results.allSatisfy(isScalar) else { return nil }
    return (symbols.symbol(name, .abi0), abi)
  }

  /// Whether the package is not the standard library's; what other packages' assembly does to RBP is not known.
  func isForeign(_ o: ObjectID) -> Bool {
    let first = packagePath(o).prefix { $0 != "/" }
    return ![
      "bytes", "crypto", "hash", "internal", "math", "os", "reflect", "runtime", "strings", "sync",
      "syscall",
      "time", "vendor",
    ].contains(String(first))
  }

  /// Wrappers from Go's convention to that of assembly for functions without bodies, and the other
  /// way round for Go functions that assembly calls.
  func makeABIWrappers() throws {
    for i in externals {
      let name = symbols.name(instances[i].symbol)
      if options.internalDefinitions.contains(name) || !options.abi0Definitions.contains(name) {
        continue
      }
      if !markBuilt(instances[i].symbol) { continue }
      let params = abiParams(i)
      let results = abiResults(i)
      let target = symbols.symbol(name, .abi0)
      let pragma = pragmas(instances[i].object)
      var flags: FunctionFlags = []
      if isRuntimePackage(instances[i].object) { flags = [.noAlloc, .unsafePoints] }
      // A wrapper must not split the stack where its target does not.
      flags.insert(.nosplit)
      _ = pragma
      try buildThunk(
        instances[i].symbol, name: name, pos: ts.objects[instances[i].object].pos, params: params,
        results: results, like: flags
      ) { fb in
        var p = PreparedCall(target: .symbol(target), params: params, results: results)
        p.convention = .abi0
        p.isForeign = isForeign(instances[i].object)
        p.args = fb.incoming()
        fb.ret(fb.emitCall(p))
      }
    }
    for name in options.abi0References where !options.abi0Definitions.contains(name) {
      try makeABI0Entry(name)
    }
  }

  /// An ABI0 entry for the Go function of this link name, or for one that assembly defines under the Go convention:
  /// assembly of any package may call `runtime·memmove`.
  private func makeABI0Entry(_ name: String) throws {
    guard let o = linkedFunction(name),
      hasBody(o) || options.internalDefinitions.contains(name)
    else { return }
    let i = functionInstance(o, [])
    let s = symbols.symbol(name, .abi0)
    if !markBuilt(s) { return }
    let params = abiParams(i)
    let results = abiResults(i)
    try buildThunk(
      s, name: name, pos: ts.objects[o].pos, params: params, results: results, like: [.nosplit],
      convention: .abi0
    ) { fb in
      var p = PreparedCall(target: .instance(i), params: params, results: results)
      p.args = fb.incoming()
      let r = fb.emitCall(p)
      if fb.isReachable { fb.ret(r) }
    }
  }

  /// The code symbol of an instance under a convention, for `abi.FuncPC...`.
  func codeSymbol(_ i: Int, _ convention: ABI.Convention) -> SymbolID {
    let s = use(i)
    if convention == .internal { return s }
    let name = symbols.name(s)
    if instances[i].object.isSome && hasBody(instances[i].object)
      && !options.abi0References.contains(name)
    {
      options.abi0References.append(name)
    }
    return symbols.symbol(name, .abi0)
  }
}
