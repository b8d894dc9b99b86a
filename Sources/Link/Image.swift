import Base
import Object

/// What the package initialisers that ran at build time left, to be put into a linked program.
public struct FrozenMemory: Sendable {
  /// Address of the objects, a multiple of the page size; they end where the data begins.
  public var start: Int
  public var objects: [UInt8]
  /// A bit a word of `objects`: set where it may hold a pointer.
  public var mask: [UInt8]
  /// New contents of variables.
  public var variables: [(symbol: SymbolID, bytes: [UInt8])]
  /// Call instructions that become no-ops: those of the initialisers that need not run any more.
  public var droppedCalls: [Int]

  public init(
    start: Int, objects: [UInt8], mask: [UInt8], variables: [(symbol: SymbolID, bytes: [UInt8])],
    droppedCalls: [Int]
  ) {
    self.start = start
    self.objects = objects
    self.mask = mask
    self.variables = variables
    self.droppedCalls = droppedCalls
  }
}

/// A five-byte no-op, for a call instruction: nopl 0(%rax,%rax,1).
let noCall: [UInt8] = [0x0f, 0x1f, 0x44, 0x00, 0x00]

extension LinkedProgram {
  /// The same program begun at another entry, with calls left out: what a build runs to get an image.
  public func withEntry(_ entry: SymbolID, droppingCalls calls: [Int]) -> OutputImage {
    let copy = OutputImage(size: image.count)
    copy.write(image.bytes(0..<image.count), at: 0)
    // e_entry is at offset 24 of the file header.
    copy.write64(UInt64(layout.address(entry)), at: 24)
    for c in calls { copy.write(noCall, at: layout.fileOffset(c, isWritable: false)) }
    return copy
  }

  /// The program with the frozen memory in it. No symbol moves: objects lie in front of the data, the
  /// mask behind the read-only data; only offsets in the file change.
  public func freezing(_ memory: FrozenMemory, _ table: SymbolTable) -> LinkedProgram {
    var new = layout
    new.placeImage(start: memory.start, mask: memory.mask)
    let symbols = options.omitSymbols ? nil : ELFSymbols(table, new, builtin)
    let out = OutputImage(size: new.fileSize(with: symbols))

    out.write(image.bytes(0..<(layout.textSegmentEnd - Layout.imageBase)), at: 0)
    for c in memory.droppedCalls { out.write(noCall, at: new.fileOffset(c, isWritable: false)) }
    for b in new.blobs where b.section == .imageMask {
      out.write(b.bytes, at: new.fileOffset(b.address, isWritable: false))
    }
    out.write(memory.objects, at: new.fileOffset(memory.start, isWritable: true))
    let data = layout.dataFileOffset..<(layout.dataFileOffset + layout.dataFileSize)
    out.write(image.bytes(data), at: new.fileOffset(layout.dataBase, isWritable: true))
    for v in memory.variables {
      out.write(v.bytes, at: new.fileOffset(new.address(v.symbol), isWritable: true))
    }
    if new.moduleData.isSome {
      let place = new.fileOffset(new.address(new.moduleData), isWritable: true)
      out.write(moduleData(new, functions), at: place)
    }
    fips.writeInfo(out, new)
    writeHeaders(out, new, symbols, entry: layout.address(options.entry))
    return LinkedProgram(
      image: out, layout: new, liveness: liveness, timings: timings, builtin: builtin,
      functions: functions, fips: fips, options: options)
  }
}
