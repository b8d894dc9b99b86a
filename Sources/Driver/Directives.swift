import Base
import Syntax

/// Complaints about `//go:` directives that need no types: which declarations take which
/// (cmd/compile, "Compiler Directives"). Made once a package is otherwise free of errors.
func checkDirectives(
  _ trees: [SyntaxTree], names: Interner, hasAssembly: Bool
) -> [Diagnostic] {
  var out = Diagnostics()
  for t in trees {
    var c = DirectiveCheck(tree: t, names: names, hasAssembly: hasAssembly)
    c.run()
    out.list += c.out.list
  }
  return out.list
}

private struct DirectiveCheck {
  let tree: SyntaxTree
  let names: Interner
  let hasAssembly: Bool
  var out = Diagnostics()
  var importsUnsafe = false
  var importsEmbed = false
  /// Local names of linkname directives.
  var linknames: Set<NameID> = []

  init(tree: SyntaxTree, names: Interner, hasAssembly: Bool) {
    self.tree = tree
    self.names = names
    self.hasAssembly = hasAssembly
  }

  mutating func run() {
    for d in tree.each(tree.decls) where tree.kind(d) == .importDecl {
      let path = tree.importDecl(d).path
      if path.isNone { continue }
      let text = names.string(tree.literal(path).text)
      if text == "\"unsafe\"" || text == "`unsafe`" { importsUnsafe = true }
      if text == "\"embed\"" || text == "`embed`" { importsEmbed = true }
    }
    for l in tree.linknames { linknames.insert(l.local) }
    misplaced(tree.packagePragma, allowed: [.goBuild, .debug], embeds: false)
    for d in tree.each(tree.decls) { declaration(d) }
    // Declarations inside functions.
    for i in 1..<max(1, tree.nodeCount) {
      let n = NodeID(i)
      if tree.kind(n) != .declStmt { continue }
      for d in tree.each(tree.declStmt(n)) { local(d) }
    }
    if !importsUnsafe {
      for l in tree.linknames {
        out.report(l.pos, "//go:linkname only allowed in Go files that import \"unsafe\"")
      }
    }
  }

  private mutating func misplaced(_ p: PragmaID, allowed: PragmaFlags, embeds: Bool) {
    if p.isNone { return }
    for d in tree.directives(of: p) {
      if !d.flags.subtracting(allowed).isEmpty {
        out.report(d.pos, "misplaced compiler directive")
      }
      if d.isEmbed && !embeds { out.report(d.pos, "misplaced go:embed directive") }
    }
  }

  private mutating func declaration(_ d: NodeID) {
    switch tree.kind(d) {
    case .importDecl: misplaced(tree.importDecl(d).pragma, allowed: [], embeds: false)
    case .constDecl: misplaced(tree.valueDecl(d).pragma, allowed: [], embeds: false)
    case .typeDecl: misplaced(tree.typeDecl(d).pragma, allowed: [], embeds: false)
    case .varDecl: variable(d, isLocal: false)
    case .funcDecl: function(d)
    default: break
    }
  }

  private mutating func local(_ d: NodeID) {
    switch tree.kind(d) {
    case .varDecl: variable(d, isLocal: true)
    case .constDecl: misplaced(tree.valueDecl(d).pragma, allowed: [], embeds: false)
    case .typeDecl: misplaced(tree.typeDecl(d).pragma, allowed: [], embeds: false)
    default: break
    }
  }

  private mutating func variable(_ d: NodeID, isLocal: Bool) {
    let v = tree.valueDecl(d)
    misplaced(v.pragma, allowed: [], embeds: true)
    if v.pragma.isNone { return }
    guard let e = tree.directives(of: v.pragma).first(where: { $0.isEmbed }) else { return }
    let problem: String
    if !importsEmbed {
      problem = "go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)"
    } else if v.names.count > 1 {
      problem = "go:embed cannot apply to multiple vars"
    } else if v.values.isSome {
      problem = "go:embed cannot apply to var with initializer"
    } else if isLocal {
      problem = "go:embed cannot apply to var inside func"
    } else {
      return
    }
    out.report(e.pos, problem)
  }

  private mutating func function(_ d: NodeID) {
    let f = tree.funcDecl(d)
    misplaced(f.pragma, allowed: .forFunctions, embeds: false)
    let flags = tree.pragmas[f.pragma].flags
    if f.body.isSome {
      if flags.contains(.noescape) {
        out.report(tree.pos(d), "can only use //go:noescape with external func implementations")
      }
      if flags.contains(.nosplit) && flags.contains(.systemstack) {
        out.report(tree.pos(d), "go:nosplit and go:systemstack cannot be combined")
      }
      return
    }
    let name = tree.name(f.name)
    if (!hasAssembly || name == KnownName.`init`) && !linknames.contains(name) {
      out.report(tree.pos(d), "missing function body")
    }
  }
}
