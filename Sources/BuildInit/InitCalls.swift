import Link
import Object

/// The call of a package's `init` function in `go:main.inits`.
struct InitCall {
  var package: String
  /// Of the call instruction, which has five bytes.
  var address: Int
}

/// The calls in order of initialisation. Only packages outside runtime's closure: the runtime needs its own before
/// it can do anything, and they are cheap.
func initCalls(_ program: LinkedProgram, _ table: SymbolTable) -> [InitCall] {
  guard let list = table.find("go:main.inits"), let d = table.definitions[list] else { return [] }
  var out: [InitCall] = []
  for r in d.relocs where r.kind == .call32 {
    let name = table.name(r.target)
    guard name.hasSuffix(".init") else { continue }
    out.append(
      InitCall(
        package: unescapedPath(String(name.dropLast(5))),
        address: program.layout.address(list) + Int(r.offset) - 1))
  }
  return out.sorted { $0.address < $1.address }
}

/// The package that a link symbol belongs to; empty for what the compiler shares between packages.
func packageOf(_ name: String) -> String {
  if name.hasPrefix("go:") || name.hasPrefix("type:") { return "" }
  let u = Array(name.utf8)
  // Type arguments and receivers may have slashes of their own.
  let end = u.firstIndex { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "(") } ?? u.count
  let slash = u[..<end].lastIndex(of: UInt8(ascii: "/")) ?? -1
  guard let dot = u[(slash + 1)..<end].firstIndex(of: UInt8(ascii: ".")) else { return "" }
  return unescapedPath(String(decoding: u[..<dot], as: UTF8.self))
}

/// Undoes the escapes of link names: a dot of the last element is written %2e.
private func unescapedPath(_ path: String) -> String {
  guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
  let u = Array(path.utf8)
  var out: [UInt8] = []
  var i = 0
  while i < u.count {
    if u[i] == UInt8(ascii: "%"), i + 2 < u.count,
      let v = UInt8(String(decoding: u[(i + 1)...(i + 2)], as: UTF8.self), radix: 16)
    {
      out.append(v)
      i += 3
    } else {
      out.append(u[i])
      i += 1
    }
  }
  return String(decoding: out, as: UTF8.self)
}
