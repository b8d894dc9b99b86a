import Base
import SSA
import Types

/// A place in memory: `base + offset`.
struct Address {
  var base: ValueID
  var offset: Int64
  /// The pointer is known not to be nil.
  var isSafe = false
  /// Stores need no write barrier: frame memory, fresh objects, argument areas.
  var noBarrier = false

  init(_ base: ValueID, _ offset: Int64 = 0, isSafe: Bool = false) {
    self.base = base
    self.offset = offset
    self.isSafe = isSafe
  }

  func advanced(_ n: Int64) -> Address {
    var a = self
    a.offset += n
    return a
  }
}

/// A Go value while a function is built: up to four scalar components, or memory that holds it.
struct Val {
  enum Form: UInt8 {
    case components
    /// `c0 + offset` is the address of a place that something else may change.
    case memory
    /// The same, of memory that nothing else refers to.
    case temporary
  }
  /// Canonical, free of type parameters.
  var type: TypeID
  var form: Form
  var count: UInt8
  var c0 = ValueID.none
  var c1 = ValueID.none
  var c2 = ValueID.none
  var c3 = ValueID.none
  var offset: Int64 = 0

  init(_ type: TypeID) {
    self.type = type
    form = .components
    count = 0
  }
  init(_ type: TypeID, _ x: ValueID) {
    self.init(type)
    count = 1
    c0 = x
  }
  init(_ type: TypeID, _ x: ValueID, _ y: ValueID) {
    self.init(type)
    count = 2
    c0 = x
    c1 = y
  }
  init(_ type: TypeID, _ x: ValueID, _ y: ValueID, _ z: ValueID) {
    self.init(type)
    count = 3
    c0 = x
    c1 = y
    c2 = z
  }
  init(memory a: Address, _ type: TypeID, isTemporary: Bool) {
    self.init(type)
    form = isTemporary ? .temporary : .memory
    c0 = a.base
    offset = a.offset
  }

  var isMemory: Bool { form != .components }
  var address: Address {
    var a = Address(c0, offset)
    a.isSafe = true
    return a
  }

  subscript(i: Int) -> ValueID {
    get {
      assert(form == .components && i < Int(count))
      switch i {
      case 0: return c0
      case 1: return c1
      case 2: return c2
      default: return c3
      }
    }
    set {
      switch i {
      case 0: c0 = newValue
      case 1: c1 = newValue
      case 2: c2 = newValue
      default: c3 = newValue
      }
    }
  }

  mutating func append(_ x: ValueID) {
    count += 1
    self[Int(count) - 1] = x
  }

  /// The same bits as another type of the same layout.
  func with(type t: TypeID) -> Val {
    var v = self
    v.type = t
    return v
  }
}

extension FunctionBuilder {
  /// Reads a value of type `t` from memory. Large ones stay where they are.
  func load(_ t: TypeID, _ a: Address) -> Val {
    let l = pb.layouts.of(t)
    if !l.isSSA { return Val(memory: a, t, isTemporary: false) }
    var v = Val(t)
    for i in 0..<Int(l.leafCount) {
      let leaf = pb.layouts.leaf(l, i)
      let x = load(leaf.type, a.advanced(Int64(leaf.offset)))
      if leaf.isLength { f.values[x].flags.insert(.length) }
      v.append(x)
    }
    return v
  }

  func store(_ v: Val, _ a: Address) {
    if v.isMemory {
      copyMemory(v.type, from: v.address, to: a)
      return
    }
    let l = pb.layouts.of(v.type)
    var a = a
    if !l.hasPointers { a.noBarrier = true }
    for i in 0..<Int(v.count) {
      let leaf = pb.layouts.leaf(l, i)
      store(v[i], a.advanced(Int64(leaf.offset)))
    }
  }

  /// The zero value of `t`.
  func zeroVal(_ t: TypeID) -> Val {
    let l = pb.layouts.of(t)
    if l.isSSA {
      var v = Val(t)
      for i in 0..<Int(l.leafCount) { v.append(zero(pb.layouts.leaf(l, i).type)) }
      return v
    }
    var a = temporary(t)
    a.noBarrier = true
    zeroMemory(t, a)
    return Val(memory: a, t, isTemporary: true)
  }

  /// `v` in memory that holds it now, for passing its address: a large value's own place, or a
  /// temporary.
  func inMemory(_ v: Val) -> Address {
    if v.isMemory { return v.address }
    let a = temporary(v.type)
    store(v, a)
    return a
  }

  /// A copy of `v` that later changes of its place do not affect.
  func stable(_ v: Val) -> Val {
    if v.form != .memory { return v }
    let a = temporary(v.type)
    copyMemory(v.type, from: v.address, to: a)
    return Val(memory: a, v.type, isTemporary: true)
  }

  /// Field `i` of the struct value `v`.
  func field(_ v: Val, _ i: Int) -> Val {
    let u = ts.under(v.type)
    let t = canon(ts.memberType(u, i))
    if v.isMemory {
      return load(t, v.address.advanced(Int64(pb.layouts.fieldOffset(v.type, i))))
    }
    return part(v, t, pb.layouts.fieldLeaf(v.type, i))
  }

  /// The components of `v` from `first` that make up a value of type `t`.
  func part(_ v: Val, _ t: TypeID, _ first: Int) -> Val {
    var r = Val(t)
    for k in 0..<Int(pb.layouts.of(t).leafCount) { r.append(v[first + k]) }
    return r
  }

  /// All scalars of `v` that its ABI slots want, in order.
  func scalars(_ v: Val, _ out: inout [ValueID]) {
    if !v.isMemory {
      for i in 0..<Int(v.count) { out.append(v[i]) }
      return
    }
    let l = pb.layouts.of(v.type)
    for i in 0..<Int(l.leafCount) {
      let leaf = pb.layouts.leaf(l, i)
      out.append(load(leaf.type, v.address.advanced(Int64(leaf.offset))))
    }
  }

  func canon(_ t: TypeID) -> TypeID { ts.canonical(t) }
}
