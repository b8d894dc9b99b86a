import Base
import Syntax

extension SyntaxTree {
  /// Calls `body` with each direct child of `n` that can hold expressions or statements. Types are
  /// skipped, and so are declarations other than of variables.
  func forEachChild(_ n: NodeID, _ body: (NodeID) -> Void) {
    func all(_ l: NodeList) { for x in each(l) { body(x) } }
    switch kind(n) {
    case .compositeLit: all(compositeLit(n).elements)
    case .keyValue:
      body(keyValue(n).key)
      body(keyValue(n).value)
    case .funcLit: body(funcLit(n).body)
    case .paren: body(paren(n))
    case .selector:
      body(selector(n).x)
      body(selector(n).sel)
    case .index:
      body(index(n).x)
      body(index(n).index)
    case .slice:
      let s = slice(n)
      for x in [s.x, s.low, s.high, s.max] { body(x) }
    case .assert: body(assertion(n).x)
    case .typeSwitchGuard: body(typeSwitchGuard(n).x)
    case .unary: body(unary(n).x)
    case .binary:
      body(binary(n).x)
      body(binary(n).y)
    case .call:
      body(call(n).fun)
      all(call(n).args)
    case .list: all(list(n))
    case .labeled: body(labeled(n).stmt)
    case .block: all(block(n).stmts)
    case .exprStmt: body(exprStmt(n))
    case .send:
      body(send(n).chan)
      body(send(n).value)
    case .declStmt:
      for d in each(declStmt(n)) where kind(d) == .varDecl { body(valueDecl(d).values) }
    case .assign:
      body(assign(n).lhs)
      body(assign(n).rhs)
    case .callStmt: body(callStmt(n).call)
    case .returnStmt: body(returnStmt(n))
    case .ifStmt:
      let s = ifStmt(n)
      for x in [s.initStmt, s.cond, s.then, s.elseStmt] { body(x) }
    case .forStmt:
      let s = forStmt(n)
      for x in [s.initStmt, s.cond, s.post, s.body] { body(x) }
    case .switchStmt:
      body(switchStmt(n).initStmt)
      body(switchStmt(n).tag)
      all(switchStmt(n).clauses)
    case .selectStmt: all(selectStmt(n).clauses)
    case .rangeClause:
      body(rangeClause(n).lhs)
      body(rangeClause(n).x)
    case .caseClause, .commClause:
      body(clause(n).head)
      all(clause(n).body)
    default: return
    }
  }

  /// Calls `body` with `n` and what lies in it, depth first, until `body` says not to go deeper.
  func walk(_ n: NodeID, _ body: (NodeID) -> Bool) {
    if n.isNone || !body(n) { return }
    forEachChild(n) { walk($0, body) }
  }

  /// The same for statements only: expressions, and so function literals, are not entered.
  func walkStatements(_ n: NodeID, _ body: (NodeID) -> Void) {
    if n.isNone { return }
    switch kind(n) {
    case .block: for s in each(block(n).stmts) { walkStatements(s, body) }
    case .labeled, .ifStmt, .forStmt, .switchStmt, .selectStmt, .caseClause, .commClause:
      body(n)
      forEachChild(n) { walkStatements($0, body) }
    case .branch, .returnStmt, .callStmt: body(n)
    default: return
    }
  }
}
