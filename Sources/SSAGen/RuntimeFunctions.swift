import ABI
import Base
import Object
import SSA

/// Functions of the runtime that generated code calls (docs/contracts.md; names and signatures are
/// those of GOROOT `cmd/compile/internal/typecheck/_builtin/runtime.go`).
///
/// The raw value is "params:results" in letters after the name: p pointer, i 64-bit, w 32-bit, h
/// 16-bit, b 8-bit integer, d float64, f float32, s string, l slice, e interface, c complex128, x
/// complex64.
enum RuntimeFunction: Int, CaseIterable {
  case newobject, panicdivide, panicshift, panicwrap, gopanic, gorecover
  case printbool, printfloat64, printfloat32, printint, printhex, printuint, printcomplex128
  case printcomplex64, printstring, printquoted, printpointer, printiface, printeface, printslice
  case printnl, printsp, printlock, printunlock
  case concatstring2, concatstring3, concatstring4, concatstring5, concatstrings
  case concatbyte2, concatbyte3, concatbyte4, concatbyte5, concatbytes
  case cmpstring, intstring, slicebytetostring, slicerunetostring, stringtoslicebyte,
    stringtoslicerune
  case slicecopy, decoderune, countrunes
  case assertE2I, assertE2I2, panicdottypeE, panicdottypeI, panicnildottype, typeAssert,
    interfaceSwitch
  case ifaceeq, efaceeq, panicrangestate, deferrangefunc
  case makemap64, makemap, makemapSmall
  case mapaccess1, mapaccess1Fast32, mapaccess1Fast64, mapaccess1Faststr, mapaccess1Fat
  case mapaccess2, mapaccess2Fast32, mapaccess2Fast64, mapaccess2Faststr, mapaccess2Fat
  case mapassign, mapassignFast32, mapassignFast64, mapassignFast64ptr, mapassignFaststr
  case mapIterStart, mapIterNext, mapclear
  case mapdelete, mapdeleteFast32, mapdeleteFast64, mapdeleteFaststr
  case makechan64, makechan, chanrecv1, chanrecv2, chansend1, closechan, chanlen, chancap
  case typedmemmove, typedmemclr, typedslicecopy
  case selectnbsend, selectnbrecv, selectgo, block
  case makeslice, makeslice64, growslice, panicmakeslicelen, panicmakeslicecap
  case panicunsafeslicelen, panicunsafeslicenilptr, panicunsafestringlen, panicunsafestringnilptr
  case memmove, memclrNoHeapPointers, memclrHasPointers, memequal, strequal, complex128div
  case deferproc, deferprocStack, deferprocat, deferreturn, deferreturnRecord, newproc

  /// Link name behind `runtime.`, and the signature in letters.
  var row: StaticString { RuntimeFunction.describe(self) }

  private static func describe(_ f: RuntimeFunction) -> StaticString {
    switch f {
    case .newobject: "newobject p:p"
    case .panicdivide: "panicdivide :"
    case .panicshift: "panicshift :"
    case .panicwrap: "panicwrap :"
    case .gopanic: "gopanic e:"
    case .gorecover: "gorecover :e"
    case .printbool: "printbool b:"
    case .printfloat64: "printfloat64 d:"
    case .printfloat32: "printfloat32 f:"
    case .printint: "printint i:"
    case .printhex: "printhex i:"
    case .printuint: "printuint i:"
    case .printcomplex128: "printcomplex128 c:"
    case .printcomplex64: "printcomplex64 x:"
    case .printstring: "printstring s:"
    case .printquoted: "printquoted s:"
    case .printpointer: "printpointer p:"
    case .printiface: "printiface e:"
    case .printeface: "printeface e:"
    case .printslice: "printslice l:"
    case .printnl: "printnl :"
    case .printsp: "printsp :"
    case .printlock: "printlock :"
    case .printunlock: "printunlock :"
    default: describeMore(f)
    }
  }

  private static func describeMore(_ f: RuntimeFunction) -> StaticString {
    switch f {
    case .concatstring2: "concatstring2 pss:s"
    case .concatstring3: "concatstring3 psss:s"
    case .concatstring4: "concatstring4 pssss:s"
    case .concatstring5: "concatstring5 psssss:s"
    case .concatstrings: "concatstrings pl:s"
    case .concatbyte2: "concatbyte2 pss:l"
    case .concatbyte3: "concatbyte3 psss:l"
    case .concatbyte4: "concatbyte4 pssss:l"
    case .concatbyte5: "concatbyte5 psssss:l"
    case .concatbytes: "concatbytes pl:l"
    case .cmpstring: "cmpstring ss:i"
    case .intstring: "intstring pi:s"
    case .slicebytetostring: "slicebytetostring ppi:s"
    case .slicerunetostring: "slicerunetostring pl:s"
    case .stringtoslicebyte: "stringtoslicebyte ps:l"
    case .stringtoslicerune: "stringtoslicerune ps:l"
    case .slicecopy: "slicecopy pipii:i"
    case .decoderune: "decoderune si:wi"
    case .countrunes: "countrunes s:i"
    case .assertE2I: "assertE2I pp:p"
    case .assertE2I2: "assertE2I2 pp:p"
    case .panicdottypeE: "panicdottypeE ppp:"
    case .panicdottypeI: "panicdottypeI ppp:"
    case .panicnildottype: "panicnildottype p:"
    case .typeAssert: "typeAssert pp:p"
    case .interfaceSwitch: "interfaceSwitch pp:ip"
    case .ifaceeq: "ifaceeq ppp:b"
    case .efaceeq: "efaceeq ppp:b"
    case .panicrangestate: "panicrangestate i:"
    case .deferrangefunc: "deferrangefunc :e"
    case .makemap64: "makemap64 pip:p"
    case .makemap: "makemap pip:p"
    case .makemapSmall: "makemap_small :p"
    case .mapaccess1: "mapaccess1 ppp:p"
    case .mapaccess1Fast32: "mapaccess1_fast32 ppw:p"
    case .mapaccess1Fast64: "mapaccess1_fast64 ppi:p"
    case .mapaccess1Faststr: "mapaccess1_faststr pps:p"
    case .mapaccess1Fat: "mapaccess1_fat pppp:p"
    case .mapaccess2: "mapaccess2 ppp:pb"
    case .mapaccess2Fast32: "mapaccess2_fast32 ppw:pb"
    case .mapaccess2Fast64: "mapaccess2_fast64 ppi:pb"
    case .mapaccess2Faststr: "mapaccess2_faststr pps:pb"
    case .mapaccess2Fat: "mapaccess2_fat pppp:pb"
    case .mapassign: "mapassign ppp:p"
    case .mapassignFast32: "mapassign_fast32 ppw:p"
    case .mapassignFast64: "mapassign_fast64 ppi:p"
    case .mapassignFast64ptr: "mapassign_fast64ptr ppp:p"
    case .mapassignFaststr: "mapassign_faststr pps:p"
    default: describeRest(f)
    }
  }

  private static func describeRest(_ f: RuntimeFunction) -> StaticString {
    switch f {
    case .mapIterStart: "mapIterStart ppp:"
    case .mapIterNext: "mapIterNext p:"
    case .mapclear: "mapclear pp:"
    case .mapdelete: "mapdelete ppp:"
    case .mapdeleteFast32: "mapdelete_fast32 ppw:"
    case .mapdeleteFast64: "mapdelete_fast64 ppi:"
    case .mapdeleteFaststr: "mapdelete_faststr pps:"
    case .makechan64: "makechan64 pi:p"
    case .makechan: "makechan pi:p"
    case .chanrecv1: "chanrecv1 pp:"
    case .chanrecv2: "chanrecv2 pp:b"
    case .chansend1: "chansend1 pp:"
    case .closechan: "closechan p:"
    case .chanlen: "chanlen p:i"
    case .chancap: "chancap p:i"
    case .typedmemmove: "typedmemmove ppp:"
    case .typedmemclr: "typedmemclr pp:"
    case .typedslicecopy: "typedslicecopy ppipi:i"
    case .selectnbsend: "selectnbsend pp:b"
    case .selectnbrecv: "selectnbrecv pp:bb"
    case .selectgo: "selectgo pppiib:ib"
    case .block: "block :"
    case .makeslice: "makeslice pii:p"
    case .makeslice64: "makeslice64 pii:p"
    case .growslice: "growslice piiip:l"
    case .panicmakeslicelen: "panicmakeslicelen :"
    case .panicmakeslicecap: "panicmakeslicecap :"
    case .panicunsafeslicelen: "panicunsafeslicelen :"
    case .panicunsafeslicenilptr: "panicunsafeslicenilptr :"
    case .panicunsafestringlen: "panicunsafestringlen :"
    case .panicunsafestringnilptr: "panicunsafestringnilptr :"
    case .memmove: "memmove ppi:"
    case .memclrNoHeapPointers: "memclrNoHeapPointers pi:"
    case .memclrHasPointers: "memclrHasPointers pi:"
    case .memequal: "memequal ppi:b"
    case .strequal: "strequal pp:b"
    case .complex128div: "complex128div cc:c"
    case .deferproc: "deferproc p:"
    case .deferprocStack: "deferprocStack p:"
    case .deferprocat: "deferprocat pe:"
    case .deferreturn: "deferreturn :"
    case .deferreturnRecord: "deferreturnRecord :"
    case .newproc: "newproc p:"
    default: internalError("ssagen", "runtime function \(f) has no signature")
    }
  }

  /// Does not return.
  var isNoReturn: Bool {
    switch self {
    case .panicdivide, .panicshift, .panicwrap, .gopanic, .panicdottypeE, .panicdottypeI,
      .panicnildottype, .block, .panicmakeslicelen, .panicmakeslicecap, .panicunsafeslicelen,
      .panicunsafeslicenilptr, .panicunsafestringlen, .panicunsafestringnilptr, .panicrangestate:
      return true
    default: return false
    }
  }
}

/// Signatures and symbols of runtime functions, made at first use.
struct RuntimeTable {
  struct Entry {
    var symbol: SymbolID = .none
    var signature = ABISignature()
  }
  var entries = [Entry](repeating: Entry(), count: RuntimeFunction.allCases.count)

  /// Splits a row into link name and ABI signature.
  static func parse(_ row: StaticString) -> (name: String, signature: ABISignature) {
    let text = "\(row)"
    let space = text.firstIndex(of: " ")!
    let letters = Array(text[text.index(after: space)...].utf8)
    let colon = letters.firstIndex(of: UInt8(ascii: ":"))!
    let params: [ABIOperand] = letters[..<colon].map { operand($0) }
    let results: [ABIOperand] = letters[(colon + 1)...].map { operand($0) }
    let a = ABIAssigner.assign(params: params, results: results)
    return ("runtime." + text[..<space], a.signature)
  }

  private static func operand(_ letter: UInt8) -> ABIOperand {
    let types = leaves(letter)
    var c: [ABIOperand.Component] = []
    for i in types.indices {
      c.append(ABIOperand.Component(type: types[i], offset: Int32(i * types[0].size)))
    }
    return ABIOperand(
      size: types.count * types[0].size, alignment: types[0].size, components: c)
  }

  static func leaves(_ letter: UInt8) -> [ValueType] {
    switch Character(UnicodeScalar(letter)) {
    case "p": return [.ptr]
    case "i": return [.i64]
    case "w": return [.i32]
    case "h": return [.i16]
    case "b": return [.i8]
    case "d": return [.f64]
    case "f": return [.f32]
    case "s": return [.ptr, .i64]
    case "l": return [.ptr, .i64, .i64]
    case "e": return [.i64, .ptr]
    case "c": return [.f64, .f64]
    case "x": return [.f32, .f32]
    default: internalError("ssagen", "runtime signature letter \(letter)")
    }
  }
}
