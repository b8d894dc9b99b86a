import Base
import Glibc
import Link
import Object

private func syntheticProgram(functions n: Int, bytes: Int) -> (Program, SymbolID) {
  var p = Program()
  let path = p.sources.add(path: "/src/big.go", bytes: Array(repeating: 10, count: n * 20))
  p.sources.setLines(path, starts: (0..<UInt32(n * 20)).map { $0 }, directives: [])
  p.data("runtime.firstmoduledata", .bss, size: 568)
  var all: [SymbolID] = []
  for i in 0..<n { all.append(p.symbol("example.com/big/package\(i % 50).Function\(i)")) }
  for i in 0..<n {
    var code = [UInt8](repeating: 0x90, count: bytes)
    code[bytes - 1] = 0xc3
    var relocs: [Reloc] = []
    var at = 0
    var k = 1
    while at + 5 < bytes {
      code[at] = 0xe8
      relocs.append(
        Reloc(offset: UInt32(at + 1), kind: .call32, target: all[(i + k * k) % n], addend: -4))
      at += 25
      k += 1
    }
    let base = UInt32(i * 20 + 1)
    p.function(p.table.name(all[i]), code, relocs, frame: 32) { f in
      f.pos = Pos(offset: base)
      f.positions = (0..<20).map { Pos(offset: base + $0) }
      f.lines = (0..<bytes / 8).map { PCValue(pc: UInt32($0 * 8), value: Int32(($0 * 7) % 20)) }
      f.spDelta = [PCValue(pc: 4, value: 32)]
      f.stackMapIndex = (0..<bytes / 25).map { PCValue(pc: UInt32($0 * 25), value: Int32($0 % 3)) }
      var m = PointerBitmap(count: 4)
      m.set(i % 4)
      f.localMaps = [m, m, PointerBitmap(count: 4)]
    }
    p.data(
      "go:string.s\(i)", .rodata, Array("string number \(i)".utf8), alignment: 1)
    p.table.definitions[all[i]]!.relocs.append(
      Reloc(offset: 0, kind: .keep, target: p.symbol("go:string.s\(i)")))
  }
  return (p, all[0])
}

func testOutput(_ c: inout Checks) {
  do {
    var images: [[UInt8]] = []
    for n in [1, 2, 3, 7] {
      var (p, start) = syntheticProgram(functions: 211, bytes: 100)
      let program = try p.link(start) { $0.workers = n }
      images.append(program.image.bytes(0..<program.image.count))
    }
    for i in 1..<images.count { c.expect(images[i] == images[0], "bytes depend on workers") }

    var (p, start) = syntheticProgram(functions: 3, bytes: 100)
    let program = try p.link(start)
    func failure(_ path: String) -> String {
      do {
        try program.image.write(to: path)
        return ""
      } catch { return error.description }
    }
    let d = workDirectory
    c.equal(failure("\(d)/no/x"), "open \(d)/no/x: no such file or directory")
    c.equal(failure(d), "output \(d) already exists and is a directory")
    c.equal(failure("/dev/full"), "write /dev/full: no space left on device")
    c.equal(failure("/dev/null"), "")
    c.equal(shell("test -c /dev/null").status, 0, "/dev/null is still a device")
    c.equal(failure("\(d)/twice"), "")
    c.equal(failure("\(d)/twice"), "", "over an old file")
    c.equal(shell("ls -a \(d) | grep -c apus-").output, "0\n", "temporary files left")
    // The kernel's limit on file sizes stands in for a full disk: nothing is left behind.
    _ = signal(SIGXFSZ, SIG_IGN)
    var old = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
    var small = old
    small.rlim_cur = 4096
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small)
    c.expect(failure("\(d)/full").contains("write \(d)/full: "), "file too large")
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
    c.equal(shell("ls -a \(d) | grep -c full").output, "0\n", "nothing left behind")
  } catch {
    c.expect(false, "\(error)")
  }
}

/// Writes a program for start-up measurements: it writes "hello" and a word of the first data
/// page, and carries 400 KB of text and 100 KB of data that it does not touch.
func emitStartupProgram(_ path: String) throws {
  var (p, first) = syntheticProgram(functions: 1600, bytes: 250)
  let message = p.data("go:string.hello", .rodata, Array("hello\n".utf8), flags: .hot)
  let word = p.data("main.word", .data, [1, 0, 0, 0, 0, 0, 0, 0], flags: .hot)
  let cold = p.data("main.cold", .data, Array(repeating: 1, count: 100_000))
  let code: [UInt8] = [
    0xb8, 1, 0, 0, 0, 0xbf, 1, 0, 0, 0,  // mov $1, %eax; mov $1, %edi
    0xbe, 0, 0, 0, 0, 0xba, 6, 0, 0, 0,  // mov $message, %esi; mov $6, %edx
    0xff, 0x05, 0, 0, 0, 0,  // incl word(%rip)
    0x0f, 0x05,  // syscall
    0xb8, 231, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05,  // mov $231, %eax; xor %edi, %edi; syscall
  ]
  let start = p.function(
    "_rt0_amd64_linux", code,
    [
      Reloc(offset: 11, kind: .abs32, target: message),
      Reloc(offset: 22, kind: .pc32, target: word, addend: -4),
    ], flags: [.hot, .nosplit, .asm])
  try p.link(start) { $0.roots = [cold, first] }.image.write(to: path)
}

/// A program of 1 MB of text must link in 40 ms on an idle machine; the check leaves room for a
/// busy one.
func testSpeed(_ c: inout Checks, functions: Int = 4000) {
  do {
    var best = 1e9
    var text = ""
    for _ in 0..<3 {
      var (p, start) = syntheticProgram(functions: functions, bytes: 250)
      let program = try p.link(start)
      let total = program.timings.reduce(0.0) { $0 + $1.seconds }
      if total < best {
        best = total
        text = program.timings.map { "\($0.step) \(Int($0.seconds * 1e6))" }.joined(separator: ", ")
      }
    }
    print("\(functions / 4) KB of text linked in \(Int(best * 1e6)) us: \(text)")
    c.expect(best < 0.120 || functions > 4000, "slow: \(best)")
  } catch {
    c.expect(false, "\(error)")
  }
}
