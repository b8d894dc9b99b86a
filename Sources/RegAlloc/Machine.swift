import Base

/// A register of the target by number: 0 to 15 integer, 16 to 31 float.
public typealias PhysicalRegister = UInt8

/// A set of physical registers, bit n for register n.
public typealias RegisterMask = UInt32

/// A virtual register: index into `MachineCode.vregs`. SSA: one definition, or a phi, or none at
/// all when it is rematerialised. Id 0 is none.
public typealias VReg = UInt32

/// What the allocator knows of a virtual register.
public struct VRegInfo: Sendable {
  /// 0 integer, 1 float.
  public var bank: UInt8
  /// Holds a pointer: its spill slot is in stack maps.
  public var isPointer: Bool
  /// Has no defining instruction; the emitter can make it in any register of its bank without
  /// inputs. Such a register is used within one block only, or as a phi argument.
  public var isRemat: Bool
  /// Block (dense number) that defines it.
  public var block: Int32
  /// What it stands for, to the target.
  public var value: UInt32

  public init(bank: UInt8, isPointer: Bool, isRemat: Bool, block: Int32, value: UInt32) {
    self.bank = bank
    self.isPointer = isPointer
    self.isRemat = isRemat
    self.block = block
    self.value = value
  }
}

/// One register operand of an instruction. 8 bytes.
public struct Operand: Sendable {
  public enum Kind: UInt8, Sendable {
    /// Read before the instruction writes anything; must be in a register.
    case use
    /// Read, in a register or a spill slot.
    case useAny
    /// Written after all uses are read.
    case def
    /// Written while uses are still needed: shares no register with a use.
    case earlyDef
    /// A scratch register, apart from all uses and definitions.
    case temp
  }
  public static let noRegister: UInt8 = 255
  public static let noReuse: UInt8 = 255

  public var vreg: VReg
  public var kind: Kind
  /// The register that it must be in, or `noRegister`.
  public var fixed: UInt8
  /// Definition: number (among all operands of the instruction) of the use whose register it takes.
  public var reuse: UInt8
  /// The reuse is a wish, not a need.
  public var soft: Bool

  @inlinable public init(
    _ vreg: VReg, _ kind: Kind, fixed: UInt8 = Operand.noRegister, reuse: UInt8 = Operand.noReuse,
    soft: Bool = false
  ) {
    self.vreg = vreg
    self.kind = kind
    self.fixed = fixed
    self.reuse = reuse
    self.soft = soft
  }
}

public struct InstructionFlags: OptionSet, Sendable {
  public var rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// A safepoint. Nothing that lives on stays in a clobbered register.
  public static let call = InstructionFlags(rawValue: 1)
  /// The first two uses may change places.
  public static let commutative = InstructionFlags(rawValue: 2)
  /// Reads the condition codes: what is inserted before it must keep them.
  public static let readsFlags = InstructionFlags(rawValue: 4)
}

/// The allocator's view of one instruction.
public struct InstructionRecord: Sendable {
  public var operandStart: UInt32
  public var operandCount: UInt16
  public var flags: InstructionFlags
  /// Registers whose contents are lost, beyond the definitions.
  public var clobbers: RegisterMask

  @inlinable public init(
    operandStart: UInt32, operandCount: UInt16, flags: InstructionFlags, clobbers: RegisterMask
  ) {
    self.operandStart = operandStart
    self.operandCount = operandCount
    self.flags = flags
    self.clobbers = clobbers
  }
}

/// A block; blocks are numbered densely in reverse postorder, the entry being 0.
public struct MachineBlock: Sendable {
  /// Instructions; the last is the terminator, which has no definitions.
  public var first: Int32 = 0
  public var end: Int32 = 0
  public var predStart: Int32 = 0
  public var predCount: Int32 = 0
  public var succStart: Int32 = 0
  public var succCount: Int32 = 0
  public var phiStart: Int32 = 0
  public var phiCount: Int32 = 0
  /// Immediate dominator, -1 for roots.
  public var idom: Int32 = -1
  public var dominatorDepth: Int32 = 0
  public var loopDepth: Int32 = 0
  public var isLoopHeader = false
  public var isCold = false
  public init() {}
}

/// A phi: its register, and where its arguments (one for each predecessor) begin in `phiArgs`.
public struct MachinePhi: Sendable {
  public var vreg: VReg
  public var argStart: UInt32
  public init(vreg: VReg, argStart: UInt32) {
    self.vreg = vreg
    self.argStart = argStart
  }
}

/// A function as the allocator sees it. Reused from function to function.
public final class MachineCode {
  public var vregs: [VRegInfo] = []
  public var operands: [Operand] = []
  public var instructions: [InstructionRecord] = []
  public var blocks: [MachineBlock] = []
  public var preds: [Int32] = []
  public var succs: [Int32] = []
  public var phis: [MachinePhi] = []
  public var phiArgs: [VReg] = []

  public init() { reset() }

  public func reset() {
    vregs.removeAll(keepingCapacity: true)
    vregs.append(VRegInfo(bank: 0, isPointer: false, isRemat: false, block: -1, value: 0))
    operands.removeAll(keepingCapacity: true)
    instructions.removeAll(keepingCapacity: true)
    blocks.removeAll(keepingCapacity: true)
    preds.removeAll(keepingCapacity: true)
    succs.removeAll(keepingCapacity: true)
    phis.removeAll(keepingCapacity: true)
    phiArgs.removeAll(keepingCapacity: true)
  }

  @inlinable public func operandRange(_ i: Int) -> Range<Int> {
    let r = instructions[i]
    return Int(r.operandStart)..<Int(r.operandStart) + Int(r.operandCount)
  }

  @inlinable public func pred(_ b: Int, _ k: Int) -> Int {
    Int(preds[Int(blocks[b].predStart) + k])
  }
  @inlinable public func succ(_ b: Int, _ k: Int) -> Int {
    Int(succs[Int(blocks[b].succStart) + k])
  }

  /// Number of the predecessor entry of `to` that is edge number `k` of `from`: with several equal
  /// edges, the n-th of one side belongs to the n-th of the other.
  public func predIndex(from: Int, edge k: Int, to: Int) -> Int {
    var nth = 0
    for j in 0..<k where succ(from, j) == to { nth += 1 }
    for j in 0..<Int(blocks[to].predCount) where pred(to, j) == from {
      if nth == 0 { return j }
      nth -= 1
    }
    internalError("regalloc", "edge \(from)->\(to) without predecessor entry")
  }
}

/// What the allocator may use of the target.
public struct RegisterFile: Sendable {
  /// Allocatable registers of the integer and the float bank.
  public var integer: RegisterMask
  public var float: RegisterMask
  public init(integer: RegisterMask, float: RegisterMask) {
    self.integer = integer
    self.float = float
  }
  @inlinable public func allocatable(_ bank: UInt8) -> RegisterMask { bank == 0 ? integer : float }
}

/// Where a value is: a register (0 to 31) or spill slot n (32 + n).
public typealias RegisterOrSlot = Int32

public let firstSlotLocation: RegisterOrSlot = 32

/// An instruction that the allocator inserts.
public struct Edit: Sendable {
  public enum Kind: UInt8, Sendable {
    /// Copies `from` to `to`. At most one of them is a slot, or the move goes through the target's
    /// float scratch register.
    case move
    /// Makes rematerialisable `vreg` in register `to`.
    case remat
    /// Exchanges two integer registers.
    case swap
    /// Restores the target's float scratch register, which moves and float cycles have used.
    case restoreScratch
  }
  /// Stands before this instruction.
  public var instruction: Int32
  /// Order among edits of one place: 0 edge moves at the start of a block, 1 spills of what is
  /// just defined, 2 in order, 3 edge moves at the end of a block.
  var phase: UInt8
  public var kind: Kind
  public var from: RegisterOrSlot
  public var to: RegisterOrSlot
  public var vreg: VReg
}

/// The edits of an edge that needs a block of its own.
public struct EdgeEdits: Sendable {
  public var from: Int32
  /// Successor number in `from`.
  public var edge: Int32
  public var edits: [Edit]
}

/// The pointer slots live at one call.
public struct Safepoint: Sendable {
  public var instruction: Int32
  /// Start in `Allocation.safepointSlots`, and count.
  public var start: Int32
  public var count: Int32
}
