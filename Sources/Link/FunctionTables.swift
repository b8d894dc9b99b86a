import ABI
import Base
import Object

// The function table in the format of GOROOT 1.27's `.gopclntab` (runtime/symtab.go): header,
// function names, file numbers, file names, pcvalue tables, functions, look-up buckets; and the
// function data: stack maps and inline trees.
//
// Two phases. Workers encode the tables of their share of the functions into buffers of their
// own; then one thread merges them in order of address, storing equal tables once. So the result
// does not depend on the number of workers.

/// The encoded tables of one function, as ranges of its worker's buffers.
private struct EncodedFunction {
  struct Piece {
    var start: UInt32 = 0
    var count: UInt32 = 0
  }
  var pcsp = Piece()
  var pcfile = Piece()
  var pcln = Piece()
  var unsafePoints = Piece()
  var stackMapIndex = Piece()
  var inlineIndex = Piece()
  var argMaps = Piece()
  var localMaps = Piece()
  /// The files its lines lie in, first its own: range of the worker's `files`.
  var files = Piece()
  var startLine: Int32 = 0
}

/// What one worker made of its functions.
private struct EncodedShare: Sendable {
  var buffer = ByteWriter(reserving: 1 << 16)
  var files: [Int32] = []
  var functions: [EncodedFunction] = []
}

struct FunctionTables: Sendable {
  private(set) var pclntab: [UInt8] = []
  private(set) var funcdata: [UInt8] = []
  /// Offsets in `pclntab` of names, file numbers, file names, pcvalue tables, functions, buckets.
  private(set) var partOffsets: [Int] = []
  /// Bytes of the first four of these.
  private(set) var partSizes: [Int] = []
  private(set) var functionCount = 0
  /// Bytes of the function records with the table in front of them.
  private(set) var functabSize = 0

  init(_ table: SymbolTable, _ layout: Layout, _ sources: SourceMap, _ options: LinkOptions) {
    let functions = layout.section(.text).symbols
    functionCount = functions.count
    let resolver = LineResolver(sources, options.sourcePath)
    let n = options.workers
    let shares = onWorkers(n) { i -> EncodedShare in
      var encoder = FunctionEncoder(resolver)
      let mine = share(i, of: n, functions.count)
      encoder.share.functions.reserveCapacity(mine.count)
      for k in mine { encoder.encodeFunction(functions[k], table) }
      return encoder.share
    }
    var merger = TableMerger(table, layout, resolver)
    merger.reserve(functions.count)
    var k = 0
    for s in shares {
      s.buffer.bytes.withUnsafeBufferPointer { bytes in
        for e in s.functions {
          merger.add(functions[k], k, e, bytes, s.files)
          k += 1
        }
      }
    }
    merger.finish(functions)
    funcdata = merger.funcdata.bytes.bytes
    assemble(merger)
  }

  private mutating func assemble(_ m: TableMerger) {
    let headerSize = 72
    let cutab = align(headerSize + m.names.count, 4)
    let filetab = cutab + m.fileNumbers.count
    let pctab = filetab + m.fileNames.count
    let functab = align(pctab + m.pctab.bytes.count, 8)
    let findfunctab = align(functab + m.records.count, 4)
    partOffsets = [headerSize, cutab, filetab, pctab, functab, findfunctab]
    partSizes = [m.names.count, m.fileNumbers.count, m.fileNames.count, m.pctab.bytes.count]
    functabSize = m.records.count

    var w = ByteWriter(reserving: findfunctab + m.buckets.count)
    w.u32(ABI.FunctionTable.magic)
    w.u16(0)
    w.u8(1)
    w.u8(8)
    w.u64(UInt64(functionCount))
    w.u64(UInt64(m.fileCount))
    w.u64(0)
    for offset in partOffsets.prefix(5) { w.u64(UInt64(offset)) }
    w.append(m.names.bytes)
    w.align(4)
    w.append(m.fileNumbers.bytes)
    w.append(m.fileNames.bytes)
    w.append(m.pctab.bytes.bytes)
    w.align(8)
    w.append(m.records.bytes)
    w.align(4)
    w.append(m.buckets.bytes)
    pclntab = w.bytes
  }
}

// MARK: encoding

private struct FunctionEncoder {
  var share = EncodedShare()
  private let resolver: LineResolver
  private var cursor = LineResolver.Cursor()
  private var lineBuffer = ByteWriter(reserving: 1 << 12)

  init(_ resolver: LineResolver) { self.resolver = resolver }

  mutating func encodeFunction(_ s: SymbolID, _ table: SymbolTable) {
    let size = UInt32(table.size(of: s))
    var e = EncodedFunction()
    guard let f = table.function(of: s) else {
      share.functions.append(e)
      return
    }
    e.pcsp = piece { encode(f.spDelta, initial: 0, size: size, &$0) }
    encodeLines(f, size, &e)
    if !f.unsafePoints.isEmpty {
      e.unsafePoints = piece { encode(f.unsafePoints, initial: -1, size: size, &$0) }
    }
    if !f.stackMapIndex.isEmpty {
      e.stackMapIndex = piece { encode(f.stackMapIndex, initial: -1, size: size, &$0) }
    }
    if !f.inlineTree.isEmpty {
      e.inlineIndex = piece { encode(f.inlineIndex, initial: -1, size: size, &$0) }
    }
    encodeStackMaps(f, table.flags(of: s).contains(.asm), &e)
    share.functions.append(e)
  }

  private mutating func piece(_ body: (inout ByteWriter) -> Void) -> EncodedFunction.Piece {
    let start = share.buffer.count
    body(&share.buffer)
    return EncodedFunction.Piece(
      start: UInt32(start), count: UInt32(share.buffer.count - start))
  }

  /// The file and line tables together. File numbers count within the function's own list.
  private mutating func encodeLines(_ f: FunctionInfo, _ size: UInt32, _ e: inout EncodedFunction) {
    let fileStart = share.files.count
    let own = resolver.resolve(f.pos, &cursor)
    e.startLine = own.line
    share.files.append(own.path)
    var lastPath = own.path
    var lastNumber: Int32 = 0
    var files = PCTableEncoder(initial: 0)
    var lines = PCTableEncoder(initial: own.line)
    lineBuffer.bytes.removeAll(keepingCapacity: true)
    let start = share.buffer.count
    for entry in f.lines where entry.pc < size && entry.value >= 0 {
      let place = resolver.resolve(f.positions[Int(entry.value)], &cursor)
      if place.line == 0 { continue }
      if place.path != lastPath {
        lastPath = place.path
        lastNumber = fileNumber(lastPath, from: fileStart)
      }
      files.change(at: entry.pc, to: lastNumber, &share.buffer)
      lines.change(at: entry.pc, to: place.line, &lineBuffer)
    }
    files.finish(at: size, &share.buffer)
    lines.finish(at: size, &lineBuffer)
    e.pcfile.start = UInt32(start)
    e.pcfile.count = UInt32(share.buffer.count - start)
    e.pcln.start = UInt32(share.buffer.count)
    e.pcln.count = UInt32(lineBuffer.count)
    share.buffer.append(lineBuffer.bytes)
    e.files.start = UInt32(fileStart)
    e.files.count = UInt32(share.files.count - fileStart)
  }

  private mutating func fileNumber(_ path: Int32, from start: Int) -> Int32 {
    for i in start..<share.files.count where share.files[i] == path { return Int32(i - start) }
    share.files.append(path)
    return Int32(share.files.count - 1 - start)
  }

  /// Both bitmap lists, each with as many bitmaps as the function has stack-map indices: a single
  /// one stands for all. Compiled functions always have both lists, maybe of no bits; assembly
  /// without them (no NO_LOCAL_POINTERS, no Go declaration) has none, so that the runtime stops
  /// where such a frame would have to be scanned.
  private mutating func encodeStackMaps(
    _ f: FunctionInfo, _ isAssembly: Bool, _ e: inout EncodedFunction
  ) {
    var n = max(1, max(f.localMaps.count, f.argMaps.count))
    for entry in f.stackMapIndex { n = max(n, Int(entry.value) + 1) }
    if !isAssembly || !f.argMaps.isEmpty {
      // What tracebacks show of the arguments stands behind the maps: a table of its own would cost
      // every function's record two words. 0xFF alone says that there is nothing to show.
      e.argMaps = piece {
        writeStackMaps(f.argMaps, n, fromEnd: false, &$0)
        $0.append(f.argumentInfo.isEmpty ? [0xFF] : f.argumentInfo)
      }
    }
    if !isAssembly || !f.localMaps.isEmpty {
      e.localMaps = piece { writeStackMaps(f.localMaps, n, fromEnd: true, &$0) }
    }
  }
}

/// Writes a `runtime.stackmap` of `n` bitmaps, without the words at the far end from what the bits
/// count from (`fromEnd`: locals count down from the frame's top, arguments up from its bottom)
/// that hold no pointer in any of them.
private func writeStackMaps(
  _ maps: [PointerBitmap], _ count: Int, fromEnd: Bool, _ w: inout ByteWriter
) {
  var all: [UInt64] = []
  var bits = 0
  for m in maps {
    bits = max(bits, m.count)
    while all.count < m.words.count { all.append(0) }
    for i in m.words.indices { all[i] |= m.words[i] }
  }
  var skipped = 0
  if let first = all.firstIndex(where: { $0 != 0 }) {
    if fromEnd {
      skipped = first * 64 + all[first].trailingZeroBitCount
      bits -= skipped
    } else {
      let last = all.lastIndex { $0 != 0 }!
      bits = min(bits, last * 64 + 64 - all[last].leadingZeroBitCount)
    }
  } else {
    bits = 0
  }
  // The runtime looks at an index into locals only if there are bits, and only compares one into
  // arguments.
  w.u32(bits > 0 ? UInt32(count) : fromEnd ? 1 : UInt32(Int32.max))
  w.u32(UInt32(bits))
  let bytes = (bits + 7) / 8
  for i in 0..<count where bytes > 0 {
    let map = maps.count == 1 ? maps[0] : i < maps.count ? maps[i] : PointerBitmap(count: 0)
    for b in 0..<bytes { w.u8(eightBits(map.words, from: skipped + 8 * b)) }
  }
}

/// Bits `at` and the seven behind it; those past the end are 0.
private func eightBits(_ words: [UInt64], from at: Int) -> UInt8 {
  let i = at / 64
  let shift = UInt64(at % 64)
  if i >= words.count { return 0 }
  var v = words[i] >> shift
  if shift > 56 && i + 1 < words.count { v |= words[i + 1] << (64 - shift) }
  return UInt8(truncatingIfNeeded: v)
}

// MARK: merging

/// `F[...]` for `F[T1,T2]`, `T[...].F[...]` for a generic method's instance, or nil if nothing is in brackets or
/// they do not match. So the runtime shows such names, whatever the table holds
/// (runtime.funcNamePiecesForPrint), and instances have theirs in common.
private func withoutTypeArguments(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  if !name.contains(UInt8(ascii: "[")) { return nil }
  var out: [UInt8] = []
  var depth = 0
  for c in name {
    if c == UInt8(ascii: "]") {
      depth -= 1
      if depth < 0 { return nil }
    }
    if depth == 0 { out.append(c) }
    if c == UInt8(ascii: "[") {
      if depth == 0 { out += Array("...".utf8) }
      depth += 1
    }
  }
  return depth == 0 ? out : nil
}

private struct TableMerger {
  let table: SymbolTable
  let layout: Layout
  let resolver: LineResolver
  /// Offset 0 means "no name", "no table".
  var names = ByteWriter(reserving: 1 << 16)
  var fileNumbers = ByteWriter(reserving: 1 << 12)
  var fileNames = ByteWriter(reserving: 1 << 12)
  var fileCount = 0
  var pctab: BytePool
  var funcdata: BytePool
  var records = ByteWriter()
  var buckets = ByteWriter()

  private var nameOffsets: [UInt32]
  /// Of names whose type arguments were left out.
  private var shortNames: [[UInt8]: UInt32] = [:]
  private var fileOffsets: [UInt32]
  /// `cutab` indices of the lists of files seen, by list.
  private var fileLists: [[Int32]: UInt32] = [:]
  private var functionTable: [UInt32] = []
  private var recordBase = 0

  init(_ table: SymbolTable, _ layout: Layout, _ resolver: LineResolver) {
    self.table = table
    self.layout = layout
    self.resolver = resolver
    nameOffsets = Array(repeating: 0, count: table.names.count)
    fileOffsets = Array(repeating: UInt32.max, count: resolver.paths.count)
    let n = layout.section(.text).symbols.count
    pctab = BytePool(reserved: 1, capacity: n * 4)
    funcdata = BytePool(alignment: 4, capacity: n)
    names.u8(0)
  }

  mutating func reserve(_ n: Int) {
    functionTable.reserveCapacity(2 * n + 1)
    recordBase = (2 * n + 1) * 4
    records = ByteWriter(reserving: recordBase + n * 72)
    records.zeros(recordBase)
  }

  private mutating func nameOffset(_ n: NameID) -> UInt32 {
    if n.isNone { return 0 }
    if nameOffsets[n.index] != 0 { return nameOffsets[n.index] }
    var offset = UInt32(names.count)
    let short = table.names.withBytes(n) { withoutTypeArguments($0) }
    if let short {
      if let old = shortNames[short] {
        offset = old
      } else {
        shortNames[short] = offset
        names.append(short)
        names.u8(0)
      }
    } else {
      table.names.withBytes(n) { names.append($0) }
      names.u8(0)
    }
    nameOffsets[n.index] = offset
    return offset
  }

  private mutating func fileOffset(_ path: Int32) -> UInt32 {
    let old = fileOffsets[Int(path)]
    if old != UInt32.max { return old }
    let offset = UInt32(fileNames.count)
    fileNames.append(path == 0 ? "?" : resolver.paths[Int(path)])
    fileNames.u8(0)
    fileCount += 1
    fileOffsets[Int(path)] = offset
    return offset
  }

  /// The index in `cutab` of a function's list of files. What gc keeps for each package is kept
  /// for each distinct list here: file numbers stay small and their tables equal.
  private mutating func fileListIndex(_ list: [Int32]) -> UInt32 {
    if let old = fileLists[list] { return old }
    let index = UInt32(fileNumbers.count / 4)
    for path in list { fileNumbers.u32(fileOffset(path)) }
    fileLists[list] = index
    return index
  }

  private mutating func pcOffset(
    _ p: EncodedFunction.Piece, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UInt32 {
    if p.count == 0 { return 0 }
    return pctab.add(slice(p, bytes))
  }

  private func slice(
    _ p: EncodedFunction.Piece, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(p.start)..<Int(p.start + p.count)])
  }

  /// Adds function number `k`, the symbol `s`: one `runtime._func`.
  mutating func add(
    _ s: SymbolID, _ k: Int, _ e: EncodedFunction, _ bytes: UnsafeBufferPointer<UInt8>,
    _ files: [Int32]
  ) {
    let entry = UInt32(layout.address(s) - layout.section(.text).address)
    functionTable.append(entry)
    functionTable.append(UInt32(records.count))

    let f = table.function(of: s)
    let flags = table.flags(of: s)
    let pcdata = [
      pcOffset(e.unsafePoints, bytes), pcOffset(e.stackMapIndex, bytes),
      pcOffset(e.inlineIndex, bytes),
    ]
    var data: [UInt32] = [.max, .max, .max, .max, .max]
    if e.argMaps.count > 0 {
      data[ABI.FuncData.argsPointerMaps] = funcdata.add(slice(e.argMaps, bytes))
    }
    if e.localMaps.count > 0 {
      data[ABI.FuncData.localsPointerMaps] = funcdata.add(slice(e.localMaps, bytes))
    }
    if let objects = f?.stackObjects, !objects.isEmpty {
      data[ABI.FuncData.stackObjects] = stackObjects(objects)
    }
    if let tree = f?.inlineTree, !tree.isEmpty { data[ABI.FuncData.inlTree] = inlineTree(tree) }
    if let f, f.deferBits != 0 {
      var w = ByteWriter(reserving: 8)
      for n in [f.deferBits, f.deferClosures] { w.uvarint(UInt64(n)) }
      data[ABI.FuncData.openCodedDefers] = w.bytes.withUnsafeBufferPointer { funcdata.add($0) }
    }
    let pcdataCount = (pcdata.lastIndex { $0 != 0 } ?? -1) + 1
    let dataCount = (data.lastIndex { $0 != .max } ?? -1) + 1

    records.u32(entry)
    records.u32(nameOffset(table.symbolNames[s]))
    records.u32(UInt32(bitPattern: f?.argsSize ?? 0))
    records.u32(f?.deferReturn ?? 0)
    records.u32(pcOffset(e.pcsp, bytes))
    records.u32(pcOffset(e.pcfile, bytes))
    records.u32(pcOffset(e.pcln, bytes))
    records.u32(UInt32(pcdataCount))
    let list = Array(files[Int(e.files.start)..<Int(e.files.start + e.files.count)])
    records.u32(f == nil ? UInt32.max : fileListIndex(list))
    records.u32(UInt32(bitPattern: e.startLine))
    records.u8(functionID(s, f, flags))
    records.u8(functionFlags(flags))
    records.u8(0)
    records.u8(UInt8(dataCount))
    for v in pcdata.prefix(pcdataCount) { records.u32(v) }
    for v in data.prefix(dataCount) { records.u32(v) }
  }

  private func functionID(_ s: SymbolID, _ f: FunctionInfo?, _ flags: SymbolFlags) -> UInt8 {
    if let id = f?.funcID, id != 0 { return id }
    if flags.contains(.wrapper) { return ABI.FuncID.wrapper.rawValue }
    if !table.nameHasPrefix(s, "runtime.") { return 0 }
    return ABI.FuncID.named(table.name(s), isWrapper: false).rawValue
  }

  private func functionFlags(_ flags: SymbolFlags) -> UInt8 {
    var v: UInt8 = 0
    if flags.contains(.topFrame) { v |= ABI.FuncFlag.topFrame }
    if flags.contains(.spWrite) { v |= ABI.FuncFlag.spWrite }
    if flags.contains(.asm) { v |= ABI.FuncFlag.asm }
    return v
  }

  /// A count and `runtime.stackObjectRecord`s (overlay/runtime/stack.go), whose masks lie in the
  /// function data too and are named by their offset there.
  private mutating func stackObjects(_ objects: [StackObject]) -> UInt32 {
    var w = ByteWriter(reserving: 8 + 16 * objects.count)
    w.u64(UInt64(objects.count))
    for o in objects {
      let last = o.pointerMask.lastIndex { $0 != 0 } ?? 0
      let bits =
        o.pointerMask.isEmpty ? 0 : last * 64 + 64 - o.pointerMask[last].leadingZeroBitCount
      var mask = ByteWriter(reserving: bits / 8 + 1)
      for b in 0..<(bits + 7) / 8 { mask.u8(eightBits(o.pointerMask, from: 8 * b)) }
      w.u32(UInt32(bitPattern: o.offset))
      w.u32(UInt32(bitPattern: o.size))
      w.u32(UInt32(8 * bits))
      w.u32(mask.bytes.withUnsafeBufferPointer { funcdata.add($0) })
    }
    return w.bytes.withUnsafeBufferPointer { funcdata.add($0) }
  }

  /// `runtime.inlinedCall` records (runtime/symtabinl.go).
  private mutating func inlineTree(_ tree: [InlinedCall]) -> UInt32 {
    var w = ByteWriter(reserving: tree.count * 16)
    for call in tree {
      w.u32(UInt32(call.funcID))
      w.u32(nameOffset(call.function))
      w.u32(call.parentPC)
      w.u32(UInt32(bitPattern: call.startLine))
    }
    return w.bytes.withUnsafeBufferPointer { funcdata.add($0) }
  }

  /// Writes the table of entries in front of the records, and the look-up buckets: for each 4096
  /// bytes of text a function index, and for each 256 bytes within a distance from it.
  mutating func finish(_ functions: [SymbolID]) {
    let size = layout.section(.text).size
    functionTable.append(UInt32(size))
    for (i, v) in functionTable.enumerated() { records.patch32(at: i * 4, v) }
    if functions.isEmpty { return }
    let step = ABI.FunctionTable.subbucketSize
    let perBucket = ABI.FunctionTable.bucketSize / step
    var index = 0
    var base = 0
    for sub in 0..<align((size + step - 1) / step, perBucket) {
      // The last function that begins at or before the start of these bytes.
      let pc = UInt32(sub * step)
      while index + 1 < functions.count && functionTable[2 * (index + 1)] <= pc { index += 1 }
      if sub % perBucket == 0 {
        base = index
        buckets.u32(UInt32(base))
      }
      buckets.u8(UInt8(min(index - base, 255)))
    }
  }
}
