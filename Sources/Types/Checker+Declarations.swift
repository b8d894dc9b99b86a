// Declarations of package-level objects, on demand, and of cycles among them.
import Base
import Syntax

extension Checker {
  /// Declares `o` in `scope` and records it for `ident` (which may be absent).
  func declare(_ scope: ScopeID, _ ident: NodeID, _ o: ObjectID) {
    let r = ts.objects[o]
    if r.name != KnownName.blank {
      let other = ts.insert(scope, o)
      if other.isSome {
        var e = ErrorReport(parts: [(r.pos, format(.redeclared, [.name(r.name)]))])
        addOther(&e, other)
        emit(e)
        return
      }
    }
    if ident.isSome { record(ident, object: o) }
  }

  /// Determines the type of a package-level object or method (and the value of a constant), unless
  /// that was done; reports a cycle if that is being done.
  func objDecl(_ o: ObjectID) {
    if ts.objects[o].flags.contains(.onPath) {
      closeCycle(o)
      return
    }
    if ts.objects[o].type.isSome { return }
    let d = DeclID(raw: ts.objects[o].decl)
    if d.isNone || !isDeclared(o) {
      // A local object without type, seen because of an earlier error.
      ts.objects[o].type = ts.invalid
      return
    }
    push(o)
    let saved = env
    let savedTree = tree
    enter(d)
    switch ts.objects[o].kind {
    case .constant:
      env.decl = d
      packageConstant(o, d)
    case .variable:
      env.decl = d
      packageVariable(o, d)
    case .typeName:
      typeDecl(o, ts.declarations[d].node)
      collectMethods(o)
    case .function: funcDecl(o, d)
    default: break
    }
    env = saved
    tree = savedTree
    pop()
  }

  /// A package-level object or method, as opposed to local variables, whose `decl` is a function.
  private func isDeclared(_ o: ObjectID) -> Bool {
    let r = ts.objects[o]
    return r.order != 0
  }

  /// Makes the file of declaration `d` the environment.
  func enter(_ d: DeclID) {
    let r = ts.declarations[d]
    var e = Environment()
    e.package = r.package
    e.file = r.file
    e.scope = r.scope
    e.minor = fileMinor[r.file.index]
    env = e
    tree = trees[r.file.index]
  }

  func push(_ o: ObjectID) {
    ts.objects[o].flags.insert(.onPath)
    objectPath.append(o)
  }

  func pop() {
    let o = objectPath.removeLast()
    ts.objects[o].flags.remove(.onPath)
  }

  private func closeCycle(_ o: ObjectID) {
    switch ts.objects[o].kind {
    case .constant, .variable:
      if !validCycle(o) || ts.objects[o].type.isNone { ts.objects[o].type = ts.invalid }
    case .typeName:
      if !validCycle(o) { ts.objects[o].type = ts.invalid }
    case .function: _ = validCycle(o)
    default: break
    }
  }

  /// Whether the cycle from `o` to itself on the object path is permitted; reports it if not.
  private func validCycle(_ o: ObjectID) -> Bool {
    guard let start = objectPath.lastIndex(of: o) else { return true }
    let cycle = Array(objectPath[start...])
    var values = 0
    var definitions = 0
    for c in cycle {
      let r = ts.objects[c]
      switch r.kind {
      case .constant, .variable: values += 1
      case .typeName:
        // A cycle through a type parameter list is fine (go.dev/issue/68162).
        if env.inTypeParamList && r.type.isSome && ts.isGeneric(r.type) { return true }
        if !ts.isAliasName(c) { definitions += 1 }
      default: break
      }
    }
    // Cycles of values alone are found again as initialisation cycles.
    if values == cycle.count { return true }
    if values == 0 && definitions > 0 { return true }
    cycleError(cycle, firstInSource(cycle))
    return false
  }

  func firstInSource(_ list: [ObjectID]) -> Int {
    var first = 0
    for i in list.indices where ts.objects[list[i]].pos < ts.objects[list[first]].pos { first = i }
    return first
  }

  /// Reports the declaration cycle that starts with `cycle[start]`.
  func cycleError(_ cycle: [ObjectID], _ start: Int) {
    func name(_ o: ObjectID) -> String {
      let r = ts.objects[o]
      if r.type.isSome && ts.isNamedInstance(r.type) { return typeString(r.type) }
      return writer().prefix(r.package) + ts.text(r.name)
    }
    let names = cycle.map { name($0) }
    let o = cycle[start]
    let r = ts.objects[o]
    let isType = r.kind == .typeName
    if isType && ts.kind(r.type) == .alias {
      ts.aliases[ts.side(r.type)].rhs = ts.invalid
      ts.aliases[ts.side(r.type)].actual = ts.invalid
    }
    let first = Arg.text(names[start])
    if cycle.count == 1 {
      report(r.pos, isType ? .recursiveTypeSelf : .declCycleSelf, first)
      return
    }
    var e = ErrorReport()
    e.parts.append((r.pos, format(isType ? .recursiveType : .declCycle, [first])))
    var i = start
    for k in cycle.indices {
      let j = (start + k + 1) % cycle.count
      e.parts.append(
        (ts.objects[cycle[i]].pos, format(.refersTo, [.text(names[i]), .text(names[j])])))
      i = j
    }
    emit(e)
  }

  /// Finds type declarations that are nothing but names of each other, and makes them invalid
  /// before any underlying type is asked for.
  func directCycles(_ p: PackageID) {
    // 0 not seen, 1 + index on the current path, or done.
    let done = Int.max
    var state: [ObjectID: Int] = [:]
    let scope = ts.packages[p].scope
    for first in ts.packages[p].objects where ts.objects[first].kind == .typeName {
      var path: [ObjectID] = []
      var o = first
      while true {
        if let s = state[o] {
          if s != done {
            ts.objects[o].type = ts.invalid
            let cycle = Array(path[s...])
            env.package = p
            cycleError(cycle, firstInSource(cycle))
          }
          break
        }
        state[o] = path.count
        path.append(o)
        let d = DeclID(raw: ts.objects[o].decl)
        if d.isNone { break }
        let t = trees[ts.declarations[d].file.index]!
        let rhs = t.typeDecl(ts.declarations[d].node).type
        if t.kind(rhs) != .name { break }
        let next = ts.lookup(scope, t.name(rhs))
        if next.isNone || ts.objects[next].kind != .typeName { break }
        o = next
      }
      for q in path { state[q] = done }
    }
  }

  /// Whether `t` is declared far enough to have an underlying type; reports a cycle if not.
  func isComplete(_ t: TypeID) -> Bool {
    var t = t
    while true {
      var o = ObjectID.none
      var rhs = TypeID.none
      switch ts.kind(t) {
      case .alias:
        let a = ts.aliasInfo(t)
        (o, rhs) = (a.object, a.rhs)
      case .named:
        let n = ts.namedInfo(t)
        (o, rhs) = (n.object, n.rhs)
        if n.origin != t { return true }
      default: return true
      }
      if ts.objects[o].flags.contains(.onPath), let i = objectPath.lastIndex(of: o) {
        let cycle = Array(objectPath[i...])
        cycleError(cycle, firstInSource(cycle))
        return false
      }
      if rhs.isNone { return true }
      t = rhs
    }
  }

  /// Declares all objects of a package: types that are no aliases first, then aliases, then the
  /// rest, so that a type is known where an alias is needed.
  func packageObjects(_ p: PackageID) {
    let list = ts.packages[p].objects
    var aliases: [ObjectID] = []
    var others: [ObjectID] = []
    for o in list {
      if ts.objects[o].kind != .typeName {
        others.append(o)
        continue
      }
      let d = ts.declarations[DeclID(raw: ts.objects[o].decl)]
      if trees[d.file.index]!.typeDecl(d.node).isAlias { aliases.append(o) } else { objDecl(o) }
    }
    for o in aliases { objDecl(o) }
    for o in others { objDecl(o) }
  }

  // MARK: Constants and variables

  private func packageConstant(_ o: ObjectID, _ d: DeclID) {
    let r = ts.declarations[d]
    let iota = ts.constants.add(int: Int64(r.iota))
    constDecl(o, r.typeExpr, r.initExpr, inherited: r.inherited, iota: iota)
  }

  func constDecl(
    _ o: ObjectID, _ type: NodeID, _ initExpr: NodeID, inherited: Bool, iota: ConstID
  ) {
    let savedIota = env.iota
    let savedPos = env.errorPos
    env.iota = iota
    env.errorPos = .none
    defer {
      env.iota = savedIota
      env.errorPos = savedPos
    }
    ts.objects[o].aux = ConstTable.unknown.raw
    if type.isSome {
      let t = typ(type)
      if !ts.isConstType(t) {
        if ts.isValid(ts.under(t)) { report(type, .invalidConstantType, .type(t)) }
        ts.objects[o].type = ts.invalid
        return
      }
      ts.objects[o].type = t
    }
    var x = Operand()
    if initExpr.isSome {
      if inherited { env.errorPos = ts.objects[o].pos }
      expr(nil, &x, initExpr)
    }
    initConst(o, &x)
  }

  private func packageVariable(_ o: ObjectID, _ d: DeclID) {
    let r = ts.declarations[d]
    // With a declared type the initialiser can wait.
    if r.typeExpr.isSome && r.initExpr.isSome && ts.packages[r.package].isLazy {
      let t = varType(r.typeExpr)
      if r.lhs.isEmpty {
        ts.objects[o].type = t
      } else {
        for v in r.lhs { ts.objects[v].type = t }
      }
      return
    }
    ts.declarations[d].body = .active
    varDecl(o, r.lhs, r.typeExpr, r.initExpr)
    ts.declarations[d].body = .done
  }

  /// Checks the initialiser of a variable that has its declared type already.
  func initializeLater(_ o: ObjectID, _ d: DeclID) {
    let r = ts.declarations[d]
    if r.initExpr.isNone { return }
    ts.declarations[d].body = .active
    let saved = env
    let savedTree = tree
    enter(d)
    env.decl = d
    initialize(o, r.lhs, r.initExpr)
    env = saved
    tree = savedTree
    ts.declarations[d].body = .done
  }

  /// `lhs` lists all variables of one declaration with a single initialiser; otherwise empty.
  func varDecl(_ o: ObjectID, _ lhs: [ObjectID], _ type: NodeID, _ initExpr: NodeID) {
    if type.isSome { ts.objects[o].type = varType(type) }
    if initExpr.isNone {
      if type.isNone { ts.objects[o].type = ts.invalid }
      return
    }
    // All variables share the declared type, if there is one.
    if lhs.count > 1 && type.isSome {
      for v in lhs { ts.objects[v].type = ts.objects[o].type }
    }
    initialize(o, lhs, initExpr)
  }

  private func initialize(_ o: ObjectID, _ lhs: [ObjectID], _ initExpr: NodeID) {
    if lhs.count <= 1 {
      var x = Operand()
      expr(target(ts.objects[o].type, .name(ts.objects[o].name)), &x, initExpr)
      initVar(o, &x, .variableDeclaration)
      return
    }
    initVars(lhs, ExprList(single: initExpr, list: NodeList(start: 0, count: 1)), .none)
  }

  // MARK: Functions

  private func funcDecl(_ o: ObjectID, _ d: DeclID) {
    let t = ts.signatureType(SignatureInfo())
    ts.objects[o].type = t
    let f = tree.funcDecl(ts.declarations[d].node)
    funcType(t, f.recv, f.typeParams, f.type)
    if !f.typeParams.isEmpty && f.body.isNone {
      reportSoft(tree.pos(ts.declarations[d].node), .genericWithoutBody)
    }
    if f.body.isSome && !ts.packages[ts.declarations[d].package].isLazy {
      ts.declarations[d].body = .active
      later { [unowned self] () -> Void in self.declaredBody(o, d) }
    }
  }

  /// Puts the body on the work list.
  func scheduleBody(_ o: ObjectID, _ d: DeclID) {
    let node = ts.declarations[d].node
    if trees[ts.declarations[d].file.index]!.funcDecl(node).body.isNone { return }
    ts.declarations[d].body = .active
    let saved = env
    let savedTree = tree
    enter(d)
    later { [unowned self] () -> Void in self.declaredBody(o, d) }
    env = saved
    tree = savedTree
  }

  private func declaredBody(_ o: ObjectID, _ d: DeclID) {
    let node = ts.declarations[d].node
    var r = FunctionRecord(file: env.file, node: node)
    r.object = o
    r.type = ts.objects[o].type
    let f = ts.functions.append(r)
    ts.declarations[d].function = f
    files[env.file].refs[node.index] = f.raw
    funcBody(d, f, ts.objects[o].type, tree.funcDecl(node).body, iota: .none)
    ts.declarations[d].body = .done
  }
}
