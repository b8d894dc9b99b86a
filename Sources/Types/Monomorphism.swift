import Base
import Syntax

// Endless instantiation (`func f[P any]() { f[*P]() }`) would need infinitely many bodies, so it is
// an error, although each instantiation alone is fine.
//
// A graph shows how types flow into type parameters. Vertices are type parameters, and types
// declared inside generic functions, which depend on the function's type parameters. Where P is
// instantiated with a type that mentions vertex Q, there is an edge from Q to P; its weight is 0 if
// the argument is Q itself, and 1 if it is a type built from Q. A cycle of positive weight means
// that ever larger types flow around it. It is found by relaxing edges towards the greatest weight
// (Bellman-Ford), until nothing changes or a path is as long as there are vertices.
//
// Generic declarations cannot be passed as arguments, so a cycle lies within one package, and only
// the type parameters of the package being checked are vertices.

/// The flow of types into type parameters in one package.
struct MonoGraph {
  struct Vertex {
    /// Weight of the heaviest known path here, its length, and its last edge.
    var weight = 0
    var length = 0
    var last = -1
    /// The type parameter's or the local type's name.
    var object: ObjectID
  }

  struct Edge {
    var to: Int
    var from: Int
    var weight: Int
    var pos: Pos
    /// The type argument, or for local types the type parameter they depend on.
    var type: TypeID
  }

  var vertices: [Vertex] = []
  var edges: [Edge] = []
  /// Vertex of each object; -1 for local types without one. Looked up only.
  var vertexOf: [ObjectID: Int] = [:]
  /// Type parameters that stand for others: those of method receivers and renamed ones.
  var canonical: [TypeID: TypeID] = [:]
}

extension Checker {
  /// Notes that type parameter `p` is a stand-in for `original`.
  func recordCanonical(_ p: TypeID, _ original: TypeID) { mono.canonical[p] = original }

  /// Notes that type parameters were instantiated.
  func recordInstance(_ pos: Pos, _ params: [TypeID], _ args: [TypeID], _ argNodes: [NodeID]) {
    for i in params.indices where i < args.count {
      let o = ts.objects[ts.typeParam(params[i]).object]
      if o.package != env.package { continue }
      let at = i < argNodes.count ? tree.startPos(argNodes[i]) : pos
      flow(args[i], into: params[i], argument: args[i], at)
    }
  }

  /// Adds edges for all vertices mentioned in `t`, a part of `argument`.
  private func flow(_ t0: TypeID, into p: TypeID, argument: TypeID, _ pos: Pos) {
    let t = ts.unalias(t0)
    switch ts.kind(t) {
    case .typeParam: addFlow(paramVertex(t), p, t == ts.unalias(argument), argument, pos)
    case .named:
      let info = ts.namedInfo(t)
      let v = localVertex(info.origin)
      if v >= 0 { addFlow(v, p, t == ts.unalias(argument), argument, pos) }
      for i in 0..<info.args.n { flow(ts.typeAt(info.args, i), into: p, argument: argument, pos) }
    case .pointer, .slice, .array, .chan:
      flow(ts.elem(t), into: p, argument: argument, pos)
    case .map:
      flow(ts.mapKey(t), into: p, argument: argument, pos)
      flow(ts.elem(t), into: p, argument: argument, pos)
    case .struct, .tuple:
      for i in 0..<ts.memberCount(t) {
        flow(ts.memberType(t, i), into: p, argument: argument, pos)
      }
    case .signature:
      let s = ts.signature(t)
      if s.params.isSome { flow(s.params, into: p, argument: argument, pos) }
      if s.results.isSome { flow(s.results, into: p, argument: argument, pos) }
    case .interface:
      // An anonymous interface may contain itself; one level of it shows all its vertices.
      if monoOpen.contains(t) { return }
      monoOpen.append(t)
      for m in ts.typeSet(of: t).methods {
        flow(ts.methodType(m), into: p, argument: argument, pos)
      }
      monoOpen.removeLast()
    default: break
    }
  }

  private func addFlow(_ from: Int, _ p: TypeID, _ isWhole: Bool, _ argument: TypeID, _ pos: Pos) {
    let to = paramVertex(p)
    mono.edges.append(
      MonoGraph.Edge(to: to, from: from, weight: isWhole ? 0 : 1, pos: pos, type: argument))
  }

  private func paramVertex(_ p: TypeID) -> Int {
    var q = p
    while let c = mono.canonical[q], c != q { q = c }
    let o = ts.typeParam(q).object
    if let v = mono.vertexOf[o] { return v }
    mono.vertices.append(MonoGraph.Vertex(object: o))
    mono.vertexOf[o] = mono.vertices.count - 1
    return mono.vertices.count - 1
  }

  /// Vertex of a type declared inside a generic function of this package; -1 for other types.
  private func localVertex(_ t: TypeID) -> Int {
    let info = ts.namedInfo(t)
    let r = ts.objects[info.object]
    if info.function.isNone || r.package != env.package { return -1 }
    if let v = mono.vertexOf[info.object] { return v }
    let params = ts.enclosingParams(info.function)
    var v = -1
    if !params.isEmpty {
      v = mono.vertices.count
      mono.vertices.append(MonoGraph.Vertex(object: info.object))
    }
    mono.vertexOf[info.object] = v
    for p in params {
      let from = paramVertex(p)
      mono.edges.append(MonoGraph.Edge(to: v, from: from, weight: 1, pos: r.pos, type: p))
    }
    return v
  }

  /// Reports a cycle of instantiations in the package at hand, and forgets its graph.
  func monomorph() {
    defer { mono = MonoGraph() }
    var again = true
    while again {
      again = false
      for i in mono.edges.indices {
        let e = mono.edges[i]
        let from = mono.vertices[e.from]
        let w = from.weight + e.weight
        if w <= mono.vertices[e.to].weight { continue }
        mono.vertices[e.to].last = i
        mono.vertices[e.to].length = from.length + 1
        if mono.vertices[e.to].length == mono.vertices.count {
          reportInstantiationCycle(e.to)
          return
        }
        mono.vertices[e.to].weight = w
        again = true
      }
    }
  }

  /// A path that contains a cycle ends in vertex `end`.
  private func reportInstantiationCycle(_ end: Int) {
    var seen = [Bool](repeating: false, count: mono.vertices.count)
    var stack: [Int] = []
    var v = end
    while !seen[v] {
      stack.append(v)
      seen[v] = true
      if mono.vertices[v].last < 0 { break }
      v = mono.edges[mono.vertices[v].last].from
    }
    if let start = stack.firstIndex(of: v) { stack.removeFirst(start) }
    var e = ErrorReport()
    add(&e, ts.objects[mono.vertices[v].object].pos, .instantiationCycle)
    for w in stack where mono.vertices[w].last >= 0 {
      let edge = mono.edges[mono.vertices[w].last]
      let o = mono.vertices[edge.to].object
      let isParam = ts.kind(ts.objects[o].type) == .typeParam
      add(
        &e, edge.pos, isParam ? .instantiatedAs : .implicitlyParameterized,
        .name(ts.objects[o].name), .type(edge.type))
    }
    emit(e)
  }
}
