import ABI
import Base
import Object

/// A data symbol under construction: bytes with relocations.
struct DataWriter {
  var out = ByteWriter()
  var relocs: [Reloc] = []

  var count: Int { out.count }

  mutating func reloc(_ kind: RelocKind, _ s: SymbolID, _ addend: Int64 = 0, at offset: Int? = nil)
  {
    relocs.append(Reloc(offset: UInt32(offset ?? out.count), kind: kind, target: s, addend: addend))
  }

  /// An 8-byte address; 0 for symbol none.
  mutating func address(_ s: SymbolID, _ addend: Int64 = 0) {
    if s.isSome { reloc(.abs64, s, addend) }
    out.u64(0)
  }

  /// A 4-byte offset from the start of the types section; 0 for symbol none.
  mutating func typeOffset(_ s: SymbolID, weak: Bool = false) {
    if s.isSome { reloc(weak ? .weakTypeOff32 : .typeOff32, s) }
    out.u32(0)
  }

  /// Marks something for the linker's reachability without filling anything.
  mutating func mark(_ kind: RelocKind, _ s: SymbolID, _ addend: Int64 = 0) {
    relocs.append(Reloc(offset: 0, kind: kind, target: s, addend: addend))
  }

  func definition(
    _ kind: SymbolKind, flags: SymbolFlags = [.dupOK], alignment: UInt32 = 8
  ) -> SymbolDefinition {
    SymbolDefinition(
      kind: kind, flags: flags, alignment: alignment, bytes: out.bytes, relocs: relocs)
  }
}
