import ABI
import Base
import Glibc
import Link
import Object

/// Why no image could be made, in words for the user.
public struct FreezeFailure: Error, Sendable {
  public var message: String
}

/// What was frozen and what was not.
public struct FreezeReport: Sendable {
  /// Packages whose initialisers ran at build time, in order.
  public var frozen: [String] = []
  /// The others, with the reason.
  public var left: [(package: String, reason: String)] = []
  /// Bytes of objects, and of those the ones that nothing refers to any more.
  public var objectBytes = 0
  public var deadBytes = 0

  /// `-apus:dump=init`.
  public var text: String {
    var t = ""
    for p in frozen { t += "frozen \(p)\n" }
    for l in left { t += "left   \(l.package): \(l.reason)\n" }
    return t + "image  \(objectBytes) bytes of objects, \(deadBytes) of them dead\n"
  }
}

/// Runs initialisers of a linked program and puts their memory into it.
///
/// `packages` are those to freeze; empty means all that can be: a package that asks for what only a running
/// program has is then left for start-up, and the rest is tried again.
public func freeze(
  _ program: LinkedProgram, _ table: SymbolTable, packages: [String]
) throws(FreezeFailure) -> (program: LinkedProgram, report: FreezeReport) {
  var freezer = try Freezer(program, table)
  if packages.isEmpty {
    freezer.leaveStanding()
  } else {
    freezer.leaveAll(but: Set(packages))
  }
  while true {
    switch try freezer.attempt() {
    case .done(let p): return (p, freezer.report)
    case .refused(let package, let reason):
      if !packages.isEmpty || package.isEmpty {
        let who = package.isEmpty ? "an initialiser" : "package \(package)"
        throw FreezeFailure(message: "image: \(who) \(reason) while it is initialised")
      }
      freezer.leave(package, reason)
    }
  }
}

struct Freezer {
  private enum Limits {
    static let cpuSeconds: UInt = 30
  }

  enum Attempt {
    case done(LinkedProgram)
    case refused(package: String, reason: String)
  }

  let program: LinkedProgram
  let table: SymbolTable
  /// Calls of packages' `init` functions, in order.
  private let calls: [InitCall]
  /// By package: why it is left for start-up.
  private var left: [String: String] = [:]
  private(set) var report = FreezeReport()

  init(_ program: LinkedProgram, _ table: SymbolTable) throws(FreezeFailure) {
    self.program = program
    self.table = table
    calls = initCalls(program, table)
    for name in [Names.imaging, Names.stop, Names.mainG] where symbol(name) == nil {
      throw FreezeFailure(message: "image: the runtime has no \(name)")
    }
  }

  enum Names {
    static let imaging = "runtime.imaging"
    static let stop = "runtime.imageStop"
    static let mainG = "runtime.mainG"
    static let entry = "_rt0_amd64_image"
  }

  /// Packages that always wait for the start, when the user does not choose: what they keep is the process's.
  private static let standing: [(String, String)] = [
    ("os", "arguments and standard files"), ("syscall", "environment and limits"),
    ("time", "clock"), ("internal/godebug", "GODEBUG"), ("flag", "arguments"),
    ("crypto/internal/fips140deps/cpu", "processor"), ("vendor/golang.org/x/sys/cpu", "processor"),
    ("golang.org/x/sys/cpu", "processor"),
  ]

  mutating func leaveStanding() {
    for (p, reason) in Freezer.standing { left[p] = reason }
  }

  mutating func leaveAll(but chosen: Set<String>) {
    for c in calls where !chosen.contains(c.package) { left[c.package] = "not chosen" }
  }

  mutating func leave(_ package: String, _ reason: String) { left[package] = reason }

  /// The live symbol of that name; where the compiler made a wrapper for assembly, the assembly.
  func symbol(_ name: String) -> SymbolID? {
    for convention in [ABI.Convention.abi0, .internal] {
      if let s = table.find(name, convention), program.liveness.contains(s) { return s }
    }
    return nil
  }

  private func address(_ name: String) -> Int { symbol(name).map { program.layout.address($0) } ?? 0 }

  /// One run with the packages that are not left.
  mutating func attempt() throws(FreezeFailure) -> Attempt {
    let dropped = calls.filter { left[$0.package] != nil }.map { $0.address }
    guard let entry = symbol(Names.entry) else {
      throw FreezeFailure(message: "image: the runtime has no entry for it")
    }
    let file = try TemporaryFile(program.withEntry(entry, droppingCalls: dropped))
    guard let tracee = Tracee(file.path, cpuSeconds: Limits.cpuSeconds) else {
      throw FreezeFailure(message: "image: cannot trace a process (ptrace is not permitted)")
    }
    let imaging = address(Names.imaging)
    let sandbox = Sandbox(
      tracee: tracee, stop: UInt(address(Names.stop) + 1), refusal: imaging + ImagingField.refusal,
      on: imaging)
    switch sandbox.run() {
    case .refused(let reason):
      return .refused(package: runningPackage(tracee), reason: reason)
    case .failed(let text):
      throw FreezeFailure(message: "image: the initialisers failed: " + text)
    case .finished:
      break
    }
    let snapshot = Snapshot(
      program: program, table: table, left: Set(left.keys),
      tracee: tracee, imaging: imaging)
    let memory = try snapshot.take(dropping: calls.filter { left[$0.package] == nil }.map { $0.address })
    report.frozen = calls.filter { left[$0.package] == nil }.map { $0.package }
    report.left = calls.compactMap { c in left[c.package].map { (c.package, $0) } }
    report.objectBytes = program.layout.dataBase - memory.memory.start
    report.deadBytes = memory.dead
    return .done(program.freezing(memory.memory, table))
  }

  /// The package whose initialiser is running: the outermost return address in the function that calls
  /// them, found from the top of the main goroutine's stack.
  private func runningPackage(_ tracee: Tracee) -> String {
    let g = address(Names.mainG)
    let lo = tracee.word(g)
    let hi = tracee.word(g + 8)
    if lo <= 0 || hi <= lo || hi - lo > 1 << 30 { return "" }
    let stack = tracee.read(lo, hi - lo)
    var at = stack.count / 8 * 8 - 8
    while at >= 0 {
      let v = stack.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: Int.self) }
      if let c = calls.first(where: { $0.address + 5 == v }) { return c.package }
      at -= 8
    }
    return ""
  }
}

/// Offsets of the fields of `runtime.imaging`.
enum ImagingField {
  static let base = 8
  static let next = 16
  static let pointers = 24
  static let starts = 32
  static let refusal = 56
}

/// An executable file that lives as long as the value.
final class TemporaryFile {
  let path: String
  private let dir: String

  init(_ image: OutputImage) throws(FreezeFailure) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/apus-image-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw FreezeFailure(message: "image: cannot make a temporary directory in \(parent)")
    }
    dir = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = dir + "/image"
    do {
      try image.write(to: path)
    } catch {
      throw FreezeFailure(message: "image: \(error)")
    }
  }

  deinit {
    unlink(path)
    rmdir(dir)
  }
}
