// Expressions as source text, as gc's messages quote them: on one line, bodies and elements as "…".
import Base
import Syntax

extension Checker {
  func exprString(_ n: NodeID) -> String {
    var p = ExprPrinter(tree: tree, names: ts.names)
    p.node(n)
    return p.out
  }
}

private struct ExprPrinter {
  let tree: SyntaxTree
  let names: Interner
  var out = ""
  var depth = 0

  init(tree: SyntaxTree, names: Interner) {
    self.tree = tree
    self.names = names
  }

  mutating func node(_ n: NodeID) {
    depth += 1
    defer { depth -= 1 }
    if depth > 500 {
      out += "…"
      return
    }
    switch tree.kind(n) {
    case .absent: break
    case .bad: out += "<bad expr>"
    case .name: out += names.string(tree.name(n))
    case .literal: out += names.string(tree.literal(n).text)
    case .funcLit:
      let f = tree.funcLit(n)
      node(f.type)
      out += " {"
      if tree.kind(f.body) == .block && !tree.block(f.body).stmts.isEmpty { out += "…" }
      out += "}"
    case .compositeLit:
      let c = tree.compositeLit(n)
      node(c.type)
      out += c.elements.isEmpty ? "{}" : "{…}"
    case .paren:
      out += "("
      node(tree.paren(n))
      out += ")"
    case .selector:
      let s = tree.selector(n)
      node(s.x)
      out += "."
      node(s.sel)
    case .index:
      let i = tree.index(n)
      node(i.x)
      out += "["
      node(i.index)
      out += "]"
    case .slice: slice(tree.slice(n))
    case .assert:
      let a = tree.assertion(n)
      node(a.x)
      out += ".("
      node(a.type)
      out += ")"
    case .typeSwitchGuard:
      let g = tree.typeSwitchGuard(n)
      if g.lhs.isSome {
        node(g.lhs)
        out += " := "
      }
      node(g.x)
      out += ".(type)"
    case .call:
      let c = tree.call(n)
      node(c.fun)
      out += "("
      list(c.args)
      out += c.hasDots ? "...)" : ")"
    case .unary:
      let u = tree.unary(n)
      out += u.op.text.description
      node(u.x)
    case .binary:
      let b = tree.binary(n)
      node(b.x)
      out += " " + b.op.text.description + " "
      node(b.y)
    case .keyValue:
      let k = tree.keyValue(n)
      node(k.key)
      out += ": "
      node(k.value)
    case .list: list(tree.list(n))
    default: type(n)
    }
  }

  private mutating func slice(_ s: SyntaxTree.Slice) {
    node(s.x)
    out += "["
    node(s.low)
    out += ":"
    node(s.high)
    if s.max.isSome {
      out += ":"
      node(s.max)
    }
    out += "]"
  }

  private mutating func list(_ l: NodeList) {
    for i in l.indices {
      if i > 0 { out += ", " }
      node(tree[l, i])
    }
  }

  private mutating func type(_ n: NodeID) {
    switch tree.kind(n) {
    case .arrayType:
      let a = tree.arrayType(n)
      out += "["
      if a.length.isSome { node(a.length) } else { out += "..." }
      out += "]"
      node(a.elem)
    case .sliceType:
      out += "[]"
      node(tree.elem(n))
    case .dotsType:
      out += "..."
      node(tree.elem(n))
    case .structType:
      let s = tree.structType(n)
      out += "struct{"
      fields(s)
      out += "}"
    case .funcType:
      out += "func"
      signature(n)
    case .interfaceType:
      out += "interface{"
      let l = tree.interfaceType(n).methods
      for i in l.indices {
        if i > 0 { out += "; " }
        let f = tree.field(tree[l, i])
        node(f.name)
        if f.name.isSome && tree.kind(f.type) == .funcType {
          signature(f.type)
        } else {
          node(f.type)
        }
      }
      out += "}"
    case .mapType:
      let m = tree.mapType(n)
      out += "map["
      node(m.key)
      out += "]"
      node(m.elem)
    case .chanType:
      let c = tree.chanType(n)
      out += c.dir == .recvOnly ? "<-chan " : (c.dir == .sendOnly ? "chan<- " : "chan ")
      let parens =
        c.dir == .both && tree.kind(c.elem) == .chanType && tree.chanType(c.elem).dir == .recvOnly
      if parens { out += "(" }
      node(c.elem)
      if parens { out += ")" }
    default: out += "…"
    }
  }

  /// Fields declared together share their type node.
  private mutating func fields(_ s: SyntaxTree.StructType) {
    for i in s.fields.indices {
      let f = tree.field(tree[s.fields, i])
      node(f.name)
      let next = i + 1 < Int(s.fields.count) ? tree.field(tree[s.fields, i + 1]) : nil
      if f.name.isSome, let g = next, g.name.isSome, g.type == f.type {
        out += ", "
        continue
      }
      if f.name.isSome { out += " " }
      node(f.type)
      let tag = tree[s.tags, i]
      if tag.isSome {
        out += " "
        node(tag)
      }
      if next != nil { out += "; " }
    }
  }

  private mutating func signature(_ n: NodeID) {
    let f = tree.funcType(n)
    params(f.params)
    if f.results.isEmpty { return }
    out += " "
    if f.results.count == 1 {
      let r = tree.field(tree[f.results, 0])
      if r.name.isNone {
        node(r.type)
        return
      }
    }
    params(f.results)
  }

  private mutating func params(_ l: NodeList) {
    out += "("
    for i in l.indices {
      if i > 0 { out += ", " }
      let f = tree.field(tree[l, i])
      if f.name.isSome {
        node(f.name)
        if i + 1 < Int(l.count) {
          let g = tree.field(tree[l, i + 1])
          if g.name.isSome && g.type == f.type { continue }
        }
        out += " "
      }
      node(f.type)
    }
    out += ")"
  }
}
