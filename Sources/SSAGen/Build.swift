import ABI
import Base
import Object
import SSA
import Syntax
import Types

/// What the driver knows about the rest of the program.
public struct BuildOptions: Sendable {
  /// Functions that assembly defines, by link name, under either convention.
  public var abi0Definitions: Set<String> = []
  public var internalDefinitions: Set<String> = []
  /// Go functions that assembly refers to, in order.
  public var abi0References: [String] = []
  public var internalReferences: [String] = []
  /// Further Go functions and variables to keep, by link name.
  public var roots: [String] = []
  /// Package `main` of the program; none for a library.
  public var main = PackageID.none
  /// The files that a `//go:embed` directive (text from "go:embed" on) of a package names, sorted
  /// by name.
  public var embeddedFiles:
    @Sendable (_ package: PackageID, _ directive: String) throws -> [EmbeddedContents] = { _, _ in
      []
    }
  /// Build all functions of all packages, reachable or not: a test of the builder.
  public var everything = false
  /// Names of what is left out: "opendefers", "append".
  public var off: [String] = []
  /// Packages to build whole: those that are no program, which nothing refers to.
  public var wholePackages: [PackageID] = []
  public init() {}
}

/// The SSA of a program.
public struct BuiltProgram {
  public var functions: [Function]
  public var symbols: SymbolTable
  /// What could not be built yet, with its function's name.
  public var missing: [Unimplemented]
  public var problems: Diagnostics
}

/// `abi.FuncID` of functions that tracebacks and the runtime treat specially (GOROOT
/// internal/abi/symtab.go).
enum FuncID {
  static let wrapper: UInt8 = 23
  private static let names: [String] = [
    "abort", "asmcgocall", "asyncPreempt", "cgocallback", "corostart", "debugCallV2",
    "gcBgMarkWorker", "goexit", "gogo", "gopanic", "handleAsyncEvent", "mcall", "morestack",
    "mstart", "panicwrap", "rt0_go", "main", "runFinalizers", "runCleanups", "sigpanic",
    "systemstack", "systemstack_switch",
  ]

  /// The id of a function of package runtime; 0 for most.
  static func of(_ name: String) -> UInt8 {
    guard let i = names.firstIndex(of: name) else { return 0 }
    return UInt8(i + 1)
  }
}

extension ProgramBuilder {
  /// Builds everything that the roots reach.
  public func build() throws -> BuiltProgram {
    collectLinknames()
    try buildInitFunctions()
    if options.main.isSome, let n = ts.names.find("main") {
      let o = ts.lookup(ts.packages[options.main].scope, n)
      if o.isSome { _ = use(functionInstance(o, [])) }
    }
    for r in options.abi0References + options.internalReferences + options.roots { root(r) }
    if options.everything {
      use(allOf: ts.packages.ids.filter { !ts.packages[$0].isFake })
    } else {
      use(allOf: options.wholePackages)
    }
    var built = 0
    repeat {
      settle()
      built = functions.count
      try makeABIWrappers()
    } while functions.count != built || !queueIsEmpty
    try makePackageInits()
    keepConditionalCallees()
    return BuiltProgram(
      functions: functions, symbols: symbols, missing: missing, problems: problems)
  }

  /// Builds bodies, descriptors and variables until none asks for another.
  private func settle() {
    repeat {
      drain()
      descriptors.finishDescriptors()
    } while !queueIsEmpty || methodReach.advance() || descriptors.hasWork || defineGlobals()
  }

  /// Asks for every function and method that has no type parameters.
  private func use(allOf packages: [PackageID]) {
    for p in packages {
      for o in ts.packages[p].objects where ts.objects[o].kind == .function && hasBody(o) {
        if ts.objects[o].name == KnownName.`init` { continue }
        let t = declaredType(o)
        guard ts.kind(t) == .signature else { continue }
        let s = ts.signature(t)
        if s.typeParams.isEmpty && s.recvParams.isEmpty { _ = use(functionInstance(o, [])) }
      }
    }
  }

  private func root(_ name: String) {
    if linkedFunction(name) != nil {
      _ = linkSymbol(name)
    } else if let dot = name.lastIndex(of: "."),
      let o = packageObject(String(name[..<dot]), String(name[name.index(after: dot)...])),
      ts.objects[o].kind == .variable
    {
      _ = globalSymbol(o)
    }
  }

  var queueIsEmpty: Bool { queueHead >= queue.count }

  /// Builds bodies until none is waiting.
  private func drain() {
    while queueHead < queue.count {
      let i = queue[queueHead]
      queueHead += 1
      do {
        try buildInstance(i)
      } catch let e as Unimplemented {
        missing.append(
          Unimplemented("\(e.what) in \(symbols.name(instances[i].symbol))", at: e.pos))
      } catch {
        internalError("ssagen", "\(error)")
      }
    }
  }

  /// Runtime packages may not allocate behind the programmer's back and may not be stopped
  /// anywhere.
  func isRuntimePackage(_ o: ObjectID) -> Bool {
    let p = ts.objects[o].package
    return p.isSome && ProgramBuilder.isRuntimePath(ts.text(ts.packages[p].path))
  }

  /// gc's list of packages without implicit allocation.
  static func isRuntimePath(_ path: String) -> Bool {
    switch path {
    case "runtime", "internal/abi", "internal/bytealg", "internal/byteorder",
      "internal/chacha8rand",
      "internal/coverage/rtcov", "internal/cpu", "internal/goarch", "internal/godebugs",
      "internal/goexperiment", "internal/goos", "internal/profilerecord", "internal/strconv",
      "internal/stringslite":
      return true
    default:
      return path.hasPrefix("internal/runtime/") && path != "internal/runtime/pprof/label"
    }
  }

  private func buildInstance(_ i: Int) throws {
    CrashContext.set("ssa build", symbols.name(instances[i].symbol))
    if instances[i].initializer.isSome {
      try buildInitializer(i)
      return
    }
    if instances[i].function.isSome {
      try buildNested(i)
      return
    }
    let o = instances[i].object
    if !hasBody(o) {
      resolveExternal(i)
      return
    }
    checker.checkBody(of: o)
    // A program with errors is not built; go on checking to find them all.
    if !checker.diagnostics.isEmpty { return }
    let d = declaration(o)!
    let symbol = instances[i].symbol
    if !markBuilt(symbol) { return }
    let abi = callABI(i)
    let f = Function(
      symbol: symbol, name: symbols.name(symbol), pos: ts.objects[o].pos, signature: abi.signature)
    f.flags = flags(o)
    if ProgramBuilder.isShownInTracebacks(f.name) { f.argumentInfo = layouts.argumentInfo(abi) }
    if packagePath(o) == "runtime" && ts.signature(declaredType(o)).recv.isNone {
      f.funcID = FuncID.of(objectName(o))
    }
    let fb = FunctionBuilder(self, f)
    fb.setSource(d.file, package: d.package)
    fb.env = environment(i)
    fb.instance = i
    fb.function = d.function
    fb.abi = abi
    defer { fb.clearLocals() }
    try fb.buildBody(fb.tree.funcDecl(d.node).body, captures: [])
    if isConditional(symbol) { f.flags.insert(.noinline) }
    functions.append(f)
  }

  /// A function literal or loop body.
  private func buildNested(_ i: Int) throws {
    let x = instances[i]
    let context = x.context!
    let abi = callABI(i)
    let r = ts.functions[x.function]
    let f = Function(
      symbol: x.symbol, name: x.name, pos: .none, signature: abi.signature)
    f.flags = context.flags
    if ProgramBuilder.isShownInTracebacks(f.name) { f.argumentInfo = layouts.argumentInfo(abi) }
    if !x.args.isEmpty || !x.env.params.isEmpty { f.flags.insert(.dupOK) }
    let fb = FunctionBuilder(self, f)
    fb.setSource(context.file, package: context.package)
    fb.minor = context.minor
    fb.env = x.env
    fb.instance = i
    fb.function = x.function
    fb.abi = abi
    fb.isClosure = true
    defer { fb.clearLocals() }
    if let b = x.body {
      f.pos = fb.tree.pos(b.node)
      fb.start(entryOf: fb)
      try fb.buildRangeBody(b)
      fb.finishVariables()
    } else {
      f.pos = fb.tree.pos(r.node)
      let body =
        fb.tree.kind(r.node) == .funcLit
        ? fb.tree.funcLit(r.node).body : fb.tree.funcDecl(r.node).body
      try fb.buildBody(body, captures: captures(x.function))
    }
    functions.append(f)
  }

  private func flags(_ o: ObjectID) -> FunctionFlags {
    var out: FunctionFlags = []
    let p = pragmas(o)
    if p.contains(.nosplit) { out.insert(.nosplit) }
    if p.contains(.noinline) { out.insert(.noinline) }
    if p.contains(.systemstack) { out.insert(.systemStack) }
    if !p.isDisjoint(with: [.nowritebarrier, .nowritebarrierrec]) { out.insert(.noWriteBarrier) }
    if !p.isDisjoint(with: [.uintptrkeepalive, .uintptrescapes]) { out.insert(.noinline) }
    if isRuntimePackage(o) { out.insert(.noAlloc) }
    let path = packagePath(o)
    if path == "runtime" || path.hasPrefix("internal/runtime/") { out.insert(.unsafePoints) }
    if path == "reflect" || path == "runtime" {
      let n = objectName(o)
      if n == "callReflect" || n == "callMethod" || n == "reflectcall" { out.insert(.wrapper) }
    }
    return out
  }
}

extension FunctionBuilder {
  /// Makes `file` the source of the body to be built.
  func setSource(_ file: FileID, package p: PackageID) {
    tree = pb.checker.syntax(file)
    info = pb.checker.files[file]
    package = p
    minor = pb.checker.languageMinor(file)
  }

  func start(entryOf: FunctionBuilder) {
    pos = f.pos
    startSealed(newBlock())
  }

  /// Builds a whole body: captured variables, results, parameters, statements.
  func buildBody(_ body: NodeID, captures: [ObjectID]) throws {
    start(entryOf: self)
    let r = ts.functions[function]
    hasDefer = r.hasDefer
    scanRangeFuncs(body)
    if hasDefer {
      f.flags.insert(.hasDefer)
      openDefers = makeOpenDefers(body)
    }
    if !captures.isEmpty { bindCaptures(captures) }
    let values = incoming()
    declareResults()
    declareParameters(values)
    try blockStmt(body)
    if isReachable {
      pos = tree.block(body).rbrace
      if results.isEmpty { leave() } else { exit() }
    }
    if openDefers != nil { try runOpenDefers(at: tree.block(body).rbrace) }
    if hasDefer && openDefers?.entries.isEmpty != true { makeRecoverLanding() }
    finishVariables()
  }

  private var signature: SignatureInfo { ts.signature(ts.unalias(ts.functions[function].type)) }

  private func declareParameters(_ values: [Val]) {
    let s = signature
    var objects: [ObjectID] = []
    if s.recv.isSome && abi.params.count > ts.memberCount(s.params) { objects.append(s.recv) }
    for i in 0..<ts.memberCount(s.params) { objects.append(ts.member(s.params, i)) }
    for (i, o) in objects.enumerated() {
      let name = ts.objects[o].name
      if name.isNone || name == KnownName.blank { continue }
      let v = values[i]
      if v.isMemory && !isShared(o) {
        declareAt(o, v.type, v.address)
      } else {
        declare(o, v.type, v)
      }
    }
  }

  /// Whether a variable's address may leave the function or be shared with closures.
  private func isShared(_ o: ObjectID) -> Bool {
    let flags = ts.objects[o].flags
    if flags.contains(.addressTaken) { return true }
    return (flags.contains(.captured) || pb.isRangeCaptured(o))
  }

  private func declareResults() {
    let s = signature
    for i in 0..<ts.memberCount(s.results) {
      let o = ts.member(s.results, i)
      let t = abi.results[i].type
      if !hasDefer {
        results.append(declare(o, t, nil))
        continue
      }
      // In a frame slot, where the landing block for recovered panics finds it.
      if isShared(o) {
        let k = declareMemory(o, t)
        let slot = rawSlot(size: 8, mask: [1])
        store(pointer(locals[k].address), slotAddress(slot))
        resultSlots.append((slot, true))
        results.append(k)
      } else {
        let slot = rawSlot(size: max(size(t), 1), mask: pb.layouts.pointerMask(t))
        let a = slotAddress(slot)
        zeroMemory(t, a)
        results.append(declareAt(o, t, a))
        resultSlots.append((slot, false))
      }
    }
  }

  /// Where a recovered panic continues: returns with the results as they are.
  private func makeRecoverLanding() {
    let b = newBlock()
    f.blocks[b].isRecoverLanding = true
    f.recoverLanding = b
    startSealed(b)
    if openDefers != nil {
      keepOpenDefers()
      callRuntime(.deferreturnRecord, [])
    } else {
      callRuntime(.deferreturn, [])
    }
    returnResults()
  }
}
