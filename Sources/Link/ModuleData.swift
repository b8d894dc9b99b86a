import ABI
import Base
import Object

/// The contents of `runtime.firstmoduledata`, field by field as `runtime/symtab.go` of GOROOT
/// 1.27 declares `moduledata`. Fields for plugins and shared libraries stay zero, and so do the
/// initialisation tasks: the driver generates calls instead. Unlike gc, which leaves programs for
/// the runtime to expand, the two pointer masks are ready for use.
func moduleData(_ layout: Layout, _ functions: FunctionTables) -> [UInt8] {
  var w = ByteWriter(reserving: ABI.FunctionTable.moduleDataSize)
  func at(_ b: Boundary) -> UInt64 { UInt64(layout.boundary(b)) }
  func slice(_ address: UInt64, _ count: Int) {
    w.u64(address)
    w.u64(UInt64(count))
    w.u64(UInt64(count))
  }
  let sizes = functions.partSizes
  w.u64(at(.pcheader))
  slice(at(.funcnametab), sizes[0])
  slice(at(.cutab), sizes[1] / 4)
  slice(at(.filetab), sizes[2])
  slice(at(.pctab), sizes[3])
  slice(at(.functab), functions.functabSize)
  slice(at(.functab), functions.functionCount + 1)
  w.u64(at(.findfunctab))
  // minpc, maxpc
  w.u64(at(.text))
  w.u64(at(.etext))
  let bounds: [Boundary] = [
    .text, .etext, .noptrdata, .enoptrdata, .data, .edata, .bss, .ebss, .noptrbss, .enoptrbss,
    .covctrs, .ecovctrs, .end, .gcdata, .gcbss, .types,
  ]
  for b in bounds { w.u64(at(b)) }
  w.u64(UInt64(layout.typeLinksSize))
  w.u64(at(.etypes))
  // itaboffset, itabsize
  w.u64(UInt64(layout.section(.itabs).address) - at(.types))
  w.u64(UInt64(layout.section(.itabs).size))
  w.u64(at(.rodata))
  w.u64(at(.gofunc))
  w.u64(at(.epclntab))
  // textsectmap, ptab, pluginpath, pkghashes, inittasks, modulename, modulehashes
  w.zeros(24 + 24 + 16 + 24 + 24 + 16 + 24)
  // hasmain, bad
  w.u64(1)
  for mask in [layout.dataMask, layout.bssMask] {
    w.u64(UInt64(mask.bits))
    w.u64(UInt64(mask.address))
  }
  // typemap, next
  w.zeros(16)
  precondition(w.count == ABI.FunctionTable.moduleDataSize)
  return w.bytes
}
