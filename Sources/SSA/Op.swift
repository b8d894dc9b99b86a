/// The machine-level type of a value. Go's composite values are split into such components when
/// SSA is built (a string is a `ptr` and an `i64`), or live in memory.
public enum ValueType: UInt8, Sendable, CaseIterable {
  /// No result.
  case void
  /// Integers by width, signless; `bool` is `i8` holding 0 or 1; `uintptr` and code addresses
  /// `i64`.
  case i8, i16, i32, i64
  case f32, f64
  /// A pointer that the collector sees: nil, into its object, or to something outside the heap.
  /// Anything else that an address computation makes must be `i64` and die before a safepoint.
  case ptr
  /// Several results, read by `project`.
  case tuple
  /// Condition codes; exists after lowering only.
  case flags

  /// Size in bytes of a value of this type in memory.
  @inlinable public var size: Int {
    switch self {
    case .void, .tuple, .flags: return 0
    case .i8: return 1
    case .i16: return 2
    case .i32, .f32: return 4
    case .i64, .f64, .ptr: return 8
    }
  }
  @inlinable public var isInteger: Bool { rawValue >= 1 && rawValue <= 4 }
  @inlinable public var isFloat: Bool { self == .f32 || self == .f64 }
  public var bits: Int { size * 8 }
}

/// Target-independent operations. Operand and result types: `T` is the value's own type; integer
/// operations work on any integer width; x, y are arguments 0 and 1. Wrap-around is two's
/// complement.
///
/// Values in a block stand in execution order: side effects happen in that order, and a pass may
/// move a value only where its `OpInfo` allows. Memory is not threaded through as a value.
public enum Op: UInt16, Sendable, CaseIterable {
  case invalid
  /// A target's operation; `Value.machineOp` says which.
  case machine

  // Structure.
  /// One argument per predecessor, in order of `Block.preds`.
  case phi
  case copy
  /// Component `auxInt` of the incoming register arguments (index into `Function.params`).
  case param
  /// Component `auxInt` of the tuple x (a call, `mulWide`, ...). Stands right behind it.
  case project

  // Constants. Integers are kept sign-extended in `auxInt`.
  case constInt
  /// `auxInt` holds the bits of the value as a float64, also for f32.
  case constFloat
  case constNil
  /// Address of symbol `aux` plus `auxInt`. `ptr` for data, `i64` for code addresses.
  case symbolAddress
  /// Address of frame slot `aux` plus `auxInt`. Always rematerialised.
  case slotAddress
  /// Address of the incoming (outgoing) stack argument area plus `auxInt`. The outgoing one is
  /// `i64`, and no call may stand between the first store into it and its call.
  case incomingAddress
  case outgoingAddress

  // Integer arithmetic.
  case add, sub, mul
  /// Division. The divisor is known not to be 0; min / -1 must give min (quotient) and 0
  /// (remainder).
  case divS, divU, remS, remU
  case and, or, xor, andNot
  case neg, not
  /// Shifts; y is an `i64` count read as unsigned. Counts at or above the width give 0 (or the sign
  /// for `shrS`), unless `.bounded` is set, which says that the count is below the width.
  case shl, shrS, shrU
  /// Rotate left by y modulo the width.
  case rotl
  /// High half of the product, signed and unsigned.
  case mulHighS, mulHighU
  /// (high, low) of the unsigned 64-bit product.
  case mulWideU
  /// (quotient, remainder) of (x:y) / argument 2, unsigned; the caller has checked that it fits.
  case divWideU
  /// (sum, carry) of x + y + argument 2; (difference, borrow) of x - y - argument 2. i64; carries 0
  /// or 1.
  case addCarry, subBorrow
  /// Counts on i8 to i64, result `i64`. `ctz` and `clz` of 0 give the width; `.nonZero` says x !=
  /// 0.
  case ctz, clz, popCount
  case byteSwap

  // Comparisons: result i8 0 or 1; operands of one type (integers, ptr).
  case eq, ne, ltS, leS, ltU, leU
  /// Ordered float comparisons; `feq` is false and `fne` true if an operand is NaN.
  case feq, fne, flt, fle

  // Floating point.
  case fadd, fsub, fmul, fdiv, fneg, fsqrt, fabs, fcopysign
  /// x*y + argument 2, one rounding. Needs the FMA feature; guarded by the builder.
  case fma
  /// Round to integral: `auxInt` 0 nearest even, 1 floor, 2 ceil, 3 trunc. Needs SSE4.1; guarded.
  case fround
  /// Go's min and max for floats (NaN and signed zero rules).
  case fmin, fmax

  // Conversions; the source type is x's.
  case signExtend, zeroExtend, truncate
  /// Float to signed integer (T = i32, i64), truncating; out of range gives the machine's
  /// indefinite value.
  case floatToInt
  /// Signed integer (i32, i64) to float.
  case intToFloat
  /// f32 to f64 and back.
  case floatConvert
  /// Same bits, other register file: i32/f32, i64/f64.
  case bitcast
  /// unsafe.Pointer to uintptr and back.
  case ptrToInt, intToPtr
  /// Pointer x plus i64 y bytes, staying within (or one past, if the object's size class allows)
  /// the object.
  case ptrAdd
  /// x if argument 2 (i8) is nonzero, else y... order: condition, then, else.
  case select

  // Memory. Addresses are x plus `auxInt`.
  case load
  /// Stores y at x + auxInt. A `ptr` store gets its write barrier from the barrier pass, unless
  /// `.noBarrier`.
  case store
  /// Pointer stores that pass the write barrier together: `Function.storeGroups[aux]` holds the
  /// offset of each, the arguments are its address and value, pair after pair. Made by the barrier
  /// pass only.
  case barrierStore
  /// Zeroes / copies `MemoryInfo[aux]` bytes at x (from y). Copy: equal or disjoint regions, unless
  /// `.mayOverlap`.
  case zeroMemory
  case copyMemory
  /// Panics (faults) if x is nil.
  case nilCheck
  /// Panics unless x and y are in order: `auxInt` is a `BoundsKind`. Index and length as `i64`.
  case boundsCheck
  /// Keeps x alive up to here.
  case keepAlive
  /// Hints: `auxInt` 0 prefetch to all levels, 1 streamed.
  case prefetch

  // Allocation; `aux` is an `AllocInfo`. Escape analysis turns those that stay into frame slots.
  /// A zeroed object.
  case alloc
  /// Array of y.. (x = length, y = capacity as i64, checked by the runtime) elements.
  case allocSlice
  /// The data word of an interface holding the components in the arguments.
  case box

  // Calls; `aux` is a `CallInfo`. Results are a tuple, one component, or void.
  case callStatic
  /// x is the closure object; the code address is its first word, x goes to the context register.
  case callClosure
  /// x is the code address (from an itab); the other arguments follow.
  case callInterface

  // Atomics: i8, i32, i64 or ptr; address x + auxInt, sequentially consistent.
  case atomicLoad, atomicStore
  case atomicExchange, atomicAdd
  /// Old value y compared, new value argument 2; result i8.
  case atomicCompareExchange
  /// `atomicAnd`/`atomicOr` give the old value.
  case atomicAnd, atomicOr

  // Machine state.
  case getG
  case getClosure
  case getCallerPC
  case getCallerSP
  /// PAUSE, `auxInt` unused.
  case pause

  // Terminators, only as `Block.control`'s stand-ins in text; see `BlockKind`.
}

/// What passes may assume of an operation.
public struct OpInfo: OptionSet, Sendable {
  public var rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// Result depends on the operands only: may be moved, merged and removed.
  public static let pure = OpInfo(rawValue: 1)
  /// x and y may be exchanged.
  public static let commutative = OpInfo(rawValue: 2)
  /// Must stay though unused, and in order.
  public static let effect = OpInfo(rawValue: 4)
  /// Reads memory: may be removed, moved only where no store or call intervenes.
  public static let readsMemory = OpInfo(rawValue: 8)
  /// May panic or fault.
  public static let mayPanic = OpInfo(rawValue: 16)
  /// A safepoint: clobbers all registers, needs a stack map.
  public static let call = OpInfo(rawValue: 32)
  /// Cheaper to recompute than to spill.
  public static let rematerialise = OpInfo(rawValue: 64)
}

extension Op {
  public var info: OpInfo {
    switch self {
    case .invalid, .machine: return []
    case .phi, .param, .project: return []
    case .constInt, .constFloat, .constNil, .symbolAddress, .slotAddress, .incomingAddress,
      .outgoingAddress:
      return [.pure, .rematerialise]
    case .add, .mul, .and, .or, .xor, .mulHighS, .mulHighU, .mulWideU, .eq, .ne, .feq, .fne, .fadd,
      .fmul:
      return [.pure, .commutative]
    case .copy, .sub, .andNot, .neg, .not, .shl, .shrS, .shrU, .rotl, .addCarry, .subBorrow, .ctz,
      .clz,
      .popCount, .byteSwap, .ltS, .leS, .ltU, .leU, .flt, .fle, .fsub, .fdiv, .fneg, .fsqrt, .fabs,
      .fcopysign, .fma, .fround, .fmin, .fmax, .signExtend, .zeroExtend, .truncate, .floatToInt,
      .intToFloat, .floatConvert, .bitcast, .select:
      return .pure
    // Pure, but not to be hoisted over the check that guards the divisor.
    case .divS, .divU, .remS, .remU, .divWideU: return .pure
    // Pure, but must not leave the region in which the pointer is known to be inside its object.
    case .ptrToInt, .intToPtr, .ptrAdd: return .pure
    case .load: return [.readsMemory, .mayPanic]
    case .store, .barrierStore, .zeroMemory, .copyMemory: return [.effect, .mayPanic]
    case .nilCheck, .boundsCheck: return [.effect, .mayPanic]
    case .keepAlive, .prefetch, .pause: return .effect
    case .alloc, .allocSlice, .box: return [.effect, .call]
    case .callStatic, .callClosure, .callInterface: return [.effect, .call, .mayPanic]
    case .atomicLoad, .atomicStore, .atomicExchange, .atomicAdd, .atomicCompareExchange, .atomicAnd,
      .atomicOr:
      return [.effect, .mayPanic]
    case .getG, .getClosure, .getCallerPC: return .pure
    // An integer that a move of the stack makes stale: made anew wherever it is asked for.
    case .getCallerSP: return .readsMemory
    }
  }

  /// Name in the text form.
  public var name: String { "\(self)" }
}

/// Which check a `boundsCheck` is and so which runtime function reports its failure.
/// x is the index, y the bound. Names follow runtime.goPanic…; U variants: x is an unsigned value.
public enum BoundsKind: Int64, Sendable, CaseIterable {
  /// s[x], 0 <= x < y.
  case index
  /// s[?:x], 0 <= x <= len y of a string or array / cap y of a slice.
  case sliceAlen, sliceAcap
  /// s[x:y], 0 <= x <= y.
  case sliceB
  /// s[::x], 0 <= x <= y.
  case slice3Alen, slice3Acap
  /// s[:x:y], s[x:y:].
  case slice3B, slice3C
  /// Conversion of a slice of length y to an array (pointer) of length x: x <= y.
  case sliceConvert
  case indexU, sliceAlenU, sliceAcapU, sliceBU, slice3AlenU, slice3AcapU, slice3BU, slice3CU

  /// The runtime function that panics.
  public var runtimeName: String {
    switch self {
    case .index: return "runtime.goPanicIndex"
    case .sliceAlen: return "runtime.goPanicSliceAlen"
    case .sliceAcap: return "runtime.goPanicSliceAcap"
    case .sliceB: return "runtime.goPanicSliceB"
    case .slice3Alen: return "runtime.goPanicSlice3Alen"
    case .slice3Acap: return "runtime.goPanicSlice3Acap"
    case .slice3B: return "runtime.goPanicSlice3B"
    case .slice3C: return "runtime.goPanicSlice3C"
    case .sliceConvert: return "runtime.goPanicSliceConvert"
    case .indexU: return "runtime.goPanicIndexU"
    case .sliceAlenU: return "runtime.goPanicSliceAlenU"
    case .sliceAcapU: return "runtime.goPanicSliceAcapU"
    case .sliceBU: return "runtime.goPanicSliceBU"
    case .slice3AlenU: return "runtime.goPanicSlice3AlenU"
    case .slice3AcapU: return "runtime.goPanicSlice3AcapU"
    case .slice3BU: return "runtime.goPanicSlice3BU"
    case .slice3CU: return "runtime.goPanicSlice3CU"
    }
  }
}
