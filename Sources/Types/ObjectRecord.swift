// Declared entities, scopes, packages, and function bodies.
import Base
import Syntax

public enum ObjectKind: UInt8, Sendable {
  case none, packageName, constant, typeName, variable, function, label, builtin, nilValue
}

public struct ObjectFlags: OptionSet, Sendable {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// A variable or import that was used.
  public static var used: ObjectFlags { ObjectFlags(rawValue: 1) }
  public static var field: ObjectFlags { ObjectFlags(rawValue: 2) }
  public static var embedded: ObjectFlags { ObjectFlags(rawValue: 4) }
  public static var receiver: ObjectFlags { ObjectFlags(rawValue: 8) }
  public static var param: ObjectFlags { ObjectFlags(rawValue: 16) }
  public static var result: ObjectFlags { ObjectFlags(rawValue: 32) }
  public static var packageLevel: ObjectFlags { ObjectFlags(rawValue: 64) }
  /// A local variable that a function literal inside its function uses.
  public static var captured: ObjectFlags { ObjectFlags(rawValue: 128) }
  /// A variable whose address is taken: by `&`, a method call, or slicing an array.
  public static var addressTaken: ObjectFlags { ObjectFlags(rawValue: 256) }
  /// A local variable assigned to after its declaration.
  public static var reassigned: ObjectFlags { ObjectFlags(rawValue: 512) }
  /// A method declared with a pointer receiver (known before its signature is).
  public static var pointerReceiver: ObjectFlags { ObjectFlags(rawValue: 1024) }
  /// Starts with an upper-case letter.
  public static var exported: ObjectFlags { ObjectFlags(rawValue: 2048) }
  /// A type name declared with `=`.
  public static var alias: ObjectFlags { ObjectFlags(rawValue: 4096) }
  /// The symbolic variable of a type switch.
  public static var typeSwitchGuard: ObjectFlags { ObjectFlags(rawValue: 8192) }
  /// The declaration is being checked (the object is on `Checker.objectPath`).
  static var onPath: ObjectFlags { ObjectFlags(rawValue: 16384) }
}

/// One declared entity, trivial.
public struct ObjectRecord: Sendable {
  public var kind: ObjectKind
  public var flags: ObjectFlags
  public var name: NameID
  /// Position of the declaring identifier.
  public var pos: Pos
  /// None until the declaration has been checked.
  public var type: TypeID
  public var package: PackageID
  public var parent: ScopeID
  /// Source order of package-level objects, from 1; 0 for all others.
  public var order: UInt32
  /// constant: ConstID. packageName: imported PackageID. builtin: `Builtin`.
  /// variable, function: the ObjectID this was instantiated from, or 0.
  public var aux: UInt32
  /// Package-level objects and methods: DeclID. Local variables: FunctionID that declares them.
  public var decl: UInt32
  /// Next object in the chain of its scope.
  var next: ObjectID

  @inlinable public var isField: Bool { flags.contains(.field) }
  @inlinable public var isEmbedded: Bool { flags.contains(.embedded) }
  @inlinable public var isExported: Bool { flags.contains(.exported) }
  @inlinable public var isPackageLevel: Bool { flags.contains(.packageLevel) }
  @inlinable public var constant: ConstID { ConstID(raw: aux) }
  @inlinable public var imported: PackageID { PackageID(raw: aux) }
  @inlinable public var origin: ObjectID { ObjectID(raw: aux) }

  public init(
    kind: ObjectKind, flags: ObjectFlags = [], name: NameID, pos: Pos, type: TypeID,
    package: PackageID
  ) {
    self.kind = kind
    self.flags = flags
    self.name = name
    self.pos = pos
    self.type = type
    self.package = package
    parent = .none
    order = 0
    aux = 0
    decl = 0
    next = .none
  }
}

/// A lexical scope. Objects are a chain while few, and a hash table of `TypeStore.scopeTables`
/// beyond eight.
public struct ScopeRecord: Sendable {
  public var parent: ScopeID
  var first: ObjectID = .none
  var last: ObjectID = .none
  public internal(set) var count: UInt32 = 0
  /// Index into `TypeStore.scopeTables`, 0 for none.
  var table: UInt32 = 0
  public var isFunction = false
}

/// A package as the checker sees it.
public struct PackageRecord: Sendable {
  /// Import path and declared name.
  public var path: NameID
  public var name: NameID
  public var scope: ScopeID
  /// Language version 1.N as N.
  public var minor: UInt16 = 27
  /// Files in the order given, and their trees' indices.
  public var files: [FileID] = []
  /// Directly imported packages, in order of first import.
  public var imports: [PackageID] = []
  /// Package-level objects in source order, methods included (the checker's work list).
  public var objects: [ObjectID] = []
  /// All declarations were collected and checked.
  public var complete = false
  /// Bodies are checked on demand.
  var isLazy = false
  /// Made up because the import failed.
  public var isFake = false
  /// Variable initialisers in execution order; filled by `Checker.initOrder(of:)`.
  public var initOrder: [Initializer]? = nil
  /// The `init` functions in source order.
  public var initFunctions: [ObjectID] = []
}

/// One step of package initialisation: `lhs... = rhs`. A variable `_` appears as its object.
public struct Initializer: Sendable {
  public var lhs: [ObjectID]
  public var file: FileID
  public var rhs: NodeID
  public init(lhs: [ObjectID], file: FileID, rhs: NodeID) {
    self.lhs = lhs
    self.file = file
    self.rhs = rhs
  }
}

/// How a package-level object or a method is declared.
public struct DeclRecord: Sendable {
  public var file: FileID
  public var package: PackageID
  public var object: ObjectID
  /// Scope of the file, in which the declaration's names are looked up.
  public var scope: ScopeID
  /// The declaration's node: const, type, var specification or function declaration.
  public var node: NodeID = .none
  /// Declared type expression, none where absent; for constants possibly inherited.
  public var typeExpr: NodeID = .none
  /// Initialisation expression, none where absent; for constants possibly inherited.
  public var initExpr: NodeID = .none
  /// The constant's expression was inherited from an earlier specification.
  public var inherited = false
  /// Value of iota.
  public var iota: UInt32 = 0
  /// Variables of `var a, b = f()`, all of them; empty for one-to-one initialisation.
  public var lhs: [ObjectID] = []
  /// Package-level constants, variables and functions that the initialiser or body refers to, in
  /// order of first reference.
  public var dependencies: [ObjectID] = []
  /// State of the function body or initialiser, if it has one.
  public var body: DeclState = .unseen
  /// The function declared, none for others.
  public var function: FunctionID = .none
}

public enum DeclState: UInt8, Sendable { case unseen, active, done }

/// A function body: of a declaration, or of a function literal.
public struct FunctionRecord: Sendable {
  public var file: FileID
  /// Function declaration or function literal.
  public var node: NodeID
  public var parent: FunctionID = .none
  /// The declared function, none for a literal.
  public var object: ObjectID = .none
  public var type: TypeID = .none
  public var scope: ScopeID = .none
  /// For a literal: variables of enclosing functions that it uses, in order of first use.
  public var captures: [ObjectID] = []
  public var hasDefer = false
  public var hasRecover = false
  /// Function literals directly inside, in source order.
  public var literals: [FunctionID] = []
}
