import RegAlloc
import SSA

/// Tests and changes of one bit whose number is a variable: BT, BTS, BTR and BTC with a register
/// take the number modulo the width, need no RCX and no mask.
extension Lowering {
  /// The bit's number if `v` is 1 << number, within the width, and nothing that has been lowered
  /// wants `v` itself.
  private func singleBit(_ value: ValueID) -> ValueID? {
    let v = resolve(value)
    let x = f.values[v]
    guard x.op == .shl, x.type.size >= 4, x.flags.contains(.bounded), vregOf[v.index] == 0,
      f.constant(resolve(f.arg(v, 0))) == 1, f.constant(resolve(f.arg(v, 1))) == nil
    else { return nil }
    return unmasked(f.arg(v, 1), bits: x.type.bits)
  }

  /// `count` without a mask that the instruction applies anyway.
  private func unmasked(_ count: ValueID, bits: Int) -> ValueID {
    let n = resolve(count)
    if f.values[n].op == .and, vregOf[n.index] == 0,
      f.constant(resolve(f.arg(n, 1))) == Int64(bits - 1)
    {
      return f.arg(n, 0)
    }
    return n
  }

  /// Sets the carry flag to the bit that `v` tests: x & (1 << n), or x >> n & 1.
  func lowerBitTest(_ v: ValueID) -> Bool {
    let x = f.values[v]
    guard x.op == .and, x.type.size >= 4, uses[v.index] == 1, vregOf[v.index] == 0,
      x.block == blockID
    else { return false }
    for i in 0..<2 {
      let bit = f.arg(v, i)
      let other = f.arg(v, 1 - i)
      if let n = singleBit(bit) {
        testBit(other, n, x.type)
        return true
      }
      let s = resolve(other)
      let y = f.values[s]
      if f.constant(resolve(bit)) == 1, y.op == .shrU, y.type == x.type, y.flags.contains(.bounded),
        vregOf[s.index] == 0, uses[s.index] == 1, f.constant(resolve(f.arg(s, 1))) == nil
      {
        testBit(f.arg(s, 0), unmasked(f.arg(s, 1), bits: y.type.bits), x.type)
        return true
      }
    }
    return false
  }

  private func testBit(_ x: ValueID, _ n: ValueID, _ t: ValueType) {
    let r = register(x)
    let s = register(n)
    begin()
    use(r)
    use(s)
    end(Instruction(form: .uu, mn: t.size == 8 ? .btq : .btl))
  }

  /// `v` = `other` with the bit that `bit` is set, cleared or flipped.
  func lowerBitChange(
    _ v: ValueID, _ x: Value, _ other: ValueID, _ bit: ValueID, _ long: Mnemonic, _ quad: Mnemonic
  ) -> Bool {
    guard x.type.size >= 4, let n = singleBit(bit) else { return false }
    binary(x.type.size == 8 ? quad : long, register(v), register(other), register(n))
    return true
  }
}
