import ABI
import Base
import Object

/// The whole-program stage between building SSA and compiling functions one by one: bottom-up over
/// the call graph's strongly connected components, each function is inlined into, simplified, and
/// summarised (escape behaviour, inlinability).
///
/// Order is that of Tarjan's algorithm started from the functions in list order, so the result
/// does not depend on anything but the list.
public final class Summariser {
  let functions: [Function]
  /// Index: SymbolID. Number of the function in `functions`, or -1.
  private var number: [Int32]
  private var summaries: [EscapeSummary?]
  private var inlinable: [InlinePlacement]
  private let gorecover: SymbolID
  /// Index: SymbolID. Bodyless functions whose pointers stay: `//go:noescape`.
  private let noescape: [Bool]
  /// Index: SymbolID. Functions that callers know by a declaration only: everything leaks, nothing
  /// is inlined.
  private let opaque: [Bool]
  private var copiesContents: [Bool]
  /// Index: SymbolID. Functions of the runtime whose arguments only get to functions of a descriptor (`Equal`,
  /// `Hasher`), which keep nothing; which of them they call, their bodies do not show.
  private var compares: [Bool]
  /// The same, but what argument 2 points to is stored in a map.
  private var storesKey: [Bool]
  private let describe: (Function) -> (NameID, Int32)
  private let symbols: SymbolTable
  public var inlining = true
  /// Whether calls of known methods and closures of the function with this name are made direct.
  public var resolving: (String) -> Bool = { _ in true }
  /// Verify each function after inlining and simplification.
  public var check = false
  public private(set) var inlinedCalls = 0

  /// - Parameters:
  ///   - noescape: symbols of assembly functions declared `//go:noescape`.
  ///   - opaque: symbols that are called through declarations without bodies and without that directive.
  ///   - describe: name and first line of a function, for inline trees.
  public init(
    _ functions: [Function], symbols: SymbolTable, noescape: [SymbolID],
    opaque: [SymbolID] = [],
    describe: @escaping (Function) -> (NameID, Int32)
  ) {
    self.functions = functions
    self.describe = describe
    self.symbols = symbols
    number = Array(repeating: -1, count: symbols.count)
    for (i, f) in functions.enumerated() { number[f.symbol.index] = Int32(i) }
    summaries = Array(repeating: nil, count: functions.count)
    inlinable = Array(repeating: .nowhere, count: functions.count)
    gorecover = symbols.find("runtime.gorecover") ?? .none
    var harmless = [Bool](repeating: false, count: symbols.count)
    for s in noescape { harmless[s.index] = true }
    // The defer record and what it refers to live as long as the frame.
    if let s = symbols.find("runtime.deferprocStack") {
      harmless[s.index] = true
      if number[s.index] >= 0 { summaries[Int(number[s.index])] = .harmless(1) }
    }
    self.noescape = harmless
    var leaking = [Bool](repeating: false, count: symbols.count)
    for s in opaque { leaking[s.index] = true }
    self.opaque = leaking
    copiesContents = Array(repeating: false, count: symbols.count)
    compares = copiesContents
    storesKey = copiesContents
    for name in [
      "efaceeq", "ifaceeq", "mapaccess1", "mapaccess2", "mapaccess1_fat", "mapaccess2_fat",
      "mapdelete",
    ] {
      if let s = symbols.find("runtime.\(name)") { compares[s.index] = true }
    }
    if let s = symbols.find("runtime.mapassign") { storesKey[s.index] = true }
    for name in ["runtime.memmove", "reflect.memmove", "internal/runtime/maps.memmove"] {
      if let s = symbols.find(name) { copiesContents[s.index] = true }
      if let s = symbols.find(name, .abi0) { copiesContents[s.index] = true }
    }
  }

  public func run() {
    for component in components() { process(component) }
  }

  private func summary(_ s: SymbolID, _ n: Int) -> EscapeSummary {
    if copiesContents[s.index] {
      // memmove(to, from, n): what `from` holds gets to where `to` points, which may be anywhere.
      var e = EscapeSummary.harmless(max(n, 3))
      e.params[1].contentToHeap = true
      return e
    }
    if storesKey[s.index] {
      // mapassign(type, map, key) returns where the value goes, which is outside of all frames.
      var e = EscapeSummary.harmless(max(n, 3))
      e.params[2].contentToHeap = true
      return e
    }
    if noescape[s.index] || compares[s.index] { return .harmless(n) }
    if opaque[s.index] { return .unknown(n) }
    let i = number[s.index]
    if i >= 0, let e = summaries[Int(i)] { return e }
    return .unknown(n)
  }

  /// Members of a component are inlined into those behind them, which call them: a body is final when it is
  /// copied, and calls in copies are not looked at again, so this ends.
  private func process(_ component: [Int32]) {
    for i in component {
      let f = functions[Int(i)]
      let pass = inlinePass(f)
      if inlining && isInlinedInto(f) && pass.run() { eliminateCopies(f) }
      if check { checkFunction(f, after: "inline") }
      simplify(f)
      if !f.flags.contains(.wrapper) { resolveCalls(f, pass) }
      eliminateDeadCode(f)
      if check { checkFunction(f, after: "simplify") }
      inlinable[Int(i)] = Inliner.placement(
        f, gorecover: gorecover, inCycle: component.count > 1)
    }
    analyseEscapes(component)
  }

  /// The inlining of a function: into a wrapper only what is small.
  private func inlinePass(_ f: Function) -> InlinePass {
    let isWrapper = f.flags.contains(.wrapper)
    return InlinePass(
      f,
      body: { [self] s in
        guard let callee = body(s), !isWrapper || inlinable[Int(number[s.index])] == .wrappers
        else { return nil }
        return callee
      },
      placement: { [self] s in inlinable[Int(number[s.index])] }, describe: describe)
  }

  /// Of the wrappers only those that take a receiver apart are changed: the others stand between conventions or
  /// stacks.
  private func isInlinedInto(_ f: Function) -> Bool {
    !f.flags.contains(.wrapper) || f.flags.contains(.dupOK) && f.signature.stackSize == 0
  }

  /// The function of a symbol, if it is known to be the one that callers mean.
  private func body(_ s: SymbolID) -> Function? {
    let n = number[s.index]
    return n < 0 || opaque[s.index] ? nil : functions[Int(n)]
  }

  /// Makes calls of known code direct, and inlines it; what that shows may make more calls known.
  private func resolveCalls(_ f: Function, _ pass: InlinePass) {
    guard CallResolver.hasWork(f), resolving(f.name) else { return }
    for _ in 0..<6 {
      var r = CallResolver(f, symbols) { [self] s in body(s) }
      r.run()
      if inlining {
        r.findOnlyCalls()
        if pass.run(r.calls) {
          eliminateCopies(f)
        } else if !r.changed {
          break
        }
      } else if !r.changed {
        break
      }
      if check { checkFunction(f, after: "resolve") }
      simplify(f)
    }
    eliminateDeadCode(f)
    removeUnusedClosures(f)
  }

  /// Members of one component start from "leaks nothing" and are analysed until no summary changes:
  /// the summaries only grow.
  private func analyseEscapes(_ component: [Int32]) {
    let preset = component.map { summaries[Int($0)] }
    for (k, i) in component.enumerated() where preset[k] == nil {
      summaries[Int(i)] = .harmless(functions[Int(i)].signature.params.count)
    }
    var changed = true
    while changed {
      changed = false
      for (k, i) in component.enumerated() {
        let f = functions[Int(i)]
        clearDecisions(f)
        var analysis = EscapeAnalysis(f) { [self] s, n in summary(s, n) }
        let new = analysis.analyse()
        if preset[k] == nil && new != summaries[Int(i)] {
          summaries[Int(i)] = new
          changed = true
        }
      }
      if component.count == 1 && !callsItself(functions[Int(component[0])]) { break }
    }
  }

  private func clearDecisions(_ f: Function) {
    for b in f.order {
      for v in f.blocks[b].values {
        switch f.values[v].op {
        case .alloc, .allocSlice, .box: f.values[v].flags.remove(.stays)
        default: break
        }
      }
    }
  }

  private func callsItself(_ f: Function) -> Bool {
    f.calls.contains { $0.symbol == f.symbol }
  }

  // MARK: components

  /// Functions that `f` calls directly or makes closures of, and small methods of what it makes interfaces of: they may be
  /// inlined once calls of them are known.
  private func successors(_ i: Int) -> [Int32] {
    let f = functions[i]
    var out: [Int32] = []
    for b in f.order {
      for v in f.blocks[b].values {
        let x = f.values[v]
        switch x.op {
        case .callStatic:
          let n = number[f.calls[Int(x.aux)].symbol.index]
          if n >= 0 { out.append(n) }
        case .symbolAddress:
          let n = number[Int(x.aux)]
          if n >= 0 { out.append(n) } else { appendKnown(SymbolID(raw: x.aux), f, &out) }
        default: break
        }
      }
    }
    return out
  }

  /// Values that a method may have to count as small.
  private static let smallMethod = 100

  /// What read-only data symbol `s` leads to: the code of a function value, the methods of an itab.
  /// The runtime hands functions to others that call them on another stack: no inlining shows those, and edges
  /// would make large components of it.
  private func appendKnown(_ s: SymbolID, _ f: Function, _ out: inout [Int32]) {
    guard let d = symbols.definitions[s], d.kind == .itab || d.kind == .rodata && d.size == 8 else {
      return
    }
    if d.kind == .rodata && f.flags.contains(.unsafePoints) { return }
    for r in d.relocs where r.kind == .weakAbs64 || r.kind == .abs64 && d.kind == .rodata {
      let n = number[r.target.index]
      if n < 0 { continue }
      if d.kind == .rodata || functions[Int(n)].values.count <= Summariser.smallMethod {
        out.append(n)
      }
    }
  }

  /// Strongly connected components, callees first (Tarjan 1972), without recursion. Members are in the order
  /// in which the search has left them: callees first, but for the calls that close a cycle.
  private func components() -> [[Int32]] {
    let n = functions.count
    var index = [Int32](repeating: -1, count: n)
    var low = [Int32](repeating: 0, count: n)
    var onStack = [Bool](repeating: false, count: n)
    var stack: [Int32] = []
    var out: [[Int32]] = []
    var left = [Int32](repeating: 0, count: n)
    var clock: Int32 = 0
    struct Frame {
      var node: Int32
      var next: Int
      var succs: [Int32]
    }
    for root in 0..<n where index[root] < 0 {
      var frames: [Frame] = []
      func open(_ v: Int) {
        index[v] = clock
        low[v] = clock
        clock += 1
        stack.append(Int32(v))
        onStack[v] = true
        frames.append(Frame(node: Int32(v), next: 0, succs: successors(v)))
      }
      open(root)
      while let top = frames.last {
        let v = Int(top.node)
        if top.next < top.succs.count {
          frames[frames.count - 1].next += 1
          let w = Int(top.succs[top.next])
          if index[w] < 0 {
            open(w)
          } else if onStack[w] {
            low[v] = min(low[v], index[w])
          }
          continue
        }
        frames.removeLast()
        left[v] = clock
        clock += 1
        if let parent = frames.last { low[Int(parent.node)] = min(low[Int(parent.node)], low[v]) }
        if low[v] == index[v] {
          var component: [Int32] = []
          while let w = stack.popLast() {
            onStack[Int(w)] = false
            component.append(w)
            if Int(w) == v { break }
          }
          out.append(component.sorted { left[Int($0)] < left[Int($1)] })
        }
      }
    }
    return out
  }
}
