import Base
import Syntax

// Terminating statements (Go spec, Terminating statements): whether control can run off the end of
// a function body that must return results.

extension Checker {
  /// Whether `s` is terminating. `label` is that of the statement, for breaks that name it.
  func isTerminating(_ s: NodeID, label: NameID) -> Bool {
    switch tree.kind(s) {
    case .labeled:
      let l = tree.labeled(s)
      return isTerminating(l.stmt, label: tree.name(l.label))
    case .exprStmt: return isPanicCall(tree.exprStmt(s))
    case .returnStmt: return true
    case .branch:
      let kind = tree.branch(s).kind
      return kind == .goto || kind == .fallthrough
    case .block: return isTerminating(list: tree.block(s).stmts)
    case .ifStmt:
      let i = tree.ifStmt(s)
      return i.elseStmt.isSome && isTerminating(i.then, label: .none)
        && isTerminating(i.elseStmt, label: .none)
    case .switchStmt:
      var hasDefault = false
      for c in tree.each(tree.switchStmt(s).clauses) {
        let clause = tree.clause(c)
        if clause.head.isNone { hasDefault = true }
        if !isTerminating(list: clause.body) || hasBreak(list: clause.body, label, implicit: true) {
          return false
        }
      }
      return hasDefault
    case .selectStmt:
      for c in tree.each(tree.selectStmt(s).clauses) {
        let body = tree.clause(c).body
        if !isTerminating(list: body) || hasBreak(list: body, label, implicit: true) {
          return false
        }
      }
      return true
    case .forStmt:
      let f = tree.forStmt(s)
      // A loop over a range ends when the range does.
      if f.initStmt.isSome && tree.kind(f.initStmt) == .rangeClause { return false }
      return f.cond.isNone && !hasBreak(f.body, label, implicit: true)
    default: return false
    }
  }

  /// Trailing empty statements do not count.
  func isTerminating(list: NodeList) -> Bool {
    var i = Int(list.count) - 1
    while i >= 0 && tree.kind(tree[list, i]) == .empty { i -= 1 }
    return i >= 0 && isTerminating(tree[list, i], label: .none)
  }

  /// A call of the predeclared panic.
  private func isPanicCall(_ x: NodeID) -> Bool {
    let call = tree.unparen(x)
    if tree.kind(call) != .call { return false }
    let fun = tree.unparen(tree.call(call).fun)
    if tree.kind(fun) != .name { return false }
    let o = files[env.file].object(fun)
    if o.isNone { return false }
    return ts.objects[o].kind == .builtin && ts.objects[o].aux == UInt32(Builtin.panic.rawValue)
  }

  /// Whether `s` contains a break that leaves the statement labeled `label`, or, if `implicit`,
  /// one without label that is not inside another statement which it would leave instead.
  private func hasBreak(_ s: NodeID, _ label: NameID, implicit: Bool) -> Bool {
    switch tree.kind(s) {
    case .labeled: return hasBreak(tree.labeled(s).stmt, label, implicit: implicit)
    case .branch:
      let b = tree.branch(s)
      if b.kind != .break { return false }
      if b.label.isNone { return implicit }
      return label.isSome && tree.name(b.label) == label
    case .block: return hasBreak(list: tree.block(s).stmts, label, implicit: implicit)
    case .ifStmt:
      let i = tree.ifStmt(s)
      return hasBreak(i.then, label, implicit: implicit)
        || i.elseStmt.isSome && hasBreak(i.elseStmt, label, implicit: implicit)
    case .switchStmt: return hasBreak(clauses: tree.switchStmt(s).clauses, label)
    case .selectStmt: return hasBreak(clauses: tree.selectStmt(s).clauses, label)
    case .forStmt: return label.isSome && hasBreak(tree.forStmt(s).body, label, implicit: false)
    default: return false
    }
  }

  private func hasBreak(list: NodeList, _ label: NameID, implicit: Bool) -> Bool {
    for s in tree.each(list) where hasBreak(s, label, implicit: implicit) { return true }
    return false
  }

  private func hasBreak(clauses: NodeList, _ label: NameID) -> Bool {
    if label.isNone { return false }
    for c in tree.each(clauses) where hasBreak(list: tree.clause(c).body, label, implicit: false) {
      return true
    }
    return false
  }
}
