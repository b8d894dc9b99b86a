import ABI
import Base
import Link
import Object

/// A decoder of the function table, written from runtime/symtab.go's reading side.
private struct TableReader {
  let r: ImageReader
  /// Address of `runtime.firstmoduledata`.
  let module: Int

  func word(_ offset: Int) -> Int { Int(r.u64(module + offset)) }
  var names: Int { word(8) }
  var files: Int { word(56) }
  var fileNumbers: Int { word(32) }
  var pctab: Int { word(80) }
  var functions: Int { word(104) }
  var count: Int { word(136) - 1 }
  var buckets: Int { word(152) }
  var text: Int { word(176) }
  var gofunc: Int { word(344) }

  /// The record of the function that holds `pc`.
  func find(_ pc: Int) -> Int {
    let off = pc - text
    let bucket = buckets + off / 4096 * 20
    var i = Int(r.u32(bucket)) + Int(r.u8(bucket + 4 + off % 4096 / 256))
    while Int(r.u32(functions + (i + 1) * 8)) <= off { i += 1 }
    return functions + Int(r.u32(functions + i * 8 + 4))
  }
  func field(_ f: Int, _ i: Int) -> Int { Int(Int32(bitPattern: r.u32(f + 4 * i))) }
  func name(_ f: Int) -> String { r.string(names + field(f, 1)) }

  /// The value at `pc` of the table at `offset` of pctab.
  func value(_ f: Int, _ offset: Int, _ pc: Int) -> Int? {
    if offset == 0 { return nil }
    var p = pctab + offset
    func varint() -> UInt32 {
      var v: UInt32 = 0
      var shift: UInt32 = 0
      while true {
        let b = r.u8(p)
        p += 1
        v |= UInt32(b & 0x7f) << shift
        shift += 7
        if b < 0x80 { return v }
      }
    }
    var at = text + field(f, 0)
    let entry = at
    var v = -1
    while true {
      let d = varint()
      if d == 0 && at != entry { return nil }
      v += d & 1 != 0 ? -Int(d >> 1) - 1 : Int(d >> 1)
      at += Int(varint())
      if pc < at { return v }
    }
  }

  func line(_ pc: Int) -> String {
    let f = find(pc)
    guard let file = value(f, field(f, 5), pc), let line = value(f, field(f, 6), pc) else {
      return "?"
    }
    let offset = Int(r.u32(fileNumbers + 4 * (field(f, 8) + file)))
    return r.string(files + offset) + ":\(line)"
  }
  func pcdata(_ f: Int, _ table: Int, _ pc: Int) -> Int {
    table >= field(f, 7) ? -1 : value(f, field(f, 11 + table), pc) ?? -1
  }
  /// Address of function data, or nil.
  func funcdata(_ f: Int, _ i: Int) -> Int? {
    if i >= Int(r.u8(f + 43)) { return nil }
    let off = r.u32(f + 44 + 4 * field(f, 7) + 4 * i)
    return off == UInt32.max ? nil : gofunc + Int(off)
  }
}

/// A program with `runtime.firstmoduledata`, three functions in two files, one of them inlined.
private func tableProgram() -> (Program, SymbolID, [SymbolID]) {
  var p = Program()
  let textA = "package main\n\nfunc f() {\n\tg()\n}\n"
  let textB = "package main\nfunc g() {\n}\n"
  let a = p.sources.add(path: "/src/a.go", bytes: Array(textA.utf8))
  let b = p.sources.add(path: "/src/b.go", bytes: Array(textB.utf8))
  p.sources.setLines(a, starts: [0, 13, 14, 25, 30, 32], directives: [])
  p.sources.setLines(b, starts: [0, 13, 24, 26], directives: [])
  let baseA = p.sources.files[a].base
  let baseB = p.sources.files[b].base

  p.data("runtime.firstmoduledata", .bss, size: ABI.FunctionTable.moduleDataSize)
  p.data("runtime.lastmoduledatap", .data, size: 8, mask: [1])
  let nameG = p.table.names.intern("main.g")
  var functions: [SymbolID] = []
  functions.append(
    p.function("main.f", Array(repeating: 0x90, count: 300), frame: 24) { f in
      f.pos = Pos(offset: baseA + 14)
      f.argsSize = 16
      f.spDelta = [PCValue(pc: 4, value: 24), PCValue(pc: 299, value: 0)]
      f.positions = [Pos(offset: baseA + 15), Pos(offset: baseA + 26), Pos(offset: baseB + 24)]
      f.lines = [
        PCValue(pc: 0, value: 0), PCValue(pc: 10, value: 1), PCValue(pc: 20, value: 2),
        PCValue(pc: 30, value: 1), PCValue(pc: 200, value: 0),
      ]
      f.inlineTree = [
        InlinedCall(
          parent: -1, function: nameG, startLine: 2, callPos: Pos(offset: baseA + 26), parentPC: 10,
          funcID: 0)
      ]
      f.inlineIndex = [PCValue(pc: 20, value: 0), PCValue(pc: 30, value: -1)]
      f.stackMapIndex = [PCValue(pc: 15, value: 0), PCValue(pc: 25, value: 1)]
      var m0 = PointerBitmap(count: 9)
      m0.set(0)
      m0.set(8)
      let m1 = PointerBitmap(count: 9)
      f.localMaps = [m0, m1]
      var args = PointerBitmap(count: 2)
      args.set(1)
      f.argMaps = [args]
      f.unsafePoints = [PCValue(pc: 0, value: -2), PCValue(pc: 4, value: -1)]
      f.deferReturn = 77
    })
  functions.append(
    p.function("runtime.goexit", [0x90, 0xc3], flags: [.topFrame, .asm, .nosplit]) { f in
      f.pos = Pos(offset: baseB + 13)
    })
  functions.append(p.function("main.w", [0xc3], flags: .wrapper))
  let start = p.caller("main.start", functions)
  return (p, start, functions)
}

func testFunctionTable(_ c: inout Checks) {
  do {
    var (p, start, functions) = tableProgram()
    let module = p.symbol("runtime.firstmoduledata")
    let last = p.symbol("runtime.lastmoduledatap")
    for i in 0..<600 {
      functions.append(p.function("main.pad\(i)", Array(repeating: 0x90, count: i % 37 + 1)))
    }
    let all = functions
    let program = try p.link(start) { o in
      o.roots = all + [module, last]
      o.sourcePath = { "$T" + $0 }
    }
    let t = TableReader(
      r: ImageReader(program: program), module: program.layout.address(module))
    let l = program.layout
    c.equal(Int(t.r.u64(l.address(last))), t.module, "lastmoduledatap")
    c.equal(t.r.u32(t.word(0)), 0xffff_fff1, "magic")
    c.equal(t.count, functions.count + 1, "functions")
    for s in functions {
      for pc in [l.address(s), l.address(s) + p.table.definitions[s]!.size - 1] {
        c.equal(t.name(t.find(pc)), p.table.name(s), "look-up")
      }
    }
    let f = t.find(l.address(functions[0]))
    let pc = l.address(functions[0])
    c.equal(t.field(f, 2), 16, "args")
    c.equal(t.field(f, 3), 77, "deferreturn")
    c.equal(t.field(f, 9), 3, "start line")
    c.equal(t.value(f, t.field(f, 4), pc), 0, "spdelta at entry")
    c.equal(t.value(f, t.field(f, 4), pc + 4), 24)
    c.equal(t.value(f, t.field(f, 4), pc + 299), 0)
    c.equal(t.line(pc), "$T/src/a.go:3")
    c.equal(t.line(pc + 10), "$T/src/a.go:4")
    c.equal(t.line(pc + 25), "$T/src/b.go:3")
    c.equal(t.line(pc + 30), "$T/src/a.go:4")
    c.equal(t.line(pc + 299), "$T/src/a.go:3")
    c.equal(t.pcdata(f, 0, pc), -2, "unsafe prologue")
    c.equal(t.pcdata(f, 0, pc + 200), -1)
    c.equal([14, 15, 25].map { t.pcdata(f, 1, pc + $0) }, [-1, 0, 1], "stack map index")
    c.equal([19, 20, 30].map { t.pcdata(f, 2, pc + $0) }, [-1, 0, -1], "inline index")
    let tree = t.funcdata(f, 3)!
    c.equal(t.r.string(t.names + Int(t.r.u32(tree + 4))), "main.g")
    c.equal(t.r.u32(tree + 8), 10, "parent pc")
    c.equal(t.r.u32(tree + 12), 2, "start line")
    let locals = t.funcdata(f, 1)!
    c.equal([t.r.u32(locals), t.r.u32(locals + 4)], [2, 9], "locals")
    c.equal((0..<4).map { t.r.u8(locals + 8 + $0) }, [1, 1, 0, 0])
    let args = t.funcdata(f, 0)!
    c.equal([t.r.u32(args), t.r.u32(args + 4)], [2, 2], "one map stands for all")
    c.equal((0..<2).map { t.r.u8(args + 8 + $0) }, [2, 2])
    let g = t.find(l.address(functions[1]))
    c.equal(t.r.u8(g + 40), ABI.FuncID.goexit.rawValue, "goexit's id")
    c.equal(t.r.u8(g + 41), 5, "flags")
    c.expect(t.funcdata(g, 1) == nil, "assembly without maps")
    c.equal(t.r.u8(t.find(l.address(functions[2])) + 40), 23, "wrapper")
    let pads = [5, 6].map { t.funcdata(t.find(l.address(functions[$0])), 1) }
    c.equal(pads[0], pads[1], "equal stack maps are stored once")

    try program.image.write(to: workDirectory + "/table")
    if let go = goCommand() {
      let hex = String(pc + 25, radix: 16)
      let a = shell("echo 0x\(hex) | \(go) tool addr2line \(workDirectory)/table")
      c.equal(a.output, "main.f\n$T/src/b.go:3\n", "addr2line")
      let d = shell("\(go) tool objdump -s main.f$ \(workDirectory)/table").output
      c.expect(d.contains("TEXT main.f(SB) $T/src/a.go"), d)
    }
  } catch {
    c.expect(false, "\(error)")
  }
}

func testModuleData(_ c: inout Checks) {
  do {
    var p = Program()
    let module = p.data("runtime.firstmoduledata", .bss, size: ABI.FunctionTable.moduleDataSize)
    let first = p.data("main.a", .data, size: 24, alignment: 8, mask: [0b101])
    let hot = p.data("main.hot", .noptrbss, size: 24, flags: .hot, alignment: 8)
    let zero = p.data("main.z", .bss, size: 80_000, mask: [0, 0b11])
    let odd = p.data("main.odd", .noptrdata, [1])
    let etext = p.symbol("runtime.etext")
    let types = p.symbol("runtime.types")
    let itab = p.data("go:itab.T,I", .itab, size: 32, [])
    let start = p.caller("main.start", [etext])
    let program = try p.link(start) { o in
      o.roots = [module, first, hot, zero, odd, itab, types]
    }
    let l = program.layout
    let t = TableReader(r: ImageReader(program: program), module: l.address(module))
    c.equal(t.word(184), l.address(etext), "etext")
    c.equal(t.word(184), l.address(start) + 6, "etext")
    c.equal(t.word(168), t.word(184), "maxpc")
    c.equal([t.word(208), t.word(216)], [l.address(hot), l.address(first) + 24], "data, edata")
    c.equal(t.word(224), l.address(zero), "bss")
    c.equal(t.word(272), l.address(zero) + 80_000, "end")
    c.equal(t.word(296), l.address(types), "types")
    c.equal(t.word(296) + t.word(320), l.address(itab), "itaboffset")
    c.equal(t.word(328), 32, "itabsize")
    c.equal(t.r.u8(t.module + 512), 1, "hasmain")
    c.equal(t.r.u32(t.module + 520), 6, "data mask bits")
    c.equal(t.r.u8(t.word(528)), 0b101000, "data mask")
    c.equal(t.r.u32(t.module + 536), 10_000, "bss mask bits")
    c.equal(t.r.u8(t.word(544) + 8), 0b11, "bss mask")
    c.equal(l.address(zero) % 4096, 0, "bss on a page of its own")
  } catch {
    c.expect(false, "\(error)")
  }
}
