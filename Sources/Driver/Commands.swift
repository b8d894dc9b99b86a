import Base
import Packages
import Syntax

/// The version of Apus itself.
public let apusVersion = "0.1.0"

/// A command: runs and gives the exit status.
public enum Command: Sendable {
  case check
  case list(ListOptions)
  case env([String])
  case version, build
  case run([String])
  case test(TestOptions)
}

/// Runs a command on a thread with a large stack; crashes become exit status 3.
public func runCommand(_ command: Command, _ options: Options) -> Int32 {
  CrashContext.install()
  let status = StatusBox()
  onLargeStack(512 << 20) { status.value = dispatch(command, options) }
  return status.value
}

/// Written by the one thread that `onLargeStack` waits for.
private final class StatusBox: @unchecked Sendable {
  var value: Int32 = 3
}

private func dispatch(_ command: Command, _ options: Options) -> Int32 {
  do {
    switch command {
    case .check: return try check(options)
    case .list(let how): return try list(options, how)
    case .env(let names): return try env(names)
    case .version: return version()
    case .build: return try build(options)
    case .run(let arguments): return try run(options, arguments)
    case .test(let how): return try test(options, how)
    }
  } catch let e as PackageError {
    writeError(e.message + "\n")
    return e.status
  } catch let e as Unimplemented {
    writeError("apus: unimplemented: \(e.what)\n")
    return 1
  } catch {
    writeError("apus: internal error: \(error)\n")
    return 3
  }
}

private func check(_ options: Options) throws -> Int32 {
  let p = try Program(options)
  try p.load(parsing: true)
  p.parse()
  p.dumpFrontEnd()
  let good = p.check(.declarations)
  showTime(p)
  return good ? 0 : 1
}

func showTime(_ p: Program) {
  let d = p.options.developer
  if d.time { writeError(p.timing.text(json: d.timeAsJSON)) }
}

private func env(_ names: [String]) throws -> Int32 {
  let goroot = try Goroot.locate()
  let modules = ModuleSet(around: workingDirectory())
  let main = modules.owner(ofDirectory: workingDirectory())
  let overlay = (try? Overlay.locate())?.dir ?? ""
  let all: [(name: String, value: String)] = [
    (name: "APUSVERSION", value: apusVersion),
    (name: "APUS_OVERLAY", value: overlay),
    (name: "CGO_ENABLED", value: "0"),
    (name: "GOARCH", value: "amd64"),
    (name: "GOMOD", value: main.map { $0.dir + "/go.mod" } ?? "/dev/null"),
    (name: "GOOS", value: "linux"),
    (name: "GOROOT", value: goroot.path),
    (name: "GOVERSION", value: goroot.version),
  ]
  if names.isEmpty {
    for v in all { writeOutput("\(v.name)='\(v.value)'\n") }
    return 0
  }
  for n in names { writeOutput((all.first { $0.name == n }?.value ?? "") + "\n") }
  return 0
}

private func version() -> Int32 {
  let go = (try? Goroot.locate())?.version ?? "no Go source tree found"
  writeOutput("apus version \(apusVersion) (\(go)) linux/amd64\n")
  return 0
}
