import Base
import Syntax

/// Which files belong to a build: target, tags, and the overlay's exceptions.
public struct BuildContext: Sendable {
  public var goos = "linux"
  public var goarch = "amd64"
  /// Tags chosen by the user (`-tags`) or the overlay.
  public var tags: [String] = []
  /// Tags that the overlay switches off for a package.
  public var offTags: [String] = []

  public init() {}

  private static let unixSystems: [String] = [
    "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "linux",
    "netbsd", "openbsd", "solaris",
  ]
  private static let systems: [String] = [
    "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux",
    "nacl", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
  ]
  private static let machines: [String] = [
    "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle",
    "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv",
    "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm",
  ]
  /// Experiments that Go 1.27 has on by default on linux/amd64.
  private static let experiments: [String] = [
    "regabiwrappers", "regabiargs", "dwarf5", "jsonv2", "greenteagc", "randomizedheapbase64",
    "sizespecializedmalloc",
  ]

  /// Whether a build tag holds.
  public func isSet(_ tag: String) -> Bool {
    if offTags.contains(tag) { return false }
    if tags.contains(tag) { return true }
    if tag == goos || tag == goarch || tag == "gc" { return true }
    if tag == "unix" { return BuildContext.unixSystems.contains(goos) }
    if tag == goarch + ".v1" { return goarch == "amd64" }
    if tag.hasPrefix("go1.") {
      guard let n = Int(tag.dropFirst(4)) else { return false }
      return n >= 1 && n <= Goroot.minor
    }
    if tag.hasPrefix("goexperiment.") {
      return BuildContext.experiments.contains(String(tag.dropFirst(13)))
    }
    return false
  }

  /// Whether the name of a `.go` or `.s` file admits it: no test, not hidden, and its
  /// `_GOOS`, `_GOARCH`, `_GOOS_GOARCH` suffix fits.
  public func matchesName(_ name: String) -> Bool {
    if name.hasPrefix("_") || name.hasPrefix(".") { return false }
    var stem = Substring(name)
    if let dot = stem.firstIndex(of: ".") { stem = stem[..<dot] }
    // What stands before the first underscore never counts.
    guard let first = stem.firstIndex(of: "_") else { return true }
    var parts = stem[first...].split(separator: "_", omittingEmptySubsequences: false).map(
      String.init)
    if parts.last == "test" { parts.removeLast() }
    let n = parts.count
    if n >= 2 && BuildContext.systems.contains(parts[n - 2])
      && BuildContext.machines.contains(parts[n - 1])
    {
      return isSet(parts[n - 2]) && isSet(parts[n - 1])
    }
    guard n >= 1, let last = parts.last else { return true }
    if BuildContext.systems.contains(last) || BuildContext.machines.contains(last) {
      return isSet(last)
    }
    return true
  }

  /// Whether the expression of a `//go:build` line holds; a malformed one does not.
  public func matches(buildLine: String) -> Bool {
    if buildLine.isEmpty { return true }
    guard let e = BuildExpr(buildLine) else { return false }
    return e.evaluate { isSet($0) }
  }
}

/// The `//go:build` expression of an assembly file: among the comments at its beginning.
func buildLine(ofAssembly bytes: [UInt8]) -> String {
  var i = 0
  let n = bytes.count
  while i < n {
    var end = i
    while end < n && bytes[end] != 0x0A { end += 1 }
    var line = Substring(String(decoding: bytes[i..<end], as: UTF8.self))
    while let c = line.first, c == " " || c == "\t" { line.removeFirst() }
    i = end + 1
    if line.hasPrefix("//go:build ") {
      var t = line.dropFirst(11)
      while let c = t.last, c == " " || c == "\r" || c == "\t" { t.removeLast() }
      return String(t)
    }
    if line.hasPrefix("/*") {
      // Skip a general comment.
      var j = i - 1
      while j > 1 && j < n && !(bytes[j - 1] == 0x2A && bytes[j] == 0x2F) { j += 1 }
      if line.contains("*/") { continue }
      i = j + 1
      continue
    }
    if !line.isEmpty && !line.hasPrefix("//") && line != "\r" { return "" }
  }
  return ""
}

/// The language version of a file, such as "go1.27": that of its package (module), unless the
/// file's build line asks for another; a file can neither ask for less than go1.21.
public func fileVersion(package: String, buildLine version: String) -> String {
  if version.isEmpty { return package }
  let asked = minorVersion(version) ?? 0
  return "go1.\(max(asked, 21))"
}

/// 27 of "go1.27", "1.27.3" or "go1.27rc1"; 0 of "go1"; nil if it is none.
public func minorVersion(_ version: String) -> Int? {
  var v = Substring(version)
  if v.hasPrefix("go") { v = v.dropFirst(2) }
  if v == "1" { return 0 }
  guard v.hasPrefix("1.") else { return nil }
  return Int(v.dropFirst(2).prefix { $0.isASCII && $0.isNumber })
}
