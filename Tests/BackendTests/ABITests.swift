import SSA

/// Assignments as the reference compiler prints them for the same types (its `abi` tests).
func abiTests() {
  func scalar(_ t: ValueType) -> ABIOperand { ABIOperand(t) }
  func structure(_ size: Int, _ align: Int, _ parts: [(ValueType, Int)]) -> ABIOperand {
    ABIOperand(
      size: size, alignment: align,
      components: parts.map { ABIOperand.Component(type: $0.0, offset: Int32($0.1)) })
  }
  func text(_ r: ABIAssigner.Result) -> String {
    let spill = r.signature.stackSize
    func list(_ places: [ABIPlacement], _ slots: [ABISlot]) -> String {
      places.map { (p: ABIPlacement) -> String in
        if p.kind != .registers { return "@\(p.offset)" }
        let names = slots[p.firstSlot..<p.firstSlot + p.slotCount].map { (s: ABISlot) -> String in
          (s.type.isFloat ? "F" : "I") + "\(s.register)"
        }
        // The reference counts spill offsets from the start of the spill space.
        return names.joined(separator: " ") + ":\(p.offset < 0 ? -1 : p.offset - spill)"
      }.joined(separator: ", ")
    }
    let s = r.signature
    return list(r.params, s.params) + " / " + list(r.results, s.results)
      + " / \(s.stackSize) \(s.totalSize - s.stackSize)"
  }
  func check(_ params: [ABIOperand], _ results: [ABIOperand], _ want: String) {
    let got = text(ABIAssigner.assign(params: params, results: results))
    expect(got == want, "abi: \(got)\n  want \(want)")
  }
  let c128 = structure(16, 8, [(.f64, 0), (.f64, 8)])
  let c64 = structure(8, 4, [(.f32, 0), (.f32, 4)])
  let ints: [ABIOperand] = [scalar(.i8), scalar(.i16), scalar(.i32), scalar(.i64)]
  let floats: [ABIOperand] = [scalar(.f32), scalar(.f32), scalar(.f64), scalar(.f64)]
  check(
    ints + floats + ints + floats + [c128, c128, c128, c128, c64] + ints + ints,
    [scalar(.i32), scalar(.f64), scalar(.f64)],
    "I0:0, I1:2, I2:4, I3:8, F0:16, F1:20, F2:24, F3:32, I4:40, I5:42, I6:44, I7:48, "
      + "F4:56, F5:60, F6:64, F7:72, F8 F9:80, F10 F11:96, F12 F13:112, @0, @16, I8:128, "
      + "@24, @28, @32, @40, @42, @44, @48 / I0:-1, F0:-1, F1:-1 / 56 136")
  let empty = ABIOperand(size: 0, alignment: 4, components: [])
  let one = structure(4, 4, [(.i32, 0)])
  let two = ABIOperand(size: 8, alignment: 4, components: [], hasArray: true)
  check(
    [one, empty, one, two], [two, one, empty, one],
    "I0:0, @0, I1:4, @0 / @8, I0:-1, @16, I1:-1 / 16 8")
  let s = structure(6, 2, [(.i8, 0), (.i8, 1), (.i8, 2), (.i16, 4)])
  check(
    [scalar(.i8), s, scalar(.i64)], [s, scalar(.i8), scalar(.i32)],
    "I0:0, I1 I2 I3 I4:2, I5:8 / I0 I1 I2 I3:-1, I4:-1, I5:-1 / 0 16")
  let t = structure(16, 8, [(.i64, 0)])
  let fs = structure(32, 8, [(.f64, 0), (.i64, 8)])
  check([t, t, fs], [fs, fs], "I0:0, I1:16, F0 I2:32 / F0 I0:-1, F1 I1:-1 / 0 64")
  let stacked = ABIAssigner.assign(
    params: [scalar(.ptr)], results: [scalar(.ptr)], convention: .abi0
  ).signature
  expect(
    stacked.resultOffset == 8 && stacked.stackSize == 16 && stacked.argPointers == [3],
    "abi0: \(stacked)")
}
