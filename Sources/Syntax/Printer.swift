import Base

extension SyntaxTree {
  /// The source form of an expression, type or simple statement as gc's messages show it: one
  /// line, bodies and elements of literals abbreviated to "…".
  ///
  /// `names` is the interner that the tree's names are in: the program's, after `rename`.
  public func text(_ n: NodeID, _ names: Interner) -> String {
    var p = Printer(tree: self, names: names)
    p.node(n)
    return String(decoding: p.out.bytes, as: UTF8.self)
  }
}

private struct Printer {
  let tree: SyntaxTree
  let names: Interner
  var out = ByteWriter()

  mutating func put(_ s: StaticString) { out.append(s) }

  mutating func nodes(_ list: NodeList) {
    for i in list.indices {
      if i > 0 { put(", ") }
      node(tree[list, i])
    }
  }

  /// `x` around an infix text.
  mutating func pair(_ x: NodeID, _ middle: StaticString, _ y: NodeID) {
    node(x)
    put(middle)
    node(y)
  }

  mutating func node(_ n: NodeID) {
    // Messages quote what the user wrote; beyond this they would help nobody.
    if out.count > 1 << 16 { return }
    switch tree.kind(n) {
    case .absent: break
    case .bad: put("<bad expr>")
    case .name: names.withBytes(tree.name(n)) { out.append($0) }
    case .literal: names.withBytes(tree.literal(n).text) { out.append($0) }
    case .compositeLit:
      let c = tree.compositeLit(n)
      node(c.type)
      put(c.elements.isEmpty ? "{}" : "{…}")
    case .keyValue:
      let kv = tree.keyValue(n)
      pair(kv.key, ": ", kv.value)
    case .funcLit:
      let f = tree.funcLit(n)
      node(f.type)
      put(tree.block(f.body).stmts.isEmpty ? " {}" : " {…}")
    case .paren:
      put("(")
      node(tree.paren(n))
      put(")")
    case .selector:
      let s = tree.selector(n)
      pair(s.x, ".", s.sel)
    case .index:
      let i = tree.index(n)
      pair(i.x, "[", i.index)
      put("]")
    case .slice: slice(tree.slice(n))
    case .assert:
      let a = tree.assertion(n)
      pair(a.x, ".(", a.type)
      put(")")
    case .typeSwitchGuard:
      let g = tree.typeSwitchGuard(n)
      if g.lhs.isSome { pair(g.lhs, " := ", .none) }
      node(g.x)
      put(".(type)")
    case .unary:
      let u = tree.unary(n)
      put(u.op.text)
      node(u.x)
    case .binary: binary(n)
    case .call:
      let c = tree.call(n)
      node(c.fun)
      put("(")
      nodes(c.args)
      if c.hasDots { put("...") }
      put(")")
    case .list: nodes(tree.list(n))
    default: typeOrStatement(n)
    }
  }

  private mutating func binary(_ n: NodeID) {
    // A chain leans left and may be long: walk it without recursion.
    var chain: [NodeID] = []
    var x = n
    while tree.kind(x) == .binary {
      chain.append(x)
      x = tree.binary(x).x
    }
    node(x)
    for b in chain.reversed() {
      let v = tree.binary(b)
      put(" ")
      put(v.op.text)
      put(" ")
      node(v.y)
    }
  }

  private mutating func slice(_ s: SyntaxTree.Slice) {
    node(s.x)
    put("[")
    node(s.low)
    put(":")
    node(s.high)
    if s.max.isSome {
      put(":")
      node(s.max)
    }
    put("]")
  }

  private mutating func typeOrStatement(_ n: NodeID) {
    switch tree.kind(n) {
    case .arrayType:
      let a = tree.arrayType(n)
      put("[")
      if a.length.isSome { node(a.length) } else { put("...") }
      put("]")
      node(a.elem)
    case .sliceType:
      put("[]")
      node(tree.elem(n))
    case .dotsType:
      put("...")
      node(tree.elem(n))
    case .structType:
      put("struct{")
      fields(tree.structType(n))
      put("}")
    case .interfaceType:
      put("interface{")
      methods(tree.interfaceType(n).methods)
      put("}")
    case .funcType:
      put("func")
      signature(n)
    case .mapType:
      let m = tree.mapType(n)
      put("map[")
      pair(m.key, "]", m.elem)
    case .chanType: chanType(n)
    case .field:
      let f = tree.field(n)
      if f.name.isSome { pair(f.name, " ", .none) }
      node(f.type)
    case .exprStmt: node(tree.exprStmt(n))
    case .send:
      let s = tree.send(n)
      pair(s.chan, " <- ", s.value)
    case .assign:
      let a = tree.assign(n)
      node(a.lhs)
      if a.rhs.isNone {
        put(a.op.text)
        put(a.op.text)
      } else {
        put(" ")
        put(a.op.text)
        put("= ")
        node(a.rhs)
      }
    case .rangeClause:
      let r = tree.rangeClause(n)
      if r.lhs.isSome { pair(r.lhs, r.isDef ? " := " : " = ", .none) }
      put("range ")
      node(r.x)
    default: put("<statement>")
    }
  }

  private mutating func chanType(_ n: NodeID) {
    let c = tree.chanType(n)
    put(c.dir == .recvOnly ? "<-chan " : c.dir == .sendOnly ? "chan<- " : "chan ")
    // chan (<-chan T), not chan <-chan T.
    if c.dir == .both && tree.kind(c.elem) == .chanType && tree.chanType(c.elem).dir == .recvOnly {
      put("(")
      node(c.elem)
      put(")")
    } else {
      node(c.elem)
    }
  }

  /// Fields; names that share a type are listed together.
  private mutating func fields(_ s: SyntaxTree.StructType) {
    var i = 0
    let n = Int(s.fields.count)
    while i < n {
      if i > 0 { put("; ") }
      let first = tree.field(tree[s.fields, i])
      var j = i + 1
      if first.name.isSome {
        node(first.name)
        while j < n {
          let f = tree.field(tree[s.fields, j])
          if f.name.isNone || f.type != first.type { break }
          put(", ")
          node(f.name)
          j += 1
        }
        put(" ")
      }
      node(first.type)
      let tag = tree[s.tags, i]
      if tag.isSome {
        put(" ")
        node(tag)
      }
      i = j
    }
  }

  private mutating func methods(_ list: NodeList) {
    for i in list.indices {
      if i > 0 { put("; ") }
      let m = tree.field(tree[list, i])
      if m.name.isSome && tree.kind(m.type) == .funcType {
        node(m.name)
        signature(m.type)
      } else {
        node(m.type)
      }
    }
  }

  private mutating func signature(_ n: NodeID) {
    let t = tree.funcType(n)
    parameters(t.params)
    if t.results.isEmpty { return }
    put(" ")
    let first = tree.field(tree[t.results, 0])
    if t.results.count == 1 && first.name.isNone {
      node(first.type)
    } else {
      parameters(t.results)
    }
  }

  private mutating func parameters(_ list: NodeList) {
    put("(")
    for i in list.indices {
      if i > 0 { put(", ") }
      let f = tree.field(tree[list, i])
      if f.name.isSome {
        node(f.name)
        if i + 1 < Int(list.count) {
          let next = tree.field(tree[list, i + 1])
          if next.name.isSome && next.type == f.type { continue }
        }
        put(" ")
      }
      node(f.type)
    }
    put(")")
  }
}
