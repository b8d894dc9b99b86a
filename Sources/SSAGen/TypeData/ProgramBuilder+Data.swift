import ABI
import Base
import Object
import SSA
import Types

/// Symbols of data: descriptors, itabs, strings, function values, runtime variables.
extension ProgramBuilder {
  /// The descriptor of `t`. `usedInInterface`: values of the type get into interfaces here.
  func typeSymbol(_ t: TypeID, usedInInterface: Bool) -> SymbolID {
    let t = ts.canonical(t)
    if usedInInterface { descriptors.noteUsedInInterface(t) }
    return descriptors.symbol(t)
  }

  func equalityFunctionValue(_ t: TypeID) -> SymbolID { algorithms.equalityValue(ts.canonical(t)) }
  func hashFunctionValue(_ t: TypeID) -> SymbolID { algorithms.hashValue(ts.canonical(t)) }

  /// The itab of a concrete type for an interface type: interface, type, hash, one code address for each method of
  /// the interface in its order. An itab does not keep its methods, as a call through the interface does that
  /// (`MethodReach` and the linker's rule): methods that nobody calls are missing.
  func itabSymbol(iface: TypeID, concrete: TypeID) -> SymbolID {
    // One itab for each interface type, named ones included: those that the runtime makes are found by the type.
    let i = ts.canonical(iface)
    let c = ts.canonical(concrete)
    let s = symbols.symbol("go:itab.\(descriptors.linkString(c)),\(descriptors.linkString(i))")
    if symbols.isDefined(s) { return s }
    var w = DataWriter()
    w.address(typeSymbol(i, usedInInterface: false))
    let type = typeSymbol(c, usedInInterface: true)
    w.address(type)
    w.mark(.usedInInterface, type)
    w.out.u32(descriptors.typeHash(c))
    w.out.u32(0)
    let set = ts.methodSet(c)
    for m in ts.typeSet(of: ts.under(i)).methods {
      guard let e = set.first(where: { isSameMethod($0.method, m) }) else {
        internalError("ssagen", "\(ts.typeString(c)) lacks a method of \(ts.typeString(i))")
      }
      w.reloc(.weakAbs64, interfaceMethodSymbol(c, e, use: false))
      w.out.u64(0)
    }
    symbols.define(s, w.definition(.itab))
    return s
  }

  /// Whether two method objects have the same name (with package, if unexported).
  func isSameMethod(_ a: ObjectID, _ b: ObjectID) -> Bool {
    ts.sameName(a, ts.objects[b].package, ts.objects[b].name)
  }

  /// Read-only bytes, shared by contents.
  func stringSymbol(_ bytes: [UInt8]) -> SymbolID {
    let n = symbols.names.intern(Array("go:string.".utf8) + bytes)
    let s = symbols.symbol(n)
    if !symbols.isDefined(s) {
      symbols.define(
        s, SymbolDefinition(kind: .rodata, flags: .dupOK, alignment: 1, bytes: bytes))
    }
    return s
  }

  /// The function value (closure object without captures) of code.
  func funcValueSymbol(_ code: SymbolID) -> SymbolID {
    let s = symbols.symbol(symbols.name(code) + "·f")
    if !symbols.isDefined(s) {
      var w = DataWriter()
      w.address(code)
      symbols.define(s, w.definition(.rodata))
      functionValues.append((s, code))
    }
    return s
  }

  /// Where pointers to objects of size 0 point.
  var zeroBase: SymbolID { runtimeVariableSymbol("zerobase") }

  /// [256]uint64 of 0 to 255: where the data words of single bytes point.
  var staticBytes: SymbolID {
    let s = symbols.symbol("go:staticuint64s")
    if !symbols.isDefined(s) {
      var w = ByteWriter()
      for i in 0..<256 { w.u64(UInt64(i)) }
      symbols.define(
        s, SymbolDefinition(kind: .rodata, flags: .dupOK, alignment: 8, bytes: w.bytes))
    }
    return s
  }

  /// `abi.TypeAssert` of one place in the source: cache (empty at first), interface type, whether it can fail.
  func typeAssertSite(_ t: TypeID, canFail: Bool) -> SymbolID {
    let s = symbols.anonymous("go:typeAssert")
    var w = DataWriter()
    w.address(emptyTypeAssertCache)
    w.address(typeSymbol(t, usedInInterface: false))
    w.out.u8(canFail ? 1 : 0)
    w.out.zeros(7)
    var d = w.definition(.data, flags: [])
    d.pointerMask = [0b11]
    symbols.define(s, d)
    return s
  }

  private var emptyTypeAssertCache: SymbolID { runtimeVariableSymbol("emptyTypeAssertCache") }

  /// A descriptor for compiler-made records such as closures: what the allocator needs of a type.
  func shapeSymbol(_ s: Shape) -> SymbolID {
    if let known = shapes[s] { return known }
    var fields: [ObjectID] = []
    for w in 0..<(s.size / 8) {
      let isPointer = w >> 6 < s.mask.count && s.mask[w >> 6] >> UInt64(w & 63) & 1 != 0
      fields.append(
        ts.variable(
          ts.names.intern("F\(w)"), .none, isPointer ? types.unsafePointer : types.uintptr,
          package("runtime") ?? .none, .field))
    }
    let t = ts.canonical(ts.structType(fields))
    descriptors.markInternal([t])
    let symbol = typeSymbol(t, usedInInterface: false)
    shapes[s] = symbol
    return symbol
  }
}
