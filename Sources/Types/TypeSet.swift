// Type sets of interfaces (Go spec, Interface types).
import Base

/// The methods and types of an interface.
public struct TypeSet: Sendable {
  var methods: [ObjectID] = []
  var terms = 0
  var isComparable = false
  var isEmpty: Bool { false }
  public init() {}
}
