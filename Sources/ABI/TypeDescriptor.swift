extension ABI {
  /// Offsets within type descriptors and itabs that both their writer and the linker use
  /// (GOROOT `internal/abi/type.go`, amd64).
  public enum TypeDescriptor {
    /// `Type.TFlag` (one byte) and its bits.
    public static let tflag = 20
    public static let tflagUncommon: UInt8 = 1
    public static let tflagExtraStar: UInt8 = 2
    public static let tflagNamed: UInt8 = 4
    public static let tflagRegularMemory: UInt8 = 8
    public static let tflagGCMaskOnDemand: UInt8 = 16
    public static let tflagDirectInterface: UInt8 = 32
    /// `Type.Kind_` (one byte), and that of structs.
    public static let kind = 23
    public static let structKind: UInt8 = 25
    /// `StructType`: its `Fields`, and its size, behind which `UncommonType` follows.
    public static let structFields = 56
    public static let structSize = 80
    /// `UncommonType`: `Mcount`, in front of which is the package's path, and its size.
    public static let uncommonMethodCount = 4
    public static let uncommonSize = 16
    /// `Type.Str`, a NameOff.
    public static let string = 40
    /// `InterfaceType.Methods`, a slice of `Imethod`.
    public static let interfaceMethods = 56
    /// `Imethod`: NameOff at 0, TypeOff at 4.
    public static let imethodSize = 8
    /// `Method`: NameOff at 0, Mtyp at 4, Ifn at 8, Tfn at 12.
    public static let methodSize = 16
    public static let methodType = 4
    /// `ITab.Type`.
    public static let itabType = 8
    /// First byte of a `Name`: the bit of exported names.
    public static let nameExported: UInt8 = 1
  }
}
