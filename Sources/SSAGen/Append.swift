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

  /// The call of `l = append(l, ...)`; nil for all other assignments of `r` to `l`.
  func selfAppend(_ l: NodeID, _ r: NodeID) -> NodeID? {
    let n = tree.unparen(r)
    guard tree.kind(n) == .call, !pb.options.off.contains("append") else { return nil }
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    guard info.mode(fun) == .builtin, builtin(fun) == .append, c.args.count > 1,
      isSamePlace(l, tree[c.args, 0])
    else { return nil }
    return n
  }

  /// Does `l = append(l, ...)`, of which `n` is the call.
  ///
  /// In memory, pointer and capacity are stored only where the slice grew: the usual path neither tests for the
  /// write barrier nor writes what stands there already. The slice is read when all that is appended has been
  /// evaluated, so that nothing can change it between its reading and its writing.
  func appendInPlace(_ l: NodeID, _ n: NodeID) throws {
    let c = tree.call(n)
    try inOrder(c.args.indices.map { Ordered(tree[c.args, $0]) }) {
      let p = try place(l)
      let t = type(n)
      pos = tree.pos(n)
      if p.kind == .components || p.kind == .blank || t != p.type
        || c.hasDots && hasOwnAppend(tree[c.args, 1], p)
      {
        return try store(convert(append(c, t), to: p.type), p)
      }
      var a = p.kind == .memory ? finish(p) : Address(.none)
      if c.hasDots {
        let v = try expr(tree[c.args, 1])
        pos = tree.pos(n)
        let g = grow(load(t, a), v[1], t, in: a)
        return fill(g.slice, g.oldLength, from: v, t)
      }
      let e = elem(t)
      let values = try (1..<Int(c.args.count)).map { stable(try expr(tree[c.args, $0], to: e)) }
      pos = tree.pos(n)
      if p.kind == .mapElement { a = try mapAssign(p.map, p.key) }
      let g = grow(load(t, a), constInt(values.count), t, in: a)
      fill(g.slice, g.oldLength, values, e)
    }
  }

  /// Whether `append(p, x...)` is not just growing and copying.
  private func hasOwnAppend(_ x: NodeID, _ p: Place) -> Bool {
    let n = tree.unparen(x)
    return p.kind == .mapElement || info.mode(n) == .nilValue || appendedLength(n) != nil
  }

  /// Whether two expressions denote the same variable, and evaluating them has no effect.
  private func isSamePlace(_ a: NodeID, _ b: NodeID) -> Bool {
    let x = tree.unparen(a)
    let y = tree.unparen(b)
    guard tree.kind(x) == tree.kind(y), evaluatedValue(y) == nil else { return false }
    switch tree.kind(x) {
    case .name:
      let o = info.object(x)
      return o.isSome && o == info.object(y) && ts.objects[o].kind == .variable
    case .selector:
      let (p, m) = tree.selector(x)
      let (q, n) = tree.selector(y)
      guard let s = info.selection(x) else {
        let o = info.object(m)
        return info.selection(y) == nil && o.isSome && o == info.object(n)
      }
      return s.kind == .field && tree.name(m) == tree.name(n) && isSamePlace(p, q)
    case .unary:
      return tree.op(x) == .mul && tree.op(y) == .mul
        && isSamePlace(tree.unary(x).x, tree.unary(y).x)
    case .index:
      let (p, i) = tree.index(x)
      let (q, j) = tree.index(y)
      if let m = constantInt(i), let n = constantInt(j) { return m == n && isSamePlace(p, q) }
      return isSamePlace(p, q) && isSamePlace(i, j)
    default: return false
    }
  }

  /// `s` with `values`, which are of its element type.
  func append(_ s: Val, _ values: [Val], _ t: TypeID) -> Val {
    if values.isEmpty { return s }
    let g = grow(s, constInt(values.count), t)
    fill(g, s[1], values, elem(t))
    return g
  }

  /// Stores `values` into the elements of `g` from `first` on.
  private func fill(_ g: Val, _ first: ValueID, _ values: [Val], _ e: TypeID) {
    var a = elementAddress(Address(g[0], 0, isSafe: true), first, size(e))
    for v in values {
      store(v, a)
      a.offset += Int64(size(e))
    }
  }

  /// Copies the elements of `v`, a slice or a string, into those of `g`, a slice of type `t`, from `first` on.
  private func fill(_ g: Val, _ first: ValueID, from v: Val, _ t: TypeID) {
    let e = elem(t)
    let a = pointer(elementAddress(Address(g[0], 0, isSafe: true), first, size(e)))
    if size(e) == 0 { return }
    if layout(e).hasPointers {
      callRuntime(.typedslicecopy, [typeAddress(e), a, v[1], v[0], v[1]])
    } else {
      callRuntime(.memmove, [a, hidden(v[0]), mulConst(v[1], size(e))])
    }
  }

  /// The same for slice `s`, which is what `place` holds: stores what changes.
  private func grow(
    _ s: Val, _ n: ValueID, _ t: TypeID, in place: Address
  ) -> (slice: Val, oldLength: ValueID) {
    let word = Int64(pb.layouts.of(pb.types.uintptr).size)
    let g = grow(s, n, t) { p, cap in
      self.store(p, place)
      self.store(cap, place.advanced(2 * word))
    }
    store(g[1], place.advanced(word))
    return (g, s[1])
  }

  /// `s` with `n` more elements, their contents to be filled in by the caller. `grown` gets pointer and
  /// capacity where they are new.
  private func grow(
    _ s: Val, _ n: ValueID, _ t: TypeID, _ grown: ((ValueID, ValueID) -> Void)? = nil
  ) -> Val {
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
    let newPointer = project(r, 0, .ptr)
    let newCap = project(r, 2, .i64)
    write(p, newPointer)
    write(cap, newCap)
    grown?(newPointer, newCap)
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
    fill(g, s[1], from: v, t)
    return g
  }

  /// `append(s, make([]T, n)...)` grows and clears without making the second slice.
  private func appendMake(_ s: Val, _ node: NodeID, _ t: TypeID) throws -> Val? {
    guard let length = appendedLength(tree.unparen(node)) else { return nil }
    let (k, _) = try index(length)
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

  /// The `n` of `make([]T, n)`.
  private func appendedLength(_ n: NodeID) -> NodeID? {
    guard tree.kind(n) == .call else { return nil }
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    guard info.mode(fun) == .builtin, builtin(fun) == .make, c.args.count == 2,
      kind(type(n)) == .slice
    else { return nil }
    return tree[c.args, 1]
  }
}
