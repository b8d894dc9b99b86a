// What the checker finds out about the nodes of a file: side tables for the phases behind it.
import Base
import Syntax

/// What an expression denotes (`cmd/compile/internal/types2`, operandMode).
public enum OperandMode: UInt8, Sendable {
  /// Not an expression, or one with an error.
  case invalid
  /// No value: a call of a function without results.
  case noValue
  case builtin
  case type
  case constant
  /// Addressable variable.
  case variable
  /// Map index expression: assignable, not addressable, commaOk.
  case mapIndex
  /// A computed value.
  case value
  /// The predeclared nil.
  case nilValue
  /// Like value; a second, boolean result may be asked for (receive, type assertion).
  case commaOk
  /// Like commaOk for cgo; unused.
  case commaErr
  case cgoFunc
}

/// `x.f` that is not a qualified identifier.
public struct Selection: Sendable {
  public enum Kind: UInt8, Sendable { case field, methodValue, methodExpr }
  public var kind: Kind
  /// A pointer was followed on the path (or the receiver is a pointer).
  public var indirect: Bool
  /// Type of `x`.
  public var recv: TypeID
  /// The field or method.
  public var object: ObjectID
  /// Field indices from `recv` to the object; the last is the field's or method's own index.
  public var path: PoolRange
  public init(
    kind: Kind, indirect: Bool, recv: TypeID, object: ObjectID, path: PoolRange
  ) {
    self.kind = kind
    self.indirect = indirect
    self.recv = recv
    self.object = object
    self.path = path
  }
}

/// Side tables of one file, indexed by node. Empty until the file's package is collected.
public struct FileTypes: Sendable {
  /// Type of each expression (also of identifiers that are declared or used, and of type
  /// expressions). A tuple for calls with several results and for commaOk expressions in a
  /// two-valued context.
  public internal(set) var types: [TypeID] = []
  /// Raw values of `OperandMode`.
  var modes: [UInt8] = []
  /// Bit of `modes`: an untyped expression whose final type is not known yet.
  static var pending: UInt8 { 0x40 }
  /// Bit of `modes`: such an expression that is the left operand of a non-constant shift.
  static var shiftOperand: UInt8 { 0x80 }
  /// Constant values; none for all other expressions.
  public internal(set) var constants: [ConstID] = []
  /// By kind of node:
  /// name: the object it declares or uses (`isDefinition` tells which by position).
  /// selector: index into `selections`, 0 for a qualified identifier (see its `sel` name).
  /// caseClause: the implicit variable of a type switch clause.
  /// field (anonymous parameter or embedded field), importDecl: the implicit object.
  /// funcLit, funcDecl: FunctionID.
  /// typeSwitchGuard etc.: 0.
  public internal(set) var refs: [UInt32] = []
  public internal(set) var selections: [Selection] = []
  /// Instantiations of generic functions and types: name node, type arguments, resulting type,
  /// in the order found; `instance(of:)` searches.
  var instanceIndex: [NodeID: UInt32] = [:]
  public internal(set) var instances: [Instance] = []
  /// Keys of struct literals that name promoted fields: index into `selections`.
  var promotedKeys: [NodeID: UInt32] = [:]

  public struct Instance: Sendable {
    /// The name node that denotes the generic function or type (`sel` of a selector).
    public var node: NodeID
    public var args: PoolRange
    public var type: TypeID
  }

  public init() {}

  mutating func prepare(nodeCount: Int) {
    if !types.isEmpty { return }
    types = Array(repeating: .none, count: nodeCount)
    modes = Array(repeating: 0, count: nodeCount)
    constants = Array(repeating: .none, count: nodeCount)
    refs = Array(repeating: 0, count: nodeCount)
    selections = [
      Selection(kind: .field, indirect: false, recv: .none, object: .none, path: .empty)
    ]
  }

  public func type(_ n: NodeID) -> TypeID { types[n.index] }
  public func mode(_ n: NodeID) -> OperandMode {
    OperandMode(rawValue: modes[n.index] & 0x3f).unsafelyUnwrapped
  }
  public func constant(_ n: NodeID) -> ConstID { constants[n.index] }
  /// The object that a name node declares or uses, or the implicit object of another node.
  public func object(_ n: NodeID) -> ObjectID { ObjectID(raw: refs[n.index]) }
  /// The function of a `funcLit` or `funcDecl` node.
  public func function(_ n: NodeID) -> FunctionID { FunctionID(raw: refs[n.index]) }
  /// The selection of a `selector` node; nil for a qualified identifier `pkg.Name`.
  public func selection(_ n: NodeID) -> Selection? {
    refs[n.index] == 0 ? nil : selections[Int(refs[n.index])]
  }
  /// The path to the promoted field that key `n` of a struct literal names; nil for the literal's own
  /// fields.
  public func promotedKey(_ n: NodeID) -> Selection? {
    promotedKeys[n].map { selections[Int($0)] }
  }
  /// The instantiation that the name node `n` denotes, if any.
  public func instance(_ n: NodeID) -> Instance? {
    instanceIndex[n].map { instances[Int($0)] }
  }
}
