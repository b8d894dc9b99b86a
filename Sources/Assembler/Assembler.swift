import ABI
import Base
import Object

/// The assembly of one package.
public struct AssemblyPackage: Sendable {
  /// Import path in link-name form: what `·name` is prefixed with.
  public var linkPath: String
  /// The package's `.s` files that the build selected, in order.
  public var files: [FileID]
  /// Where `#include` looks, in order: the package's directory, GOROOT/pkg/include, and for files
  /// outside `runtime` that use its headers GOROOT/src/runtime.
  public var includeDirectories: [String]
  /// Predefined macros; see `standardDefines`.
  public var defines: [(String, String)]
  /// Whether `name<ABIInternal>` may be written: the runtime and the packages below it.
  public var allowsABISelectors: Bool

  public init(
    linkPath: String, files: [FileID], includeDirectories: [String],
    defines: [(String, String)] = AssemblyPackage.standardDefines, allowsABISelectors: Bool = true
  ) {
    self.linkPath = linkPath
    self.files = files
    self.includeDirectories = includeDirectories
    self.defines = defines
    self.allowsABISelectors = allowsABISelectors
  }

  /// What the go command defines for linux/amd64 at GOAMD64=v1.
  public static let standardDefines: [(String, String)] = [
    ("GOOS_linux", "1"), ("GOARCH_amd64", "1"), ("GOAMD64_v1", "1"),
  ]
}

/// What assembling a package defined and referred to.
public struct AssembledPackage: Sendable {
  /// Functions and data defined, in source order. Their definitions are in the symbol table.
  public var functions: [SymbolID] = []
  public var data: [SymbolID] = []
  /// Symbols referred to as ABI0, defined here or not, in order of first reference: Go functions
  /// among them need a wrapper.
  public var references: [SymbolID] = []
}

/// Assembles all files of a package into `symbols`. Errors go to `diagnostics`; what has errors is
/// not defined. Included files are added to `sources`.
public func assemble(
  _ package: AssemblyPackage, host: AssemblerHost, sources: inout SourceMap,
  symbols: inout SymbolTable, diagnostics: inout Diagnostics
) -> AssembledPackage {
  let known = diagnostics.list.count
  let vocabulary = Vocabulary.shared.vocabulary
  var preprocessor = Preprocessor(
    host: host, includeDirectories: package.includeDirectories, names: Vocabulary.shared.names,
    sources: sources)
  sources = SourceMap()

  var files: [AsmFile] = []
  for file in package.files {
    let tokens = preprocessor.run(file, defines: package.defines)
    var parser = Parser(
      vocabulary, package: package.linkPath, allowsABI: package.allowsABISelectors)
    files.append(parser.run(tokens, &preprocessor.names))
    for (pos, message) in parser.errors { diagnostics.report(pos, message) }
  }
  for (pos, message) in preprocessor.errors { diagnostics.report(pos, message) }
  sources = preprocessor.sources

  var result = AssembledPackage()
  var resolver = SymbolResolver(symbols: symbols, isVariable: host.isVariable)
  symbols = SymbolTable()
  for file in files {
    for d in file.dataSymbols where d.space == .global { resolver.declareData(d.name) }
  }
  for file in files {
    resolver.startFile()
    emit(file, preprocessor.names, host, &resolver, &result, &diagnostics)
  }
  result.references = resolver.references
  symbols = resolver.symbols
  keepFirstOfLine(&diagnostics, from: known, sources)
  return result
}

/// Of the messages from index `known` on, keeps the first for each line: one mistake often shows
/// again when the rest of its statement is looked at.
private func keepFirstOfLine(
  _ diagnostics: inout Diagnostics, from known: Int, _ sources: SourceMap
) {
  var seen: Set<Location> = []
  var kept: [Diagnostic] = Array(diagnostics.list[..<known])
  for d in diagnostics.list[known...] {
    var line = sources.location(d.pos)
    line.column = 0
    if seen.insert(line).inserted { kept.append(d) }
  }
  diagnostics.list = kept
}

private func emit(
  _ file: AsmFile, _ names: Interner, _ host: AssemblerHost, _ resolver: inout SymbolResolver,
  _ result: inout AssembledPackage, _ diagnostics: inout Diagnostics
) {
  for f in file.functions {
    var emitter = FunctionEmitter(f, names)
    let definition = emitter.run(&resolver, host)
    if !emitter.errors.isEmpty {
      for (pos, message) in emitter.errors { diagnostics.report(pos, message) }
      continue
    }
    let id = resolver.definition(f.name, f.space, f.convention, names)
    if !resolver.symbols.define(id, definition) {
      diagnostics.report(f.pos, "symbol \(names.string(f.name)) redeclared")
    }
    result.functions.append(id)
  }
  for d in file.dataSymbols {
    guard let definition = dataDefinition(d, names, &resolver, &diagnostics) else { continue }
    let id = resolver.definition(d.name, d.space, .internal, names)
    if !resolver.symbols.define(id, definition) {
      diagnostics.report(d.pos, "symbol \(names.string(d.name)) redeclared")
    }
    result.data.append(id)
  }
}

/// The contents of a data symbol, or nil after an error.
private func dataDefinition(
  _ d: AsmDataSymbol, _ names: Interner, _ resolver: inout SymbolResolver,
  _ diagnostics: inout Diagnostics
) -> SymbolDefinition? {
  if d.size < 0 {
    diagnostics.report(d.pos, "DATA without GLOBL: \(names.string(d.name))")
    return nil
  }
  if d.size > 1 << 31 {
    diagnostics.report(d.pos, "size of \(names.string(d.name)) does not fit in 32 bits")
    return nil
  }
  var kind: SymbolKind = d.data.isEmpty ? .bss : .data
  if d.flags & TextFlag.rodata != 0 {
    kind = .rodata
  } else if d.flags & TextFlag.noPointers != 0 {
    kind = d.data.isEmpty ? .noptrbss : .noptrdata
  }
  var definition = SymbolDefinition(kind: kind, size: Int(d.size))
  if d.flags & TextFlag.dupOK != 0 { definition.flags.insert(.dupOK) }
  if d.space == .fileLocal { definition.flags.insert(.local) }
  definition.alignment = d.size >= 32 ? 32 : d.size >= 16 ? 16 : d.size >= 8 ? 8 : 0
  if d.data.isEmpty && kind != .rodata { return definition }
  definition.bytes = Array(repeating: 0, count: Int(d.size))
  for datum in d.data {
    if datum.offset < 0 || datum.size < 0 || datum.size > d.size
      || datum.offset > d.size - Int64(datum.size)
    {
      diagnostics.report(datum.pos, "DATA outside \(names.string(d.name))")
      return nil
    }
    guard store(datum, names, &resolver, &definition) else {
      diagnostics.report(datum.pos, "bad size for DATA argument: \(datum.size)")
      return nil
    }
  }
  return definition
}

private func store(
  _ datum: AsmDatum, _ names: Interner, _ resolver: inout SymbolResolver,
  _ definition: inout SymbolDefinition
) -> Bool {
  let at = Int(datum.offset)
  var bits: UInt64 = 0
  switch datum.value.kind {
  case .constant:
    if ![1, 2, 4, 8].contains(datum.size) { return false }
    bits = UInt64(bitPattern: datum.value.offset)
  case .float:
    if datum.size != 4 && datum.size != 8 { return false }
    bits =
      datum.size == 8
      ? datum.value.float.bitPattern : UInt64(Float(datum.value.float).bitPattern)
  case .string:
    let text = names.bytes(datum.value.literal)
    if text.count > datum.size { return false }
    for (k, c) in text.enumerated() { definition.bytes[at + k] = c }
    return true
  default:
    if datum.size != 8 { return false }
    let target = resolver.reference(datum.value, isCode: false, names)
    definition.relocs.append(
      Reloc(offset: UInt32(at), kind: .abs64, target: target, addend: datum.value.offset))
    return true
  }
  for k in 0..<datum.size {
    definition.bytes[at + k] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * k))
  }
  return true
}
