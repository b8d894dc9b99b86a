import Base

/// One file for `parseFiles`.
public struct ParseInput: Sendable {
  public var file: FileID
  public var path: String
  public var bytes: [UInt8]
  public var base: UInt32
  public var options: ParseOptions

  public init(
    file: FileID, path: String, bytes: [UInt8], base: UInt32, options: ParseOptions = .init()
  ) {
    self.file = file
    self.path = path
    self.bytes = bytes
    self.base = base
    self.options = options
  }

  /// The file `id` of `sources`.
  public init(_ id: FileID, of sources: SourceMap, options: ParseOptions = .init()) {
    let f = sources.files[id]
    self.init(file: id, path: f.path, bytes: f.bytes, base: f.base, options: options)
  }
}

/// Parses files on several threads. Tree `i` belongs to input `i`, names are merged into `names`
/// in that order, and line tables go to `sources`: the result is the same for any number of
/// threads.
public func parseFiles(
  _ inputs: [ParseInput], threads: Int, names: inout Interner, sources: inout SourceMap
) -> [SyntaxTree] {
  let trees: [SyntaxTree] = parallelMap(inputs.count, threads: threads) { i in
    let f = inputs[i]
    return parse(file: f.file, path: f.path, bytes: f.bytes, base: f.base, options: f.options)
  }
  for t in trees {
    t.rename(into: &names)
    sources.setLines(t.file, starts: t.lineStarts, directives: t.lineDirectives)
  }
  return trees
}
