import ABI
import Base
import Object
import Types

/// Uncommon parts (names and methods) and map descriptors.
extension TypeDescriptors {
  /// `abi.UncommonType` at `at`, then the methods, sorted as the method set is.
  func writeUncommon(_ t: TypeID, at: Int, _ methods: [MethodSetEntry], _ w: inout DataWriter) {
    let exported = methods.prefix { ts.objects[$0.method].isExported }.count
    let home = homePackage(t)
    if home.isSome { w.reloc(.typeOff32, packagePath(home), at: at) }
    w.out.bytes[at + 4] = UInt8(truncatingIfNeeded: methods.count)
    w.out.bytes[at + 5] = UInt8(truncatingIfNeeded: methods.count >> 8)
    w.out.bytes[at + 6] = UInt8(truncatingIfNeeded: exported)
    w.out.bytes[at + 7] = UInt8(truncatingIfNeeded: exported >> 8)
    w.out.patch32(at: at + 8, UInt32(w.count - at))
    for m in methods {
      let o = ts.objects[m.method]
      let foreign = !o.isExported && o.package != home
      let s = name(
        ts.names.bytes(o.name), exported: o.isExported,
        package: foreign ? packagePath(o.package) : .none)
      w.typeOffset(s)
      w.reloc(.methodOff32, symbol(pb.signatureWithoutReceiver(m.method)))
      w.out.u32(0)
      w.reloc(.methodOff32, pb.interfaceMethodSymbol(t, m))
      w.out.u32(0)
      w.reloc(.methodOff32, pb.methodSymbol(t, m))
      w.out.u32(0)
    }
  }

  /// The package of a defined type, or of the defined type that an unnamed one is made of; none for
  /// types of the universe.
  private func homePackage(_ t: TypeID) -> PackageID {
    var t = ts.unalias(t)
    switch ts.kind(t) {
    case .pointer, .slice, .array, .chan: t = ts.unalias(ts.elem(t))
    default: break
    }
    if ts.kind(t) == .named { return ts.objects[ts.namedInfo(t).object].package }
    return ts.basicKind(t) == .unsafePointer ? ts.universe.unsafe : .none
  }

  /// The group type of a map: eight slots and their control word (GOROOT internal/runtime/maps). Keys and elements
  /// above 128 bytes are held by pointer.
  func mapGroup(_ u: TypeID) -> TypeID {
    if let g = groups[u] { return g }
    func field(_ name: String, _ t: TypeID) -> ObjectID {
      ts.variable(ts.names.intern(name), .none, t, .none, .field)
    }
    func slotPart(_ t: TypeID) -> TypeID { pb.layouts.of(t).size > 128 ? ts.pointer(t) : t }
    let key = slotPart(ts.canonical(ts.mapKey(u)))
    let elem = slotPart(ts.canonical(ts.elem(u)))
    let slot = ts.canonical(ts.structType([field("key", key), field("elem", elem)]))
    let slots = ts.canonical(ts.array(slot, 8))
    let group = ts.canonical(
      ts.structType([field("ctrl", ts.basic(.uint64)), field("slots", slots)]))
    markInternal([slot, slots, group])
    groups[u] = group
    return group
  }

  /// `abi.MapType` behind the header.
  func writeMap(_ u: TypeID, _ w: inout DataWriter) {
    let key = ts.canonical(ts.mapKey(u))
    let elem = ts.canonical(ts.elem(u))
    let group = mapGroup(u)
    let slots = ts.canonical(ts.memberType(group, 1))
    let slot = ts.canonical(ts.elem(slots))
    let slotSize = pb.layouts.of(slot).size
    let elemOffset = pb.layouts.fieldOffset(slot, 1)
    let slotsOffset = pb.layouts.fieldOffset(group, 1)
    w.address(symbol(key))
    w.address(symbol(elem))
    w.address(symbol(group))
    w.address(pb.hashFunctionValue(key))
    w.out.u64(UInt64(pb.layouts.of(group).size))
    w.out.u64(UInt64(slotsOffset))
    w.out.u64(UInt64(slotSize))
    w.out.u64(UInt64(slotsOffset + elemOffset))
    w.out.u64(UInt64(slotSize))
    w.out.u64(UInt64(elemOffset))
    var flags: UInt32 = 0
    if needsKeyUpdate(key) { flags |= 1 }
    if hashMightPanic(key) {
      flags |= 2
      // To look a key up in an empty map the runtime goes through the key's fields.
      w.mark(.usedInInterface, pb.typeSymbol(key, usedInInterface: true))
    }
    if pb.layouts.of(key).size > 128 { flags |= 4 }
    if pb.layouts.of(elem).size > 128 { flags |= 8 }
    w.out.u32(flags)
    w.out.u32(0)
  }

  /// Whether equal keys may differ in their bits, so that assignment must store the key anew.
  private func needsKeyUpdate(_ t: TypeID) -> Bool {
    let u = ts.under(t)
    switch ts.kind(u) {
    case .basic:
      switch ts.basicKind(u) {
      case .float32, .float64, .complex64, .complex128, .string: return true
      default: return false
      }
    case .interface: return true
    case .array: return needsKeyUpdate(ts.elem(u))
    case .struct: return (0..<ts.memberCount(u)).contains { needsKeyUpdate(ts.memberType(u, $0)) }
    default: return false
    }
  }

  private func hashMightPanic(_ t: TypeID) -> Bool {
    let u = ts.under(t)
    switch ts.kind(u) {
    case .interface: return true
    case .array: return hashMightPanic(ts.elem(u))
    case .struct: return (0..<ts.memberCount(u)).contains { hashMightPanic(ts.memberType(u, $0)) }
    default: return false
    }
  }
}
