import Base

extension SyntaxTree {
  /// The leftmost position of `n`: where gc's type checker reports errors about expressions.
  /// (For a slice expression gc takes its bracket, and so do we.)
  public func startPos(_ n: NodeID) -> Pos {
    var m = n
    while true {
      let r = self[m]
      switch r.kind {
      case .compositeLit, .keyValue, .selector, .index, .assert, .binary, .call, .send, .assign:
        if r.a == 0 { return r.pos }
        m = NodeID(r.a)
      case .typeSwitchGuard, .rangeClause:
        m = NodeID(r.a != 0 ? r.a : r.b)
      case .list:
        let l = extraList(r.a, 0)
        if l.isEmpty { return r.pos }
        m = self[l, 0]
      default: return r.pos
      }
    }
  }

  /// The approximate end of `n`: behind a name or literal, at the closing brace of a block, else
  /// the end of the last part. Good for scopes, as in gc, not for exact extents.
  public func endPos(_ n: NodeID) -> Pos {
    var m = n
    while true {
      let r = self[m]
      switch endStep(m, r) {
      case .at(let p): return p
      case .of(let next): m = next
      }
    }
  }

  private enum EndStep {
    case at(Pos)
    case of(NodeID)
  }

  private func last(_ l: NodeList, else p: Pos) -> EndStep {
    l.isEmpty ? .at(p) : .of(self[l, Int(l.count) - 1])
  }

  private func endStep(_ m: NodeID, _ r: Node) -> EndStep {
    switch r.kind {
    case .absent, .bad, .empty: return .at(r.pos)
    case .name, .literal: return .at(r.pos.advanced(by: Int(r.b)))
    case .compositeLit: return .at(extraPos(r.b, 0))
    case .keyValue, .funcLit, .selector, .index, .assert, .typeSwitchGuard, .binary, .arrayType,
      .mapType, .labeled, .send, .rangeClause:
      return .of(NodeID(r.b))
    case .field:
      return .of(NodeID(r.b != 0 ? r.b : r.a))
    case .paren, .unary, .sliceType, .dotsType, .chanType, .exprStmt, .callStmt:
      return .of(NodeID(r.a))
    case .slice:
      for k in [2, 1, 0] where extraNode(r.b, k).isSome { return .of(extraNode(r.b, k)) }
      return .of(NodeID(r.a))
    case .call:
      let c = call(m)
      return c.args.isEmpty ? .of(c.fun) : last(c.args, else: r.pos)
    case .list: return last(list(m), else: r.pos)
    case .structType: return last(structType(m).fields, else: r.pos)
    case .interfaceType: return last(interfaceType(m).methods, else: r.pos)
    case .funcType:
      let t = funcType(m)
      return last(t.results.isEmpty ? t.params : t.results, else: r.pos)
    case .block, .selectStmt: return .at(extraPos(r.a, 0))
    case .switchStmt: return .at(extraPos(r.a, 2))
    case .declStmt: return last(declStmt(m), else: r.pos)
    case .assign:
      if r.b != 0 { return .of(NodeID(r.b)) }
      return .at(endPos(NodeID(r.a)).advanced(by: 2))
    case .branch, .returnStmt: return r.a != 0 ? .of(NodeID(r.a)) : .at(r.pos)
    case .ifStmt:
      let s = ifStmt(m)
      return .of(s.elseStmt.isSome ? s.elseStmt : s.then)
    case .forStmt: return .of(forStmt(m).body)
    case .caseClause, .commClause:
      let c = clause(m)
      return last(c.body, else: c.colon)
    case .importDecl:
      let p = importDecl(m).path
      return p.isSome ? .of(p) : .at(r.pos)
    case .constDecl, .varDecl:
      let d = valueDecl(m)
      if d.values.isSome { return .of(d.values) }
      if d.type.isSome { return .of(d.type) }
      return last(d.names, else: r.pos)
    case .typeDecl: return .of(typeDecl(m).type)
    case .funcDecl:
      let d = funcDecl(m)
      return .of(d.body.isSome ? d.body : d.type)
    }
  }
}
