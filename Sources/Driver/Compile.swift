import Base
import BuildInit
import Link
import Object
import SSA
import SSAGen
import Types

/// From a checked program to a linked image: assembly, SSA, machine code, link.
struct Compilation {
  let program: Program
  var sources: SourceMap
  /// String variables to set besides those of `-ldflags=-X`.
  var extraVariables: [(name: String, value: String)] = []
  private var problems = Diagnostics()
  /// Errors have been printed.
  private(set) var failed = false

  init(_ p: Program) {
    program = p
    sources = p.sources
  }

  private var options: Options { program.options }

  /// Functions that the compiler itself calls, and those that the runtime's entry needs.
  private static let runtimeRoots: [String] =
    ExpansionSymbols.names + [
      "runtime.memmove", "runtime.memclrNoHeapPointers", "runtime.writeBarrier",
      "runtime.firstmoduledata", "runtime.unreachableMethod", "runtime.morestackc",
    ]

  /// Compiles and, if it is a program, links. Nil if it is none, and after errors, which have been
  /// printed.
  mutating func run() throws -> LinkedProgram? {
    let builder = ProgramBuilder(program.checker)
    let assembly = try program.assembleAll(into: &builder.symbols)
    sources = program.sources
    var build = BuildOptions()
    if program.isCommand {
      build.main = program.mainPackage
    } else {
      build.wholePackages = program.compiledPackages
    }
    build.roots = Compilation.runtimeRoots
    for k in BoundsKind.allCases { build.roots.append(k.runtimeName) }
    build.abi0Definitions = assembly.abi0
    build.internalDefinitions = assembly.internal
    build.abi0References = assembly.abi0References
    build.internalReferences = assembly.internalReferences

    build.embeddedFiles = program.embeddedFiles()

    build.off = options.developer.off
    build.everything = options.developer.debug.contains("ssagen:all")
    CrashContext.set("ssa build")
    builder.options = build
    var built = try builder.build()
    program.timing.end("ssa build")
    if options.developer.check {
      for f in built.functions {
        if let problem = verify(f) { writeError("verifier: \(f.name): \(problem)\n") }
      }
    }
    for m in built.missing { problems.report(m.pos, "unimplemented: \(m.what)") }
    problems.list += program.newTypeErrors()
    problems.list += built.problems.list
    if !problems.isEmpty { return fail() }
    dump("ssa/build", built)
    if options.developer.check {
      for f in built.functions { checkFunction(f, after: "build") }
    }

    CrashContext.set("summarise")
    summarise(built, builder)
    program.timing.end("summarise")

    let compiler = FunctionCompiler(options: options.developer, threads: options.threads)
    let found = compiler.run(built.functions, &built.symbols)
    // gc makes them errors in any case; our escape analysis does not see yet that a few of GOROOT's
    // stay.
    if options.developer.check { problems.list += found }
    program.timing.end("compile")
    if !problems.isEmpty { return fail() }
    if !program.isCommand { return nil }

    CrashContext.set("link")
    let linked = linkProgram(&built.symbols)
    program.kept = (builder, built)
    return linked
  }

  // MARK: Whole program

  private func summarise(_ built: BuiltProgram, _ builder: ProgramBuilder) {
    let symbols = built.symbols
    let map = sources
    let s = Summariser(
      built.functions, symbols: symbols, noescape: builder.noescapeSymbols,
      opaque: builder.opaqueSymbols,
      describe: { (f: Function) -> (NameID, Int32) in
        (symbols.symbolNames[f.symbol], Int32(map.location(f.pos).line))
      })
    s.inlining = !options.developer.off.contains("inline")
    var passes = PassOptions()
    passes.bisect = options.developer.bisect
    let resolves = !options.developer.off.contains("resolve")
    s.resolving = { (name: String) -> Bool in resolves && passes.selects(name) }
    s.check = options.developer.check
    s.run()
  }

  private func dump(_ name: String, _ built: BuiltProgram) {
    let d = options.developer
    guard d.dumps(name) || d.dumps("ssa/*") else { return }
    let printer = SSAPrinter(table: built.symbols)
    for f in built.functions where d.function.isEmpty || f.name.contains(d.function) {
      writeOutput("# \(f.name) as built\n" + printer.print(f) + "\n")
    }
  }

  // MARK: Link

  private mutating func linkProgram(_ symbols: inout SymbolTable) -> LinkedProgram? {
    var o = LinkOptions(entry: symbols.symbol("_rt0_amd64_linux", .abi0))
    o.workers = options.threads
    o.omitSymbols = options.stripsSymbols
    o.stringVariables = options.stringVariables + extraVariables
    if !options.trimPath {
      o.stringVariables.insert((name: "runtime.defaultGOROOT", value: program.goroot.path), at: 0)
    }
    o.buildInfo = program.buildInfo
    o.sourcePath = sourcePaths(program.graph, cwd: program.cwd, isTrimmed: options.trimPath)
    let hot = HotList(program.hotList, in: symbols)
    o.hotOrder = hot.symbols
    o.hotPageStarts = hot.pageStarts
    do throws(FreezeError) {
      let linked: LinkedProgram
      if options.developer.image {
        linked = try linkWithImage(&symbols, o)
      } else {
        linked = try plainLink(&symbols, o)
      }
      program.timing.end("link")
      let d = options.developer
      if d.dumps("link/map") { writeOutput(linked.mapText(symbols)) }
      for w in d.dumps where w.hasPrefix("link/why=") {
        writeOutput(linked.whyText(symbols, String(w.dropFirst(9))))
      }
      return linked
    } catch {
      switch error {
      case .link(let failure):
        problems.list += failure.diagnostics
        return fail()
      case .failure(let failure):
        writeError("apus: \(failure.message)\n")
        failed = true
        return nil
      }
    }
  }

  private func plainLink(
    _ symbols: inout SymbolTable, _ o: LinkOptions
  ) throws(FreezeError) -> LinkedProgram {
    do { return try link(&symbols, sources: sources, options: o) } catch { throw .link(error) }
  }

  /// Links, and puts the memory that initialisers leave at build time into the program.
  private func linkWithImage(
    _ symbols: inout SymbolTable, _ o: LinkOptions
  ) throws(FreezeError) -> LinkedProgram {
    CrashContext.set("image")
    var base = o
    base.reservesImage = true
    base.roots.append(symbols.symbol("_rt0_amd64_image", .abi0))
    let map = sources
    let (frozen, report) = try freeze(&symbols, packages: options.developer.imagePackages) {
      (table: inout SymbolTable, guarded: Set<String>) throws(LinkFailure) in
      var options = base
      options.guarded = guarded
      return try link(&table, sources: map, options: options)
    }
    if options.developer.dumps("init") { writeOutput(report.text) }
    return frozen
  }

  private mutating func fail() -> LinkedProgram? {
    failed = true
    let r = Reporter(allErrors: options.allErrors, cwd: program.cwd)
    writeError("# \(program.mainImportPath)\n" + r.text(problems.list, sources))
    return nil
  }
}
