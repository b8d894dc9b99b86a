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
  /// Start of the spill slots: the end of the outgoing argument area.
  var spillStart = 0
  /// Offset of each frame slot.
  var slots: [Int32] = []
  /// The range of slots that hold pointers and are zeroed at entry.
  var zeroStart = 0
  var zeroEnd = 0

  /// Offset of the incoming argument area.
  var incoming: Int { exists ? size + 16 : 8 }
  /// RSP's distance from its value at entry.
  var depth: Int { exists ? size + 8 : 0 }
  /// Words in the locals bitmaps.
  var localWords: Int { (size - spillStart) / 8 }

  mutating func compute(_ f: Function, outgoing: Int, spillSlots: Int, hasCalls: Bool) {
    spillStart = alignUp(outgoing, 8)
    var at = spillStart + 8 * spillSlots
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: f.slots.count))
    zeroStart = at
    for pass in 0..<2 {
      for (i, s) in f.slots.enumerated() where s.hasPointers == (pass == 0) {
        at = alignUp(at, min(8, max(1, s.alignment)))
        slots[i] = Int32(at)
        at += s.size
      }
      at = alignUp(at, 8)
      if pass == 0 { zeroEnd = at }
    }
    size = at
    exists = hasCalls || size > 0
  }

  /// The bits of the frame's own pointer slots in a locals bitmap.
  func markSlots(_ f: Function, _ map: inout PointerBitmap) {
    for (i, s) in f.slots.enumerated() where s.hasPointers {
      let first = (Int(slots[i]) - spillStart) / 8
      let words = (s.size + 7) / 8
      for w in 0..<words
      where w >> 6 < s.pointerMask.count && s.pointerMask[w >> 6] >> UInt64(w & 63) & 1 != 0 {
        map.set(first + w)
      }
    }
  }
}
