import Base

// Order of package initialisation, on plain numbers (Go spec, Package initialization).
//
// Input is the reference graph of a package: one node a package-level constant, variable, function
// or method, one edge a mention of another such object in the node's initialiser or body. A
// function has no value of its own to initialise, but whoever mentions it depends on all that it
// mentions. So functions are removed: a variable depends on every constant and variable that can be
// reached from it along a path whose inner nodes are all functions.
//
// Instead of rewiring the graph function by function (which multiplies predecessors by
// successors), the strongly connected components of the functions are found with Tarjan's
// algorithm (SIAM J. Comput. 1972), and each component gets a bit set of the values it reaches;
// Tarjan finishes a component after all components it can reach, so one pass fills them in.
//
// Then values leave a priority queue in the order (constants first, number of dependencies still
// waiting, order of declaration). In a correct package the head never waits for anything. If it
// does, it lies on a cycle or depends on one; `onStuck` is told, and the queue goes on as if the
// head were initialised, so that every independent cycle is reported once.

/// The reference graph of a package's objects and the order of initialisation derived from it.
struct InitGraph {
  enum Kind: UInt8 {
    case constant
    case variable
    case function
  }

  /// Kind of each node; nodes are numbered in order of declaration.
  var kinds: [Kind] = []
  /// Nodes mentioned by each node, ascending, without repetition.
  var references: [[Int32]] = []

  mutating func add(_ kind: Kind, references list: [Int32]) {
    kinds.append(kind)
    references.append(list)
  }

  /// Constants and variables in the order of initialisation. `onStuck` receives each node that has
  /// to be taken although it still waits for others.
  func order(onStuck: (Int32) -> Void) -> [Int32] {
    let dependencies = valueDependencies()
    let n = kinds.count
    var waiting = [Int32](repeating: 0, count: n)
    var dependents = [[Int32]](repeating: [], count: n)
    for v in 0..<n where kinds[v] != .function {
      waiting[v] = Int32(dependencies[v].count)
      for d in dependencies[v] { dependents[Int(d)].append(Int32(v)) }
    }
    var queue = InitQueue(kinds: kinds, waiting: waiting)
    var result: [Int32] = []
    result.reserveCapacity(n)
    while let v = queue.popFirst() {
      if queue.waiting[Int(v)] > 0 { onStuck(v) }
      for p in dependents[Int(v)] { queue.release(p) }
      result.append(v)
    }
    return result
  }

  /// For each value node, the value nodes it depends on, directly or through functions.
  private func valueDependencies() -> [[Int32]] {
    let n = kinds.count
    var valueIndex = [Int32](repeating: -1, count: n)
    var values: [Int32] = []
    for v in 0..<n where kinds[v] != .function {
      valueIndex[v] = Int32(values.count)
      values.append(Int32(v))
    }
    let reach = functionReach(valueIndex: valueIndex, valueCount: values.count)
    var result = [[Int32]](repeating: [], count: n)
    var set = BitSet(capacity: values.count)
    for v in values {
      let refs = references[Int(v)]
      if refs.isEmpty { continue }
      var throughFunction = false
      for r in refs where kinds[Int(r)] == .function { throughFunction = true }
      if !throughFunction {
        result[Int(v)] = refs
        continue
      }
      set.removeAll()
      for r in refs {
        let i = valueIndex[Int(r)]
        if i >= 0 {
          set.insert(Int(i))
        } else {
          set.formUnion(reach.sets[Int(reach.component[Int(r)])])
        }
      }
      var list: [Int32] = []
      set.forEachMember { (i: Int) -> Void in list.append(values[i]) }
      result[Int(v)] = list
    }
    return result
  }

  /// Components of the functions and the values each of them reaches.
  private func functionReach(valueIndex: [Int32], valueCount: Int)
    -> (component: [Int32], sets: [BitSet])
  {
    let n = kinds.count
    var component = [Int32](repeating: -1, count: n)
    var sets: [BitSet] = []
    var number = [Int32](repeating: 0, count: n)
    var low = [Int32](repeating: 0, count: n)
    var stack: [Int32] = []
    var counter: Int32 = 0
    // The recursion of the textbook, with an explicit stack: (node, next reference to look at).
    var frames: [(node: Int32, next: Int)] = []
    for root in 0..<n where kinds[root] == .function && number[root] == 0 {
      counter += 1
      number[root] = counter
      low[root] = counter
      stack.append(Int32(root))
      frames.append((Int32(root), 0))
      while let top = frames.last {
        let v = Int(top.node)
        let refs = references[v]
        if top.next < refs.count {
          frames[frames.count - 1].next += 1
          let w = Int(refs[top.next])
          if kinds[w] != .function { continue }
          if number[w] == 0 {
            counter += 1
            number[w] = counter
            low[w] = counter
            stack.append(Int32(w))
            frames.append((Int32(w), 0))
          } else if component[w] < 0 {
            low[v] = min(low[v], number[w])
          }
          continue
        }
        frames.removeLast()
        if let parent = frames.last {
          let p = Int(parent.node)
          low[p] = min(low[p], low[v])
        }
        if low[v] != number[v] { continue }
        let c = Int32(sets.count)
        var set = BitSet(capacity: valueCount)
        var members: [Int32] = []
        while true {
          let w = stack.removeLast()
          component[Int(w)] = c
          members.append(w)
          if Int(w) == v { break }
        }
        for m in members {
          for r in references[Int(m)] {
            let i = valueIndex[Int(r)]
            if i >= 0 {
              set.insert(Int(i))
            } else if component[Int(r)] != c {
              set.formUnion(sets[Int(component[Int(r)])])
            }
          }
        }
        sets.append(set)
      }
    }
    return (component, sets)
  }

  /// A path of references that leads from `start` back to it, found depth first in order of
  /// declaration: `start` last, each node mentioned by the one after it. Nil if there is none.
  func cycle(through start: Int32) -> [Int32]? {
    var seen = BitSet(capacity: kinds.count)
    var frames: [(node: Int32, next: Int)] = [(start, 0)]
    seen.insert(Int(start))
    while let top = frames.last {
      let refs = references[Int(top.node)]
      if top.next >= refs.count {
        frames.removeLast()
        continue
      }
      frames[frames.count - 1].next += 1
      let r = refs[top.next]
      if r == start { return [start] + frames.dropFirst().reversed().map { $0.node } }
      if seen.insert(Int(r)) { frames.append((r, 0)) }
    }
    return nil
  }
}

/// A binary heap of value nodes whose keys only decrease.
private struct InitQueue {
  let kinds: [InitGraph.Kind]
  /// Dependencies each node still waits for.
  var waiting: [Int32]
  var heap: [Int32] = []
  /// Place of each node in the heap, -1 once it has left.
  var place: [Int32]

  init(kinds: [InitGraph.Kind], waiting: [Int32]) {
    self.kinds = kinds
    self.waiting = waiting
    place = [Int32](repeating: -1, count: kinds.count)
    for v in kinds.indices where kinds[v] != .function {
      place[v] = Int32(heap.count)
      heap.append(Int32(v))
    }
    var i = heap.count / 2
    while i > 0 {
      i -= 1
      sink(i)
    }
  }

  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    let aConst = kinds[Int(a)] == .constant
    let bConst = kinds[Int(b)] == .constant
    if aConst != bConst { return aConst }
    let wa = waiting[Int(a)]
    let wb = waiting[Int(b)]
    return wa != wb ? wa < wb : a < b
  }

  private mutating func put(_ v: Int32, at i: Int) {
    heap[i] = v
    place[Int(v)] = Int32(i)
  }

  private mutating func sink(_ start: Int) {
    var i = start
    let v = heap[i]
    while true {
      var child = 2 * i + 1
      if child >= heap.count { break }
      if child + 1 < heap.count && precedes(heap[child + 1], heap[child]) { child += 1 }
      if !precedes(heap[child], v) { break }
      put(heap[child], at: i)
      i = child
    }
    put(v, at: i)
  }

  mutating func popFirst() -> Int32? {
    guard let first = heap.first else { return nil }
    place[Int(first)] = -1
    let last = heap.removeLast()
    if last != first {
      put(last, at: 0)
      sink(0)
    }
    return first
  }

  /// One dependency of `v` is done.
  mutating func release(_ v: Int32) {
    waiting[Int(v)] -= 1
    var i = Int(place[Int(v)])
    if i < 0 { return }
    while i > 0 {
      let parent = (i - 1) / 2
      if !precedes(v, heap[parent]) { break }
      put(heap[parent], at: i)
      i = parent
    }
    put(v, at: i)
  }
}
