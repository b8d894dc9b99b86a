import Base

/// `//go:` directives that concern the declaration after them (cmd/compile, "Function
/// Directives"), as bits.
public struct PragmaFlags: OptionSet, Sendable {
  public var rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let noescape = PragmaFlags(rawValue: 1 << 0)
  public static let norace = PragmaFlags(rawValue: 1 << 1)
  public static let nosplit = PragmaFlags(rawValue: 1 << 2)
  public static let noinline = PragmaFlags(rawValue: 1 << 3)
  public static let nocheckptr = PragmaFlags(rawValue: 1 << 4)
  public static let systemstack = PragmaFlags(rawValue: 1 << 5)
  public static let nowritebarrier = PragmaFlags(rawValue: 1 << 6)
  public static let nowritebarrierrec = PragmaFlags(rawValue: 1 << 7)
  public static let yeswritebarrierrec = PragmaFlags(rawValue: 1 << 8)
  public static let cgoUnsafeArgs = PragmaFlags(rawValue: 1 << 9)
  public static let uintptrkeepalive = PragmaFlags(rawValue: 1 << 10)
  public static let uintptrescapes = PragmaFlags(rawValue: 1 << 11)
  public static let registerparams = PragmaFlags(rawValue: 1 << 12)
  public static let nointerface = PragmaFlags(rawValue: 1 << 13)
  /// `//go:build`, misplaced anywhere but before the package clause.
  public static let goBuild = PragmaFlags(rawValue: 1 << 14)
  /// `//go:debug`, for the package clause of a main package.
  public static let debug = PragmaFlags(rawValue: 1 << 15)
  /// `//go:notinheap`, still written in old code; without effect.
  public static let notinheap = PragmaFlags(rawValue: 1 << 16)

  /// Those that a function declaration accepts.
  public static let forFunctions: PragmaFlags = [
    .noescape, .norace, .nosplit, .noinline, .nocheckptr, .systemstack, .nowritebarrier,
    .nowritebarrierrec, .yeswritebarrierrec, .cgoUnsafeArgs, .uintptrkeepalive,
    .uintptrescapes, .registerparams, .nointerface,
  ]
  /// Those that only the runtime's own packages may use.
  public static let forRuntime: PragmaFlags = [
    .systemstack, .nowritebarrier, .nowritebarrierrec, .yeswritebarrierrec,
  ]
}

/// The directives in front of one declaration or package clause: index into
/// `SyntaxTree.pragmas`; 0 is none.
public struct PragmaID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// Directives collected for one declaration. They lie one after the other in
/// `SyntaxTree.directives`.
public struct Pragma: Sendable {
  public var flags: PragmaFlags = []
  /// Range in `SyntaxTree.directives`.
  public var first: Int32 = 0
  public var count: Int32 = 0
  public init() {}
}

/// One `//go:` directive of a declaration.
public struct Directive: Sendable {
  /// Position of "go:", two bytes after the comment's start.
  public var pos: Pos
  /// What the verb means; empty for verbs without a bit.
  public var flags: PragmaFlags
  /// Text from "go:" to the end of the line.
  public var text: String

  public init(pos: Pos, flags: PragmaFlags, text: String) {
    self.pos = pos
    self.flags = flags
    self.text = text
  }

  /// The first word, "go:noinline".
  public var verb: Substring { text.prefix { $0 != " " && $0 != "\t" } }
  public var isEmbed: Bool { verb == "go:embed" }
}

/// `//go:linkname local [remote]`; it may stand anywhere in a file.
public struct Linkname: Sendable {
  public var pos: Pos
  public var local: NameID
  /// The link symbol, or the empty name when left out (then `pkgpath.local`).
  public var remote: NameID
  /// Written as `//go:linknamestd`.
  public var isStd: Bool

  public init(pos: Pos, local: NameID, remote: NameID, isStd: Bool) {
    self.pos = pos
    self.local = local
    self.remote = remote
    self.isStd = isStd
  }
}
