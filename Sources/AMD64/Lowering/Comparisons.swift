import Base
import RegAlloc
import SSA

extension Lowering {
  /// Emits what sets the condition codes for the truth of `value` and returns the condition.
  func condition(_ value: ValueID) -> UInt8 {
    var v = value
    var invert = false
    while true {
      let x = f.values[v]
      if x.op == .copy {
        v = f.arg(v, 0)
        continue
      }
      // not b, spelled b == 0 or b ^ 1.
      if x.op == .eq || x.op == .xor, vregOf[v.index] == 0,
        let c = f.constant(resolve(f.arg(v, 1))), c == (x.op == .eq ? 0 : 1),
        isComparison(f.arg(v, 0))
      {
        invert.toggle()
        v = f.arg(v, 0)
        continue
      }
      break
    }
    let cc = comparison(v)
    return invert ? Lowering.inverted(cc) : cc
  }

  static func inverted(_ cc: UInt8) -> UInt8 { cc ^ 1 }

  private func isComparison(_ v: ValueID) -> Bool {
    switch f.values[v].op {
    case .eq, .ne, .ltS, .leS, .ltU, .leU, .feq, .fne, .flt, .fle: return true
    default: return false
    }
  }

  /// A comparison is repeated where it is used, unless its result is needed as a value in another
  /// block anyway.
  private func comparison(_ v: ValueID) -> UInt8 {
    let x = f.values[v]
    let fuse = x.block == blockID || uses[v.index] == 1
    if !fuse || !isComparison(v) {
      if isFoldable(v, size: 1) {
        begin()
        var i = Instruction(form: .mi, mn: .cmpb)
        let m = address(ofLoad: v)
        memory(&i, m)
        end(i)
        return Condition.ne.rawValue
      }
      let r = register(v)
      begin()
      use(r)
      use(r)
      end(Instruction(form: .uu, mn: .testb))
      return Condition.ne.rawValue
    }
    let a = f.arg(v, 0)
    let b = f.arg(v, 1)
    switch x.op {
    case .eq: return compare(a, b, .e).rawValue
    case .ne: return compare(a, b, .ne).rawValue
    case .ltS: return compare(a, b, .l).rawValue
    case .leS: return compare(a, b, .le).rawValue
    case .ltU: return compare(a, b, .b).rawValue
    case .leU: return compare(a, b, .be).rawValue
    case .feq:
      compareFloats(a, b)
      return FloatCondition.feq
    case .fne:
      compareFloats(a, b)
      return FloatCondition.fne
    case .flt:
      compareFloats(b, a)
      return Condition.a.rawValue
    default:
      compareFloats(b, a)
      return Condition.ae.rawValue
    }
  }

  /// UCOMIS a, b.
  private func compareFloats(_ a: ValueID, _ b: ValueID) {
    let t = f.values[a].type
    let mn: Mnemonic = t == .f32 ? .ucomiss : .ucomisd
    if isFoldable(b, size: t.size) && a != b {
      let m = address(ofLoad: b)
      let r = register(a)
      begin()
      use(r)
      var i = Instruction(form: .um, mn: mn)
      memory(&i, m)
      end(i)
      return
    }
    let r = register(a)
    let s = register(b)
    begin()
    use(r)
    use(s)
    end(Instruction(form: .uu, mn: mn))
  }

  /// Compares integers or pointers; returns the condition for "a `c` b".
  private func compare(_ left: ValueID, _ right: ValueID, _ c: Condition) -> Condition {
    var a = left
    var b = right
    var c = c
    let t = f.values[a].type
    let size = t.size
    if isSmallConstant(resolve(a)) != nil && isSmallConstant(resolve(b)) == nil {
      swap(&a, &b)
      c = c.swapped
    }
    if let n = isSmallConstant(resolve(b)) {
      if n == 0 && (c == .e || c == .ne) && lowerBitTest(a) { return c == .ne ? .b : .ae }
      compareConstant(a, narrow(n, t), size)
      return c
    }
    if isFoldable(b, size: size) && a != b {
      let m = address(ofLoad: b)
      let r = register(a)
      begin()
      use(r)
      var i = Instruction(form: .um, mn: sized(.cmpb, size))
      memory(&i, m)
      end(i)
      return c
    }
    if isFoldable(a, size: size) && a != b {
      let m = address(ofLoad: a)
      let r = register(b)
      begin()
      use(r)
      var i = Instruction(form: .mu, mn: sized(.cmpb, size))
      memory(&i, m)
      end(i)
      return c
    }
    let r = register(a)
    let s = register(b)
    begin()
    use(r)
    use(s)
    end(Instruction(form: .uu, mn: sized(.cmpb, size)))
    return c
  }

  private func compareConstant(_ a: ValueID, _ n: Int64, _ size: Int) {
    if isFoldable(a, size: size) {
      let m = address(ofLoad: a)
      begin()
      var i = Instruction(form: .mi, mn: sized(.cmpb, size))
      i.imm = n
      memory(&i, m)
      end(i)
      return
    }
    if n != 0 {
      let r = register(a)
      begin()
      use(r)
      var i = Instruction(form: .ui, mn: sized(.cmpb, size))
      i.imm = n
      end(i)
      return
    }
    let x = f.values[a]
    let test = sized(.testb, size)
    if x.op == .and && uses[a.index] == 1 && vregOf[a.index] == 0 && x.block == blockID {
      var p = f.arg(a, 0)
      var q = f.arg(a, 1)
      if isSmallConstant(resolve(p)) != nil { swap(&p, &q) }
      if let mask = isSmallConstant(resolve(q)) {
        if isFoldable(p, size: size) {
          let m = address(ofLoad: p)
          begin()
          var i = Instruction(form: .mi, mn: test)
          i.imm = narrow(mask, x.type)
          memory(&i, m)
          end(i)
          return
        }
        let r = register(p)
        begin()
        use(r)
        var i = Instruction(form: .ui, mn: test)
        i.imm = narrow(mask, x.type)
        end(i)
        return
      }
      let r = register(p)
      let s = register(q)
      begin()
      use(r)
      use(s)
      end(Instruction(form: .uu, mn: test))
      return
    }
    let r = register(a)
    begin()
    use(r)
    use(r)
    end(Instruction(form: .uu, mn: test))
  }

  /// A comparison whose result is wanted as a value.
  func lowerComparison(_ v: ValueID) {
    let d = register(v)
    // The value itself is wanted here: `comparison` must not ask for its register.
    let cc = comparisonHere(v)
    if cc >= 16 {
      let t = temp()
      begin()
      early(d)
      scratch(t)
      var i = Instruction(form: .setccFloat)
      i.cc = cc
      end(i, flags: .readsFlags)
      return
    }
    begin()
    def(d)
    var i = Instruction(form: .setcc)
    i.cc = cc
    end(i, flags: .readsFlags)
  }

  private func comparisonHere(_ v: ValueID) -> UInt8 { comparison(v) }

  func lowerSelect(_ v: ValueID, _ x: Value) {
    let d = register(v)
    let yes = register(f.arg(v, 1))
    let no = register(f.arg(v, 2))
    let cc = condition(f.arg(v, 0))
    let form: Form = x.type.isFloat ? .cmovFloat : .cmov
    func pick(_ d: VReg, _ a: VReg, _ other: VReg, _ cc: UInt8) {
      begin()
      def(d, reuse: 1)
      use(a)
      use(other)
      var i = Instruction(form: form)
      i.size = x.type.size == 8 ? 8 : 4
      i.cc = cc
      end(i, flags: .readsFlags)
    }
    if cc < 16 {
      pick(d, no, yes, cc)
      return
    }
    // Equal means E and not P: two steps, each taking the value for "not equal".
    let t = temp(bank(x.type))
    if x.type == .ptr { code.vregs[Int(t)].isPointer = true }
    let equal = cc == FloatCondition.feq ? yes : no
    let unequal = cc == FloatCondition.feq ? no : yes
    pick(t, equal, unequal, Condition.ne.rawValue)
    pick(d, t, unequal, Condition.p.rawValue)
  }

  // MARK: Bounds and nil

  /// Bits of `Instruction.detail` for boundsCheck.
  enum Bounds {
    static let xConstant: UInt8 = 1
    static let yConstant: UInt8 = 2
    static let yMemory: UInt8 = 4
  }

  func lowerBoundsCheck(_ v: ValueID, _ x: Value) {
    guard let kind = BoundsKind(rawValue: x.auxInt) else {
      internalError("amd64 lowering", "bounds kind \(x.auxInt) in \(f.name) \(v)")
    }
    hasCalls = true
    outgoingSize = max(outgoingSize, 16)
    let a = resolve(f.arg(v, 0))
    let b = f.arg(v, 1)
    var i = Instruction(form: .boundsCheck)
    i.extra = UInt32(x.auxInt)
    // Failing condition of "CMP x, y".
    switch kind {
    case .index, .indexU: i.cc = Condition.ae.rawValue
    default: i.cc = Condition.a.rawValue
    }
    if let n = isSmallConstant(a) {
      i.detail = Bounds.xConstant
      i.imm = n
      if isFoldable(b, size: 8) {
        i.detail |= Bounds.yMemory
        let m = address(ofLoad: b)
        begin()
        memory(&i, m)
        end(i)
        return
      }
      let r = register(b)
      begin()
      use(r)
      end(i)
      return
    }
    let r = register(a)
    if let n = isSmallConstant(resolve(b)) {
      i.detail = Bounds.yConstant
      i.imm = n
      begin()
      use(r)
      end(i)
      return
    }
    if isFoldable(b, size: 8) {
      i.detail = Bounds.yMemory
      let m = address(ofLoad: b)
      begin()
      use(r)
      memory(&i, m)
      end(i)
      return
    }
    let s = register(b)
    begin()
    use(r)
    use(s)
    end(i)
  }

  /// The instruction with this serial number stands for the check that is being lowered: a panic there is the
  /// check's, wherever the access comes from.
  private func placeCheck(_ serial: UInt32) {
    checksNil[Int(serial)] = true
    var i = instructions.count - 1
    // Lowered from the end of the block: it is among the last ones, and serial numbers fall from group to group.
    while i >= 0 && i >= Int(code.blocks[Int(block)].first) {
      if instructions[i].serial == serial {
        instructions[i].pos = pos
        instructions[i].inlineNode = inlineNode
        return
      }
      i -= 1
    }
  }

  func lowerNilCheck(_ v: ValueID) {
    let p = resolve(f.arg(v, 0))
    switch f.values[p].op {
    case .slotAddress, .symbolAddress, .incomingAddress: return
    default: break
    }
    if dereferenced[p.index] == epoch {
      placeCheck(UInt32(dereferencer[p.index]))
      return
    }
    noteDereference(p)
    checksNil[Int(dereferencer[p.index])] = true
    let r = register(p)
    begin()
    var i = Instruction(form: .mu, mn: .testb)
    i.detail = 1
    memory(&i, Address(mode: .base, base: r))
    end(i)
  }
}
