import Glibc

/// What the current thread is doing, for the message when the compiler crashes. Setting it costs
/// a few nanoseconds and a copy of the text.
public enum CrashContext {
  static let size = 256

  /// Notes the phase and what it works on (a package, a function) for the calling thread.
  public static func set(_ phase: StaticString, _ what: String = "") {
    guard let b = buffer() else { return }
    var n = 0
    func put(_ c: UInt8) {
      if n < size - 1 {
        b[n] = c
        n += 1
      }
    }
    phase.withUTF8Buffer { for c in $0 { put(c) } }
    if !what.isEmpty {
      put(0x20)
      for c in what.utf8 { put(c) }
    }
    b[n] = 0
  }

  private static let key: pthread_key_t = {
    var k = pthread_key_t()
    pthread_key_create(&k, { p in free(p) })
    return k
  }()

  private static func buffer() -> UnsafeMutablePointer<UInt8>? {
    if let p = pthread_getspecific(key) { return p.assumingMemoryBound(to: UInt8.self) }
    guard let p = calloc(1, size) else { return nil }
    pthread_setspecific(key, p)
    return p.assumingMemoryBound(to: UInt8.self)
  }

  /// Turns crashes of this process into a message with phase and entity, and exit status 3.
  public static func install() {
    set("start")
    var action = sigaction()
    action.__sigaction_handler.sa_handler = crashed
    action.sa_flags = Int32(bitPattern: UInt32(SA_ONSTACK)) | Int32(SA_NODEFER)
    for s in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] { sigaction(s, &action, nil) }
    useSignalStack()
  }

  /// Gives the calling thread a stack for signals, so that a stack overflow can be reported.
  public static func useSignalStack() {
    let size = 64 << 10
    var stack = stack_t()
    stack.ss_sp = malloc(size)
    stack.ss_size = size
    if stack.ss_sp != nil { sigaltstack(&stack, nil) }
  }

  /// The text of the calling thread's context, for the signal handler.
  fileprivate static func current() -> UnsafeMutablePointer<UInt8>? {
    pthread_getspecific(key)?.assumingMemoryBound(to: UInt8.self)
  }
}

/// Only async-signal-safe calls.
private func crashed(_ signal: Int32) {
  func put(_ s: StaticString) { _ = write(2, s.utf8Start, s.utf8CodeUnitCount) }
  put("apus: internal error: ")
  switch signal {
  case SIGSEGV: put("memory fault or stack overflow")
  case SIGABRT: put("abort")
  default: put("trap")
  }
  if let b = CrashContext.current() {
    put(" in ")
    _ = write(2, b, strlen(UnsafeRawPointer(b).assumingMemoryBound(to: CChar.self)))
  }
  put("\n")
  _exit(3)
}
