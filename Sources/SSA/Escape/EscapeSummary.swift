import Base
import Object

/// What a function does with the pointers that it gets: the result of escape analysis for callers.
///
/// Parameters are the scalar components of `ABISignature.params` in order; the closure context is one
/// more, the last. For each: whether the pointer itself, or a pointer loaded through it, may reach the
/// heap (or anything that outlives the call), and into which result components either may flow.
public struct EscapeSummary: Sendable, Equatable {
  public struct Leak: Sendable, Equatable {
    /// The pointer is stored where it outlives the call.
    public var pointerToHeap = false
    /// Something that the pointed-to memory holds is stored where it outlives the call.
    public var contentToHeap = false
    /// Bit i: may be returned in result component i (components past 63 count as heap).
    public var pointerToResults: UInt64 = 0
    public var contentToResults: UInt64 = 0
    public init() {}
    /// What must be assumed of an unknown callee.
    public static var everything: Leak {
      var l = Leak()
      l.pointerToHeap = true
      l.contentToHeap = true
      return l
    }
  }
  public var params: [Leak]
  public var context: Leak
  /// What happens to the pointers among the arguments in memory; only `contentToHeap` is in use.
  public var area = Leak()
  /// For a closure: what it does with each captured word, by the word's offset in the closure object. Words that are
  /// not listed are covered by `context`.
  public var captures: [Capture] = []

  public struct Capture: Sendable, Equatable {
    public var offset: Int64
    public var leak: Leak
  }

  public init(params: [Leak], context: Leak = Leak()) {
    self.params = params
    self.context = context
  }

  /// Nothing leaks: assembly declared `//go:noescape`.
  public static func harmless(_ n: Int) -> EscapeSummary {
    EscapeSummary(params: Array(repeating: Leak(), count: n))
  }
  /// Everything leaks: unknown code.
  public static func unknown(_ n: Int) -> EscapeSummary {
    var s = EscapeSummary(params: Array(repeating: .everything, count: n), context: .everything)
    s.area = .everything
    return s
  }
}
