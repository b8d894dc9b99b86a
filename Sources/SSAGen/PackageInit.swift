import ABI
import Base
import Object
import SSA
import Syntax
import Types

// `pkg.init` functions, and the order of packages (section 9.1 of the reference on the runtime's
// surface).

extension ProgramBuilder {
  /// Makes `pkg.init` of each package that has work, and the two lists of them. Call when no body
  /// is waiting: the order of variables depends on what functions refer to.
  func makePackageInits() throws {
    let early = importClosure(package("runtime") ?? .none)
    let late = options.main.isSome ? importClosure(options.main) : nil
    var made = [SymbolID](repeating: .none, count: ts.packages.count)
    for p in ts.packages.ids where !ts.packages[p].isFake {
      made[p.index] = try makeInit(p) ?? .none
    }
    var lists: [[SymbolID]] = [[], []]
    for p in packageOrder(early) where made[p.index].isSome { lists[0].append(made[p.index]) }
    for p in packageOrder(late) where made[p.index].isSome && !early[p.index] {
      lists[1].append(made[p.index])
    }
    try makeCaller("go:runtime.inits", lists[0].map { ($0, false) })
    try makeCaller("go:main.inits", lists[1].map { ($0, false) })
  }

  /// Index: PackageID. The packages that `root` needs, itself included.
  private func importClosure(_ root: PackageID) -> [Bool] {
    var seen = [Bool](repeating: false, count: ts.packages.count)
    var work = root.isSome ? [root] : []
    while let p = work.popLast() {
      if seen[p.index] { continue }
      seen[p.index] = true
      work += ts.packages[p].imports
    }
    return seen
  }

  /// Packages of `set` (nil: all) that have something to do, each after those that it imports: of
  /// those that are ready, always the first by path. Packages that neither have nor wait for work
  /// are not waited for.
  private func packageOrder(_ set: [Bool]?) -> [PackageID] {
    var nodes: [(key: [UInt8], package: PackageID)] = []
    let hasTask = packagesWithTasks()
    for p in ts.packages.ids where hasTask[p.index] && set?[p.index] != false {
      nodes.append((Array((escapedPath(p) + "..inittask").utf8), p))
    }
    nodes.sort { $0.key.lexicographicallyPrecedes($1.key) }
    var number = [Int](repeating: -1, count: ts.packages.count)
    for (i, n) in nodes.enumerated() { number[n.package.index] = i }
    var waiting = [Int](repeating: 0, count: nodes.count)
    var importers = [[Int]](repeating: [], count: nodes.count)
    for (i, n) in nodes.enumerated() {
      var seen = Set<Int>()
      for q in ts.packages[n.package].imports {
        let k = number[q.index]
        if k < 0 || !seen.insert(k).inserted { continue }
        importers[k].append(i)
        waiting[i] += 1
      }
    }
    // Ready packages, the first by path last.
    var ready: [Int] = nodes.indices.filter { waiting[$0] == 0 }.reversed()
    var out: [PackageID] = []
    while let i = ready.popLast() {
      out.append(nodes[i].package)
      for k in importers[i] {
        waiting[k] -= 1
        if waiting[k] > 0 { continue }
        var at = ready.count
        while at > 0 && ready[at - 1] < k { at -= 1 }
        ready.insert(k, at: at)
      }
    }
    return out
  }

  /// Index: PackageID. What gc would make an initialisation task for: init functions, initialisers
  /// that are code, or imports with tasks.
  private func packagesWithTasks() -> [Bool] {
    if !taskCache.isEmpty { return taskCache }
    var out = [Bool](repeating: false, count: ts.packages.count)
    for p in ts.packages.ids where !ts.packages[p].initFunctions.isEmpty { out[p.index] = true }
    for x in packageInits where !out[x.decl.package.index] {
      if x.instance >= 0 || x.state == .waiting && makesMap(x.decl) {
        out[x.decl.package.index] = true
      }
    }
    // Packages are numbered after those that they import.
    for p in ts.packages.ids where !out[p.index] {
      out[p.index] = ts.packages[p].imports.contains { out[$0.index] }
    }
    taskCache = out
    return out
  }

  /// Whether an unused initialiser has a map literal in it, which is code.
  private func makesMap(_ d: DeclRecord) -> Bool {
    let tree = checker.syntax(d.file)
    var found = false
    tree.walk(d.initExpr) { n in
      if tree.kind(n) == .compositeLit {
        let t = tree.compositeLit(n).type
        if t.isSome && tree.kind(t) == .mapType { found = true }
      }
      return !found && tree.kind(n) != .funcLit
    }
    return found
  }

  /// `pkg.init`: initialisers in order, then the `init` functions. Nil if there is nothing to do.
  private func makeInit(_ p: PackageID) throws -> SymbolID? {
    var calls: [(SymbolID, weak: Bool)] = []
    for k in orderedInits(p) {
      let x = packageInits[k]
      calls.append((instances[x.instance].symbol, weak: !x.hasEffects))
    }
    for o in ts.packages[p].initFunctions {
      calls.append((instances[functionInstance(o, [])].symbol, weak: false))
    }
    if calls.isEmpty { return nil }
    let name = "\(escapedPath(p)).init"
    try makeCaller(name, calls)
    return symbols.symbol(name)
  }

  /// The initialisers of `p` that are code, in the order of the language.
  private func orderedInits(_ p: PackageID) -> [Int] {
    if liveInits.isEmpty {
      liveInits = Array(repeating: [], count: ts.packages.count)
      for k in packageInits.indices where packageInits[k].instance >= 0 {
        liveInits[packageInits[k].decl.package.index].append(k)
      }
    }
    let live = liveInits[p.index]
    if live.count < 2 { return live }
    checkDependencies(live)
    checker.initOrder(of: p)
    var out: [Int] = []
    for i in ts.packages[p].initOrder ?? [] {
      guard let o = i.lhs.first else { continue }
      let k = initializerIndex(o)
      if k >= 0 && packageInits[k].instance >= 0 && !out.contains(k) { out.append(k) }
    }
    return out
  }

  /// Has everything checked that the order of these initialisers depends on: bodies of functions in
  /// branches that are never built count as well.
  private func checkDependencies(_ live: [Int]) {
    var work: [ObjectID] = []
    for k in live { work.append(packageInits[k].lhs[0]) }
    var seen = [Bool](repeating: false, count: ts.objects.count)
    while let o = work.popLast() {
      if seen[o.index] { continue }
      seen[o.index] = true
      switch ts.objects[o].kind {
      case .function: checker.checkBody(of: o)
      case .variable: checker.checkInitializer(of: o)
      default: continue
      }
      for r in ts.declarations[DeclID(raw: ts.objects[o].decl)].dependencies
      where r.index < seen.count {
        work.append(r)
      }
    }
  }

  /// A function that calls functions without parameters one after the other.
  private func makeCaller(_ name: String, _ calls: [(SymbolID, weak: Bool)]) throws {
    let s = symbols.symbol(name)
    try buildThunk(s, name: name, pos: .none, params: [], results: []) { fb in
      fb.f.flags.insert(.noinline)
      for (target, weak) in calls {
        fb.callSymbol(target, ABISignature(), [])
        if weak { fb.f.calls[fb.f.calls.count - 1].isWeak = true }
      }
      fb.ret([])
    }
  }
}
