import Base
import Object

// The checksum that crypto/internal/fips140/check compares at start in programs run with
// GODEBUG=fips140=on: HMAC-SHA-256, with a key of zeros, of the code and data of the FIPS 140 module.
//
// What belongs to the module lies together at the end of its section: text, constants, and variables
// that begin with a value, without and with pointers. `go:fipsinfo`, which that package declares, says
// where these four ranges are and what their sum is. As nothing is relocated when a program is loaded,
// the sum is of the bytes as they are in the file. Variables that begin as zero do not count.

/// The symbols of the FIPS 140 module; none in programs that do not check it.
struct FIPSModule: Sendable {
  /// The four kinds whose ranges are summed, in their order.
  static let kinds: [SymbolKind] = [.text, .rodata, .noptrdata, .data]
  private static let path = "crypto/internal/fips140"

  private(set) var info: SymbolID = .none
  private var members: BitSet

  init(_ table: SymbolTable, _ liveness: Liveness) {
    guard let s = table.find("go:fipsinfo"), table.isDefined(s), liveness.contains(s) else {
      members = BitSet(capacity: 0)
      return
    }
    info = s
    members = BitSet(capacity: table.count)
    var work: [SymbolID] = []
    for s in table.definitions.ids where liveness.contains(s) && isCandidate(s, table) {
      let package = packageOf(table.name(s))
      if package == FIPSModule.path || package.hasPrefix(FIPSModule.path + "/") {
        members.insert(s.index)
        work.append(s)
      }
    }
    // Names that assembly keeps to its file say nothing of the package; who refers to them does.
    while let s = work.popLast() {
      for r in table.relocs(of: s) where table.flags(of: r.target).contains(.local) {
        if isCandidate(r.target, table) && members.insert(r.target.index) { work.append(r.target) }
      }
    }
  }

  private func isCandidate(_ s: SymbolID, _ table: SymbolTable) -> Bool {
    s != info && FIPSModule.kinds.contains(table.kind(of: s))
  }

  var isPresent: Bool { info.isSome }
  func contains(_ s: SymbolID) -> Bool { isPresent && members.contains(s.index) }

  /// What `go:fipsinfo` holds: a magic of 16 bytes, the sum, its own address, starts and ends.
  static let infoSize = 16 + 32 + 8 + 4 * 16
  private static let sumOffset = 16

  /// Gives the record its form: contents that the linker writes. It points at nothing in the heap.
  func define(_ table: inout SymbolTable) {
    if !isPresent { return }
    if table.size(of: info) != FIPSModule.infoSize {
      internalError("link", "go:fipsinfo has \(table.size(of: info)) bytes")
    }
    table.definitions[info] = SymbolDefinition(
      kind: .noptrdata, alignment: 32, size: FIPSModule.infoSize)
  }

  /// Writes the record into a finished image.
  func writeInfo(_ image: OutputImage, _ layout: Layout) {
    if !isPresent { return }
    var w = ByteWriter(reserving: FIPSModule.infoSize)
    var summed = ByteWriter(reserving: 1 << 20)
    w.u8(0xff)
    w.append(" Go fipsinfo ")
    w.u8(0xff)
    w.u8(0)
    w.zeros(32)
    w.u64(UInt64(layout.address(info)))
    summed.append("go fips object v1\n")
    for (kind, range) in zip(FIPSModule.kinds, layout.fipsRanges) {
      w.u64(UInt64(range.lowerBound))
      w.u64(UInt64(range.upperBound))
      summed.u64(UInt64(range.count).byteSwapped)
      let isWritable = kind == .noptrdata || kind == .data
      let offset = layout.fileOffset(range.lowerBound, isWritable: isWritable)
      summed.append(image.bytes(offset..<(offset + range.count)))
    }
    var bytes = w.bytes
    bytes.replaceSubrange(
      FIPSModule.sumOffset..<(FIPSModule.sumOffset + 32), with: authenticate(summed.bytes))
    image.write(bytes, at: layout.fileOffset(layout.address(info), isWritable: true))
  }

  /// HMAC-SHA-256 with a key of zeros.
  private func authenticate(_ message: [UInt8]) -> [UInt8] {
    let inner = sha256(Array(repeating: 0x36, count: 64) + message)
    return sha256(Array(repeating: 0x5c, count: 64) + inner)
  }
}
