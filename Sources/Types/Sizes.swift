import Base
import Syntax

// Sizes, alignments, field offsets and pointer layouts on amd64 (Go spec, Size and alignment
// guarantees; gc's layout where the spec leaves it open).
//
// gc's choices: words are 8 bytes; structs are laid out in order of declaration, padded at the end
// to their alignment; a struct whose last field has size 0 gets one byte more if it has a size at
// all, so that the address of that field does not point behind the struct; an empty struct named
// `align64` in `internal/runtime/atomic` or `sync/atomic` has alignment 8.
//
// Sizes that do not fit into Int64 are -1; gc further refuses types of 1<<50 bytes or more
// (`isTooLarge`).

/// Layout of one type, memoised by handle.
struct TypeLayout: Sendable {
  /// Bytes; -1 too large, -2 not computed, -3 being computed.
  var size: Int64 = -2
  var align: UInt32 = 1
  /// Bytes of the prefix that contains all pointers; 0 without pointers.
  var pointerBytes: Int64 = 0
}

extension TypeStore {
  /// Size of a value in bytes; -1 if it does not fit into an Int64. Type parameters count as
  /// interfaces: ask `Checker.hasVarSize` before.
  public func sizeof(_ t: TypeID) -> Int64 { layout(t).size }

  /// Alignment in bytes, at least 1.
  public func alignof(_ t: TypeID) -> Int64 { Int64(layout(t).align) }

  /// Bytes up to and including the last pointer word of a value (`PtrBytes` of internal/abi).
  public func pointerBytes(_ t: TypeID) -> Int64 { layout(t).pointerBytes }

  public func hasPointers(_ t: TypeID) -> Bool { layout(t).pointerBytes > 0 }

  /// gc's limit for a type: 1<<50 bytes.
  public func isTooLarge(_ t: TypeID) -> Bool {
    let s = sizeof(t)
    return s < 0 || s >= 1 << 50
  }

  /// Offsets of the fields of struct type `t` (its underlying type is a struct). -1 from the first
  /// field on whose offset does not fit.
  public func offsets(ofStruct t: TypeID) -> [Int64] {
    let u = under(t)
    var result: [Int64] = []
    var end: Int64 = 0
    for i in 0..<memberCount(u) {
      if end < 0 {
        result.append(-1)
        continue
      }
      let f = layout(memberType(u, i))
      let at = aligned(end, Int64(f.align))
      result.append(at)
      end = at < 0 || f.size < 0 ? -1 : sum(at, f.size)
    }
    return result
  }

  /// Offset of the field that a path of indices leads to, without pointers in between; -1 if it
  /// does not fit.
  func offset(of t: TypeID, path: [Int]) -> Int64 {
    var offset: Int64 = 0
    var type = t
    for i in path {
      let o = offsets(ofStruct: type)
      if i >= o.count || o[i] < 0 { return -1 }
      offset = sum(offset, o[i])
      if offset < 0 { return -1 }
      type = memberType(under(type), i)
    }
    return offset
  }

  /// Calls `body` with the offset of each pointer word of a value of type `t` at `base`, in
  /// increasing order: the words a collector looks at. The first word of an interface is not one:
  /// types and itabs are never moved or freed.
  public func forEachPointer(_ t: TypeID, at base: Int64 = 0, _ body: (Int64) -> Void) {
    if !hasPointers(t) { return }
    let u = under(t)
    switch kind(u) {
    case .basic, .pointer, .chan, .map, .signature, .slice: body(base)
    case .interface: body(base + 8)
    case .array:
      let e = elem(u)
      let size = sizeof(e)
      if size <= 0 { return }
      for i in 0..<max(0, arrayLength(u)) { forEachPointer(e, at: base + i * size, body) }
    case .struct:
      let o = offsets(ofStruct: u)
      for i in o.indices { forEachPointer(memberType(u, i), at: base + o[i], body) }
    default: break
    }
  }

  /// One bit a word, set for pointers, for the first `pointerBytes(t) / 8` words of `t`; bit 0 of
  /// byte 0 is the first word (the form of `GCData` in internal/abi). For types of moderate size.
  public func pointerMask(_ t: TypeID) -> [UInt8] {
    let words = Int(pointerBytes(t) / 8)
    var mask = [UInt8](repeating: 0, count: (words + 7) / 8)
    forEachPointer(t) { (offset: Int64) -> Void in
      let w = Int(offset / 8)
      mask[w >> 3] |= 1 << UInt8(w & 7)
    }
    return mask
  }

  /// Values of the type never lie in the heap, so pointers to them are no pointers for the
  /// collector: `internal/runtime/sys.nih` and what contains it.
  public func isNotInHeap(_ t: TypeID) -> Bool {
    let a = unalias(t)
    switch kind(a) {
    case .named:
      let r = objects[named[side(a)].object]
      if r.package.isSome && text(r.name) == "nih"
        && text(packages[r.package].path) == "internal/runtime/sys"
      {
        return true
      }
      let u = under(a)
      return kind(u) == .struct && isNotInHeap(u)
    case .struct:
      for i in 0..<memberCount(a) {
        let f = unalias(memberType(a, i))
        let k = kind(f)
        if (k == .named || k == .struct || k == .array) && isNotInHeap(f) { return true }
      }
      return false
    case .array: return isNotInHeap(elem(a))
    default: return false
    }
  }

  // MARK: Computation

  private func aligned(_ n: Int64, _ a: Int64) -> Int64 {
    let (s, overflow) = n.addingReportingOverflow(a - 1)
    return overflow || n < 0 ? -1 : s & ~(a - 1)
  }

  private func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (s, overflow) = a.addingReportingOverflow(b)
    return overflow ? -1 : s
  }

  func layout(_ t: TypeID) -> TypeLayout {
    let u = kind(t) == .struct ? t : under(t)
    if u.isNone { return TypeLayout(size: 0) }
    if u.index < layouts.count {
      let known = layouts[u.index]
      if known.size >= -1 { return known }
      // A type that contains itself is reported elsewhere; here the recursion just ends.
      if known.size == -3 { return TypeLayout(size: 0) }
    }
    if layouts.count < types.count {
      let missing = types.count - layouts.count
      layouts.append(
        contentsOf: repeatElement(TypeLayout(), count: missing + missing / 2 + 64))
    }
    if kind(u) == .struct && memberCount(u) == 0 {
      // Not remembered: fields may still be to come, and `align64` differs by name.
      return TypeLayout(size: 0, align: isAlign64(t) ? 8 : 1)
    }
    layouts[u.index].size = -3
    let result = computeLayout(u)
    layouts[u.index] = result
    return result
  }

  private func isAlign64(_ t: TypeID) -> Bool {
    let n = asNamed(t)
    if n.isNone { return false }
    let r = objects[named[side(n)].object]
    if r.package.isNone || text(r.name) != "align64" { return false }
    let path = text(packages[r.package].path)
    return path == "sync/atomic" || path == "internal/runtime/atomic"
  }

  private func computeLayout(_ u: TypeID) -> TypeLayout {
    switch kind(u) {
    case .basic: return basicLayout(BasicKind(rawValue: types[u].sub) ?? .invalid)
    case .pointer: return TypeLayout(size: 8, align: 8, pointerBytes: isNotInHeap(elem(u)) ? 0 : 8)
    case .chan, .map, .signature: return TypeLayout(size: 8, align: 8, pointerBytes: 8)
    case .slice:
      return TypeLayout(size: 24, align: 8, pointerBytes: isNotInHeap(elem(u)) ? 0 : 8)
    case .interface: return TypeLayout(size: 16, align: 8, pointerBytes: 16)
    case .array: return arrayLayout(u)
    case .struct: return structLayout(u)
    case .tuple:
      var l = TypeLayout(size: 0)
      for i in 0..<memberCount(u) { append(layout(memberType(u, i)), to: &l) }
      return l
    default: return TypeLayout(size: 8, align: 8)
    }
  }

  private func basicLayout(_ k: BasicKind) -> TypeLayout {
    switch k {
    case .bool, .int8, .uint8, .untypedBool: TypeLayout(size: 1, align: 1)
    case .int16, .uint16: TypeLayout(size: 2, align: 2)
    case .int32, .uint32, .float32, .untypedRune: TypeLayout(size: 4, align: 4)
    case .int, .int64, .uint, .uint64, .uintptr, .float64, .untypedInt, .untypedFloat:
      TypeLayout(size: 8, align: 8)
    case .complex64: TypeLayout(size: 8, align: 4)
    case .complex128, .untypedComplex: TypeLayout(size: 16, align: 8)
    case .string, .untypedString: TypeLayout(size: 16, align: 8, pointerBytes: 8)
    case .unsafePointer, .untypedNil: TypeLayout(size: 8, align: 8, pointerBytes: 8)
    case .invalid: TypeLayout(size: 8, align: 8)
    }
  }

  private func arrayLayout(_ u: TypeID) -> TypeLayout {
    let e = layout(elem(u))
    let n = arrayLength(u)
    if n <= 0 || e.size == 0 { return TypeLayout(size: 0, align: e.align) }
    if e.size < 0 { return TypeLayout(size: -1, align: e.align) }
    let (size, overflow) = e.size.multipliedReportingOverflow(by: n)
    if overflow { return TypeLayout(size: -1, align: e.align) }
    let pointers = e.pointerBytes == 0 ? 0 : size - e.size + e.pointerBytes
    return TypeLayout(size: size, align: e.align, pointerBytes: pointers)
  }

  /// Places a field behind `l`, not padding the end.
  private func append(_ f: TypeLayout, to l: inout TypeLayout) {
    l.align = max(l.align, f.align)
    if l.size < 0 { return }
    let at = aligned(l.size, Int64(f.align))
    if at < 0 || f.size < 0 {
      l.size = -1
      return
    }
    l.size = sum(at, f.size)
    if f.pointerBytes > 0 { l.pointerBytes = at + f.pointerBytes }
  }

  private func structLayout(_ u: TypeID) -> TypeLayout {
    var l = TypeLayout(size: 0)
    let n = memberCount(u)
    for i in 0..<n {
      let f = layout(memberType(u, i))
      append(f, to: &l)
      if i == n - 1 && f.size == 0 && l.size > 0 { l.size = sum(l.size, 1) }
    }
    if l.size > 0 { l.size = aligned(l.size, Int64(l.align)) }
    if l.size < 0 { l.pointerBytes = 0 }
    return l
  }
}
