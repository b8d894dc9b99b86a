import ABI
import Base

/// One receiver, parameter or result as the ABI sees it (GOROOT abi-internal.md, "Function call
/// argument and result passing").
public struct ABIOperand: Sendable {
  /// A scalar inside the operand: its machine type and byte offset.
  public struct Component: Equatable, Sendable {
    public var type: ValueType
    public var offset: Int32
    @inlinable public init(type: ValueType, offset: Int32) {
      self.type = type
      self.offset = offset
    }
  }
  public var size: Int
  public var alignment: Int
  /// The scalars in order of declaration: struct fields one after the other, real before imaginary,
  /// the element of an array of length 1. Blank fields are included.
  public var components: [Component]
  /// Contains an array of length 2 or more anywhere: never in registers. `components` may then be
  /// left empty.
  public var hasArray: Bool
  /// Bit i: word i of the operand may hold a pointer. Derived from `components` when empty.
  public var pointerMask: [UInt64]

  public init(
    size: Int, alignment: Int, components: [Component], hasArray: Bool = false,
    pointerMask: [UInt64] = []
  ) {
    self.size = size
    self.alignment = alignment
    self.components = components
    self.hasArray = hasArray
    self.pointerMask = pointerMask
  }

  /// An operand that is one scalar.
  public init(_ type: ValueType) {
    self.init(
      size: type.size, alignment: type.size, components: [Component(type: type, offset: 0)])
  }
}

/// Where one operand went.
public struct ABIPlacement: Equatable, Sendable {
  public enum Kind: UInt8, Sendable {
    /// Slots `firstSlot ..< firstSlot + slotCount` of the signature, all in registers.
    case registers
    /// The same number of slots, all with register -1: scalars in the stack argument area.
    case stackScalars
    /// In the stack argument area as a whole, without slots; also operands of size 0.
    case stack
  }
  public var kind: Kind
  public var firstSlot: Int
  public var slotCount: Int
  /// Offset in the stack argument area; of the spill space for a parameter in registers; -1 for a
  /// result in registers.
  public var offset: Int32
}

/// Assigns registers and stack places to the operands of a signature.
///
/// All or nothing per operand. An operand that goes to the stack keeps slots (with register -1) when
/// it has at most `scalarLimit` components and no array; larger ones are left to copies of memory.
public struct ABIAssigner: Sendable {
  /// Operands of up to this many components stay scalars even when the ABI puts them on the stack.
  public static let scalarLimit = 4

  public struct Result: Sendable {
    public var signature: ABISignature
    public var params: [ABIPlacement]
    public var results: [ABIPlacement]
  }

  private var integerCount: Int
  private var floatCount: Int
  private var stack = 0
  private var argPointers: [UInt64] = []

  /// Computes the signature for `params` (receiver first) and `results` under `convention`.
  public static func assign(
    params: [ABIOperand], results: [ABIOperand], convention: ABI.Convention = .internal
  ) -> Result {
    var a = ABIAssigner(convention: convention)
    var signature = ABISignature()
    signature.convention = convention
    var paramPlaces: [ABIPlacement] = []
    var resultPlaces: [ABIPlacement] = []
    a.assign(params, &signature.params, &paramPlaces)
    a.stack = alignUp(a.stack, ABI.pointerSize)
    signature.resultOffset = Int32(clamping: a.stack)
    a.assign(results, &signature.results, &resultPlaces)
    a.stack = alignUp(a.stack, ABI.pointerSize)
    signature.stackSize = Int32(clamping: a.stack)
    for i in params.indices where paramPlaces[i].kind == .registers {
      a.stack = alignUp(a.stack, params[i].alignment)
      paramPlaces[i].offset = Int32(clamping: a.stack)
      for (k, c) in params[i].components.enumerated() {
        signature.params[paramPlaces[i].firstSlot + k].offset = Int32(
          clamping: a.stack + Int(c.offset))
      }
      a.stack += params[i].size
    }
    a.stack = alignUp(a.stack, ABI.pointerSize)
    signature.totalSize = Int32(clamping: a.stack)
    signature.argPointers = a.argPointers
    return Result(signature: signature, params: paramPlaces, results: resultPlaces)
  }

  private init(convention: ABI.Convention) {
    integerCount = convention == .internal ? ABI.integerArguments.count : 0
    floatCount = convention == .internal ? ABI.floatArgumentCount : 0
  }

  private mutating func assign(
    _ operands: [ABIOperand], _ slots: inout [ABISlot], _ places: inout [ABIPlacement]
  ) {
    var nextInteger = 0
    var nextFloat = 0
    for o in operands {
      let first = slots.count
      if o.size > 0 && !o.hasArray {
        let floats = o.components.reduce(0) { $0 + ($1.type.isFloat ? 1 : 0) }
        let integers = o.components.count - floats
        if nextInteger + integers <= integerCount && nextFloat + floats <= floatCount {
          for c in o.components {
            if c.type.isFloat {
              slots.append(ABISlot(type: c.type, register: Int8(nextFloat), offset: -1))
              nextFloat += 1
            } else {
              slots.append(ABISlot(type: c.type, register: Int8(nextInteger), offset: -1))
              nextInteger += 1
            }
          }
          places.append(
            ABIPlacement(
              kind: .registers, firstSlot: first, slotCount: o.components.count, offset: -1))
          continue
        }
      }
      stack = alignUp(stack, o.alignment)
      let offset = Int32(clamping: stack)
      notePointers(o)
      stack += o.size
      let scalars = o.size > 0 && !o.hasArray && o.components.count <= ABIAssigner.scalarLimit
      if scalars {
        for c in o.components {
          slots.append(ABISlot(type: c.type, register: -1, offset: offset + c.offset))
        }
      }
      places.append(
        ABIPlacement(
          kind: scalars ? .stackScalars : .stack, firstSlot: first,
          slotCount: scalars ? o.components.count : 0, offset: offset))
    }
  }

  /// Marks the pointer words of an operand that lies at `stack`.
  private mutating func notePointers(_ o: ABIOperand) {
    let base = stack / ABI.pointerSize
    if o.pointerMask.isEmpty {
      for c in o.components where c.type == .ptr {
        setPointer(base + Int(c.offset) / ABI.pointerSize)
      }
      return
    }
    for (w, bits) in o.pointerMask.enumerated() {
      var rest = bits
      while rest != 0 {
        setPointer(base + w * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  private mutating func setPointer(_ word: Int) {
    while argPointers.count <= word >> 6 { argPointers.append(0) }
    argPointers[word >> 6] |= 1 << UInt64(word & 63)
  }
}

/// `n` rounded up to a multiple of `alignment`, a power of two.
@inlinable public func alignUp(_ n: Int, _ alignment: Int) -> Int {
  (n + alignment - 1) & ~(alignment - 1)
}
