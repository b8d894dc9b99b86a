// A developer's tool: prints what the encoder and the assembler make, for the comparison scripts
// beside it to hold against independent programs. See Tools/README.md.
import AMD64
import Assembler
import Base
import Glibc
import Object

var out = ByteWriter(reserving: 1 << 20)

@MainActor func flush() {
  out.bytes.withUnsafeBytes { (p: UnsafeRawBufferPointer) -> Void in
    var done = 0
    while done < p.count {
      let n = write(1, p.baseAddress! + done, p.count - done)
      if n <= 0 { break }
      done += n
    }
  }
  out.bytes.removeAll()
}

@MainActor func hex(_ bytes: [UInt8], separator: UInt8?) {
  let digits: [UInt8] = Array("0123456789abcdef".utf8)
  for (i, b) in bytes.enumerated() {
    if i > 0, let s = separator { out.u8(s) }
    out.u8(digits[Int(b >> 4)])
    out.u8(digits[Int(b & 15)])
  }
}

func readFile(_ path: String) -> [UInt8]? {
  guard let f = fopen(path, "r") else { return nil }
  defer { fclose(f) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let n = fread(&chunk, 1, chunk.count, f)
    if n == 0 { return bytes }
    bytes += chunk[0..<n]
  }
}

/// `assemble PATH DIRS FILE...`: assembles the files as package PATH, including from the
/// directories DIRS (separated by colons), and prints every definition; with `byLine`, the bytes
/// of each source line.
@MainActor func assembleFiles(_ arguments: [String], byLine: Bool) -> Int32 {
  if arguments.count < 3 { return 2 }
  var sources = SourceMap()
  var symbols = SymbolTable()
  var diagnostics = Diagnostics()
  var files: [FileID] = []
  for path in arguments[2...] {
    files.append(sources.add(path: path, bytes: readFile(path) ?? []))
  }
  let directories = arguments[1].split(separator: ":").map { (s: Substring) -> String in String(s) }
  let package = AssemblyPackage(
    linkPath: arguments[0], files: files, includeDirectories: directories)
  let host = AssemblerHost(readFile: readFile)
  let result = assemble(
    package, host: host, sources: &sources, symbols: &symbols, diagnostics: &diagnostics)
  for d in diagnostics.list {
    out.append("E \(sources.location(d.pos)): \(d.message)\n")
  }
  for id in result.functions + result.data {
    guard let d = symbols.definitions[id] else { continue }
    let info = d.function
    let path = info.map { (f: FunctionInfo) -> String in sources.location(f.pos).path } ?? "-"
    if byLine {
      for (i, entry) in (info?.lines ?? []).enumerated() {
        let lines = info!.lines
        let end = i + 1 < lines.count ? Int(lines[i + 1].pc) : d.bytes.count
        out.append("L \(sources.location(info!.positions[Int(entry.value)]).line) ")
        hex(Array(d.bytes[Int(entry.pc)..<end]), separator: nil)
        out.u8(10)
      }
      continue
    }
    out.append("\(info == nil ? "D" : "F") \(path) \(symbols.name(id)) \(d.size) ")
    out.append("\(info?.frameSize ?? 0) \(info?.argsSize ?? 0) ")
    hex(d.bytes, separator: nil)
    out.u8(10)
    for r in d.relocs {
      out.append("R \(r.offset) \(r.kind) \(symbols.name(r.target)) \(r.addend)\n")
    }
  }
  return diagnostics.isEmpty ? 0 : 1
}

/// Nanoseconds that the encoder takes for one of a usual mix of instructions, branches included.
func encodingSpeed() -> Int {
  var code = CodeBuffer()
  var start = timespec()
  var end = timespec()
  let rounds = 2000
  clock_gettime(CLOCK_MONOTONIC, &start)
  for _ in 0..<rounds {
    code.reset()
    let top = code.newLabel()
    let out = code.newLabel()
    code.bind(top)
    for k in 0..<100 {
      let r = Reg(gpr: UInt8(k & 7))
      code.rm(.movq, r, Mem(base: .rsp, disp: Int32(8 * k)))
      code.rr(.addq, r, .r9)
      code.ri(.cmpq, r, Int64(k))
      code.jcc(.e, k & 1 == 0 ? top : out)
      code.mr(.movl, Mem(base: .rax, index: .rbx, scale: 4, disp: 64), r)
      code.rm(.movsd, .xmm15, Mem(base: .rbp, disp: 16))
      code.rr(.mulsd, .xmm0, .xmm15)
      code.rm(.leaq, .rcx, Mem(base: .rax, disp: 1000))
      code.rr(.xorl, .rdx, .rdx)
      code.jmp(out)
    }
    code.bind(out)
    _ = code.finish()
  }
  clock_gettime(CLOCK_MONOTONIC, &end)
  let ns = (end.tv_sec - start.tv_sec) * 1_000_000_000 + end.tv_nsec - start.tv_nsec
  return ns / (rounds * 1000)
}

let arguments = CommandLine.arguments
var status: Int32 = 0
switch arguments.count > 1 ? arguments[1] : "" {
case "mnemonics":
  for (m, name) in zip(Mnemonic.allCases, EncodingSamples.mnemonicNames) where "\(m)" != name {
    out.append("\(m) is \(name) in the tables\n")
    status = 1
  }
  if Mnemonic.allCases.count != EncodingSamples.mnemonicNames.count { status = 1 }
  out.append("\(EncodingSamples.mnemonicNames.count) mnemonics\n")
case "encodings":
  EncodingSamples.forEach { (text: String, bytes: [UInt8]) -> Void in
    out.append(text)
    out.u8(9)
    hex(bytes, separator: 32)
    out.u8(10)
  }
case "assemble":
  status = assembleFiles(Array(arguments.dropFirst(2)), byLine: false)
case "lines":
  status = assembleFiles(Array(arguments.dropFirst(2)), byLine: true)
case "bench":
  out.append("\(encodingSpeed()) ns an instruction\n")
default:
  out.append("usage: AsmCheck mnemonics | encodings | bench | (assemble | lines) PATH DIRS FILE...\n")
  status = 2
}
flush()
exit(status)
