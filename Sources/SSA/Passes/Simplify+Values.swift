/// The rewriting of single values: constants, identities, addresses, conversions, comparisons.
extension Simplifier {
  mutating func visit(_ v: ValueID) {
    let op = f.values[v].op
    switch op {
    case .phi: visitPhi(v)
    case .add, .sub, .mul, .and, .or, .xor, .andNot, .shl, .shrS, .shrU, .rotl, .divS, .divU, .remS,
      .remU, .mulHighS, .mulHighU:
      visitBinary(v, op)
    case .neg, .not, .ctz, .clz, .popCount, .byteSwap: visitUnary(v, op)
    case .eq, .ne, .ltS, .leS, .ltU, .leU: visitComparison(v, op)
    case .signExtend, .zeroExtend, .truncate: visitExtension(v, op)
    case .select: visitSelect(v)
    case .ptrAdd: visitPtrAdd(v)
    case .load, .store, .zeroMemory, .atomicLoad, .atomicStore: foldAddress(v)
    case .intToPtr:
      if f.values[f.arg(v, 0)].op == .symbolAddress {
        // An itab or a descriptor as the word of an interface.
        let a = f.values[f.arg(v, 0)]
        f.values[v].op = .symbolAddress
        f.values[v].aux = a.aux
        f.values[v].auxInt = a.auxInt
        f.values[v].argCount = 0
        changed = true
        return
      }
      if afterEscape, f.values[f.arg(v, 0)].op == .ptrToInt { become(v, f.arg(f.arg(v, 0), 0)) }
    case .ptrToInt:
      // Never across `intToPtr(xor …)`: see `afterEscape`.
      if f.values[f.arg(v, 0)].op == .intToPtr { become(v, f.arg(f.arg(v, 0), 0)) }
    case .nilCheck:
      if isNeverNil(f.arg(v, 0)) { remove(v) }
    case .boundsCheck: visitBoundsCheck(v)
    default: break
    }
  }

  /// Removes a value without result.
  mutating func remove(_ v: ValueID) {
    // A copy of anything: void values have no uses, and `eliminateCopies` drops it.
    f.replace(v, with: f.arg(v, 0))
    changed = true
  }

  /// Whether the pointer can be told not to be nil from its definition alone.
  func isNeverNil(_ p: ValueID) -> Bool {
    switch f.values[p].op {
    case .alloc: return f.allocs[Int(f.values[p].aux)].kind != .buffer
    case .box, .slotAddress, .symbolAddress, .incomingAddress, .getG: return true
    case .ptrAdd: return f.values[p].flags.contains(.nonNil) || isNeverNil(f.arg(p, 0))
    default: return false
    }
  }

  private mutating func visitPhi(_ v: ValueID) {
    var same: ValueID = .none
    for k in f.argRange(v) {
      let a = f.args[k]
      if a == v || a == same { continue }
      if same.isSome {
        if let c = f.constant(a), c == f.constant(same) { continue }
        return
      }
      same = a
    }
    guard same.isSome else { return }
    if let c = f.constant(same) {
      // Equal constants from different blocks: none of them need dominate; make one that does.
      become(v, newConstant(c, f.values[v].type))
    } else {
      become(v, same)
    }
  }

  private mutating func visitBinary(_ v: ValueID, _ op: Op) {
    let t = f.values[v].type
    var x = f.arg(v, 0)
    var y = f.arg(v, 1)
    if op.info.contains(.commutative), f.values[x].op == .constInt, f.values[y].op != .constInt {
      f.setArg(v, 0, y)
      f.setArg(v, 1, x)
      swap(&x, &y)
    }
    if let a = f.constant(x), let b = f.constant(y) {
      if let r = foldBinary(op, a, b, t, f.values[x].type) { become(v, constant: r) }
      return
    }
    if let b = f.constant(y) {
      binaryWithConstant(v, op, x, b, t)
      return
    }
    if let a = f.constant(x), a == 0 {
      switch op {
      case .shl, .shrS, .shrU, .rotl, .divS, .divU, .remS, .remU: become(v, constant: 0)
      case .sub: unary(v, .neg, y)
      default: break
      }
      return
    }
    if x == y {
      switch op {
      case .sub, .xor, .andNot: become(v, constant: 0)
      case .and, .or: become(v, x)
      default: break
      }
    }
  }

  private mutating func unary(_ v: ValueID, _ op: Op, _ x: ValueID) {
    f.values[v].op = op
    f.setArguments(v, [x])
    changed = true
  }

  private mutating func binaryWithConstant(
    _ v: ValueID, _ op: Op, _ x: ValueID, _ b: Int64, _ t: ValueType
  ) {
    switch op {
    case .add:
      if b == 0 { return become(v, x) }
      if f.values[x].op == .add, let a = f.constant(f.arg(x, 1)) {
        f.setArg(v, 0, f.arg(x, 0))
        f.setArg(v, 1, newConstant(a &+ b, t))
        changed = true
      }
    case .sub:
      if b == 0 { return become(v, x) }
      f.values[v].op = .add
      f.setArg(v, 1, newConstant(0 &- b, t))
      changed = true
    case .mul:
      if b == 0 { return become(v, constant: 0) }
      if b == 1 { return become(v, x) }
      if b == -1 { return unary(v, .neg, x) }
      let u = unsigned(b, t)
      if u & (u - 1) == 0 {
        f.values[v].op = .shl
        f.values[v].flags.insert(.bounded)
        f.setArg(v, 1, newConstant(Int64(u.trailingZeroBitCount), .i64))
        changed = true
      }
    case .and:
      if b == 0 { become(v, constant: 0) } else if wrap(b, t) == -1 { become(v, x) }
    case .or, .xor:
      if b == 0 && (afterEscape || f.values[x].op != .ptrToInt) { become(v, x) }
    case .andNot:
      f.values[v].op = .and
      f.setArg(v, 1, newConstant(~b, t))
      changed = true
    case .shl, .shrS, .shrU: shiftByConstant(v, op, x, b, t)
    case .divU:
      let u = unsigned(b, t)
      if u == 1 { return become(v, x) }
      if u != 0 && u & (u - 1) == 0 {
        f.values[v].op = .shrU
        f.values[v].flags.insert(.bounded)
        f.setArg(v, 1, newConstant(Int64(u.trailingZeroBitCount), .i64))
        changed = true
      }
    case .remU:
      let u = unsigned(b, t)
      if u != 0 && u & (u - 1) == 0 {
        f.values[v].op = .and
        f.setArg(v, 1, newConstant(Int64(bitPattern: u - 1), t))
        changed = true
      }
    case .divS:
      if b == 1 { become(v, x) }
    case .remS:
      if b == 1 || b == -1 { become(v, constant: 0) }
    default: break
    }
  }

  private mutating func shiftByConstant(
    _ v: ValueID, _ op: Op, _ x: ValueID, _ b: Int64, _ t: ValueType
  ) {
    let n = UInt64(bitPattern: b)
    if n == 0 { return become(v, x) }
    if n >= UInt64(t.bits) {
      if op != .shrS { return become(v, constant: 0) }
      f.setArg(v, 1, newConstant(Int64(t.bits - 1), .i64))
      f.values[v].flags.insert(.bounded)
      changed = true
      return
    }
    if !f.values[v].flags.contains(.bounded) {
      f.values[v].flags.insert(.bounded)
      changed = true
    }
  }

  private mutating func visitUnary(_ v: ValueID, _ op: Op) {
    let x = f.arg(v, 0)
    let xt = f.values[x].type
    guard let a = f.constant(x) else {
      if (op == .neg || op == .not) && f.values[x].op == op { become(v, f.arg(x, 0)) }
      return
    }
    let u = unsigned(a, xt)
    switch op {
    case .neg: become(v, constant: 0 &- a)
    case .not: become(v, constant: ~a)
    case .ctz: become(v, constant: u == 0 ? Int64(xt.bits) : Int64(u.trailingZeroBitCount))
    case .clz: become(v, constant: Int64(u.leadingZeroBitCount - (64 - xt.bits)))
    case .popCount: become(v, constant: Int64(u.nonzeroBitCount))
    case .byteSwap: become(v, constant: Int64(bitPattern: u.byteSwapped >> UInt64(64 - xt.bits)))
    default: break
    }
  }

  private mutating func visitComparison(_ v: ValueID, _ op: Op) {
    let x = f.arg(v, 0)
    let y = f.arg(v, 1)
    let t = f.values[x].type
    if let a = f.constant(x), let b = f.constant(y) {
      return become(v, constant: compare(op, a, b, t) ? 1 : 0)
    }
    if x == y {
      return become(v, constant: op == .eq || op == .leS || op == .leU ? 1 : 0)
    }
    if op == .eq || op == .ne {
      if let equal = compareSymbols(x, y) {
        return become(v, constant: equal == (op == .eq) ? 1 : 0)
      }
      let xNil = f.values[x].op == .constNil
      let yNil = f.values[y].op == .constNil
      if xNil && yNil { return become(v, constant: op == .eq ? 1 : 0) }
      if xNil && isNeverNil(y) || yNil && isNeverNil(x) {
        return become(v, constant: op == .ne ? 1 : 0)
      }
      if f.values[x].op == .constInt {
        f.setArg(v, 0, y)
        f.setArg(v, 1, x)
        changed = true
        return
      }
      if let b = f.constant(y), isBool(x) {
        if b == 1 && op == .eq || b == 0 && op == .ne { return become(v, x) }
        if b == 0 || b == 1, let inverse = invert(f.values[x].op) {
          f.values[v].op = inverse
          f.setArguments(v, [f.arg(x, 0), f.arg(x, 1)])
          changed = true
        }
        return
      }
    }
    if let b = f.constant(y) {
      // Unsigned comparisons with 0 and with the largest value.
      if op == .ltU && b == 0 { become(v, constant: 0) }
      if op == .leU && wrap(b, t) == -1 { become(v, constant: 1) }
    } else if f.constant(x) == 0 && op == .leU {
      become(v, constant: 1)
    }
  }

  /// Whether two words of interfaces are equal, if they are known: addresses of descriptors and itabs are the only
  /// ones that are integers from the start; different ones are never equal, nor 0.
  private func compareSymbols(_ x: ValueID, _ y: ValueID) -> Bool? {
    let a = f.values[x]
    let b = f.values[y]
    if a.type != .i64 { return nil }
    if a.op == .constInt && b.op == .symbolAddress { return a.auxInt == 0 ? false : nil }
    guard a.op == .symbolAddress else { return nil }
    if b.op == .constInt { return b.auxInt == 0 ? false : nil }
    guard b.op == .symbolAddress, a.auxInt == 0, b.auxInt == 0 else { return nil }
    return a.aux == b.aux
  }

  /// The comparison that is true when `op` is false, where it has the same operands.
  private func invert(_ op: Op) -> Op? {
    switch op {
    case .eq: return .ne
    case .ne: return .eq
    case .feq: return .fne
    case .fne: return .feq
    default: return nil
    }
  }

  private mutating func visitExtension(_ v: ValueID, _ op: Op) {
    let x = f.arg(v, 0)
    let from = f.values[x].type
    let t = f.values[v].type
    if from == t { return become(v, x) }
    if let a = f.constant(x) {
      return become(v, constant: op == .zeroExtend ? Int64(bitPattern: unsigned(a, from)) : a)
    }
    let inner = f.values[x].op
    switch op {
    case .truncate:
      guard inner == .signExtend || inner == .zeroExtend || inner == .truncate else { return }
      let w = f.arg(x, 0)
      let wt = f.values[w].type
      if wt == t {
        become(v, w)
      } else if inner == .truncate || wt.bits > t.bits {
        f.setArg(v, 0, w)
        changed = true
      }
    case .zeroExtend, .signExtend:
      if inner == op {
        f.setArg(v, 0, f.arg(x, 0))
        changed = true
      } else if inner == .zeroExtend {
        f.values[v].op = .zeroExtend
        f.setArg(v, 0, f.arg(x, 0))
        changed = true
      }
    default: break
    }
  }

  private mutating func visitSelect(_ v: ValueID) {
    let x = f.arg(v, 1)
    let y = f.arg(v, 2)
    if let c = f.constant(f.arg(v, 0)) { return become(v, c != 0 ? x : y) }
    if x == y { become(v, x) }
  }

  private mutating func visitPtrAdd(_ v: ValueID) {
    let p = f.arg(v, 0)
    guard let c = f.constant(f.arg(v, 1)) else { return }
    if c == 0 { return become(v, p) }
    switch f.values[p].op {
    case .ptrAdd:
      guard let d = f.constant(f.arg(p, 1)) else { return }
      f.setArg(v, 0, f.arg(p, 0))
      f.setArg(v, 1, newConstant(c &+ d, .i64))
      changed = true
    case .slotAddress, .symbolAddress, .incomingAddress:
      let base = f.values[p]
      f.values[v].op = base.op
      f.values[v].aux = base.aux
      f.values[v].auxInt = base.auxInt &+ c
      f.values[v].flags = []
      f.values[v].argCount = 0
      changed = true
    default: break
    }
  }

  /// load(p + c, d) = load(p, c + d): the pointer keeps its base, which must be inside the object.
  private mutating func foldAddress(_ v: ValueID) {
    let p = f.arg(v, 0)
    guard f.values[p].op == .ptrAdd, let c = f.constant(f.arg(p, 1)) else { return }
    if f.values[v].op == .zeroMemory && f.values[v].auxInt != 0 { return }
    let sum = f.values[v].auxInt &+ c
    guard sum >= 0 && sum < 1 << 30 else { return }
    // Beyond the guard page a nil base would not fault: the explicit check stands before the
    // ptrAdd.
    f.values[v].auxInt = sum
    f.setArg(v, 0, f.arg(p, 0))
    changed = true
  }

  private mutating func visitBoundsCheck(_ v: ValueID) {
    guard let a = f.constant(f.arg(v, 0)), let kind = BoundsKind(rawValue: f.values[v].auxInt)
    else { return }
    if a == 0 && isAtMost(kind) {
      remove(v)
      return
    }
    guard let b = f.constant(f.arg(v, 1)) else { return }
    if boundsHold(kind, a, b) { remove(v) }
  }
}

/// Whether the check asks for x <= y, as unsigned numbers.
private func isAtMost(_ kind: BoundsKind) -> Bool {
  kind != .index && kind != .indexU && kind != .sliceConvert
}

/// Whether a bounds check of constants passes.
func boundsHold(_ kind: BoundsKind, _ x: Int64, _ y: Int64) -> Bool {
  let i = UInt64(bitPattern: x)
  let n = UInt64(bitPattern: y)
  switch kind {
  case .index, .indexU: return i < n
  default: return i <= n
  }
}

func compare(_ op: Op, _ a: Int64, _ b: Int64, _ t: ValueType) -> Bool {
  switch op {
  case .eq: return a == b
  case .ne: return a != b
  case .ltS: return a < b
  case .leS: return a <= b
  case .ltU: return unsigned(a, t) < unsigned(b, t)
  default: return unsigned(a, t) <= unsigned(b, t)
  }
}

/// The value of `a op b`, or nil where it is not defined (division by 0). `t` is the type of the
/// result and of the operands; a shift count is an i64.
func foldBinary(_ op: Op, _ a: Int64, _ b: Int64, _ t: ValueType, _ xt: ValueType) -> Int64? {
  let ua = unsigned(a, t)
  let ub = unsigned(b, t)
  let bits = UInt64(t.bits)
  switch op {
  case .add: return a &+ b
  case .sub: return a &- b
  case .mul: return a &* b
  case .and: return a & b
  case .or: return a | b
  case .xor: return a ^ b
  case .andNot: return a & ~b
  case .shl: return UInt64(bitPattern: b) >= bits ? 0 : a << b
  case .shrS: return UInt64(bitPattern: b) >= bits ? (a < 0 ? -1 : 0) : a >> b
  case .shrU: return UInt64(bitPattern: b) >= bits ? 0 : Int64(bitPattern: ua >> UInt64(b))
  case .rotl:
    let n = UInt64(bitPattern: b) % bits
    return n == 0 ? a : Int64(bitPattern: ua << n | ua >> (bits - n))
  case .divS: return b == 0 ? nil : (b == -1 ? 0 &- a : a / b)
  case .remS: return b == 0 ? nil : (b == -1 ? 0 : a % b)
  case .divU: return ub == 0 ? nil : Int64(bitPattern: ua / ub)
  case .remU: return ub == 0 ? nil : Int64(bitPattern: ua % ub)
  case .mulHighS: return t == .i64 ? a.multipliedFullWidth(by: b).high : (a &* b) >> Int64(bits)
  case .mulHighU:
    return t == .i64
      ? Int64(bitPattern: ua.multipliedFullWidth(by: ub).high)
      : Int64(bitPattern: (ua &* ub) >> bits)
  default: return nil
  }
}
