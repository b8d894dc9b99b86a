import ABI
import Base
import Object

// Where everything lies, in memory and in the file.
//
//   0x5f6000  ELF header, program headers, build id, hot read-only data   \
//   0x5f7000  .text: hot functions, then from about 0x600000 the rest      | one segment,
//             .rodata  .go.type  .itablink  .gostackmap  .gopclntab        | read and execute,
//             .go.buildinfo  .imagemask                                    / file offset 0
//             .image: objects of the image, downwards from the data base   \
//   data base .data: hot variables first, then the rest                   | one segment,
//             .noptrdata  .bss  .noptrbss                                  / read and write
//
// Text starts at file offset 4096 and 36 KB before a 2 MB boundary, whatever its size, so that
// what start-up runs is in the first 40 KB of the file and in the last ten pages of a 2 MB
// range (the kernel maps pages around a fault only within it). The data segment has a fixed
// base too: below the text in the same 2 MB range, which saves a page-table page, or at 512 MB
// if it is too large for that. Everything is below 2 GB, so 32-bit absolute addresses are valid.

/// The sections of the file that are loaded, in order of address within their segment.
public enum SectionKind: UInt8, CaseIterable, Sendable {
  case hotRodata, text, rodata, types, itabs, funcdata, pclntab, buildinfo, imageMask
  case image, data, noptrdata, bss, noptrbss

  var isWritable: Bool { self.rawValue >= SectionKind.image.rawValue }
  var isNoBits: Bool { self == .bss || self == .noptrbss }
  var name: StaticString {
    switch self {
    case .hotRodata: ".rodata.hot"
    case .text: ".text"
    case .rodata: ".rodata"
    case .types: ".go.type"
    case .itabs: ".itablink"
    case .funcdata: ".gostackmap"
    case .pclntab: ".gopclntab"
    case .buildinfo: ".go.buildinfo"
    case .imageMask: ".imagemask"
    case .image: ".image"
    case .data: ".data"
    case .noptrdata: ".noptrdata"
    case .bss: ".bss"
    case .noptrbss: ".noptrbss"
    }
  }
}

/// One loaded section.
public struct Section: Sendable {
  public var address = 0
  public var size = 0
  public var alignment = 1
  /// In order of address.
  public var symbols: [SymbolID] = []
}

/// Bytes that the linker made, placed in a section.
struct Blob: Sendable {
  var section: SectionKind
  var address: Int
  var bytes: [UInt8]
}

public struct Layout: Sendable {
  /// Lowest address of a program: its ELF header.
  public static let imageBase = 0x5f_6000
  static let textBase = 0x5f_7000
  /// Bytes of ELF header and three program headers.
  static let headerSize = 64 + 3 * 56
  static let lowDataBase = 0x40_0000
  /// Where data lies that does not fit below: in the middle if there is little text and read-only
  /// data, so that as in gc's programs large variables begin in the lowest 256 MB.
  static let middleDataBase = 0x0800_0000
  static let middleTextLimit = 0x0200_0000
  static let highDataBase = 0x2000_0000
  /// In programs with an image, what it may take below the low data without leaving the 2 MB range.
  /// It may be larger, at the price of a page-table page.
  static let imageRoom = 256 << 10
  static let addressLimit = 0x8000_0000
  /// In programs with an image, a zero variable larger than this stays out of the file, and out of
  /// the image.
  static let largestFrozenBSS = 64 << 10
  /// Zero variables of up to this many bytes are stored in the file, not in a `.bss`, which would
  /// cost a mapping more at start (4 us of hello's 26 over the floor) than it saves in the file.
  static let foldedBSSLimit = 48 << 10
  static let pageSize = 4096

  public private(set) var sections: [Section]
  /// By symbol id; 0 for what is not in the program.
  private(set) var addresses: [UInt32]
  private(set) var blobs: [Blob] = []
  private(set) var boundaries: [Int] = Array(repeating: 0, count: Boundary.allCases.count)
  public private(set) var dataBase = Layout.lowDataBase
  /// `moduledata.typedesclen`: end of the descriptors that reflection looks up by string.
  private(set) var typeLinksSize = 0
  private(set) var moduleData: SymbolID
  /// Pointer words of `.data` and `.bss`: addresses of the bit masks and numbers of bits.
  private(set) var dataMask = (address: 0, bits: 0)
  private(set) var bssMask = (address: 0, bits: 0)
  private(set) var buildIDNote: (address: Int, size: Int) = (0, 0)

  /// Live symbols by kind of contents, in order of id.
  private var members: [[SymbolID]]
  /// By symbol: position in the hot order from 1, or 0.
  private var hotRank: [Int32]
  /// Pages that hold the variables of guarded packages and nothing else.
  public private(set) var guards: [Range<Int>] = []
  private var masks: [[UInt8]] = [[], []]
  private let liveness: Liveness
  private let fips: FIPSModule
  /// Where the FIPS 140 module lies, by `FIPSModule.kinds`.
  private(set) var fipsRanges: [Range<Int>] = Array(repeating: 0..<0, count: 4)

  init(
    _ table: SymbolTable, _ liveness: Liveness, _ builtin: LinkerSymbols, _ fips: FIPSModule,
    _ options: LinkOptions
  ) {
    self.liveness = liveness
    self.fips = fips
    moduleData = liveness.contains(builtin.moduleData) ? builtin.moduleData : .none
    sections = Array(repeating: Section(), count: SectionKind.allCases.count)
    addresses = Array(repeating: 0, count: table.count)
    members = Array(repeating: [], count: Int(SymbolKind.noptrbss.rawValue) + 1)
    hotRank = Array(repeating: 0, count: table.count)
    var flagged: [SymbolID] = []
    for s in table.definitions.ids where liveness.contains(s) {
      members[Int(table.kind(of: s).rawValue)].append(s)
      if table.flags(of: s).contains(.hot) { flagged.append(s) }
    }
    var next: Int32 = 1
    let walk = HotWalk(table, liveness, list: options.hotOrder)
    for s in walk.order + flagged where hotRank[s.index] == 0 && !fips.contains(s) {
      hotRank[s.index] = next
      next += 1
    }
  }

  public func address(_ s: SymbolID) -> Int { Int(addresses[s.index]) }
  public func section(_ k: SectionKind) -> Section { sections[Int(k.rawValue)] }
  func start(_ k: SectionKind) -> Int { section(k).address }
  func end(_ k: SectionKind) -> Int { section(k).address + section(k).size }
  func boundary(_ b: Boundary) -> Int { boundaries[Layout.index(b)] }

  /// End of the read-execute segment, exclusive.
  var textSegmentEnd: Int { section(.imageMask).size > 0 ? end(.imageMask) : end(.buildinfo) }
  /// First address of the data segment: objects of the image come before the data.
  var dataSegmentStart: Int { section(.image).size > 0 ? start(.image) : dataBase }
  /// File offset of the data segment.
  var dataFileOffset: Int { align(textSegmentEnd - Layout.imageBase, Layout.pageSize) }
  var dataFileSize: Int { dataSegmentFileEnd - dataSegmentStart }
  var dataMemorySize: Int { end(.noptrbss) - dataSegmentStart }
  var hasBSS: Bool { section(.bss).size + section(.noptrbss).size > 0 }
  /// The kernel clears the rest of the last page of data if zero variables follow, at the price
  /// of copying that page at exec: so it is padded in the file.
  private var dataSegmentFileEnd: Int {
    hasBSS ? align(end(.noptrdata), Layout.pageSize) : end(.noptrdata)
  }

  /// File offset of an address.
  func fileOffset(_ address: Int, isWritable: Bool) -> Int {
    isWritable ? address - dataSegmentStart + dataFileOffset : address - Layout.imageBase
  }

  /// File offset of any loaded address that has bytes in the file.
  public func fileOffset(of address: Int) -> Int {
    let isData = address >= dataSegmentStart && address < end(.noptrbss)
    return fileOffset(address, isWritable: isData)
  }

  private static func index(_ b: Boundary) -> Int { Boundary.allCases.firstIndex(of: b)! }
  private func live(_ k: SymbolKind) -> [SymbolID] { members[Int(k.rawValue)] }
  private func isHot(_ s: SymbolID) -> Bool { hotRank[s.index] != 0 }

  // MARK: placing

  /// Appends a symbol to a section.
  private mutating func place(_ s: SymbolID, in k: SectionKind, _ table: SymbolTable) {
    let size = table.size(of: s)
    let a = table.alignment(of: s)
    let i = Int(k.rawValue)
    let address = align(sections[i].address + sections[i].size, a)
    addresses[s.index] = UInt32(truncatingIfNeeded: address)
    sections[i].size = address + size - sections[i].address
    sections[i].alignment = max(sections[i].alignment, a)
    sections[i].symbols.append(s)
  }

  private mutating func begin(_ k: SectionKind, at address: Int) {
    sections[Int(k.rawValue)].address = address
  }

  /// Appends bytes of the linker's own; returns their address.
  private mutating func place(_ bytes: [UInt8], in k: SectionKind, alignment: Int) -> Int {
    let i = Int(k.rawValue)
    let address = align(sections[i].address + sections[i].size, alignment)
    sections[i].size = address + bytes.count - sections[i].address
    sections[i].alignment = max(sections[i].alignment, alignment)
    if !bytes.isEmpty { blobs.append(Blob(section: k, address: address, bytes: bytes)) }
    return address
  }

  /// Symbols of most alignment first, otherwise in the order given: few gaps, and what was made
  /// together stays together.
  private func packed(_ list: [SymbolID], _ table: SymbolTable) -> [SymbolID] {
    var buckets: [[SymbolID]] = [[], [], [], [], []]
    for s in list {
      switch table.alignment(of: s) {
      case 1: buckets[4].append(s)
      case 2: buckets[3].append(s)
      case 4: buckets[2].append(s)
      case 8: buckets[1].append(s)
      default: buckets[0].append(s)
      }
    }
    return buckets.flatMap { $0 }
  }

  private func hotSymbols(_ list: [SymbolID]) -> [SymbolID] {
    list.filter { isHot($0) }.sorted { hotRank[$0.index] < hotRank[$1.index] }
  }

  mutating func placeText(_ table: SymbolTable) {
    begin(.text, at: Layout.textBase)
    for s in hotSymbols(live(.text)) { place(s, in: .text, table) }
    for s in live(.text) where !isHot(s) && !fips.contains(s) { place(s, in: .text, table) }
    placeFIPS(live(.text), .text, in: .text, table)
  }

  /// Places writable data, hot variables of all kinds first.
  mutating func placeData(_ table: SymbolTable, _ options: LinkOptions) {
    let writable: [SymbolKind] = [.data, .noptrdata, .bss, .noptrbss]
    var total = 0
    var zeros = 0
    for k in writable {
      for s in live(k) {
        let room = table.size(of: s) + table.alignment(of: s)
        total += room
        if (k == .bss || k == .noptrbss) && !isHot(s) { zeros += room }
      }
    }
    let fold = zeros <= Layout.foldedBSSLimit
    let room = Layout.imageBase - Layout.lowDataBase - 4 * Layout.pageSize
    dataBase = Layout.lowDataBase
    if total >= room {
      let constant = live(.rodata).reduce(end(.text)) { $0 + table.size(of: $1) }
      let isSmall = constant < Layout.middleTextLimit && !options.reservesImage
      dataBase = isSmall ? Layout.middleDataBase : Layout.highDataBase
    }
    if options.reservesImage && dataBase == Layout.lowDataBase {
      dataBase = total < room - Layout.imageRoom ? dataBase + Layout.imageRoom : Layout.highDataBase
    }
    if options.reservesImage && !(fold && options.guarded.isEmpty) {
      return placeFreezableData(table, options)
    }

    begin(.data, at: dataBase)
    for s in hotSymbols(writable.flatMap { live($0) }) {
      if options.hotPageStarts.contains(s) { roundSize(.data, to: Layout.pageSize) }
      place(s, in: .data, table)
    }
    placeCold(fold ? [.data, .bss] : [.data], in: .data, table)
    roundSize(.data)
    begin(.noptrdata, at: align(end(.data), 32))
    placeCold(fold ? [.noptrdata, .noptrbss] : [.noptrdata], in: .noptrdata, table)
    if fold {
      begin(.bss, at: end(.noptrdata))
      begin(.noptrbss, at: end(.noptrdata))
    } else {
      begin(.bss, at: align(end(.noptrdata), Layout.pageSize))
      placeCold([.bss], in: .bss, table)
      roundSize(.bss)
      begin(.noptrbss, at: align(end(.bss), 32))
      placeCold([.noptrbss], in: .noptrbss, table)
    }
    masks = [pointerMask(.data, table), pointerMask(.bss, table)]
  }

  /// Places writable data so that all but large zero variables are in the file. Variables of
  /// guarded packages have pages of their own.
  private mutating func placeFreezableData(_ table: SymbolTable, _ options: LinkOptions) {
    var isGuarded = BitSet(capacity: table.count)
    var isLarge = BitSet(capacity: table.count)
    let kinds: [SymbolKind] = [.data, .noptrdata, .bss, .noptrbss]
    for k in kinds {
      for s in live(k) {
        if !options.guarded.isEmpty && options.guarded.contains(packageOf(table.name(s))) {
          isGuarded.insert(s.index)
        } else if k == .bss || k == .noptrbss, !isHot(s),
          table.size(of: s) > Layout.largestFrozenBSS
        {
          isLarge.insert(s.index)
        }
      }
    }
    func small(_ kinds: [SymbolKind]) -> [SymbolID] {
      kinds.flatMap { live($0) }.filter {
        !isHot($0) && !isLarge.contains($0.index) && !isGuarded.contains($0.index)
          && !fips.contains($0)
      }
    }
    func module(_ kind: SymbolKind) -> [SymbolID] {
      live(kind).filter { !isGuarded.contains($0.index) }
    }
    begin(.data, at: dataBase)
    for s in hotSymbols(kinds.flatMap { live($0) }) where !isGuarded.contains(s.index) {
      place(s, in: .data, table)
    }
    for s in packed(small([.data, .bss]), table) { place(s, in: .data, table) }
    placeFIPS(module(.data), .data, in: .data, table)
    let withPointers = [SymbolKind.data, .bss].flatMap { live($0) }
    placeGuarded(withPointers.filter { isGuarded.contains($0.index) }, in: .data, table)
    roundSize(.data)
    begin(.noptrdata, at: align(end(.data), 32))
    for s in packed(small([.noptrdata, .noptrbss]), table) { place(s, in: .noptrdata, table) }
    placeFIPS(module(.noptrdata), .noptrdata, in: .noptrdata, table)
    let without = [SymbolKind.noptrdata, .noptrbss].flatMap { live($0) }
    placeGuarded(without.filter { isGuarded.contains($0.index) }, in: .noptrdata, table)
    begin(.bss, at: align(end(.noptrdata), Layout.pageSize))
    for s in packed(live(.bss).filter { isLarge.contains($0.index) }, table) {
      place(s, in: .bss, table)
    }
    roundSize(.bss)
    begin(.noptrbss, at: align(end(.bss), 32))
    for s in packed(live(.noptrbss).filter { isLarge.contains($0.index) }, table) {
      place(s, in: .noptrbss, table)
    }
    masks = [pointerMask(.data, table), pointerMask(.bss, table)]
  }

  private mutating func placeGuarded(
    _ list: [SymbolID], in k: SectionKind, _ table: SymbolTable
  ) {
    if list.isEmpty { return }
    let i = Int(k.rawValue)
    sections[i].size = align(end(k), Layout.pageSize) - start(k)
    let first = end(k)
    for s in packed(list, table) { place(s, in: k, table) }
    sections[i].size = align(end(k), Layout.pageSize) - start(k)
    guards.append(first..<end(k))
  }

  // MARK: image

  /// Adds the objects of an image, which begin at `start` and end at the data base, and the mask of
  /// their pointer words; .data's own mask goes on from there.
  mutating func placeImage(start: Int, mask: [UInt8]) {
    begin(.image, at: start)
    sections[Int(SectionKind.image.rawValue)].size = dataBase - start
    sections[Int(SectionKind.image.rawValue)].alignment = Layout.pageSize
    begin(.imageMask, at: align(end(.buildinfo), 8))
    let address = place(mask + masks[0], in: .imageMask, alignment: 8)
    dataMask = (address, (dataBase - start) / 8 + dataMask.bits)
    boundaries[Layout.index(.data)] = start
  }

  /// Makes a section with pointers a whole number of words, as its mask has bits for words.
  private mutating func roundSize(_ k: SectionKind, to unit: Int = 8) {
    sections[Int(k.rawValue)].size = align(section(k).size, unit)
  }

  private mutating func placeCold(
    _ kinds: [SymbolKind], in section: SectionKind, _ table: SymbolTable
  ) {
    let cold = kinds.flatMap { live($0) }.filter { !isHot($0) && !fips.contains($0) }
    for s in packed(cold, table) { place(s, in: section, table) }
    if kinds[0] == .data || kinds[0] == .noptrdata {
      placeFIPS(live(kinds[0]), kinds[0], in: section, table)
    }
  }

  /// Places those of `list` that belong to the FIPS 140 module, whose range of that kind it is.
  private mutating func placeFIPS(
    _ list: [SymbolID], _ kind: SymbolKind, in section: SectionKind, _ table: SymbolTable
  ) {
    if !fips.isPresent { return }
    var range: Range<Int>?
    for s in packed(list.filter { fips.contains($0) }, table) {
      place(s, in: section, table)
      range = (range?.lowerBound ?? address(s))..<end(section)
    }
    fipsRanges[FIPSModule.kinds.firstIndex(of: kind)!] = range ?? end(section)..<end(section)
  }

  /// One bit for each word of a section: set where the word may hold a pointer. Padded to whole
  /// words, since the collector reads it so.
  private func pointerMask(_ k: SectionKind, _ table: SymbolTable) -> [UInt8] {
    let section = self.section(k)
    var words = [UInt64](repeating: 0, count: (section.size / 8 + 63) / 64 + 1)
    for s in section.symbols {
      guard let mask = table.definitions[s]?.pointerMask, !mask.isEmpty else { continue }
      let first = (address(s) - section.address) / 8
      precondition(address(s) % 8 == 0, "variable with pointers is not aligned")
      let shift = UInt64(first % 64)
      for (i, bits) in mask.enumerated() where bits != 0 {
        words[first / 64 + i] |= bits << shift
        if shift != 0 && bits >> (64 - shift) != 0 {
          words[first / 64 + i + 1] |= bits >> (64 - shift)
        }
      }
    }
    var w = ByteWriter(reserving: words.count * 8)
    for word in words { w.u64(word) }
    return w.bytes
  }

  /// Places all read-only data. Text, data and the function tables are known by now.
  mutating func placeReadOnly(
    _ table: SymbolTable, _ functions: FunctionTables, _ options: LinkOptions
  ) {
    begin(.hotRodata, at: Layout.imageBase + Layout.headerSize)
    if !options.buildID.isEmpty {
      let note = Layout.buildIDNote(options.buildID)
      buildIDNote = (place(note, in: .hotRodata, alignment: 4), note.count)
    }
    var cold: [SymbolID] = live(.rodata).filter { !isHot($0) && !fips.contains($0) }
    for s in hotSymbols(live(.rodata)) {
      let end = align(self.end(.hotRodata), table.alignment(of: s)) + table.size(of: s)
      if end <= Layout.textBase { place(s, in: .hotRodata, table) } else { cold.append(s) }
    }

    begin(.rodata, at: align(end(.text), 64))
    for s in packed(cold, table) { place(s, in: .rodata, table) }
    placeFIPS(live(.rodata), .rodata, in: .rodata, table)
    dataMask = (place(masks[0], in: .rodata, alignment: 8), section(.data).size / 8)
    bssMask = (place(masks[1], in: .rodata, alignment: 8), section(.bss).size / 8)

    begin(.types, at: align(end(.rodata), 32))
    placeTypes(table)
    begin(.itabs, at: align(end(.types), 8))
    for s in hotSymbols(live(.itab)) { place(s, in: .itabs, table) }
    for s in live(.itab) where !isHot(s) { place(s, in: .itabs, table) }

    begin(.funcdata, at: align(end(.itabs), 32))
    _ = place(functions.funcdata, in: .funcdata, alignment: 8)
    for s in packed(live(.funcdata), table) { place(s, in: .funcdata, table) }
    begin(.pclntab, at: align(end(.funcdata), 32))
    _ = place(functions.pclntab, in: .pclntab, alignment: 8)
    pclnOffsets = functions.partOffsets

    begin(.buildinfo, at: align(end(.pclntab), 16))
    if let info = options.buildInfo { _ = place(info.section, in: .buildinfo, alignment: 16) }
  }

  /// Descriptors that reflection looks up are sorted by type string and without gaps: the runtime
  /// walks from one to the next (moduleTypelinks of the overlay). They lie behind the cold ones, so
  /// that what start-up reads of them is near the hot descriptors and itabs. The word at offset 0,
  /// which as an offset means "none", says where the first is.
  private mutating func placeTypes(_ table: SymbolTable) {
    var linked: [(string: [UInt8], symbol: SymbolID)] = []
    var rest: [SymbolID] = []
    for s in live(.typedata) {
      if table.flags(of: s).contains(.typelink) {
        linked.append((string: typeString(s, table), symbol: s))
      } else {
        rest.append(s)
      }
    }
    linked.sort { a, b -> Bool in
      if a.string == b.string { return a.symbol < b.symbol }
      return a.string.lexicographicallyPrecedes(b.string)
    }
    let base = place(Array(repeating: 0, count: 8), in: .types, alignment: 8)
    let header = blobs.count - 1
    for s in packed(rest.filter { !isHot($0) }, table) { place(s, in: .types, table) }
    for entry in linked { place(entry.symbol, in: .types, table) }
    typeLinksSize = section(.types).size
    let first = linked.first.map { Int(addresses[$0.symbol.index]) - base } ?? typeLinksSize
    blobs[header].bytes = withUnsafeBytes(of: UInt64(first).littleEndian) { Array($0) }
    // Hot descriptors end the section and hot itabs begin the next: they share a page.
    for s in hotSymbols(rest) { place(s, in: .types, table) }
  }

  /// What `reflect.Type.String` says of a descriptor.
  private func typeString(_ s: SymbolID, _ table: SymbolTable) -> [UInt8] {
    guard let r = target(at: ABI.TypeDescriptor.string, in: table.relocs(of: s)),
      let name = decodeName(table.bytes(of: r.target), at: Int(r.addend))
    else { return [] }
    let flags = table.bytes(of: s)[ABI.TypeDescriptor.tflag]
    let isStarred = flags & ABI.TypeDescriptor.tflagExtraStar != 0
    return isStarred ? Array(name.bytes.dropFirst()) : name.bytes
  }

  /// An ELF note of Go's: owner "Go", type 4.
  private static func buildIDNote(_ id: String) -> [UInt8] {
    var w = ByteWriter(reserving: 64)
    w.u32(4)
    w.u32(UInt32(id.utf8.count))
    w.u32(4)
    w.append("Go")
    w.u16(0)
    w.append(id)
    w.align(4)
    return w.bytes
  }

  /// Sizes that do not fit the fixed bases.
  func checkRanges() -> Diagnostics {
    var d = Diagnostics()
    if dataBase > Layout.imageBase && textSegmentEnd > dataBase {
      d.report(
        .none, "program too large: more than \((dataBase - Layout.imageBase) >> 20) MB of text")
    }
    if dataBase + dataMemorySize > Layout.addressLimit {
      d.report(.none, "program too large: data does not fit below 2 GB")
    }
    return d
  }

  // MARK: boundaries

  mutating func resolveBoundaries(_ builtin: LinkerSymbols) {
    for (i, b) in Boundary.allCases.enumerated() { boundaries[i] = value(of: b) }
    for (b, s) in builtin.boundaries { addresses[s.index] = UInt32(boundary(b)) }
  }

  private func value(of b: Boundary) -> Int {
    switch b {
    case .text: return start(.text)
    case .etext: return end(.text)
    // Offsets from rodata must not be negative, and hot read-only data lies in front of text.
    case .rodata: return start(.hotRodata)
    case .erodata: return end(.rodata)
    case .types: return start(.types)
    case .etypes: return end(.itabs)
    case .noptrdata: return start(.noptrdata)
    case .enoptrdata: return end(.noptrdata)
    case .data: return start(.data)
    case .edata: return end(.data)
    case .bss: return start(.bss)
    case .ebss: return end(.bss)
    case .noptrbss: return start(.noptrbss)
    case .enoptrbss, .covctrs, .ecovctrs, .end: return end(.noptrbss)
    case .gcdata: return dataMask.address
    case .egcdata: return dataMask.address + masks[0].count
    case .gcbss: return bssMask.address
    case .egcbss: return bssMask.address + masks[1].count
    case .pclntab, .pcheader: return start(.pclntab)
    case .epclntab: return end(.pclntab)
    case .gofunc: return start(.funcdata)
    case .funcnametab, .cutab, .filetab, .pctab, .functab, .findfunctab:
      return start(.pclntab) + pclnOffsets[pclnIndex(b)]
    }
  }

  /// Offsets of the parts of the function table, from `FunctionTables.partOffsets`.
  private(set) var pclnOffsets: [Int] = Array(repeating: 0, count: 6)

  private func pclnIndex(_ b: Boundary) -> Int {
    Layout.index(b) - Layout.index(.funcnametab)
  }
}
