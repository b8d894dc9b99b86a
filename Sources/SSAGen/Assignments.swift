import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  func assignStmt(_ n: NodeID) throws {
    let a = tree.assign(n)
    switch a.op {
    case .none, .def: try plainAssign(a.lhs, a.rhs, isDefinition: a.op == .def)
    default: try opAssign(a)
    }
  }

  /// `x op= y`, `x++`, `x--`.
  private func opAssign(_ a: SyntaxTree.Assign) throws {
    try inOrder([Ordered(a.lhs), Ordered(a.rhs)]) { try opAssignOrdered(a) }
  }

  private func opAssignOrdered(_ a: SyntaxTree.Assign) throws {
    let t = type(a.lhs)
    var p = try place(a.lhs)
    let y: Val?
    if a.rhs.isNone {
      y = nil
    } else if a.op.isShift {
      y = stable(try shiftCount(a.rhs))
    } else {
      y = stable(try expr(a.rhs, to: t))
    }
    if p.kind == .memory {
      // The operand and the assignment share one address.
      p.address = finish(p)
      p.index = .none
      p.needsNilCheck = false
    } else if p.kind == .mapElement && a.op != .div && a.op != .rem {
      // So do those of a map's element, which is made first as gc does it: a shift that panics
      // leaves it behind. A division that panics must not.
      p.address = try mapAssign(p.map, p.key)
      p.kind = .memory
    }
    let x = try load(p)
    let r: Val
    if let y {
      r = try binary(a.op, x, y, t)
    } else {
      r = try binary(a.op, x, one(t), t)
    }
    try store(r, p)
  }

  /// The number 1 of a numeric type.
  private func one(_ t: TypeID) -> Val {
    let s = scalar(t)
    let v = s.isFloat ? constFloat(s, 1) : const(s, 1)
    return isComplex(t) ? Val(t, v, constFloat(s, 0)) : Val(t, v)
  }

  func plainAssign(_ lhs: NodeID, _ rhs: NodeID, isDefinition: Bool) throws {
    let l = tree.unpack(lhs)
    let r = tree.unpack(rhs)
    if l.count == 1 && r.count == 1, let n = selfAppend(tree[l, 0], tree[r, 0]) {
      return try appendInPlace(tree[l, 0], n)
    }
    var list = l.indices.map { tree[l, $0] }.filter { !isPlainName($0) }.map { Ordered($0) }
    if l.count != r.count {
      // The left side is read last, after the call or the other expression of several values.
      try inOrder(list + [Ordered(tree[r, 0])]) {
        try assignTuple(l, tree[r, 0], isDefinition: isDefinition)
      }
      return
    }
    list += r.indices.map { Ordered(tree[r, $0]) }
    try inOrder(list) {
      if l.count == 1 {
        try assignOne(tree[l, 0], tree[r, 0], isDefinition: isDefinition)
      } else {
        try assignParallel(l, r, isDefinition: isDefinition)
      }
    }
  }

  /// A variable on the left side, of which nothing is read.
  private func isPlainName(_ n: NodeID) -> Bool { tree.kind(tree.unparen(n)) == .name }

  /// The variable that name node `n` declares, if it is a new one.
  func newVariable(_ n: NodeID, _ isDefinition: Bool) -> ObjectID? {
    guard isDefinition, tree.kind(n) == .name else { return nil }
    let o = info.object(n)
    if o.isNone || tree.name(n) == KnownName.blank { return nil }
    return ts.objects[o].pos == tree.pos(n) ? o : nil
  }

  func isBlank(_ n: NodeID) -> Bool {
    let m = tree.unparen(n)
    return tree.kind(m) == .name && tree.name(m) == KnownName.blank
  }

  private func assignOne(_ l: NodeID, _ r: NodeID, isDefinition: Bool) throws {
    if let o = newVariable(l, isDefinition) {
      try declare(o, concrete(ts.objects[o].type), from: r)
      return
    }
    if isBlank(l) {
      try discard(r)
      return
    }
    let p = try place(l)
    if p.kind == .memory && !layout(p.type).isSSA && isConstantLiteral(r, p.type) {
      // Nothing that is evaluated can see the variable: no copy elsewhere first.
      try compositeLit(tree.unparen(r), into: finish(p), isZero: false)
      return
    }
    let v = try expr(r, to: p.type)
    // Two arrays behind pointers (made from slices) may overlap.
    let mayOverlap =
      v.form == .memory && kind(p.type) == .array && isDereference(l) && isDereference(r)
    try store(mayOverlap ? stable(v) : v, p)
  }

  /// Whether `node` is a literal of array or struct type `t` with nothing but constants in it.
  private func isConstantLiteral(_ node: NodeID, _ t: TypeID) -> Bool {
    let n = tree.unparen(node)
    guard tree.kind(n) == .compositeLit, type(n) == t else { return false }
    let k = kind(t)
    if k != .struct && k != .array { return false }
    for e in tree.each(tree.compositeLit(n).elements) {
      let x = tree.kind(e) == .keyValue ? tree.keyValue(e).value : e
      if info.constants[x.index].isSome || info.mode(tree.unparen(x)) == .nilValue { continue }
      if !isConstantLiteral(x, type(tree.unparen(x))) { return false }
    }
    return true
  }

  private func isDereference(_ n: NodeID) -> Bool {
    let m = tree.unparen(n)
    return tree.kind(m) == .unary && tree.op(m) == .mul
  }

  /// Declares `o` with the value of expression `r`.
  func declare(_ o: ObjectID, _ t: TypeID, from r: NodeID) throws {
    if needsMemory(o, t) {
      // The new variable is not in scope in its own initialiser.
      let v = layout(t).isSSA ? try expr(r, to: t) : nil
      if let v {
        declare(o, t, v)
      } else {
        var a = Address(allocate(t, .variable, name: ts.objects[o].name), 0, isSafe: true)
        try expr(r, to: t, into: a)
        a.noBarrier = false
        declareAt(o, t, a)
      }
    } else {
      declare(o, t, try expr(r, to: t))
    }
  }

  /// Evaluates for side effects and panics only.
  func discard(_ n: NodeID) throws {
    if info.constants[n.index].isSome { return }
    let t = info.types[n.index]
    if t.isSome && ts.basicKind(t) == .untypedNil { return }
    let v = try expr(n)
    if v.form == .memory { nilCheck(v.c0) }
  }

  /// `a, b = x, y`: operands of the left side, then values, then assignments from left to right.
  private func assignParallel(_ l: ExprList, _ r: ExprList, isDefinition: Bool) throws {
    var places: [Place?] = []
    for i in l.indices {
      let n = tree[l, i]
      places.append(newVariable(n, isDefinition) == nil && !isBlank(n) ? try place(n) : nil)
    }
    var values: [Val] = []
    for i in r.indices {
      let n = tree[l, i]
      let target: TypeID
      if let p = places[i] {
        target = p.type
      } else if let o = newVariable(n, isDefinition) {
        target = concrete(ts.objects[o].type)
      } else {
        target = defaultType(tree[r, i])
      }
      values.append(stable(try expr(tree[r, i], to: target)))
    }
    for i in l.indices {
      if let p = places[i] {
        try store(values[i], p)
      } else if let o = newVariable(tree[l, i], isDefinition) {
        declare(o, values[i].type, values[i])
      }
    }
  }

  /// The type that an expression has when nothing else asks for one.
  func defaultType(_ n: NodeID) -> TypeID {
    let t = type(n)
    guard let k = ts.basicKind(t) else { return t }
    switch k {
    case .untypedBool: return pb.types.bool
    case .untypedInt: return pb.types.int
    case .untypedRune: return pb.types.int32
    case .untypedFloat: return pb.types.float64
    case .untypedComplex: return pb.types.complex128
    case .untypedString: return pb.types.string
    case .untypedNil: return pb.types.unsafePointer
    default: return t
    }
  }

  /// `a, b = f()` and the comma-ok forms.
  private func assignTuple(_ l: ExprList, _ r: NodeID, isDefinition: Bool) throws {
    let values = try tuple(r, l.count)
    var places: [Place?] = []
    for i in l.indices {
      let n = tree[l, i]
      places.append(newVariable(n, isDefinition) == nil && !isBlank(n) ? try place(n) : nil)
    }
    for i in l.indices {
      if let p = places[i] {
        try store(try convert(values[i], to: p.type), p)
      } else if let o = newVariable(tree[l, i], isDefinition) {
        let t = concrete(ts.objects[o].type)
        declare(o, t, try convert(values[i], to: t))
      }
    }
  }

  /// The values of an expression that has several: a call, or a comma-ok form.
  func tuple(_ node: NodeID, _ count: Int) throws -> [Val] {
    let n = tree.unparen(node)
    switch tree.kind(n) {
    case .call: return try callMulti(n)
    case .index:
      let (x, i) = tree.index(n)
      let t = type(x)
      let m = try expr(x)
      let k = try mapKey(i, canon(ts.mapKey(ts.under(t))))
      let (v, ok) = try mapLoadOK(m, k)
      return [v, Val(boolType, ok)]
    case .assert:
      let (x, tn) = tree.assertion(n)
      let (v, ok) = try typeAssertOK(try expr(x), type(tn))
      return [v, Val(boolType, ok)]
    case .unary:
      let (v, ok) = try receiveOK(try expr(tree.unary(n).x))
      return [v, Val(boolType, ok)]
    default: throw unimplemented("several values of \(tree.kind(n))")
    }
  }

  func varDecl(_ n: NodeID) throws {
    let d = tree.valueDecl(n)
    if d.values.isNone {
      for name in tree.each(d.names) {
        let o = info.object(name)
        if o.isNone || tree.name(name) == KnownName.blank { continue }
        declare(o, concrete(ts.objects[o].type), nil)
      }
      return
    }
    let r = tree.unpack(d.values)
    if r.count == Int(d.names.count) {
      try inOrder(r) { try varDeclParallel(d, r) }
      return
    }
    let values = try tuple(tree[r, 0], Int(d.names.count))
    for i in d.names.indices {
      let name = tree[d.names, i]
      let o = info.object(name)
      if o.isNone || tree.name(name) == KnownName.blank { continue }
      let t = concrete(ts.objects[o].type)
      declare(o, t, try convert(values[i], to: t))
    }
  }

  private func varDeclParallel(_ d: SyntaxTree.ValueDecl, _ r: ExprList) throws {
    if r.count == 1 {
      let name = tree[d.names, 0]
      let o = info.object(name)
      if o.isNone || tree.name(name) == KnownName.blank {
        try discardDeclared(d, tree[r, 0])
      } else {
        try declare(o, concrete(ts.objects[o].type), from: tree[r, 0])
      }
      return
    }
    var values: [Val] = []
    for i in r.indices {
      let o = info.object(tree[d.names, i])
      let t = o.isSome ? concrete(ts.objects[o].type) : defaultType(tree[r, i])
      values.append(stable(try expr(tree[r, i], to: t)))
    }
    for i in d.names.indices {
      let name = tree[d.names, i]
      let o = info.object(name)
      if o.isNone || tree.name(name) == KnownName.blank { continue }
      declare(o, values[i].type, values[i])
    }
  }

  /// `var _ T = x`: the conversion to T may panic or call.
  private func discardDeclared(_ d: SyntaxTree.ValueDecl, _ x: NodeID) throws {
    if d.type.isSome { _ = try expr(x, to: type(d.type)) } else { try discard(x) }
  }
}
