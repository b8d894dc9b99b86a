import ABI
import Base
import Object
import RegAlloc
import SSA

/// How a lowered instruction is emitted. The letters name its operands in order: d definition, u
/// use, x definition that takes the register of operand 1 (two-address), i immediate, m memory
/// (whose registers come last among the operands).
enum Form: UInt8, Sendable {
  /// Nothing: the definitions of parameters, `keepAlive`.
  case none
  /// `mn x, u2`; `mn x, m`; `mn x, i`; `mn x`.
  case xu, xm, xi, x
  /// `mn d, u`; `mn d, m`; `mn d, u, i`; `mn d, m, i`.
  case du, dm, dui, dmi
  /// `mn u, u`; `mn u, i`; `mn u, m`; `mn m, u`; `mn m, i`; `mn m`.
  case uu, ui, um, mu, mi, m
  /// Copy of a register, of any bank; nothing if both are the same.
  case copy
  /// d = u + u and d = u + i by ADD or LEA.
  case add, addImmediate
  /// `mn x, cl`; operand 2 is fixed in RCX.
  case shift
  /// SETcc d; SETcc for float equality (with the parity flag), with a scratch register.
  case setcc, setccFloat
  /// CMOVcc x, u2 / m; the same for floats, with a jump.
  case cmov, cmovMemory, cmovFloat
  /// SBB d, d: all ones if the carry flag is set, else 0.
  case carryMask
  /// d0:d1 = RAX, RDX; u2 in RAX times u3 (or m).
  case wideMultiply, wideMultiplyMemory
  /// d0 = RAX quotient, d1 = RDX remainder; u2 in RAX, u3; `imm` 1 if -1 must be handled.
  case divide
  /// d0, d1 = RAX, RDX; u2 high in RDX, u3 low in RAX, u4.
  case divideWide
  /// d0 = u2 + u3 + u4 and carry d1 (`imm` 0), or minus (`imm` 1). Operand 4 may be missing.
  case carryChain
  /// CVTSI2SD and the like, breaking the dependence on the destination.
  case convertFromInteger
  /// VFMADD231 x, u2, u3.
  case fusedMultiply
  /// Compares and leaves to a stub that panics. `cc` is the failing condition of x against y.
  case boundsCheck
  /// LOCK mn m, u.
  case lockedMemory
  /// `mn m, x` with or without LOCK (`imm` 1): XADD, XCHG.
  case exchange
  /// d0 (SETE); u1 fixed in RAX, u2 new; m.
  case compareExchange
  /// d0 in RAX; temp 1; u2; m: loop of `mn` and CMPXCHG.
  case lockedLoop
  /// Pointer stores with write barrier: operands 0 and 1 are R11 and any register as scratch, then
  /// for each store its value (none for nil) and the registers of its address. See `BarrierStore`.
  case barrierStore
  /// REP MOVSQ, REP STOSQ with RDI, RSI/RAX, RCX as uses.
  case repeatMove, repeatStore
  /// Calls: direct, through [RDX], through a register. `aux` is the CallInfo.
  case call, callClosure, callRegister
  /// A call of a runtime function `aux` (a symbol) with its arguments in place.
  case callRuntime
  /// The same leaving the frame first.
  case tailCall, tailCallClosure, tailCallRegister
  case jump, branch, table, ret, exit
  case pause
  /// Stores the 16 zero bytes of X15.
  case zero16
}

/// How the memory operand of an instruction is addressed.
enum MemoryMode: UInt8, Sendable {
  case none
  /// Registers of the instruction.
  case base, baseIndex, index
  /// Frame slot `aux`, plus perhaps an index.
  case slot, slotIndex
  /// Incoming, outgoing argument area, plus perhaps an index.
  case incoming, incomingIndex, outgoing, outgoingIndex
  /// Symbol `aux`, RIP-relative.
  case symbol
  /// Symbol `aux`, by its absolute address, plus an index.
  case symbolIndex
  /// Constant number `aux` of the function's pool.
  case constant
  /// Off R14, the current goroutine.
  case g
}

/// One lowered instruction; its registers are in the `MachineCode` record of the same index.
struct Instruction: Sendable {
  var form: Form
  var mode: MemoryMode = .none
  /// Log2 of the index scale.
  var scale: UInt8 = 0
  /// Operand size in bytes where the form needs it.
  var size: UInt8 = 0
  var mn: Mnemonic = .nop
  /// Condition; `feq` and `fne` beyond the hardware's 16.
  var cc: UInt8 = 0
  /// boundsCheck: which of x, y are immediates or memory; see `BoundsOperands`.
  var detail: UInt8 = 0
  var disp: Int32 = 0
  var aux: UInt32 = 0
  /// Symbol, call or stub information besides a memory operand.
  var extra: UInt32 = 0
  var imm: Int64 = 0
  var pos: Pos = .none
  var inlineNode: UInt32 = 0
  /// Index into `Lowering.checksNil`.
  var serial: UInt32 = 0
}

/// Conditions beyond the hardware's: ordered and equal, unordered or not equal (after UCOMIS).
enum FloatCondition {
  static let feq: UInt8 = 16
  static let fne: UInt8 = 17
}

/// A memory operand before it is attached to an instruction.
struct Address {
  var mode: MemoryMode
  var base: VReg = 0
  var index: VReg = 0
  var scale: UInt8 = 0
  var disp: Int32 = 0
  var aux: UInt32 = 0
  /// The pointer whose dereference this is, if the offset is small enough to fault on nil.
  var checked: ValueID = .none
}

/// Machine register numbers as the allocator counts.
enum R {
  static let rax: UInt8 = 0
  static let rcx: UInt8 = 1
  static let rdx: UInt8 = 2
  static let rbx: UInt8 = 3
  static let rsi: UInt8 = 6
  static let rdi: UInt8 = 7
  static let r11: UInt8 = 11
  static let r12: UInt8 = 12
  static let r13: UInt8 = 13
  static let x0: UInt8 = 16

  /// All but RSP, RBP and R14 (g); all but X15 (zero).
  static let file = RegisterFile(integer: 0xBFCF, float: 0x7FFF_0000)
  static let all: RegisterMask = 0x7FFF_BFCF
}

/// Runtime functions that the back end calls by itself.
public struct RuntimeSymbols: Sendable {
  public var memmove: SymbolID = .none
  public var memclrNoHeapPointers: SymbolID = .none
  public var writeBarrierFlag: SymbolID = .none
  /// `gcWriteBarrier1` to `gcWriteBarrier8`.
  public var gcWriteBarrier: [SymbolID] = []
  public var morestack: SymbolID = .none
  public var morestackNoContext: SymbolID = .none
  /// Variants that keep the first 1, 2... integer argument registers in their spill space.
  public var morestackKeeping: [SymbolID] = []
  public var morestackKeepingNoContext: [SymbolID] = []
  /// For functions that must run on a system stack.
  public var morestackSystem: SymbolID = .none
  /// Index: `BoundsKind`.
  public var boundsPanics: [SymbolID] = []

  public init() {}

  /// Looks all of them up, creating those that are not there yet.
  public init(_ table: inout SymbolTable) {
    memmove = table.symbol("runtime.memmove")
    memclrNoHeapPointers = table.symbol("runtime.memclrNoHeapPointers")
    writeBarrierFlag = table.symbol("runtime.writeBarrier")
    for i in 1...8 { gcWriteBarrier.append(table.symbol("runtime.gcWriteBarrier\(i)")) }
    // Assembly that keeps its caller's registers: called under ABI0 as gc does.
    morestack = table.symbol("runtime.morestack", .abi0)
    morestackNoContext = table.symbol("runtime.morestack_noctxt", .abi0)
    for n in 1...ABI.integerArguments.count {
      morestackKeeping.append(table.symbol("runtime.morestack\(n)", .abi0))
      morestackKeepingNoContext.append(table.symbol("runtime.morestack\(n)_noctxt", .abi0))
    }
    morestackSystem = table.symbol("runtime.morestackc")
    for k in BoundsKind.allCases { boundsPanics.append(table.symbol(k.runtimeName)) }
  }
}
