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

/// Runs initialisers of a program and puts the memory that they leave into it.
///
/// `packages` are those to freeze; empty means all that can be: a package that asks for what only a running
/// program has is then left for start-up, and the rest is tried again. `link` links the program, laid out
/// for an image, with the variables of the given packages on pages of their own.
///
/// First runs are on a layout in which no variable of a package that is left can be touched: what runs
/// at build time must not depend on what runs later. The last run is of the program as it will be.
public func freeze(
  _ table: inout SymbolTable, packages: [String],
  link: (inout SymbolTable, Set<String>) throws(LinkFailure) -> LinkedProgram
) throws(FreezeError) -> (program: LinkedProgram, report: FreezeReport) {
  var left: [String: String] = [:]
  if packages.isEmpty {
    for (p, reason) in Freezer.standing { left[p] = reason }
  } else {
    // The calls are the same in every layout.
    let chosen = Set(packages)
    for c in initCalls(try relink(&table, [], link), table) where !chosen.contains(c.package) {
      left[c.package] = "not chosen"
    }
  }
  var guarded: Set<String>? = nil
  repeat {
    guarded = Set(left.keys)
    let program = try relink(&table, guarded!, link)
    while true {
      let result = try failing { () throws(FreezeFailure) in
        try Freezer(program, table, left).attempt(takingMemory: false)
      }
      guard case .refused(let package, let reason) = result else { break }
      if !packages.isEmpty || package.isEmpty {
        let who = package.isEmpty ? "an initialiser" : "package \(package)"
        throw .failure(FreezeFailure(message: "image: \(who) \(reason) while it is initialised"))
      }
      left[package] = reason
    }
  } while guarded != Set(left.keys)

  let program = try relink(&table, [], link)
  let last = try failing { () throws(FreezeFailure) in
    try Freezer(program, table, left).attempt(takingMemory: true)
  }
  switch last {
  case .done(let frozen, let report): return (frozen, report)
  case .refused(let package, let reason):
    let text = "image: package \(package) \(reason), but did not do so in the run before"
    throw .failure(FreezeFailure(message: text))
  }
}

/// No image because of the initialisers, or no program because of a mistake that linking finds.
public enum FreezeError: Error {
  case failure(FreezeFailure)
  case link(LinkFailure)
}

private func failing<T>(
  _ body: () throws(FreezeFailure) -> T
) throws(FreezeError) -> T {
  do { return try body() } catch { throw .failure(error) }
}

private func relink(
  _ table: inout SymbolTable, _ guarded: Set<String>,
  _ link: (inout SymbolTable, Set<String>) throws(LinkFailure) -> LinkedProgram
) throws(FreezeError) -> LinkedProgram {
  do { return try link(&table, guarded) } catch { throw .link(error) }
}

/// One run of a linked program's initialisers.
struct Freezer {
  private enum Limits {
    static let cpuSeconds: UInt = 30
  }

  enum Attempt {
    case done(LinkedProgram, FreezeReport)
    case refused(package: String, reason: String)
  }

  let program: LinkedProgram
  let table: SymbolTable
  /// By package: why it is left for start-up.
  let left: [String: String]
  /// Calls of packages' `init` functions, in order.
  private let calls: [InitCall]

  init(
    _ program: LinkedProgram, _ table: SymbolTable, _ left: [String: String]
  ) throws(FreezeFailure) {
    self.program = program
    self.table = table
    self.left = left
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
  static let standing: [(String, String)] = [
    ("os", "arguments and standard files"), ("syscall", "environment and limits"),
    ("time", "clock"), ("internal/godebug", "GODEBUG"), ("flag", "arguments"),
    ("crypto/internal/fips140deps/cpu", "processor"), ("vendor/golang.org/x/sys/cpu", "processor"),
    ("golang.org/x/sys/cpu", "processor"),
  ]

  /// The live symbol of that name; where the compiler made a wrapper for assembly, the assembly.
  func symbol(_ name: String) -> SymbolID? {
    for convention in [ABI.Convention.abi0, .internal] {
      if let s = table.find(name, convention), program.liveness.contains(s) { return s }
    }
    return nil
  }

  private func address(_ name: String) -> Int {
    symbol(name).map { program.layout.address($0) } ?? 0
  }

  /// One run with the packages that are not left. `.done` has the program without its image where the memory
  /// is not wanted.
  func attempt(takingMemory: Bool) throws(FreezeFailure) -> Attempt {
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
      on: imaging, guards: program.layout.guards, guardedName: guardedName,
      runningPackage: { runningPackage(tracee) })
    for (i, g) in program.layout.guards.prefix(2).enumerated() {
      var w = ByteWriter(reserving: 16)
      w.u64(UInt64(g.lowerBound))
      w.u64(UInt64(g.upperBound))
      tracee.write(w.bytes, at: imaging + ImagingField.guards + 16 * i)
    }
    switch sandbox.run() {
    case .refused(let package, let reason):
      return .refused(package: package, reason: reason)
    case .finished:
      break
    }
    var report = FreezeReport()
    report.frozen = calls.filter { left[$0.package] == nil }.map { $0.package }
    report.left = calls.compactMap { c in left[c.package].map { (c.package, $0) } }
    let snapshot = Snapshot(
      program: program, table: table, left: Set(left.keys), tracee: tracee, imaging: imaging)
    if !takingMemory { return .done(program, report) }
    let ran = calls.filter { left[$0.package] == nil }.map { $0.address }
    let (memory, dead) = try snapshot.take(dropping: ran)
    report.objectBytes = program.layout.dataBase - memory.start
    report.deadBytes = dead
    return .done(program.freezing(memory, table), report)
  }

  /// What to say of an address in a guarded page.
  private func guardedName(_ a: Int) -> String {
    for k in [SectionKind.data, .noptrdata] {
      for s in program.layout.section(k).symbols {
        let at = program.layout.address(s)
        if a < at || a >= at + (table.definitions[s]?.size ?? 0) { continue }
        let name = table.name(s)
        return "\(name), and package \(packageOf(name)) is initialised at start-up,"
      }
    }
    return "a variable of a package that is initialised at start-up,"
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
  static let guards = 72
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
