import Base
import Syntax

// Labels and the jumps to them (Go spec, Labeled statements; Break, Continue, Goto statements).
//
// One walk over a function body (function literals are bodies of their own). For each block the
// labels declared so far are known; a goto to one of them, or of an enclosing block, is backward and
// fine. All others wait as forward jumps until the label appears in the same block; what still waits
// at the end of a block waits on in the enclosing one, so that a label inside a block never meets a
// jump from outside. A forward jump must not pass a variable declaration of its block: each block
// remembers the last one and which jumps waited then.
//
// This is the wording of `go/types`. The parser checks the same rules in gc's wording, and then
// this walk is not needed (`Config.ignoreBranchErrors`).

extension Checker {
  /// Reports misuse of labels in a function body.
  func checkLabels(_ body: NodeID) {
    var walk = LabelWalk(checker: self, tree: tree)
    walk.run(body)
  }
}

private struct LabelWalk {
  let checker: Checker
  let tree: SyntaxTree
  /// All labels of the body in order of declaration.
  var labels: [Label] = []
  var blocks: [Block] = []

  struct Label {
    var name: NameID
    var node: NodeID
    var isUsed = false
  }

  /// A block or the body of a statement.
  struct Block {
    var parent: Int
    /// The labeled statement to which the block's statement belongs, or none.
    var labeled: NodeID
    /// Names of the labels declared directly in it.
    var names: [NameID] = []
    /// Position of the last variable declaration, and the jumps that waited at that point.
    var varPos: Pos = .none
    var passed: [NodeID] = []
    /// Forward jumps that wait for their label.
    var waiting: [NodeID] = []
  }

  init(checker: Checker, tree: SyntaxTree) {
    self.checker = checker
    self.tree = tree
  }

  mutating func run(_ body: NodeID) {
    let left = block(parent: -1, labeled: .none, tree.block(body).stmts)
    for jump in left {
      let label = tree.branch(jump).label
      let name = tree.name(label)
      if let i = find(name) {
        labels[i].isUsed = true
        checker.report(tree.pos(label), .gotoIntoBlock, .name(name))
      } else {
        checker.report(tree.pos(label), .labelNotDeclared, .name(name))
      }
    }
    for l in labels where !l.isUsed {
      checker.reportSoft(tree.pos(l.node), .labelNotUsed, .name(l.name))
    }
  }

  private func find(_ name: NameID) -> Int? {
    labels.firstIndex { (l: Label) -> Bool in l.name == name }
  }

  /// Walks the statements of a block; returns the jumps that found no label in it.
  private mutating func block(parent: Int, labeled: NodeID, _ list: NodeList) -> [NodeID] {
    let b = blocks.count
    blocks.append(Block(parent: parent, labeled: labeled))
    for s in tree.each(list) { statement(b, .none, s) }
    let left = blocks[b].waiting
    blocks.removeLast()
    return left
  }

  private mutating func nested(_ b: Int, labeled: NodeID, _ list: NodeList) {
    let left = block(parent: b, labeled: labeled, list)
    blocks[b].waiting.append(contentsOf: left)
  }

  private mutating func declaresVariable(_ b: Int, _ pos: Pos) {
    blocks[b].varPos = pos
    blocks[b].passed = blocks[b].waiting
  }

  private mutating func statement(_ b: Int, _ labeled: NodeID, _ s: NodeID) {
    switch tree.kind(s) {
    case .declStmt:
      for d in tree.each(tree.declStmt(s)) where tree.kind(d) == .varDecl {
        declaresVariable(b, tree.pos(d))
      }
    case .assign:
      if tree.assign(s).op == .def { declaresVariable(b, tree.pos(s)) }
    case .labeled:
      let l = tree.labeled(s)
      var inner = labeled
      if tree.name(l.label) != KnownName.blank {
        declare(b, l.label)
        inner = s
      }
      statement(b, inner, l.stmt)
    case .branch: branch(b, s)
    case .block: nested(b, labeled: labeled, tree.block(s).stmts)
    case .ifStmt:
      let i = tree.ifStmt(s)
      statement(b, labeled, i.then)
      if i.elseStmt.isSome { statement(b, labeled, i.elseStmt) }
    case .switchStmt: clauses(b, labeled, tree.switchStmt(s).clauses)
    case .selectStmt: clauses(b, labeled, tree.selectStmt(s).clauses)
    case .forStmt: statement(b, labeled, tree.forStmt(s).body)
    default: break
    }
  }

  /// The clauses of a switch or select: a block that the label belongs to, with one in it for
  /// each clause.
  private mutating func clauses(_ b: Int, _ labeled: NodeID, _ list: NodeList) {
    let outer = blocks.count
    blocks.append(Block(parent: b, labeled: labeled))
    for c in tree.each(list) { nested(outer, labeled: .none, tree.clause(c).body) }
    let left = blocks[outer].waiting
    blocks.removeLast()
    blocks[b].waiting.append(contentsOf: left)
  }

  private mutating func declare(_ b: Int, _ label: NodeID) {
    let name = tree.name(label)
    var isUsed = false
    var rest: [NodeID] = []
    for jump in blocks[b].waiting {
      if tree.name(tree.branch(jump).label) != name {
        rest.append(jump)
        continue
      }
      isUsed = true
      if !blocks[b].varPos.isNone && blocks[b].passed.contains(jump) {
        let line = checker.sources.location(blocks[b].varPos).line
        checker.reportSoft(
          tree.pos(tree.branch(jump).label), .gotoOverVariable, .name(name), .int(line))
      }
    }
    blocks[b].waiting = rest
    if let other = find(name) {
      var e = ErrorReport()
      e.isSoft = true
      checker.add(&e, tree.pos(label), .labelRedeclared, .name(name))
      checker.add(&e, tree.pos(labels[other].node), .otherDeclaration, .name(name))
      checker.emit(e)
      return
    }
    labels.append(Label(name: name, node: label, isUsed: isUsed))
    blocks[b].names.append(name)
  }

  private mutating func branch(_ b: Int, _ s: NodeID) {
    let br = tree.branch(s)
    if br.label.isNone { return }
    let name = tree.name(br.label)
    switch br.kind {
    case .break:
      let target = enclosing(b, name)
      let kind = target.isSome ? tree.kind(tree.labeled(target).stmt) : .absent
      if kind != .switchStmt && kind != .selectStmt && kind != .forStmt {
        checker.report(tree.pos(br.label), .invalidBreakLabel, .name(name))
        return
      }
    case .continue:
      let target = enclosing(b, name)
      if target.isNone || tree.kind(tree.labeled(target).stmt) != .forStmt {
        checker.report(tree.pos(br.label), .invalidContinueLabel, .name(name))
        return
      }
    case .goto:
      if !isVisible(b, name) {
        blocks[b].waiting.append(s)
        return
      }
    case .fallthrough: return
    }
    if let i = find(name) { labels[i].isUsed = true }
  }

  /// The labeled statement `name` around block `b`, or none.
  private func enclosing(_ b: Int, _ name: NameID) -> NodeID {
    var i = b
    while i >= 0 {
      let l = blocks[i].labeled
      if l.isSome && tree.name(tree.labeled(l).label) == name { return l }
      i = blocks[i].parent
    }
    return .none
  }

  /// Whether block `b` or one around it has declared `name` already.
  private func isVisible(_ b: Int, _ name: NameID) -> Bool {
    var i = b
    while i >= 0 {
      if blocks[i].names.contains(name) { return true }
      i = blocks[i].parent
    }
    return false
  }
}
