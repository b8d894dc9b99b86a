// Handles of the type checker's tables, and the ranges by which records name lists in the pool.
import Base

/// A type: index into `TypeStore.types`. Two handles may denote identical types; compare with
/// `TypeStore.identical`, or compare `canonical` handles after checking.
public struct TypeID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// A declared entity (constant, type name, variable, field, function, ...).
public struct ObjectID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// A lexical scope.
public struct ScopeID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// A constant value: index into `ConstTable`. None means "no constant value".
public struct ConstID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// A package of the program. 0 is the universe (no package).
public struct PackageID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The declaration of a package-level object or a method: index into `TypeStore.declarations`.
public struct DeclID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// The body of a function declaration or function literal: index into `TypeStore.functions`.
public struct FunctionID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// A list of ids in `TypeStore.pool`. The empty list is `start == count == 0`.
public struct PoolRange: Hashable, Sendable {
  public var start: UInt32
  public var count: UInt32
  @inlinable public init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
  @inlinable public static var empty: PoolRange { PoolRange(start: 0, count: 0) }
  @inlinable public var isEmpty: Bool { count == 0 }
  @inlinable public var n: Int { Int(count) }
}
