import ABI
import Base
import Link
import Object

/// Makes descriptors as the compiler does, as far as the linker looks at them.
private struct Types {
  var p = Program()

  mutating func name(_ text: String, isExported: Bool) -> SymbolID {
    let bytes: [UInt8] = [isExported ? 1 : 0, UInt8(text.utf8.count)] + Array(text.utf8)
    return p.data("type:.namedata." + text, .typedata, bytes, alignment: 1)
  }

  mutating func type(
    _ string: String, refers: [SymbolID] = [], flags: SymbolFlags = [], star: Bool = false,
    extra: [Reloc] = [], size: Int = 48
  ) -> SymbolID {
    var bytes = [UInt8](repeating: 0, count: size)
    if star { bytes[20] = 2 }
    let n = name((star ? "*" : "") + string, isExported: false)
    var relocs = [Reloc(offset: 40, kind: .typeOff32, target: n)]
    for r in refers { relocs.append(Reloc(offset: 24, kind: .abs64, target: r)) }
    return p.data("type:" + string, .typedata, bytes, relocs + extra, flags: flags)
  }

  /// A named type with methods: an uncommon part of 16 bytes at 48, methods at 64.
  mutating func withMethods(
    _ string: String, _ methods: [(name: SymbolID, type: SymbolID, code: SymbolID)]
  ) -> SymbolID {
    var extra: [Reloc] = []
    for (i, m) in methods.enumerated() {
      let at = UInt32(64 + 16 * i)
      extra.append(Reloc(offset: at, kind: .typeOff32, target: m.name))
      extra.append(Reloc(offset: at + 4, kind: .methodOff32, target: m.type))
      extra.append(Reloc(offset: at + 8, kind: .methodOff32, target: m.code))
      extra.append(Reloc(offset: at + 12, kind: .methodOff32, target: m.code))
    }
    return type(string, extra: extra, size: 64 + 16 * methods.count)
  }

  mutating func interface(
    _ string: String, _ methods: [(name: SymbolID, type: SymbolID)]
  ) -> SymbolID {
    let s = p.symbol("type:" + string)
    var extra = [Reloc(offset: 56, kind: .abs64, target: s, addend: 80)]
    for (i, m) in methods.enumerated() {
      extra.append(Reloc(offset: UInt32(80 + 8 * i), kind: .typeOff32, target: m.name))
      extra.append(Reloc(offset: UInt32(84 + 8 * i), kind: .typeOff32, target: m.type))
    }
    return type(string, extra: extra, size: 80 + 8 * methods.count)
  }
}

private enum Marker: CaseIterable {
  case none, useOnly, callOnly, useAndCall, useAndReflect, useAndName, useByPart, useAndOtherType
}

func testMethods(_ c: inout Checks) {
  for marker in Marker.allCases {
    do {
      try methodCase(marker, &c)
    } catch {
      c.expect(false, "\(marker): \(error)")
    }
  }
}

private func methodCase(_ marker: Marker, _ c: inout Checks) throws {
  var t = Types()
  let nameA = t.name("Area", isExported: true)
  let nameB = t.name("hide", isExported: false)
  let signature = t.type("func() int", flags: .typelink, star: true)
  let otherSignature = t.type("func() string", flags: .typelink)
  let area = t.p.function("main.T.Area", [0xc3])
  let hide = t.p.function("main.T.hide", [0xc3])
  let type = t.withMethods(
    "main.T", [(nameA, signature, area), (nameB, otherSignature, hide)])
  let slice = t.type("[]main.T", refers: [type], flags: .typelink, star: true)
  let interface = t.interface("main.I", [(nameB, signature), (nameA, signature)])
  let other = t.interface("main.J", [(nameA, otherSignature)])
  let word = t.p.data("go:string.Area", .rodata, Array("Area".utf8), alignment: 1)

  var relocs = [
    Reloc(offset: 0, kind: .keep, target: slice), Reloc(offset: 0, kind: .keep, target: type),
  ]
  var flags: SymbolFlags = []
  let use = Reloc(offset: 0, kind: .usedInInterface, target: type)
  let call = Reloc(offset: 0, kind: .interfaceMethod, target: interface, addend: 1)
  switch marker {
  case .none: break
  case .useOnly: relocs.append(use)
  case .callOnly: relocs.append(call)
  case .useAndCall: relocs += [call, use]
  case .useAndReflect:
    relocs.append(use)
    flags = .reflectMethod
  case .useAndName: relocs += [use, Reloc(offset: 0, kind: .namedMethod, target: word)]
  case .useByPart:
    relocs += [Reloc(offset: 0, kind: .usedInInterface, target: slice), call]
  case .useAndOtherType:
    relocs += [use, Reloc(offset: 0, kind: .interfaceMethod, target: other, addend: 0)]
  }
  let start = t.p.function("main.start", [0xc3], relocs, flags: flags)
  let program = try t.p.link(start)
  let kept: Bool
  switch marker {
  case .none, .useOnly, .callOnly, .useAndOtherType: kept = false
  case .useAndCall, .useAndReflect, .useAndName, .useByPart: kept = true
  }
  c.equal(program.liveness.contains(area), kept, "\(marker) Area")
  c.equal(program.liveness.contains(hide), false, "\(marker) hide")
  c.expect(!program.liveness.contains(interface), "interface type without use")

  let l = program.layout
  let r = ImageReader(program: program)
  let types = l.section(.types).address
  let code = l.section(.text).address
  let wantType = kept ? UInt32(l.address(signature) - types) : UInt32.max
  let wantCode = kept ? UInt32(l.address(area) - code) : UInt32.max
  c.equal(r.u32(l.address(type) + 68), wantType, "\(marker) Mtyp")
  c.equal(r.u32(l.address(type) + 72), wantCode, "\(marker) Ifn")
  c.equal(r.u32(l.address(type) + 92), UInt32.max, "\(marker) dead Tfn")
  c.equal(r.u32(l.address(type) + 64), UInt32(l.address(nameA) - types), "name")
  // Typelinks follow each other from where the first word says.
  let links = types + Int(r.u32(types))
  c.equal(r.u32(types + 4), 0, "upper half of the first word")
  c.equal(l.address(slice), links, "first typelink")
  if kept { c.equal(l.address(signature), links + 48, "second typelink") }
}
