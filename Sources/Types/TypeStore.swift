// The owner of all types, objects, scopes, packages and constants of a program.
import Base
import Syntax

/// All program entities that the checker makes. One per program; written by one thread at a time
/// (the checker, or a phase that instantiates); reading is safe while nobody writes.
public final class TypeStore {
  /// All names of the program. Trees name identifiers by these ids.
  public var names: Interner
  public internal(set) var types: IDTable<TypeID, TypeRecord>
  public internal(set) var named: [NamedInfo] = []
  public internal(set) var signatures: [SignatureInfo] = []
  public internal(set) var interfaces: [InterfaceInfo] = []
  public internal(set) var typeParams: [TypeParamInfo] = []
  public internal(set) var aliases: [AliasInfo] = []
  public internal(set) var objects: IDTable<ObjectID, ObjectRecord>
  public internal(set) var scopes: IDTable<ScopeID, ScopeRecord>
  public internal(set) var packages: IDTable<PackageID, PackageRecord>
  public internal(set) var declarations: IDTable<DeclID, DeclRecord>
  public internal(set) var functions: IDTable<FunctionID, FunctionRecord>
  public var constants = ConstTable()
  /// Lists of raw ids named by `PoolRange`; slot 0 is unused.
  public internal(set) var pool: [UInt32] = [0]
  /// Computed type sets; slot 0 stands for "not computed".
  var typeSets: [TypeSet] = [TypeSet()]
  var scopeTables: [ScopeTable] = [ScopeTable()]
  /// Hash table over pointer, slice, array, map and chan records: equal records share a handle.
  private var shapes = ShapeTable()
  /// Instances by origin and arguments (`Instances.swift`).
  var instances = InstanceTable()
  /// `ParamState` of each type, as far as asked for, and the interfaces being looked at for it.
  var paramStates: [UInt8] = []
  var openInterfaces: [TypeID] = []
  /// Position for instances that the expansion of another one makes.
  var expansionPos: Pos = .none
  /// Layouts of types, as far as asked for (`Sizes.swift`).
  var layouts: [TypeLayout] = []
  /// Results of `canonical`, indexed by type; 0 until computed.
  var canonicalIDs: [UInt32] = []
  var canonicalTable = CanonicalTable()
  /// The checker while one is at work: it declares objects on demand and takes error reports.
  weak var checker: Checker?
  public internal(set) var universe = Universe()

  public init(names: Interner) {
    self.names = names
    types = IDTable(none: TypeRecord(.none))
    objects = IDTable(
      none: ObjectRecord(kind: .none, name: .none, pos: .none, type: .none, package: .none))
    scopes = IDTable(none: ScopeRecord(parent: .none))
    packages = IDTable(none: PackageRecord(path: .none, name: .none, scope: .none))
    declarations = IDTable(
      none: DeclRecord(file: .none, package: .none, object: .none, scope: .none))
    functions = IDTable(none: FunctionRecord(file: .none, node: .none))
    setUpUniverse()
  }

  // MARK: Lists

  public func range(_ ids: [TypeID]) -> PoolRange { range(ids.lazy.map { $0.raw }, ids.count) }
  public func range(_ ids: [ObjectID]) -> PoolRange { range(ids.lazy.map { $0.raw }, ids.count) }

  func range<S: Sequence<UInt32>>(_ raws: S, _ count: Int) -> PoolRange {
    if count == 0 { return .empty }
    let start = UInt32(pool.count)
    pool.append(contentsOf: raws)
    return PoolRange(start: start, count: UInt32(count))
  }

  public func typeAt(_ r: PoolRange, _ i: Int) -> TypeID {
    TypeID(raw: pool[Int(r.start) + i])
  }
  public func objectAt(_ r: PoolRange, _ i: Int) -> ObjectID {
    ObjectID(raw: pool[Int(r.start) + i])
  }
  public func typeList(_ r: PoolRange) -> [TypeID] { (0..<r.n).map { typeAt(r, $0) } }
  public func objectList(_ r: PoolRange) -> [ObjectID] { (0..<r.n).map { objectAt(r, $0) } }

  // MARK: Reading types

  public func kind(_ t: TypeID) -> TypeKind { types[t].kind }
  public func basicKind(_ t: TypeID) -> BasicKind? {
    let r = types[t]
    return r.kind == .basic ? BasicKind(rawValue: r.sub) : nil
  }
  /// Element of a pointer, slice, array or chan, or value type of a map.
  public func elem(_ t: TypeID) -> TypeID {
    let r = types[t]
    return TypeID(raw: r.kind == .map ? r.b : r.a)
  }
  public func mapKey(_ t: TypeID) -> TypeID { TypeID(raw: types[t].a) }
  public func arrayLength(_ t: TypeID) -> Int64 {
    let r = types[t]
    return Int64(bitPattern: UInt64(r.b) | UInt64(r.c) << 32)
  }
  public func chanDir(_ t: TypeID) -> ChanDir { ChanDir(rawValue: types[t].sub)! }
  /// Field objects of a struct, variables of a tuple, terms of a union.
  public func members(_ t: TypeID) -> PoolRange {
    let r = types[t]
    return PoolRange(start: r.a, count: r.b)
  }
  public func memberCount(_ t: TypeID) -> Int { t.isNone ? 0 : Int(types[t].b) }
  /// The i-th field or variable of a struct or tuple.
  public func member(_ t: TypeID, _ i: Int) -> ObjectID {
    ObjectID(raw: pool[Int(types[t].a) + i])
  }
  /// Type of the i-th field or variable of a struct or tuple.
  public func memberType(_ t: TypeID, _ i: Int) -> TypeID { objects[member(t, i)].type }
  /// Tag text of the i-th field, unquoted; the empty name without one.
  public func fieldTag(_ t: TypeID, _ i: Int) -> NameID {
    let r = types[t]
    return r.c == 0 ? .none : NameID(raw: pool[Int(r.c) + i])
  }
  /// The i-th term of a union.
  public func unionTerm(_ t: TypeID, _ i: Int) -> (tilde: Bool, type: TypeID) {
    let raw = pool[Int(types[t].a) + i]
    return (raw >> 31 != 0, TypeID(raw: raw & 0x7fff_ffff))
  }
  /// The side records. `_modify` accessors are for the checker and for instantiation.
  public func namedInfo(_ t: TypeID) -> NamedInfo { named[Int(types[t].a)] }
  public func signature(_ t: TypeID) -> SignatureInfo { signatures[Int(types[t].a)] }
  public func interface(_ t: TypeID) -> InterfaceInfo { interfaces[Int(types[t].a)] }
  public func typeParam(_ t: TypeID) -> TypeParamInfo { typeParams[Int(types[t].a)] }
  public func aliasInfo(_ t: TypeID) -> AliasInfo { aliases[Int(types[t].a)] }
  /// Index of the side record, for changing it in place: `ts.named[ts.side(t)].rhs = ...`.
  func side(_ t: TypeID) -> Int { Int(types[t].a) }

  // MARK: Making types

  private func shape(_ r: TypeRecord) -> TypeID {
    shapes.find(r, in: &types)
  }

  public func pointer(_ elem: TypeID) -> TypeID { shape(TypeRecord(.pointer, a: elem.raw)) }
  public func slice(_ elem: TypeID) -> TypeID { shape(TypeRecord(.slice, a: elem.raw)) }
  public func map(_ key: TypeID, _ elem: TypeID) -> TypeID {
    shape(TypeRecord(.map, a: key.raw, b: elem.raw))
  }
  public func chan(_ dir: ChanDir, _ elem: TypeID) -> TypeID {
    shape(TypeRecord(.chan, sub: dir.rawValue, a: elem.raw))
  }
  /// An array type; length -1 stands for one that could not be determined.
  public func array(_ elem: TypeID, _ length: Int64) -> TypeID {
    let n = UInt64(bitPattern: length)
    return shape(
      TypeRecord(
        .array, a: elem.raw, b: UInt32(truncatingIfNeeded: n),
        c: UInt32(truncatingIfNeeded: n >> 32)
      ))
  }

  /// A struct of `fields`; `tags` is empty or as long as `fields`.
  public func structType(_ fields: [ObjectID], tags: [NameID] = []) -> TypeID {
    let t = types.append(TypeRecord(.struct))
    setStruct(t, fields, tags: tags)
    return t
  }

  func setStruct(_ t: TypeID, _ fields: [ObjectID], tags: [NameID]) {
    let f = range(fields)
    let g = range(tags.lazy.map { $0.raw }, tags.count)
    types[t] = TypeRecord(.struct, a: f.start, b: f.count, c: g.start)
  }

  /// A tuple of variables; none for the empty list.
  public func tuple(_ vars: [ObjectID]) -> TypeID {
    if vars.isEmpty { return .none }
    let r = range(vars)
    return types.append(TypeRecord(.tuple, a: r.start, b: r.count))
  }

  public func union(_ terms: [(tilde: Bool, type: TypeID)]) -> TypeID {
    let r = range(terms.lazy.map { $0.type.raw | ($0.tilde ? 0x8000_0000 : 0) }, terms.count)
    return types.append(TypeRecord(.union, a: r.start, b: r.count))
  }

  public func signatureType(_ s: SignatureInfo) -> TypeID {
    signatures.append(s)
    return types.append(TypeRecord(.signature, a: UInt32(signatures.count - 1)))
  }

  public func interfaceType(_ i: InterfaceInfo) -> TypeID {
    interfaces.append(i)
    return types.append(TypeRecord(.interface, a: UInt32(interfaces.count - 1)))
  }

  /// A new defined type for `object`, whose type it becomes if it has none. `origin` none: itself.
  func namedType(_ object: ObjectID, origin: TypeID = .none) -> TypeID {
    let t = types.append(TypeRecord(.named, a: UInt32(named.count)))
    named.append(NamedInfo(object: object, origin: origin.isNone ? t : origin))
    if objects[object].type.isNone { objects[object].type = t }
    return t
  }

  /// A new type parameter for `object`, whose type it becomes.
  func typeParamType(_ object: ObjectID, bound: TypeID) -> TypeID {
    let t = types.append(TypeRecord(.typeParam, a: UInt32(typeParams.count)))
    let id = UInt32(typeParams.count)
    typeParams.append(TypeParamInfo(object: object, bound: bound, id: id))
    if objects[object].type.isNone { objects[object].type = t }
    return t
  }

  func aliasType(_ object: ObjectID, rhs: TypeID, origin: TypeID = .none) -> TypeID {
    let t = types.append(TypeRecord(.alias, a: UInt32(aliases.count)))
    var info = AliasInfo(object: object, origin: origin.isNone ? t : origin)
    info.rhs = rhs
    aliases.append(info)
    if objects[object].type.isNone { objects[object].type = t }
    return t
  }

  // MARK: Making objects

  func object(
    _ kind: ObjectKind, _ name: NameID, _ pos: Pos, _ type: TypeID, _ package: PackageID,
    _ flags: ObjectFlags = []
  ) -> ObjectID {
    var o = ObjectRecord(
      kind: kind, flags: flags, name: name, pos: pos, type: type, package: package)
    if isExported(name) { o.flags.insert(.exported) }
    return objects.append(o)
  }

  /// A variable: `flags` says which kind.
  public func variable(
    _ name: NameID, _ pos: Pos, _ type: TypeID, _ package: PackageID, _ flags: ObjectFlags = []
  ) -> ObjectID {
    object(.variable, name, pos, type, package, flags)
  }

  public func function(_ name: NameID, _ pos: Pos, _ type: TypeID, _ package: PackageID) -> ObjectID
  {
    object(.function, name, pos, type, package)
  }

  /// Reports whether a name starts with an upper-case letter (Go spec, Exported identifiers).
  public func isExported(_ name: NameID) -> Bool {
    let c = names.firstByte(name)
    if c < 0x80 { return c >= 65 && c <= 90 }
    guard let u = names.string(name).unicodeScalars.first else { return false }
    return u.properties.generalCategory == .uppercaseLetter
  }

  /// Reports whether `o` is what `name` written in `package` means: names match, and so do the
  /// packages unless exported (Go spec, Uniqueness of identifiers).
  public func sameName(_ o: ObjectID, _ package: PackageID, _ name: NameID) -> Bool {
    let r = objects[o]
    return r.name == name && (r.isExported || r.package == package)
  }

  public func text(_ n: NameID) -> String { names.string(n) }
}
