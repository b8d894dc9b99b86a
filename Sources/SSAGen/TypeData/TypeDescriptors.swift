import ABI
import Base
import Object
import Types

/// Type descriptors as `internal/abi` of GOROOT lays them out (section 6 of the surface reference):
/// fixed part by kind, uncommon part, variable part, methods; names as symbols of their own.
///
/// A descriptor is defined when its symbol is first asked for, without recursion: types that it
/// mentions are put on a work list, which `finishDescriptors` empties.
final class TypeDescriptors {
  unowned let pb: ProgramBuilder
  let ts: TypeStore
  /// Index: canonical type. Its descriptor's symbol.
  private var symbols: [SymbolID] = []
  private var work: [TypeID] = []
  /// Types whose descriptor was used in an interface, in order; their methods become callable.
  private(set) var usedInInterface: [TypeID] = []
  private var isUsedInInterface: [Bool] = []
  /// Names by text and flags.
  private var nameSymbols: [[UInt8]: SymbolID] = [:]
  private var maskSymbols: [[UInt8]: SymbolID] = [:]
  private var localNumbers: [TypeID: Int] = [:]
  private var linkStrings: [TypeID: String] = [:]
  private var localCounts: [UInt64: Int] = [:]
  /// The descriptor being written: slices inside it refer to it.
  private var current: SymbolID = .none
  /// Types that exist for the runtime's own use: neither comparable nor found by reflection.
  private(set) var isInternal: Set<TypeID> = []
  /// Map types to their group types.
  var groups: [TypeID: TypeID] = [:]

  init(_ pb: ProgramBuilder) {
    self.pb = pb
    ts = pb.ts
  }

  // MARK: symbols

  /// The descriptor of `t`, canonical and free of type parameters.
  func symbol(_ t: TypeID) -> SymbolID {
    if symbols.count <= t.index {
      let n = max(t.index + 1, ts.types.count)
      symbols.append(contentsOf: repeatElement(SymbolID.none, count: n - symbols.count))
    }
    if symbols[t.index].isSome { return symbols[t.index] }
    let s = pb.symbols.symbol("type:" + linkString(t))
    symbols[t.index] = s
    work.append(t)
    return s
  }

  /// Notes that a value of type `t` gets into an interface: its methods may be called from there,
  /// and reflection may make interfaces of its parts. Returns whether this is new.
  func noteUsedInInterface(_ t: TypeID) {
    if isUsedInInterface.count <= t.index {
      let n = max(t.index + 1, ts.types.count)
      isUsedInInterface.append(contentsOf: repeatElement(false, count: n - isUsedInInterface.count))
    }
    if isUsedInInterface[t.index] { return }
    isUsedInInterface[t.index] = true
    usedInInterface.append(t)
    _ = symbol(t)
  }

  /// Defines the descriptors that were asked for. More may be asked for meanwhile.
  func finishDescriptors() {
    while let t = work.popLast() { define(t) }
  }

  func markInternal(_ types: [TypeID]) { for t in types { isInternal.insert(t) } }

  var hasWork: Bool { !work.isEmpty }

  func linkString(_ t: TypeID) -> String {
    if let s = linkStrings[t] { return s }
    let s = makeLinkString(t)
    linkStrings[t] = s
    return s
  }

  private func makeLinkString(_ t: TypeID) -> String {
    var w = TypeStrings(ts, isLink: true) { [unowned self] in localNumber($0) }
    w.type(t)
    return String(decoding: w.out, as: UTF8.self)
  }

  private func reflectString(_ t: TypeID) -> [UInt8] {
    var w = TypeStrings(ts, isLink: false) { [unowned self] in localNumber($0) }
    w.type(t)
    return w.out
  }

  /// Tells apart types that functions declare under one name in one package, in order of
  /// appearance.
  func localNumber(_ t: TypeID) -> Int {
    let info = ts.namedInfo(t)
    if ts.namedInfo(info.origin).function.isNone { return 0 }
    if let n = localNumbers[t] { return n }
    let o = ts.objects[info.object]
    let key = UInt64(o.package.raw) << 32 | UInt64(o.name.raw)
    let n = localCounts[key, default: 0] + 1
    localCounts[key] = n
    localNumbers[t] = n
    return n
  }

  // MARK: names

  /// The symbol of an `abi.Name`: flags, length, text, tag. A package path is given for unexported
  /// methods of another package than their type's.
  func name(
    _ text: [UInt8], exported: Bool, embedded: Bool = false, tag: [UInt8] = [],
    package: SymbolID = .none
  ) -> SymbolID {
    var w = DataWriter()
    var flags: UInt8 = exported ? 1 : 0
    if !tag.isEmpty { flags |= 2 }
    if package.isSome { flags |= 4 }
    if embedded { flags |= 8 }
    w.out.u8(flags)
    w.out.uvarint(UInt64(text.count))
    w.out.append(text)
    if !tag.isEmpty {
      w.out.uvarint(UInt64(tag.count))
      w.out.append(tag)
    }
    var key = w.out.bytes
    if package.isSome {
      key.append(contentsOf: withUnsafeBytes(of: package.raw) { Array($0) })
      w.typeOffset(package)
    }
    if let s = nameSymbols[key] { return s }
    let s = pb.symbols.anonymous("type:.namedata")
    nameSymbols[key] = s
    pb.symbols.define(s, w.definition(.typedata, alignment: 1))
    return s
  }

  /// A name that holds an import path.
  func packagePath(_ p: PackageID) -> SymbolID {
    name(ts.names.bytes(ts.packages[p].path), exported: false)
  }

  // MARK: pointer masks

  /// The bitmap of the first `words` words, as a read-only symbol shared by contents.
  private func gcMask(_ mask: [UInt64], words: Int) -> SymbolID {
    var bytes: [UInt8] = []
    for i in 0..<((words + 7) / 8) {
      bytes.append(
        i >> 3 < mask.count ? UInt8(truncatingIfNeeded: mask[i >> 3] >> UInt64(8 * (i & 7))) : 0)
    }
    while bytes.count % 8 != 0 { bytes.append(0) }
    if let s = maskSymbols[bytes] { return s }
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let s = pb.symbols.symbol("runtime.gcbits." + hex)
    maskSymbols[bytes] = s
    pb.symbols.define(
      s, SymbolDefinition(kind: .rodata, flags: .dupOK, alignment: 8, bytes: bytes))
    return s
  }

  /// GCData: the mask, or for large types a zero word that the runtime fills on demand. gc's limit
  /// is 1 KB; ours is higher since the runtime's own large structs then need no descriptors of
  /// their fields.
  private func gcData(_ mask: @autoclosure () -> [UInt64], ptrBytes: Int) -> (
    SymbolID, onDemand: Bool
  ) {
    if ptrBytes == 0 { return (.none, false) }
    if ptrBytes <= 8192 { return (gcMask(mask(), words: ptrBytes / 8), false) }
    let s = pb.symbols.anonymous("type:.gcmask")
    pb.symbols.define(s, SymbolDefinition(kind: .noptrbss, alignment: 8, size: 8))
    return (s, true)
  }

  // MARK: descriptors

  private func define(_ t: TypeID) {
    let s = symbol(t)
    if pb.symbols.isDefined(s) { return }
    current = s
    var w = DataWriter()
    // An interface's methods are in its variable part.
    let methods = ts.kind(ts.under(t)) == .interface ? [] : ts.methodSet(t)
    let isNamed = ts.kind(t) == .named
    let hasUncommon = isNamed || ts.kind(t) == .basic || !methods.isEmpty
    writeHeader(t, hasUncommon: hasUncommon, &w)
    let u = ts.canonical(ts.under(t))
    let fixed = writeFixedPart(u, &w)
    var uncommonAt = 0
    if hasUncommon {
      uncommonAt = w.count
      w.out.zeros(16)
    }
    writeVariablePart(u, fixed, &w)
    if hasUncommon { writeUncommon(t, at: uncommonAt, methods, &w) }
    var flags: SymbolFlags = .dupOK
    if isTypelink(t) { flags.insert(.typelink) }
    pb.symbols.define(s, w.definition(.typedata, flags: flags))
  }

  /// Unnamed pointer, array, chan, func, map, slice and struct types are what reflect looks for
  /// before it makes one.
  private func isTypelink(_ t: TypeID) -> Bool {
    if isInternal.contains(t) { return false }
    switch ts.kind(t) {
    case .pointer, .array, .chan, .signature, .map, .slice, .struct: return true
    default: return false
    }
  }

  private func writeHeader(_ t: TypeID, hasUncommon: Bool, _ w: inout DataWriter) {
    let l = pb.layouts.of(t)
    let ptrBytes = pb.layouts.pointerBytes(t)
    let (gc, onDemand) = gcData(pb.layouts.pointerMask(t), ptrBytes: ptrBytes)
    let text = reflectString(t)
    let k = ts.kind(t)
    var flags: UInt8 = 0
    if hasUncommon { flags |= ABI.TypeDescriptor.tflagUncommon }
    let star = text.first == UInt8(ascii: "*")
    if !star { flags |= ABI.TypeDescriptor.tflagExtraStar }
    if k == .named || k == .basic { flags |= ABI.TypeDescriptor.tflagNamed }
    if case .memory = pb.algorithms.algorithm(t) {
      flags |= ABI.TypeDescriptor.tflagRegularMemory
    }
    if onDemand { flags |= ABI.TypeDescriptor.tflagGCMaskOnDemand }
    if l.isDirectInterface { flags |= ABI.TypeDescriptor.tflagDirectInterface }
    w.out.u64(UInt64(l.size))
    w.out.u64(UInt64(ptrBytes))
    w.out.u32(typeHash(t))
    w.out.u8(flags)
    w.out.u8(UInt8(l.align))
    w.out.u8(UInt8(l.align))
    w.out.u8(kindNumber(t))
    w.address(isInternal.contains(t) ? .none : pb.equalityFunctionValue(t))
    w.address(gc)
    let shown = star ? text : [UInt8(ascii: "*")] + text
    w.typeOffset(name(shown, exported: isExportedName(t)))
    // Where nothing has asked for *T yet, reflect finds it among the typelinks.
    let pointer = ts.canonical(ts.pointer(t))
    var known = pointer.index < symbols.count ? symbols[pointer.index] : .none
    // reflect cannot make a pointer type with methods. The linker follows the reference if T is in
    // interfaces.
    if pointerHasMethods(t) { known = symbol(pointer) }
    w.typeOffset(known, weak: true)
  }

  /// Whether `t` is a type whose pointer type has methods, its own or promoted ones.
  func pointerHasMethods(_ t: TypeID) -> Bool {
    if isInternal.contains(t) { return false }
    switch ts.kind(t) {
    case .named: if ts.kind(ts.under(t)) == .interface { return false }
    case .struct: break
    default: return false
    }
    return !ts.methodSet(ts.canonical(ts.pointer(t))).isEmpty
  }

  /// Whether the name of the type, or of what a pointer points to, is exported.
  private func isExportedName(_ t: TypeID) -> Bool {
    let e = ts.kind(t) == .pointer ? ts.unalias(ts.elem(t)) : t
    return ts.kind(e) == .named && ts.objects[ts.namedInfo(e).object].isExported
  }

  /// Any function of the type's identity will do (FNV-1a of the link string).
  func typeHash(_ t: TypeID) -> UInt32 {
    var h: UInt32 = 2_166_136_261
    for b in linkString(t).utf8 { h = (h ^ UInt32(b)) &* 16_777_619 }
    return h
  }

  /// `abi.Kind` of the type.
  private func kindNumber(_ t: TypeID) -> UInt8 {
    let u = ts.under(t)
    switch ts.kind(u) {
    case .array: return 17
    case .chan: return 18
    case .signature: return 19
    case .interface: return 20
    case .map: return 21
    case .pointer: return 22
    case .slice: return 23
    case .struct: return 25
    default: break
    }
    switch ts.basicKind(u) {
    case .bool, .untypedBool: return 1
    case .int, .untypedInt: return 2
    case .int8: return 3
    case .int16: return 4
    case .int32, .untypedRune: return 5
    case .int64: return 6
    case .uint: return 7
    case .uint8: return 8
    case .uint16: return 9
    case .uint32: return 10
    case .uint64: return 11
    case .uintptr: return 12
    case .float32: return 13
    case .float64, .untypedFloat: return 14
    case .complex64: return 15
    case .complex128, .untypedComplex: return 16
    case .string, .untypedString: return 24
    case .unsafePointer, .untypedNil: return 26
    default: internalError("ssagen", "kind of \(ts.typeString(t))")
    }
  }

  private func element(_ u: TypeID) -> SymbolID { symbol(ts.canonical(ts.elem(u))) }

  /// The part behind the header whose size depends on the kind alone. Returns the offset of a slice
  /// header (pointer, length, capacity) that the variable part fills in, or -1.
  private func writeFixedPart(_ u: TypeID, _ w: inout DataWriter) -> Int {
    switch ts.kind(u) {
    case .pointer, .slice: w.address(element(u))
    case .array:
      w.address(element(u))
      w.address(symbol(ts.canonical(ts.slice(ts.elem(u)))))
      w.out.u64(UInt64(ts.arrayLength(u)))
    case .chan:
      w.address(element(u))
      switch ts.chanDir(u) {
      case .receive: w.out.u64(1)
      case .send: w.out.u64(2)
      case .both: w.out.u64(3)
      }
    case .signature:
      let s = ts.signature(u)
      w.out.u16(UInt16(ts.memberCount(s.params)))
      w.out.u16(UInt16(ts.memberCount(s.results)) | (s.variadic ? 0x8000 : 0))
      w.out.u32(0)
    case .interface:
      w.address(interfacePackage(u))
      w.out.zeros(24)
      return w.count - 24
    case .struct:
      w.address(structPackage(u))
      w.out.zeros(24)
      return w.count - 24
    case .map: writeMap(u, &w)
    default: break
    }
    return -1
  }

  /// The package of an interface's unexported methods, if it has any.
  private func interfacePackage(_ u: TypeID) -> SymbolID {
    for m in ts.typeSet(of: u).methods where !ts.objects[m].isExported {
      return packagePath(ts.objects[m].package)
    }
    return .none
  }

  private func structPackage(_ u: TypeID) -> SymbolID {
    for i in 0..<ts.memberCount(u) {
      let f = ts.objects[ts.member(u, i)]
      if !f.isExported { return packagePath(f.package) }
    }
    return .none
  }

  private func writeVariablePart(_ u: TypeID, _ slice: Int, _ w: inout DataWriter) {
    switch ts.kind(u) {
    case .signature:
      let s = ts.signature(u)
      for i in 0..<ts.memberCount(s.params) {
        w.address(symbol(ts.canonical(ts.memberType(s.params, i))))
      }
      for i in 0..<ts.memberCount(s.results) {
        w.address(symbol(ts.canonical(ts.memberType(s.results, i))))
      }
    case .interface: writeInterfaceMethods(u, slice, &w)
    case .struct: writeFields(u, slice, &w)
    default: break
    }
  }

  private func fillSlice(_ at: Int, _ n: Int, _ w: inout DataWriter) {
    w.reloc(.abs64, current, Int64(w.count), at: at)
    w.out.patch64(at: at + 8, UInt64(n))
    w.out.patch64(at: at + 16, UInt64(n))
  }

  private func writeInterfaceMethods(_ u: TypeID, _ slice: Int, _ w: inout DataWriter) {
    let methods = ts.typeSet(of: u).methods
    if methods.isEmpty { return }
    fillSlice(slice, methods.count, &w)
    for m in methods {
      let o = ts.objects[m]
      w.typeOffset(name(ts.names.bytes(o.name), exported: o.isExported))
      w.typeOffset(symbol(pb.signatureWithoutReceiver(m)))
    }
  }

  private func writeFields(_ u: TypeID, _ slice: Int, _ w: inout DataWriter) {
    let n = ts.memberCount(u)
    if n == 0 { return }
    fillSlice(slice, n, &w)
    for i in 0..<n {
      let f = ts.objects[ts.member(u, i)]
      let tag = ts.fieldTag(u, i)
      w.address(
        name(
          ts.names.bytes(f.name), exported: f.isExported, embedded: f.isEmbedded,
          tag: tag.isSome ? ts.names.bytes(tag) : []))
      w.address(symbol(ts.canonical(f.type)))
      w.out.u64(UInt64(pb.layouts.fieldOffset(u, i)))
    }
  }
}
