import Glibc

/// Runs a test program to its end, reading what it prints.
struct TestProcess {
  var file: String
  var arguments: [String]
  var directory: String
  /// Seconds after which the program is asked for its goroutines and ended; 0 for never.
  var killAfter: Double = 0

  /// How the program ended.
  struct End {
    var state: Int32 = 0
    var wasKilled = false
    /// Why it could not be started.
    var startError: String? = nil

    var exited: Bool { startError == nil && state & 0x7F == 0 }
    var isGood: Bool { startError == nil && state == 0 }
    /// As package os words it.
    var text: String {
      if let e = startError { return e }
      if exited { return "exit status \(state >> 8 & 0xFF)" }
      let core = state & 0x80 != 0 ? " (core dumped)" : ""
      return "signal: \(TestProcess.signalText(state & 0x7F))\(core)"
    }
  }

  fileprivate static func signalText(_ s: Int32) -> String {
    switch s {
    case SIGHUP: "hangup"
    case SIGINT: "interrupt"
    case SIGQUIT: "quit"
    case SIGILL: "illegal instruction"
    case SIGTRAP: "trace/breakpoint trap"
    case SIGABRT: "aborted"
    case SIGBUS: "bus error"
    case SIGFPE: "floating point exception"
    case SIGKILL: "killed"
    case SIGSEGV: "segmentation fault"
    case SIGPIPE: "broken pipe"
    case SIGALRM: "alarm clock"
    case SIGTERM: "terminated"
    default: "signal \(s)"
    }
  }

  /// `sink` gets standard output and standard error as they come; with nil the program has ours.
  func run(_ sink: (([UInt8]) -> Void)?) -> End {
    var end = End()
    var pipes: [Int32] = [-1, -1]
    if sink != nil && pipe(&pipes) != 0 {
      end.startError = "pipe: \(String(cString: strerror(errno)))"
      return end
    }
    // The program gets the writing end as its output, and no other copy.
    if sink != nil { for p in pipes { _ = fcntl(p, F_SETFD, FD_CLOEXEC) } }
    var pid: pid_t = 0
    let rc = spawn(&pid, output: sink == nil ? 1 : pipes[1])
    if sink != nil { close(pipes[1]) }
    if rc != 0 {
      if sink != nil { close(pipes[0]) }
      end.startError = "fork/exec \(file): \(String(cString: strerror(rc)))"
      return end
    }
    let watch = Watch(pid: pid, seconds: killAfter)
    if let sink {
      read(pipes[0], watch, sink)
      close(pipes[0])
    }
    while true {
      let n = waitpid(pid, &end.state, sink == nil && killAfter > 0 ? WNOHANG : 0)
      if n == pid || (n < 0 && errno != EINTR) { break }
      if n == 0 {
        usleep(10_000)
        watch.check()
      }
    }
    end.wasKilled = watch.hasFired
    return end
  }

  private func spawn(_ pid: inout pid_t, output: Int32) -> Int32 {
    var argv: [UnsafeMutablePointer<CChar>?] = ([file] + arguments).map { strdup($0) } + [nil]
    var env: [UnsafeMutablePointer<CChar>?] = []
    var e = environ
    while let s = e.pointee {
      if strncmp(s, "PWD=", 4) != 0 { env.append(strdup(s)) }
      e += 1
    }
    env += [strdup("PWD=" + directory), nil]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    var attr = posix_spawnattr_t()
    posix_spawnattr_init(&attr)
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attr, &defaults)
    posix_spawnattr_setflags(&attr, Int16(POSIX_SPAWN_SETSIGDEF))
    // The child starts where we are; no other thread runs that could care.
    let here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(here) }
    if chdir(directory) != 0 { return errno }
    let rc = posix_spawn(&pid, file, &actions, &attr, argv, env)
    _ = fchdir(here)
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attr)
    for p in argv + env { free(p) }
    argv = []
    return rc
  }

  private func read(_ fd: Int32, _ watch: Watch, _ sink: ([UInt8]) -> Void) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var p = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
      let ready = poll(&p, 1, killAfter > 0 ? 1000 : -1)
      if ready == 0 {
        watch.check()
        if watch.isOver { return }
        continue
      }
      let n = Glibc.read(fd, &buffer, buffer.count)
      if n > 0 {
        sink(Array(buffer[..<n]))
      } else if n == 0 || errno != EINTR {
        return
      }
    }
  }
}

/// Ends a program that takes too long: first by SIGQUIT, so that it shows its goroutines, ten
/// seconds later for good.
private final class Watch {
  let pid: pid_t
  let seconds: Double
  let start = Timing.now()
  private(set) var hasFired = false
  private(set) var isOver = false

  init(pid: pid_t, seconds: Double) {
    self.pid = pid
    self.seconds = seconds
  }

  func check() {
    if seconds == 0 { return }
    let passed = Double(Timing.now() - start) / 1e9
    if !hasFired && passed > seconds {
      kill(pid, SIGQUIT)
      hasFired = true
    } else if hasFired && !isOver && passed > seconds + 10 {
      kill(pid, SIGKILL)
      isOver = true
    }
  }
}
