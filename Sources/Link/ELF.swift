import ABI
import Base
import Object

// The ELF side of the file (System V gABI and psABI for amd64): header, three program headers
// (two PT_LOAD, one PT_GNU_STACK), section headers and symbol table. The latter two are for
// tools; nothing reads them at run time.

private enum ELF {
  static let headerSize = 64
  static let programHeaderSize = 56
  static let sectionHeaderSize = 64
  static let symbolSize = 24

  static let typeProgbits: UInt32 = 1
  static let typeSymtab: UInt32 = 2
  static let typeStrtab: UInt32 = 3
  static let typeNote: UInt32 = 7
  static let typeNobits: UInt32 = 8
  static let flagWrite: UInt64 = 1
  static let flagAlloc: UInt64 = 2
  static let flagExec: UInt64 = 4
}

/// `.symtab` and `.strtab`.
struct ELFSymbols: Sendable {
  private(set) var symbols = ByteWriter(reserving: 1 << 16)
  private(set) var strings = ByteWriter(reserving: 1 << 16)
  /// Number of local symbols, which come first.
  private(set) var localCount = 1

  private enum Kind: UInt8 {
    case notype, object, function
  }

  init(_ table: SymbolTable, _ layout: Layout, _ builtin: LinkerSymbols) {
    symbols.zeros(ELF.symbolSize)
    strings.u8(0)
    for isLocal in [true, false] {
      for (k, index) in layout.sectionIndices {
        if k == .types { continue }
        for s in layout.section(k).symbols {
          if table.flags(of: s).contains(.local) != isLocal || isHidden(s, table) { continue }
          add(s, k, index, isLocal, table, layout)
        }
      }
      if isLocal { localCount = symbols.count / ELF.symbolSize }
    }
    let sections = layout.sectionIndices
    for b in Boundary.allCases where !builtin.taken.contains(b) {
      let k = layout.section(of: b)
      // A boundary of a section that is not in the file belongs to none in particular.
      let index = sections.first { $0.kind == k }?.index ?? 0xfff1
      let offset = strings.count
      strings.append(b.linkName)
      strings.u8(0)
      write(offset, info: 0x10, index, layout.boundary(b), size: 0)
    }
  }

  /// Strings and other unnamed constants: many, and of no use to anybody.
  private func isHidden(_ s: SymbolID, _ table: SymbolTable) -> Bool {
    table.nameHasPrefix(s, "go:string.") || table.nameHasPrefix(s, "type:")
      || table.symbolNames[s].isNone
  }

  private mutating func add(
    _ s: SymbolID, _ k: SectionKind, _ index: UInt16, _ isLocal: Bool, _ table: SymbolTable,
    _ layout: Layout
  ) {
    let offset = strings.count
    table.names.withBytes(table.symbolNames[s]) { strings.append($0) }
    if k == .text && table.conventions[s] == .abi0, hasTwin(s, table) { strings.append(".abi0") }
    strings.u8(0)
    let kind: Kind = k == .text ? .function : .object
    let info = kind.rawValue | (isLocal ? 0 : 0x10)
    write(offset, info: info, index, layout.address(s), size: table.size(of: s))
  }

  private func hasTwin(_ s: SymbolID, _ table: SymbolTable) -> Bool {
    guard let twin = table.find(table.name(s), .internal) else { return false }
    return table.isDefined(twin)
  }

  private mutating func write(
    _ name: Int, info: UInt8, _ index: UInt16, _ address: Int, size: Int
  ) {
    symbols.u32(UInt32(name))
    symbols.u8(info)
    symbols.u8(0)
    symbols.u16(index)
    symbols.u64(UInt64(address))
    symbols.u64(UInt64(size))
  }
}

extension Layout {
  /// The sections that get a header, with its index, in order of address within segments.
  /// Index 0 is the null section; a build id comes before all others.
  var sectionIndices: [(kind: SectionKind, index: UInt16)] {
    var result: [(kind: SectionKind, index: UInt16)] = []
    var next: UInt16 = buildIDNote.size > 0 ? 2 : 1
    for k in SectionKind.allCases where section(k).size > 0 {
      if k == .hotRodata && section(k).size == buildIDNote.size { continue }
      result.append((k, next))
      next += 1
    }
    return result
  }

  /// The section whose header a boundary symbol names.
  func section(of b: Boundary) -> SectionKind {
    switch b {
    case .text, .etext: .text
    case .rodata, .erodata, .gcdata, .egcdata, .gcbss, .egcbss: .rodata
    case .types, .etypes: .types
    case .noptrdata, .enoptrdata: .noptrdata
    case .data, .edata: .data
    case .bss, .ebss: .bss
    case .noptrbss, .enoptrbss, .covctrs, .ecovctrs, .end: .noptrbss
    case .pclntab, .epclntab, .pcheader, .funcnametab, .cutab, .filetab, .pctab, .functab,
      .findfunctab:
      .pclntab
    case .gofunc: .funcdata
    }
  }

  /// Where the parts of the file that are not loaded begin.
  fileprivate var tailOffset: Int { align(dataFileOffset + dataFileSize, 8) }

  /// Section headers in the file, the null one included.
  fileprivate func headerCount(_ symbols: ELFSymbols?) -> Int {
    let loaded = sectionIndices.count + (buildIDNote.size > 0 ? 1 : 0)
    return 1 + loaded + (symbols == nil ? 1 : 3)
  }

  func fileSize(with symbols: ELFSymbols?) -> Int {
    let tail = FileTail(self, symbols)
    return tail.headers + headerCount(symbols) * ELF.sectionHeaderSize
  }
}

/// Offsets of the parts of the file after the segments.
private struct FileTail {
  var symbols = 0
  var strings = 0
  var names = 0
  var headers = 0

  static let nameBytes = 256

  init(_ layout: Layout, _ table: ELFSymbols?) {
    symbols = layout.tailOffset
    strings = symbols + (table?.symbols.count ?? 0)
    names = strings + (table?.strings.count ?? 0)
    headers = align(names + FileTail.nameBytes, 8)
  }
}

/// Writes all headers and the symbol table.
func writeHeaders(_ image: OutputImage, _ layout: Layout, _ symbols: ELFSymbols?, entry: Int) {
  let tail = FileTail(layout, symbols)
  var names = ByteWriter(reserving: FileTail.nameBytes)
  names.u8(0)
  var headers = ByteWriter(reserving: 32 * ELF.sectionHeaderSize)
  headers.zeros(ELF.sectionHeaderSize)

  func header(
    _ name: StaticString, type: UInt32, flags: UInt64 = 0, address: Int = 0, offset: Int,
    size: Int, link: Int = 0, info: Int = 0, alignment: Int, entrySize: Int = 0
  ) {
    headers.u32(UInt32(names.count))
    names.append(name)
    names.u8(0)
    headers.u32(type)
    headers.u64(flags)
    headers.u64(UInt64(address))
    headers.u64(UInt64(offset))
    headers.u64(UInt64(size))
    headers.u32(UInt32(link))
    headers.u32(UInt32(info))
    headers.u64(UInt64(alignment))
    headers.u64(UInt64(entrySize))
  }

  let note = layout.buildIDNote
  if note.size > 0 {
    header(
      ".note.go.buildid", type: ELF.typeNote, flags: ELF.flagAlloc, address: note.address,
      offset: layout.fileOffset(note.address, isWritable: false), size: note.size, alignment: 4)
  }
  for (k, _) in layout.sectionIndices {
    let s = layout.section(k)
    let skip = k == .hotRodata ? note.size : 0
    var flags = ELF.flagAlloc
    if k == .text { flags |= ELF.flagExec }
    if k.isWritable { flags |= ELF.flagWrite }
    header(
      k.name, type: k.isNoBits ? ELF.typeNobits : ELF.typeProgbits, flags: flags,
      address: s.address + skip,
      offset: layout.fileOffset(s.address + skip, isWritable: k.isWritable),
      size: s.size - skip, alignment: skip > 0 ? 1 : s.alignment)
  }
  let first = layout.headerCount(symbols) - (symbols == nil ? 1 : 3)
  if let t = symbols {
    header(
      ".symtab", type: ELF.typeSymtab, offset: tail.symbols, size: t.symbols.count,
      link: first + 1, info: t.localCount, alignment: 8, entrySize: ELF.symbolSize)
    header(
      ".strtab", type: ELF.typeStrtab, offset: tail.strings, size: t.strings.count, alignment: 1)
    image.write(t.symbols.bytes, at: tail.symbols)
    image.write(t.strings.bytes, at: tail.strings)
  }
  let nameSize = names.count + ".shstrtab".utf8.count + 1
  precondition(nameSize <= FileTail.nameBytes)
  header(".shstrtab", type: ELF.typeStrtab, offset: tail.names, size: nameSize, alignment: 1)
  image.write(names.bytes, at: tail.names)
  image.write(headers.bytes, at: tail.headers)
  image.write(fileHeader(layout, symbols, entry, tail), at: 0)
}

private func fileHeader(
  _ layout: Layout, _ symbols: ELFSymbols?, _ entry: Int, _ tail: FileTail
) -> [UInt8] {
  var w = ByteWriter(reserving: Layout.headerSize)
  // 64-bit, little-endian, version 1, System V.
  w.append([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  w.u16(2)  // executable with fixed addresses
  w.u16(62)  // x86-64
  w.u32(1)
  w.u64(UInt64(entry))
  w.u64(UInt64(ELF.headerSize))
  w.u64(UInt64(tail.headers))
  w.u32(0)
  w.u16(UInt16(ELF.headerSize))
  w.u16(UInt16(ELF.programHeaderSize))
  w.u16(UInt16(layout.dataMemorySize > 0 ? 3 : 2))
  w.u16(UInt16(ELF.sectionHeaderSize))
  let count = layout.headerCount(symbols)
  w.u16(UInt16(count))
  w.u16(UInt16(count - 1))

  func load(_ flags: UInt32, _ offset: Int, _ address: Int, _ fileSize: Int, _ memorySize: Int) {
    w.u32(1)
    w.u32(flags)
    w.u64(UInt64(offset))
    w.u64(UInt64(address))
    w.u64(UInt64(address))
    w.u64(UInt64(fileSize))
    w.u64(UInt64(memorySize))
    w.u64(UInt64(Layout.pageSize))
  }
  func loadData() {
    if layout.dataMemorySize == 0 { return }
    load(
      6, layout.dataFileOffset, layout.dataSegmentStart, layout.dataFileSize, layout.dataMemorySize)
  }
  // In order of address.
  if layout.dataBase < Layout.imageBase { loadData() }
  let textSize = layout.textSegmentEnd - Layout.imageBase
  load(5, 0, Layout.imageBase, textSize, textSize)
  if layout.dataBase > Layout.imageBase { loadData() }
  // Stack: not executable.
  w.u32(0x6474_e551)
  w.u32(6)
  w.zeros(40)
  w.u64(16)
  return w.bytes
}
