import ABI
import Base
import Object

/// A value of one function: index into `Function.values`.
public struct ValueID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
  public var description: String { "v\(raw)" }
}

/// A basic block of one function: index into `Function.blocks`.
public struct BlockID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
  public var description: String { "b\(raw)" }
}

public struct ValueFlags: OptionSet, Sendable {
  public var rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Shift: the count is below the width.
  public static let bounded = ValueFlags(rawValue: 1)
  /// load, param, call, project, sub, add: the length or capacity of a string, or of a slice whose elements have
  /// a size: not negative, and below 2^48.
  public static let length = ValueFlags(rawValue: 1)
  /// Store/copy/zero: no write barrier (initialising store, or `//go:nowritebarrier` proof).
  public static let noBarrier = ValueFlags(rawValue: 2)
  /// copyMemory: regions may overlap partially.
  public static let mayOverlap = ValueFlags(rawValue: 4)
  /// load/store: the pointer is known not to be nil.
  public static let nonNil = ValueFlags(rawValue: 8)
  /// ctz/clz: the operand is not zero.
  public static let nonZero = ValueFlags(rawValue: 8)
  /// load: the memory never changes (read-only data).
  public static let invariant = ValueFlags(rawValue: 16)
  /// alloc: must stay on the heap / proved to stay in the frame.
  public static let escapes = ValueFlags(rawValue: 32)
  public static let stays = ValueFlags(rawValue: 64)
  /// Load whose sub-word result must be taken as signed when it is extended (a hint only).
  public static let signed = ValueFlags(rawValue: 128)
}

/// One SSA value. 40 bytes, trivial. Arguments are `argCount` entries of `Function.args` from `argStart`.
public struct Value: Sendable {
  public var op: Op
  /// The target's operation when `op` is `.machine`.
  public var machineOp: UInt16
  public var type: ValueType
  public var flags: ValueFlags
  public var argCount: UInt16
  public var argStart: UInt32
  /// The block the value stands in; none when it is not placed.
  public var block: BlockID
  /// Meaning by op: SymbolID, slot, or index into one of the function's side tables.
  public var aux: UInt32
  public var pos: Pos
  /// Node of `Function.inlineTree`, plus 1; 0 is the function itself.
  public var inlineNode: UInt32
  public var auxInt: Int64

  @inlinable public init(
    op: Op, machineOp: UInt16 = 0, type: ValueType, flags: ValueFlags = [], argCount: UInt16 = 0,
    argStart: UInt32 = 0, block: BlockID = .none, aux: UInt32 = 0, pos: Pos = .none,
    inlineNode: UInt32 = 0, auxInt: Int64 = 0
  ) {
    self.op = op
    self.machineOp = machineOp
    self.type = type
    self.flags = flags
    self.argCount = argCount
    self.argStart = argStart
    self.block = block
    self.aux = aux
    self.pos = pos
    self.inlineNode = inlineNode
    self.auxInt = auxInt
  }
}

/// How a block ends.
public enum BlockKind: UInt8, Sendable {
  /// Still being built.
  case open
  /// To successor 0.
  case jump
  /// To successor 0 if `control` is nonzero, else to successor 1.
  case branch
  /// To successor `control` (i64); the last successor takes all values out of range.
  case table
  /// Returns `control` arguments: `Block.results`.
  case ret
  /// Never left: ends in a call that does not return.
  case exit
  /// Target's conditional branch on flags: `Block.machineCondition`, `control` is the flags value.
  case machineBranch
  /// Jumps to the function of the block's last value, a call marked as tail call, with the frame gone.
  case tailCall
}

/// One basic block. Indexed by `BlockID`; block 1 is the entry.
public struct Block: Sendable {
  public var kind: BlockKind = .open
  public var machineCondition: UInt8 = 0
  /// Branch weights: successor 0 is likely (+1), unlikely (-1), unknown (0).
  public var likely: Int8 = 0
  /// Runs rarely (leads to a panic): placed last.
  public var isCold = false
  /// The landing block for recovered panics: no predecessors, uses frame slots only.
  public var isRecoverLanding = false
  public var control: ValueID = .none
  /// `ret`: the result components, as `Function.results` lists them (register ones only).
  public var results: [ValueID] = []
  /// Values in execution order, phis first.
  public var values: [ValueID] = []
  public var preds: [BlockID] = []
  public var succs: [BlockID] = []
  public var pos: Pos = .none
  public init() {}
}

/// A frame-resident object or variable. Index: `Function.slots`.
public struct Slot: Sendable {
  public var size: Int
  public var alignment: Int
  /// Bit i: word i may hold a pointer. The back end finds out where it must be zeroed and in stack maps.
  public var pointerMask: [UInt64]
  /// Go variable name, for dumps and debug information.
  public var name: NameID
  public var hasPointers: Bool { pointerMask.contains { $0 != 0 } }
  public init(size: Int, alignment: Int, pointerMask: [UInt64] = [], name: NameID = .none) {
    self.size = size
    self.alignment = alignment
    self.pointerMask = pointerMask
    self.name = name
  }
}

/// Where one scalar component of a parameter or result travels (GOROOT abi-internal.md).
public struct ABISlot: Equatable, Sendable {
  public var type: ValueType
  /// Index in the integer or float sequence, or -1 when it is in memory.
  public var register: Int8
  /// Offset in the stack argument area when in memory; for a register parameter, offset of its spill space.
  public var offset: Int32
  public init(type: ValueType, register: Int8, offset: Int32) {
    self.type = type
    self.register = register
    self.offset = offset
  }
}

/// A function signature after ABI assignment. The scalar components of all parameters (receiver
/// first), and of all results. Aggregates that the ABI passes in memory do not appear as slots; the builder
/// copies them from or to the stack area by `incomingAddress`/`outgoingAddress`.
public struct ABISignature: Equatable, Sendable {
  public var convention: ABI.Convention = .internal
  public var params: [ABISlot] = []
  public var results: [ABISlot] = []
  /// Bytes of stack arguments and results, and with the spill space of register parameters.
  public var stackSize: Int32 = 0
  public var totalSize: Int32 = 0
  /// Bit i: word i of the stack argument area (arguments, then results) holds a pointer. The
  /// results part counts only at returns.
  public var argPointers: [UInt64] = []
  /// Offset where stack results begin.
  public var resultOffset: Int32 = 0
  public init() {}
}

/// A call site. Index: `Function.calls`.
public struct CallInfo: Sendable {
  /// Callee of a static call.
  public var symbol: SymbolID
  public var signature: ABISignature
  /// Does not return (panics, throw, goexit).
  public var noReturn: Bool
  /// Does not keep its callee: a `weakCall32`, which the linker removes if nothing else needs it.
  public var isWeak = false
  /// Assembly of others than the standard library, which may come back with another RBP: under gc nobody notices.
  public var isForeign = false
  /// go:uintptrkeepalive / nosplit system call: the arguments in `keep` stay alive until it returns.
  public var keepAlive: [ValueID]
  /// go:uintptrescapes: what `keepAlive` points to must not move either, so it is on the heap.
  public var keepAliveEscapes = false
  public init(symbol: SymbolID = .none, signature: ABISignature, noReturn: Bool = false) {
    self.symbol = symbol
    self.signature = signature
    self.noReturn = noReturn
    keepAlive = []
  }
}

/// An allocation site. Index: `Function.allocs`.
public struct AllocInfo: Sendable {
  public enum Kind: UInt8, Sendable {
    case object, closure, variable, sliceLiteral
    /// `box` of one component by size or of anything else, of a string, of a slice.
    case box, stringBox, sliceBox
    /// Room for the result of a runtime function that allocates when given nil instead: nil unless it stays
    /// in the frame. Holds no pointers and need not be zero.
    case buffer
  }
  public var kind: Kind
  /// Type descriptor (of the element for `allocSlice`).
  public var type: SymbolID
  /// Size, alignment and pointer mask of one object or element.
  public var size: Int
  public var alignment: Int
  public var pointerMask: [UInt64]
  /// Name of the Go variable moved to the heap, for `-m`.
  public var name: NameID
  public init(
    kind: Kind, type: SymbolID, size: Int, alignment: Int, pointerMask: [UInt64],
    name: NameID = .none
  ) {
    self.kind = kind
    self.type = type
    self.size = size
    self.alignment = alignment
    self.pointerMask = pointerMask
    self.name = name
  }
}

/// What a `zeroMemory` or `copyMemory` works on. Index: `Function.memories`.
public struct MemoryInfo: Sendable {
  public var size: Int
  public var alignment: Int
  /// Type descriptor for the barrier version (`typedmemmove`); none when the type has no pointers.
  public var type: SymbolID
  public var hasPointers: Bool { type.isSome }
  public init(size: Int, alignment: Int, type: SymbolID) {
    self.size = size
    self.alignment = alignment
    self.type = type
  }
}
