import ABI
import Base
import Object
import SSA
import Syntax
import Types

/// The predeclared and other types that the builder asks for all the time, canonical.
struct CommonTypes {
  let bool, int, int32, int64, uint, uint8, uint32, uint64, uintptr: TypeID
  let float32, float64, complex64, complex128, string, unsafePointer, emptyInterface: TypeID

  init(_ ts: TypeStore) {
    bool = ts.basic(.bool)
    int = ts.basic(.int)
    int32 = ts.basic(.int32)
    int64 = ts.basic(.int64)
    uint = ts.basic(.uint)
    uint8 = ts.basic(.uint8)
    uint32 = ts.basic(.uint32)
    uint64 = ts.basic(.uint64)
    uintptr = ts.basic(.uintptr)
    float32 = ts.basic(.float32)
    float64 = ts.basic(.float64)
    complex64 = ts.basic(.complex64)
    complex128 = ts.basic(.complex128)
    string = ts.basic(.string)
    unsafePointer = ts.basic(.unsafePointer)
    emptyInterface = ts.canonical(ts.universe.emptyInterface)
  }
}

/// A function with its type arguments, a function literal, or the body of a range-over-func loop: what one
/// body is built for.
struct Instance {
  /// The declared function or method, of the generic type where there is one; none for literals.
  var object: ObjectID
  /// Type arguments: the receiver's, then the function's own.
  var args: [TypeID]
  var symbol: SymbolID = .none
  var isQueued = false
  /// A literal's function, or the function around a loop body.
  var function = FunctionID.none
  var body: RangeBody?
  /// The variable whose initialiser this runs.
  var initializer = ObjectID.none
  var env = TypeEnvironment()
  var context: InstanceContext?
  /// Link name of a literal or loop body.
  var name = ""
  var isComplete = false
  /// Receiver first.
  var params: [TypeID] = []
  var results: [TypeID] = []
  var abi = CallABI()

  init(object: ObjectID, args: [TypeID]) {
    self.object = object
    self.args = args
  }
}

/// What a literal inherits from the function around it.
struct InstanceContext {
  var file: FileID
  var package: PackageID
  var minor: UInt16
  var flags: FunctionFlags

  init(_ fb: FunctionBuilder) {
    file = fb.tree.file
    package = fb.package
    minor = fb.minor
    flags = fb.f.flags.intersection([.noAlloc, .unsafePoints, .noWriteBarrier])
  }
}

/// Builds the SSA of all functions that a program can reach, and the data that they refer to.
///
/// One thread, work-list driven: building a body asks for symbols of functions, types and globals, and what is
/// asked for first time is queued. The order of requests alone decides symbol ids and the order of
/// functions, so equal inputs give equal outputs.
public final class ProgramBuilder {
  public let checker: Checker
  public let ts: TypeStore
  public var symbols = SymbolTable()
  public internal(set) var functions: [Function] = []
  public internal(set) var problems = Diagnostics()
  public internal(set) var missing: [Unimplemented] = []
  var layouts: LayoutTable
  let types: CommonTypes
  var runtime = RuntimeTable()
  let constants = ConstantReader()
  private(set) var descriptors: TypeDescriptors!
  private(set) var algorithms: Algorithms!
  private(set) var methodReach: MethodReach!

  let intrinsics = IntrinsicTable()
  var intrinsicCache: [UInt8] = []
  var rangeCaptured: [Bool] = []
  var shared: [Bool] = []
  var hexType: TypeID?
  var quotedType: TypeID?
  public var options = BuildOptions()
  /// Functions with bodies by the link name that a directive gives them.
  var providers: [NameID: ObjectID] = [:]
  /// Body-less functions in use, in order of first use.
  var externals: [Int] = []
  /// Body-less functions in use for which another package's body has their link name.
  var pushed: [Int] = []
  var shapes: [Shape: SymbolID] = [:]
  /// Static contents by symbol text, for sharing.
  var boxes: [[UInt8]: SymbolID] = [:]

  /// Variables with an initialiser by the link name that a directive gives them.
  var variableProviders: [NameID: ObjectID] = [:]
  var globalHead = 0
  /// Names of reflect's look-ups of methods.
  lazy var lookupNames: (method: NameID, methodByName: NameID) = (
    ts.names.find("Method") ?? .none, ts.names.find("MethodByName") ?? .none
  )
  /// Names of the functions in ConditionalCalls.swift.
  lazy var conditionalCallees: [NameID] = internConditionalCallees()
  /// Functions outside the runtime with a `go` statement, and those that read the processor's features.
  var goroutineMakers: [Function] = []
  var featureReaders: [Function] = []
  lazy var processorFeatures: ObjectID = packageObject("internal/cpu", "X86") ?? .none
  /// Packages by import path, and their paths as they stand in symbols. Index: PackageID.
  lazy var packagesByPath: [NameID: PackageID] = indexPackages()
  var escapedPaths: [String] = []
  /// Initialisers of all packages, and the number of each variable's. Index: ObjectID; -1 for none.
  var packageInits: [PackageInit] = []
  var initializerNumbers: [Int32] = []
  /// Closures and thunks in the initialisers of each package so far. Index: PackageID.
  var initCounters: [(closures: Int, thunks: Int)] = []
  /// Index: PackageID. Whether packages have work or wait for it; made once all bodies are built.
  var taskCache: [Bool] = []
  /// Index: PackageID. Numbers of initialisers that are code.
  var liveInits: [[Int]] = []

  /// Index: ObjectID. Number of the local in the function being built, -1 for none.
  var localIndex: [Int32]

  var instances: [Instance] = []
  private var instanceIndex: [InstanceKey: Int] = [:]
  /// Instances whose bodies are to be built, in order of request.
  var queue: [Int] = []
  var queueHead = 0
  /// Symbols whose generated functions (wrappers, equality, ...) have been made. Index: SymbolID.
  private var built: [Bool] = []
  /// Index: ObjectID. Symbols of package-level variables.
  var globalSymbols: [SymbolID]
  /// Package-level variables that are referred to, in order of first reference.
  var usedGlobals: [ObjectID] = []
  /// Link names given by `//go:linkname`. Index: ObjectID.
  var linkNames: [NameID]

  private struct InstanceKey: Hashable {
    var object: ObjectID
    var args: [TypeID]
  }

  public init(_ checker: Checker, options: BuildOptions = BuildOptions()) {
    self.options = options
    self.checker = checker
    ts = checker.ts
    layouts = LayoutTable(checker.ts)
    types = CommonTypes(checker.ts)
    let n = checker.ts.objects.count
    localIndex = Array(repeating: -1, count: n)
    globalSymbols = Array(repeating: .none, count: n)
    linkNames = Array(repeating: .none, count: n)
    descriptors = TypeDescriptors(self)
    algorithms = Algorithms(self)
    methodReach = MethodReach(self)
  }

  // MARK: instances

  /// The number of the instance of `o` with these type arguments. `o` may be a method of an instantiated type; its
  /// arguments are then those of the type, followed by its own.
  func functionInstance(_ o: ObjectID, _ args: [TypeID]) -> Int {
    let key = InstanceKey(object: o, args: args)
    if let i = instanceIndex[key] { return i }
    instances.append(Instance(object: o, args: args))
    instanceIndex[key] = instances.count - 1
    return instances.count - 1
  }

  /// The symbol of an instance's code; its body gets built.
  func use(_ i: Int) -> SymbolID {
    let s = codeSymbol(i)
    if !instances[i].isQueued {
      instances[i].isQueued = true
      queue.append(i)
    }
    return s
  }

  /// The symbol of an instance's code, without asking for the body.
  func codeSymbol(_ i: Int) -> SymbolID {
    if instances[i].symbol.isSome { return instances[i].symbol }
    let s = symbols.symbol(functionLinkName(instances[i].object, instances[i].args))
    instances[i].symbol = s
    return s
  }

  /// Claims the making of a generated function; false if it has been made.
  func markBuilt(_ s: SymbolID) -> Bool {
    if built.count <= s.index {
      built.append(contentsOf: repeatElement(false, count: symbols.count - built.count))
    }
    if built[s.index] { return false }
    built[s.index] = true
    return true
  }

  func addFunction(_ f: Function) { functions.append(f) }

  // MARK: types

  func substitute(_ t: TypeID, _ env: TypeEnvironment) -> TypeID {
    ts.canonical(ts.subst(t, from: env.params, to: env.args))
  }

  func isEmptyInterface(_ t: TypeID) -> Bool {
    let u = ts.under(t)
    return ts.kind(u) == .interface && ts.typeSet(of: u).methods.isEmpty
  }

  /// Whether values of two interface types look the same: the itab belongs to the type, so the methods
  /// alone do not decide.
  func sameMethods(_ a: TypeID, _ b: TypeID) -> Bool {
    ts.canonical(a) == ts.canonical(b) || isEmptyInterface(a) && isEmptyInterface(b)
  }

  func typeString(_ t: TypeID) -> String { ts.typeString(t) }

  /// A method's or function's type without its receiver, canonical.
  func signatureWithoutReceiver(_ m: ObjectID) -> TypeID {
    let t = ts.unalias(ts.methodType(m))
    var s = ts.signature(t)
    if s.recv.isNone { return ts.canonical(t) }
    if let known = plainSignatures[t] { return known }
    s.recv = .none
    s.recvParams = .empty
    let plain = ts.canonical(ts.signatureType(s))
    plainSignatures[t] = plain
    return plain
  }
  private var plainSignatures: [TypeID: TypeID] = [:]
}
