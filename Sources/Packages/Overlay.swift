import Base
import Glibc

/// The changes Apus makes to the standard library: a directory of Go and assembly files laid out
/// by import path, and a file `manifest` that says what each is for. `overlay/README.md`
/// describes the format.
public struct Overlay: Sendable {
  /// What the manifest says about one package.
  public struct Entry: Sendable {
    /// The package consists of the overlay's files and of `takes` only.
    public var isReplaced = false
    /// Files of GOROOT used in a replaced package.
    public var takes: [String] = []
    /// Files of GOROOT that are left out.
    public var drops: [String] = []
    /// Overlay files used besides GOROOT's; one of the same name replaces it.
    public var adds: [String] = []
    /// Declarations of GOROOT's files that get another name, so that the overlay can make the old
    /// one.
    public var renames: [Rename] = []
    /// Build tags set, or with "!" in front unset, for this package alone.
    public var tags: [String] = []
  }

  /// `func old(`, or `var old `, `const old `, `type old `, at the beginning of a line of `file`
  /// gets the new name; if old is `T.m`, the method m of T or *T.
  public struct Rename: Sendable {
    public var file: String
    public var old: String
    public var new: String

    /// The file's text with the declaration renamed; nil if it has none of that name.
    func apply(to bytes: [UInt8]) -> [UInt8]? {
      if old.utf8.contains(UInt8(ascii: ".")) { return applyToMethod(bytes) }
      for (before, after) in [
        ("\nfunc ", "("), ("\nvar ", " "), ("\nconst ", " "), ("\ntype ", " "),
      ] {
        let wanted = Array((before + old + after).utf8)
        guard bytes.count >= wanted.count else { continue }
        for i in 0...(bytes.count - wanted.count)
        where bytes[i] == 10 && bytes[i..<(i + wanted.count)].elementsEqual(wanted) {
          return bytes[..<i] + Array((before + new + after).utf8) + bytes[(i + wanted.count)...]
        }
      }
      return nil
    }

    private func applyToMethod(_ bytes: [UInt8]) -> [UInt8]? {
      let parts = old.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1)
      let begin = Array("\nfunc (".utf8)
      // The end of the receiver, and the name.
      let middles = [" ", "*"].map { Array($0.utf8) + parts[0] + Array(") ".utf8) }
      let name = Array(parts[1])
      guard bytes.count > begin.count else { return nil }
      for i in 0..<(bytes.count - begin.count)
      where bytes[i] == 10 && bytes[i..<(i + begin.count)].elementsEqual(begin) {
        let line = bytes[(i + 1)...].prefix { $0 != 10 }
        guard let close = line.firstIndex(of: UInt8(ascii: ")")) else { continue }
        let head = bytes[i..<min(close + 2, bytes.count)]
        let rest = bytes[head.endIndex...]
        if middles.contains(where: { head.suffix($0.count).elementsEqual($0) }),
          rest.starts(with: name + [UInt8(ascii: "(")])
        {
          return Array(bytes[..<head.endIndex]) + Array(new.utf8)
            + Array(rest.dropFirst(name.count))
        }
      }
      return nil
    }
  }

  public let dir: String
  private var entries: [(path: String, entry: Entry)] = []

  /// The overlay named by `APUS_OVERLAY`, or found near the executable: `overlay` beside it, in
  /// `../share/apus`, or in a directory above it (a development build).
  public static func locate() throws(PackageError) -> Overlay {
    if let p = environment("APUS_OVERLAY") {
      if !isRegularFile(p + "/manifest") {
        throw PackageError("APUS_OVERLAY: \(p) has no file named manifest")
      }
      return try Overlay(dir: p)
    }
    guard let exe = realPath("/proc/self/exe") else {
      throw PackageError("cannot find out where the executable is; set APUS_OVERLAY")
    }
    var d = directoryName(exe)
    while true {
      for place in ["/overlay", "/share/apus/overlay"]
      where isRegularFile(d + place + "/manifest") {
        return try Overlay(dir: d + place)
      }
      if d == "/" { break }
      d = directoryName(d)
    }
    throw PackageError("cannot find the overlay directory near \(exe); set APUS_OVERLAY")
  }

  /// Reads the overlay at `dir`.
  public init(dir: String) throws(PackageError) {
    self.dir = dir
    let path = dir + "/manifest"
    guard let bytes = readFile(path) else { throw PackageError("cannot read \(path)") }
    var number = 0
    for line in String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      number += 1
      let t = line.prefix { $0 != "#" }
      if t.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      if let problem = parse(t) { throw PackageError("\(path):\(number): \(problem)") }
    }
    entries.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    try checkFiles(path)
  }

  /// An overlay that changes nothing.
  public static var none: Overlay { Overlay() }
  private init() { dir = "" }

  /// One directive; returns what is wrong with it.
  private mutating func parse(_ line: Substring) -> String? {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    guard let dash = words.firstIndex(of: "--") else { return "no reason given (-- reason)" }
    if dash + 1 == words.count { return "the reason is missing behind --" }
    let w = Array(words[..<dash])
    guard w.count >= 3 || (w.first == "replace" && w.count == 2) else {
      return "too few words"
    }
    let rest = Array(w[2...])
    switch w[0] {
    case "replace":
      if !rest.isEmpty { return "replace takes a package only" }
      update(w[1]) { $0.isReplaced = true }
    case "take": update(w[1]) { $0.takes += rest }
    case "drop": update(w[1]) { $0.drops += rest }
    case "add": update(w[1]) { $0.adds += rest }
    case "rename":
      if rest.count != 3 { return "rename takes a package, a file and two names" }
      update(w[1]) { $0.renames.append(Rename(file: rest[0], old: rest[1], new: rest[2])) }
    case "tags": update(w[1]) { $0.tags += rest }
    default: return "unknown directive \(w[0])"
    }
    return nil
  }

  private mutating func update(_ path: String, _ change: (inout Entry) -> Void) {
    if let i = entries.firstIndex(where: { $0.path == path }) {
      change(&entries[i].entry)
    } else {
      var e = Entry()
      change(&e)
      entries.append((path: path, entry: e))
    }
  }

  /// Every package has sense, and every file that it adds exists.
  private func checkFiles(_ manifest: String) throws(PackageError) {
    for (path, e) in entries {
      if !e.takes.isEmpty && !e.isReplaced {
        throw PackageError("\(manifest): take \(path): the package is not replaced")
      }
      if e.isReplaced && !(e.drops.isEmpty && e.adds.isEmpty) {
        throw PackageError("\(manifest): \(path) is replaced: drop and add have no meaning")
      }
      for f in e.adds where !isRegularFile(dir + "/" + path + "/" + f) {
        throw PackageError("\(manifest): add \(path) \(f): there is no such file")
      }
    }
  }

  /// What holds for the package `importPath`, `.../...` patterns of `tags` included.
  public func entry(_ importPath: String) -> Entry? {
    var found: Entry? = nil
    for (path, e) in entries {
      if path == importPath {
        var own = e
        own.tags += found?.tags ?? []
        found = own
      } else if path.hasSuffix("/..."), importPath.hasPrefix(path.dropLast(3)) {
        var f = found ?? Entry()
        f.tags += e.tags
        found = f
      }
    }
    return found
  }

  /// Directory of the package's overlay files; it need not exist.
  public func directory(_ importPath: String) -> String { dir + "/" + importPath }

  /// Whether the package exists in the overlay alone.
  public func provides(_ importPath: String) -> Bool {
    entries.contains { $0.path == importPath && $0.entry.isReplaced }
  }
}
