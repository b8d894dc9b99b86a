import Base
import Link
import Object

/// Reads the memory of the stopped process and makes the image of it.
struct Snapshot {
  let program: LinkedProgram
  let table: SymbolTable
  /// Packages whose initialisers wait for the start.
  let left: Set<String>
  let tracee: Tracee
  /// Address of `runtime.imaging`.
  let imaging: Int

  private static let pageSize = 4096

  /// The memory to freeze, and how much of it nothing refers to.
  func take(dropping calls: [Int]) throws(FreezeFailure) -> (memory: FrozenMemory, dead: Int) {
    let layout = program.layout
    let top = layout.dataBase
    let base = tracee.word(imaging + ImagingField.base)
    let next = tracee.word(imaging + ImagingField.next)
    guard base > 0, next >= base, next <= top else {
      throw FreezeFailure(message: "image: the process's state cannot be read")
    }
    let start = next / Snapshot.pageSize * Snapshot.pageSize
    var objects = ObjectMemory(
      start: start, bytes: tracee.read(start, top - start),
      mask: bits(tracee.word(imaging + ImagingField.pointers), base, start, top),
      starts: bits(tracee.word(imaging + ImagingField.starts), base, start, top))
    guard objects.bytes.count == top - start else {
      throw FreezeFailure(message: "image: the process's memory cannot be read")
    }
    let variables = try changedVariables()
    for v in variables { objects.mark(from: v.bytes) }
    let dead = objects.clearUnmarked()
    try check(objects, variables)
    let memory = FrozenMemory(
      start: start, objects: objects.bytes, mask: objects.mask, variables: variables,
      droppedCalls: calls)
    return (memory, dead)
  }

  /// The part of a bit map, which has a bit for each word from `base` on, that belongs to `start..<top`.
  private func bits(_ map: Int, _ base: Int, _ start: Int, _ top: Int) -> [UInt8] {
    tracee.read(map + (start - base) / 64, (top - start) / 64)
  }

  /// Variables that initialisers have changed, with their new contents.
  private func changedVariables() throws(FreezeFailure) -> [(symbol: SymbolID, bytes: [UInt8])] {
    let layout = program.layout
    var out: [(symbol: SymbolID, bytes: [UInt8])] = []
    for k in [SectionKind.data, .noptrdata, .bss, .noptrbss] {
      let section = layout.section(k)
      if section.size == 0 { continue }
      let now = tracee.read(section.address, section.size)
      let inFile = k == .data || k == .noptrdata
      let offset = inFile ? layout.fileOffset(of: section.address) : 0
      let before = inFile ? program.image.bytes(offset..<(offset + section.size)) : []
      guard now.count == section.size else {
        throw FreezeFailure(message: "image: the process's variables cannot be read")
      }
      for s in section.symbols {
        let at = layout.address(s) - section.address
        let range = at..<(at + (table.definitions[s]?.size ?? 0))
        let changed = inFile ? now[range] != before[range] : now[range].contains { $0 != 0 }
        if !changed { continue }
        let name = table.name(s)
        let package = packageOf(name)
        if package == "runtime" {
          if RuntimeState.kept.contains(name) { out.append((s, Array(now[range]))) }
          continue
        }
        if left.contains(package) {
          throw FreezeFailure(
            message: "image: an initialiser that runs at build time changes \(name), and package "
              + "\(package) is initialised at start-up")
        }
        if !inFile {
          throw FreezeFailure(message: "image: variable \(name) is too large to be frozen")
        }
        out.append((s, Array(now[range])))
      }
    }
    return out
  }

  /// All pointers must lead into the program.
  private func check(
    _ objects: ObjectMemory, _ variables: [(symbol: SymbolID, bytes: [UInt8])]
  ) throws(FreezeFailure) {
    let layout = program.layout
    let first = symbolRange("runtime.firstHeap")
    let end = layout.section(.noptrbss).address + layout.section(.noptrbss).size
    let textEnd = layout.section(.buildinfo).address + layout.section(.buildinfo).size
    func isInside(_ p: Int) -> Bool {
      if first.contains(p) { return false }
      return p == 0 || p >= objects.start && p <= end || p >= Layout.imageBase && p <= textEnd
    }
    for i in 0..<(objects.bytes.count / 8) where objects.mask[i / 8] >> UInt8(i % 8) & 1 != 0 {
      if !isInside(objects.word(i)) {
        throw FreezeFailure(message: "image: an object refers to memory outside the program")
      }
    }
    for v in variables {
      let mask = table.definitions[v.symbol]?.pointerMask ?? []
      for i in 0..<(v.bytes.count / 8) {
        if i / 64 >= mask.count || mask[i / 64] >> UInt64(i % 64) & 1 == 0 { continue }
        let p = v.bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: i * 8, as: Int.self) }
        if !isInside(p) {
          throw FreezeFailure(
            message: "image: variable \(table.name(v.symbol)) refers to memory outside the program")
        }
      }
    }
  }

  private func symbolRange(_ name: String) -> Range<Int> {
    guard let s = table.find(name), program.liveness.contains(s) else { return 0..<0 }
    let a = program.layout.address(s)
    return a..<(a + (table.definitions[s]?.size ?? 0))
  }
}

/// The objects of an image, and which of them something refers to.
struct ObjectMemory {
  let start: Int
  var bytes: [UInt8]
  /// A bit a word: may hold a pointer; is the first of an object.
  var mask: [UInt8]
  let starts: [UInt8]
  private var marked: BitSet
  private var work: [Int] = []

  init(start: Int, bytes: [UInt8], mask: [UInt8], starts: [UInt8]) {
    self.start = start
    self.bytes = bytes
    self.mask = mask
    self.starts = starts
    marked = BitSet(capacity: bytes.count / 8 + 1)
  }

  func word(_ i: Int) -> Int {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: i * 8, as: Int.self) }
  }

  private func isStart(_ i: Int) -> Bool { starts[i / 8] >> UInt8(i % 8) & 1 != 0 }

  /// Marks what the words of `memory` lead to. Any word that looks like an address counts: records of the
  /// runtime, which have no mask, may hold the only reference to an object.
  mutating func mark(from memory: [UInt8]) {
    memory.withUnsafeBytes { b in
      for i in 0..<(b.count / 8) {
        push(b.loadUnaligned(fromByteOffset: i * 8, as: Int.self))
      }
    }
    while let first = work.popLast() {
      var i = first
      repeat {
        push(word(i))
        i += 1
      } while i < bytes.count / 8 && !isStart(i)
    }
  }

  private mutating func push(_ p: Int) {
    if p < start || p >= start + bytes.count { return }
    var i = (p - start) / 8
    while i > 0 && !isStart(i) { i -= 1 }
    if marked.insert(i) { work.append(i) }
  }

  /// Clears what is not marked; returns how many bytes that are.
  mutating func clearUnmarked() -> Int {
    var dead = 0
    var isDead = false
    for i in 0..<(bytes.count / 8) {
      if isStart(i) { isDead = !marked.contains(i) }
      if !isDead { continue }
      dead += 8
      for k in (i * 8)..<(i * 8 + 8) { bytes[k] = 0 }
      mask[i / 8] &= ~(1 << UInt8(i % 8))
    }
    return dead
  }
}
