import ABI
import Base
import Object

/// Directives and properties of a function that later stages heed.
public struct FunctionFlags: OptionSet, Sendable {
  public var rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
  public static let nosplit = FunctionFlags(rawValue: 1)
  public static let noinline = FunctionFlags(rawValue: 2)
  public static let wrapper = FunctionFlags(rawValue: 4)
  public static let hasDefer = FunctionFlags(rawValue: 8)
  /// Uses the closure context register at entry (`getClosure`).
  public static let needsContext = FunctionFlags(rawValue: 16)
  public static let systemStack = FunctionFlags(rawValue: 32)
  public static let noWriteBarrier = FunctionFlags(rawValue: 64)
  /// In a package that must not allocate implicitly.
  public static let noAlloc = FunctionFlags(rawValue: 128)
  public static let reflectMethod = FunctionFlags(rawValue: 256)
  /// Equal bodies under this name may be made more than once (wrappers, instances, hash functions).
  public static let dupOK = FunctionFlags(rawValue: 512)
  /// Runs on a stack or in a state where it may never be stopped: runtime packages.
  public static let unsafePoints = FunctionFlags(rawValue: 1024)
  public static let noReturn = FunctionFlags(rawValue: 2048)
  /// `//go:uintptrescapes`, `//go:noescape` live on declarations; see SSAGen.
}

/// One function's body in SSA form, from construction to register allocation.
///
/// Tables are dense and indexed by typed ids; id 0 is none. One thread owns a function at a time.
public final class Function {
  public let symbol: SymbolID
  /// Full name, for dumps.
  public let name: String
  public var pos: Pos
  public var flags: FunctionFlags = []
  public var funcID: UInt8 = 0
  /// What tracebacks show of the arguments (SSAGen/ArgumentInfo.swift); empty without arguments.
  public var argumentInfo: [UInt8] = []
  public var signature: ABISignature

  public var values: IDTable<ValueID, Value>
  public var args: [ValueID] = []
  public var blocks: IDTable<BlockID, Block>
  /// Blocks in layout order; the entry first. Removed blocks are absent.
  public var order: [BlockID] = []
  public var slots: [Slot] = []
  public var calls: [CallInfo] = []
  public var allocs: [AllocInfo] = []
  public var memories: [MemoryInfo] = []
  /// Offsets of the stores of each `barrierStore`.
  public var storeGroups: [[Int64]] = []
  public var inlineTree: [InlinedCall] = []
  /// Link-time markers that the code implies (interface conversions, method calls).
  public var markers: [Reloc] = []
  public var recoverLanding: BlockID = .none
  /// The frame slot of open-coded defers, or -1: a byte whose bit i says that defer i is pending, then, from word 1 on,
  /// the closure of each. The runtime reads and clears it when the function panics. The landing block
  /// reads it too, which keeps it in memory, zeroed at entry and alive.
  public var deferSlot = -1
  /// What passes found wrong with the source: allocations and barriers where none are allowed.
  public var diagnostics: [Diagnostic] = []

  public init(symbol: SymbolID, name: String, pos: Pos, signature: ABISignature) {
    self.symbol = symbol
    self.name = name
    self.pos = pos
    self.signature = signature
    values = IDTable(
      none: Value(
        op: .invalid, machineOp: 0, type: .void, flags: [], argCount: 0, argStart: 0, block: .none,
        aux: 0, pos: .none, inlineNode: 0, auxInt: 0))
    blocks = IDTable(none: Block())
  }

  public var entry: BlockID { order[0] }

  /// Adds an empty block at the end of the layout.
  public func makeBlock() -> BlockID {
    let b = blocks.append(Block())
    order.append(b)
    return b
  }

  /// Makes a value without placing it in a block.
  @inlinable
  public func makeValue(
    _ op: Op, _ type: ValueType, _ arguments: [ValueID] = [], aux: UInt32 = 0, auxInt: Int64 = 0,
    flags: ValueFlags = [], pos: Pos = .none
  ) -> ValueID {
    let start = UInt32(args.count)
    args.append(contentsOf: arguments)
    return values.append(
      Value(
        op: op, machineOp: 0, type: type, flags: flags, argCount: UInt16(arguments.count),
        argStart: start, block: .none, aux: aux, pos: pos, inlineNode: 0, auxInt: auxInt))
  }

  /// Makes a value and appends it to block `b`.
  @inlinable @discardableResult
  public func append(
    _ b: BlockID, _ op: Op, _ type: ValueType, _ arguments: [ValueID] = [], aux: UInt32 = 0,
    auxInt: Int64 = 0, flags: ValueFlags = [], pos: Pos = .none
  ) -> ValueID {
    let v = makeValue(op, type, arguments, aux: aux, auxInt: auxInt, flags: flags, pos: pos)
    values[v].block = b
    blocks[b].values.append(v)
    return v
  }

  @inlinable public func arg(_ v: ValueID, _ i: Int) -> ValueID {
    args[Int(values[v].argStart) + i]
  }

  @inlinable public func setArg(_ v: ValueID, _ i: Int, _ a: ValueID) {
    args[Int(values[v].argStart) + i] = a
  }

  /// The argument range of `v` in `args`.
  @inlinable public func argRange(_ v: ValueID) -> Range<Int> {
    let s = Int(values[v].argStart)
    return s..<(s + Int(values[v].argCount))
  }

  /// The arguments of `v` as an array; for cold code.
  public func arguments(_ v: ValueID) -> [ValueID] { Array(args[argRange(v)]) }

  /// Replaces all arguments of `v`.
  public func setArguments(_ v: ValueID, _ a: [ValueID]) {
    if a.count <= Int(values[v].argCount) {
      let s = Int(values[v].argStart)
      for i in 0..<a.count { args[s + i] = a[i] }
    } else {
      values[v].argStart = UInt32(args.count)
      args.append(contentsOf: a)
    }
    values[v].argCount = UInt16(a.count)
  }

  /// Adds the edge `from` to `to`; phis of `to` need an argument for it.
  public func addEdge(_ from: BlockID, _ to: BlockID) {
    blocks[from].succs.append(to)
    blocks[to].preds.append(from)
  }

  /// The integer constant that `v` is, if it is one.
  @inlinable public func constant(_ v: ValueID) -> Int64? {
    values[v].op == .constInt ? values[v].auxInt : nil
  }
}
