import ABI
import AMD64
import Base
import Object
import SSA

/// A small reproducible generator of random numbers (splitmix64).
struct Random {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(n)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  /// Numbers that like edges.
  mutating func number() -> Int64 {
    switch below(6) {
    case 0: return Int64(below(4)) - 1
    case 1: return Int64(below(300)) - 150
    case 2: return 1 << Int64(below(64))
    case 3: return Int64.min &+ Int64(below(3)) &- 1
    case 4: return Int64(truncatingIfNeeded: next()) >> Int64(below(64))
    default: return Int64(truncatingIfNeeded: next())
    }
  }
}

/// Makes random functions: arithmetic, memory, calls, branches and short loops. The first parameter
/// is a buffer of 256 bytes.
struct FunctionMaker {
  var random: Random
  let f: Function
  var b: BlockID
  /// Values in scope by type.
  var scope: [(ValueID, ValueType)] = []
  var buffer = ValueID.none
  var budget: Int
  let mix: SymbolID
  let collect: SymbolID
  /// A store of a pointer to slot 1 dominates this point.
  var hasSlotPointer = false
  var depth = 0
  static let integers: [ValueType] = [.i8, .i16, .i32, .i64]

  static func make(_ seed: UInt64, _ table: inout SymbolTable) -> Function {
    var r = Random(state: seed)
    let types: [ValueType] = [.i64, .i32, .i8, .i16, .f64, .f32, .i64]
    var params: [ABIOperand] = [ABIOperand(.ptr)]
    for _ in 0..<r.below(12) {
      params.append(ABIOperand(r.chance(12) ? .ptr : types[r.below(types.count)]))
    }
    var results: [ABIOperand] = []
    for _ in 0...r.below(4) { results.append(ABIOperand(types[r.below(types.count)])) }
    let signature = ABIAssigner.assign(params: params, results: results).signature
    let f = Function(
      symbol: table.symbol("fuzz.f\(seed)"), name: "fuzz.f\(seed)", pos: .none,
      signature: signature)
    let size = 5 + r.below(r.chance(10) ? 200 : 60)
    var m = FunctionMaker(
      random: r, f: f, b: f.makeBlock(), budget: size, mix: table.symbol("test.mix"),
      collect: table.symbol("test.collect"))
    m.body()
    return f
  }

  private init(
    random: Random, f: Function, b: BlockID, budget: Int, mix: SymbolID, collect: SymbolID
  ) {
    self.random = random
    self.f = f
    self.b = b
    self.budget = budget
    self.mix = mix
    self.collect = collect
  }

  private mutating func emit(
    _ op: Op, _ t: ValueType, _ args: [ValueID], aux: UInt32 = 0, auxInt: Int64 = 0,
    flags: ValueFlags = []
  ) -> ValueID {
    f.append(b, op, t, args, aux: aux, auxInt: auxInt, flags: flags)
  }

  private mutating func add(_ v: ValueID) {
    let t = f.values[v].type
    if t != .void && t != .tuple { scope.append((v, t)) }
  }

  private mutating func body() {
    for i in f.signature.params.indices {
      let v = emit(.param, f.signature.params[i].type, [], auxInt: Int64(i))
      if i == 0 { buffer = v } else { add(v) }
    }
    f.slots.append(Slot(size: 64, alignment: 8))
    f.slots.append(Slot(size: 24, alignment: 8, pointerMask: [1]))
    let zero = UInt32(f.memories.count)
    f.memories.append(MemoryInfo(size: 64, alignment: 8, type: .none))
    let s = emit(.slotAddress, .ptr, [], aux: 0)
    _ = emit(.zeroMemory, .void, [s], aux: zero)
    statements()
    var results: [ValueID] = []
    for r in f.signature.results { results.append(pick(r.type)) }
    f.blocks[b].kind = .ret
    f.blocks[b].results = results
  }

  private mutating func statements() {
    while budget > 0 {
      budget -= 1
      statement()
      if depth > 0 && random.chance(15) { return }
    }
  }

  /// A pointer to the start of the buffer.
  private mutating func pointer() -> ValueID {
    let fitting = scope.filter { $0.1 == .ptr }
    if fitting.isEmpty || random.chance(40) { return buffer }
    return fitting[random.below(fitting.count)].0
  }

  /// Makes, merges and keeps pointers, all to the start of the buffer.
  private mutating func pointers() {
    switch random.below(6) {
    case 0: add(emit(.select, .ptr, [condition(), pointer(), pointer()]))
    case 1:
      let s = emit(.slotAddress, .ptr, [], aux: 1)
      _ = emit(.store, .void, [s, pointer()])
      hasSlotPointer = depth == 0 || hasSlotPointer
    case 2:
      if !hasSlotPointer { return }
      let s = emit(.slotAddress, .ptr, [], aux: 1)
      add(emit(.load, .ptr, [s]))
    case 3: add(emit(.copy, .ptr, [pointer()]))
    case 4: _ = emit(.keepAlive, .void, [pointer()])
    default:
      f.calls.append(
        CallInfo(symbol: collect, signature: ABIAssigner.assign(params: [], results: []).signature))
      _ = emit(.callStatic, .void, [], aux: UInt32(f.calls.count - 1))
    }
  }

  private mutating func pick(_ t: ValueType) -> ValueID {
    if t == .ptr { return pointer() }

    let fitting = scope.filter { $0.1 == t }
    if fitting.isEmpty || random.chance(12) { return constant(t) }
    // Prefer recent values, so that chains form.
    let n = fitting.count
    let i = random.chance(50) ? n - 1 - random.below(min(n, 3)) : random.below(n)
    return fitting[i].0
  }

  private mutating func constant(_ t: ValueType) -> ValueID {
    if t.isFloat {
      let numbers: [Double] = [0, -0.0, 1, -1, 0.5, 1e10, -3.75, .infinity, .nan, 1e-300]
      return emit(
        .constFloat, t, [], auxInt: Int64(bitPattern: numbers[random.below(10)].bitPattern))
    }
    return emit(
      .constInt, t, [], auxInt: Interpreter.signed(UInt64(bitPattern: random.number()), t))
  }

  private mutating func integerType() -> ValueType {
    random.chance(45) ? .i64 : FunctionMaker.integers[random.below(4)]
  }

  private mutating func statement() {
    switch random.below(25) {
    case 22...24: pointers()
    case 0...5: binary()
    case 6: shift()
    case 7: division()
    case 8, 9: unary()
    case 10: comparison()
    case 11: select()
    case 12, 13: float()
    case 14, 15: memory()
    case 16: call()
    case 17: wide()
    case 18: if depth < 4 { branch() }
    case 19: if depth < 3 { loop() }
    case 20: if random.chance(30) { bounds() } else { slot() }
    default: if random.chance(25), depth < 3 { table() } else { atomic() }
    }
  }

  private mutating func binary() {
    let t = integerType()
    let ops: [Op] = [.add, .sub, .mul, .and, .or, .xor, .andNot, .add, .add, .mulHighS, .mulHighU]
    let op = ops[random.below(ops.count)]
    add(emit(op, t, [pick(t), pick(t)]))
  }

  private mutating func shift() {
    let t = integerType()
    let ops: [Op] = [.shl, .shrU, .shrS, .rotl]
    let op = ops[random.below(4)]
    if random.chance(50) {
      let n = emit(.constInt, .i64, [], auxInt: Int64(random.below(t.bits + 2)))
      add(emit(op, t, [pick(t), n]))
    } else if random.chance(50) {
      let m = emit(.constInt, .i64, [], auxInt: Int64(t.bits - 1))
      let n = emit(.and, .i64, [pick(.i64), m])
      add(emit(op, t, [pick(t), n], flags: .bounded))
    } else {
      add(emit(op, t, [pick(t), pick(.i64)]))
    }
  }

  private mutating func division() {
    let t = integerType()
    let ops: [Op] = [.divS, .divU, .remS, .remU]
    let op = ops[random.below(4)]
    if random.chance(60) {
      var n = Interpreter.signed(UInt64(bitPattern: random.number()), t)
      if n == 0 { n = 7 }
      add(emit(op, t, [pick(t), emit(.constInt, t, [], auxInt: n)]))
    } else {
      let one = emit(.constInt, t, [], auxInt: 1)
      add(emit(op, t, [pick(t), emit(.or, t, [pick(t), one])]))
    }
  }

  private mutating func unary() {
    let t = integerType()
    switch random.below(8) {
    case 0: add(emit(.neg, t, [pick(t)]))
    case 1: add(emit(.not, t, [pick(t)]))
    case 2: add(emit(.ctz, .i64, [pick(t)]))
    case 3: add(emit(.clz, .i64, [pick(t)]))
    case 4: add(emit(.popCount, .i64, [pick(t)]))
    case 5: if t != .i8 { add(emit(.byteSwap, t, [pick(t)])) }
    case 6:
      let to = integerType()
      if to.size > t.size {
        add(emit(random.chance(50) ? .signExtend : .zeroExtend, to, [pick(t)]))
      }
    default:
      let to = integerType()
      if to.size < t.size { add(emit(.truncate, to, [pick(t)])) }
    }
  }

  private mutating func condition() -> ValueID {
    if random.chance(20) {
      let t: ValueType = random.chance(50) ? .f64 : .f32
      let ops: [Op] = [.feq, .fne, .flt, .fle]
      return emit(ops[random.below(4)], .i8, [pick(t), pick(t)])
    }
    let t = integerType()
    let ops: [Op] = [.eq, .ne, .ltS, .leS, .ltU, .leU]
    let c = emit(ops[random.below(6)], .i8, [pick(t), pick(t)])
    if random.chance(10) {
      return emit(.eq, .i8, [c, emit(.constInt, .i8, [])])
    }
    return c
  }

  private mutating func comparison() { add(condition()) }

  private mutating func select() {
    let types: [ValueType] = [.i64, .i32, .i16, .i8, .f64, .f32]
    let t = types[random.below(6)]
    add(emit(.select, t, [condition(), pick(t), pick(t)]))
  }

  private mutating func float() {
    let t: ValueType = random.chance(60) ? .f64 : .f32
    switch random.below(8) {
    case 0...3:
      let ops: [Op] = [.fadd, .fsub, .fmul, .fdiv, .fmin, .fmax, .fcopysign]
      let op = ops[random.below(7)]
      let y = pick(t)
      // The sign of a NaN is not determined.
      if op == .fcopysign {
        let zero = emit(.constFloat, t, [])
        let safe = emit(.select, t, [emit(.feq, .i8, [y, y]), y, zero])
        add(emit(op, t, [pick(t), safe]))
      } else {
        add(emit(op, t, [pick(t), y]))
      }
    case 4:
      let ops: [Op] = [.fneg, .fabs, .fsqrt]
      add(emit(ops[random.below(3)], t, [pick(t)]))
    case 5: add(emit(.floatToInt, random.chance(50) ? .i64 : .i32, [pick(t)]))
    case 6: add(emit(.intToFloat, t, [pick(random.chance(50) ? .i64 : .i32)]))
    default:
      add(emit(.floatConvert, t == .f64 ? .f32 : .f64, [pick(t)]))
    }
  }

  /// The address of `size` bytes inside the buffer.
  private mutating func place(_ size: Int) -> (ValueID, Int64) {
    if random.chance(50) { return (pointer(), Int64(random.below(256 - size))) }
    let m = emit(.constInt, .i64, [], auxInt: 15)
    var i = emit(.and, .i64, [pick(.i64), m])
    if random.chance(70) {
      let k = emit(.constInt, .i64, [], auxInt: Int64(random.below(4)))
      i = emit(.shl, .i64, [i, k], flags: .bounded)
    }
    var p = emit(.ptrAdd, .ptr, [pointer(), i])
    if random.chance(30) {
      p = emit(.ptrAdd, .ptr, [p, emit(.constInt, .i64, [], auxInt: Int64(random.below(60)))])
    }
    return (p, Int64(random.below(64 - size)))
  }

  private mutating func memory() {
    let t = integerType()
    let (p, offset) = place(8)
    switch random.below(8) {
    case 0...2:
      add(emit(.load, t, [p], auxInt: offset, flags: random.chance(30) ? .signed : []))
    case 3, 4: _ = emit(.store, .void, [p, pick(t)], auxInt: offset)
    case 5:
      let l = emit(.load, t, [p], auxInt: offset)
      let ops: [Op] = [.add, .sub, .and, .or, .xor]
      let s = emit(ops[random.below(5)], t, [l, pick(t)])
      _ = emit(.store, .void, [p, s], auxInt: offset)
    case 6:
      if random.chance(50) { _ = emit(.nilCheck, .void, [buffer]) }
      let size = 1 + random.below(120)
      let at = random.below(256 - size)
      f.memories.append(MemoryInfo(size: size, alignment: 1, type: .none))
      _ = emit(
        .zeroMemory, .void, [buffer], aux: UInt32(f.memories.count - 1), auxInt: Int64(at))
    default:
      let size = 1 + random.below(124)
      f.memories.append(MemoryInfo(size: size, alignment: 1, type: .none))
      let half = emit(.ptrAdd, .ptr, [pointer(), emit(.constInt, .i64, [], auxInt: 128)])
      let forward = random.chance(50)
      _ = emit(
        .copyMemory, .void, forward ? [half, buffer] : [buffer, half],
        aux: UInt32(f.memories.count - 1), auxInt: Int64(random.below(4)))
    }
  }

  private mutating func slot() {
    let t: ValueType = random.chance(30) ? .f64 : integerType()
    // Floats and integers keep to their own halves: the bits of a NaN are not determined.
    let offset = Int64(random.below(4) * 8) + (t.isFloat ? 32 : 0)
    let s = emit(.slotAddress, .ptr, [], aux: 0, auxInt: 0)
    if random.chance(50) {
      add(emit(.load, t, [s], auxInt: offset))
    } else {
      _ = emit(.store, .void, [s, pick(t)], auxInt: offset)
    }
  }

  private mutating func call() {
    let two = [ABIOperand(ValueType.i64), ABIOperand(ValueType.i64)]
    let signature = ABIAssigner.assign(params: two, results: two).signature
    f.calls.append(CallInfo(symbol: mix, signature: signature))
    let c = emit(.callStatic, .tuple, [pick(.i64), pick(.i64)], aux: UInt32(f.calls.count - 1))
    let x = emit(.project, .i64, [c], auxInt: 0)
    add(x)
    if random.chance(60) { add(emit(.project, .i64, [c], auxInt: 1)) }
  }

  private mutating func wide() {
    let t: Op
    var args = [pick(.i64), pick(.i64)]
    switch random.below(4) {
    case 0: t = .mulWideU
    case 1:
      t = .divWideU
      // high < divisor.
      let top = emit(.constInt, .i64, [], auxInt: Int64.min)
      let low = emit(.constInt, .i64, [], auxInt: Int64.max)
      args = [emit(.and, .i64, [args[0], low]), args[1], emit(.or, .i64, [pick(.i64), top])]
    default:
      t = random.chance(50) ? .addCarry : .subBorrow
      let one = emit(.constInt, .i64, [], auxInt: 1)
      args.append(
        random.chance(40)
          ? emit(.constInt, .i64, []) : emit(.and, .i64, [pick(.i64), one]))
    }
    let v = emit(t, .tuple, args)
    let which = random.below(3)
    if which != 1 { add(emit(.project, .i64, [v], auxInt: 0)) }
    if which != 0 { add(emit(.project, .i64, [v], auxInt: 1)) }
  }

  private mutating func bounds() {
    let kind = random.below(15)
    let x = pick(.i64)
    // Lengths and bounds that have been checked themselves are not negative: the optimiser relies on it.
    let most = emit(.constInt, .i64, [], auxInt: Int64.max)
    let y = random.chance(50) ? most : emit(.and, .i64, [pick(.i64), most])
    _ = emit(.boundsCheck, .void, [x, y], auxInt: Int64(kind))
  }

  private mutating func atomic() {
    let t: ValueType = random.chance(50) ? .i64 : .i32
    let offset = Int64(random.below(31) * 8)
    switch random.below(6) {
    case 0: add(emit(.atomicLoad, t, [pointer()], auxInt: offset))
    case 1: _ = emit(.atomicStore, .void, [buffer, pick(t)], auxInt: offset)
    case 2: add(emit(.atomicExchange, t, [pointer(), pick(t)], auxInt: offset))
    case 3: add(emit(.atomicAdd, t, [pointer(), pick(t)], auxInt: offset))
    case 4:
      add(emit(.atomicCompareExchange, .i8, [buffer, pick(t), pick(t)], auxInt: offset))
    default:
      let v = emit(
        random.chance(50) ? .atomicAnd : .atomicOr, t, [buffer, pick(t)], auxInt: offset)
      if random.chance(60) { add(v) }
    }
  }

  // MARK: Control flow

  private mutating func jump(_ to: BlockID) {
    f.blocks[b].kind = .jump
    f.addEdge(b, to)
  }

  private mutating func branch() {
    let c = condition()
    f.blocks[b].kind = .branch
    f.blocks[b].control = c
    let from = b
    let then = f.makeBlock()
    let other = random.chance(70) ? f.makeBlock() : BlockID.none
    let join = f.makeBlock()
    if random.chance(15) { f.blocks[then].isCold = true }
    f.addEdge(from, then)
    f.addEdge(from, other.isSome ? other : join)
    let outer = scope
    depth += 1
    b = then
    statements()
    let thenScope = scope
    let thenEnd = b
    jump(join)
    scope = outer
    var otherScope = outer
    if other.isSome {
      b = other
      statements()
      otherScope = scope
      jump(join)
    }
    depth -= 1
    b = join
    scope = outer
    // The order of the arguments is that of the predecessors.
    let thenFirst = f.blocks[join].preds[0] == thenEnd
    for _ in 0..<random.below(4) {
      let t = thenScope.isEmpty ? ValueType.i64 : thenScope[random.below(thenScope.count)].1
      let x = last(thenScope, t)
      let y = last(otherScope, t)
      if x.isNone || y.isNone { continue }
      add(emit(.phi, t, thenFirst ? [x, y] : [y, x]))
    }
  }

  private mutating func last(_ s: [(ValueID, ValueType)], _ t: ValueType) -> ValueID {
    let fitting = s.filter { $0.1 == t }
    if fitting.isEmpty { return .none }
    return fitting[fitting.count - 1 - random.below(min(2, fitting.count))].0
  }

  private mutating func loop() {
    let zero = emit(.constInt, .i64, [])
    var starts: [ValueID] = [zero]
    for _ in 0..<random.below(4) where !scope.isEmpty {
      starts.append(scope[random.below(scope.count)].0)
    }
    let head = f.makeBlock()
    jump(head)
    let outerEnd = b
    _ = outerEnd
    b = head
    var phis: [ValueID] = []
    for s in starts { phis.append(emit(.phi, f.values[s].type, [s, s])) }
    let outer = scope
    for p in phis { add(p) }
    let limit = emit(.constInt, .i64, [], auxInt: Int64(1 + random.below(5)))
    let c = emit(.ltS, .i8, [phis[0], limit])
    f.blocks[head].kind = .branch
    f.blocks[head].control = c
    let body = f.makeBlock()
    let exit = f.makeBlock()
    f.addEdge(head, body)
    f.addEdge(head, exit)
    b = body
    depth += 1
    statements()
    depth -= 1
    let next = emit(.add, .i64, [phis[0], emit(.constInt, .i64, [], auxInt: 1)])
    f.setArg(phis[0], 1, next)
    for p in phis.dropFirst() {
      let v = last(scope, f.values[p].type)
      if v.isSome { f.setArg(p, 1, v) }
    }
    jump(head)
    b = exit
    scope = outer
    for p in phis { add(p) }
  }

  private mutating func table() {
    let n = 2 + random.below(4)
    let m = emit(.constInt, .i64, [], auxInt: 7)
    let c = emit(.and, .i64, [pick(.i64), m])
    f.blocks[b].kind = .table
    f.blocks[b].control = c
    let from = b
    var targets: [BlockID] = []
    for _ in 0..<n { targets.append(f.makeBlock()) }
    let join = f.makeBlock()
    for t in targets { f.addEdge(from, t) }
    let outer = scope
    var results: [ValueID] = []
    depth += 1
    for t in targets {
      b = t
      scope = outer
      statements()
      results.append(pick(.i64))
      jump(join)
    }
    depth -= 1
    b = join
    scope = outer
    add(emit(.phi, .i64, results))
  }
}
