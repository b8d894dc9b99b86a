import ABI
import Base
import Link
import Object

/// `_start`: write(1, message, 3); exit(data[0]).
private func helloProgram(zeros: Int = 0) -> (Program, SymbolID) {
  var p = Program()
  let message = p.data("go:string.hi", .rodata, Array("hi\n".utf8), alignment: 1)
  let status = p.data("main.status", .data, [7, 0, 0, 0, 0, 0, 0, 0])
  var relocs = [
    Reloc(offset: 11, kind: .abs32, target: message),
    Reloc(offset: 29, kind: .pc32, target: status, addend: -4),
  ]
  if zeros > 0 {
    let b = p.data("main.zeros", .bss, size: zeros, mask: [1])
    relocs.append(Reloc(offset: 0, kind: .keep, target: b))
  }
  let code: [UInt8] = [
    0xb8, 1, 0, 0, 0,  // mov $1, %eax
    0xbf, 1, 0, 0, 0,  // mov $1, %edi
    0xbe, 0, 0, 0, 0,  // mov $message, %esi
    0xba, 3, 0, 0, 0,  // mov $3, %edx
    0x0f, 0x05,  // syscall
    0xb8, 60, 0, 0, 0,  // mov $60, %eax
    0x8b, 0x3d, 0, 0, 0, 0,  // mov status(%rip), %edi
    0x0f, 0x05,  // syscall
  ]
  let start = p.table.symbol("_rt0_amd64_linux", .abi0)
  var f = FunctionInfo()
  f.argsSize = ABI.FunctionTable.argsSizeUnknown
  p.table.define(
    start,
    SymbolDefinition(
      kind: .text, flags: [.asm, .nosplit, .topFrame, .hot], bytes: code, relocs: relocs,
      function: f))
  return (p, start)
}

func testELF(_ c: inout Checks) {
  do {
    for zeros in [0, 1000, 200_000] {
      var (p, start) = helloProgram(zeros: zeros)
      let program = try p.link(start) { o in
        o.buildInfo = BuildInfo(goVersion: "go1.27.3", path: "example.com/hi")
        o.buildInfo!.main = BuildInfo.Module(path: "example.com/hi", version: "(devel)")
        o.buildInfo!.settings = [(key: "-compiler", value: "gc"), (key: "GOOS", value: "linux")]
        o.buildID = "a/b"
      }
      let path = "\(workDirectory)/hello\(zeros)"
      try program.image.write(to: path)
      let run = shell(path)
      c.equal(run.output, "hi\n", "output")
      c.equal(run.status, 7, "exit status")
      c.equal(shell("stat -c %a \(path)").output, "755\n", "mode")

      let headers = shell("readelf -lW \(path)")
      c.equal(headers.status, 0, "readelf")
      c.expect(!headers.output.contains("arning"), headers.output)
      c.equal(count(headers.output, "  LOAD "), 2, "segments")
      c.equal(count(headers.output, "GNU_STACK"), 1, "stack header")
      for word in ["INTERP", "DYNAMIC", "RWE", "TLS"] {
        c.expect(!headers.output.contains(word), word)
      }
      c.equal(count(headers.output, ".bss"), zeros > 100_000 ? 1 : 0, "bss in segments")
      let sections = shell("readelf -SsWn \(path)").output
      c.expect(!sections.contains("arning"), sections)
      c.expect(sections.contains(".go.buildinfo") && sections.contains(".gopclntab"), "sections")
      c.expect(sections.contains("_rt0_amd64_linux"), "symbol")
      c.expect(sections.contains(".note.go.buildid"), "build id")
      c.expect(shell("objdump -d \(path)").output.contains("syscall"), "objdump")

      if let go = goCommand() {
        let version = shell("\(go) version -m \(path)").output
        c.expect(version.contains(": go1.27.3\n"), version)
        c.expect(version.contains("path\texample.com/hi\n"), version)
        c.expect(version.contains("mod\texample.com/hi\t(devel)"), version)
        c.expect(version.contains("build\tGOOS=linux"), version)
        let names = shell("\(go) tool nm \(path)").output
        c.expect(names.contains("T _rt0_amd64_linux"), names)
        c.expect(names.contains("D main.status"), names)
        let code = shell("\(go) tool objdump \(path)").output
        c.expect(code.contains("TEXT _rt0_amd64_linux"), code)
        c.expect(code.contains("SYSCALL"), code)
      }
      let stripped = try p.link(start) { $0.omitSymbols = true }
      try stripped.image.write(to: path + "s")
      c.expect(stripped.image.count < program.image.count, "stripped size")
      c.equal(shell(path + "s").output, "hi\n", "stripped output")
      c.expect(!shell("readelf -SW \(path)s").output.contains("symtab"), "no symtab")
      if zeros == 0 { c.expect(stripped.image.count < 11_000, "size \(stripped.image.count)") }
    }
  } catch {
    c.expect(false, "\(error)")
  }
}

func count(_ text: String, _ part: String) -> Int {
  text.split(separator: "\n").filter { $0.contains(part) }.count
}

func testLayout(_ c: inout Checks) {
  do {
    var p = Program()
    var all: [SymbolID] = []
    for i in 0..<20 {
      all.append(
        p.function("main.f\(i)", Array(repeating: 0x90, count: 100), flags: i == 7 ? .hot : []))
    }
    let small = p.data("main.small", .noptrdata, [1, 2, 3])
    let cold = p.data("main.cold", .data, Array(repeating: 1, count: 64), mask: [0b101])
    let warm = p.data("main.warm", .bss, size: 40, flags: .hot, mask: [0b10])
    let constant = p.data("main.constant", .rodata, [9, 9, 9, 9], flags: .hot)
    let start = p.caller("main.start", all)
    let program = try p.link(start) { o in
      o.roots = [small, cold, warm, constant]
      o.hotOrder = [start, all[3]]
    }
    let l = program.layout
    c.equal(l.address(start), 0x5f7000, "first hot function")
    c.equal(l.address(all[3]) > l.address(start), true)
    c.equal(l.address(all[7]) > l.address(all[3]), true)
    c.equal(l.address(all[0]) > l.address(all[7]), true)
    c.equal(l.address(warm), l.dataBase, "hot variable first")
    c.equal(l.dataBase, 0x400000)
    c.expect(l.address(constant) < 0x5f7000, "hot constant before text")
    c.equal(l.address(small) % 2, 0)
    let list = Array("# a comment\nmain.start\nmain.absent\nmain.warm\n".utf8)
    c.equal(HotList(list, in: p.table).symbols, [start, warm], "hot list")
    // Large data moves to the other base.
    var q = Program()
    let s = q.function("main.start", [0xc3])
    let big = q.data("main.big", .noptrbss, size: 3 << 20)
    let moved = try q.link(s) { $0.roots = [big] }
    c.equal(moved.layout.dataBase, 0x0800_0000)
    c.equal(moved.layout.address(big), 0x0800_0000)
    try moved.image.write(to: workDirectory + "/big")
    c.expect(!shell("readelf -lW \(workDirectory)/big").output.contains("arning"), "readelf big")
    // -X
    var x = Program()
    let v = x.data("main.version", .bss, size: 16, mask: [1])
    let e = x.function("main.start", [0xc3])
    let set = try x.link(e) { o in
      o.roots = [v]
      o.stringVariables = [
        (name: "main.version", value: "v1.2"), (name: "main.absent", value: "x"),
      ]
    }
    let r = ImageReader(program: set)
    c.equal(r.u64(set.layout.address(v) + 8), 4)
    c.equal(r.u8(Int(r.u64(set.layout.address(v)))), UInt8(ascii: "v"))
    // Too large.
    var t = Program()
    let ts = t.function("main.start", [0xc3])
    let huge = t.data("main.huge", .noptrbss, size: 2 << 30)
    do {
      _ = try t.link(ts) { $0.roots = [huge] }
      c.expect(false, "2 GB of bss linked")
    } catch let f as LinkFailure {
      c.expect(f.diagnostics[0].message.contains("2 GB"), f.diagnostics[0].message)
    }
  } catch {
    c.expect(false, "\(error)")
  }
}

func testReach(_ c: inout Checks) {
  do {
    var p = Program()
    let leaf = p.function("main.leaf", [0xc3])
    let dead = p.function("main.dead", [0xc3])
    let middle = p.caller("main.middle", [leaf])
    let start = p.caller("main.start", [middle])
    let weak = p.data(
      "main.weak", .data, size: 16,
      [
        Reloc(offset: 0, kind: .weakAbs64, target: dead),
        Reloc(offset: 8, kind: .weakAbs64, target: leaf),
      ])
    let program = try p.link(start) { $0.roots = [weak] }
    c.expect(!program.liveness.contains(dead), "dead function kept")
    c.equal(program.liveness.chain(leaf), [leaf, middle, start])
    c.equal(
      program.whyText(p.table, "main.leaf"),
      "main.leaf<1>\n  from main.middle<1>\n  from main.start<1>\n")
    c.equal(program.whyText(p.table, "main.dead"), "main.dead is not in the program\n")
    c.expect(program.mapText(p.table).contains(" main.middle\n"), "map")
    let r = ImageReader(program: program)
    let w = program.layout.address(weak)
    c.equal(r.u64(w), 0)
    c.equal(r.u64(w + 8), UInt64(program.layout.address(leaf)))

    // A weak call of a dead function is a no-op; a live variable keeps its initialiser.
    for isLive in [false, true] {
      var w = Program()
      let initialiser = w.function("main.v.init", [0xc3])
      let v = w.data(
        "main.v", .bss, size: 8, [Reloc(offset: 0, kind: .keep, target: initialiser)])
      let e = w.function(
        "main.start", [0xe8, 0, 0, 0, 0, 0xc3],
        [Reloc(offset: 1, kind: .weakCall32, target: initialiser, addend: -4)])
      let linked = try w.link(e) { $0.roots = isLive ? [v] : [] }
      c.equal(linked.liveness.contains(initialiser), isLive, "initialiser")
      let code = ImageReader(program: linked).u8(linked.layout.address(e))
      c.equal(code, isLive ? 0xe8 : 0x0f, "weak call")
    }

    var q = Program()
    let other = q.table.symbol("main.twin", .abi0)
    q.table.define(other, SymbolDefinition(kind: .text, bytes: [0xc3], function: FunctionInfo()))
    let missing = q.symbol("main.missing")
    let s = q.caller("main.start", [missing, q.symbol("main.twin")])
    do {
      _ = try q.link(s)
      c.expect(false, "undefined symbols linked")
    } catch let f as LinkFailure {
      let text = f.diagnostics.map { $0.message }
      c.equal(text[0], "main.start: relocation target main.missing not defined")
      c.equal(
        text[1],
        "main.start: relocation target main.twin not defined for ABIInternal "
          + "(but is defined for ABI0)")
    }
  } catch {
    c.expect(false, "\(error)")
  }
}

/// The go command of a Go installation, for comparing.
func goCommand() -> String? {
  let found = shell("ls ${APUS_GOROOT:-${GOROOT:-/nonexistent}}/bin/go")
  if found.status != 0 { return nil }
  return "GOTOOLCHAIN=local " + found.output.split(separator: "\n")[0]
}
