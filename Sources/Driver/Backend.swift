import AMD64
import Base
import Object
import SSA
import Synchronization

/// The part of the compiler that works function by function: passes and machine code, in parallel.
struct FunctionCompiler {
  let options: DeveloperOptions
  let threads: Int

  /// Compiles all functions and defines their symbols. Longest first, since the last function to
  /// start decides when all are done; results are stored in list order, so symbols and bytes do not depend on
  /// the number of threads. Returns what the passes found wrong.
  func run(_ functions: [Function], _ symbols: inout SymbolTable) -> [Diagnostic] {
    let runtime = RuntimeSymbols(&symbols)
    let pipeline = Pipeline(ExpansionSymbols(&symbols))
    let order = functions.indices.sorted { (a: Int, b: Int) -> Bool in
      let x = functions[a].values.count
      let y = functions[b].values.count
      return x != y ? x > y : a < b
    }
    let jobs = Jobs(
      functions: functions, order: order, options: passOptions(), runtime: runtime,
      printer: SSAPrinter(table: options.dumps.isEmpty ? nil : symbols))
    let check = options.check
    let contexts = Contexts(count: max(1, threads)) {
      let c = AMD64.Context(runtime: runtime)
      c.check = check
      return c
    }
    let results = parallelMap(order.count, threads: threads) { (k: Int) -> SymbolDefinition in
      let f = jobs.functions[jobs.order[k]]
      CrashContext.set("ssa", f.name)
      pipeline.run(f, jobs.options) { (pass: String, f: Function) in jobs.dump(pass, f) }
      if let d = FunctionCompiler.frameProblem(f) {
        f.diagnostics.append(d)
        return SymbolDefinition(kind: .text)
      }
      CrashContext.set("amd64", f.name)
      let context = contexts.take()
      defer { contexts.give(context) }
      return AMD64.compile(f, context: context)
    }
    jobs.printDumps()
    var place = [Int](repeating: 0, count: functions.count)
    for (k, i) in order.enumerated() { place[i] = k }
    var problems: [Diagnostic] = []
    for i in functions.indices {
      symbols.define(functions[i].symbol, results[place[i]])
      problems += functions[i].diagnostics
    }
    return problems
  }

  /// A frame that would be larger than gc admits, or whose offsets would not fit an instruction.
  private static func frameProblem(_ f: Function) -> Diagnostic? {
    let limit = 1 << 30
    var locals = 0
    for s in f.slots { locals = min(1 << 60, locals + min(s.size, 1 << 60)) }
    let args = Int(f.signature.totalSize)
    let callee = f.calls.map { Int($0.signature.totalSize) }.max() ?? 0
    if max(locals, args, callee) < limit { return nil }
    var text = "stack frame too large (>1GB): \(locals >> 20) MB locals + \(args >> 20) MB args"
    if callee != 0 { text += " + \(callee >> 20) MB callee" }
    return Diagnostic(pos: f.pos, message: text)
  }

  private func passOptions() -> PassOptions {
    var o = PassOptions()
    o.off = options.off
    o.check = options.check
    o.functionPattern = options.function
    o.bisect = options.bisect
    for d in options.dumps where d.hasPrefix("ssa/") {
      let pass = String(d.dropFirst(4))
      o.dump.append(pass == "*" ? "all" : pass)
    }
    return o
  }
}

/// What the workers share. Each function belongs to the one worker that took its index; the rest is
/// only read, but for the dumps, which have a lock.
private final class Jobs: @unchecked Sendable {
  let functions: [Function]
  let order: [Int]
  let options: PassOptions
  let runtime: RuntimeSymbols
  private let printer: SSAPrinter
  private let dumps = Mutex<[String: String]>([:])

  init(
    functions: [Function], order: [Int], options: PassOptions, runtime: RuntimeSymbols,
    printer: SSAPrinter
  ) {
    self.functions = functions
    self.order = order
    self.options = options
    self.runtime = runtime
    self.printer = printer
  }

  /// Keeps a dump until all functions are done.
  func dump(_ pass: String, _ f: Function) {
    let text = "# \(f.name) after \(pass)\n" + printer.print(f) + "\n"
    dumps.withLock { $0[f.name, default: ""] += text }
  }

  /// Prints the dumps in the order of the functions' list.
  func printDumps() {
    dumps.withLock { all in
      for f in functions { if let text = all[f.name] { writeOutput(text) } }
    }
  }
}

/// A pool of back-end contexts, one a worker. `free` is touched under the lock only; a context belongs to
/// the thread that took it.
private final class Contexts: @unchecked Sendable {
  private let lock = Mutex<Void>(())
  private var free: [AMD64.Context] = []

  init(count: Int, _ make: () -> AMD64.Context) {
    for _ in 0..<count { free.append(make()) }
  }

  func take() -> AMD64.Context { lock.withLock { _ in free.removeLast() } }
  func give(_ c: AMD64.Context) { lock.withLock { _ in free.append(c) } }
}
