import Base
import Object

/// Machine code of one function under construction: bytes, relocations, labels.
///
/// Instructions are appended by the functions of `CodeBuffer+Emit.swift`. Branches to labels are
/// kept as two-byte placeholders until `finish`, which gives each the shortest form that reaches
/// (rel8 or rel32): all start short and grow until every displacement fits, so the result is the
/// smallest and depends on nothing but the code. Until then `offset` counts placeholder bytes;
/// everything recorded by offset (line tables, stack maps) is moved by `AssembledCode.adjust`.
public struct CodeBuffer: Sendable {
  /// Code so far, placeholders included.
  public internal(set) var bytes: [UInt8] = []
  /// Relocations, at offsets that count placeholders.
  public internal(set) var relocs: [Reloc] = []
  /// Index: Label. Offset of each bound label, or UInt32.max.
  var labelOffsets: [UInt32] = [UInt32.max]
  /// Index: Label. Number of `spans` before each bound label.
  var labelSpans: [UInt32] = [0]
  /// Pieces whose size is not known yet, in order of offset.
  var spans: [Span] = []
  /// 32-bit places that take the distance to a label.
  var labelRefs: [LabelRef] = []
  let table: EncodingTable

  /// A branch or an alignment. A branch holds two bytes of `bytes`, an alignment one.
  struct Span: Sendable {
    var offset: UInt32
    /// 0 for an alignment; otherwise the opcode of the branch's short form.
    var opcode: UInt8
    /// The branch's label, or the alignment in bytes.
    var operand: UInt32
    /// Bytes finally taken.
    var size: UInt32
    var placeholder: UInt32 { opcode == 0 ? 1 : 2 }
  }

  struct LabelRef: Sendable {
    var place: UInt32
    /// End of the instruction, from which the distance counts; equals `place` for a table entry
    /// relative to `base`.
    var end: UInt32
    var label: Label
    var addend: Int32
  }

  public init() { table = EncodingTable.shared }

  /// Empties the buffer for the next function, keeping its storage.
  public mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    relocs.removeAll(keepingCapacity: true)
    labelOffsets.removeAll(keepingCapacity: true)
    labelOffsets.append(UInt32.max)
    labelSpans.removeAll(keepingCapacity: true)
    labelSpans.append(0)
    spans.removeAll(keepingCapacity: true)
    labelRefs.removeAll(keepingCapacity: true)
  }

  /// Offset of the next byte, counting placeholders; see `AssembledCode.adjust`.
  public var offset: UInt32 { UInt32(truncatingIfNeeded: bytes.count) }

  // MARK: labels

  /// A new label, not bound yet.
  public mutating func newLabel() -> Label {
    labelOffsets.append(UInt32.max)
    labelSpans.append(0)
    return Label(raw: UInt32(labelOffsets.count - 1))
  }

  /// Binds `label` to the current offset. Each label is bound once.
  public mutating func bind(_ label: Label) {
    let i = Int(label.raw)
    assert(labelOffsets[i] == UInt32.max, "label bound twice")
    labelOffsets[i] = offset
    labelSpans[i] = UInt32(spans.count)
  }

  public func isBound(_ label: Label) -> Bool { labelOffsets[Int(label.raw)] != UInt32.max }

  // MARK: branches, calls, alignment

  /// A jump to a label, short or near as the distance requires.
  public mutating func jmp(_ label: Label) { branch(0xEB, label) }
  public mutating func jcc(_ c: Condition, _ label: Label) { branch(0x70 + c.rawValue, label) }
  /// JRCXZ: exists only with an 8-bit displacement.
  public mutating func jrcxz(_ label: Label) { branch(0xE3, label) }
  /// LOOP: exists only with an 8-bit displacement.
  public mutating func loop(_ label: Label) { branch(0xE2, label) }

  private mutating func branch(_ opcode: UInt8, _ label: Label) {
    spans.append(Span(offset: offset, opcode: opcode, operand: label.raw, size: 2))
    bytes.append(opcode)
    bytes.append(0)
  }

  /// A direct call, or a tail jump or conditional jump to another function.
  public mutating func call(_ target: SymbolID, addend: Int32 = 0, kind: RelocKind = .call32) {
    bytes.append(0xE8)
    near(target, addend, kind)
  }
  public mutating func jmp(_ target: SymbolID, addend: Int32 = 0) {
    bytes.append(0xE9)
    near(target, addend)
  }
  public mutating func jcc(_ c: Condition, _ target: SymbolID, addend: Int32 = 0) {
    bytes.append(0x0F)
    bytes.append(0x80 + c.rawValue)
    near(target, addend)
  }

  /// `movl $target+addend, r`: all addresses are below 2 GB, so this is LEA in two bytes less.
  public mutating func loadAddress(_ r: Reg, _ target: SymbolID, addend: Int32) {
    if r.number >= 8 { bytes.append(0x41) }
    bytes.append(0xB8 + (r.number & 7))
    relocs.append(Reloc(offset: offset, kind: .abs32, target: target, addend: Int64(addend)))
    put32(0)
  }

  private mutating func near(_ target: SymbolID, _ addend: Int32, _ kind: RelocKind = .call32) {
    relocs.append(
      Reloc(offset: offset, kind: kind, target: target, addend: Int64(addend) - 4))
    put32(0)
  }

  /// A call of a place in the same function.
  public mutating func call(_ label: Label) {
    bytes.append(0xE8)
    labelRefs.append(LabelRef(place: offset, end: offset + 4, label: label, addend: 0))
    put32(0)
  }

  /// Fills with multi-byte NOPs up to a multiple of `alignment` (a power of two, at most 128).
  public mutating func align(_ alignment: Int) {
    spans.append(Span(offset: offset, opcode: 0, operand: UInt32(alignment), size: 0))
    bytes.append(0x90)
  }

  // MARK: raw bytes

  public mutating func put8(_ v: UInt8) { bytes.append(v) }

  mutating func put16(_ v: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: v))
    bytes.append(UInt8(truncatingIfNeeded: v >> 8))
  }

  public mutating func put32(_ v: UInt32) {
    bytes.append(UInt8(truncatingIfNeeded: v))
    bytes.append(UInt8(truncatingIfNeeded: v >> 8))
    bytes.append(UInt8(truncatingIfNeeded: v >> 16))
    bytes.append(UInt8(truncatingIfNeeded: v >> 24))
  }

  public mutating func put64(_ v: UInt64) {
    put32(UInt32(truncatingIfNeeded: v))
    put32(UInt32(truncatingIfNeeded: v >> 32))
  }

  /// Eight bytes or four bytes of data in the code, relocated.
  public mutating func addReloc(_ kind: RelocKind, _ target: SymbolID, addend: Int64 = 0) {
    relocs.append(Reloc(offset: offset, kind: kind, target: target, addend: addend))
  }

  /// Appends `count` bytes of the recommended multi-byte NOPs (SDM vol. 2, NOP, table 4-12).
  static func appendNops(_ count: Int, to out: inout [UInt8]) {
    var left = count
    while left > 0 {
      let n = min(left, 9)
      switch n {
      case 1: out += [0x90]
      case 2: out += [0x66, 0x90]
      case 3: out += [0x0F, 0x1F, 0x00]
      case 4: out += [0x0F, 0x1F, 0x40, 0x00]
      case 5: out += [0x0F, 0x1F, 0x44, 0x00, 0x00]
      case 6: out += [0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00]
      case 7: out += [0x0F, 0x1F, 0x80, 0x00, 0x00, 0x00, 0x00]
      case 8: out += [0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00]
      default: out += [0x66, 0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00]
      }
      left -= n
    }
  }
}
