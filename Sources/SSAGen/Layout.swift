import ABI
import Base
import SSA
import Syntax
import Types

/// One scalar component of a Go value in memory.
public struct Leaf: Sendable {
  public var type: ValueType
  public var offset: Int32
  /// Length or capacity of a string, or of a slice whose elements have a size.
  public var isLength: Bool
  @inlinable public init(_ type: ValueType, _ offset: Int32, isLength: Bool = false) {
    self.type = type
    self.offset = offset
    self.isLength = isLength
  }
}

/// Size, alignment and scalar components of a type on amd64 (GOROOT abi-internal.md, Memory layout).
public struct Layout: Sendable {
  public var size = 0
  public var align: Int32 = 1
  /// Range in `LayoutTable.leaves`; `leafCount` is -1 when the type cannot travel in registers at all:
  /// it holds an array of more than one element, or more than `LayoutTable.maxLeaves` scalars.
  var leafStart: Int32 = 0
  public var leafCount: Int32 = 0
  /// Struct: start of the field offsets in `LayoutTable.fieldOffsets`.
  var fieldStart: Int32 = 0
  public var hasPointers = false
  /// Equal values have equal bytes and the other way round: no padding, float, string, interface.
  public var isPlainMemory = false
  /// The value is one pointer word: it lies in the data word of an interface.
  public var isDirectInterface = false
  /// Holds an array of several elements of size zero: gc passes a struct with one in memory whatever else it has.
  public var hasEmptyElements = false
  var isComputed = false

  /// The builder keeps such values in SSA components; others live in memory.
  @inlinable public var isSSA: Bool { leafCount >= 0 && leafCount <= 4 }
  @inlinable public var canUseRegisters: Bool { leafCount >= 0 && size > 0 }
}

/// Layouts of all types, computed on demand. Index: canonical `TypeID`.
public struct LayoutTable {
  static let maxLeaves = 24
  private var table: [Layout] = []
  public private(set) var leaves: [Leaf] = []
  private var fieldOffsets: [Int] = []
  private var masks: [UInt32: [UInt64]] = [:]
  unowned let ts: TypeStore

  init(_ ts: TypeStore) {
    self.ts = ts
    table.reserveCapacity(1 << 14)
  }

  public mutating func of(_ t: TypeID) -> Layout {
    if t.index < table.count && table[t.index].isComputed { return table[t.index] }
    var l = compute(t)
    l.isComputed = true
    if table.count <= t.index {
      let n = max(t.index + 1, ts.types.count)
      table.append(contentsOf: repeatElement(Layout(), count: n - table.count))
    }
    table[t.index] = l
    return l
  }

  /// Component `i` of a type that has components.
  @inlinable public func leaf(_ l: Layout, _ i: Int) -> Leaf { leaves[Int(l.leafStartValue) + i] }

  /// Byte offset of field `i` of the struct type `t`.
  public mutating func fieldOffset(_ t: TypeID, _ i: Int) -> Int {
    fieldOffsets[Int(of(ts.under(t)).fieldStart) + i]
  }

  /// Index of the first component of field `i` of a struct that has components.
  public mutating func fieldLeaf(_ t: TypeID, _ i: Int) -> Int {
    let u = ts.under(t)
    var n = 0
    for k in 0..<i { n += Int(of(ts.canonical(ts.memberType(u, k))).leafCount) }
    return n
  }

  private mutating func compute(_ t: TypeID) -> Layout {
    let u = ts.canonical(ts.under(t))
    if u != t { return of(u) }
    let r = ts.types[u]
    switch r.kind {
    case .basic: return basic(BasicKind(rawValue: r.sub)!)
    case .pointer, .map, .chan, .signature:
      var l = scalar(.ptr)
      l.isPlainMemory = r.kind == .pointer || r.kind == .chan
      l.isDirectInterface = true
      if r.kind == .pointer && ts.isNotInHeap(ts.elem(u)) {
        // No pointer for the collector, so no barriers. In an interface, whose data word is one for the
        // collector, it lies in a box, as with gc.
        l.hasPointers = false
        l.isDirectInterface = false
      }
      return l
    case .slice: return words([.ptr, .i64, .i64], areLengths: !mayBeEmpty(ts.elem(u)))
    case .interface: return words([.i64, .ptr])
    case .array: return array(u)
    case .struct: return record(u)
    case .tuple: return tuple(u)
    default:
      internalError("ssagen", "layout of type \(ts.typeString(t)) (\(r.kind))")
    }
  }

  private mutating func scalar(_ v: ValueType) -> Layout {
    var l = Layout()
    l.size = v.size
    l.align = Int32(v.size)
    l.leafStart = Int32(leaves.count)
    l.leafCount = 1
    l.hasPointers = v == .ptr
    l.isPlainMemory = !v.isFloat
    leaves.append(Leaf(v, 0))
    return l
  }

  /// Whether values of type `t` may have no bytes. Looks at array lengths and fields only, so that a
  /// recursive type does not ask for its own layout.
  func mayBeEmpty(_ t: TypeID) -> Bool {
    let u = ts.under(t)
    switch ts.kind(u) {
    case .array: return ts.arrayLength(u) == 0 || mayBeEmpty(ts.elem(u))
    case .struct:
      for i in 0..<ts.memberCount(u) where !mayBeEmpty(ts.memberType(u, i)) { return false }
      return true
    case .basic, .pointer, .map, .chan, .signature, .slice, .interface: return false
    default: return true
    }
  }

  private mutating func words(_ w: [ValueType], areLengths: Bool = false) -> Layout {
    var l = Layout()
    l.size = 8 * w.count
    l.align = 8
    l.leafStart = Int32(leaves.count)
    l.leafCount = Int32(w.count)
    l.hasPointers = true
    for i in w.indices {
      leaves.append(Leaf(w[i], Int32(8 * i), isLength: areLengths && i > 0))
    }
    return l
  }

  private mutating func basic(_ k: BasicKind) -> Layout {
    switch k {
    case .bool, .int8, .uint8, .untypedBool: return scalar(.i8)
    case .int16, .uint16: return scalar(.i16)
    case .int32, .uint32, .untypedRune: return scalar(.i32)
    case .int, .uint, .int64, .uint64, .uintptr, .untypedInt: return scalar(.i64)
    case .float32: return scalar(.f32)
    case .float64, .untypedFloat: return scalar(.f64)
    case .complex64, .complex128, .untypedComplex:
      let part: ValueType = k == .complex64 ? .f32 : .f64
      var l = scalar(part)
      leaves.append(Leaf(part, Int32(part.size)))
      l.size = 2 * part.size
      l.leafCount = 2
      return l
    case .string, .untypedString: return words([.ptr, .i64], areLengths: true)
    case .unsafePointer, .untypedNil:
      var l = scalar(.ptr)
      l.isDirectInterface = true
      return l
    case .invalid: return Layout()
    }
  }

  private mutating func array(_ u: TypeID) -> Layout {
    let n = Int(ts.arrayLength(u))
    let e = of(ts.canonical(ts.elem(u)))
    var l = e
    l.size = e.size * n
    if n == 1 { return l }
    l.isDirectInterface = false
    l.hasPointers = e.hasPointers && n > 0
    l.leafCount = l.size == 0 ? 0 : -1
    l.hasEmptyElements = l.size == 0 && n > 1
    if n == 0 { l.isPlainMemory = true }
    return l
  }

  private mutating func record(_ u: TypeID) -> Layout {
    let n = ts.memberCount(u)
    var offsets: [Int] = []
    offsets.reserveCapacity(n)
    var own: [Leaf] = []
    var l = Layout()
    l.isPlainMemory = true
    var canSplit = true
    var lastSize = 1
    var end = 0
    for i in 0..<n {
      let f = of(ts.canonical(ts.memberType(u, i)))
      let a = Int(f.align)
      let offset = (end + a - 1) / a * a
      if offset != end || !f.isPlainMemory || ts.objects[ts.member(u, i)].name == blankName {
        l.isPlainMemory = false
      }
      offsets.append(offset)
      if f.leafCount < 0 || own.count + Int(f.leafCount) > LayoutTable.maxLeaves {
        canSplit = false
      } else if canSplit {
        for k in 0..<Int(f.leafCount) {
          let x = leaves[Int(f.leafStart) + k]
          own.append(
            Leaf(
              x.type, x.offset + Int32(truncatingIfNeeded: offset), isLength: x.isLength))
        }
      }
      l.hasPointers = l.hasPointers || f.hasPointers
      l.hasEmptyElements = l.hasEmptyElements || f.hasEmptyElements
      l.align = max(l.align, f.align)
      end = offset + f.size
      lastSize = f.size
      if f.isDirectInterface && n == 1 { l.isDirectInterface = true }
    }
    // A pointer to a final zero-size field must not point past the object.
    if end > 0 && lastSize == 0 { end += 1 }
    let a = Int(l.align)
    l.size = (end + a - 1) / a * a
    if l.size != end { l.isPlainMemory = false }
    l.fieldStart = Int32(fieldOffsets.count)
    fieldOffsets.append(contentsOf: offsets)
    l.leafStart = Int32(leaves.count)
    l.leafCount = canSplit && !(l.hasEmptyElements && l.size > 0) ? Int32(own.count) : -1
    leaves.append(contentsOf: own)
    return l
  }

  /// A tuple as if it were a struct: used for sizes of argument lists only.
  private mutating func tuple(_ u: TypeID) -> Layout { record(u) }

  // MARK: Pointer masks

  /// Bit i: word i of a value of type `t` may hold a pointer. Empty without pointers.
  public mutating func pointerMask(_ t: TypeID) -> [UInt64] {
    let l = of(t)
    if !l.hasPointers { return [] }
    if let m = masks[t.raw] { return m }
    var m = [UInt64](repeating: 0, count: (l.size / 8 + 63) / 64)
    addPointers(t, 0, &m)
    masks[t.raw] = m
    return m
  }

  /// The mask of an object that may come to lie in a frame: none where it is too large for that, as types may have
  /// terabytes.
  mutating func frameMask(_ t: TypeID) -> [UInt64] { of(t).size > 1 << 20 ? [] : pointerMask(t) }

  /// End of the last pointer word of a value, in bytes (`Type.PtrBytes`).
  mutating func pointerBytes(_ t: TypeID) -> Int {
    let l = of(t)
    if !l.hasPointers { return 0 }
    let u = ts.under(t)
    switch ts.kind(u) {
    case .array:
      let e = ts.canonical(ts.elem(u))
      return (Int(ts.arrayLength(u)) - 1) * of(e).size + pointerBytes(e)
    case .struct:
      for i in (0..<ts.memberCount(u)).reversed() {
        let m = ts.canonical(ts.memberType(u, i))
        if of(m).hasPointers { return fieldOffset(t, i) + pointerBytes(m) }
      }
      return 0
    default:
      let m = pointerMask(t)
      guard let w = m.lastIndex(where: { $0 != 0 }) else { return 0 }
      return (w * 64 + 64 - m[w].leadingZeroBitCount) * 8
    }
  }

  /// Sets the bits of a value of type `t` at byte offset `at`.
  public mutating func addPointers(_ t: TypeID, _ at: Int, _ m: inout [UInt64]) {
    let l = of(t)
    if !l.hasPointers { return }
    if l.leafCount >= 0 {
      for i in 0..<Int(l.leafCount) {
        let f = leaves[Int(l.leafStart) + i]
        if f.type == .ptr {
          let w = (at + Int(f.offset)) / 8
          m[w >> 6] |= 1 << UInt64(w & 63)
        }
      }
      return
    }
    let u = ts.under(t)
    if ts.kind(u) == .array {
      let e = ts.canonical(ts.elem(u))
      let size = of(e).size
      for i in 0..<Int(ts.arrayLength(u)) { addPointers(e, at + i * size, &m) }
      return
    }
    for i in 0..<ts.memberCount(u) {
      addPointers(ts.canonical(ts.memberType(u, i)), at + fieldOffset(t, i), &m)
    }
  }
}

extension Layout {
  @usableFromInline var leafStartValue: Int32 { leafStart }
}

/// The blank identifier in every program interner.
let blankName = KnownName.blank
