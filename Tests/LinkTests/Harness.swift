import Base
import Glibc
import Link
import Object

/// Counts checks; prints each failure with its place.
struct Checks {
  var passed = 0
  var failed = 0

  mutating func expect(
    _ ok: Bool, _ what: @autoclosure () -> String, line: UInt = #line, file: StaticString = #fileID
  ) {
    if ok {
      passed += 1
    } else {
      failed += 1
      print("\(file):\(line): failed: \(what())")
    }
  }

  mutating func equal<T: Equatable>(
    _ got: T, _ want: T, _ what: String = "", line: UInt = #line, file: StaticString = #fileID
  ) {
    expect(got == want, "\(what): got \(got), want \(want)", line: line, file: file)
  }
}

/// Runs a shell command; its standard output and exit status.
func shell(_ command: String) -> (output: String, status: Int32) {
  guard let pipe = popen(command + " 2>&1", "r") else { return ("", -1) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let n = fread(&buffer, 1, buffer.count, pipe)
    if n <= 0 { break }
    bytes.append(contentsOf: buffer[..<n])
  }
  let status = pclose(pipe)
  return (String(decoding: bytes, as: UTF8.self), status >> 8 & 0xff)
}

/// A directory of this run's own.
let workDirectory: String = {
  var template = Array("/tmp/link-tests-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { fatalError("no temporary directory") }
  return template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
}()

/// A program under construction: shorthand for making symbols.
struct Program {
  var table = SymbolTable()
  var sources = SourceMap()

  mutating func symbol(_ name: String) -> SymbolID { table.symbol(name) }

  /// Defines a function of these bytes with a frame of `frame` bytes.
  @discardableResult
  mutating func function(
    _ name: String, _ code: [UInt8], _ relocs: [Reloc] = [], flags: SymbolFlags = [],
    frame: Int32 = 0, edit: (inout FunctionInfo) -> Void = { _ in }
  ) -> SymbolID {
    let s = table.symbol(name)
    var f = FunctionInfo()
    f.frameSize = frame
    edit(&f)
    table.define(
      s, SymbolDefinition(kind: .text, flags: flags, bytes: code, relocs: relocs, function: f))
    return s
  }

  @discardableResult
  mutating func data(
    _ name: String, _ kind: SymbolKind, _ bytes: [UInt8] = [], size: Int? = nil,
    _ relocs: [Reloc] = [], flags: SymbolFlags = [], alignment: UInt32 = 0, mask: [UInt64] = []
  ) -> SymbolID {
    let s = table.symbol(name)
    table.define(
      s,
      SymbolDefinition(
        kind: kind, flags: flags, alignment: alignment, size: size, bytes: bytes, relocs: relocs,
        pointerMask: mask))
    return s
  }

  /// A function that does nothing but call `callees` and return.
  @discardableResult
  mutating func caller(
    _ name: String, _ callees: [SymbolID], flags: SymbolFlags = [], frame: Int32 = 0
  ) -> SymbolID {
    var code: [UInt8] = []
    var relocs: [Reloc] = []
    for c in callees {
      code.append(0xe8)
      relocs.append(Reloc(offset: UInt32(code.count), kind: .call32, target: c, addend: -4))
      code += [0, 0, 0, 0]
    }
    code.append(0xc3)
    return function(name, code, relocs, flags: flags, frame: frame) { f in
      if frame > 0 { f.spDelta = [PCValue(pc: 0, value: frame)] }
    }
  }

  mutating func link(
    _ entry: SymbolID, edit: (inout LinkOptions) -> Void = { _ in }
  ) throws -> LinkedProgram {
    var options = LinkOptions(entry: entry)
    edit(&options)
    return try Link.link(&table, sources: sources, options: options)
  }
}

/// Reads of a linked image, by address.
struct ImageReader {
  let program: LinkedProgram

  func offset(_ address: Int) -> Int { program.layout.fileOffset(of: address) }
  func u8(_ address: Int) -> UInt8 { program.image.bytes(offset(address)..<offset(address) + 1)[0] }
  func u32(_ address: Int) -> UInt32 {
    var v: UInt32 = 0
    for (i, b) in program.image.bytes(offset(address)..<offset(address) + 4).enumerated() {
      v |= UInt32(b) << UInt32(8 * i)
    }
    return v
  }
  func u64(_ address: Int) -> UInt64 { UInt64(u32(address)) | UInt64(u32(address + 4)) << 32 }
  func string(_ address: Int) -> String {
    var bytes: [UInt8] = []
    var a = address
    while u8(a) != 0 {
      bytes.append(u8(a))
      a += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
