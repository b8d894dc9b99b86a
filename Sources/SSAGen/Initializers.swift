import ABI
import Base
import Object
import SSA
import Syntax
import Types

/// One initialiser of a package: `lhs... = expression`.
struct PackageInit {
  /// How far it has got.
  enum State: UInt8 {
    /// Nobody refers to its variables; its types may not even have been checked.
    case waiting
    /// Contents are laid out, or the code that makes them has been asked for.
    case realized
  }
  var lhs: [ObjectID]
  var decl: DeclRecord
  var state = State.waiting
  /// It runs whoever reads its variables.
  var hasEffects = false
  /// Instance of the code that runs at start; -1 when everything is laid out.
  var instance = -1
  /// Parts that the code fills in; the rest is laid out. Nil: the code does it all.
  var holes: [StaticHole]?
}

// Which initialisers run, which are laid out, and which are dropped (section 9 of the reference on
// the runtime's surface). An initialiser without effects counts only when something refers to its
// variables, and until then its types are not even checked if its syntax shows that it can have
// none.

extension ProgramBuilder {
  /// Number of the initialiser of variable `o` in `packageInits`, or -1.
  func initializerIndex(_ o: ObjectID) -> Int {
    o.index < initializerNumbers.count ? Int(initializerNumbers[o.index]) : -1
  }

  /// Decides about all initialisers of all packages, and asks for those that always run.
  func buildInitFunctions() throws {
    initializerNumbers = Array(repeating: -1, count: ts.objects.count)
    for p in ts.packages.ids where !ts.packages[p].isFake {
      let first = packageInits.count
      for o in ts.packages[p].objects where ts.objects[o].kind == .variable { register(o) }
      for k in first..<packageInits.count { classify(k) }
      for (k, o) in ts.packages[p].initFunctions.enumerated() {
        let i = functionInstance(o, [])
        instances[i].symbol = symbols.symbol("\(escapedPath(p)).init.\(k)")
        _ = use(i)
      }
    }
  }

  private func register(_ o: ObjectID) {
    if initializerNumbers[o.index] >= 0 { return }
    let d = ts.declarations[DeclID(raw: ts.objects[o].decl)]
    if d.initExpr.isNone { return }
    let lhs = d.lhs.isEmpty ? [o] : d.lhs
    for v in lhs { initializerNumbers[v.index] = Int32(packageInits.count) }
    packageInits.append(PackageInit(lhs: lhs, decl: d))
  }

  /// Realizes initialiser `k` if it may have effects.
  private func classify(_ k: Int) {
    let x = packageInits[k]
    let tree = checker.syntax(x.decl.file)
    let isBlank = x.lhs.allSatisfy { ts.objects[$0].name == KnownName.blank }
    if !mayHaveEffects(tree, x.decl.initExpr, x.decl.scope) { return }
    checker.checkInitializer(of: x.lhs[0])
    let fb = initBuilder(x.decl)
    if x.lhs.count == 1 && !isBlank {
      var dry = StaticEncoder(fb, size: 0, isGlobal: true, isDry: true)
      let t = ts.canonical(ts.objects[x.lhs[0]].type)
      if dry.encode(x.decl.initExpr, to: t, at: 0) { return }
    }
    if fb.isPure(x.decl.initExpr) { return }
    packageInits[k].hasEffects = true
    realize(k)
  }

  /// Whether the syntax of an initialiser leaves effects or a panic possible.
  private func mayHaveEffects(_ tree: SyntaxTree, _ n: NodeID, _ scope: ScopeID) -> Bool {
    var found = false
    tree.walk(n) { x in
      if found { return false }
      switch tree.kind(x) {
      case .funcLit: return false
      case .call, .index, .slice, .assert: found = true
      case .binary:
        // Division by zero, shifts by negative counts, comparison of interfaces.
        switch tree.op(x) {
        case .div, .rem, .shl, .shr, .eql, .neq: found = true
        default: break
        }
      case .unary: if tree.op(x) == .recv || tree.op(x) == .mul { found = true }
      case .selector:
        // A qualified name; a field might lie behind a nil pointer.
        let q = tree.selector(x).x
        if tree.kind(q) == .name {
          let (_, o) = ts.lookupOutward(scope, tree.name(q))
          if o.isNone || ts.objects[o].kind != .packageName { found = true }
        } else {
          found = true
        }
        return false
      default: break
      }
      return true
    }
    return found
  }

  /// Lays out what initialiser `k` gives its variables, and asks for the code that makes the rest.
  func realize(_ k: Int) {
    if packageInits[k].state == .realized { return }
    packageInits[k].state = .realized
    let x = packageInits[k]
    checker.checkInitializer(of: x.lhs[0])
    let o = x.lhs[0]
    if x.lhs.count == 1 && ts.objects[o].name != KnownName.blank {
      let t = ts.canonical(ts.objects[o].type)
      let fb = initBuilder(x.decl)
      var e = StaticEncoder(fb, size: layouts.of(t).size, isGlobal: true, isDry: false)
      let holes = e.encodePartly(x.decl.initExpr, to: t)
      finishInit(fb, x.decl.package)
      let isWhole = holes.contains {
        $0.symbol.isNone && $0.offset == 0 && $0.node == x.decl.initExpr
      }
      if !isWhole {
        let s = globalSymbol(o)
        symbols.define(s, definition(e.image, t))
        if holes.isEmpty { return }
        packageInits[k].holes = holes
      }
    }
    var i = Instance(object: .none, args: [])
    i.initializer = o
    i.name = "\(escapedPath(x.decl.package)).init"
    // Several functions under one name, which tracebacks show.
    i.symbol = symbols.anonymous(i.name)
    i.isComplete = true
    i.abi = callABI([], [])
    instances.append(i)
    packageInits[k].instance = instances.count - 1
    _ = use(instances.count - 1)
  }

  /// A builder with the source of declaration `d`, for looking at its initialiser.
  private func initBuilder(_ d: DeclRecord) -> FunctionBuilder {
    let f = Function(
      symbol: .none, name: "\(escapedPath(d.package)).init", pos: .none, signature: ABISignature())
    let fb = FunctionBuilder(self, f)
    fb.setSource(d.file, package: d.package)
    startInit(fb, d.package)
    return fb
  }

  // Closures in the initialisers of a package are numbered through.

  private func startInit(_ fb: FunctionBuilder, _ p: PackageID) {
    while initCounters.count <= p.index { initCounters.append((0, 0)) }
    fb.closureCount = initCounters[p.index].closures
    fb.thunkCount = initCounters[p.index].thunks
  }

  private func finishInit(_ fb: FunctionBuilder, _ p: PackageID) {
    initCounters[p.index] = (fb.closureCount, fb.thunkCount)
  }

  /// Builds the function for one initialiser.
  func buildInitializer(_ i: Int) throws {
    let o = instances[i].initializer
    let x = packageInits[initializerIndex(o)]
    let f = Function(
      symbol: instances[i].symbol, name: instances[i].name, pos: ts.objects[o].pos,
      signature: instances[i].abi.signature)
    // Called once; the weak call of the package's init must stay a call.
    f.flags.insert(.noinline)
    if isRuntimePackage(o) { f.flags.insert(.unsafePoints) }
    let fb = FunctionBuilder(self, f)
    fb.setSource(x.decl.file, package: x.decl.package)
    fb.abi = instances[i].abi
    startInit(fb, x.decl.package)
    defer {
      finishInit(fb, x.decl.package)
      fb.clearLocals()
    }
    fb.start(entryOf: fb)
    if let holes = x.holes {
      for h in holes {
        try fb.withTemporaries {
          let base = h.symbol.isSome ? fb.dataAddress(h.symbol) : fb.dataAddress(globalSymbol(o))
          var a = Address(base, Int64(h.offset))
          a.isSafe = true
          fb.store(try fb.expr(h.node, to: h.type), a)
        }
      }
    } else {
      try fb.withTemporaries { try fb.initialize(x) }
    }
    if fb.isReachable { fb.ret([]) }
    fb.finishVariables()
    functions.append(f)
  }
}

extension FunctionBuilder {
  /// `lhs... = expression` for package-level variables.
  fileprivate func initialize(_ x: PackageInit) throws {
    if x.lhs.count == 1 {
      let o = x.lhs[0]
      let t = canon(ts.objects[o].type)
      let v = try inOrder([Ordered(x.decl.initExpr)]) { try expr(x.decl.initExpr, to: t) }
      if ts.objects[o].name != KnownName.blank { store(v, globalAddress(o)) }
      return
    }
    let values = try tuple(x.decl.initExpr, x.lhs.count)
    for (k, v) in x.lhs.enumerated() where ts.objects[v].name != KnownName.blank {
      let t = canon(ts.objects[v].type)
      store(try convert(values[k], to: t), globalAddress(v))
    }
  }
}
