import Glibc

// ptrace(2) as this module needs it. Swift imports neither fork nor functions with variable arguments, so
// both are bound by name; their arguments here are integers, which C passes the same way.

@_silgen_name("fork") private func cFork() -> Int32
@_silgen_name("ptrace")
private func cPtrace(_ request: Int32, _ pid: Int32, _ address: UInt, _ data: UInt) -> Int
@_silgen_name("personality") private func cPersonality(_ flags: UInt) -> Int32

private enum Request {
  static let traceMe: Int32 = 0
  static let kill: Int32 = 8
  static let getRegisters: Int32 = 12
  static let setRegisters: Int32 = 13
  static let systemCall: Int32 = 24
  static let setOptions: Int32 = 0x4200
  static let getSignal: Int32 = 0x4202
}

/// `user_regs_struct` of amd64, by word.
struct Registers {
  static let count = 27
  var words = [UInt](repeating: 0, count: Registers.count)

  var rax: UInt {
    get { words[10] }
    set { words[10] = newValue }
  }
  var rdx: UInt { words[12] }
  var rsi: UInt { words[13] }
  var rdi: UInt { words[14] }
  var r10: UInt { words[7] }
  var callNumber: Int {
    get { Int(bitPattern: words[15]) }
    set { words[15] = UInt(bitPattern: newValue) }
  }
  var rip: UInt { words[16] }
}

/// Why a traced process has stopped.
enum Stop {
  /// About to make a system call, or back from it.
  case systemCall
  case signal(Int32)
  case exited(Int32)
  case killed(Int32)
}

/// A child process under ptrace. All calls must come from the thread that started it.
final class Tracee {
  private let pid: Int32
  private var memory: Int32 = -1
  private var isAlive = true

  private static let noRandomAddresses: UInt = 0x40000
  /// Kill with the tracer; mark stops at system calls.
  private static let options: UInt = 0x10_0000 | 1

  /// Starts `path` with an empty environment and stops it before its first instruction. Nil if the
  /// system does not allow it.
  init?(_ path: String, cpuSeconds: UInt) {
    var argv: [UnsafeMutablePointer<CChar>?] = [strdup("image"), nil]
    var envp: [UnsafeMutablePointer<CChar>?] = [nil]
    let file = strdup(path)!
    defer {
      free(argv[0])
      free(file)
    }
    var cpu = rlimit(rlim_cur: cpuSeconds, rlim_max: cpuSeconds + 1)
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    pid = cFork()
    if pid == 0 {
      // Only system calls: other threads' locks are as they were.
      _ = setrlimit(__rlimit_resource_t(0), &cpu)
      _ = setrlimit(__rlimit_resource_t(4), &none)
      _ = cPersonality(Tracee.noRandomAddresses)
      if cPtrace(Request.traceMe, 0, 0, 0) == 0 { execve(file, &argv, &envp) }
      _exit(127)
    }
    if pid < 0 { return nil }
    guard case .signal(SIGTRAP) = wait(),
      cPtrace(Request.setOptions, pid, 0, Tracee.options) == 0
    else {
      end()
      return nil
    }
    memory = open("/proc/\(pid)/mem", O_RDWR | O_CLOEXEC)
  }

  deinit { end() }

  private func end() {
    if isAlive {
      kill(pid, SIGKILL)
      var status: Int32 = 0
      while waitpid(pid, &status, 0x4000_0000) < 0 && errno == EINTR {}
      isAlive = false
    }
    if memory >= 0 { close(memory) }
    memory = -1
  }

  /// Lets the process run, with a signal or none, to its next stop.
  func resume(signal: Int32 = 0) -> Stop {
    _ = cPtrace(Request.systemCall, pid, 0, UInt(signal))
    return wait()
  }

  private func wait() -> Stop {
    var status: Int32 = 0
    while waitpid(pid, &status, 0x4000_0000) < 0 {
      if errno != EINTR {
        isAlive = false
        return .exited(127)
      }
    }
    if status & 0x7f == 0 {
      isAlive = false
      return .exited(status >> 8 & 0xff)
    }
    if status & 0xff == 0x7f {
      let s = status >> 8 & 0xff
      return s == SIGTRAP | 0x80 ? .systemCall : .signal(s)
    }
    isAlive = false
    return .killed(status & 0x7f)
  }

  var registers: Registers {
    get {
      var r = Registers()
      r.words.withUnsafeMutableBytes { b in
        _ = cPtrace(Request.getRegisters, pid, 0, UInt(bitPattern: b.baseAddress!))
      }
      return r
    }
    set {
      var r = newValue
      r.words.withUnsafeMutableBytes { b in
        _ = cPtrace(Request.setRegisters, pid, 0, UInt(bitPattern: b.baseAddress!))
      }
    }
  }

  /// `count` bytes at `address`; fewer where memory ends.
  func read(_ address: Int, _ count: Int) -> [UInt8] {
    if count <= 0 || memory < 0 { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      done = 0
      while done < count {
        let n = pread(memory, buffer.baseAddress! + done, count - done, address + done)
        if n <= 0 { break }
        done += n
      }
    }
  }

  func write(_ bytes: [UInt8], at address: Int) {
    _ = bytes.withUnsafeBytes { pwrite(memory, $0.baseAddress, $0.count, address) }
  }

  /// Where the access was that the present SIGSEGV reports.
  var faultAddress: Int {
    // siginfo_t: si_addr is the third word.
    var info = [Int](repeating: 0, count: 16)
    info.withUnsafeMutableBytes { b in
      _ = cPtrace(Request.getSignal, pid, 0, UInt(bitPattern: b.baseAddress!))
    }
    return info[2]
  }

  func word(_ address: Int) -> Int {
    let b = read(address, 8)
    return b.count == 8 ? b.withUnsafeBytes { $0.loadUnaligned(as: Int.self) } : 0
  }
}
