import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// `append(s, ...)`.
  func append(_ c: SyntaxTree.Call, _ t: TypeID) throws -> Val {
    let s = try expr(tree[c.args, 0], to: t)
    if c.hasDots { return try appendSlice(s, tree[c.args, 1], t) }
    let n = Int(c.args.count)
    if n == 1 { return s }
    let e = elem(t)
    return append(s, try (1..<n).map { stable(try expr(tree[c.args, $0], to: e)) }, t)
  }

  /// `s` with `values`, which are of its element type.
  func append(_ s: Val, _ values: [Val], _ t: TypeID) -> Val {
    if values.isEmpty { return s }
    let n = values.count
    let e = elem(t)
    let g = grow(s, constInt(n), t)
    var a = elementAddress(Address(g[0], 0, isSafe: true), s[1], size(e))
    for v in values {
      store(v, a)
      a.offset += Int64(size(e))
    }
    return g
  }

  /// `s` with `n` more elements, their contents to be filled in by the caller.
  private func grow(_ s: Val, _ n: ValueID, _ t: TypeID) -> Val {
    let p = newVariable(.ptr)
    let cap = newVariable(.i64)
    write(p, s[0])
    write(cap, s[2])
    let length = add(s[1], n)
    let more = newColdBlock()
    let done = newBlock()
    branch(compare(.ltU, s[2], length), more, done, likely: -1)
    startSealed(more)
    let r = callRuntime(.growslice, [s[0], length, s[2], n, typeAddress(elem(t))])
    write(p, project(r, 0, .ptr))
    write(cap, project(r, 2, .i64))
    jump(done)
    startSealed(done)
    return Val(t, read(p), length, read(cap))
  }

  private func appendSlice(_ s: Val, _ x: NodeID, _ t: TypeID) throws -> Val {
    if info.mode(tree.unparen(x)) == .nilValue { return s }
    if let r = try appendMake(s, x, t) { return r }
    // A string or a slice; both have the pointer first, then the length.
    let v = try expr(x)
    let g = grow(s, v[1], t)
    let e = elem(t)
    let a = pointer(elementAddress(Address(g[0], 0, isSafe: true), s[1], size(e)))
    if size(e) == 0 { return g }
    if layout(e).hasPointers {
      callRuntime(.typedslicecopy, [typeAddress(e), a, v[1], v[0], v[1]])
    } else {
      callRuntime(.memmove, [a, v[0], mulConst(v[1], size(e))])
    }
    return g
  }

  /// `append(s, make([]T, n)...)` grows and clears without making the second slice.
  private func appendMake(_ s: Val, _ node: NodeID, _ t: TypeID) throws -> Val? {
    let n = tree.unparen(node)
    guard tree.kind(n) == .call else { return nil }
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    guard info.mode(fun) == .builtin, builtin(fun) == .make, c.args.count == 2,
      kind(type(n)) == .slice
    else { return nil }
    let (k, _) = try index(tree[c.args, 1])
    let bad = newColdBlock()
    let ok = newBlock()
    branch(compare(.leS, constInt(0), k), ok, bad, likely: 1)
    startSealed(bad)
    if f.blocks[bad].preds.isEmpty { cur = .none } else { callRuntime(.panicmakeslicelen, []) }
    startSealed(ok)
    let g = grow(s, k, t)
    let e = elem(t)
    let a = pointer(elementAddress(Address(g[0], 0, isSafe: true), s[1], size(e)))
    if size(e) == 0 { return g }
    let fn: RuntimeFunction = layout(e).hasPointers ? .memclrHasPointers : .memclrNoHeapPointers
    callRuntime(fn, [a, mulConst(k, size(e))])
    return g
  }
}
