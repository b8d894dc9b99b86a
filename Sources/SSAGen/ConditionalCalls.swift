import Base
import Object
import SSA

// Calls that a program can reach only under a condition which the linker knows.
//
// - Only if it contains another function. `reflect` asks of every value of kind Func whether it is
//   a method value, and makes a function of it if so: half of the package, with its tables of
//   layouts, in any program that prints. But only `Value.Method` makes method values. And without
//   `doPrintf` the verb is always `v`, without flags.
// - Only if it has a `go` statement outside the runtime. What GODEBUG prints of the scheduler, and the
//   ancestors of goroutines, is nothing in a program that has one goroutine.
// - Only if something outside the runtime asks what the processor can do. Others need not wait for its answer.
// - Only if values of some kind get into interfaces. `fmt` can print numbers of all kinds and maps,
//   sorted; most programs never hand it a float or a map.
//
// Such a call does not keep its callee; the function that it depends on does, or a type's
// descriptor. In a program without those the linker removes the call, which would not be executed.

extension ProgramBuilder {
  private enum Condition {
    case function(String)
    /// Numbers of `reflect.Kind`.
    case kinds([Int64])
    case goStatement
    case processorFeatures
  }

  private static let methodValues = Condition.function("reflect.Value.Method")
  private static let format = Condition.function("fmt.(*pp).doPrintf")
  private static let floats = Condition.kinds([13, 14, 15, 16])
  private static let complexes = Condition.kinds([15, 16])
  private static let maps = Condition.kinds([21])

  private static let conditions: [(callee: String, needs: Condition)] = [
    ("reflect.makeMethodValue", methodValues),
    ("reflect.methodReceiver", methodValues),
    ("reflect.methodValueCallCodePtr", methodValues),
    ("runtime.reflectOffset", .function("reflect.addReflectOff")),
    ("fmt.(*fmt).fmtC", format),
    ("fmt.(*fmt).fmtQ", format),
    ("fmt.(*fmt).fmtQc", format),
    ("fmt.(*fmt).fmtUnicode", format),
    ("fmt.(*fmt).fmtSx", format),
    ("fmt.(*fmt).fmtBx", format),
    ("fmt.(*pp).badVerb", format),
    ("fmt.(*pp).fmtFloat", floats),
    ("fmt.(*pp).fmtComplex", complexes),
    ("internal/fmtsort.Sort", maps),
    ("runtime.printBasicFloat", floats),
    ("runtime.schedtrace", .goStatement),
    ("runtime.schedTraceTick", .goStatement),
    ("runtime.startSchedTrace", .goStatement),
    ("runtime.saveAncestors", .goStatement),
    ("runtime.printAncestorTraceback", .goStatement),
    ("runtime.detectCPUAtStart", .processorFeatures),
    ("runtime.printquoted", .function("runtime/pprof.runtime_setProfLabel")),
  ]

  func internConditionalCallees() -> [NameID] {
    Self.conditions.map { symbols.names.intern($0.callee) }
  }

  /// Whether calls of the function do not keep it; then it is not inlined.
  func isConditional(_ symbol: SymbolID) -> Bool {
    conditionalCallees.contains(symbols.symbolNames[symbol])
  }

  /// Prepares the call of `callee`, which `f` makes.
  func setCondition(_ callee: inout CallInfo, in f: Function) {
    guard let i = conditionalCallees.firstIndex(of: symbols.symbolNames[callee.symbol]) else {
      return
    }
    callee.isWeak = true
    if case .kinds(let kinds) = Self.conditions[i].needs {
      for k in kinds {
        f.markers.append(Reloc(offset: 0, kind: .keep, target: callee.symbol, addend: k))
      }
    }
  }

  /// Lets functions keep what is called only because of them, of what has been built.
  func keepConditionalCallees() {
    var callees: [String: [SymbolID]] = [:]
    for f in functions {
      guard let i = conditionalCallees.firstIndex(of: symbols.symbolNames[f.symbol]) else {
        continue
      }
      switch Self.conditions[i].needs {
      case .function(let name): callees[name, default: []].append(f.symbol)
      case .kinds: break
      case .goStatement: for g in goroutineMakers { keep(f.symbol, by: g) }
      case .processorFeatures: for g in featureReaders { keep(f.symbol, by: g) }
      }
    }
    if callees.isEmpty { return }
    for f in functions {
      for s in callees[f.name] ?? [] { keep(s, by: f) }
    }
  }

  private func keep(_ s: SymbolID, by f: Function) {
    f.markers.append(Reloc(offset: 0, kind: .keep, target: s))
  }
}
