import ABI
import Base
import Object
import RegAlloc
import SSA

/// Sizes up to which memory is cleared and copied by straight moves.
private enum Inline {
  static let zero = 192
  static let copy = 128
  static let overlapping = 64
}

extension Lowering {
  private func offset(_ a: Address, _ n: Int) -> Address {
    var b = a
    b.disp += Int32(n)
    return b
  }

  private func isArgumentArea(_ a: Address) -> Bool {
    switch a.mode {
    case .incoming, .incomingIndex, .outgoing, .outgoingIndex: return true
    default: return false
    }
  }

  /// The pieces in which `size` bytes are moved: 16, 8, 4, 2 or 1 bytes at an offset; the last
  /// piece may overlap the one before.
  private func pieces(_ size: Int) -> [(offset: Int, size: Int)] {
    var result: [(offset: Int, size: Int)] = []
    var at = 0
    var left = size
    for p in [16, 8, 4, 2, 1] {
      while left >= p {
        result.append((offset: at, size: p))
        at += p
        left -= p
      }
      if left == 0 { break }
      // One overlapping piece instead of several smaller ones.
      if at > 0 && left > p / 2 && size >= p {
        result.append((offset: size - p, size: p))
        break
      }
    }
    return result
  }

  func lowerZero(_ v: ValueID, _ x: Value) {
    let size = f.memories[Int(x.aux)].size
    if size == 0 { return }
    let a = address(f.arg(v, 0), x.auxInt)
    if size <= Inline.zero {
      for p in pieces(size) {
        begin()
        var i = Instruction(form: p.size == 16 ? .zero16 : .mi)
        switch p.size {
        case 16: i.mn = .movups
        case 8: i.mn = .movq
        case 4: i.mn = .movl
        case 2: i.mn = .movw
        default: i.mn = .movb
        }
        memory(&i, offset(a, p.offset))
        end(i)
      }
      return
    }
    let start = materialise(a)
    if isArgumentArea(a) {
      if size % 8 != 0 {
        begin()
        var i = Instruction(form: .mi, mn: .movq)
        memory(&i, offset(a, size - 8))
        end(i)
      }
      let words = constant(Int64(size / 8))
      let zero = constant(0)
      begin()
      use(start, fixed: R.rdi)
      use(zero, fixed: R.rax)
      use(words, fixed: R.rcx)
      end(Instruction(form: .repeatStore), clobbers: 1 << 7 | 1 << 1)
      return
    }
    callRuntime(runtime.memclrNoHeapPointers, [start, constant(Int64(size))])
  }

  func lowerCopy(_ v: ValueID, _ x: Value) {
    let size = f.memories[Int(x.aux)].size
    if size == 0 { return }
    let to = address(f.arg(v, 0), x.auxInt)
    let from = address(f.arg(v, 1), x.auxInt)
    if x.flags.contains(.mayOverlap) {
      if size <= Inline.overlapping {
        moveAll(to, from, pieces(size))
      } else {
        callRuntime(
          runtime.memmove, [materialise(to), materialise(from), constant(Int64(size))])
      }
      return
    }
    if size <= Inline.copy {
      for p in pieces(size) { moveAll(to, from, [p]) }
      return
    }
    if isArgumentArea(to) || isArgumentArea(from) {
      if size % 8 != 0 { moveAll(to, from, [(offset: size - 8, size: 8)]) }
      let d = materialise(to)
      let s = materialise(from)
      let words = constant(Int64(size / 8))
      begin()
      use(d, fixed: R.rdi)
      use(s, fixed: R.rsi)
      use(words, fixed: R.rcx)
      end(Instruction(form: .repeatMove), clobbers: 1 << 7 | 1 << 6 | 1 << 1)
      return
    }
    callRuntime(runtime.memmove, [materialise(to), materialise(from), constant(Int64(size))])
  }

  /// Loads all pieces, then stores them.
  private func moveAll(_ to: Address, _ from: Address, _ list: [(offset: Int, size: Int)]) {
    var held: [VReg] = []
    for p in list {
      let t = temp(p.size == 16 ? 1 : 0)
      held.append(t)
      begin()
      def(t)
      var i = Instruction(form: .dm)
      switch p.size {
      case 16: i.mn = .movups
      case 8: i.mn = .movq
      case 4: i.mn = .movl
      case 2: i.mn = .movzwl
      default: i.mn = .movzbl
      }
      memory(&i, offset(from, p.offset))
      end(i)
    }
    for (k, p) in list.enumerated() {
      begin()
      use(held[k])
      var i = Instruction(form: .mu)
      switch p.size {
      case 16: i.mn = .movups
      case 8: i.mn = .movq
      case 4: i.mn = .movl
      case 2: i.mn = .movw
      default: i.mn = .movb
      }
      memory(&i, offset(to, p.offset))
      end(i)
    }
  }

  /// A call of a runtime function whose arguments are integers and whose result is not used.
  func callRuntime(_ symbol: SymbolID, _ arguments: [VReg]) {
    hasCalls = true
    outgoingSize = max(outgoingSize, 8 * arguments.count)
    begin()
    for (i, a) in arguments.enumerated() { use(a, fixed: ABI.integerArguments[i]) }
    var x = Instruction(form: .callRuntime)
    x.extra = symbol.raw
    end(x, flags: .call, clobbers: R.all)
  }

  // MARK: Atomics

  func lowerAtomic(_ v: ValueID, _ x: Value) {
    let a = address(f.arg(v, 0), x.auxInt)
    switch x.op {
    case .atomicLoad:
      if vregOf[v.index] == 0 { return }
      emitLoad(register(v), x.type, a)
    case .atomicStore:
      // XCHG is a full barrier and locked by itself.
      let t = f.values[f.arg(v, 1)].type
      exchange(sized(.xchgb, t.size), temp(), register(f.arg(v, 1)), a, locked: false)
    case .atomicExchange:
      let d = vregOf[v.index] != 0 ? register(v) : temp()
      exchange(sized(.xchgb, x.type.size), d, register(f.arg(v, 1)), a, locked: false)
    case .atomicAdd:
      lowerAtomicAdd(v, x, a)
    case .atomicCompareExchange:
      let old = register(f.arg(v, 1))
      let new = register(f.arg(v, 2))
      let d = vregOf[v.index] != 0 ? register(v) : temp()
      begin()
      def(d)
      use(old, fixed: R.rax)
      use(new)
      var i = Instruction(
        form: .compareExchange, mn: sized(.cmpxchgb, f.values[f.arg(v, 1)].type.size))
      memory(&i, a)
      end(i, clobbers: 1)
    default:  // atomicAnd, atomicOr
      let size = f.values[f.arg(v, 1)].type.size
      let mn = sized(x.op == .atomicAnd ? .andb : .orb, size)
      let y = register(f.arg(v, 1))
      begin()
      if vregOf[v.index] == 0 {
        use(y)
        var i = Instruction(form: .lockedMemory, mn: mn)
        memory(&i, a)
        end(i)
        return
      }
      let t = temp()
      early(register(v), fixed: R.rax)
      scratch(t)
      use(y)
      var i = Instruction(form: .lockedLoop, mn: mn)
      i.size = UInt8(size)
      memory(&i, a)
      end(i)
    }
  }

  private func exchange(_ mn: Mnemonic, _ d: VReg, _ y: VReg, _ a: Address, locked: Bool) {
    begin()
    def(d, reuse: 1)
    use(y)
    var i = Instruction(form: .exchange, mn: mn)
    i.imm = locked ? 1 : 0
    memory(&i, a)
    end(i)
  }

  /// The result is the old value, as all read-modify-write operations give it.
  private func lowerAtomicAdd(_ v: ValueID, _ x: Value, _ a: Address) {
    let y = f.arg(v, 1)
    let size = f.values[y].type.size
    let r = register(y)
    if vregOf[v.index] == 0 {
      begin()
      use(r)
      var i = Instruction(form: .lockedMemory, mn: sized(.addb, size))
      memory(&i, a)
      end(i)
      return
    }
    exchange(sized(.xaddb, size), register(v), r, a, locked: true)
  }

  // MARK: Write barriers

  func lowerBarrierStore(_ v: ValueID, _ x: Value) {
    let offsets = f.storeGroups[Int(x.aux)]
    var stores: [BarrierStore] = []
    var registers: [VReg] = []
    for (k, o) in offsets.enumerated() {
      let p = address(f.arg(v, 2 * k), o)
      let y = resolve(f.arg(v, 2 * k + 1))
      var s = BarrierStore(address: Instruction(form: .none), value: .register)
      s.address.mode = p.mode
      s.address.scale = p.scale
      s.address.disp = p.disp
      s.address.aux = p.aux
      switch f.values[y].op {
      case .constNil: s.value = .null
      case .constInt where f.values[y].auxInt == 0: s.value = .null
      default:
        // Addresses of data in the image need no shade, but their register all the same.
        s.value = f.values[y].op == .symbolAddress ? .unshaded : .register
        registers.append(register(y))
      }
      if p.base != 0 { registers.append(p.base) }
      if p.index != 0 { registers.append(p.index) }
      if p.checked.isSome { noteDereference(p.checked) }
      stores.append(s)
    }
    let buffer = temp()
    let old = temp()
    begin()
    scratch(buffer, fixed: R.r11)
    scratch(old)
    for r in registers { use(r) }
    var i = Instruction(form: .barrierStore)
    i.extra = UInt32(barrierStores.count)
    barrierStores.append(stores)
    end(i)
  }
}

/// One store of a barrier group: its address (register operands follow the value's) and its value.
struct BarrierStore {
  enum Kind { case register, unshaded, null }
  /// Only the addressing fields count.
  var address: Instruction
  var value: Kind
}
