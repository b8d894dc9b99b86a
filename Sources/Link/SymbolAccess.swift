import Base
import Object

// Reads of single fields of definitions, so that a read does not copy (and count references of)
// the whole record.
extension SymbolTable {
  func kind(of s: SymbolID) -> SymbolKind { definitions[s]?.kind ?? .undefined }
  func flags(of s: SymbolID) -> SymbolFlags { definitions[s]?.flags ?? [] }
  func size(of s: SymbolID) -> Int { definitions[s]?.size ?? 0 }
  func relocs(of s: SymbolID) -> [Reloc] { definitions[s]?.relocs ?? [] }
  func bytes(of s: SymbolID) -> [UInt8] { definitions[s]?.bytes ?? [] }
  func function(of s: SymbolID) -> FunctionInfo? { definitions[s]?.function ?? nil }
  func functionPos(of s: SymbolID) -> Pos { definitions[s]?.function?.pos ?? .none }

  /// The alignment that the contents ask for. Where they leave it open: entries of functions at
  /// 8 bytes (16 would cost two percent of the text for gaps), descriptors and itabs
  /// at 8, data at the largest power of two up to 32 that its size fills, as gc's assembler
  /// sources expect of their vector constants.
  func alignment(of s: SymbolID) -> Int {
    let given = Int(definitions[s]?.alignment ?? 0)
    switch kind(of: s) {
    case .text: return max(given, 8)
    case .typedata, .itab: return given == 0 ? 8 : given
    default:
      if given != 0 { return given }
      let size = self.size(of: s)
      var a = 32
      while a > 1 && a > size { a >>= 1 }
      return a
    }
  }

  /// Whether the link name begins with `prefix`.
  func nameHasPrefix(_ s: SymbolID, _ prefix: StaticString) -> Bool {
    names.withBytes(symbolNames[s]) { bytes -> Bool in
      prefix.withUTF8Buffer { p -> Bool in
        if bytes.count < p.count { return false }
        for i in 0..<p.count where bytes[i] != p[i] { return false }
        return true
      }
    }
  }
}

/// The least multiple of `alignment` (a power of two) that is not below `value`.
func align(_ value: Int, _ alignment: Int) -> Int { (value + alignment - 1) & ~(alignment - 1) }
