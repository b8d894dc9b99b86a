// A developer's tool: prints what the encoder and the assembler make, for the comparison scripts
// beside it to hold against independent programs. See Tools/README.md.
import AMD64
import Base
import Glibc

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
case "probe":
  var b = CodeBuffer()
  b.rr(.addq, .rbx, .rcx)
  b.ri(.addq, .rbx, 7)
  b.rri(.imulq, .rbx, .r9, 70)
  b.mi(.movl, Mem(base: .rsp, disp: 8), 70)
  hex(b.finish().bytes, separator: 32)
default:
  out.append("usage: AsmCheck mnemonics | encodings\n")
  status = 2
}
flush()
exit(status)
