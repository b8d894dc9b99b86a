import Base

/// The allocation as text: each instruction with its operands, their places and the edits before it.
///
/// - Parameter describe: the target's name of instruction i.
public func dumpAllocation(
  _ code: MachineCode, _ result: RegisterAllocator, describe: (Int) -> String
) -> String {
  func place(_ l: RegisterOrSlot) -> String {
    if l < 0 { return "-" }
    if l < 16 { return "r\(l)" }
    return l < firstSlotLocation ? "x\(l - 16)" : "slot\(l - firstSlotLocation)"
  }
  func text(_ e: Edit) -> String {
    switch e.kind {
    case .move: return "move \(place(e.to)) <- \(place(e.from)) (v\(e.vreg)) phase \(e.phase)"
    case .remat: return "remat \(place(e.to)) (v\(e.vreg))"
    case .swap: return "swap \(place(e.from)) \(place(e.to))"
    case .restoreScratch: return "restore scratch"
    }
  }
  var out = ""
  for b in code.blocks.indices {
    let blk = code.blocks[b]
    out += "block \(b) depth \(blk.loopDepth)\(blk.isCold ? " cold" : "") preds"
    for k in 0..<Int(blk.predCount) { out += " \(code.pred(b, k))" }
    out += " succs"
    for k in 0..<Int(blk.succCount) { out += " \(code.succ(b, k))" }
    out += " start"
    for e in result.startState[b] {
      let s = result.statePool[Int(e)]
      out += " \(place(RegisterOrSlot(s.register))):v\(s.vreg)"
    }
    out += "\n"
    for p in Int(blk.phiStart)..<Int(blk.phiStart) + Int(blk.phiCount) {
      let phi = code.phis[p]
      let args = (0..<Int(blk.predCount)).map { "v\(code.phiArgs[Int(phi.argStart) + $0])" }
      out += "  phi v\(phi.vreg) \(args.joined(separator: " "))\n"
    }
    for i in Int(blk.first)..<Int(blk.end) {
      for e in result.edits where Int(e.instruction) == i { out += "      \(text(e))\n" }
      var line = "  \(i) \(describe(i))"
      for k in code.operandRange(i) {
        let o = code.operands[k]
        line += " \(o.kind):v\(o.vreg)"
        if o.fixed != Operand.noRegister { line += "!r\(o.fixed)" }
        if o.reuse != Operand.noReuse { line += o.soft ? "~\(o.reuse)" : "=\(o.reuse)" }
        line += "@\(place(result.locations[k]))"
      }
      out += line + "\n"
    }
    for e in result.edgeEdits where Int(e.from) == b {
      out += "  edge \(e.edge):\n"
      for x in e.edits { out += "      \(text(x))\n" }
    }
  }
  return out
}
