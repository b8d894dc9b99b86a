import ABI
import Base
import Object

// Descriptors of structs whose values never get into an interface.
//
// Of such a type only the runtime reads the descriptor: size, pointer mask, equality, and its name
// for a failed type assertion. Reflection cannot get hold of it (or it would be used in an
// interface, see `Reach.swift`), so nobody reads its fields and methods. They go, and with them the
// descriptors of their types and their names.
//
// Descriptors in the list of typelinks stay whole: reflection looks through them, and the runtime
// steps from one to the next by what their fields and methods say of their size. So do those
// whose pointer mask the runtime makes on demand, from the fields.

/// Where what is kept of a struct's descriptor ends, or nil if all of it stays.
func cutEnd(_ s: SymbolID, _ table: SymbolTable) -> Int? {
  typealias D = ABI.TypeDescriptor
  guard let d = table.definitions[s], d.kind == .typedata, d.alignment != 1 else { return nil }
  if d.flags.contains(.typelink) || d.bytes.count < D.structSize { return nil }
  let flags = d.bytes[D.tflag]
  if d.bytes[D.kind] != D.structKind || flags & D.tflagGCMaskOnDemand != 0 { return nil }
  return flags & D.tflagUncommon != 0 ? D.structSize + D.uncommonSize : D.structSize
}

/// Whether the word at `offset` of a descriptor that is cut to `end` bytes still means something.
func isKept(_ offset: UInt32, end: Int) -> Bool {
  typealias D = ABI.TypeDescriptor
  let at = Int(offset)
  return at < D.structFields
    || at >= D.structSize && at < min(end, D.structSize + D.uncommonMethodCount)
}

/// Cuts the live descriptors that are not used in an interface. `Reachability` has not followed
/// what is cut away here.
func cutDescriptors(_ table: inout SymbolTable, _ liveness: Liveness) {
  typealias D = ABI.TypeDescriptor
  for s in table.definitions.ids
  where liveness.contains(s) && !liveness.usedInInterface.contains(s.index) {
    guard let end = cutEnd(s, table), var d = table.definitions[s] else { continue }
    d.bytes.removeLast(d.bytes.count - end)
    for i in D.structFields..<D.structSize { d.bytes[i] = 0 }
    if end > D.structSize {
      for i in D.structSize + D.uncommonMethodCount..<end { d.bytes[i] = 0 }
    }
    d.relocs.removeAll { !isKept($0.offset, end: end) }
    d.size = end
    table.definitions[s] = d
  }
}
