import Base
import Syntax

// Limits of gc on sizes, which are no part of the language: types are smaller than 1<<50 bytes,
// elements of channels smaller than 64 KB. They are checked once a package has no other errors.

extension Checker {
  /// Remembers the type that expression `n` denotes, if it is of the package being compiled.
  func noteSize(_ n: NodeID, _ t: TypeID) {
    if ts.packages[env.package].isLazy { return }
    sizeNotes.append((tree.pos(n), t))
  }

  /// Reports uses of types of the package at hand that are too large.
  func checkSizes() {
    for note in sizeNotes {
      // The sizes of generic types are those of their instances.
      if ts.paramState(note.type) == .some { continue }
      let elem = ts.elem(note.type)
      if ts.isTooLarge(elem) { continue }
      if ts.kind(note.type) == .chan {
        if ts.sizeof(elem) >= 1 << 16 { report(note.pos, .channelElementTooLarge) }
      } else if ts.isTooLarge(note.type) {
        report(note.pos, .largerThanAddressSpace, .type(note.type))
      }
    }
  }
}
