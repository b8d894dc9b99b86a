import Base
import Object
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// The storage of a local variable, by its object; nil for package-level ones.
  func local(_ o: ObjectID) -> Int? {
    if o.index >= pb.localIndex.count { return nil }
    let i = Int(pb.localIndex[o.index])
    return i >= 0 ? i : nil
  }

  private func bind(_ o: ObjectID, _ l: Local) -> Int {
    locals.append(l)
    if pb.localIndex.count <= o.index {
      let n = max(o.index + 1, ts.objects.count)
      pb.localIndex.append(contentsOf: repeatElement(-1, count: n - pb.localIndex.count))
    }
    pb.localIndex[o.index] = Int32(locals.count - 1)
    return locals.count - 1
  }

  /// Whether `o` must live in memory: its address is taken, or a closure shares it.
  func needsMemory(_ o: ObjectID, _ t: TypeID) -> Bool {
    if !layout(t).isSSA { return true }
    let flags = ts.objects[o].flags
    if flags.contains(.addressTaken) { return true }
    if flags.contains(.captured) || pb.isRangeCaptured(o) { return !pb.captureByValue(o, t) }
    return false
  }

  /// Declares variable `o` with an initial value; none means zero.
  @discardableResult
  func declare(_ o: ObjectID, _ t: TypeID, _ initial: Val?) -> Int {
    if !needsMemory(o, t) {
      let i = declareComponents(o, t)
      setComponents(i, initial ?? zeroVal(t))
      return i
    }
    let i = declareMemory(o, t)
    if let v = initial { store(v, locals[i].address) }
    return i
  }

  func declareComponents(_ o: ObjectID, _ t: TypeID) -> Int {
    let l = layout(t)
    var local = Local(kind: .components, type: t, object: o)
    local.count = l.leafCount
    local.first = Variable(vars.types.count)
    for i in 0..<Int(l.leafCount) { _ = newVariable(pb.layouts.leaf(l, i).type) }
    return bind(o, local)
  }

  /// Declares `o` in fresh zeroed memory.
  func declareMemory(_ o: ObjectID, _ t: TypeID) -> Int {
    var local = Local(kind: .memory, type: t, object: o)
    local.address = Address(allocate(t, .variable, name: ts.objects[o].name), 0, isSafe: true)
    return bind(o, local)
  }

  /// Declares `o` at an existing address.
  @discardableResult
  func declareAt(_ o: ObjectID, _ t: TypeID, _ a: Address) -> Int {
    var local = Local(kind: .memory, type: t, object: o)
    local.address = a
    local.address.isSafe = true
    return bind(o, local)
  }

  /// Turns a memory variable into one whose address may change (a fresh copy per iteration).
  func makeMoving(_ i: Int) {
    let v = newVariable(.ptr)
    write(v, pointer(locals[i].address))
    locals[i].kind = .moving
    locals[i].first = v
  }

  func setComponents(_ i: Int, _ v: Val) {
    let first = Int(locals[i].first.raw)
    for k in 0..<Int(locals[i].count) { write(Variable(first + k), v[k]) }
  }

  /// The address of a variable in memory.
  func address(local i: Int) -> Address {
    if locals[i].kind == .moving {
      var a = Address(read(locals[i].first))
      a.isSafe = true
      return a
    }
    return locals[i].address
  }

  func value(local i: Int) -> Val {
    let l = locals[i]
    if l.kind != .components { return load(l.type, address(local: i)) }
    var v = Val(l.type)
    for k in 0..<Int(l.count) { v.append(read(Variable(Int(l.first.raw) + k))) }
    return v
  }

  func assign(local i: Int, _ v: Val) {
    if locals[i].kind == .components { setComponents(i, v) } else { store(v, address(local: i)) }
  }

  /// A zeroed object of type `t`; escape analysis may move it to the frame.
  func allocate(_ t: TypeID, _ kind: AllocInfo.Kind, name: NameID = .none) -> ValueID {
    let l = layout(t)
    if l.size == 0 && kind != .variable { return dataAddress(pb.zeroBase) }
    return allocate(
      AllocInfo(
        kind: kind, type: pb.typeSymbol(t, usedInInterface: false), size: l.size,
        alignment: Int(l.align), pointerMask: pb.layouts.frameMask(t), name: name))
  }

  func allocate(_ a: AllocInfo) -> ValueID {
    f.allocs.append(a)
    return emit(.alloc, .ptr, aux: UInt32(f.allocs.count - 1))
  }

  /// Room in the frame for what a runtime function makes, nil if its result turns out to escape.
  func resultBuffer(_ size: Int) -> ValueID {
    allocate(
      AllocInfo(kind: .buffer, type: .none, size: size, alignment: 8, pointerMask: []))
  }

  /// Allocation of an object of no Go type: closures and thunks.
  func allocateShape(_ s: Shape, _ kind: AllocInfo.Kind) -> ValueID {
    allocate(
      AllocInfo(
        kind: kind, type: pb.shapeSymbol(s), size: s.size, alignment: 8, pointerMask: s.mask))
  }
}

/// Layout of a compiler-made record such as a closure object.
public struct Shape: Hashable {
  public var size = 0
  public var mask: [UInt64] = []

  /// Adds a member; returns its offset.
  mutating func add(_ t: TypeID, _ layouts: inout LayoutTable) -> Int {
    let l = layouts.of(t)
    size = alignUp(size, Int(l.align))
    let at = size
    size += l.size
    while mask.count * 512 < size { mask.append(0) }
    layouts.addPointers(t, at, &mask)
    return at
  }

  mutating func finish() { size = alignUp(size, 8) }
}
