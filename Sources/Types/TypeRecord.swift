// The record of a type and the side records of the kinds that need more than twelve bytes.
import Base

/// What a type is made of (Go spec, Types).
public enum TypeKind: UInt8, Sendable {
  case none, basic, named, pointer, slice, array, map, chan, `struct`, tuple, signature
  case interface, typeParam, union, alias
}

/// Predeclared types, untyped kinds included. The order of the numeric kinds is significant:
/// untyped kinds are ordered int < rune < float < complex.
public enum BasicKind: UInt8, Sendable {
  case invalid, bool
  case int, int8, int16, int32, int64
  case uint, uint8, uint16, uint32, uint64, uintptr
  case float32, float64, complex64, complex128
  case string, unsafePointer
  case untypedBool, untypedInt, untypedRune, untypedFloat, untypedComplex, untypedString, untypedNil
}

/// Properties of basic types.
public struct BasicInfo: OptionSet, Sendable {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
  public static var boolean: BasicInfo { BasicInfo(rawValue: 1) }
  public static var integer: BasicInfo { BasicInfo(rawValue: 2) }
  public static var unsigned: BasicInfo { BasicInfo(rawValue: 4) }
  public static var float: BasicInfo { BasicInfo(rawValue: 8) }
  public static var complex: BasicInfo { BasicInfo(rawValue: 16) }
  public static var string: BasicInfo { BasicInfo(rawValue: 32) }
  public static var untyped: BasicInfo { BasicInfo(rawValue: 64) }
  public static var ordered: BasicInfo { [.integer, .float, .string] }
  public static var numeric: BasicInfo { [.integer, .float, .complex] }
  public static var constType: BasicInfo { [.boolean, .numeric, .string] }
}

public enum ChanDir: UInt8, Sendable { case both, send, receive }

/// One type, 16 bytes, trivial. The meaning of the operands by kind:
///
///     basic      sub = BasicKind, flags = BasicInfo, a = NameID
///     pointer    a = element          slice      a = element
///     array      a = element, b:c = length as Int64 (-1: unknown because of an error)
///     map        a = key, b = element
///     chan       a = element, sub = ChanDir
///     struct     a, b = pool range of field objects; c = pool start of b tag names, 0 without tags
///     tuple      a, b = pool range of variable objects
///     union      a, b = pool range of terms: type handle, top bit set for ~T
///     named      a = index into `named`       signature  a = index into `signatures`
///     interface  a = index into `interfaces`  typeParam  a = index into `typeParams`
///     alias      a = index into `aliases`
public struct TypeRecord: Hashable, Sendable {
  public var kind: TypeKind
  public var sub: UInt8
  public var flags: UInt16
  public var a: UInt32
  public var b: UInt32
  public var c: UInt32

  @inlinable public init(
    _ kind: TypeKind, sub: UInt8 = 0, flags: UInt16 = 0, a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0
  ) {
    self.kind = kind
    self.sub = sub
    self.flags = flags
    self.a = a
    self.b = b
    self.c = c
  }
}

/// A defined type or an instance of a generic defined type.
public struct NamedInfo: Sendable {
  /// The type name. An instance has the type name of its origin.
  public var object: ObjectID
  /// The generic type this is an instance of; the type itself otherwise.
  public var origin: TypeID
  /// Type arguments; empty unless this is an instance.
  public var args: PoolRange = .empty
  /// Declared type parameters (type handles); for an instance those of the origin.
  public var params: PoolRange = .empty
  /// Right-hand side of the declaration, possibly named itself. None until known; an instance's is
  /// made by substitution on demand (`TypeStore.rhs`).
  public var rhs: TypeID = .none
  /// Underlying type; none until resolved (`TypeStore.under`).
  public var underlying: TypeID = .none
  /// Declared methods in source order; for an instance parallel to the origin's, `.none` where the
  /// method has not been made yet (`TypeStore.method(of:at:)`).
  public var methods: [ObjectID] = []
  /// The function whose body declares this type, none at package level. If that function is
  /// generic, each of its instances has a type of its own.
  public var function: FunctionID = .none
  /// For an instance: where the program mentions it first, for errors.
  public var pos: Pos = .none
  /// For an instance: the right-hand side is being expanded or has been.
  public var expanded = false

  public init(object: ObjectID, origin: TypeID) {
    self.object = object
    self.origin = origin
  }
}

/// A function type.
public struct SignatureInfo: Sendable {
  /// Receiver variable, none for functions.
  public var recv: ObjectID = .none
  /// Type parameters declared by the receiver (type handles).
  public var recvParams: PoolRange = .empty
  /// Type parameters of a generic function or method (type handles).
  public var typeParams: PoolRange = .empty
  /// Tuples of variables; none for an empty list. The last parameter of a variadic function has a
  /// slice type (or string, for append's special case).
  public var params: TypeID = .none
  public var results: TypeID = .none
  public var variadic = false
  /// Scope of the parameters, the parent of the body's; none for synthesised signatures.
  public var scope: ScopeID = .none
  public init() {}
}

/// An interface type.
public struct InterfaceInfo: Sendable {
  /// Explicitly declared methods (function objects), in source order.
  public var methods: [ObjectID] = []
  /// Embedded elements: interfaces, unions, other types.
  public var embeddeds: [TypeID] = []
  public var embedPositions: [Pos] = []
  /// Made for a constraint literal such as `~int` without `interface{}`.
  public var implicit = false
  /// All methods and embedded elements are known.
  public var complete = false
  /// Index into `TypeStore.typeSets`; 0 until computed.
  public var typeSet: UInt32 = 0
  /// Position of the interface for errors while computing the type set.
  public var pos: Pos = .none
  public init() {}
}

/// A type parameter.
public struct TypeParamInfo: Sendable {
  public var object: ObjectID
  /// Index in its list; -1 until bound.
  public var index: Int32 = -1
  /// Constraint as declared; may be any type until `TypeStore.iface` wraps it.
  public var bound: TypeID
  /// Unique number, in order of creation.
  public var id: UInt32
  public init(object: ObjectID, bound: TypeID, id: UInt32) {
    self.object = object
    self.bound = bound
    self.id = id
  }
}

/// An alias declaration or an instance of a generic one.
public struct AliasInfo: Sendable {
  public var object: ObjectID
  public var origin: TypeID
  public var params: PoolRange = .empty
  public var args: PoolRange = .empty
  /// Right-hand side as written, possibly an alias; none until known.
  public var rhs: TypeID = .none
  /// The type denoted, never an alias; none until asked for.
  public var actual: TypeID = .none
  public init(object: ObjectID, origin: TypeID) {
    self.object = object
    self.origin = origin
  }
}
