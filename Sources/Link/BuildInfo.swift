import Base

/// What `go version -m` and `runtime/debug.ReadBuildInfo` say about a program.
public struct BuildInfo: Sendable {
  public struct Module: Sendable {
    public var path: String
    public var version: String
    /// `h1:` hash of go.sum; empty if there is none.
    public var sum: String
    /// What a `replace` directive put in its place.
    public var replacement: (path: String, version: String, sum: String)?

    public init(
      path: String, version: String, sum: String = "",
      replacement: (path: String, version: String, sum: String)? = nil
    ) {
      self.path = path
      self.version = version
      self.sum = sum
      self.replacement = replacement
    }
  }

  /// `go1.27.3`.
  public var goVersion: String
  /// Import path of the main package, or `command-line-arguments`.
  public var path: String
  public var main: Module?
  /// Sorted by path.
  public var dependencies: [Module] = []
  /// `-compiler`, `GOOS`, `vcs.revision` and so on, in the order to show them.
  public var settings: [(key: String, value: String)] = []

  public init(goVersion: String, path: String, main: Module? = nil) {
    self.goVersion = goVersion
    self.path = path
    self.main = main
  }

  /// The lines of `debug.BuildInfo.String` after the first, tab-separated.
  var text: String {
    var t = "path\t\(path)\n"
    if let m = main { t += BuildInfo.line("mod", m) }
    for d in dependencies { t += BuildInfo.line("dep", d) }
    for s in settings { t += "build\t\(s.key)=\(BuildInfo.quoted(s.value))\n" }
    return t
  }

  private static func line(_ word: String, _ m: Module) -> String {
    var t = "\(word)\t\(m.path)\t\(m.version)"
    if let r = m.replacement { return t + "\n=>\t\(r.path)\t\(r.version)\t\(r.sum)\n" }
    if !m.sum.isEmpty { t += "\t" + m.sum } else { t += "\t" }
    return t + "\n"
  }

  /// Go's quoting rule of build settings: quote what holds a space, quote, backquote, newline or =.
  private static func quoted(_ value: String) -> String {
    let needs =
      value.isEmpty
      || value.utf8.contains { b -> Bool in
        switch b {
        case 0x20, 0x09, 0x0d, 0x0a, UInt8(ascii: "\""), UInt8(ascii: "`"): return true
        default: return false
        }
      }
    if !needs || value.isEmpty { return value }
    var t = "\""
    for u in value.unicodeScalars {
      switch u {
      case "\"": t += "\\\""
      case "\\": t += "\\\\"
      case "\n": t += "\\n"
      case "\t": t += "\\t"
      case "\r": t += "\\r"
      default: t.unicodeScalars.append(u)
      }
    }
    return t + "\""
  }

  /// Marks before and after the text, by which tools find it in memory (16 bytes each).
  private static let startMark: [UInt8] = [
    0x30, 0x77, 0xaf, 0x0c, 0x92, 0x74, 0x08, 0x02, 0x41, 0xe1, 0xc1, 0x07, 0xe6, 0xd6, 0x18, 0xe6,
  ]
  private static let endMark: [UInt8] = [
    0xf9, 0x32, 0x43, 0x31, 0x86, 0x18, 0x20, 0x72, 0x00, 0x82, 0x42, 0x10, 0x41, 0x16, 0xd8, 0xf2,
  ]

  /// The value of `runtime.modinfo`.
  var framedBytes: [UInt8] { BuildInfo.startMark + Array(text.utf8) + BuildInfo.endMark }

  /// Contents of the section `.go.buildinfo` (GOROOT debug/buildinfo, the inline form): magic,
  /// pointer size, flags, padding to 32 bytes, two strings with varint lengths.
  var section: [UInt8] {
    var w = ByteWriter(reserving: 512)
    w.u8(0xff)
    w.append(" Go buildinf:")
    w.u8(8)
    w.u8(2)
    w.align(32)
    w.uvarint(UInt64(goVersion.utf8.count))
    w.append(goVersion)
    let framed = framedBytes
    w.uvarint(UInt64(framed.count))
    w.append(framed)
    w.align(16)
    return w.bytes
  }
}
