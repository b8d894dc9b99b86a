/// One message to the user about the program being compiled.
public struct Diagnostic: Sendable {
  public var pos: Pos
  /// Text in gc's words; further lines start with a tab.
  public var message: String
  /// True for follow-ups such as "declared and not used", which gc counts as soft errors.
  public var isSoft: Bool

  public init(pos: Pos, message: String, isSoft: Bool = false) {
    self.pos = pos
    self.message = message
    self.isSoft = isSoft
  }
}

/// Diagnostics collected by a phase. Sorted and cut to ten by the driver, never here.
public struct Diagnostics: Sendable {
  public var list: [Diagnostic] = []
  public init() {}
  public var isEmpty: Bool { list.isEmpty }
  public mutating func report(_ pos: Pos, _ message: String, isSoft: Bool = false) {
    list.append(Diagnostic(pos: pos, message: message, isSoft: isSoft))
  }
}

/// Stops the process for a broken invariant of the compiler's own: prints phase and entity to
/// standard error and traps, which the driver's signal handler turns into exit status 3.
public func internalError(
  _ phase: StaticString, _ what: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) -> Never {
  fatalError("apus: internal error in \(phase): \(what())", file: file, line: line)
}

/// What this compiler knows that it cannot do yet. Raised where it is met; the driver reports it
/// as `unimplemented: what` with the position and exit status 1.
public struct Unimplemented: Error, Sendable {
  public var pos: Pos
  public var what: String
  public init(_ what: String, at pos: Pos = .none) {
    self.pos = pos
    self.what = what
  }
}
