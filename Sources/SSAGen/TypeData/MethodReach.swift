import Base
import Types

/// Which methods get built: those of types that get into interfaces, whose name some interface call, or reflection,
/// may use. A coarser rule than the linker's (by name, not by signature), so nothing that the linker keeps is missing.
final class MethodReach {
  unowned let pb: ProgramBuilder
  let ts: TypeStore
  /// Names of methods called through interfaces. Index: NameID.
  private var called: [Bool] = []
  private var reflectsOnMethods = false
  /// Types that have been spread, and the methods of each that nobody calls yet.
  private var next = 0
  private var waiting: [(type: TypeID, entry: MethodSetEntry)] = []
  private var changed = false

  init(_ pb: ProgramBuilder) {
    self.pb = pb
    ts = pb.ts
  }

  func noteCall(_ name: NameID) {
    if called.count <= name.index {
      called.append(contentsOf: repeatElement(false, count: name.index + 1 - called.count))
    }
    if !called[name.index] {
      called[name.index] = true
      changed = true
    }
  }

  /// Some live function finds methods by a name that is not constant: all exported methods count as called.
  func noteReflection() {
    if !reflectsOnMethods { changed = true }
    reflectsOnMethods = true
  }

  private func isCalled(_ m: ObjectID) -> Bool {
    let o = ts.objects[m]
    if reflectsOnMethods && o.isExported { return true }
    return o.name.index < called.count && called[o.name.index]
  }

  /// Asks for the bodies of methods that have become callable. Returns whether there were any.
  func advance() -> Bool {
    var any = false
    while next < pb.descriptors.usedInInterface.count {
      let t = pb.descriptors.usedInInterface[next]
      next += 1
      spread(t)
      if ts.kind(ts.under(t)) == .interface { continue }
      for e in ts.methodSet(t) { waiting.append((t, e)) }
      changed = true
    }
    if !changed { return false }
    changed = false
    var rest: [(type: TypeID, entry: MethodSetEntry)] = []
    for w in waiting {
      if isCalled(w.entry.method) {
        _ = pb.interfaceMethodSymbol(w.type, w.entry, use: true)
        _ = pb.methodSymbol(w.type, w.entry, use: true)
        any = true
      } else {
        rest.append(w)
      }
    }
    waiting = rest
    return any || changed
  }

  /// Reflection can take a value apart: what a type in an interface mentions is in interfaces as well.
  private func spread(_ t: TypeID) {
    func note(_ x: TypeID) { pb.descriptors.noteUsedInInterface(ts.canonical(x)) }
    let u = ts.canonical(ts.under(t))
    switch ts.kind(u) {
    case .pointer, .slice, .array, .chan: note(ts.elem(u))
    case .map:
      note(ts.mapKey(u))
      note(ts.elem(u))
      // Groups hold large ones by pointer.
      for t in [ts.mapKey(u), ts.elem(u)] where pb.layouts.of(ts.canonical(t)).size > 128 {
        note(ts.pointer(t))
      }
    case .struct: for i in 0..<ts.memberCount(u) { note(ts.memberType(u, i)) }
    case .signature:
      let s = ts.signature(u)
      for i in 0..<ts.memberCount(s.params) { note(ts.memberType(s.params, i)) }
      for i in 0..<ts.memberCount(s.results) { note(ts.memberType(s.results, i)) }
    case .interface:
      for m in ts.typeSet(of: u).methods { note(pb.signatureWithoutReceiver(m)) }
    default: break
    }
    if ts.kind(u) != .interface {
      for e in ts.methodSet(t) { note(pb.signatureWithoutReceiver(e.method)) }
    }
    // Value.Addr and reflect.New reach the methods of *T.
    if pb.descriptors.pointerHasMethods(t) { note(ts.pointer(t)) }
  }
}

extension ProgramBuilder {
  /// Somewhere method number `index` of interface type `t` is called.
  func noteInterfaceCall(_ t: TypeID, _ index: Int) {
    let m = ts.typeSet(of: ts.canonical(ts.under(t))).methods[index]
    methodReach.noteCall(ts.objects[m].name)
  }
}
