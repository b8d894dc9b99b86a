import Object

/// The finished code of a function, and the mapping from the offsets its `CodeBuffer` had.
public struct AssembledCode: Sendable {
  public var bytes: [UInt8] = []
  public var relocs: [Reloc] = []
  /// Largest alignment asked for inside the code, 1 if none.
  public var alignment: UInt32 = 1
  /// Branches that have only an 8-bit form and do not reach (buffer offsets).
  public var unreachable: [UInt32] = []
  /// Index: Label. Final offset of each label; UInt32.max for those never bound.
  public var labelOffsets: [UInt32] = []
  /// Start of each span in the buffer, and what all spans before and including it add.
  var spanOffsets: [UInt32] = []
  var shifts: [Int32] = []

  /// The final offset of what was at `offset` in the buffer.
  public func final(_ offset: UInt32) -> UInt32 {
    var lo = 0
    var hi = spanOffsets.count
    while lo < hi {  // first span at or after `offset`
      let mid = (lo + hi) / 2
      if spanOffsets[mid] < offset { lo = mid + 1 } else { hi = mid }
    }
    return lo == 0 ? offset : UInt32(Int32(offset) + shifts[lo - 1])
  }

  /// Moves the offsets of a table in rising order to their final places.
  public func adjust(_ table: inout PCTable) {
    if spanOffsets.isEmpty { return }
    var s = 0
    for i in table.indices {
      while s < spanOffsets.count && spanOffsets[s] < table[i].pc { s += 1 }
      if s > 0 { table[i].pc = UInt32(Int32(table[i].pc) + shifts[s - 1]) }
    }
  }

  public func label(_ l: Label) -> UInt32 { labelOffsets[Int(l.raw)] }
}

extension CodeBuffer {
  /// Chooses the forms of all branches and produces the code. All labels used must be bound.
  public mutating func finish() -> AssembledCode {
    var code = AssembledCode()
    let shifts = relax(&code)
    var finals = labelOffsets
    for i in finals.indices where finals[i] != UInt32.max {
      let n = Int(labelSpans[i])
      if n > 0 { finals[i] = UInt32(Int32(finals[i]) + shifts[n - 1]) }
    }
    code.labelOffsets = finals
    code.spanOffsets = spans.map { (s: Span) -> UInt32 in s.offset }
    code.shifts = shifts

    code.bytes.reserveCapacity(bytes.count + Int(shifts.last ?? 0))
    var from = 0
    for s in spans {
      code.bytes.append(contentsOf: bytes[from..<Int(s.offset)])
      from = Int(s.offset + s.placeholder)
      if s.opcode == 0 {
        CodeBuffer.appendNops(Int(s.size), to: &code.bytes)
        code.alignment = max(code.alignment, s.operand)
      } else {
        appendBranch(s, finals[Int(s.operand)], &code)
      }
    }
    code.bytes.append(contentsOf: bytes[from...])

    code.relocs = relocs
    var s = 0
    for i in code.relocs.indices {  // relocations rise but for a few: restart when they fall
      let offset = code.relocs[i].offset
      if s > 0 && spans[s - 1].offset >= offset { s = 0 }
      while s < spans.count && spans[s].offset < offset { s += 1 }
      if s > 0 { code.relocs[i].offset = UInt32(Int32(offset) + shifts[s - 1]) }
    }
    for r in labelRefs {
      let place = Int(code.final(r.place))
      let end = Int(code.final(r.end))
      let d = Int32(Int(finals[Int(r.label.raw)]) - end) + r.addend
      let v = UInt32(bitPattern: d)
      for k in 0..<4 { code.bytes[place + k] = UInt8(truncatingIfNeeded: v >> UInt32(8 * k)) }
    }
    return code
  }

  /// Sets the final size of each span; returns the running sums of what they add.
  private mutating func relax(_ code: inout AssembledCode) -> [Int32] {
    var shifts = [Int32](repeating: 0, count: spans.count)
    var changed = true
    while changed {
      changed = false
      var sum: Int32 = 0
      for i in spans.indices {
        if spans[i].opcode == 0 {
          let start = UInt32(Int32(spans[i].offset) + sum)
          let mask = spans[i].operand - 1
          spans[i].size = (spans[i].operand - (start & mask)) & mask
        }
        sum += Int32(spans[i].size) - Int32(spans[i].placeholder)
        shifts[i] = sum
      }
      for i in spans.indices where spans[i].opcode != 0 && spans[i].size == 2 {
        let short =
          Int32(labelFinal(spans[i].operand, shifts)) - Int32(spans[i].offset)
          - shifts[i] - 2
        if short >= -128 && short <= 127 { continue }
        if spans[i].opcode == 0xE3 || spans[i].opcode == 0xE2 { continue }
        spans[i].size = spans[i].opcode == 0xEB ? 5 : 6
        changed = true
      }
    }
    for i in spans.indices where spans[i].opcode == 0xE3 || spans[i].opcode == 0xE2 {
      let d = Int32(labelFinal(spans[i].operand, shifts)) - Int32(spans[i].offset) - shifts[i] - 2
      if d < -128 || d > 127 { code.unreachable.append(spans[i].offset) }
    }
    return shifts
  }

  private func labelFinal(_ label: UInt32, _ shifts: [Int32]) -> UInt32 {
    let offset = labelOffsets[Int(label)]
    assert(offset != UInt32.max, "label never bound")
    let n = Int(labelSpans[Int(label)])
    return n == 0 ? offset : UInt32(Int32(offset) + shifts[n - 1])
  }

  private func appendBranch(_ s: Span, _ target: UInt32, _ code: inout AssembledCode) {
    let d = Int32(target) - Int32(code.bytes.count) - Int32(s.size)
    if s.size == 2 {
      code.bytes.append(s.opcode)
      code.bytes.append(UInt8(truncatingIfNeeded: d))
      return
    }
    if s.opcode == 0xEB {
      code.bytes.append(0xE9)
    } else {
      code.bytes.append(0x0F)
      code.bytes.append(s.opcode + 0x10)
    }
    let v = UInt32(bitPattern: d)
    for k in 0..<4 { code.bytes.append(UInt8(truncatingIfNeeded: v >> UInt32(8 * k))) }
  }
}
