import ABI
import Base
import Object
import RegAlloc
import SSA

/// Where everything lies in the frame. Offsets count from RSP after the prologue.
struct Frame {
  /// Bytes between RSP and the saved RBP.
  var size = 0
  /// Whether there is a frame at all (RBP saved).
  var exists = false
  /// Whether RBP points to the frame's end wherever the function runs. Not in runtime.Goexit: when a deferred
  /// call has recovered from a panic, `recovery` (GOROOT's runtime/panic.go) makes `_panic.start`
  /// return there once more, with Goexit's RSP and another frame's RBP.
  var hasRBP = true
  /// Start of the locals: the end of the outgoing argument area.
  var spillStart = 0
  /// Offset of each spill slot.
  var spills: [Int32] = []
  /// Offset of each frame slot.
  var slots: [Int32] = []
  /// The range of slots that are zeroed at entry.
  var zeroStart = 0
  var zeroEnd = 0

  /// Offset of the incoming argument area.
  var incoming: Int { exists ? size + 16 : 8 }
  /// RSP's distance from its value at entry.
  var depth: Int { exists ? size + 8 : 0 }
  /// Words in the locals bitmaps.
  var localWords: Int { (size - spillStart) / 8 }

  /// The memory `offset` bytes above RSP, behind the prologue: addressed from RBP, which points to the
  /// frame's end, where that is shorter. RSP as a base costs a SIB byte, and a displacement of
  /// more than a byte three more.
  func place(_ offset: Int32, index: Reg? = nil, scale: UInt8 = 1) -> Mem {
    func bytes(_ d: Int32) -> Int { d == Int32(Int8(truncatingIfNeeded: d)) ? 1 : 4 }
    let fromEnd = offset - Int32(size)
    let sib = index == nil ? 1 : 0
    let isShorter = bytes(fromEnd) < (offset == 0 ? 0 : bytes(offset)) + sib
    let useRBP = exists && hasRBP && isShorter
    let (base, disp): (Reg, Int32) = useRBP ? (.rbp, fromEnd) : (.rsp, offset)
    guard let index else { return Mem(base: base, disp: disp) }
    return Mem(base: base, index: index, scale: scale, disp: disp)
  }

  /// `spillUses`: how often each spill slot is used. The 16 used most lie at the frame's end, within a
  /// byte's reach of RBP, the others at its beginning, within RSP's; what the program itself puts
  /// into the frame lies between.
  mutating func compute(
    _ f: Function, _ live: SlotLiveness, outgoing: Int, spillUses: [UInt32], hasCalls: Bool
  ) {
    hasRBP = f.name != "runtime.Goexit"
    spillStart = alignUp(outgoing, 8)
    let byUse = spillUses.indices.sorted { (spillUses[$0], $1) > (spillUses[$1], $0) }
    spills = Array(repeating: 0, count: spillUses.count)
    var at = spillStart
    for k in byUse.dropFirst(16) {
      spills[k] = Int32(at)
      at += 8
    }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: f.slots.count))
    zeroStart = at
    // Slots to be zeroed, others with pointers, those without.
    for pass in 0..<3 {
      for (i, s) in f.slots.enumerated() {
        if pass != (live.needsZero[i] ? 0 : s.hasPointers ? 1 : 2) { continue }
        at = alignUp(at, min(8, max(1, s.alignment)))
        slots[i] = Int32(at)
        at += s.size
      }
      at = alignUp(at, 8)
      if pass == 0 { zeroEnd = at }
    }
    for k in byUse.prefix(16).reversed() {
      spills[k] = Int32(at)
      at += 8
    }
    size = at
    exists = hasCalls || size > 0
  }

  /// The bit of a spill slot in a locals bitmap.
  func mapBit(spill k: Int) -> Int { (Int(spills[k]) - spillStart) / 8 }

  /// Marks in a locals bitmap the words of the frame's own slots that hold pointers: those in the set
  /// `units`, or all if liveness is not precise.
  func markSlots(
    _ f: Function, _ live: SlotLiveness, _ units: ArraySlice<UInt64>, _ map: inout PointerBitmap
  ) {
    for (i, s) in f.slots.enumerated() where s.hasPointers {
      let first = (Int(slots[i]) - spillStart) / 8
      if live.isPrecise {
        live.forEachLiveWord(i, s, units) { map.set(first + $0) }
        continue
      }
      let words = (s.size + 7) / 8
      for w in 0..<words
      where w >> 6 < s.pointerMask.count && s.pointerMask[w >> 6] >> UInt64(w & 63) & 1 != 0 {
        map.set(first + w)
      }
    }
  }

  /// The slots that the collector must find by pointers into them, in order of address.
  func stackObjects(_ f: Function, _ live: SlotLiveness) -> [StackObject] {
    if !live.isPrecise { return [] }
    var out: [StackObject] = []
    for (i, s) in f.slots.enumerated() where s.hasPointers && live.escapes[i] {
      out.append(
        StackObject(
          offset: slots[i] - Int32(size), size: Int32(s.size), pointerMask: s.pointerMask))
    }
    return out
  }
}
