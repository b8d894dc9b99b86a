import Base
import SSA
import Syntax
import Types

// Open-coded defers, as gc has them.
//
// Where no defer statement can run twice and there are at most eight, a defer makes its closure, stores it into
// the frame and sets a bit; nothing is registered with the runtime. At its end the function tests the
// bits, which are usually known, and makes the calls itself, directly. When it panics, the runtime
// finds bits and closures by the function's tables (`abi.FUNCDATA_OpenCodedDeferInfo`), runs what is pending,
// and after a recovery comes back to the landing block.

/// A call that happens later.
struct DeferredCall {
  /// The func() that makes it.
  var closure: ValueID
  /// What the closure holds, and the same call made with these.
  var values: [Val] = []
  var direct: ((FunctionBuilder, [Val]) -> Void)?
}

/// The open-coded defers of a function.
struct OpenDefers {
  struct Entry {
    var closure: Variable
    /// Components of `DeferredCall.values`.
    var values: [(type: TypeID, parts: [Variable])] = []
    var direct: ((FunctionBuilder, [Val]) -> Void)?
  }
  /// The bits, then the closures.
  let slot: Int
  /// The bits as a value.
  let bits: Variable
  /// Runs what is pending and returns.
  let exit: BlockID
  var entries: [Entry] = []
}

extension FunctionBuilder {
  private static let openDeferLimit = 8

  /// Prepares for the defers of `body`; nil if they cannot be open-coded.
  func makeOpenDefers(_ body: NodeID) -> OpenDefers? {
    var count = 0
    var isEligible = !pb.options.off.contains("opendefers")
    tree.walkStatements(body) { n in
      switch tree.kind(n) {
      case .labeled: isEligible = false
      case .callStmt: if tree.callStmt(n).kind == .defer { count += 1 }
      case .forStmt:
        tree.walkStatements(tree.forStmt(n).body) { m in
          if tree.kind(m) == .callStmt && tree.callStmt(m).kind == .defer { isEligible = false }
        }
      default: break
      }
    }
    if !isEligible || count == 0 || count > FunctionBuilder.openDeferLimit { return nil }
    let slot = rawSlot(size: 8 + 8 * count, mask: [(1 << UInt64(count + 1)) - 2])
    let bits = newVariable(.i8)
    write(bits, const(.i8, 0))
    return OpenDefers(slot: slot, bits: bits, exit: newBlock())
  }

  /// The bit of defer `i`, as a constant of type i8.
  private func bit(_ i: Int) -> Int64 { Int64(Int8(truncatingIfNeeded: 1 << i)) }

  /// A defer statement.
  func openDefer(_ d: DeferredCall) {
    guard var o = openDefers else { return }
    let i = o.entries.count
    var e = OpenDefers.Entry(closure: newVariable(.ptr))
    // First the closure: from the bit on the runtime may call it.
    store(d.closure, slotAddress(o.slot, Int64(8 + 8 * i)))
    let bits = emit(.or, .i8, read(o.bits), const(.i8, bit(i)))
    store(bits, slotAddress(o.slot))
    write(o.bits, bits)
    write(e.closure, d.closure)
    if let direct = d.direct, d.values.allSatisfy({ !$0.isMemory }) {
      e.direct = direct
      for v in d.values {
        var parts: [Variable] = []
        for k in 0..<Int(v.count) {
          let x = newVariable(f.values[v[k]].type)
          write(x, v[k])
          parts.append(x)
        }
        e.values.append((v.type, parts))
      }
    }
    o.entries.append(e)
    f.deferSlot = o.slot
    openDefers = o
  }

  /// The block that all returns lead to: makes the calls, the last one first, and returns.
  func runOpenDefers(at end: Pos) throws {
    guard let o = openDefers else { return }
    startSealed(o.exit)
    if f.blocks[o.exit].preds.isEmpty {
      cur = .none
      return
    }
    for (i, e) in o.entries.enumerated().reversed() {
      pos = end
      let run = newBlock()
      let next = newBlock()
      let bits = read(o.bits)
      let isPending = emit(.and, .i8, bits, const(.i8, bit(i)))
      branch(compare(.ne, isPending, const(.i8, 0)), run, next, likely: 1)
      startSealed(run)
      let rest = emit(.and, .i8, bits, const(.i8, ~bit(i)))
      store(rest, slotAddress(o.slot))
      write(o.bits, rest)
      if let direct = e.direct {
        direct(
          self,
          e.values.map { v in
            var x = Val(v.type)
            for p in v.parts { x.append(read(p)) }
            return x
          })
      } else {
        let call = PreparedCall(target: .closure(read(e.closure)), params: [], results: [])
        _ = emitCall(call)
      }
      if isReachable { jump(next) }
      startSealed(next)
    }
    pos = end
    returnResults()
  }

  /// In the landing block: says that bits and closures were needed up to now.
  func keepOpenDefers() {
    guard let o = openDefers else { return }
    for i in o.entries.indices {
      emit(.keepAlive, .void, load(.ptr, slotAddress(o.slot, Int64(8 + 8 * i))))
    }
  }
}
