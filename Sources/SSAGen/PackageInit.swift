import ABI
import Base
import Object
import SSA
import Syntax
import Types

// Package-level variables: their storage, their initialisers, and the order of it all (section 9 of the
// reference on the runtime's surface).

/// How a package-level variable gets its first value.
enum GlobalState: UInt8 {
  /// Zero.
  case none
  /// Laid out when something refers to it.
  case constant
  /// By an initialiser without side effects, which is only built when something refers to it.
  case lazy
  /// By an initialiser that always runs.
  case eager
  /// Defined already.
  case defined
}

extension ProgramBuilder {
  // MARK: Before discovery

  /// Decides about all initialisers of all packages, and asks for those that always run.
  func buildInitFunctions() throws {
    for p in ts.packages.ids where !ts.packages[p].isFake {
      for o in ts.packages[p].objects where ts.objects[o].kind == .variable { classify(o) }
      for (k, o) in ts.packages[p].initFunctions.enumerated() {
        let i = functionInstance(o, [])
        instances[i].symbol = symbols.symbol("\(escapedPath(p)).init.\(k)")
        _ = use(i)
      }
    }
  }

  private func state(_ o: ObjectID) -> GlobalState {
    o.index < globalStates.count ? globalStates[o.index] : .none
  }

  private func setState(_ o: ObjectID, _ s: GlobalState) {
    if globalStates.count <= o.index {
      globalStates.append(
        contentsOf: repeatElement(GlobalState.none, count: ts.objects.count - globalStates.count))
    }
    globalStates[o.index] = s
  }

  private func classify(_ o: ObjectID) {
    let d = ts.declarations[DeclID(raw: ts.objects[o].decl)]
    if d.initExpr.isNone { return }
    if !d.lhs.isEmpty {
      // One initialiser for several variables.
      setState(o, .eager)
      if d.lhs[0] == o { _ = use(initializerInstance(o)) }
      return
    }
    checker.checkInitializer(of: o)
    let fb = initBuilder(d)
    let t = ts.canonical(ts.objects[o].type)
    var dry = StaticEncoder(fb, size: 0, isGlobal: true, isDry: true)
    let isBlank = ts.objects[o].name == KnownName.blank
    if dry.encode(d.initExpr, to: t, at: 0) {
      setState(o, .constant)
    } else if fb.isPure(d.initExpr) && !isBlank {
      setState(o, .lazy)
    } else {
      setState(o, .eager)
      _ = use(initializerInstance(o))
    }
  }

  /// A builder with the source of declaration `d`, for looking at its initialiser.
  private func initBuilder(_ d: DeclRecord) -> FunctionBuilder {
    let f = Function(
      symbol: .none, name: "\(escapedPath(d.package)).init", pos: .none, signature: ABISignature())
    let fb = FunctionBuilder(self, f)
    fb.setSource(d.file, package: d.package)
    return fb
  }

  /// The instance that runs the initialiser of `o` (and of the variables initialised with it).
  private func initializerInstance(_ o: ObjectID) -> Int {
    if let i = initializers[o] { return i }
    let d = ts.declarations[DeclID(raw: ts.objects[o].decl)]
    var x = Instance(object: .none, args: [])
    x.initializer = o
    let n = initializerCounts[d.package, default: 0]
    initializerCounts[d.package] = n + 1
    x.name = "\(escapedPath(d.package)).init.v\(n)"
    x.symbol = symbols.symbol(x.name)
    x.isComplete = true
    x.abi = callABI([], [])
    instances.append(x)
    for v in d.lhs.isEmpty ? [o] : d.lhs { initializers[v] = instances.count - 1 }
    return instances.count - 1
  }

  // MARK: Bodies

  /// Builds the function for one initialiser.
  func buildInitializer(_ i: Int) throws {
    let o = instances[i].initializer
    checker.checkInitializer(of: o)
    let d = ts.declarations[DeclID(raw: ts.objects[o].decl)]
    let f = Function(
      symbol: instances[i].symbol, name: instances[i].name, pos: ts.objects[o].pos,
      signature: instances[i].abi.signature)
    if isRuntimePackage(o) { f.flags.insert(.unsafePoints) }
    let fb = FunctionBuilder(self, f)
    fb.setSource(d.file, package: d.package)
    fb.abi = instances[i].abi
    fb.start(entryOf: fb)
    // Closures in initialisers are named after the package's init.
    fb.closureCount = 1000 * (initializerCounts[d.package] ?? 0) + Int(o.raw % 1000)
    try fb.withTemporaries {
      if d.lhs.isEmpty {
        let t = ts.canonical(ts.objects[o].type)
        if ts.objects[o].name == KnownName.blank {
          _ = try fb.expr(d.initExpr, to: t)
        } else {
          let a = fb.globalAddress(o)
          fb.store(try fb.expr(d.initExpr, to: t), a)
        }
      } else {
        let values = try fb.tuple(d.initExpr, d.lhs.count)
        for (k, v) in d.lhs.enumerated() where ts.objects[v].name != KnownName.blank {
          let t = ts.canonical(ts.objects[v].type)
          fb.store(try fb.convert(values[k], to: t), fb.globalAddress(v))
        }
      }
    }
    if fb.isReachable { fb.ret([]) }
    fb.finishVariables()
    functions.append(f)
  }

  // MARK: Storage

  /// Defines the variables that have come into use; whether there were any.
  func defineGlobals() -> Bool {
    let first = globalHead
    while globalHead < usedGlobals.count {
      let o = usedGlobals[globalHead]
      globalHead += 1
      define(o)
    }
    return globalHead != first
  }

  private func define(_ o: ObjectID) {
    let s = globalSymbols[o.index]
    if ts.objects[o].type.isNone { checker.declare(o) }
    let t = ts.canonical(ts.objects[o].type)
    switch state(o) {
    case .constant:
      let d = ts.declarations[DeclID(raw: ts.objects[o].decl)]
      let fb = initBuilder(d)
      fb.closureCount = 100_000 + Int(o.raw)
      var e = StaticEncoder(fb, size: layouts.of(t).size, isGlobal: true, isDry: false)
      if !e.encode(d.initExpr, to: t, at: 0) {
        internalError("ssagen", "static initialiser of \(symbols.name(s))")
      }
      let isZero = e.image.relocs.isEmpty && !e.image.bytes.contains { $0 != 0 }
      symbols.define(s, definition(isZero ? nil : e.image, t))
      setState(o, .defined)
      return
    case .lazy:
      setState(o, .eager)
      _ = use(initializerInstance(o))
    default: break
    }
    if symbols.isDefined(s) { return }
    // A variable that a directive links to another package's is defined there.
    if linkNames.count > o.index && linkNames[o.index].isSome,
      let other = linkedVariable(symbols.name(s)), other != o
    {
      _ = globalSymbol(other)
      return
    }
    symbols.define(s, definition(nil, t))
  }

  private func linkedVariable(_ name: String) -> ObjectID? {
    guard let dot = name.lastIndex(of: "."),
      let o = packageObject(String(name[..<dot]), String(name[name.index(after: dot)...])),
      ts.objects[o].kind == .variable
    else { return nil }
    return o
  }

  // MARK: Order

  /// Makes `pkg.init` of each package that has work, and the two lists of them. Call when no body is
  /// waiting: the order of variables depends on what functions refer to.
  func makePackageInits() throws {
    let order = packageOrder()
    var early = Set<PackageID>()
    if let r = package("runtime") { closure(r, &early) }
    var lists: [[SymbolID]] = [[], []]
    for p in order {
      guard let s = try makeInit(p) else { continue }
      lists[early.contains(p) ? 0 : 1].append(s)
    }
    try makeCaller("go:runtime.inits", lists[0], pos: .none)
    try makeCaller("go:main.inits", lists[1], pos: .none)
  }

  private func closure(_ p: PackageID, _ out: inout Set<PackageID>) {
    if !out.insert(p).inserted { return }
    for i in ts.packages[p].imports { closure(i, &out) }
  }

  /// All packages: sorted by path, each after what it imports.
  private func packageOrder() -> [PackageID] {
    var left: [PackageID] = []
    for p in ts.packages.ids where !ts.packages[p].isFake && p != ts.universe.unsafe { left.append(p) }
    left.sort { ts.text(ts.packages[$0].path) < ts.text(ts.packages[$1].path) }
    var done = Set<PackageID>([ts.universe.unsafe])
    var out: [PackageID] = []
    while !left.isEmpty {
      let next = left.firstIndex { p in
        ts.packages[p].imports.allSatisfy { done.contains($0) || ts.packages[$0].isFake }
      }
      let p = left.remove(at: next ?? 0)
      done.insert(p)
      out.append(p)
    }
    return out
  }

  private func makeInit(_ p: PackageID) throws -> SymbolID? {
    checker.initOrder(of: p)
    var calls: [SymbolID] = []
    var seen = Set<Int>()
    for i in ts.packages[p].initOrder ?? [] {
      guard let o = i.lhs.first, let k = initializers[o], instances[k].isQueued,
        seen.insert(k).inserted
      else { continue }
      calls.append(instances[k].symbol)
    }
    for o in ts.packages[p].initFunctions { calls.append(instances[functionInstance(o, [])].symbol) }
    if calls.isEmpty { return nil }
    let name = "\(escapedPath(p)).init"
    try makeCaller(name, calls, pos: .none)
    return symbols.symbol(name)
  }

  /// A function that calls functions without parameters one after the other.
  private func makeCaller(_ name: String, _ calls: [SymbolID], pos: Pos) throws {
    try buildThunk(symbols.symbol(name), name: name, pos: pos, params: [], results: []) { fb in
      fb.f.flags.remove(.wrapper)
      fb.f.funcID = 0
      for s in calls { fb.callSymbol(s, ABISignature(), []) }
      fb.ret([])
    }
  }
}

extension FunctionBuilder {
  /// Whether evaluating `n` has no effect and cannot fail, as far as can be seen at a glance.
  func isPure(_ node: NodeID) -> Bool {
    let n = tree.unparen(node)
    if info.constants[n.index].isSome { return true }
    switch tree.kind(n) {
    case .name, .funcLit: return true
    case .selector: return info.selection(n) == nil
    case .compositeLit:
      let elements = tree.compositeLit(n).elements
      for e in tree.each(elements) {
        if tree.kind(e) == .keyValue {
          let kv = tree.keyValue(e)
          // Map keys may be hashed: those of interface type could panic.
          if kind(type(n)) == .map && !(info.constants[kv.key.index].isSome || isPure(kv.key)) {
            return false
          }
          if !isPure(kv.value) { return false }
        } else if !isPure(e) {
          return false
        }
      }
      return true
    case .unary:
      let (op, x) = tree.unary(n)
      return op == .and && isPure(x) || op == .sub && isPure(x) || op == .not && isPure(x)
    case .call: return isPureCall(n)
    default: return false
    }
  }

  private func isPureCall(_ n: NodeID) -> Bool {
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    for x in tree.each(c.args) where info.mode(tree.unparen(x)) != .type && !isPure(x) {
      return false
    }
    switch info.mode(fun) {
    case .type: return kind(type(n)) != .array
    case .builtin:
      let b = builtin(fun)
      return b == .new || b == .len || b == .cap
        || b == .make && tree.each(c.args).dropFirst().allSatisfy { info.constants[$0.index].isSome }
    default:
      guard let (o, _) = staticFunction(fun) else { return false }
      return pb.packagePath(o) == "errors" && pb.objectName(o) == "New"
    }
  }
}
