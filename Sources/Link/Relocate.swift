import ABI
import Base
import Object

/// Copies all placed contents into the image and fills in their relocations. Workers own runs of
/// symbols of about equal size.
func fillImage(
  _ image: OutputImage, _ table: SymbolTable, _ layout: Layout, _ module: [UInt8],
  _ functions: FunctionTables, workers: Int
) -> Diagnostics {
  let text = layout.section(.text)
  image.fill(
    layout.fileOffset(
      text.address, isWritable: false)..<layout.fileOffset(
        text.address + text.size, isWritable: false), with: 0xcc)
  for b in layout.blobs {
    image.write(b.bytes, at: layout.fileOffset(b.address, isWritable: b.section.isWritable))
  }

  for k in [SectionKind.bss, .noptrbss] {
    for s in layout.section(k).symbols {
      if table.relocs(of: s).allSatisfy({ width($0.kind) == 0 }) { continue }
      internalError("link", "zero variable \(table.name(s)) has relocations")
    }
  }
  var placed: [(symbol: SymbolID, section: SectionKind)] = []
  var sizes: [Int] = [0]
  for k in SectionKind.allCases where !k.isNoBits {
    for s in layout.section(k).symbols where s != layout.moduleData {
      placed.append((s, k))
      sizes.append(sizes[sizes.count - 1] + table.size(of: s) + 32)
    }
  }
  if layout.moduleData.isSome {
    let address = layout.address(layout.moduleData)
    image.write(module, at: layout.fileOffset(address, isWritable: true))
  }
  let list = placed
  let cuts = (0...workers).map { i -> Int in
    firstIndex(in: sizes, notBelow: sizes[sizes.count - 1] * i / workers)
  }
  let problems = onWorkers(workers) { i -> [Diagnostic] in
    var r = Relocator(image, table, layout)
    let end = i == workers - 1 ? list.count : cuts[i + 1]
    for k in cuts[i]..<max(end, cuts[i]) { r.fill(list[k].symbol, list[k].section) }
    return r.problems.list
  }
  var all = Diagnostics()
  for p in problems { all.list.append(contentsOf: p) }
  return all
}

private func firstIndex(in sorted: [Int], notBelow v: Int) -> Int {
  var lo = 0
  var hi = sorted.count - 1
  while lo < hi {
    let mid = (lo + hi) / 2
    if sorted[mid] < v { lo = mid + 1 } else { hi = mid }
  }
  return lo
}

/// Bytes that a relocation fills in.
private func width(_ k: RelocKind) -> Int {
  switch k {
  case .keep, .usedInInterface, .interfaceMethod, .namedMethod: 0
  case .abs64, .weakAbs64: 8
  case .abs32, .pc32, .call32, .weakCall32, .typeOff32, .weakTypeOff32, .textOff32, .methodOff32,
    .funcdataOff32:
    4
  }
}

private struct Relocator {
  private let image: OutputImage
  private let table: SymbolTable
  private let layout: Layout
  private let types: Int
  private let typesEnd: Int
  private let text: Int
  private let gofunc: Int
  /// What the words of methods hold that nobody calls; 0 if there is no runtime.
  private let unreachableMethod: Int
  private(set) var problems = Diagnostics()

  init(_ image: OutputImage, _ table: SymbolTable, _ layout: Layout) {
    self.image = image
    self.table = table
    self.layout = layout
    types = layout.boundary(.types)
    typesEnd = layout.boundary(.etypes)
    text = layout.boundary(.text)
    gofunc = layout.boundary(.gofunc)
    unreachableMethod = table.find("runtime.unreachableMethod").map { layout.address($0) } ?? 0
  }

  mutating func fill(_ s: SymbolID, _ k: SectionKind) {
    let address = layout.address(s)
    let offset = layout.fileOffset(address, isWritable: k.isWritable)
    image.write(table.bytes(of: s), at: offset)
    let size = table.size(of: s)
    for r in table.relocs(of: s) {
      if Int(r.offset) + width(r.kind) > size {
        internalError("link", "relocation at \(r.offset) is past the end of \(table.name(s))")
      }
      let target = layout.address(r.target)
      let value = target + Int(r.addend)
      let place = offset + Int(r.offset)
      switch r.kind {
      case .keep, .usedInInterface, .interfaceMethod, .namedMethod:
        break
      case .abs64:
        image.write64(UInt64(bitPattern: Int64(value)), at: place)
      case .weakAbs64:
        image.write64(UInt64(target == 0 ? unreachableMethod : value), at: place)
      case .abs32:
        check(value >= 0 && value < Layout.addressLimit, s, r)
        image.write32(UInt32(truncatingIfNeeded: value), at: place)
      case .weakCall32 where target == 0:
        image.write(noCall, at: place - 1)
      case .pc32, .call32, .weakCall32:
        let distance = value - (address + Int(r.offset))
        check(Int(Int32(truncatingIfNeeded: distance)) == distance, s, r)
        image.write32(UInt32(truncatingIfNeeded: distance), at: place)
      case .typeOff32:
        check(target >= types && target < typesEnd, s, r)
        image.write32(UInt32(truncatingIfNeeded: value - types), at: place)
      case .weakTypeOff32:
        image.write32(target == 0 ? 0 : UInt32(truncatingIfNeeded: value - types), at: place)
      case .textOff32:
        image.write32(UInt32(truncatingIfNeeded: value - text), at: place)
      case .funcdataOff32:
        image.write32(UInt32(truncatingIfNeeded: value - gofunc), at: place)
      case .methodOff32:
        // A word of a method: its type, or code.
        let base = table.kind(of: r.target) == .text ? text : types
        let v = target == 0 ? UInt32.max : UInt32(truncatingIfNeeded: value - base)
        image.write32(v, at: place)
      }
    }
  }

  private mutating func check(_ ok: Bool, _ s: SymbolID, _ r: Reloc) {
    if ok { return }
    let text = "\(table.name(s)): relocation \(r.kind) to \(table.name(r.target)) out of range"
    problems.report(table.functionPos(of: s), text)
  }
}
