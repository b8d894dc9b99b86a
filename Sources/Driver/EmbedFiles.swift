import Packages
import SSAGen
import Types

extension Program {
  /// Finds and reads the files of `//go:embed` directives.
  func embeddedFiles() -> @Sendable (Types.PackageID, String) throws -> [EmbeddedContents] {
    var directories: [Types.PackageID: String] = [:]
    for id in graph.packages.ids { directories[checked[id]] = graph[id].embedDir }
    let known = directories
    return { (p: Types.PackageID, directive: String) throws -> [EmbeddedContents] in
      guard let patterns = embedPatterns(directive), let dir = known[p] else {
        throw EmbedFailure("invalid \(directive)")
      }
      var out: [EmbeddedContents] = []
      for pattern in patterns {
        let files: [EmbeddedFile]
        do throws(PackageError) {
          files = try resolveEmbed(pattern, in: dir)
        } catch {
          throw EmbedFailure(error.message)
        }
        for f in files {
          guard let bytes = readFile(f.path) else { throw EmbedFailure("cannot read \(f.path)") }
          out.append(EmbeddedContents(name: f.name, bytes: bytes))
        }
      }
      return out
    }
  }
}
