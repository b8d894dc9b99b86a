import Base

/// A failure to find or load packages: what to print, and the exit status (1: the program is
/// wrong, 2: the command was used wrongly).
public struct PackageError: Error, Sendable {
  public var message: String
  public var status: Int32
  public init(_ message: String, status: Int32 = 1) {
    self.message = message
    self.status = status
  }
}

/// The Go source tree that the standard library is taken from.
public struct Goroot: Sendable {
  /// The Go minor version this compiler is made for.
  public static let minor = 27

  public let path: String
  /// Such as "go1.27.3".
  public let version: String
  /// How it was found: an environment variable, "go on the path", "cache".
  public let origin: String

  public var src: String { path + "/src" }

  /// Where `make hello` and the set-up command put a copy.
  public static var cachePath: String {
    let cache = environment("XDG_CACHE_HOME") ?? (environment("HOME") ?? "") + "/.cache"
    return cache + "/apus/goroot-1.27.3"
  }

  /// Looks in `APUS_GOROOT`, `GOROOT`, beside a `go` on the path, and in the cache. A tree of
  /// another version is refused where a variable names it, else passed over.
  public static func locate() throws(PackageError) -> Goroot {
    for name in ["APUS_GOROOT", "GOROOT"] {
      if let p = environment(name) { return try open(p, origin: name) }
    }
    var others: [String] = []
    var candidates: [(path: String, origin: String)] = []
    if let p = besideGo() { candidates.append((path: p, origin: "go on the path")) }
    candidates.append((path: cachePath, origin: "cache"))
    for c in candidates where isDirectory(c.path + "/src") {
      do {
        return try open(c.path, origin: c.origin)
      } catch {
        others.append(error.message)
      }
    }
    if let first = others.first { throw PackageError(first) }
    throw PackageError(
      "cannot find the Go \(shortVersion) source tree: set APUS_GOROOT to a GOROOT of Go "
        + "\(shortVersion), or put one into \(cachePath)")
  }

  private static var shortVersion: String { "1.\(minor)" }

  private static func open(_ path: String, origin: String) throws(PackageError) -> Goroot {
    let p = path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let bytes = readFile(p + "/VERSION") else {
      throw PackageError("\(p) (\(origin)) is no Go source tree: it has no VERSION file")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let version = String(text.prefix { $0 != "\n" && $0 != " " })
    if !isSupported(version) {
      throw PackageError(
        "\(p) (\(origin)) is \(version); Apus needs the source tree of Go \(shortVersion)")
    }
    if !isDirectory(p + "/src/fmt") {
      throw PackageError("\(p) (\(origin)) has no standard library source")
    }
    return Goroot(path: p, version: version, origin: origin)
  }

  /// go1.27, go1.27.3, go1.27rc1.
  static func isSupported(_ version: String) -> Bool {
    let prefix = "go1.\(minor)"
    if !version.hasPrefix(prefix) { return false }
    guard let next = version.dropFirst(prefix.count).first else { return true }
    return !next.isNumber
  }

  private static func besideGo() -> String? {
    for dir in (environment("PATH") ?? "").split(separator: ":") {
      guard let real = realPath(dir + "/go"), isRegularFile(real) else { continue }
      let root = directoryName(directoryName(real))
      return isRegularFile(root + "/VERSION") ? root : nil
    }
    return nil
  }
}
