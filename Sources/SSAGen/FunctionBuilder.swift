import Base
import Object
import SSA
import Syntax
import Types

/// How a local variable is kept.
struct Local {
  enum Kind: UInt8 {
    /// SSA variables `first ..< first + count`.
    case components
    /// In memory at `address`.
    case memory
    /// In memory; the address itself is the SSA variable `first` (per-iteration loop variables).
    case moving
  }
  var kind: Kind
  var type: TypeID
  var object: ObjectID
  var first = Variable.none
  var count: Int32 = 0
  var address = Address(.none)
}

/// The target of break or continue, in the order of nesting.
struct BranchTarget {
  /// The for, switch or select statement.
  var node: NodeID
  var breakTo: BlockID
  /// None for switch and select.
  var continueTo: BlockID
}

/// Builds one function's SSA. Statements, expressions and so on are extensions, one file a feature.
final class FunctionBuilder {
  unowned let pb: ProgramBuilder
  let ts: TypeStore
  let f: Function

  // Where the builder stands.
  var cur = BlockID.none
  var pos = Pos.none
  var vars = VariableTable()
  /// Pointers that were nil-checked in the current block.
  var checkedPointers: [ValueID] = []
  var freeSlots: [(type: TypeID, slot: Int)] = []
  var usedSlots: [(TypeID, Int)] = []
  /// Expressions that were evaluated before the rest of their statement (`Order.swift`).
  var evaluated: [(node: NodeID, value: Val)] = []

  // The source at hand; absent in synthesised functions.
  var tree: SyntaxTree!
  var info = FileTypes()
  var env = TypeEnvironment()
  var instance = -1
  /// The function body (declaration or literal) whose statements are built.
  var function = FunctionID.none
  var package = PackageID.none
  /// Language version 1.N of the file.
  var minor: UInt16 = 27

  var locals: [Local] = []
  var abi = CallABI()
  /// Result variables, as locals; empty in thunks.
  var results: [Int] = []
  /// Frame slots of results in functions with defer: the value, or the pointer to it.
  var resultSlots: [(slot: Int, isPointer: Bool)] = []
  var hasDefer = false
  /// Set where defers are open-coded.
  var openDefers: OpenDefers?
  var targets: [BranchTarget] = []
  /// Label node's statement or labeled statement → block, by node id.
  var labels: [(node: NodeID, block: BlockID)] = []
  /// The clause that `fallthrough` goes to.
  var fallthroughTo = BlockID.none
  /// Names of the literals, loop bodies and thunks inside, counted.
  var closureCount = 0
  var bodyCount = 0
  var thunkCount = 0
  /// Set while the body of a range-over-func loop is built as a function.
  var rangeBody: RangeBody?
  /// Token of `deferrangefunc`, when some loop body defers into this function.
  var deferToken: Address?

  init(_ pb: ProgramBuilder, _ f: Function) {
    self.pb = pb
    ts = pb.ts
    self.f = f
  }

  /// A literal or the body of a loop, for the names of closures inside.
  var isClosure = false

  /// Forgets the locals, so that the next function can have the same objects.
  func clearLocals() {
    for l in locals where l.object.isSome { pb.localIndex[l.object.index] = -1 }
    locals.removeAll()
  }

  // MARK: Types of nodes

  /// Type of the expression `n`: canonical, without type parameters.
  func type(_ n: NodeID) -> TypeID { concrete(info.types[n.index]) }

  func concrete(_ t: TypeID) -> TypeID {
    env.params.isEmpty ? ts.canonical(t) : pb.substitute(t, env)
  }

  func under(_ t: TypeID) -> TypeID { ts.canonical(ts.under(t)) }
  func kind(_ t: TypeID) -> TypeKind { ts.kind(ts.under(t)) }
  func basic(_ t: TypeID) -> BasicKind? { ts.basicKind(ts.under(t)) }
  func elem(_ t: TypeID) -> TypeID { ts.canonical(ts.elem(ts.under(t))) }
  func basicInfo(_ t: TypeID) -> BasicInfo {
    let u = ts.under(t)  // may add types, so it comes before the table is read
    let r = ts.types[u]
    return r.kind == .basic ? BasicInfo(rawValue: r.flags) : []
  }
  func isString(_ t: TypeID) -> Bool { basicInfo(t).contains(.string) }
  func isInterface(_ t: TypeID) -> Bool { kind(t) == .interface }
  func isEmptyInterface(_ t: TypeID) -> Bool { pb.isEmptyInterface(t) }
  func isSigned(_ t: TypeID) -> Bool {
    let i = basicInfo(t)
    return i.contains(.integer) && !i.contains(.unsigned)
  }
  func isFloat(_ t: TypeID) -> Bool { basicInfo(t).contains(.float) }
  func isComplex(_ t: TypeID) -> Bool { basicInfo(t).contains(.complex) }
  func layout(_ t: TypeID) -> Layout { pb.layouts.of(t) }
  func size(_ t: TypeID) -> Int { pb.layouts.of(t).size }
  /// Scalar type of a type of one component.
  func scalar(_ t: TypeID) -> ValueType {
    let l = pb.layouts.of(t)
    if l.leafCount < 1 { broken("scalar of type \(pb.typeString(t))") }
    return pb.layouts.leaf(l, 0).type
  }

  /// Stops for a broken invariant, naming function and place.
  func broken(_ what: String) -> Never {
    internalError("ssagen", "\(what) in \(f.name) at \(pb.checker.sources.location(pos))")
  }

  var intType: TypeID { pb.types.int }
  var boolType: TypeID { pb.types.bool }
  var stringType: TypeID { pb.types.string }

  /// The function's index of the enclosing name for closures.
  func unimplemented(_ what: String) -> Unimplemented { Unimplemented(what, at: pos) }
}

/// Type arguments of a function instance: parameter `params[i]` stands for `args[i]`.
public struct TypeEnvironment: Hashable {
  public var params: [TypeID] = []
  public var args: [TypeID] = []
  public init() {}
  public init(params: [TypeID], args: [TypeID]) {
    self.params = params
    self.args = args
  }
}
