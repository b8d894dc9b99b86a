import ABI
import Base

/// A link-time symbol: index into `SymbolTable.symbols`.
public struct SymbolID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// Where a symbol's contents go in the output.
public enum SymbolKind: UInt8, Sendable {
  /// Referred to, defined nowhere yet.
  case undefined
  /// Machine code.
  case text
  /// Read-only data without relocations to writable memory: strings, constants, masks.
  case rodata
  /// Type descriptors and names: one contiguous range, so that 32-bit offsets reach all of it.
  case typedata
  /// itabs: read-only, relocated.
  case itab
  /// Stack maps and other funcdata, addressed relative to moduledata.gofunc.
  case funcdata
  /// Initialised writable data that may hold pointers / holds none.
  case data
  case noptrdata
  /// Zero writable data that may hold pointers / holds none.
  case bss
  case noptrbss
}

/// How a place in a symbol's contents is filled in with the target's address.
/// S is the target's address, A the addend, P the address of the place.
public enum RelocKind: UInt8, Sendable {
  /// S + A, 8 bytes.
  case abs64
  /// S + A, 4 bytes, must fit both as signed and unsigned (everything lies below 2 GB).
  case abs32
  /// S + A - P, 4 bytes; A includes the -4 or so of the instruction's end.
  case pc32
  /// As `pc32`, and the place is a direct call or tail jump: an edge of the nosplit proof.
  case call32
  /// A `CALL rel32` (opcode just before the place) that does not keep its target; becomes a no-op
  /// if the target is dead. For initialisers without side effects: the package's `init` calls
  /// them weakly, and each variable keeps its own by `keep`.
  case weakCall32
  /// S + A - (start of types), 4 bytes (`abi.TypeOff`, `abi.NameOff`).
  case typeOff32
  /// As `typeOff32`, but does not keep the target; 0 if the target is dead (`PtrToThis`).
  case weakTypeOff32
  /// S + A - (start of text), 4 bytes (`abi.TextOff`).
  case textOff32
  /// The three TypeOff/TextOff words of one `abi.Method`; dead methods get -1 (gc's R_METHODOFF).
  case methodOff32
  /// S + A - moduledata.gofunc, 4 bytes.
  case funcdataOff32
  /// Eight bytes S + A that do not keep the target, code; if it is dead, the address of
  /// `runtime.unreachableMethod`. For the methods in itabs, where 0 means "does not implement".
  case weakAbs64

  // Markers: fill nothing, only guide reachability.
  /// Keep the target.
  case keep
  /// The target type descriptor is converted to an interface here.
  case usedInInterface
  /// Method number A of interface type descriptor `target` is called here.
  case interfaceMethod
  /// A method whose name is the string symbol `target` may be found by reflection here.
  case namedMethod
}

/// One relocation of a symbol's contents.
public struct Reloc: Sendable {
  /// Byte offset of the place within the symbol.
  public var offset: UInt32
  public var kind: RelocKind
  public var target: SymbolID
  public var addend: Int64

  @inlinable public init(offset: UInt32, kind: RelocKind, target: SymbolID, addend: Int64 = 0) {
    self.offset = offset
    self.kind = kind
    self.target = target
    self.addend = addend
  }
}

/// Properties of a symbol that linking needs.
public struct SymbolFlags: OptionSet, Sendable {
  public var rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// No stack-check prologue: takes part in the nosplit proof.
  public static let nosplit = SymbolFlags(rawValue: 1)
  /// Several equal definitions may exist; any one is kept.
  public static let dupOK = SymbolFlags(rawValue: 2)
  /// Compiler-made wrapper: invisible in tracebacks (`abi.FuncIDWrapper`).
  public static let wrapper = SymbolFlags(rawValue: 4)
  /// The outermost frame of a stack (`abi.FuncFlagTopFrame`).
  public static let topFrame = SymbolFlags(rawValue: 8)
  /// Writes SP in a way that unwinding cannot follow (`abi.FuncFlagSPWrite`).
  public static let spWrite = SymbolFlags(rawValue: 16)
  /// Assembly (`abi.FuncFlagAsm`).
  public static let asm = SymbolFlags(rawValue: 32)
  /// Calls reflect's Method or MethodByName with a name that is not constant.
  public static let reflectMethod = SymbolFlags(rawValue: 64)
  /// A type that belongs in `reflect.compiledTypelinks`.
  public static let typelink = SymbolFlags(rawValue: 128)
  /// Reached on the path from the entry to main or to exit: placed with the hot code or data.
  public static let hot = SymbolFlags(rawValue: 256)
  /// Visible to other files of its name only within one package or file (assembly `name<>`).
  public static let local = SymbolFlags(rawValue: 512)
}

/// A definition: contents, relocations and, for text, everything the function table needs.
public struct SymbolDefinition: Sendable {
  public var kind: SymbolKind
  public var flags: SymbolFlags
  /// Power of two; 0 means the kind's default.
  public var alignment: UInt32
  /// Bytes in memory; at least `bytes.count`, the rest is zero.
  public var size: Int
  public var bytes: [UInt8]
  public var relocs: [Reloc]
  /// For `.data` and `.bss`: bit i says word i may hold a pointer. Missing bits are 0.
  public var pointerMask: [UInt64]
  public var function: FunctionInfo?

  public init(
    kind: SymbolKind, flags: SymbolFlags = [], alignment: UInt32 = 0, size: Int? = nil,
    bytes: [UInt8] = [], relocs: [Reloc] = [], pointerMask: [UInt64] = [],
    function: FunctionInfo? = nil
  ) {
    self.kind = kind
    self.flags = flags
    self.alignment = alignment
    self.size = size ?? bytes.count
    self.bytes = bytes
    self.relocs = relocs
    self.pointerMask = pointerMask
    self.function = function
  }
}

/// A table from code offsets to values, as a list of (first offset, value) in rising order.
/// A value holds up to the next entry. This becomes one pcvalue table of pclntab.
public typealias PCTable = [PCValue]

public struct PCValue: Equatable, Sendable {
  public var pc: UInt32
  public var value: Int32
  @inlinable public init(pc: UInt32, value: Int32) {
    self.pc = pc
    self.value = value
  }
}

/// One bitmap of pointer words, `count` bits.
public struct PointerBitmap: Hashable, Sendable {
  public var count: Int
  public var words: [UInt64]
  public init(count: Int) {
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }
  public mutating func set(_ i: Int) { words[i >> 6] |= 1 << UInt64(i & 63) }
  public func contains(_ i: Int) -> Bool { words[i >> 6] >> UInt64(i & 63) & 1 != 0 }
}

/// A variable in the frame that is scanned when a live pointer leads into it (`runtime.stackObjectRecord`).
public struct StackObject: Equatable, Sendable {
  /// From the saved RBP, negative.
  public var offset: Int32
  public var size: Int32
  public var pointerMask: [UInt64]
  public init(offset: Int32, size: Int32, pointerMask: [UInt64]) {
    self.offset = offset
    self.size = size
    self.pointerMask = pointerMask
  }
}

/// One node of a function's inline tree (GOROOT runtime/symtabinl.go).
public struct InlinedCall: Equatable, Sendable {
  /// Parent node, or -1 for the function itself.
  public var parent: Int32
  /// Full name of the inlined function, and the line it starts at.
  public var function: NameID
  public var startLine: Int32
  /// Position of the call in the parent.
  public var callPos: Pos
  /// Offset in the code of an instruction attributed to the parent's call.
  public var parentPC: UInt32
  /// `abi.FuncID` of the inlined function.
  public var funcID: UInt8

  public init(
    parent: Int32, function: NameID, startLine: Int32, callPos: Pos, parentPC: UInt32,
    funcID: UInt8
  ) {
    self.parent = parent
    self.function = function
    self.startLine = startLine
    self.callPos = callPos
    self.parentPC = parentPC
    self.funcID = funcID
  }
}

/// What the function table says about one function. Offsets count from the function's entry.
public struct FunctionInfo: Sendable {
  /// Bytes of the frame below the return address, saved RBP included.
  public var frameSize: Int32 = 0
  /// Bytes of stack arguments, results and register-argument spill space.
  public var argsSize: Int32 = 0
  /// Source line of the `func` keyword, physical file through `pos`.
  public var pos: Pos = .none
  /// RSP distance from its value at entry (0 at entry), after each instruction that changes it.
  public var spDelta: PCTable = []
  /// Source position of each instruction: index into `positions`.
  public var lines: PCTable = []
  public var positions: [Pos] = []
  /// For assembly, whose positions are file and line alone.
  public var inlineIndex: PCTable = []
  public var inlineTree: [InlinedCall] = []
  public var unsafePoints: PCTable = []
  /// Index into `localMaps`/`argMaps` at each call's return address; -1 before the first.
  public var stackMapIndex: PCTable = []
  public var localMaps: [PointerBitmap] = []
  public var argMaps: [PointerBitmap] = []
  public var stackObjects: [StackObject] = []
  /// Description of the arguments for tracebacks: bytes up to `abi.TraceArgsEndSeq`, and one more.
  public var argumentInfo: [UInt8] = []
  /// Distances from the end of the locals down to the bits and to the closures of open-coded defers; 0 if there are
  /// none (`abi.FUNCDATA_OpenCodedDeferInfo`).
  public var deferBits: UInt32 = 0
  public var deferClosures: UInt32 = 0
  /// Offset of the landing block for recovered panics, 0 if none.
  public var deferReturn: UInt32 = 0
  /// `abi.FuncID`; 0 is a normal function.
  public var funcID: UInt8 = 0
  /// Largest distance that this nosplit function, or this function after its check, pushes RSP
  /// below its entry value at each call: (code offset of call, depth). The nosplit proof's edges.
  public var callDepths: [PCValue] = []
  public init() {}
}
