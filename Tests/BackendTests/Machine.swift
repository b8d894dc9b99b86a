import ABI
import AMD64
import Base
import Glibc
import Object
import SSA

/// Compiled functions in executable memory of this process, with just enough of a runtime: a
/// goroutine whose stack guard is never hit, memmove, memclr, panics that unwind to the caller, a
/// write barrier buffer, and `test.mix`, which destroys every register.
final class Machine {
  var table = SymbolTable()
  var runtime: RuntimeSymbols
  let context: AMD64.Context
  private let memory: UnsafeMutableRawPointer
  private let capacity = 1 << 22
  private var used = 0
  private var addresses: [UInt32: Int] = [:]
  private var trampoline = 0
  /// Fake g: guard at 16, saved RSP at 256, panic kind, x and y at 264 to 280, barrier buffer from
  /// 512.
  let g: UnsafeMutableRawPointer
  let collector = Collector()
  /// What functions made here leave behind for good.
  private var mark = 0

  init() {
    runtime = RuntimeSymbols(&table)
    // These are assembly of the real runtime; without them each function keeps its own arguments.
    runtime.morestackKeeping = []
    runtime.morestackKeepingNoContext = []
    context = AMD64.Context(runtime: runtime)
    context.check = true
    // Code holds addresses as 32-bit immediates: below 2 GB, as in a program (MAP_32BIT).
    memory = mmap(
      nil, capacity, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | 0x40, -1, 0)
    g = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 16)
    g.initializeMemory(as: UInt8.self, repeating: 0, count: 4096)
    Collector.shared = collector
    g.storeBytes(
      of: unsafeBitCast(Collector.entry, to: UInt.self), toByteOffset: 296, as: UInt.self)
    makeTrampoline()
    makeRuntime()
    mark = used
  }

  /// Forgets all functions but the runtime.
  func reset() { used = mark }

  var writeBarrierFlag: UnsafeMutableRawPointer {
    memory + addresses[runtime.writeBarrierFlag.raw]!
  }

  func address(_ s: SymbolID) -> UInt64 {
    UInt64(UInt(bitPattern: memory + (addresses[s.raw] ?? 0)))
  }

  /// Reserves zeroed data for a symbol.
  func data(_ s: SymbolID, _ size: Int) {
    used = (used + 63) & ~63
    addresses[s.raw] = used
    used += size
  }

  private func install(_ s: SymbolID, _ bytes: [UInt8], _ relocs: [Reloc]) {
    used = (used + 31) & ~31
    addresses[s.raw] = used
    if used + bytes.count > capacity { fatalError("test code memory is full") }
    for (i, b) in bytes.enumerated() {
      memory.storeBytes(of: b, toByteOffset: used + i, as: UInt8.self)
    }
    for r in relocs where r.kind == .pc32 || r.kind == .call32 || r.kind == .abs32 {
      guard let target = addresses[r.target.raw] else {
        fatalError("undefined symbol \(table.name(r.target))")
      }
      let place = used + Int(r.offset)
      let base = r.kind == .abs32 ? Int(bitPattern: memory) : -place
      let d = Int32(base + target + Int(r.addend))
      memory.storeBytes(of: d, toByteOffset: place, as: Int32.self)
    }
    used += bytes.count
  }

  private func install(
    _ name: String, _ abi: ABI.Convention = .internal, _ body: (inout CodeBuffer) -> Void
  ) {
    var c = CodeBuffer()
    body(&c)
    let done = c.finish()
    install(table.symbol(name, abi), done.bytes, done.relocs)
  }

  /// Compiles and installs; callees first.
  @discardableResult
  func add(_ f: Function) -> SymbolDefinition {
    let d = AMD64.compile(f, context: context)
    install(f.symbol, d.bytes, d.relocs)
    let start = UInt(address(f.symbol))
    collector.functions = [(start: start, end: start + UInt(d.bytes.count), info: d.function!)]
    return d
  }

  /// Calls a function with register and stack arguments given as 64-bit patterns.
  func call(_ f: Function, _ arguments: [UInt64]) throws -> [UInt64] {
    // The block that the trampoline reads: target, g, 9 integers, 15 floats, 16 stack words.
    var block = [UInt64](repeating: 0, count: 64)
    block[0] = address(f.symbol)
    block[1] = UInt64(UInt(bitPattern: g))
    for (i, s) in f.signature.params.enumerated() {
      if s.register < 0 {
        let at = 26 * 8 + Int(s.offset)
        block.withUnsafeMutableBytes { p in
          for k in 0..<s.type.size {
            p[at + k] = UInt8(truncatingIfNeeded: arguments[i] >> UInt64(8 * k))
          }
        }
      } else {
        // Narrow arguments come with garbage above them.
        var n = arguments[i]
        if s.type.isInteger && s.type.size < 8 { n |= 0xA5A5_A5A5_A5A5_A5A5 << UInt64(s.type.bits) }
        block[(s.type.isFloat ? 11 : 2) + Int(s.register)] = n
      }
    }
    g.storeBytes(of: 0, toByteOffset: 264, as: Int64.self)
    typealias Entry = @convention(c) (UnsafeMutableRawPointer) -> Void
    let entry = unsafeBitCast(memory + trampoline, to: Entry.self)
    block.withUnsafeMutableBytes { entry($0.baseAddress!) }
    let kind = g.load(fromByteOffset: 264, as: Int64.self)
    if kind != 0 {
      throw Panic.bounds(
        Int(kind) - 1, g.load(fromByteOffset: 272, as: Int64.self),
        g.load(fromByteOffset: 280, as: Int64.self))
    }
    return f.signature.results.map { (s: ABISlot) -> UInt64 in
      if s.register < 0 {
        return block.withUnsafeBytes { p -> UInt64 in
          var n: UInt64 = 0
          for k in 0..<s.type.size { n |= UInt64(p[26 * 8 + Int(s.offset) + k]) << UInt64(8 * k) }
          return n
        }
      }
      let n = block[(s.type.isFloat ? 11 : 2) + Int(s.register)]
      return Interpreter.mask(n, s.type)
    }
  }

  // MARK: Hand-written code

  private func makeTrampoline() {
    trampoline = used
    install("test.trampoline") { c in
      let saved: [Reg] = [.rbx, .rbp, .r12, .r13, .r14, .r15]
      for r in saved { c.r(.pushq, r) }
      c.r(.pushq, .rdi)
      c.ri(.subq, .rsp, 16 * 8)
      for k: Int32 in 0..<16 {
        c.rm(.movq, .rax, Mem(base: .rdi, disp: 8 * (26 + k)))
        c.mr(.movq, Mem(base: .rsp, disp: 8 * k), .rax)
      }
      c.rm(.movq, .r14, Mem(base: .rdi, disp: 8))
      c.mr(.movq, Mem(base: .r14, disp: 256), .rsp)
      c.rm(.movq, .r12, Mem(base: .rdi))
      for k: UInt8 in 0..<15 {
        c.rm(.movsd, Reg(xmm: k), Mem(base: .rdi, disp: 8 * (11 + Int32(k))))
      }
      c.rr(.xorps, Reg(xmm: 15), Reg(xmm: 15))
      c.rr(.movq, .r13, .rdi)
      for (k, n) in ABI.integerArguments.enumerated() {
        c.rm(.movq, Reg(gpr: n), Mem(base: .r13, disp: 8 * (2 + Int32(k))))
      }
      c.ri(.movq, .rbp, 0x1234)
      c.r(.call, .r12)
      c.rm(.movq, .r13, Mem(base: .rsp, disp: 16 * 8))
      // The callee must keep RBP and the zero in X15.
      let bad = c.newLabel()
      let good = c.newLabel()
      c.ri(.cmpq, .rbp, 0x1234)
      c.jcc(.ne, bad)
      c.rr(.movq, .r12, Reg(xmm: 15))
      c.rr(.testq, .r12, .r12)
      c.jcc(.e, good)
      c.bind(bad)
      c.op(.ud2)
      c.bind(good)
      for (k, n) in ABI.integerArguments.enumerated() {
        c.mr(.movq, Mem(base: .r13, disp: 8 * (2 + Int32(k))), Reg(gpr: n))
      }
      for k: UInt8 in 0..<15 {
        c.mr(.movsd, Mem(base: .r13, disp: 8 * (11 + Int32(k))), Reg(xmm: k))
      }
      for k: Int32 in 0..<16 {
        c.rm(.movq, .rax, Mem(base: .rsp, disp: 8 * k))
        c.mr(.movq, Mem(base: .r13, disp: 8 * (26 + k)), .rax)
      }
      c.ri(.addq, .rsp, 16 * 8 + 8)
      for r in saved.reversed() { c.r(.popq, r) }
      c.op(.ret)
    }
  }

  private func makeRuntime() {
    data(runtime.writeBarrierFlag, 16)
    install("runtime.memmove") { c in
      // memmove(to, from, n): backwards when the destination lies in the source.
      let back = c.newLabel()
      c.rr(.movq, .rdi, .rax)
      c.rr(.movq, .rsi, .rbx)
      c.rr(.movq, .rdx, .rdi)
      c.rr(.subq, .rdx, .rsi)
      c.rr(.cmpq, .rdx, .rcx)
      c.jcc(.b, back)
      c.op(.rep)
      c.op(.movsb)
      c.op(.ret)
      c.bind(back)
      c.op(.std)
      c.rm(.leaq, .rdi, Mem(base: .rdi, index: .rcx, disp: -1))
      c.rm(.leaq, .rsi, Mem(base: .rsi, index: .rcx, disp: -1))
      c.op(.rep)
      c.op(.movsb)
      c.op(.cld)
      c.op(.ret)
    }
    install("runtime.memclrNoHeapPointers") { c in
      c.rr(.movq, .rdi, .rax)
      c.rr(.movq, .rcx, .rbx)
      c.rr(.xorl, .rax, .rax)
      c.op(.rep)
      c.op(.stosb)
      c.op(.ret)
    }
    for k in BoundsKind.allCases {
      install(k.runtimeName) { c in
        c.mi(.movq, Mem(base: .r14, disp: 264), k.rawValue + 1)
        c.mr(.movq, Mem(base: .r14, disp: 272), .rax)
        c.mr(.movq, Mem(base: .r14, disp: 280), .rbx)
        self.unwind(&c)
      }
    }
    for n in 1...8 {
      install("runtime.gcWriteBarrier\(n)") { c in
        c.rm(.leaq, .r11, Mem(base: .r14, disp: 512))
        c.op(.ret)
      }
    }
    for name in ["runtime.morestack", "runtime.morestack_noctxt", "runtime.morestackc"] {
      install(name, .abi0) { c in c.op(.ud2) }
    }
    install("test.collect") { c in
      c.r(.pushq, .rbp)
      c.rr(.movq, .rbp, .rsp)
      c.rm(.leaq, .rdi, Mem(base: .rsp, disp: 8))
      c.ri(.andq, .rsp, -16)
      c.m(.call, Mem(base: .r14, disp: 296))
      c.rr(.movq, .rsp, .rbp)
      c.r(.popq, .rbp)
      self.destroyRegisters(&c)
      c.rr(.xorps, Reg(xmm: 15), Reg(xmm: 15))
      c.op(.ret)
    }
    install("test.mix") { c in
      // rax = rax * 31 + rbx, rbx = rax ^ rbx; all else is destroyed.
      c.rri(.imulq, .rcx, .rax, 31)
      c.rr(.addq, .rcx, .rbx)
      c.rr(.xorq, .rbx, .rax)
      c.rr(.movq, .rax, .rcx)
      self.destroyRegisters(&c)
      // And the stack below.
      for k: Int32 in 1..<8 { c.mr(.movq, Mem(base: .rsp, disp: -8 * k), .r15) }
      c.op(.ret)
    }
  }

  private func destroyRegisters(_ c: inout CodeBuffer) {
    for n: UInt8 in [1, 2, 6, 7, 8, 9, 10, 11, 12, 13, 15] {
      c.ri(.movq, Reg(gpr: n), 0x0DEA_DBEE_F000 + Int64(n))
    }
    for n: UInt8 in 0..<15 { c.rr(.movq, Reg(xmm: n), .r15) }
  }

  /// Leaves to the trampoline, whose RBP is gone.
  private func unwind(_ c: inout CodeBuffer) {
    c.rm(.movq, .rsp, Mem(base: .r14, disp: 256))
    c.ri(.addq, .rsp, 16 * 8 + 8)
    for r in [Reg.r15, .r14, .r13, .r12, .rbp, .rbx] { c.r(.popq, r) }
    c.op(.ret)
  }
}
