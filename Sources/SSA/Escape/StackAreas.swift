import Base

/// Which accesses to the outgoing argument area belong to which call.
///
/// The builder puts what the ABI passes in memory into the area just before the call and takes
/// results from it just behind, in the call's block and with no other call between. So an
/// access is told by its place, and an address (`outgoingAddress`) by each of its accesses: the same one
/// may serve several calls. What is found elsewhere belongs to no call; users must then assume the worst.
struct StackAreas {
  /// The calls that have an area, in order of block and place.
  private(set) var calls: [ValueID] = []
  var count: Int { calls.count }
  /// Index: value. Number of the area, or -1. Empty in the many functions without areas.
  private var callAreas: [Int32] = []
  private var targets: [Int32] = []
  private var sources: [Int32] = []

  init(_ f: Function) {
    let hasAreas = f.order.contains { b in
      f.blocks[b].values.contains { f.values[$0].op == .outgoingAddress }
    }
    if !hasAreas { return }
    callAreas = Array(repeating: -1, count: f.values.count)
    targets = callAreas
    sources = callAreas
    for b in f.order { scan(b, f) }
  }

  /// The area of call `v`.
  func ofCall(_ v: ValueID) -> Int? { number(callAreas, v) }
  /// The area that access `v` writes to.
  func target(_ v: ValueID) -> Int? { number(targets, v) }
  /// The area that access `v` reads from.
  func source(_ v: ValueID) -> Int? { number(sources, v) }

  private func number(_ list: [Int32], _ v: ValueID) -> Int? {
    list.isEmpty || list[v.index] < 0 ? nil : Int(list[v.index])
  }

  private mutating func scan(_ b: BlockID, _ f: Function) {
    var arguments: [ValueID] = []
    var last = ValueID.none
    for v in f.blocks[b].values {
      switch f.values[v].op {
      case .store, .zeroMemory:
        if isOutgoing(f.arg(v, 0), f) { arguments.append(v) }
      case .copyMemory:
        if last.isSome && isOutgoing(f.arg(v, 1), f) { sources[v.index] = area(of: last) }
        if isOutgoing(f.arg(v, 0), f) { arguments.append(v) }
      case .load:
        if last.isSome && isOutgoing(f.arg(v, 0), f) { sources[v.index] = area(of: last) }
      case .callStatic, .callClosure, .callInterface:
        last = v
        if arguments.isEmpty { continue }
        let a = area(of: v)
        for x in arguments { targets[x.index] = a }
        arguments.removeAll(keepingCapacity: true)
      default: break
      }
    }
  }

  private func isOutgoing(_ address: ValueID, _ f: Function) -> Bool {
    f.values[f.resolve(address)].op == .outgoingAddress
  }

  private mutating func area(of call: ValueID) -> Int32 {
    if callAreas[call.index] < 0 {
      callAreas[call.index] = Int32(calls.count)
      calls.append(call)
    }
    return callAreas[call.index]
  }
}
