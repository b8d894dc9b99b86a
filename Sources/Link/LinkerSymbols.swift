import ABI
import Base
import Object

/// Addresses that the linker itself knows: bounds of sections and starts of tables. A program may
/// refer to them by these link names (gc's; GOROOT's runtime declares some) without defining them.
public enum Boundary: String, CaseIterable, Sendable {
  case text, etext, rodata, erodata, types, etypes
  case noptrdata, enoptrdata, data, edata, bss, ebss, noptrbss, enoptrbss
  case covctrs, ecovctrs, end, gcdata, egcdata, gcbss, egcbss
  case pclntab, epclntab, pcheader, funcnametab, cutab, filetab, pctab, functab, findfunctab
  /// Base of the function data, `moduledata.gofunc`.
  case gofunc

  public var linkName: String { self == .gofunc ? "go:func.*" : "runtime." + rawValue }
}

/// The symbols that the linker defines or whose contents it makes.
struct LinkerSymbols: Sendable {
  /// Boundaries that the program refers to, without defining a symbol of that name.
  private(set) var boundaries: [(Boundary, SymbolID)] = []
  /// Boundaries whose names the program uses for something of its own.
  private(set) var taken: [Boundary] = []
  private(set) var moduleData: SymbolID = .none
  private var isBoundary: BitSet

  /// Looks the names up and gives `runtime.firstmoduledata` and `lastmoduledatap` their form:
  /// data without pointers, as the collector must not follow them.
  init(_ table: inout SymbolTable) {
    isBoundary = BitSet(capacity: table.count)
    for b in Boundary.allCases {
      guard let s = table.find(b.linkName) else { continue }
      if table.isDefined(s) {
        taken.append(b)
      } else {
        boundaries.append((b, s))
        isBoundary.insert(s.index)
      }
    }
    guard let first = table.find("runtime.firstmoduledata"), table.isDefined(first) else { return }
    let size = ABI.FunctionTable.moduleDataSize
    if table.size(of: first) != size {
      internalError("link", "runtime.moduledata has \(table.size(of: first)) bytes, not \(size)")
    }
    moduleData = first
    table.definitions[first] = SymbolDefinition(
      kind: .noptrdata, flags: table.flags(of: first), alignment: 32, size: size)
    guard let last = table.find("runtime.lastmoduledatap"), table.isDefined(last) else { return }
    table.definitions[last] = SymbolDefinition(
      kind: .noptrdata, flags: table.flags(of: last), alignment: 8, size: 8,
      relocs: [Reloc(offset: 0, kind: .abs64, target: first)])
  }

  func isDefinedByLinker(_ s: SymbolID) -> Bool { isBoundary.contains(s.index) }
}

/// Gives variables of type string the values of `-X` and of the build information. Names that the
/// program does not have are ignored, as gc does.
func defineStringVariables(_ table: inout SymbolTable, _ options: LinkOptions) {
  var values: [(name: String, value: [UInt8])] = []
  for v in options.stringVariables { values.append((name: v.name, value: Array(v.value.utf8))) }
  if let info = options.buildInfo {
    values.append((name: "runtime.buildVersion", value: Array(info.goVersion.utf8)))
    values.append((name: "runtime.modinfo", value: info.framedBytes))
  }
  for v in values {
    guard let s = table.find(v.name), table.isDefined(s), table.size(of: s) == 16 else { continue }
    switch table.kind(of: s) {
    case .data, .bss: break
    default: continue
    }
    let text = table.anonymous("go:string.-X." + v.name)
    table.define(text, SymbolDefinition(kind: .rodata, alignment: 1, bytes: v.value))
    var header = ByteWriter(reserving: 16)
    header.u64(0)
    header.u64(UInt64(v.value.count))
    table.definitions[s] = SymbolDefinition(
      kind: .data, flags: table.flags(of: s), alignment: 8, bytes: header.bytes,
      relocs: v.value.isEmpty ? [] : [Reloc(offset: 0, kind: .abs64, target: text)],
      pointerMask: [1])
  }
}
