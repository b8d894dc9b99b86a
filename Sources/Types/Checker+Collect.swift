// Collection of a package's declarations: imports, constants, variables, types, functions, and
// methods associated with their receiver types.
import Base
import Syntax

extension Checker {
  private struct FoundMethod {
    var object: ObjectID
    var pointer: Bool
    var base: NameID
  }

  func collectObjects(_ p: PackageID) {
    let scope = ts.packages[p].scope
    var methods: [FoundMethod] = []
    var fileScopes: [ScopeID] = []
    for file in ts.packages[p].files {
      let t = trees[file.index]!
      tree = t
      env.file = file
      env.minor = fileMinor[file.index]
      let fileScope = ts.newScope(scope)
      fileScopes.append(fileScope)
      var group = ConstGroup()
      for i in t.decls.indices {
        let n = t[t.decls, i]
        if t.kind(n) != .constDecl { group = ConstGroup() }
        switch t.kind(n) {
        case .importDecl: collectImport(n, p, fileScope)
        case .constDecl: collectConstants(n, p, fileScope, &group)
        case .varDecl: collectVariables(n, p, fileScope)
        case .typeDecl:
          let d = t.typeDecl(n)
          if d.name.isNone || t.kind(d.name) != .name { break }
          let o = ts.object(.typeName, t.name(d.name), t.pos(d.name), .none, p, .packageLevel)
          let r = newDecl(o, n, p, fileScope)
          declarePackageObject(d.name, o, r)
        case .funcDecl:
          if let m = collectFunction(n, p, fileScope) { methods.append(m) }
        default: break
        }
      }
    }
    for s in fileScopes { checkFileScope(s, scope) }
    for m in methods {
      let (pointer, base) = baseTypeName(m.pointer, m.base, scope)
      if base.isNone { continue }
      if pointer { ts.objects[m.object].flags.insert(.pointerReceiver) }
      methodsOf[base, default: []].append(m.object)
    }
  }

  /// Constant specifications that follow each other in one group share iota and expressions.
  struct ConstGroup {
    var group = 0
    var index = -1
    var last = NodeID.none
    var hasLast = false

    /// Steps to specification `n` of group `g`; `own` if it has a type or values.
    mutating func next(_ n: NodeID, group g: Int, own: Bool) -> (iota: UInt32, inherited: Bool) {
      if index < 0 || g == 0 || g != group {
        index = 0
        group = g
        last = .none
        hasLast = false
      } else {
        index += 1
      }
      if own {
        last = n
        hasLast = true
        return (UInt32(index), false)
      }
      if !hasLast {
        hasLast = true
        return (UInt32(index), false)
      }
      return (UInt32(index), true)
    }
  }

  func newDecl(_ o: ObjectID, _ n: NodeID, _ p: PackageID, _ scope: ScopeID) -> DeclID {
    var r = DeclRecord(file: env.file, package: p, object: o, scope: scope)
    r.node = n
    return ts.declarations.append(r)
  }

  /// Gives a package-level object or method its declaration and place in source order.
  private func register(_ o: ObjectID, _ d: DeclID) {
    ts.objects[o].decl = d.raw
    let p = ts.objects[o].package
    ts.packages[p].objects.append(o)
    ts.objects[o].order = UInt32(ts.packages[p].objects.count)
  }

  private func declarePackageObject(_ ident: NodeID, _ o: ObjectID, _ d: DeclID) {
    let name = ts.objects[o].name
    let p = ts.objects[o].package
    if name == KnownName.`init` {
      report(ident, .cannotDeclareInit)
      return
    }
    if name == KnownName.main && ts.packages[p].name == KnownName.main {
      report(ident, .cannotDeclareMain)
      return
    }
    declare(ts.packages[p].scope, ident, o)
    register(o, d)
  }

  // MARK: Constants and variables

  private func collectConstants(
    _ n: NodeID, _ p: PackageID, _ scope: ScopeID, _ group: inout ConstGroup
  ) {
    let d = tree.valueDecl(n)
    let (iota, inherited) = group.next(n, group: d.group, own: d.type.isSome || d.values.isSome)
    var type = NodeID.none
    var values = ExprList(single: .none, list: NodeList(start: 0, count: 0))
    if group.last.isSome {
      let source = tree.valueDecl(group.last)
      type = source.type
      values = tree.unpack(source.values)
    }
    for i in d.names.indices {
      let ident = tree[d.names, i]
      let o = ts.object(.constant, tree.name(ident), tree.pos(ident), .none, p, .packageLevel)
      let r = newDecl(o, n, p, scope)
      ts.declarations[r].typeExpr = type
      ts.declarations[r].initExpr = i < values.count ? tree[values, i] : .none
      ts.declarations[r].inherited = inherited
      ts.declarations[r].iota = iota
      declarePackageObject(ident, o, r)
    }
    arity(tree.pos(n), d.names, values, constants: true, inherited)
  }

  /// Reports when the numbers of names and values do not match.
  func arity(
    _ pos: Pos, _ names: NodeList, _ values: ExprList, constants: Bool, _ inherited: Bool
  ) {
    let l = Int(names.count)
    let r = values.count
    if l < r {
      let extra = tree[values, l]
      if inherited {
        report(pos, .extraInitAt, .pos(tree.pos(extra)))
      } else {
        report(extra, .extraInit, .node(extra))
      }
    } else if l > r && (constants || r != 1) {
      let name = tree[names, r]
      report(name, .missingInit, .name(tree.name(name)))
    }
  }

  private func collectVariables(_ n: NodeID, _ p: PackageID, _ scope: ScopeID) {
    let d = tree.valueDecl(n)
    let values = tree.unpack(d.values)
    var lhs: [ObjectID] = []
    var shared = DeclID.none
    let isList = d.values.isSome && tree.kind(d.values) == .list
    for i in d.names.indices {
      let ident = tree[d.names, i]
      let o = ts.variable(tree.name(ident), tree.pos(ident), .none, p, .packageLevel)
      lhs.append(o)
      var r = shared
      if r.isNone {
        r = newDecl(o, n, p, scope)
        ts.declarations[r].typeExpr = d.type
        if isList {
          ts.declarations[r].initExpr = i < values.count ? tree[values, i] : .none
        } else {
          ts.declarations[r].initExpr = d.values
          shared = r
        }
      }
      declarePackageObject(ident, o, r)
    }
    if shared.isSome { ts.declarations[shared].lhs = lhs }
    if d.type.isNone || d.values.isSome {
      arity(tree.pos(n), d.names, values, constants: false, false)
    }
  }

  // MARK: Functions and methods

  private func collectFunction(_ n: NodeID, _ p: PackageID, _ scope: ScopeID) -> FoundMethod? {
    let d = tree.funcDecl(n)
    if d.name.isNone || tree.kind(d.name) != .name { return nil }
    let name = tree.name(d.name)
    let o = ts.function(name, tree.pos(d.name), .none, p)
    ts.objects[o].flags.insert(.packageLevel)
    let r = newDecl(o, n, p, scope)
    var found: FoundMethod? = nil
    if d.recv.isNone {
      collectPlainFunction(d, o, name, p)
    } else {
      ts.objects[o].flags.remove(.packageLevel)
      let (pointer, base) = receiverBase(tree.field(d.recv).type)
      if tree.kind(base) == .name && name != KnownName.blank {
        found = FoundMethod(object: o, pointer: pointer, base: tree.name(base))
      }
      if !d.typeParams.isEmpty {
        _ = verifyVersion(start(tree[d.typeParams, 0]), 27, .versionGenericMethod)
      }
      record(d.name, object: o)
    }
    register(o, r)
    return found
  }

  private func collectPlainFunction(
    _ d: SyntaxTree.FuncDecl, _ o: ObjectID, _ name: NameID, _ p: PackageID
  ) {
    let isMain = name == KnownName.main && ts.packages[p].name == KnownName.main
    if name == KnownName.`init` || isMain {
      if !d.typeParams.isEmpty {
        reportSoft(start(tree[d.typeParams, 0]), .noTypeParameters, .name(name))
      }
      let t = tree.funcType(d.type)
      if !t.params.isEmpty || !t.results.isEmpty {
        reportSoft(tree.pos(d.name), .noArgumentsOrResults, .name(name))
      }
    } else if !d.typeParams.isEmpty {
      _ = verifyVersion(start(tree[d.typeParams, 0]), 18, .versionTypeParameter)
    }
    if name == KnownName.`init` {
      ts.objects[o].parent = ts.packages[p].scope
      ts.packages[p].initFunctions.append(o)
      record(d.name, object: o)
      if d.body.isNone { reportSoft(tree.pos(d.name), .missingInitBody) }
    } else {
      declare(ts.packages[p].scope, d.name, o)
    }
  }

  /// Whether a receiver type is a pointer, and its base type expression without type parameters.
  func receiverBase(_ type: NodeID) -> (pointer: Bool, base: NodeID) {
    var base = tree.unparen(type)
    var pointer = false
    if tree.kind(base) == .unary && tree.op(base) == .mul {
      pointer = true
      base = tree.unparen(tree.unary(base).x)
    }
    if tree.kind(base) == .index { base = tree.index(base).x }
    return (pointer, base)
  }

  /// The defined type that a receiver base name denotes, following aliases of this package.
  private func baseTypeName(_ pointer: Bool, _ name: NameID, _ scope: ScopeID) -> (Bool, ObjectID) {
    var pointer = pointer
    var name = name
    var seen: [ObjectID] = []
    while true {
      let o = ts.lookup(scope, name)
      if o.isNone || ts.objects[o].kind != .typeName || seen.contains(o) { break }
      let d = DeclID(raw: ts.objects[o].decl)
      if d.isNone { break }
      let t = trees[ts.declarations[d].file.index]!
      let decl = t.typeDecl(ts.declarations[d].node)
      if !decl.isAlias { return (pointer, o) }
      if !decl.typeParams.isEmpty { break }
      seen.append(o)
      var type = t.unparen(decl.type)
      if t.kind(type) == .unary && t.op(type) == .mul {
        if pointer { break }
        pointer = true
        type = t.unparen(t.unary(type).x)
      }
      if t.kind(type) != .name { break }
      name = t.name(type)
    }
    return (false, .none)
  }

  // MARK: Imports

  private func collectImport(_ n: NodeID, _ p: PackageID, _ fileScope: ScopeID) {
    let d = tree.importDecl(n)
    if d.path.isNone || tree.kind(d.path) != .literal { return }
    let literal = tree.literal(d.path)
    if literal.isBad || literal.kind != .string { return }
    guard let path = importPath(d.path, literal.text) else { return }
    let imported = importPackage(tree.pos(d.path), path, p)
    var name = ts.packages[imported].name
    let isC = path == KnownName.c
    if d.localName.isSome {
      name = tree.name(d.localName)
      if isC {
        report(d.localName, .cannotRenameC)
        return
      }
    }
    if name == KnownName.`init` {
      report(n, .cannotImportAsInit)
      return
    }
    if !ts.packages[p].imports.contains(imported) { ts.packages[p].imports.append(imported) }
    let pos = d.localName.isSome ? tree.pos(d.localName) : tree.pos(n)
    let o = ts.object(.packageName, name, pos, ts.invalid, p)
    ts.objects[o].aux = imported.raw
    if d.localName.isSome { record(d.localName, object: o) } else { record(n, object: o) }
    if ts.packages[imported].isFake { ts.objects[o].flags.insert(.used) }
    imports.append(o)
    if name == KnownName.dot {
      dotImport(d.localName, o, imported, fileScope)
    } else {
      declare(fileScope, .none, o)
    }
  }

  private func dotImport(
    _ at: NodeID, _ packageName: ObjectID, _ imported: PackageID, _ fileScope: ScopeID
  ) {
    for o in ts.scopeObjects(ts.packages[imported].scope) where ts.objects[o].isExported {
      let name = ts.objects[o].name
      let other = ts.lookup(fileScope, name)
      if other.isSome {
        var e = ErrorReport(parts: [(start(at), format(.redeclared, [.name(name)]))])
        addOther(&e, other)
        emit(e)
      } else {
        _ = ts.insert(fileScope, o)
        dotImports[DotImport(scope: fileScope, name: name)] = packageName
      }
    }
  }

  /// The path a literal spells, or nil after reporting what is wrong with it.
  private func importPath(_ n: NodeID, _ text: NameID) -> NameID? {
    let bytes = ts.names.withBytes(text) { ConstValue.unquote($0) }
    guard let path = bytes else {
      report(n, .invalidImportPath, .text("invalid syntax"))
      return nil
    }
    if path.isEmpty {
      report(n, .invalidImportPath, .text("empty string"))
      return nil
    }
    let illegal = Array("!\"#$%&'()*,:;<=>?[\\]^{|}`".utf8)
    for u in String(decoding: path, as: UTF8.self).unicodeScalars {
      let isBad =
        u.value < 0x21 || u.value == 0x7f || u.value == 0xFFFD
        || (u.value < 0x80 && illegal.contains(UInt8(u.value)))
        || (u.value >= 0x80 && !ConstValue.isGraphic(u))
      if isBad {
        report(n, .invalidImportPath, .text("invalid character \(ConstValue.unicodeName(u))"))
        return nil
      }
    }
    return ts.names.intern(path)
  }

  private func importPackage(_ pos: Pos, _ path: NameID, _ p: PackageID) -> PackageID {
    if path == KnownName.unsafe { return ts.universe.unsafe }
    if let q = importsOf[p.index][path] { return q }
    let isFakeC = path == KnownName.c && config.fakeImportC
    if !isFakeC {
      report(pos, .couldNotImport, .name(path), .text("package not found"))
    }
    // A made-up package, so that the rest can be checked; uses of it are not reported.
    let text = ts.text(path)
    let last = text.split(separator: "/").last.map(String.init) ?? text
    var r = PackageRecord(
      path: path, name: isFakeC ? KnownName.c : ts.names.intern(last),
      scope: ts.newScope(ts.universe.scope))
    r.isFake = true
    let q = ts.packages.append(r)
    importsOf.append([:])
    importsOf[p.index][path] = q
    return q
  }

  /// Names of the file block must differ from those of the package block.
  private func checkFileScope(_ fileScope: ScopeID, _ scope: ScopeID) {
    for o in ts.everything(in: fileScope) {
      let other = ts.lookup(scope, ts.objects[o].name)
      if other.isNone { continue }
      var e = ErrorReport()
      let name = Arg.name(ts.objects[o].name)
      if ts.objects[o].kind == .packageName {
        let q = ts.packages[ts.objects[o].imported]
        let text = "package \(ts.text(q.name)) (\"\(ts.text(q.path))\")"
        e.parts.append(
          (ts.objects[other].pos, format(.alreadyImported, [name, .text(text)])))
      } else {
        let q = ts.packages[ts.objects[o].package]
        let text = "package \(ts.text(q.name)) (\"\(ts.text(q.path))\")"
        e.parts.append(
          (ts.objects[other].pos, format(.alreadyDotImported, [name, .text(text)])))
      }
      addOther(&e, o)
      emit(e)
    }
  }

  func unusedImports(_ p: PackageID) {
    for o in imports {
      let r = ts.objects[o]
      if r.package != p || r.name == KnownName.blank || r.flags.contains(.used) { continue }
      let path = ts.text(ts.packages[r.imported].path)
      let last = path.split(separator: "/").last.map(String.init) ?? path
      let name = ts.text(r.name)
      if name == "." || name == last {
        reportSoft(r.pos, .importedNotUsed, .text(path))
      } else {
        reportSoft(r.pos, .importedAsNotUsed, .text(path), .text(name))
      }
    }
  }
}

/// A name that came into a file scope by a dot import.
struct DotImport: Hashable {
  var scope: ScopeID
  var name: NameID
}

extension TypeStore {
  /// All objects of a scope, in order of name id (those of dot imports included).
  func everything(in s: ScopeID) -> [ObjectID] {
    if scopes[s].table == 0 { return scopeObjects(s) }
    let raws = scopeTables[Int(scopes[s].table)].slots.filter { $0 != 0 }
    return raws.map { ObjectID(raw: $0) }.sorted { objects[$0].pos < objects[$1].pos }
  }
}

extension ConstValue {
  static func isGraphic(_ u: Unicode.Scalar) -> Bool {
    switch u.properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  /// `U+0021 '!'`, as Go's %#U writes it.
  static func unicodeName(_ u: Unicode.Scalar) -> String {
    let h = String(u.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - h.count)) + h
    return isGraphic(u) || u == " " ? name + " '\(Character(u))'" : name
  }
}
