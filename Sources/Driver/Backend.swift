import AMD64
import Base
import Object
import SSA

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
    let jobs = Jobs(functions: functions, order: order, options: passOptions(), runtime: runtime)
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
