extension ABI {
  /// Constants of the function table, `internal/abi/symtab.go` of GOROOT 1.27.
  public enum FunctionTable {
    /// First word of the header (`abi.Go120PCLnTabMagic`).
    public static let magic: UInt32 = 0xffff_fff1
    /// Bytes of the fixed part of `runtime._func`.
    public static let recordSize = 44
    /// Code bytes that one bucket of the look-up table covers (`abi.FuncTabBucketSize`).
    public static let bucketSize = 4096
    public static let subbucketSize = 256
    /// Smallest distance of two function entries that keeps a bucket's bytes from overflowing.
    public static let minimumFunction = 16
    /// `_func.args` of a function whose argument size is unknown (`abi.ArgsSizeUnknown`).
    public static let argsSizeUnknown = Int32.min
    /// Bytes of `runtime.moduledata`.
    public static let moduleDataSize = 568
  }

  /// `abi.FuncFlag` bits.
  public enum FuncFlag {
    public static let topFrame: UInt8 = 1
    public static let spWrite: UInt8 = 2
    public static let asm: UInt8 = 4
  }

  /// `abi.FuncID`: functions that tracebacks, panics and preemption treat specially.
  public enum FuncID: UInt8, Sendable, CaseIterable {
    case normal, abort, asmcgocall, asyncPreempt, cgocallback, corostart, debugCallV2
    case gcBgMarkWorker, goexit, gogo, gopanic, handleAsyncEvent, mcall, morestack, mstart
    case panicwrap, rt0Go, runtimeMain, runFinalizers, runCleanups, sigpanic, systemstack
    case systemstackSwitch, wrapper

    /// The id that the full link name of a function implies (`cmd/internal/objabi.GetFuncID`).
    public static func named(_ name: String, isWrapper: Bool) -> FuncID {
      if isWrapper { return .wrapper }
      guard name.utf8.starts(with: "runtime.".utf8) else { return .normal }
      switch name.dropFirst(8) {
      case "abort": return .abort
      case "asmcgocall": return .asmcgocall
      case "asyncPreempt": return .asyncPreempt
      case "cgocallback": return .cgocallback
      case "corostart": return .corostart
      case "debugCallV2": return .debugCallV2
      case "gcBgMarkWorker": return .gcBgMarkWorker
      case "goexit": return .goexit
      case "gogo": return .gogo
      case "gopanic": return .gopanic
      case "handleAsyncEvent": return .handleAsyncEvent
      case "mcall": return .mcall
      case "morestack": return .morestack
      case "mstart": return .mstart
      case "panicwrap": return .panicwrap
      case "rt0_go": return .rt0Go
      case "main": return .runtimeMain
      case "runFinalizers": return .runFinalizers
      case "runCleanups": return .runCleanups
      case "sigpanic": return .sigpanic
      case "systemstack": return .systemstack
      case "systemstack_switch": return .systemstackSwitch
      case "deferreturn", "deferreturnRecord": return .wrapper
      default: return .normal
      }
    }
  }
}
