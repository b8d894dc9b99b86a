import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  func typeSwitch(_ n: NodeID, _ s: SyntaxTree.Switch) throws {
    let guardNode = tree.typeSwitchGuard(s.tag)
    let x = try ordered(guardNode.x)
    let word = typeWord(x)
    let done = newBlock()
    var defaultClause: NodeID?
    var defaultBlock = done
    var bodies: [(node: NodeID, block: BlockID, value: Val?)] = []
    for k in tree.each(s.clauses) {
      let c = tree.clause(k)
      if c.head.isNone {
        defaultClause = k
        defaultBlock = newBlock()
        bodies.append((k, defaultBlock, x))
        continue
      }
      // The tests of the clause; the value bound by a clause of one type is taken in its body.
      let body = newBlock()
      let l = tree.unpack(c.head)
      var bound: Val? = x
      for j in l.indices {
        pos = tree.pos(tree[l, j])
        let next = newBlock()
        let single = l.count == 1 && guardNode.lhs.isSome
        let v = try typeCase(x, word, tree[l, j], body, next, bind: single)
        if single { bound = v ?? x }
        startSealed(next)
      }
      bodies.append((k, body, bound))
    }
    _ = defaultClause
    jump(defaultBlock)
    for b in bodies {
      startSealed(b.block)
      if f.blocks[b.block].preds.isEmpty { cur = .none }
      if cur.isSome {
        let o = info.object(b.node)
        if guardNode.lhs.isSome && o.isSome {
          try bindTypeCase(o, b.value ?? x)
        }
      }
      try withTarget(n, breakTo: done) { try stmts(tree.clause(b.node).body) }
      jump(done)
    }
    finishMerge(done)
  }

  /// Declares the symbolic variable of a clause.
  private func bindTypeCase(_ o: ObjectID, _ v: Val) throws {
    let t = concrete(ts.objects[o].type)
    if !isInterface(t) && isInterface(v.type) {
      declare(o, t, unbox(v[1], t))
    } else {
      declare(o, t, v.with(type: t))
    }
  }

  /// One type of a clause: to `yes` if x has it, else to `no`. For an interface type, gives the converted
  /// value that the body binds, when asked.
  private func typeCase(
    _ x: Val, _ word: ValueID, _ tn: NodeID, _ yes: BlockID, _ no: BlockID, bind: Bool
  ) throws -> Val? {
    let t = type(tn)
    if info.mode(tn) == .nilValue || ts.basicKind(t) == .untypedNil {
      branch(compare(.eq, word, constInt(0)), yes, no)
      return nil
    }
    if !isInterface(t) {
      branch(compare(.eq, word, typeWordOf(t)), yes, no)
      return nil
    }
    if isEmptyInterface(t) {
      branch(compare(.ne, word, constInt(0)), yes, no)
      return Val(t, word, x[1])
    }
    let tab = interfaceTableOrNil(word, t, canFail: true)
    branch(compare(.ne, tab, constInt(0)), yes, no)
    return Val(t, tab, x[1])
  }
}
