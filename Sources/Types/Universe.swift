// Predeclared types, constants and functions, and package unsafe (Go spec, Predeclared
// identifiers).
import Base
import Syntax

/// Built-in functions, those of package unsafe, and the two of the checker's own tests.
public enum Builtin: UInt8, Sendable, CaseIterable {
  case append, cap, clear, close, complex, copy, delete, imag, len, make, max, min, new, panic
  case print, println, real, recover
  case unsafeAdd, unsafeAlignof, unsafeOffsetof, unsafeSizeof, unsafeSlice, unsafeSliceData
  case unsafeString, unsafeStringData
  case testAssert, testTrace

  /// Name as written, without the package.
  public var name: String {
    switch self {
    case .append: "append"
    case .cap: "cap"
    case .clear: "clear"
    case .close: "close"
    case .complex: "complex"
    case .copy: "copy"
    case .delete: "delete"
    case .imag: "imag"
    case .len: "len"
    case .make: "make"
    case .max: "max"
    case .min: "min"
    case .new: "new"
    case .panic: "panic"
    case .print: "print"
    case .println: "println"
    case .real: "real"
    case .recover: "recover"
    case .unsafeAdd: "Add"
    case .unsafeAlignof: "Alignof"
    case .unsafeOffsetof: "Offsetof"
    case .unsafeSizeof: "Sizeof"
    case .unsafeSlice: "Slice"
    case .unsafeSliceData: "SliceData"
    case .unsafeString: "String"
    case .unsafeStringData: "StringData"
    case .testAssert: "assert"
    case .testTrace: "trace"
    }
  }

  /// Number of arguments needed, whether more may follow, and whether a call may stand as a
  /// statement (0), must not (1: a value), or may be a conversion-like expression.
  var shape: (arguments: Int, variadic: Bool, isStatement: Bool) {
    switch self {
    case .append: (1, true, false)
    case .cap, .imag, .len, .real: (1, false, false)
    case .clear, .close, .panic: (1, false, true)
    case .complex: (2, false, false)
    case .copy: (2, false, true)
    case .delete: (2, false, true)
    case .make: (1, true, false)
    case .max, .min: (1, true, false)
    case .new: (1, false, false)
    case .print, .println: (0, true, true)
    case .recover: (0, false, true)
    case .unsafeAdd, .unsafeSlice, .unsafeString: (2, false, false)
    case .unsafeAlignof, .unsafeOffsetof, .unsafeSizeof: (1, false, false)
    case .unsafeSliceData, .unsafeStringData: (1, false, false)
    case .testAssert: (1, false, true)
    case .testTrace: (0, true, false)
    }
  }

  var isUnsafe: Bool {
    rawValue >= Builtin.unsafeAdd.rawValue && rawValue <= Builtin.unsafeStringData.rawValue
  }
}

/// Handles of what the universe declares.
public struct Universe: Sendable {
  public internal(set) var scope: ScopeID = .none
  public internal(set) var unsafe: PackageID = .none
  var basic: [TypeID] = []
  /// `byte` and `rune`: handles of their own for messages, identical to uint8 and int32.
  public internal(set) var byte: TypeID = .none
  public internal(set) var rune: TypeID = .none
  public internal(set) var error: TypeID = .none
  public internal(set) var comparable: TypeID = .none
  /// The alias `any`, and `interface{}`.
  public internal(set) var any: TypeID = .none
  public internal(set) var emptyInterface: TypeID = .none
  public internal(set) var iota: ObjectID = .none
  public internal(set) var nilObject: ObjectID = .none
  public internal(set) var anyObject: ObjectID = .none
  public internal(set) var comparableObject: ObjectID = .none
  /// The interface `comparable` itself.
  public internal(set) var comparableInterface: TypeID = .none

  @inlinable public subscript(k: BasicKind) -> TypeID { basicAt(Int(k.rawValue)) }
  @usableFromInline func basicAt(_ i: Int) -> TypeID { basic[i] }
}

extension TypeStore {
  /// The predeclared type of kind `k`.
  public func basic(_ k: BasicKind) -> TypeID { TypeID(raw: UInt32(k.rawValue) + 1) }
  public var invalid: TypeID { TypeID(raw: 1) }

  func setUpUniverse() {
    let scope = newScope(.none)
    universe.scope = scope
    setUpBasicTypes(scope)
    setUpUnsafe()
    let emptyInterface = interfaceType(
      {
        var i = InterfaceInfo()
        i.complete = true
        return i
      }())
    universe.emptyInterface = emptyInterface
    let anyObject = predeclare(.typeName, "any", .none)
    objects[anyObject].flags.insert(.alias)
    universe.anyObject = anyObject
    universe.any = aliasType(anyObject, rhs: emptyInterface)
    setUpError()
    setUpComparable()
    setUpConstants()
    for b in Builtin.allCases {
      if b == .testAssert || b == .testTrace { continue }
      declareBuiltin(b, in: b.isUnsafe ? packages[universe.unsafe].scope : scope)
    }
  }

  /// Declares the functions `assert` and `trace` of the checker's own test data.
  public func declareTestFunctions() {
    declareBuiltin(.testAssert, in: universe.scope)
    declareBuiltin(.testTrace, in: universe.scope)
  }

  private func declareBuiltin(_ b: Builtin, in scope: ScopeID) {
    let o = object(
      .builtin, names.intern(b.name), .none, invalid, b.isUnsafe ? universe.unsafe : .none)
    objects[o].aux = UInt32(b.rawValue)
    _ = insert(scope, o)
  }

  private func predeclare(_ kind: ObjectKind, _ name: String, _ type: TypeID) -> ObjectID {
    let o = object(kind, names.intern(name), .none, type, .none)
    _ = insert(universe.scope, o)
    return o
  }

  private func addBasic(_ k: BasicKind, _ info: BasicInfo, _ name: String) -> TypeID {
    let n = names.intern(name)
    let t = types.append(
      TypeRecord(.basic, sub: k.rawValue, flags: info.rawValue, a: n.raw))
    return t
  }

  private func setUpBasicTypes(_ scope: ScopeID) {
    let unsigned: BasicInfo = [.integer, .unsigned]
    let rows: [(BasicKind, BasicInfo, String)] = [
      (.invalid, [], "invalid type"), (.bool, .boolean, "bool"),
      (.int, .integer, "int"), (.int8, .integer, "int8"), (.int16, .integer, "int16"),
      (.int32, .integer, "int32"), (.int64, .integer, "int64"),
      (.uint, unsigned, "uint"), (.uint8, unsigned, "uint8"), (.uint16, unsigned, "uint16"),
      (.uint32, unsigned, "uint32"), (.uint64, unsigned, "uint64"),
      (.uintptr, unsigned, "uintptr"),
      (.float32, .float, "float32"), (.float64, .float, "float64"),
      (.complex64, .complex, "complex64"), (.complex128, .complex, "complex128"),
      (.string, .string, "string"), (.unsafePointer, [], "Pointer"),
      (.untypedBool, [.boolean, .untyped], "untyped bool"),
      (.untypedInt, [.integer, .untyped], "untyped int"),
      (.untypedRune, [.integer, .untyped], "untyped rune"),
      (.untypedFloat, [.float, .untyped], "untyped float"),
      (.untypedComplex, [.complex, .untyped], "untyped complex"),
      (.untypedString, [.string, .untyped], "untyped string"),
      (.untypedNil, .untyped, "untyped nil"),
    ]
    for (k, info, name) in rows {
      let t = addBasic(k, info, name)
      precondition(t == basic(k))
      universe.basic.append(t)
      if k != .invalid && k != .unsafePointer && !info.contains(.untyped) {
        _ = predeclare(.typeName, name, t)
      }
    }
    universe.byte = addBasic(.uint8, unsigned, "byte")
    universe.rune = addBasic(.int32, .integer, "rune")
    _ = predeclare(.typeName, "byte", universe.byte)
    _ = predeclare(.typeName, "rune", universe.rune)
  }

  private func setUpUnsafe() {
    let scope = newScope(universe.scope)
    var p = PackageRecord(path: KnownName.unsafe, name: KnownName.unsafe, scope: scope)
    p.complete = true
    universe.unsafe = packages.append(p)
    let o = object(
      .typeName, names.intern("Pointer"), .none, basic(.unsafePointer), universe.unsafe)
    _ = insert(scope, o)
  }

  /// `type error interface { Error() string }`
  private func setUpError() {
    let o = predeclare(.typeName, "error", .none)
    let t = namedType(o)
    universe.error = t
    let result = variable(.none, .none, basic(.string), .none, .result)
    let recv = variable(.none, .none, t, .none, .receiver)
    var s = SignatureInfo()
    s.recv = recv
    s.results = tuple([result])
    let method = function(names.intern("Error"), .none, signatureType(s), .none)
    var i = InterfaceInfo()
    i.methods = [method]
    i.complete = true
    setNamed(t, rhs: interfaceType(i))
  }

  /// `type comparable interface { /* comparable */ }`
  private func setUpComparable() {
    let o = predeclare(.typeName, "comparable", .none)
    let t = namedType(o)
    universe.comparable = t
    universe.comparableObject = o
    var i = InterfaceInfo()
    i.complete = true
    universe.comparableInterface = interfaceType(i)
    setNamed(t, rhs: universe.comparableInterface)
  }

  private func setNamed(_ t: TypeID, rhs: TypeID) {
    named[side(t)].rhs = rhs
    named[side(t)].underlying = rhs
  }

  private func setUpConstants() {
    let rows: [(String, BasicKind, ConstValue)] = [
      ("true", .untypedBool, .bool(true)), ("false", .untypedBool, .bool(false)),
      ("iota", .untypedInt, .int(0)),
    ]
    for (name, k, v) in rows {
      let o = predeclare(.constant, name, basic(k))
      objects[o].aux = constants.add(v).raw
      if k == .untypedInt { universe.iota = o }
    }
    universe.nilObject = predeclare(.nilValue, "nil", basic(.untypedNil))
  }
}
