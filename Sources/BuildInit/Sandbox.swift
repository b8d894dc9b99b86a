import Glibc

/// How the initialisers' process ended.
enum Outcome {
  /// At `imageStop`, nothing refused.
  case finished
  /// An initialiser wants what only a running program has, or fails: in words that follow "it ".
  case refused(package: String, String)
}

/// Runs the initialisers' process and answers its system calls: those that only get memory are let
/// through, any other is a question to the outside and ends the run.
struct Sandbox {
  let tracee: Tracee
  /// Address after the trap instruction of `runtime.imageStop`.
  let stop: UInt
  /// Address of `runtime.imaging.refusal`.
  let refusal: Int
  /// Address of `runtime.imaging.on`, set once initialisers run.
  let on: Int
  /// Pages that nobody may touch, and what to say of an address in them.
  let guards: [Range<Int>]
  let guardedName: (Int) -> String
  /// The package whose initialiser is running; empty if none is.
  let runningPackage: () -> String

  private static let memoryCalls: Set<Int> = [
    11,  // munmap
    14,  // rt_sigprocmask
    15,  // rt_sigreturn
    28,  // madvise
    131,  // sigaltstack
    158,  // arch_prctl
  ]
  private static let write = 1
  private static let mmap = 9
  private static let mprotect = 10
  private static let sigaction = 13
  private static let anonymous: UInt = 0x20

  func run() -> Outcome {
    let names = SystemCalls()
    var printed: [UInt8] = []
    var printer = ""
    var isEntry = true
    var written: UInt?
    var signal: Int32 = 0
    while true {
      let stop = tracee.resume(signal: signal)
      signal = 0
      switch stop {
      case .systemCall:
        if !isEntry {
          isEntry = true
          if let n = written {
            tracee.registers.rax = n
            written = nil
          }
          continue
        }
        isEntry = false
        let r = tracee.registers
        if r.callNumber == Sandbox.write && r.rdi == 2 {
          // What a dying program says; it is kept back for the message.
          if printed.isEmpty { printer = runningPackage() }
          printed += tracee.read(Int(bitPattern: r.rsi), Int(bitPattern: r.rdx))
          written = r.rdx
          tracee.registers.callNumber = -1
        } else if r.callNumber == 231 || r.callNumber == 60 {
          let text = String(decoding: printed, as: UTF8.self)
          return refused(text.isEmpty ? "exits" : "fails: " + text)
        } else if !isAllowed(r) {
          return refused("makes the system call \(names.name(r.callNumber))")
        }
      case .signal(SIGTRAP) where tracee.registers.rip == self.stop:
        let text = tracee.read(tracee.word(refusal), tracee.word(refusal + 8))
        if !text.isEmpty { return refused(String(decoding: text, as: UTF8.self)) }
        if !printed.isEmpty {
          return .refused(package: printer, "prints to standard error")
        }
        return .finished
      case .signal(SIGSEGV) where isGuarded(tracee.faultAddress):
        return refused("uses " + guardedName(tracee.faultAddress))
      case .signal(SIGXCPU):
        return refused("takes too long")
      case .signal(SIGTRAP):
        return refused("traps at 0x" + String(tracee.registers.rip, radix: 16))
      case .signal(let s):
        signal = s
      case .exited(let status):
        return .refused(package: "", "exits with status \(status)")
      case .killed(let s):
        return .refused(package: "", "is killed by signal \(s)")
      }
    }
  }

  private func refused(_ reason: String) -> Outcome {
    .refused(package: runningPackage(), reason)
  }

  private func isGuarded(_ a: Int) -> Bool { guards.contains { $0.contains(a) } }

  private func isAllowed(_ r: Registers) -> Bool {
    switch r.callNumber {
    case Sandbox.mmap: r.r10 & Sandbox.anonymous != 0
    // The runtime's own two handlers, and the guards.
    case Sandbox.sigaction, Sandbox.mprotect: tracee.read(on, 1) == [0]
    default: Sandbox.memoryCalls.contains(r.callNumber)
    }
  }
}
