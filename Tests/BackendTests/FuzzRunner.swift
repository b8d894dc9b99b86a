import ABI
import AMD64
import Base
@preconcurrency import Glibc
import Object
import SSA

/// Compiles random functions, runs them, and compares results and memory with the interpreter.
enum FuzzRunner {
  static func run(seconds: Double, start: UInt64) {
    let machine = Machine()
    var seed = start
    let begin = now()
    var count = 0
    while now() - begin < seconds {
      machine.reset()
      if CommandLine.arguments.contains("-v") { fputs("\(seed)\n", stderr) }
      if let problem = test(seed, machine) {
        failed += 1
        print("FAIL: fuzz seed \(seed): \(problem)")
        if failed > 10 { return }
      }
      count += 1
      seed += 1
    }
    passed += count
    print("fuzz: \(count) functions, \(machine.collector.collections) collections")
  }

  static func now() -> Double {
    var t = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9
  }

  /// Prints function, code and outcome for one seed.
  static func explain(_ seed: UInt64) {
    let machine = Machine()
    let f = FunctionMaker.make(seed, &machine.table)
    print(SSAPrinter(table: machine.table).print(f))
    fflush(nil)
    machine.context.onAllocation = { (text: String) -> Void in
      print(text)
      fflush(nil)
    }
    let d = machine.add(f)
    writeCode(d.bytes, "/tmp/fuzz.bin")
    print(test(seed, machine) ?? "same")
  }

  /// Time of the back end on random functions.
  static func bench(_ count: Int) {
    var table = SymbolTable()
    let context = AMD64.Context(runtime: RuntimeSymbols(&table))
    var functions: [Function] = []
    var values = 0
    for seed in 1...count {
      functions.append(FunctionMaker.make(UInt64(seed), &table))
      values += functions[seed - 1].values.count
    }
    var bytes = 0
    let begin = now()
    for f in functions { bytes += AMD64.compile(f, context: context).bytes.count }
    let t = now() - begin
    let perValue = Int(t / Double(values) * 1e9)
    print("\(count) functions, \(values) values, \(bytes) bytes: \(perValue) ns a value")
  }

  static func writeCode(_ bytes: [UInt8], _ path: String) {
    guard let file = fopen(path, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  private static func mix(_ name: String, _ a: [UInt64]) -> [UInt64] {
    name == "test.mix" ? [a[0] &* 31 &+ a[1], a[0] ^ a[1]] : []
  }

  static func test(_ seed: UInt64, _ machine: Machine) -> String? {
    let original = FunctionMaker.make(seed, &machine.table)
    let f = FunctionMaker.make(seed, &machine.table)
    if let problem = verify(f) { return "verifier: \(problem)" }
    // Every other one is optimised as well.
    if seed & 1 != 0 {
      if let problem = optimise(f) { return problem }
    }
    machine.add(f)
    var r = Random(state: seed ^ 0xFFFF)
    for round in 0..<4 {
      var arguments: [UInt64] = []
      for s in f.signature.params {
        let n = UInt64(bitPattern: r.number())
        if s.type == .ptr {
          arguments.append(0)
        } else if s.type == .f64 {
          arguments.append(Double(Int64(bitPattern: n)).bitPattern)
        } else if s.type == .f32 {
          arguments.append(UInt64(Float(Int64(bitPattern: n)).bitPattern))
        } else {
          arguments.append(Interpreter.mask(n, s.type))
        }
      }
      var first = [UInt64](repeating: 0, count: 40)
      for i in first.indices { first[i] = UInt64(bitPattern: r.number()) }
      var second = first
      let expected = outcome(f, &first, arguments) { (a: [UInt64]) throws -> [UInt64] in
        var i = Interpreter(original, machine.table, call: mix)
        return try i.run(a)
      }
      if expected.panic == .fuel { return nil }
      let collector = machine.collector
      collector.fill(second)
      let got = outcome(arguments) { (a: [UInt64]) throws -> [UInt64] in
        var a = a
        let p = UInt64(UInt(bitPattern: collector.buffer))
        for (i, s) in f.signature.params.enumerated() where s.type == .ptr { a[i] = p }
        return try machine.call(f, a)
      }
      second = collector.contents(second.count)
      if let problem = collector.problem {
        collector.problem = nil
        return "round \(round): stack map: \(problem)"
      }
      if expected.panic != got.panic {
        return
          "round \(round): \(String(describing: got.panic)) for \(String(describing: expected.panic))"
      }
      for (k, s) in f.signature.results.enumerated() where expected.panic == nil {
        if !same(expected.results[k], got.results[k], s.type) {
          return "round \(round): result \(k) is \(got.results[k]), not \(expected.results[k])"
        }
      }
      if first != second {
        let k = first.indices.first { first[$0] != second[$0] }!
        return "round \(round): memory word \(k) is \(second[k]), not \(first[k])"
      }
    }
    return nil
  }

  /// Runs the passes that call nothing of the runtime.
  private static func optimise(_ f: Function) -> String? {
    for p in pipelinePasses where p.name != "expand" && p.name != "barriers" {
      p.run(f)
      if let problem = verify(f) { return "verifier after \(p.name): \(problem)" }
    }
    return nil
  }

  private static func same(_ a: UInt64, _ b: UInt64, _ t: ValueType) -> Bool {
    if a == b { return true }
    if t == .f64 { return Double(bitPattern: a).isNaN && Double(bitPattern: b).isNaN }
    if t == .f32 {
      return Float(bitPattern: UInt32(truncatingIfNeeded: a)).isNaN
        && Float(bitPattern: UInt32(truncatingIfNeeded: b)).isNaN
    }
    return false
  }

  /// Runs the interpreter on `memory`.
  private static func outcome(
    _ f: Function, _ memory: inout [UInt64], _ arguments: [UInt64],
    _ body: ([UInt64]) throws -> [UInt64]
  ) -> (results: [UInt64], panic: Panic?) {
    memory.withUnsafeMutableBytes { p in
      var a = arguments
      for (i, s) in f.signature.params.enumerated() where s.type == .ptr {
        a[i] = UInt64(UInt(bitPattern: p.baseAddress!))
      }
      return outcome(a, body)
    }
  }

  private static func outcome(
    _ arguments: [UInt64], _ body: ([UInt64]) throws -> [UInt64]
  ) -> (results: [UInt64], panic: Panic?) {
    var results: [UInt64] = []
    var panic: Panic?
    do { results = try body(arguments) } catch let e as Panic { panic = e } catch {}
    return (results, panic)
  }
}
