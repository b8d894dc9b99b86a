// Type expressions (Go spec, Types) and identifiers.
import Base
import Syntax

extension Checker {
  // MARK: Identifiers

  /// Resolves identifier `n`. With `wantType` it has to denote a type.
  func ident(_ x: inout Operand, _ n: NodeID, wantType: Bool) {
    x.mode = .invalid
    x.expr = n
    let name = tree.name(n)
    let (scope, o) = ts.lookupOutward(env.scope, name)
    if o.isNone {
      if name == KnownName.blank {
        report(n, .blankAsValue)
      } else if name.isSome {
        report(n, .undefined, .name(name))
      }
      return
    }
    if o == ts.universe.anyObject || o == ts.universe.comparableObject {
      if !verifyVersion(start(n), 18, .versionPredeclared, .name(name)) { return }
    }
    record(n, object: o)
    let kind = ts.objects[o].kind
    if kind != .typeName && wantType {
      report(n, .notATypeKind, .name(name), .text(objectKind(o)))
      if kind == .variable { ts.objects[o].flags.insert(.used) }
      return
    }
    if ts.objects[o].type.isNone
      || (kind == .typeName && wantType && ts.objects[o].package == env.package)
    {
      objDecl(o)
    }
    let type = ts.objects[o].type
    if !dotImports.isEmpty, let p = dotImports[DotImport(scope: scope, name: name)] {
      ts.objects[p].flags.insert(.used)
    }
    switch kind {
    case .packageName:
      report(n, .packageNotInSelector, .name(name))
      return
    case .constant:
      addDependency(o)
      if type == ts.invalid { return }
      if o == ts.universe.iota {
        if env.iota.isNone {
          report(n, .iotaOutside)
          return
        }
        x.val = env.iota
      } else {
        x.val = ts.objects[o].constant
      }
      x.mode = .constant
    case .typeName: x.mode = .type
    case .variable:
      useVariable(o)
      if !ts.isValid(type) { return }
      x.mode = .variable
    case .function:
      addDependency(o)
      x.mode = .value
    case .builtin:
      x.builtin = Builtin(rawValue: UInt8(truncatingIfNeeded: ts.objects[o].aux)) ?? .append
      x.mode = .builtin
    case .nilValue: x.mode = .nilValue
    case .label, .none: return
    }
    x.type = type
  }

  /// Notes a use of variable `o`: that it is used, on what a package-level one depends, and which
  /// function literals capture a local one.
  private func useVariable(_ o: ObjectID) {
    let r = ts.objects[o]
    if r.package == env.package { ts.objects[o].flags.insert(.used) }
    if r.isPackageLevel {
      addDependency(o)
      return
    }
    let owner = FunctionID(raw: r.decl)
    if owner == env.function || owner.isNone || r.order != 0 { return }
    ts.objects[o].flags.insert(.captured)
    var f = env.function
    while f.isSome && f != owner {
      if ts.functions[f].captures.contains(o) { break }
      ts.functions[f].captures.append(o)
      f = ts.functions[f].parent
    }
  }

  /// The declaration being checked refers to package-level object `o`.
  func addDependency(_ o: ObjectID) {
    if env.decl.isNone || ts.objects[o].order == 0 { return }
    if ts.objects[o].package != env.package { return }
    while dependencyStamp.count <= o.index {
      dependencyStamp.append(contentsOf: repeatElement(0, count: o.index + 1024))
    }
    if dependencyStamp[o.index] == env.decl.raw { return }
    dependencyStamp[o.index] = env.decl.raw
    ts.declarations[env.decl].dependencies.append(o)
  }

  // MARK: Types

  /// The type that expression `n` denotes, invalid after an error. Not generic.
  func typ(_ n: NodeID) -> TypeID { declaredType(n, .none) }

  /// The same, and a type that variables may have: no constraint interface.
  func varType(_ n: NodeID) -> TypeID {
    let t = declaredType(n, .none)
    validVarType(n, t)
    return t
  }

  func validVarType(_ n: NodeID, _ t: TypeID) {
    // Basic types and literals other than interfaces need no look at their type set.
    switch ts.kind(t) {
    case .basic, .pointer, .slice, .array, .map, .chan, .struct, .signature, .typeParam: return
    case .named:
      // A type that has its underlying type already can be judged at once.
      let u = ts.named[ts.side(t)].underlying
      if u.isSome && ts.kind(u) != .interface { return }
    default: break
    }
    if ts.isTypeParam(t) { return }
    later { [unowned self] () -> Void in
      let u = self.ts.under(t)
      if self.ts.kind(u) != .interface { return }
      let pos = self.start(n)
      self.computeTypeSet(pos, u)
      let set = self.ts.typeSet(of: u)
      if set.isMethodSet { return }
      self.reportSoft(
        pos, set.isComparable ? .constraintComparable : .constraintTypes, .type(t))
    }
  }

  /// The type of `n`. `def` is the type name that `n` is the right-hand side of, or none.
  func declaredType(_ n: NodeID, _ def: ObjectID) -> TypeID {
    var t = typInternal(n, def)
    if ts.isGeneric(t) {
      report(n, .genericWithoutInstantiation, .type(t))
      t = ts.invalid
    }
    recordType(n, .type, t)
    return t
  }

  /// A generic type; `cause` says why not.
  func genericType(_ n: NodeID, _ cause: inout String?) -> TypeID {
    var t = typInternal(n, .none)
    if ts.isValid(t) && !ts.isGeneric(t) {
      cause = format(.notGeneric, [.type(t)])
      t = ts.invalid
    }
    recordType(n, .type, t)
    return t
  }

  private func typInternal(_ n: NodeID, _ def: ObjectID) -> TypeID {
    depth += 1
    defer { depth -= 1 }
    if depth > Checker.maxDepth {
      report(n, .tooDeep)
      return ts.invalid
    }
    switch tree.kind(n) {
    case .bad, .absent: return ts.invalid
    case .name:
      var x = Operand()
      ident(&x, n, wantType: true)
      return typeOperand(x)
    case .selector:
      var x = Operand()
      selector(&x, n, wantType: true)
      return typeOperand(x)
    case .index:
      _ = verifyVersion(start(n), 18, .versionInstantiation)
      let i = tree.index(n)
      return instantiatedType(i.x, tree.unpack(i.index))
    case .paren: return declaredType(tree.paren(n), def)
    case .arrayType:
      let a = tree.arrayType(n)
      var length: Int64 = -1
      if a.length.isSome {
        length = arrayLength(a.length)
      } else {
        report(n, .dotDotDotArray)
      }
      let elem = varType(a.elem)
      if length < 0 { return ts.invalid }
      let t = ts.array(elem, length)
      noteSize(n, t)
      return t
    case .sliceType: return ts.slice(varType(tree.elem(n)))
    case .dotsType:
      report(n, .invalidDots)
      return ts.invalid
    case .structType: return structType(n)
    case .unary where tree.op(n) == .mul:
      let base = varType(tree.unary(n).x)
      return ts.isValid(base) ? ts.pointer(base) : ts.invalid
    case .funcType:
      let t = ts.signatureType(SignatureInfo())
      funcType(t, .none, NodeList(start: 0, count: 0), n)
      return t
    case .interfaceType: return interfaceType(n, def)
    case .mapType: return mapType(n)
    case .chanType:
      let c = tree.chanType(n)
      let dir: ChanDir = c.dir == .sendOnly ? .send : (c.dir == .recvOnly ? .receive : .both)
      let t = ts.chan(dir, varType(c.elem))
      noteSize(n, t)
      return t
    default:
      report(n, .notAType, .node(n))
      use(n)
      return ts.invalid
    }
  }

  private func typeOperand(_ x: Operand) -> TypeID {
    switch x.mode {
    case .type: return x.type
    case .invalid: break
    case .noValue: report(x, .usedAsType, .operand(x))
    default: report(x, .notAType, .operand(x))
    }
    return ts.invalid
  }

  private func mapType(_ n: NodeID) -> TypeID {
    let m = tree.mapType(n)
    let key = varType(m.key)
    let elem = varType(m.elem)
    if ts.kind(key) != .basic {
      later { [unowned self] () -> Void in
        if self.ts.isComparable(key) { return }
        let why = self.ts.isTypeParam(key) ? " (missing comparable constraint)" : ""
        self.report(m.key, .invalidMapKey, .type(key), .text(why))
      }
    }
    return ts.map(key, elem)
  }

  /// The length of an array type, negative after an error.
  func arrayLength(_ n: NodeID) -> Int64 {
    if tree.kind(n) == .name {
      let name = tree.name(n)
      let (_, o) = ts.lookupOutward(env.scope, name)
      if o.isNone {
        report(n, .undefinedArrayLength, .name(name))
        return -1
      }
      if ts.objects[o].kind != .constant {
        report(n, .invalidArrayLength, .name(name))
        return -1
      }
    }
    var x = Operand()
    expr(nil, &x, n)
    if x.mode != .constant {
      if x.isValid { report(x, .arrayLengthNotConstant, .operand(x)) }
      return -1
    }
    if ts.isUntyped(x.type) || ts.isInteger(x.type) {
      if case .int(let i) = ts.constants[x.val].toInt(), i >= 0 { return i }
    }
    report(
      x, ts.isInteger(x.type) ? .invalidArrayLength : .arrayLengthNotInteger, .operand(x))
    return -1
  }

  /// Types of a list of type arguments; nil if one is invalid.
  func typeList(_ list: ExprList) -> [TypeID]? {
    var result: [TypeID]? = []
    for i in list.indices {
      let t = varType(tree[list, i])
      if ts.isValid(t) { result?.append(t) } else { result = nil }
    }
    return result
  }

  private func instantiatedType(_ x: NodeID, _ list: ExprList) -> TypeID {
    var cause: String? = nil
    let generic = genericType(x, &cause)
    if let c = cause {
      var args: [String] = []
      for i in list.indices { args.append(exprString(tree[list, i])) }
      report(
        x, .notAGenericType, .node(x), .text("[" + args.joined(separator: ", ") + "]"), .text(c))
    }
    // An alias that was refused stays generic, which is complained about at each use.
    if !ts.isValid(generic) { return generic }
    guard let args = typeList(list) else { return ts.invalid }
    let pos = tree.pos(x)
    let t = ts.instance(of: generic, args, at: pos)
    recordInstance(x, args, t)
    var nodes: [NodeID] = []
    for i in list.indices { nodes.append(tree[list, i]) }
    // The parameters of the generic type may not be known yet.
    later { [unowned self] () -> Void in
      let params = self.ts.typeList(self.ts.typeParams(of: generic))
      if self.validateArgumentCount(
        pos, generic, name: self.nameOf(generic), wanted: params.count, got: args.count)
      {
        self.verifyInstance(pos, params, args, nodes, self.env.minor)
      }
    }
    return t
  }

  private func nameOf(_ t: TypeID) -> Arg {
    switch ts.kind(t) {
    case .named: .name(ts.objects[ts.namedInfo(t).object].name)
    case .alias: .name(ts.objects[ts.aliasInfo(t).object].name)
    default: .type(t)
    }
  }

  // MARK: Structs

  private func structType(_ n: NodeID) -> TypeID {
    let s = tree.structType(n)
    var fields: [ObjectID] = []
    var tags: [NameID] = []
    var type = TypeID.none
    var previous = NodeID.none
    fields.reserveCapacity(Int(s.fields.count))
    var names = FieldNames()
    for i in s.fields.indices {
      let node = tree[s.fields, i]
      let f = tree.field(node)
      if i == 0 || f.type != previous {
        type = varType(f.type)
        previous = f.type
      }
      let tag = fieldTag(tree[s.tags, i])
      var name = f.name
      let embedded = name.isNone
      if embedded {
        name = embeddedName(f.type)
        if name.isNone {
          report(f.type, .invalidEmbedded, .node(f.type))
          continue
        }
        checkEmbedded(type, start(f.type))
      }
      if tree.kind(name) != .name { continue }
      let id = tree.name(name)
      let o = ts.variable(
        id, tree.pos(name), type, env.package, embedded ? [.field, .embedded] : .field)
      if id != KnownName.blank, let other = names.add(id, o, fields, ts) {
        var e = ErrorReport(parts: [(tree.pos(name), format(.redeclaredField, [.name(id)]))])
        addOther(&e, other)
        emit(e)
        continue
      }
      if tag.isSome && tags.isEmpty { tags = Array(repeating: .none, count: fields.count) }
      fields.append(o)
      if !tags.isEmpty || tag.isSome { tags.append(tag) }
      // An embedded field's name node is a use of the type as well; the field hangs on the
      // `field` node.
      record(embedded ? node : name, object: o)
    }
    return ts.structType(fields, tags: tags)
  }

  /// Finds duplicate field names: by comparison for few fields, by table for many.
  private struct FieldNames {
    private var table: [NameID: ObjectID] = [:]
    mutating func add(_ n: NameID, _ o: ObjectID, _ list: [ObjectID], _ ts: TypeStore) -> ObjectID?
    {
      if list.count < 16 { return list.first { ts.objects[$0].name == n } }
      if table.isEmpty { for f in list { table[ts.objects[f].name] = f } }
      if let other = table[n] { return other }
      table[n] = o
      return nil
    }
  }

  private func fieldTag(_ n: NodeID) -> NameID {
    if n.isNone || tree.kind(n) != .literal { return .none }
    let l = tree.literal(n)
    if l.isBad { return .none }
    if l.kind == .string, let bytes = ts.names.withBytes(l.text, { ConstValue.unquote($0) }) {
      return ts.names.intern(bytes)
    }
    let text = ts.names.withBytes(l.text) { ConstValue.quote(Array($0)) }
    report(n, .incorrectTag, .text(text))
    return .none
  }

  /// The name node under which an embedded type is accessible, none if the form is wrong.
  func embeddedName(_ n: NodeID) -> NodeID {
    switch tree.kind(n) {
    case .name: return n
    case .unary:
      if tree.op(n) != .mul { return .none }
      let base = tree.unary(n).x
      if tree.kind(base) == .unary && tree.op(base) == .mul { return .none }
      return embeddedName(base)
    case .selector: return tree.selector(n).sel
    case .index: return embeddedName(tree.index(n).x)
    default: return .none
    }
  }

  private func checkEmbedded(_ type: TypeID, _ pos: Pos) {
    later { [unowned self] () -> Void in
      let (t, isPointer) = self.ts.deref(type)
      let u = self.ts.under(t)
      switch self.ts.kind(u) {
      case .basic:
        if self.ts.basicKind(u) == .unsafePointer { self.report(pos, .embeddedUnsafePointer) }
      case .pointer: self.report(pos, .embeddedPointer)
      case .interface:
        if self.ts.isTypeParam(t) {
          self.report(pos, .embeddedTypeParameter)
        } else if isPointer {
          self.report(pos, .embeddedPointerToInterface)
        }
      default: break
      }
    }
  }

  // MARK: Interfaces and unions

  private func interfaceType(_ n: NodeID, _ def: ObjectID) -> TypeID {
    var info = InterfaceInfo()
    info.pos = tree.pos(n)
    let t = ts.interfaceType(info)
    let index = ts.side(t)
    let list = tree.interfaceType(n).methods
    var methods: [ObjectID] = []
    for i in list.indices {
      let f = tree.field(tree[list, i])
      if f.name.isNone {
        let e = parseUnion(f.type)
        ts.interfaces[index].embeddeds.append(e)
        ts.interfaces[index].embedPositions.append(start(f.type))
        continue
      }
      let name = tree.name(f.name)
      if name == KnownName.blank {
        report(f.name, .blankMethod)
        continue
      }
      let s = typ(f.type)
      if ts.kind(s) != .signature { continue }
      // The named type as receiver makes for better messages.
      var recv = t
      if def.isSome && ts.objects[def].type.isSome {
        let named = ts.asNamed(ts.objects[def].type)
        if named.isSome { recv = named }
      }
      ts.signatures[ts.side(s)].recv = ts.variable(
        .none, tree.pos(f.name), recv, env.package, .receiver)
      let m = ts.function(name, tree.pos(f.name), s, env.package)
      record(f.name, object: m)
      methods.append(m)
    }
    ts.interfaces[index].methods = methods
    ts.interfaces[index].complete = true
    if methods.isEmpty && ts.interfaces[index].embeddeds.isEmpty { return t }
    if methods.count > 1 { ts.sortMethods(&ts.interfaces[index].methods) }
    let pos = tree.pos(n)
    later { [unowned self] () -> Void in self.computeTypeSet(pos, t) }
    return t
  }

  /// An embedded element: a type, `~T`, or a union of these.
  func parseUnion(_ n: NodeID) -> TypeID {
    var binaries: [NodeID] = []
    var nodes: [NodeID] = []
    var x = n
    while tree.kind(x) == .binary && tree.op(x) == .or {
      binaries.append(x)
      nodes.append(tree.binary(x).y)
      x = tree.binary(x).x
    }
    nodes.append(x)
    nodes.reverse()
    binaries.reverse()
    var terms: [(tilde: Bool, type: TypeID)] = []
    var tooMany = false
    for i in nodes.indices {
      let term = parseTilde(nodes[i])
      if nodes.count == 1 && !term.tilde { return term.type }
      if terms.count >= maxUnionTerms {
        if !tooMany { report(nodes[i], .tooManyTerms, .int(maxUnionTerms)) }
        tooMany = true
      } else {
        terms.append(term)
      }
    }
    let u = tooMany ? ts.invalid : ts.union(terms)
    for b in binaries { recordType(b, .type, u) }
    if tooMany { return u }
    later { [unowned self] () -> Void in self.checkTerms(nodes, terms) }
    return u
  }

  private func parseTilde(_ n: NodeID) -> (tilde: Bool, type: TypeID) {
    var x = n
    let tilde = tree.kind(n) == .unary && tree.op(n) == .tilde
    if tilde { x = tree.unary(n).x }
    var t = typ(x)
    if ts.isTypeParam(t) {
      if tilde {
        report(x, .tildeTypeParameter, .node(n))
      } else {
        report(x, .termTypeParameter)
      }
      t = ts.invalid
    }
    if tilde { recordType(n, .type, ts.union([(true, t)])) }
    return (tilde, t)
  }

  /// A term with package paths written out, as gc does in these messages.
  private func termText(_ t: (tilde: Bool, type: TypeID)) -> Arg {
    .text((t.tilde ? "~" : "") + ts.typeString(t.type))
  }

  private func checkTerms(_ nodes: [NodeID], _ terms: [(tilde: Bool, type: TypeID)]) {
    for i in terms.indices {
      let t = terms[i]
      if !ts.isValid(t.type) { continue }
      let u = ts.under(t.type)
      let isInterface = ts.kind(u) == .interface
      if t.tilde {
        if isInterface {
          report(nodes[i], .tildeInterface, .type(t.type))
          continue
        }
        if !ts.identical(u, t.type) {
          report(nodes[i], .tildeNotUnderlying, .type(t.type), .type(u))
          continue
        }
      }
      if isInterface {
        let set = ts.typeSet(of: u)
        if !set.methods.isEmpty {
          report(nodes[i], .unionMethods, termText(t), termText(t))
        } else if ts.unalias(t.type) == ts.universe.comparable {
          report(nodes[i], .unionComparable)
        } else if set.isComparable {
          report(nodes[i], .unionEmbedsComparable, termText(t), termText(t))
        }
        continue
      }
      for j in 0..<i where !ts.isInterface(terms[j].type) {
        let a = TypeTerm(terms[j].type, tilde: terms[j].tilde)
        if !ts.disjoint(a, TypeTerm(t.type, tilde: t.tilde)) {
          reportSoft(start(nodes[i]), .overlappingTerms, termText(t), termText(terms[j]))
          break
        }
      }
    }
  }
}
