import Base

extension Parser {
  /// Checks labels and branches of a function body and sets the branches' targets.
  mutating func checkBranches(_ body: NodeID) {
    swap(&tree.nodes, &nodes)
    swap(&tree.extra, &extra)
    var c = BranchChecker(tree: tree, isChecker: options.branches == .checker)
    c.check(body)
    swap(&tree.nodes, &nodes)
    swap(&tree.extra, &extra)
    for f in c.findings { late.report(f.pos, message(f)) }
  }

  private func message(_ f: BranchChecker.Finding) -> String {
    let name = f.name.isSome ? s.names.string(f.name) : ""
    let checker = options.branches == .checker
    switch f.what {
    case .breakOutside:
      return checker
        ? "break not in for, switch, or select statement"
        : "break is not in a loop, switch, or select"
    case .continueOutside:
      return checker ? "continue not in for statement" : "continue is not in a loop"
    case .fallthroughMisplaced: return "fallthrough statement out of place"
    case .fallthroughInTypeSwitch: return "cannot fallthrough in type switch"
    case .fallthroughFinal: return "cannot fallthrough final case in switch"
    case .labelUnused: return "label \(name) \(checker ? "declared" : "defined") and not used"
    case .labelAgain:
      if checker {
        return "label \(name) already declared\n\t\(place(f.other)): other declaration of \(name)"
      }
      return "label \(name) already defined at \(place(f.other))"
    case .labelMissing: return "label \(name) not \(checker ? "declared" : "defined")"
    case .jumpIntoBlock:
      return checker
        ? "goto \(name) jumps into block"
        : "goto \(name) jumps into block starting at \(place(f.other))"
    case .jumpOverVar:
      if checker {
        return "goto \(name) jumps over variable declaration at line \(lineAndColumn(f.other).0)"
      }
      let v = f.variable.isSome ? s.names.string(f.variable) : "variable"
      return "goto \(name) jumps over declaration of \(v) at \(place(f.other))"
    case .breakLabelInvalid: return "invalid break label \(name)"
    case .continueLabelInvalid: return "invalid continue label \(name)"
    case .breakLabelMissing:
      return checker ? "invalid break label \(name)" : "break label not defined: \(name)"
    case .continueLabelMissing:
      return checker ? "invalid continue label \(name)" : "continue label not defined: \(name)"
    }
  }

  private func lineAndColumn(_ p: Pos) -> (Int, Int) {
    let offset = p.offset - base
    var lo = 0
    var hi = s.lineStarts.count - 1
    while lo < hi {
      let mid = (lo + hi + 1) / 2
      if s.lineStarts[mid] <= offset { lo = mid } else { hi = mid - 1 }
    }
    return (lo + 1, Int(offset - s.lineStarts[lo]) + 1)
  }

  private func place(_ p: Pos) -> String {
    let (line, column) = lineAndColumn(p)
    return "\(path):\(line):\(column)"
  }
}

/// The rules of the spec for labels, break, continue, goto and fallthrough, one function body at
/// a time; function literals inside are bodies of their own.
struct BranchChecker {
  enum What {
    case breakOutside, continueOutside
    case fallthroughMisplaced, fallthroughInTypeSwitch, fallthroughFinal
    case labelUnused, labelAgain, labelMissing
    case jumpIntoBlock, jumpOverVar
    case breakLabelInvalid, continueLabelInvalid, breakLabelMissing, continueLabelMissing
  }
  struct Finding {
    var what: What
    var pos: Pos
    var name: NameID = .none
    var other: Pos = .none
    var variable: NameID = .none
  }
  private struct Label {
    var name: NameID
    var block: Int
    var stmt: NodeID
    var used = false
  }
  private struct Block {
    var parent: Int
    var start: Pos
    /// The labeled statement that the block belongs to.
    var labeled: NodeID
  }
  /// What unlabeled branches refer to.
  private struct Context {
    var breaks = NodeID.none
    var continues = NodeID.none
    /// Index of the clause of the immediately enclosing switch, or -1.
    var caseIndex = -1
  }

  let tree: SyntaxTree
  let isChecker: Bool
  var findings: [Finding] = []
  private var labels: [Label] = []
  private var blocks: [Block] = []

  init(tree: SyntaxTree, isChecker: Bool) {
    self.tree = tree
    self.isChecker = isChecker
  }

  mutating func check(_ body: NodeID) {
    let list = tree.block(body).stmts
    let forward = visit(-1, Context(), .none, tree.pos(body), tree.each(list))
    for g in forward {
      let label = tree.branch(g).label
      let name = tree.name(label)
      if let i = labels.firstIndex(where: { $0.name == name }) {
        labels[i].used = true
        let start = blocks[labels[i].block].start
        report(.jumpIntoBlock, tree.pos(label), name, other: start)
      } else {
        report(.labelMissing, tree.pos(label), name)
      }
    }
    for l in labels where !l.used {
      report(.labelUnused, tree.pos(tree.labeled(l.stmt).label), l.name)
    }
  }

  private mutating func report(
    _ what: What, _ pos: Pos, _ name: NameID = .none, other: Pos = .none,
    variable: NameID = .none
  ) {
    findings.append(
      Finding(what: what, pos: pos, name: name, other: other, variable: variable))
  }

  /// Gotos of one block that wait for their label, and what they may not jump over.
  private struct Jumps {
    var forward: [NodeID] = []
    /// Those among them that were there at the last variable declaration.
    var bad: [NodeID] = []
    var varPos = Pos.none
    var varName = NameID.none
  }

  /// Processes the statements of a block; returns the gotos that found no label yet.
  private mutating func visit(
    _ parent: Int, _ context: Context, _ labeled: NodeID, _ start: Pos, _ body: NodeSequence
  ) -> [NodeID] {
    let b = blocks.count
    blocks.append(Block(parent: parent, start: start, labeled: labeled))
    var jumps = Jumps()
    var count = body.count
    while count > 0 && tree.kind(body[count - 1]) == .empty { count -= 1 }
    for i in 0..<count {
      var stmt = body[i]
      var label = NodeID.none
      while tree.kind(stmt) == .labeled {
        declare(stmt, b, &jumps)
        if tree.name(tree.labeled(stmt).label) != KnownName.blank { label = stmt }
        stmt = tree.labeled(stmt).stmt
      }
      statement(stmt, b, context, label, isLast: i + 1 == count, &jumps)
    }
    return jumps.forward
  }

  private mutating func declare(_ stmt: NodeID, _ b: Int, _ jumps: inout Jumps) {
    let label = tree.labeled(stmt).label
    let name = tree.name(label)
    if name == KnownName.blank { return }
    var l = labels.count
    if let i = labels.firstIndex(where: { $0.name == name }) {
      l = i
      report(
        .labelAgain, tree.pos(label), name, other: tree.pos(tree.labeled(labels[i].stmt).label))
    } else {
      labels.append(Label(name: name, block: b, stmt: stmt))
    }
    var rest: [NodeID] = []
    for g in jumps.forward {
      let target = tree.branch(g).label
      if tree.name(target) != name {
        rest.append(g)
        continue
      }
      tree.nodes[g].b = stmt.i32
      labels[l].used = true
      if jumps.varPos.isSome && jumps.bad.contains(g) {
        report(
          .jumpOverVar, tree.pos(target), name, other: jumps.varPos, variable: jumps.varName)
      }
    }
    jumps.forward = rest
  }

  private mutating func inner(
    _ b: Int, _ context: Context, _ label: NodeID, _ start: Pos, _ list: NodeList,
    _ jumps: inout Jumps
  ) {
    jumps.forward += visit(b, context, label, start, tree.each(list))
  }

  private mutating func statement(
    _ stmt: NodeID, _ b: Int, _ context: Context, _ label: NodeID, isLast: Bool,
    _ jumps: inout Jumps
  ) {
    var nested = context
    nested.caseIndex = -1
    switch tree.kind(stmt) {
    case .declStmt:
      for d in tree.each(tree.declStmt(stmt)) where tree.kind(d) == .varDecl {
        let names = tree.valueDecl(d).names
        recordVar(tree.pos(d), names.isEmpty ? .none : tree[names, 0], &jumps)
        break
      }
    case .assign:
      let a = tree.assign(stmt)
      if a.op == .def { recordVar(tree.pos(stmt), a.lhs, &jumps) }
    case .branch: branch(stmt, b, context, isLast: isLast, &jumps)
    case .block:
      inner(b, nested, label, tree.pos(stmt), tree.block(stmt).stmts, &jumps)
    case .ifStmt:
      // A chain of else-if is a chain of blocks, visited without recursion.
      var at = b
      var s = stmt
      while true {
        let i = tree.ifStmt(s)
        if tree.kind(i.then) == .block {
          inner(at, nested, label, tree.pos(i.then), tree.block(i.then).stmts, &jumps)
        }
        if i.elseStmt.isNone { break }
        blocks.append(Block(parent: at, start: tree.pos(i.elseStmt), labeled: label))
        at = blocks.count - 1
        if tree.kind(i.elseStmt) != .ifStmt {
          if tree.kind(i.elseStmt) == .block {
            inner(
              at, nested, .none, tree.pos(i.elseStmt), tree.block(i.elseStmt).stmts, &jumps)
          }
          break
        }
        s = i.elseStmt
      }
    case .forStmt:
      let body = tree.forStmt(stmt).body
      nested.breaks = stmt
      nested.continues = stmt
      inner(b, nested, label, tree.pos(body), tree.block(body).stmts, &jumps)
    case .switchStmt:
      nested.breaks = stmt
      for (i, c) in tree.each(tree.switchStmt(stmt).clauses).enumerated() {
        nested.caseIndex = i
        inner(b, nested, label, tree.pos(c), tree.clause(c).body, &jumps)
      }
    case .selectStmt:
      nested.breaks = stmt
      for c in tree.each(tree.selectStmt(stmt).clauses) {
        inner(b, nested, label, tree.pos(c), tree.clause(c).body, &jumps)
      }
    default: break
    }
  }

  private func recordVar(_ pos: Pos, _ lhs: NodeID, _ jumps: inout Jumps) {
    jumps.varPos = pos
    let names = tree.unpack(lhs)
    jumps.varName = .none
    if !names.isEmpty && tree.kind(tree[names, 0]) == .name {
      jumps.varName = tree.name(tree[names, 0])
    }
    jumps.bad = jumps.forward
  }

  private mutating func branch(
    _ stmt: NodeID, _ b: Int, _ context: Context, isLast: Bool, _ jumps: inout Jumps
  ) {
    let s = tree.branch(stmt)
    if s.label.isNone {
      unlabeled(stmt, s.kind, context, isLast: isLast)
      return
    }
    let name = tree.name(s.label)
    let p = tree.pos(s.label)
    switch s.kind {
    case .break, .continue:
      let isBreak = s.kind == .break
      guard let i = labels.firstIndex(where: { $0.name == name }) else {
        report(isBreak ? .breakLabelMissing : .continueLabelMissing, p, name)
        return
      }
      if !isChecker { labels[i].used = true }
      var at = b
      while at >= 0 && blocks[at].labeled != labels[i].stmt { at = blocks[at].parent }
      let target = tree.labeled(labels[i].stmt).stmt
      let k = tree.kind(target)
      let fits =
        k == .forStmt || (isBreak && (k == .switchStmt || k == .selectStmt))
      if at >= 0 && fits {
        tree.nodes[stmt].b = target.i32
        labels[i].used = true
      } else {
        report(isBreak ? .breakLabelInvalid : .continueLabelInvalid, p, name)
      }
    case .goto:
      if let i = labels.firstIndex(where: { $0.name == name }) {
        labels[i].used = true
        var at = b
        while at >= 0 && at != labels[i].block { at = blocks[at].parent }
        if at >= 0 {
          tree.nodes[stmt].b = labels[i].stmt.i32
          return
        }
      }
      jumps.forward.append(stmt)
    case .fallthrough: break
    }
  }

  private mutating func unlabeled(
    _ stmt: NodeID, _ kind: BranchKind, _ context: Context, isLast: Bool
  ) {
    let p = tree.pos(stmt)
    switch kind {
    case .break:
      if context.breaks.isNone { report(.breakOutside, p) }
      tree.nodes[stmt].b = context.breaks.i32
    case .continue:
      if context.continues.isNone { report(.continueOutside, p) }
      tree.nodes[stmt].b = context.continues.i32
    case .fallthrough:
      var what = What.fallthroughMisplaced
      if tree.kind(context.breaks) == .switchStmt {
        let s = tree.switchStmt(context.breaks)
        if tree.kind(s.tag) == .typeSwitchGuard {
          what = .fallthroughInTypeSwitch
        } else if context.caseIndex >= 0 && isLast {
          if context.caseIndex + 1 < Int(s.clauses.count) { return }
          what = .fallthroughFinal
        }
      }
      report(what, p)
    case .goto: break
    }
  }
}

extension Pos {
  fileprivate var isSome: Bool { offset != 0 }
}
