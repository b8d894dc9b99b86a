// Type sets of interfaces (Go spec, Interface types).
import Base

/// The methods and types of an interface.
public struct TypeSet: Sendable {
  public init() {}
}
