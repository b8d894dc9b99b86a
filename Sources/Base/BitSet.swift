/// A fixed-capacity set of small integers, one bit each.
public struct BitSet: Equatable, Sendable {
  public var words: [UInt64]

  /// An empty set that can hold `0..<capacity`.
  @inlinable public init(capacity: Int) { words = Array(repeating: 0, count: (capacity + 63) >> 6) }

  @inlinable public var capacity: Int { words.count << 6 }

  @inlinable public func contains(_ i: Int) -> Bool { words[i >> 6] >> UInt64(i & 63) & 1 != 0 }

  /// Adds `i`; reports whether it was absent.
  @inlinable @discardableResult public mutating func insert(_ i: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(i & 63)
    let old = words[i >> 6]
    words[i >> 6] = old | bit
    return old & bit == 0
  }

  @inlinable public mutating func remove(_ i: Int) { words[i >> 6] &= ~(1 << UInt64(i & 63)) }

  /// Adds all of `other` (same capacity); reports whether anything was new.
  @inlinable @discardableResult public mutating func formUnion(_ other: BitSet) -> Bool {
    var changed: UInt64 = 0
    for w in words.indices {
      let n = words[w] | other.words[w]
      changed |= n ^ words[w]
      words[w] = n
    }
    return changed != 0
  }

  @inlinable public mutating func subtract(_ other: BitSet) {
    for w in words.indices { words[w] &= ~other.words[w] }
  }

  @inlinable public mutating func removeAll() { for w in words.indices { words[w] = 0 } }

  @inlinable public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  @inlinable public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Calls `body` with each member in increasing order.
  @inlinable public func forEachMember(_ body: (Int) -> Void) {
    for w in words.indices {
      var bits = words[w]
      while bits != 0 {
        body(w << 6 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
}
