// Selectors and qualified identifiers (Go spec, Selectors, Qualified identifiers, Method values,
// Method expressions).
import Base
import Syntax

extension Checker {
  func selector(_ x: inout Operand, _ n: NodeID, wantType: Bool) {
    let e = tree.selector(n)
    if tree.kind(e.sel) != .name {
      x.mode = .invalid
      x.expr = n
      return
    }
    if tree.kind(e.x) == .name {
      let (_, o) = ts.lookupOutward(env.scope, tree.name(e.x))
      if o.isSome && ts.objects[o].kind == .packageName {
        x.mode = .invalid
        x.type = ts.invalid
        qualified(&x, n, e.x, e.sel, o)
        x.expr = n
        return
      }
    }
    exprOrType(&x, e.x, allowGeneric: false)
    if !select(&x, n, e.x, e.sel, wantType) {
      x.mode = .invalid
      x.type = ts.invalid
    }
    x.expr = n
  }

  /// `p.Name` for an imported package.
  private func qualified(
    _ x: inout Operand, _ n: NodeID, _ ident: NodeID, _ sel: NodeID, _ packageName: ObjectID
  ) {
    record(ident, object: packageName)
    ts.objects[packageName].flags.insert(.used)
    let p = ts.objects[packageName].imported
    let name = tree.name(sel)
    var o = ts.lookup(ts.packages[p].scope, name)
    if o.isSome && config.hidesUnexported && !ts.objects[o].isExported { o = .none }
    if o.isNone {
      if ts.packages[p].isFake || name.isNone { return }
      let other = ts.lookupIgnoringCase(p, name)
      if other.isSome {
        report(sel, .undefinedButHave, .node(n), .name(ts.objects[other].name))
      } else {
        report(sel, .undefinedSelector, .node(n))
      }
      return
    }
    if !ts.objects[o].isExported {
      report(sel, .notExported, .name(name), .name(ts.packages[p].name))
    }
    record(sel, object: o)
    if ts.objects[o].type.isNone { objDecl(o) }
    let r = ts.objects[o]
    switch r.kind {
    case .constant:
      if r.type == ts.invalid { return }
      x.mode = .constant
      x.val = r.constant
    case .typeName: x.mode = .type
    case .variable: x.mode = .variable
    case .function: x.mode = .value
    case .builtin:
      x.mode = .builtin
      x.builtin = Builtin(rawValue: UInt8(truncatingIfNeeded: r.aux)) ?? .append
    default: return
    }
    x.type = r.type
    if r.type == ts.invalid && x.mode != .builtin { x.mode = .invalid }
  }

  /// `x.sel` for an operand or type `x`. False after an error.
  private func select(
    _ x: inout Operand, _ n: NodeID, _ operand: NodeID, _ sel: NodeID, _ wantType: Bool
  ) -> Bool {
    if x.mode == .invalid { return false }
    if x.mode == .builtin {
      report(tree.pos(n), .builtinInSelector, .operand(x))
      return false
    }
    if !isComplete(x.type) { return false }
    if wantType {
      report(sel, .notAType, .node(n))
      return false
    }
    let u = ts.under(x.type)
    if ts.kind(u) == .pointer && !isComplete(ts.elem(u)) { return false }
    let name = tree.name(sel)
    let l = ts.lookupFieldOrMethod(
      x.type, addressable: x.mode == .variable, env.package, name)
    if l.object.isNone {
      selectionError(x, sel, name, l)
      return false
    }
    record(sel, object: l.object)
    if ts.objects[l.object].kind == .variable { return selectField(&x, n, operand, l) }
    return selectMethod(&x, n, operand, l)
  }

  private func selectField(
    _ x: inout Operand, _ n: NodeID, _ operand: NodeID, _ l: Lookup
  ) -> Bool {
    if x.mode == .type {
      report(
        operand, .fieldOfType, .name(ts.objects[l.object].name), .type(x.type))
      return false
    }
    recordSelection(
      n,
      Selection(
        kind: .field, indirect: l.indirect, recv: x.type, object: l.object, path: path(l.path)))
    x.mode = x.mode == .variable || l.indirect ? .variable : .value
    x.type = ts.objects[l.object].type
    return true
  }

  private func selectMethod(
    _ x: inout Operand, _ n: NodeID, _ operand: NodeID, _ l: Lookup
  ) -> Bool {
    let m = l.object
    objDecl(m)
    addDependency(ts.objects[m].origin.isSome ? ts.objects[m].origin : m)
    let t = ts.objects[m].type
    if ts.kind(t) != .signature { return false }
    let kind: Selection.Kind = x.mode == .type ? .methodExpr : .methodValue
    recordSelection(
      n,
      Selection(
        kind: kind, indirect: l.indirect, recv: x.type, object: m, path: path(l.path)))
    if kind == .methodExpr {
      if ts.signature(t).recv.isNone {
        report(n, .methodCycle)
        return false
      }
      x.type = methodExpression(t, x.type)
    } else {
      // A method with a pointer receiver takes the address of a variable.
      if x.mode == .variable && !l.indirect && ts.hasPointerReceiver(m) {
        markAddressTaken(operand)
      }
      x.type = withoutReceiver(t)
    }
    x.mode = .value
    return true
  }

  private func path(_ list: [Int]) -> PoolRange {
    if list.count == 1 && list[0] < Checker.sharedPaths {
      if singlePaths.isEmpty {
        singlePaths = ts.range(
          (0..<Checker.sharedPaths).lazy.map { UInt32($0) }, Checker.sharedPaths)
      }
      return PoolRange(start: singlePaths.start + UInt32(list[0]), count: 1)
    }
    return ts.range(list.lazy.map { UInt32($0) }, list.count)
  }

  /// Paths of one step below this length share their pool entries.
  private static var sharedPaths: Int { 64 }

  /// The type of a method value: its signature without receiver.
  func withoutReceiver(_ t: TypeID) -> TypeID {
    let i = ts.side(t)
    if ts.signatures[i].recv.isNone { return t }
    while bareSignatures.count <= i {
      bareSignatures.append(contentsOf: repeatElement(.none, count: i + 1024))
    }
    if bareSignatures[i].isSome { return bareSignatures[i] }
    var s = ts.signatures[i]
    s.recv = .none
    let b = ts.signatureType(s)
    // A signature that is still being set up must not be copied for good.
    if objectPath.isEmpty { bareSignatures[i] = b }
    return b
  }

  /// The type of a method expression: the receiver becomes the first parameter.
  private func methodExpression(_ t: TypeID, _ recv: TypeID) -> TypeID {
    var s = ts.signature(t)
    let r = ts.objects[s.recv]
    var name = NameID.none
    if ts.memberCount(s.params) > 0 && ts.objects[ts.member(s.params, 0)].name.isSome {
      name = r.name.isSome ? r.name : KnownName.blank
    }
    var params = [ts.variable(name, r.pos, recv, r.package, .param)]
    for i in 0..<ts.memberCount(s.params) { params.append(ts.member(s.params, i)) }
    s.params = ts.tuple(params)
    s.recv = .none
    return ts.signatureType(s)
  }

  // MARK: Errors

  private func selectionError(_ x: Operand, _ sel: NodeID, _ name: NameID, _ l: Lookup) {
    if !ts.isValid(ts.under(x.type)) { return }
    switch l.failure {
    case .ambiguous: report(sel, .ambiguousSelector, .node(x.expr), .name(name))
    case .pointerReceiver:
      if x.mode == .type {
        report(
          sel, .invalidMethodExpression, .type(x.type), .name(name), .type(x.type), .name(name))
      } else {
        report(sel, .cannotCallPointerMethod, .name(name), .type(x.type))
      }
    default:
      let why: String
      if ts.isInterfacePointer(x.type) {
        let base = ts.elem(ts.under(x.type))
        why = format(
          ts.isTypeParam(base) ? .causePointerToTypeParam : .causePointerToInterface,
          [.type(x.type)])
      } else {
        let other = ts.lookupFieldOrMethod(
          x.type, addressable: x.mode == .variable, env.package, name, foldCase: true)
        why = lookupError(x.type, name, other.object, literal: false)
      }
      report(sel, .undefinedFieldOrMethod, .node(x.expr), .name(name), .text(why))
    }
  }

  /// Why `name` is not in `t`, where `other` (or none) has the name in another spelling. `literal`:
  /// for a key of a struct literal.
  func lookupError(_ t: TypeID, _ name: NameID, _ other: ObjectID, literal: Bool) -> String {
    enum Case { case missing, misspelled, unexported, inaccessible }
    var c = Case.missing
    var alternative = NameID.none
    var what = "object"
    if other.isSome {
      let r = ts.objects[other]
      alternative = r.name
      what = r.kind == .variable ? "field" : "method"
      let sameTail = ts.text(name).dropFirst() == ts.text(alternative).dropFirst()
      if r.package == env.package {
        c = .misspelled
      } else if ts.isExported(name) {
        if r.isExported { c = .misspelled } else if sameTail { c = .unexported }
      } else if r.isExported {
        if sameTail { c = .misspelled }
      } else if name == alternative {
        c = .inaccessible
      }
    }
    let n = Arg.name(name)
    let a = Arg.name(alternative)
    let w = Arg.text(what)
    if literal {
      switch c {
      case .missing: return format(.unknownField, [n, .type(t)])
      case .misspelled: return format(.unknownFieldHas, [n, .type(t), a])
      case .unexported: return format(.unknownFieldUnexported, [n, .type(t), a])
      case .inaccessible: return format(.unexportedFieldLiteral, [a, .type(t)])
      }
    }
    switch c {
    case .missing: return format(.causeNoField, [.type(t), n])
    case .misspelled: return format(.causeNoFieldHas, [.type(t), n, w, a])
    case .unexported: return format(.causeNoFieldUnexported, [.type(t), n, w, a])
    case .inaccessible: return format(.causeInaccessible, [w, a])
    }
  }
}

extension TypeStore {
  /// An exported object of package `p` whose name differs from `name` in case only.
  func lookupIgnoringCase(_ p: PackageID, _ name: NameID) -> ObjectID {
    let wanted = text(name).lowercased()
    let found = scopeObjects(packages[p].scope).filter { (o: ObjectID) -> Bool in
      objects[o].isExported && text(objects[o].name).lowercased() == wanted
    }
    return found.min { text(objects[$0].name) < text(objects[$1].name) } ?? .none
  }

  /// Reports whether method `m` is declared with a pointer receiver.
  public func hasPointerReceiver(_ m: ObjectID) -> Bool {
    let t = objects[m].type
    if kind(t) == .signature {
      let recv = signatures[side(t)].recv
      if recv.isSome { return deref(objects[recv].type).isPointer }
    }
    return objects[m].flags.contains(.pointerReceiver)
  }
}
