import Base
import SSA
import Syntax
import Types

/// The left side of an assignment after its operands have been evaluated, but before the checks
/// (nil, bounds) that belong to the assignment itself.
struct Place {
  enum Kind: UInt8 {
    case blank
    /// Components `first ..< first + n` of a local variable.
    case components
    case memory
    case mapElement
  }
  var kind: Kind
  var type: TypeID
  var local = 0
  var first = 0
  var address = Address(.none)
  /// The base must be nil-checked first.
  var needsNilCheck = false
  /// Element `index` of `length` elements: checked and scaled when the assignment happens.
  var index = ValueID.none
  var length = ValueID.none
  var indexIsUnsigned = false
  /// Place of that check.
  var pos = Pos.none
  /// Map and key of a map element, in `FunctionBuilder.mapPlaces`.
  var map = Val(.none)
  var key = Val(.none)
}

extension FunctionBuilder {
  /// Evaluates the operands of an assignable expression.
  func place(_ node: NodeID) throws -> Place {
    let n = tree.unparen(node)
    switch tree.kind(n) {
    case .name:
      let o = info.object(n)
      if tree.name(n) == KnownName.blank || o.isNone { return Place(kind: .blank, type: type(n)) }
      return place(variable: o)
    case .index: return try indexPlace(n)
    case .selector:
      if let p = try componentPlace(n) { return p }
      guard let s = info.selection(n) else {
        return place(variable: info.object(tree.selector(n).sel))
      }
      return try fieldPlace(n, s)
    case .unary where tree.op(n) == .mul:
      let p = try expr(tree.unary(n).x)
      var r = Place(kind: .memory, type: elem(p.type))
      r.address = Address(p[0])
      r.needsNilCheck = true
      return r
    default:
      var r = Place(kind: .memory, type: type(n))
      r.address = try address(n)
      return r
    }
  }

  private func place(variable o: ObjectID) -> Place {
    if let i = local(o) {
      let l = locals[i]
      if l.kind == .components {
        var r = Place(kind: .components, type: l.type)
        r.local = i
        return r
      }
      var r = Place(kind: .memory, type: l.type)
      r.address = address(local: i)
      return r
    }
    var r = Place(kind: .memory, type: concrete(ts.objects[o].type))
    r.address = globalAddress(o)
    return r
  }

  /// The address of package-level variable `o`.
  func globalAddress(_ o: ObjectID) -> Address {
    if o == pb.processorFeatures
      && !ProgramBuilder.isRuntimePath(pb.ts.text(pb.ts.packages[package].path))
    {
      pb.featureReaders.append(f)
    }
    return Address(dataAddress(pb.globalSymbol(o)), 0, isSafe: true)
  }

  /// The part of a local variable's components that `n` (x, x.f, x[0]) denotes; nil if the root is not
  /// such a variable or the element is not known to exist.
  func componentPlace(_ node: NodeID) throws -> Place? {
    let n = tree.unparen(node)
    switch tree.kind(n) {
    case .name:
      guard let i = local(info.object(n)), locals[i].kind == .components else { return nil }
      var r = Place(kind: .components, type: locals[i].type)
      r.local = i
      return r
    case .selector:
      guard let s = info.selection(n), s.kind == .field else { return nil }
      let x = tree.selector(n).x
      guard var p = try componentPlace(x) else { return nil }
      for k in 0..<s.path.n {
        let u = ts.under(p.type)
        if ts.kind(u) != .struct { return nil }
        let i = Int(ts.pool[Int(s.path.start) + k])
        p.first += pb.layouts.fieldLeaf(p.type, i)
        p.type = canon(ts.memberType(u, i))
      }
      return p
    case .index:
      let (x, i) = tree.index(n)
      guard let c = constantInt(i), c == 0, var p = try componentPlace(x),
        kind(p.type) == .array, ts.arrayLength(ts.under(p.type)) == 1
      else { return nil }
      p.type = elem(p.type)
      return p
    default: return nil
    }
  }

  /// The value of a constant integer expression.
  func constantInt(_ n: NodeID) -> Int64? {
    let c = info.constants[n.index]
    if c.isNone { return nil }
    return pb.constants.int64(ts.constants[c])
  }

  private func fieldPlace(_ n: NodeID, _ s: Selection) throws -> Place {
    let x = tree.selector(n).x
    var a: Address
    var t = type(x)
    var check = false
    if kind(t) == .pointer {
      a = Address(try expr(x)[0])
      t = elem(t)
      check = true
    } else {
      a = try address(x)
    }
    for k in 0..<s.path.n {
      if kind(t) == .pointer {
        if check { nilCheck(a.base) }
        a = Address(load(.ptr, a))
        t = elem(t)
        check = true
      }
      let i = Int(ts.pool[Int(s.path.start) + k])
      a.offset += Int64(pb.layouts.fieldOffset(t, i))
      t = canon(ts.memberType(ts.under(t), i))
    }
    var r = Place(kind: .memory, type: t)
    r.address = a
    r.needsNilCheck = check
    return r
  }

  private func indexPlace(_ n: NodeID) throws -> Place {
    let (x, i) = tree.index(n)
    let t = type(x)
    switch kind(t) {
    case .map:
      var r = Place(kind: .mapElement, type: elem(t))
      r.map = try expr(x)
      r.key = stable(try expr(i, to: canon(ts.mapKey(ts.under(t)))))
      return r
    case .slice:
      let s = try expr(x)
      var r = Place(kind: .memory, type: elem(t))
      r.address = Address(s[0], 0, isSafe: true)
      r.length = s[1]
      try setIndex(&r, i, of: n)
      return r
    case .pointer:
      let p = try expr(x)
      let array = elem(t)
      var r = Place(kind: .memory, type: elem(array))
      r.address = Address(p[0])
      r.needsNilCheck = true
      r.length = constInt(Int(ts.arrayLength(ts.under(array))))
      try setIndex(&r, i, of: n)
      return r
    default:
      if let p = try singleElementPlace(n, x, i) { return p }
      var r = Place(kind: .memory, type: elem(t))
      r.address = try address(x)
      r.length = constInt(Int(ts.arrayLength(ts.under(t))))
      try setIndex(&r, i, of: n)
      return r
    }
  }

  /// `a[i]` of a one-element array in components.
  private func singleElementPlace(_ n: NodeID, _ x: NodeID, _ i: NodeID) throws -> Place? {
    guard var p = try componentPlace(x) else { return nil }
    let array = ts.under(p.type)
    let (index, unsigned) = try self.index(i)
    let length = constInt(Int(ts.arrayLength(array)))
    pos = tree.pos(n)
    boundsCheck(index, length, unsigned ? .indexU : .index)
    p.type = elem(p.type)
    return p
  }

  private func setIndex(_ r: inout Place, _ i: NodeID, of n: NodeID) throws {
    (r.index, r.indexIsUnsigned) = try index(i)
    r.pos = tree.pos(n)
  }

  /// An index expression as i64, and whether its type is unsigned.
  func index(_ n: NodeID) throws -> (ValueID, Bool) {
    if let c = constantInt(n) { return (constInt(Int(c)), false) }
    let v = try expr(n)
    let signed = isSigned(v.type)
    return (resize(v[0], .i64, signed: signed), !signed)
  }

  func boundsCheck(_ index: ValueID, _ length: ValueID, _ kind: BoundsKind) {
    if let i = f.constant(index), let n = f.constant(length) {
      let inRange = kind == .index || kind == .indexU ? i < n : i <= n
      if i >= 0 && inRange { return }
    }
    emit(.boundsCheck, .void, index, length, auxInt: kind.rawValue)
  }

  /// Address of element `index` (checked) of elements of `size` bytes.
  func elementAddress(_ base: Address, _ index: ValueID, _ size: Int) -> Address {
    if size == 0 { return base }
    if let k = f.constant(index) { return base.advanced(k &* Int64(size)) }
    let p = emit(.ptrAdd, .ptr, base.base, mulConst(index, size))
    var a = base
    a.base = p
    return a
  }

  /// Does the checks and gives the address of a place in memory.
  func finish(_ p: Place) -> Address {
    var a = p.address
    if p.needsNilCheck {
      nilCheck(a.base)
      a.isSafe = true
    }
    if p.index.isSome {
      let outer = pos
      pos = p.pos
      boundsCheck(p.index, p.length, p.indexIsUnsigned ? .indexU : .index)
      pos = outer
      a = elementAddress(a, p.index, size(p.type))
    }
    return a
  }

  /// The value of `_` or of the place now, for `op=`.
  func load(_ p: Place) throws -> Val {
    switch p.kind {
    case .blank: throw unimplemented("reading a blank place")
    case .components:
      var v = Val(p.type)
      let first = Int(locals[p.local].first.raw) + p.first
      for k in 0..<Int(layout(p.type).leafCount) { v.append(read(Variable(first + k))) }
      return v
    case .memory: return load(p.type, finish(p))
    case .mapElement: return try mapLoad(p.map, p.key)
    }
  }

  /// Assigns `v`, already of the place's type.
  func store(_ v: Val, _ p: Place) throws {
    switch p.kind {
    case .blank: return
    case .components:
      let first = Int(locals[p.local].first.raw) + p.first
      for k in 0..<Int(v.count) { write(Variable(first + k), v[k]) }
    case .memory: store(v, finish(p))
    case .mapElement:
      let a = try mapAssign(p.map, p.key)
      store(v, a)
    }
  }
}
