import ABI
import Base
import Object

// The proof that functions without a stack check never run out of stack.
//
// A function with a check leaves at least `ABI.stackNosplit` bytes below its frame for whatever
// it calls that has no check. So for every function, the deepest chain of calls among nosplit
// functions, up to and including the call of `morestack` in the first function that checks, must
// fit. Heights are computed bottom-up, each function once; only a program that fails pays for
// finding the chain. Rules as gc's (cmd/link's stackcheck): `morestack` itself counts 0, since it
// changes stacks; an indirect call is taken to reach a function with a check.

private let callSize = 8
/// What a function with a check may push: it calls `morestack`, maybe through one that keeps
/// arguments.
private let checkSize = 2 * callSize
private let limit = ABI.stackNosplit - callSize

private struct StackEdge {
  /// Bytes pushed when the callee starts, its return address included.
  var growth: Int
  /// `.none` for an indirect call.
  var callee: SymbolID
}

/// Reports each chain that may overflow; empty if the program is proved.
func checkNosplitChains(_ table: SymbolTable, _ liveness: Liveness) -> Diagnostics {
  var proof = NosplitProof(table)
  var diagnostics = Diagnostics()
  var failed: [SymbolID] = []
  for s in table.definitions.ids where liveness.contains(s) && table.kind(of: s) == .text {
    if proof.height(s) > limit { failed.append(s) }
  }
  if failed.isEmpty { return diagnostics }
  // Name only functions that no other failing function calls, unless all are in a cycle.
  var isCallee = BitSet(capacity: table.count)
  for s in failed {
    for e in proof.edges(s) where e.callee.isSome && e.callee != s {
      isCallee.insert(e.callee.index)
    }
  }
  var roots = failed.filter { !isCallee.contains($0.index) }
  if roots.isEmpty { roots = [failed[0]] }
  for s in roots {
    let text = "nosplit stack over \(limit) byte limit\n" + proof.chainText(s)
    diagnostics.report(table.functionPos(of: s), "\(table.name(s)): \(text)")
  }
  return diagnostics
}

private struct NosplitProof {
  let table: SymbolTable
  private let morestack: SymbolID
  /// By symbol: -1 not computed, -2 being computed, else the height.
  private var heights: [Int32]
  private static let infinite = 1 << 30

  init(_ table: SymbolTable) {
    self.table = table
    morestack = table.find("runtime.morestack", .abi0) ?? .none
    heights = Array(repeating: -1, count: table.count)
  }

  /// Bytes that `s` and what it calls without a check may push below the stack pointer at its
  /// entry.
  mutating func height(_ s: SymbolID) -> Int {
    if s.isNone { return checkSize }
    if s == morestack { return 0 }
    switch heights[s.index] {
    case -1: break
    case -2: return NosplitProof.infinite
    default: return Int(heights[s.index])
    }
    guard table.definitions[s]?.function != nil else { return 0 }
    if !table.flags(of: s).contains(.nosplit) {
      heights[s.index] = Int32(checkSize)
      return checkSize
    }
    heights[s.index] = -2
    var deepest = localDepth(s)
    for e in edges(s) { deepest = max(deepest, e.growth + height(e.callee)) }
    deepest = min(deepest, NosplitProof.infinite)
    heights[s.index] = Int32(deepest)
    return deepest
  }

  /// The largest distance of the stack pointer from its entry value anywhere in `s`.
  private func localDepth(_ s: SymbolID) -> Int {
    var deepest: Int32 = 0
    if let f = table.function(of: s) {
      for e in f.spDelta { deepest = max(deepest, e.value) }
      for e in f.callDepths { deepest = max(deepest, e.value) }
    }
    return Int(deepest)
  }

  /// The calls of a nosplit function. A direct call or jump is a `call32` relocation; an entry of
  /// `callDepths` without one is an indirect call.
  func edges(_ s: SymbolID) -> [StackEdge] {
    guard table.flags(of: s).contains(.nosplit), let f = table.function(of: s) else { return [] }
    var result: [StackEdge] = []
    var isDirect = Array(repeating: false, count: f.callDepths.count)
    for r in table.relocs(of: s) where r.kind == .call32 || r.kind == .weakCall32 {
      var depth = NosplitProof.value(f.spDelta, at: r.offset)
      for (i, d) in f.callDepths.enumerated() where d.pc < r.offset && d.pc + 4 > r.offset {
        isDirect[i] = true
        depth = max(depth, Int(d.value))
      }
      result.append(StackEdge(growth: depth + callSize, callee: r.target))
    }
    for (i, d) in f.callDepths.enumerated() where !isDirect[i] {
      result.append(StackEdge(growth: Int(d.value) + callSize, callee: .none))
    }
    return result
  }

  private static func value(_ table: PCTable, at pc: UInt32) -> Int {
    var v: Int32 = 0
    for e in table {
      if e.pc > pc { break }
      v = e.value
    }
    return Int(v)
  }

  /// The deepest chain from `s`, a line for each call, as gc prints it.
  mutating func chainText(_ s: SymbolID) -> String {
    var text = "\t" + label(s)
    var total = 0
    var at = s
    var seen = BitSet(capacity: table.count)
    seen.insert(s.index)
    var indent = "\t"
    while true {
      indent += "    "
      let calls = edges(at)
      var best: StackEdge?
      var bestHeight = localDepth(at)
      for e in calls {
        let inCycle = e.callee.isSome && seen.contains(e.callee.index)
        let h = inCycle ? NosplitProof.infinite : e.growth + height(e.callee)
        if h > bestHeight {
          best = e
          bestHeight = h
        }
      }
      guard let e = best else {
        // A leaf, or a function that checks and so calls morestack.
        let isLeaf = table.flags(of: at).contains(.nosplit)
        let growth = isLeaf ? localDepth(at) : checkSize
        text += "\n\(indent)grows \(growth) bytes"
        if !isLeaf { text += ", calls runtime.morestack<0>" }
        total += growth
        break
      }
      text += "\n\(indent)grows \(e.growth) bytes, calls \(label(e.callee))"
      total += e.growth
      if e.callee.isNone {
        indent += "    "
        text += "\n\(indent)grows \(checkSize) bytes, calls runtime.morestack<0>"
        total += checkSize
        break
      }
      if e.callee == morestack { break }
      if !seen.insert(e.callee.index) {
        return text + "\n\(indent)infinite cycle"
      }
      at = e.callee
    }
    return text + "\n\(indent)\(total - limit) bytes over limit"
  }

  private func label(_ s: SymbolID) -> String {
    s.isNone ? "indirect" : "\(table.name(s))<\(table.conventions[s].rawValue)>"
  }
}
