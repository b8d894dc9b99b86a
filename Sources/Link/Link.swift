import ABI
import Base
import Object

/// What the driver decides about one link.
public struct LinkOptions: Sendable {
  /// First instruction of the process (`_rt0_amd64_linux`, ABI0).
  public var entry: SymbolID
  /// Further symbols that are live whoever refers to them.
  public var roots: [SymbolID] = []
  /// Functions and variables that start-up and exit use, hottest first. They are placed first in
  /// their section, in this order; symbols with the flag `.hot` follow in order of id.
  public var hotOrder: [SymbolID] = []
  /// Those variables among them that begin a page.
  public var hotPageStarts: [SymbolID] = []
  /// `-s`: no symbol table.
  public var omitSymbols = false
  /// Variables of type string given a value by `-X` or by the driver: link name and text.
  public var stringVariables: [(name: String, value: String)] = []
  /// What `go version -m` shows; also the values of `runtime.buildVersion` and `runtime.modinfo`.
  public var buildInfo: BuildInfo?
  /// Contents of `.note.go.buildid`; none if empty.
  public var buildID = ""
  /// The path that tracebacks show for a path of the source map (absolute, or trimmed).
  public var sourcePath: @Sendable (String) -> String = { $0 }
  /// Threads for the parallel parts. Does not influence the output.
  public var workers = 2
  /// Lays the program out so that an image of its initialisers' memory can be added (`Image.swift`).
  public var reservesImage = false
  /// Packages whose variables get pages of their own, so that a use of them can be seen.
  public var guarded: Set<String> = []

  public init(entry: SymbolID) { self.entry = entry }
}

/// Why a program cannot be linked: the user's mistakes (undefined names, nosplit chains, sizes).
public struct LinkFailure: Error, Sendable {
  public var diagnostics: [Diagnostic]
}

/// A linked program: its file image and where everything lies.
public struct LinkedProgram: Sendable {
  /// The whole executable file.
  public let image: OutputImage
  public let layout: Layout
  public let liveness: Liveness
  /// Seconds spent by each step, in order.
  public var timings: [(step: String, seconds: Double)]
  let builtin: LinkerSymbols
  let functions: FunctionTables
  let fips: FIPSModule
  let options: LinkOptions
}

/// Links the definitions of `table` into a static ELF executable for linux/amd64.
///
/// The steps, each in a file of its own: reach, prove nosplit chains, lay out, build tables,
/// copy and relocate, write headers and symbols. `table` gains the symbols that the linker makes
/// and the contents of `runtime.firstmoduledata`.
public func link(
  _ table: inout SymbolTable, sources: SourceMap, options: LinkOptions
) throws(LinkFailure) -> LinkedProgram {
  var clock = StepClock()
  defineStringVariables(&table, options)
  let builtin = LinkerSymbols(&table)
  clock.lap("prepare")

  var reach = Reachability(table, builtin)
  reach.run(options)
  let liveness = reach.result
  if !reach.problems.isEmpty { throw LinkFailure(diagnostics: reach.problems.list) }
  cutDescriptors(&table, liveness)
  let fips = FIPSModule(table, liveness)
  fips.define(&table)
  clock.lap("reach")

  let chains = checkNosplitChains(table, liveness)
  if !chains.isEmpty { throw LinkFailure(diagnostics: chains.list) }
  clock.lap("nosplit")

  var layout = Layout(table, liveness, builtin, fips, options)
  layout.placeText(table)
  layout.placeData(table, options)
  clock.lap("layout")

  let functions = FunctionTables(table, layout, sources, options)
  clock.lap("pclntab")

  layout.placeReadOnly(table, functions, options)
  let problems = layout.checkRanges()
  if !problems.isEmpty { throw LinkFailure(diagnostics: problems.list) }
  layout.resolveBoundaries(builtin)
  let module = moduleData(layout, functions)
  clock.lap("addresses")

  let symbols = options.omitSymbols ? nil : ELFSymbols(table, layout, builtin)
  let image = OutputImage(size: layout.fileSize(with: symbols))
  let errors = fillImage(image, table, layout, module, functions, workers: options.workers)
  if !errors.isEmpty { throw LinkFailure(diagnostics: errors.list) }
  clock.lap("relocate")

  fips.writeInfo(image, layout)
  writeHeaders(image, layout, symbols, entry: layout.address(options.entry))
  clock.lap("headers")
  return LinkedProgram(
    image: image, layout: layout, liveness: liveness, timings: clock.laps, builtin: builtin,
    functions: functions, fips: fips, options: options)
}
