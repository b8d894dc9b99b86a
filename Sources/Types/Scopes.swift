// Scopes: insertion and lookup by interned name.
import Base

/// Hash index of a scope with more than eight objects.
struct ScopeTable: Sendable {
  var slots: [UInt32] = []
  var count = 0
}

extension TypeStore {
  public func newScope(_ parent: ScopeID, isFunction: Bool = false) -> ScopeID {
    var s = ScopeRecord(parent: parent)
    s.isFunction = isFunction
    return scopes.append(s)
  }

  /// The object named `name` declared in `s` itself, or none.
  public func lookup(_ s: ScopeID, _ name: NameID) -> ObjectID {
    let r = scopes[s]
    if r.table != 0 { return lookupHashed(Int(r.table), name) }
    var o = r.first
    while o.isSome {
      if objects[o].name == name { return o }
      o = objects[o].next
    }
    return .none
  }

  /// The innermost object named `name` from scope `s` outwards, and the scope that has it.
  public func lookupOutward(_ s: ScopeID, _ name: NameID) -> (ScopeID, ObjectID) {
    var s = s
    while s.isSome {
      let o = lookup(s, name)
      if o.isSome { return (s, o) }
      s = scopes[s].parent
    }
    return (.none, .none)
  }

  /// Declares `o` in `s`. Returns the object that already has the name, in which case nothing
  /// changes, or none.
  func insert(_ s: ScopeID, _ o: ObjectID) -> ObjectID {
    let name = objects[o].name
    let other = lookup(s, name)
    if other.isSome { return other }
    if objects[o].parent.isNone { objects[o].parent = s }
    // An object may stand in several scopes (dot imports, predeclared ones); then chains cannot
    // hold it, and only the table knows it.
    let last = scopes[s].last
    scopes[s].count += 1
    if objects[o].parent == s {
      if last.isNone { scopes[s].first = o } else { objects[last].next = o }
      scopes[s].last = o
    }
    let table = Int(scopes[s].table)
    if table != 0 {
      insertHashed(table, o)
    } else if scopes[s].count > 8 || objects[o].parent != s {
      scopeTables.append(ScopeTable(slots: [UInt32](repeating: 0, count: 32), count: 0))
      scopes[s].table = UInt32(scopeTables.count - 1)
      var e = scopes[s].first
      while e.isSome {
        insertHashed(scopeTables.count - 1, e)
        e = objects[e].next
      }
      if objects[o].parent != s { insertHashed(scopeTables.count - 1, o) }
    }
    return .none
  }

  /// The objects whose parent is `s`, in order of declaration.
  public func scopeObjects(_ s: ScopeID) -> [ObjectID] {
    var list: [ObjectID] = []
    var o = scopes[s].first
    while o.isSome {
      list.append(o)
      o = objects[o].next
    }
    return list
  }

  private func slotHash(_ n: NameID) -> Int { Int(truncatingIfNeeded: n.raw &* 0x9e37_79b1 >> 7) }

  private func lookupHashed(_ table: Int, _ name: NameID) -> ObjectID {
    let mask = scopeTables[table].slots.count - 1
    var i = slotHash(name) & mask
    while true {
      let raw = scopeTables[table].slots[i]
      if raw == 0 { return .none }
      if objects[ObjectID(raw: raw)].name == name { return ObjectID(raw: raw) }
      i = (i + 1) & mask
    }
  }

  private func insertHashed(_ table: Int, _ o: ObjectID) {
    let size = scopeTables[table].slots.count
    if scopeTables[table].count * 2 >= size {
      let old = scopeTables[table].slots
      scopeTables[table].slots = [UInt32](repeating: 0, count: size * 2)
      for raw in old where raw != 0 { place(table, raw) }
    }
    scopeTables[table].count += 1
    place(table, o.raw)
  }

  private func place(_ table: Int, _ raw: UInt32) {
    let mask = scopeTables[table].slots.count - 1
    var i = slotHash(objects[ObjectID(raw: raw)].name) & mask
    while scopeTables[table].slots[i] != 0 { i = (i + 1) & mask }
    scopeTables[table].slots[i] = raw
  }
}
