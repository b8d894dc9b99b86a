import Base

/// Switches of one compilation that passes heed (`-apus:off=`, `-apus:dump=`, `-apus:func=`,
/// `-apus:bisect=`).
public struct PassOptions: Sendable {
  /// Names of passes that are switched off; required ones cannot be.
  public var off: [String] = []
  /// Verify after every pass.
  public var check = false
  /// Only functions whose name contains this are dumped.
  public var functionPattern = ""
  /// Names of passes after which a function is dumped; "all" for each.
  public var dump: [String] = []
  /// Hash bisect: optional passes run only on functions whose name's hash, in binary, ends in this
  /// string of 0 and 1; empty for all.
  public var bisect = ""
  public init() {}

  /// Whether the optional passes may run on the function of this name.
  public func selects(_ name: String) -> Bool {
    if bisect.isEmpty { return true }
    var h: UInt64 = 0xcbf2_9ce4_8422_2325
    for b in name.utf8 { h = (h ^ UInt64(b)) &* 0x100_0000_01b3 }
    for (i, c) in bisect.utf8.reversed().enumerated() where h >> UInt64(i) & 1 != UInt64(c & 1) {
      return false
    }
    return true
  }
}

/// One pass over one function.
public struct Pass: Sendable {
  public var name: String
  /// Needed for correct code, not only for fast code.
  public var required: Bool
  public var run: @Sendable (Function) -> Void
  public init(_ name: String, required: Bool = false, _ run: @escaping @Sendable (Function) -> Void)
  {
    self.name = name
    self.required = required
    self.run = run
  }
}

/// "a before b, because": checked when a pipeline is made.
public struct PassOrder: Sendable {
  public var first: String
  public var second: String
  public var reason: String
}

/// The passes between the whole-program stage and a target's lowering, in order.
public struct Pipeline: Sendable {
  public private(set) var passes: [Pass]

  /// Why the order is what it is.
  public static let order: [PassOrder] = [
    PassOrder(
      first: "frame", second: "promote", reason: "only frame slots are promoted, not allocations"),
    PassOrder(
      first: "frame", second: "split", reason: "only frame slots are split, not allocations"),
    PassOrder(first: "split", second: "promote", reason: "a slot that is copied is not promoted"),
    PassOrder(first: "promote", second: "cse", reason: "loads that became values can be merged"),
    PassOrder(
      first: "promote", second: "thread", reason: "variables that became phis decide branches"),
    PassOrder(
      first: "thread", second: "cse", reason: "a threaded edge brings a fact to where it leads"),
    PassOrder(
      first: "cse", second: "expand", reason: "an allocation is one value, its call is several"),
    PassOrder(
      first: "dce", second: "straighten", reason: "a dead block would count as a predecessor"),
    PassOrder(
      first: "cse", second: "hoist", reason: "a load that is a value already need not be moved"),
    PassOrder(
      first: "dce", second: "hoist", reason: "what is moved takes a register, used or not"),
    PassOrder(
      first: "cse", second: "strength",
      reason: "a check is decided by the index, not by its multiple"),
    PassOrder(
      first: "hoist", second: "strength", reason: "a product that does not change is moved"),
    PassOrder(
      first: "straighten", second: "stores", reason: "stores are compared within a block"),
    PassOrder(
      first: "stores", second: "combine", reason: "a combined store would hide what it repeats"),
    PassOrder(
      first: "stores", second: "expand", reason: "an allocation is one value, its call is several"),
    PassOrder(
      first: "straighten", second: "combine", reason: "accesses are combined within a block"),
    PassOrder(
      first: "expand", second: "barriers", reason: "stores made by expansion need barriers too"),
    PassOrder(
      first: "barriers", second: "final-dce",
      reason: "barriers split blocks and leave constants behind"),
    PassOrder(
      first: "final-dce", second: "slots", reason: "only dead addresses let a slot be dropped"),
  ]

  /// `symbols`: the runtime functions that expanded allocations and barriers call.
  public init(_ symbols: ExpansionSymbols) {
    passes = [
      Pass("frame", required: true) { placeFrameAllocations($0) },
      Pass("simplify") { simplify($0, afterEscape: true) },
      Pass("split") { splitCopies($0) },
      Pass("promote") { promoteSlots($0, Dominators($0)) },
      Pass("simplify-promoted") { simplify($0, afterEscape: true) },
      Pass("thread") { threadJumps($0) },
      Pass("cse") { eliminateCommonSubexpressions($0, Dominators($0)) },
      Pass("simplify-cse") { simplify($0, afterEscape: true) },
      Pass("dce") { eliminateDeadCode($0) },
      Pass("hoist") { hoistInvariants($0) },
      Pass("strength") { reduceStrength($0) },
      Pass("straighten") { straighten($0) },
      Pass("stores") { eliminateDeadStores($0) },
      Pass("combine") { combineMemory($0) },
      Pass("expand", required: true) { expandAllocations($0, symbols) },
      Pass("barriers", required: true) { insertWriteBarriers($0, symbols) },
      Pass("copies", required: true) { eliminateCopies($0) },
      Pass("final-dce", required: true) { eliminateDeadCode($0) },
      Pass("slots") { compactSlots($0) },
    ]
    for o in Pipeline.order {
      guard let a = passes.firstIndex(where: { $0.name == o.first }),
        let b = passes.firstIndex(where: { $0.name == o.second }), a < b
      else { internalError("ssa pipeline", "\(o.first) must run before \(o.second): \(o.reason)") }
    }
  }

  /// Runs all passes over `f`. `dumped` is called with a pass's name and the function where a dump
  /// is asked for.
  public func run(_ f: Function, _ options: PassOptions, dumped: (String, Function) -> Void) {
    let selected = options.selects(f.name)
    for p in passes {
      if !p.required && (!selected || options.off.contains(p.name)) { continue }
      p.run(f)
      if options.check { checkFunction(f, after: p.name) }
      if !options.dump.isEmpty, options.dump.contains(p.name) || options.dump.contains("all"),
        options.functionPattern.isEmpty || f.name.contains(options.functionPattern)
      {
        dumped(p.name, f)
      }
    }
  }
}

/// Stops with the verifier's complaint if `f` is not well-formed; `after` names the phase that made
/// it so.
public func checkFunction(_ f: Function, after: String) {
  if let problem = verify(f) {
    internalError("ssa", "after \(after) of \(f.name): \(problem)\n\(SSAPrinter().print(f))")
  }
}
