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
