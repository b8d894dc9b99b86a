/// The one description of what compiler, assembler, linker and runtime share on linux/amd64.
///
/// Everything here that also stands in GOROOT (`internal/abi`, `cmd/internal/objabi`,
/// `runtime/symtab.go`) is held against GOROOT by a test; see docs/contracts.md.
public enum ABI {
  /// Which calling convention a text symbol follows (GOROOT abi-internal.md).
  public enum Convention: UInt8, Sendable {
    /// Stack-based, for hand-written assembly.
    case abi0 = 0
    /// Go's register-based convention.
    case `internal` = 1
  }

  public static let pointerSize = 8
  /// Integer argument registers in sequence, as hardware numbers (RAX RBX RCX RDI RSI R8-R11).
  public static let integerArguments: [UInt8] = [0, 3, 1, 7, 6, 8, 9, 10, 11]
  /// Number of floating-point argument registers, X0 to X14.
  public static let floatArgumentCount = 15

  // Stack check constants (GOROOT internal/abi/stack.go).
  public static let stackSmall = 128
  public static let stackBig = 4096
  public static let stackGuard = 928
  public static let stackNosplit = 800

  /// Offsets of fields of `runtime.g` that generated code uses.
  public enum G {
    public static let stackguard0 = 16
    public static let m = 48
  }

  /// `internal/abi` PCDATA table indices.
  public enum PCData {
    public static let unsafePoint = 0
    public static let stackMapIndex = 1
    public static let inlTreeIndex = 2
    /// Values of the unsafe-point table.
    public static let unsafePointSafe: Int32 = -1
    public static let unsafePointUnsafe: Int32 = -2
  }

  /// `internal/abi` FUNCDATA table indices.
  public enum FuncData {
    public static let argsPointerMaps = 0
    public static let localsPointerMaps = 1
    public static let stackObjects = 2
    public static let inlTree = 3
    public static let openCodedDefers = 4
  }
}
