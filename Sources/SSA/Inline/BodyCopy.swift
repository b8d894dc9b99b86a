import Base
import Object

/// Copies the blocks and values of one function into another, renaming everything.
struct BodyCopy {
  let from: Function
  let into: Function
  let call: ValueID
  let inlineNode: UInt32
  /// The slot that stands for the callee's stack argument area.
  let area: UInt32?
  private var blockMap: [BlockID]
  private var valueMap: [ValueID]
  private let slotBase: UInt32
  private let callBase: UInt32
  private let allocBase: UInt32
  private let memoryBase: UInt32
  private let treeBase: UInt32
  /// Number of values of the caller before.
  private let firstCopy: Int

  init(from: Function, into: Function, call: ValueID, inlineNode: UInt32, area: UInt32?) {
    self.area = area
    self.from = from
    self.into = into
    self.call = call
    self.inlineNode = inlineNode
    blockMap = Array(repeating: .none, count: from.blocks.count)
    valueMap = Array(repeating: .none, count: from.values.count)
    slotBase = UInt32(into.slots.count)
    callBase = UInt32(into.calls.count)
    allocBase = UInt32(into.allocs.count)
    memoryBase = UInt32(into.memories.count)
    treeBase = UInt32(into.inlineTree.count)
    firstCopy = into.values.count
  }

  func block(_ b: BlockID) -> BlockID { blockMap[b.index] }

  /// Copies everything and returns the blocks that returned, with their results. The copied entry
  /// has no predecessor yet.
  mutating func run() -> [(block: BlockID, results: [ValueID])] {
    copyTables()
    // The copies stand in the layout where the call's block ends.
    let at = (into.order.firstIndex(of: into.values[call].block) ?? into.order.count - 1) + 1
    var copies: [BlockID] = []
    for b in from.order {
      let c = into.blocks.append(Block())
      blockMap[b.index] = c
      copies.append(c)
    }
    into.order.insert(contentsOf: copies, at: at)
    for b in from.order { for v in from.blocks[b].values { makeValue(v, b) } }
    for b in from.order { for v in from.blocks[b].values { mapArguments(v) } }
    for c in into.calls.indices.dropFirst(Int(callBase)) {
      into.calls[c].keepAlive = into.calls[c].keepAlive.map { valueMap[$0.index] }
    }
    var exits: [(block: BlockID, results: [ValueID])] = []
    for b in from.order { copyEnd(b, &exits) }
    return exits
  }

  private func copyTables() {
    into.slots.append(contentsOf: from.slots)
    into.calls.append(contentsOf: from.calls)
    into.allocs.append(contentsOf: from.allocs)
    into.memories.append(contentsOf: from.memories)
    into.markers.append(contentsOf: from.markers)
    for var node in from.inlineTree {
      node.parent = node.parent < 0 ? Int32(inlineNode) - 1 : node.parent + Int32(treeBase)
      into.inlineTree.append(node)
    }
  }

  private mutating func makeValue(_ v: ValueID, _ b: BlockID) {
    var x = from.values[v]
    // Of a closure's call the first argument is the closure object.
    if x.op == .param {
      let first = into.values[call].op == .callClosure ? 1 : 0
      valueMap[v.index] = into.arg(call, first + Int(x.auxInt))
      return
    }
    if x.op == .getClosure && into.values[call].op == .callClosure {
      valueMap[v.index] = into.arg(call, 0)
      return
    }
    switch x.op {
    case .slotAddress: x.aux += slotBase
    case .incomingAddress:
      if let area {
        x.op = .slotAddress
        x.aux = area
      }
    case .callStatic, .callClosure, .callInterface: x.aux += callBase
    case .alloc, .allocSlice, .box:
      x.aux += allocBase
      // What outlived the callee's frame may well stay in the caller's.
      x.flags.remove([.stays, .escapes])
    case .zeroMemory, .copyMemory: x.aux += memoryBase
    default: break
    }
    x.block = blockMap[b.index]
    x.inlineNode = x.inlineNode == 0 ? inlineNode : x.inlineNode + treeBase
    x.argStart = UInt32(into.args.count)
    for k in from.argRange(v) { into.args.append(from.args[k]) }
    let w = into.values.append(x)
    valueMap[v.index] = w
    into.blocks[x.block].values.append(w)
  }

  private func mapArguments(_ v: ValueID) {
    let w = valueMap[v.index]
    // Parameters are not copied.
    if w.index < firstCopy { return }
    for k in into.argRange(w) { into.args[k] = valueMap[into.args[k].index] }
  }

  private func copyEnd(_ b: BlockID, _ exits: inout [(block: BlockID, results: [ValueID])]) {
    let c = blockMap[b.index]
    let end = from.blocks[b]
    into.blocks[c].likely = end.likely
    into.blocks[c].isCold = end.isCold
    into.blocks[c].pos = end.pos
    into.blocks[c].preds = end.preds.map { blockMap[$0.index] }
    if end.kind == .ret {
      exits.append((c, end.results.map { valueMap[$0.index] }))
      return
    }
    into.blocks[c].kind = end.kind
    into.blocks[c].control = end.control.isSome ? valueMap[end.control.index] : .none
    into.blocks[c].succs = end.succs.map { blockMap[$0.index] }
  }
}
