// Hash tables over type records: equal pointer, slice, array, map and chan records share a handle.
import Base

/// Open-addressed set of handles keyed by the record they name.
struct ShapeTable: Sendable {
  private var slots = [UInt32](repeating: 0, count: 4096)
  private var count = 0

  /// The handle of `r`, appended to `types` if it is new.
  mutating func find(_ r: TypeRecord, in types: inout IDTable<TypeID, TypeRecord>) -> TypeID {
    let mask = slots.count - 1
    var i = Int(ShapeTable.hash(r)) & mask
    while slots[i] != 0 {
      if types.elements[Int(slots[i])] == r { return TypeID(raw: slots[i]) }
      i = (i + 1) & mask
    }
    let t = types.append(r)
    slots[i] = t.raw
    count += 1
    if count * 2 > slots.count { grow(types) }
    return t
  }

  private static func hash(_ r: TypeRecord) -> UInt32 {
    var h = UInt32(r.kind.rawValue) &* 0x9e37_79b1 ^ UInt32(r.sub)
    h = (h ^ r.a) &* 0x85eb_ca6b
    h = (h ^ (h >> 15) ^ r.b) &* 0xc2b2_ae35
    h = (h ^ (h >> 13) ^ r.c) &* 0x27d4_eb2f
    return h ^ (h >> 16)
  }

  private mutating func grow(_ types: IDTable<TypeID, TypeRecord>) {
    let old = slots
    slots = [UInt32](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for s in old where s != 0 {
      var i = Int(ShapeTable.hash(types.elements[Int(s)])) & mask
      while slots[i] != 0 { i = (i + 1) & mask }
      slots[i] = s
    }
  }
}

/// Multi-map from a hash to types, for searches that finish with a comparison of their own
/// (instances of generic types, canonical types).
struct InstanceTable: Sendable {
  private var heads = [UInt32](repeating: 0, count: 1024)
  private var entries: [(hash: UInt32, type: UInt32, next: UInt32)] = [(0, 0, 0)]

  /// Calls `match` with the types of equal hash until it accepts one.
  func find(_ hash: UInt32, _ match: (TypeID) -> Bool) -> TypeID? {
    var e = heads[Int(hash) & (heads.count - 1)]
    while e != 0 {
      let entry = entries[Int(e)]
      if entry.hash == hash && match(TypeID(raw: entry.type)) { return TypeID(raw: entry.type) }
      e = entry.next
    }
    return nil
  }

  mutating func add(_ hash: UInt32, _ type: TypeID) {
    if entries.count > heads.count { grow() }
    let i = Int(hash) & (heads.count - 1)
    entries.append((hash, type.raw, heads[i]))
    heads[i] = UInt32(entries.count - 1)
  }

  private mutating func grow() {
    heads = [UInt32](repeating: 0, count: heads.count * 2)
    let mask = heads.count - 1
    for e in 1..<entries.count {
      let i = Int(entries[e].hash) & mask
      entries[e].next = heads[i]
      heads[i] = UInt32(e)
    }
  }
}
