import Base
import Syntax

// The order in which a package's variables are initialised, from the references that checking their
// initialisers and the bodies of functions found (`DeclRecord.dependencies`). The graph algorithm is
// in `InitGraph.swift`.
//
// As in gc, a reference to a method of an instantiated type is not followed to the generic method's
// body. In a package whose bodies are checked on demand, only what was checked takes part; what was
// not is not reached by the program, and leaving it out does not change the order of the rest.

extension Checker {
  /// Fills in `PackageRecord.initOrder`, and reports initialisation cycles; false if there are any.
  @discardableResult public func initOrder(of p: PackageID) -> Bool {
    let saved = env
    env.package = p
    defer { env = saved }
    let list = ts.packages[p].objects
    var nodeOf: [UInt32] = Array(repeating: 0, count: ts.objects.count)
    var nodes: [ObjectID] = []
    for o in list {
      switch ts.objects[o].kind {
      case .constant, .variable, .function:
        nodes.append(o)
        nodeOf[o.index] = UInt32(nodes.count)
      default: break
      }
    }
    var graph = InitGraph()
    for o in nodes {
      let kind: InitGraph.Kind
      switch ts.objects[o].kind {
      case .constant: kind = .constant
      case .variable: kind = .variable
      default: kind = .function
      }
      let d = DeclID(raw: ts.objects[o].decl)
      var refs: [Int32] = []
      for r in ts.declarations[d].dependencies where nodeOf[r.index] != 0 {
        refs.append(Int32(nodeOf[r.index]) - 1)
      }
      refs.sort()
      graph.add(kind, references: refs)
    }
    var ok = true
    let order = graph.order { (n: Int32) -> Void in
      // A node that only depends on a cycle gets no report; the cycle itself will.
      ok = false
      if let cycle = graph.cycle(through: n) {
        reportInitCycle(cycle.map { (i: Int32) -> ObjectID in nodes[Int(i)] })
      }
    }
    var result: [Initializer] = []
    var emitted = [Bool](repeating: false, count: ts.objects.count)
    for n in order where graph.kinds[Int(n)] == .variable {
      let o = nodes[Int(n)]
      let d = ts.declarations[DeclID(raw: ts.objects[o].decl)]
      if d.initExpr.isNone { continue }
      // `var a, b = f()` is one initialiser, run where the first of its variables is due.
      let lhs = d.lhs.isEmpty ? [o] : d.lhs
      if lhs.count > 1 {
        if lhs.contains(where: { (v: ObjectID) -> Bool in v != o && emitted[v.index] }) { continue }
        emitted[o.index] = true
      }
      result.append(Initializer(lhs: lhs, file: d.file, rhs: d.initExpr))
    }
    ts.packages[p].initOrder = result
    return ok
  }

  /// `cycle[0]` refers to the last object of the list, each object to the one before it.
  private func reportInitCycle(_ cycle: [ObjectID]) {
    let first = ts.objects[cycle[0]]
    if cycle.count == 1 {
      report(first.pos, .initCycleSelf, .name(first.name))
      return
    }
    var e = ErrorReport()
    add(&e, first.pos, .initCycle, .name(first.name))
    var o = cycle[0]
    for next in cycle.reversed() {
      add(&e, ts.objects[o].pos, .refersTo, .name(ts.objects[o].name), .name(ts.objects[next].name))
      o = next
    }
    emit(e)
  }
}
