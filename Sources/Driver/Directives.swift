import Base
import Syntax

/// Complaints about `//go:` directives that need no types: which declarations take which
/// (cmd/compile, "Compiler Directives"). Made once a package is otherwise free of errors.
/// `mayLackBodies`: functions may be defined elsewhere, in assembly. `minor`: language version; before
/// 1.18 a linkname of something that does not exist had no effect.
func checkDirectives(
  _ trees: [SyntaxTree], names: Interner, mayLackBodies: Bool, minor: Int
) -> [Diagnostic] {
  var linked = PackageNames()
  for t in trees { linked.collect(t) }
  var out: [Diagnostic] = []
  for t in trees {
    var c = DirectiveCheck(tree: t, names: names, mayLackBodies: mayLackBodies, package: linked)
    c.ignoresDanglingLinknames = minor < 18
    c.run()
    linked = c.package
    out += c.out.list
  }
  return out
}

/// Functions and variables at package level, and those among them that have a linkname.
private struct PackageNames {
  var declared: Set<NameID> = []
  /// Mentioned in a linkname directive of any file.
  var mentioned: Set<NameID> = []
  /// Whose directive has been checked.
  var linked: Set<NameID> = []

  mutating func collect(_ tree: SyntaxTree) {
    for d in tree.each(tree.decls) {
      if tree.kind(d) == .funcDecl {
        let f = tree.funcDecl(d)
        let name = tree.name(f.name)
        if f.recv.isNone && name != KnownName.`init` { declared.insert(name) }
      } else if tree.kind(d) == .varDecl {
        for n in tree.each(tree.valueDecl(d).names) { declared.insert(tree.name(n)) }
      }
    }
    for l in tree.linknames { mentioned.insert(l.local) }
  }
}

private struct DirectiveCheck {
  let tree: SyntaxTree
  let names: Interner
  let mayLackBodies: Bool
  var package: PackageNames
  var out = Diagnostics()
  var ignoresDanglingLinknames = false
  var importsUnsafe = false
  var importsEmbed = false

  init(tree: SyntaxTree, names: Interner, mayLackBodies: Bool, package: PackageNames) {
    self.tree = tree
    self.names = names
    self.mayLackBodies = mayLackBodies
    self.package = package
  }

  mutating func run() {
    for d in tree.each(tree.decls) where tree.kind(d) == .importDecl {
      let path = tree.importDecl(d).path
      if path.isNone { continue }
      let text = names.string(tree.literal(path).text)
      if text == "\"unsafe\"" || text == "`unsafe`" { importsUnsafe = true }
      if text == "\"embed\"" || text == "`embed`" { importsEmbed = true }
    }
    misplaced(tree.packagePragma, allowed: [.goBuild, .debug], embeds: false)
    for d in tree.each(tree.decls) { declaration(d) }
    // Declarations inside functions.
    for i in 1..<max(1, tree.nodeCount) {
      let n = NodeID(i)
      if tree.kind(n) != .declStmt { continue }
      for d in tree.each(tree.declStmt(n)) { local(d) }
    }
    for l in tree.linknames { linkname(l) }
  }

  private mutating func linkname(_ l: Linkname) {
    let verb = l.isStd ? "//go:linknamestd" : "//go:linkname"
    let remote = names.string(l.remote)
    if !importsUnsafe {
      out.report(l.pos, "\(verb) only allowed in Go files that import \"unsafe\"")
    } else if remote.contains("[") && remote.contains("]") {
      out.report(l.pos, "\(verb) reference of an instantiation is not allowed")
    } else if !package.declared.contains(l.local) || l.local == KnownName.blank {
      if ignoresDanglingLinknames { return }
      out.report(l.pos, "\(verb) must refer to declared function or variable")
    } else if !package.linked.insert(l.local).inserted {
      out.report(l.pos, "duplicate \(verb) for \(names.string(l.local))")
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
    if (!mayLackBodies || name == KnownName.`init`) && !package.mentioned.contains(name) {
      out.report(tree.pos(d), "missing function body")
    }
  }
}
