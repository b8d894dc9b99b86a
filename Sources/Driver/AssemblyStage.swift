import ABI
import Assembler
import Base
import Object
import Packages
import Syntax
import Types

/// What assembling all packages gave, for the builder of SSA.
struct AssemblyResult {
  /// Link names of the functions defined, by convention.
  var abi0: Set<String> = []
  var `internal`: Set<String> = []
  /// Link names that assembly refers to under each convention and does not define itself, in order.
  var abi0References: [String] = []
  var internalReferences: [String] = []
}

extension Program {
  /// Assembles the `.s` files of all packages into `symbols`. Throws the errors, printed with
  /// their package, as gc does.
  func assembleAll(into symbols: inout SymbolTable) throws(PackageError) -> AssemblyResult {
    var result = AssemblyResult()
    var defined: [SymbolID] = []
    var isReferenced = Set<String>()
    for id in graph.packages.ids where !graph[id].assembly.isEmpty {
      let p = graph[id]
      CrashContext.set("assemble", p.importPath)
      let asm = try assemblePackage(id, p, &symbols)
      for s in asm.functions {
        let name = symbols.name(s)
        if symbols.conventions[s] == .abi0 {
          result.abi0.insert(name)
        } else {
          result.internal.insert(name)
        }
      }
      defined += asm.functions + asm.data
      for s in asm.references where isReferenced.insert(symbols.name(s)).inserted {
        result.abi0References.append(symbols.name(s))
      }
    }
    // Go functions called under their own convention, and Go variables.
    isReferenced = []
    for s in defined {
      for r in symbols.definitions[s]?.relocs ?? [] {
        if symbols.conventions[r.target] != .internal || symbols.isDefined(r.target) { continue }
        let name = symbols.name(r.target)
        if isReferenced.insert(name).inserted { result.internalReferences.append(name) }
      }
    }
    result.abi0References.removeAll { result.abi0.contains($0) }
    timing.end("assemble")
    return result
  }

  private func assemblePackage(
    _ id: Packages.PackageID, _ p: Package, _ symbols: inout SymbolTable
  ) throws(PackageError) -> AssembledPackage {
    var files: [FileID] = []
    for path in p.assembly {
      guard let bytes = readFile(path) else { throw PackageError("cannot read \(path)") }
      files.append(sources.add(path: shown(path), bytes: bytes))
    }
    let facts = AssemblyFacts(checker, checked[id], linkPath: p.linkPath)
    let host = AssemblerHost(
      readFile: { path in readFile(path) },
      goAsmConstant: { name in facts.constant(name) },
      isVariable: { name in facts.isVariable(name) },
      argumentMaps: { name in facts.argumentMaps(name) })
    let package = AssemblyPackage(
      linkPath: p.linkPath, files: files,
      includeDirectories: p.includeDirs + [
        goroot.path + "/pkg/include", goroot.src + "/runtime",
      ],
      allowsABISelectors: p.isStd)
    var diagnostics = Diagnostics()
    let asm = assemble(
      package, host: host, sources: &sources, symbols: &symbols, diagnostics: &diagnostics)
    if !diagnostics.isEmpty {
      let r = Reporter(allErrors: options.allErrors, cwd: cwd)
      throw PackageError("# \(p.importPath)\n" + r.text(diagnostics.list, sources))
    }
    return asm
  }
}

/// What assembly asks about the Go declarations of its package.
private final class AssemblyFacts {
  private let checker: Checker
  private let ts: TypeStore
  private let package: Types.PackageID
  private let linkPath: String

  init(_ checker: Checker, _ package: Types.PackageID, linkPath: String) {
    self.checker = checker
    ts = checker.ts
    self.package = package
    self.linkPath = linkPath
  }

  private func object(_ name: Substring) -> ObjectID {
    guard let n = ts.names.find(String(name)) else { return .none }
    let o = ts.lookup(ts.packages[package].scope, n)
    if o.isSome && ts.objects[o].type.isNone { checker.declare(o) }
    return o
  }

  /// The object of this package that a link name means.
  private func local(_ linkName: String) -> ObjectID {
    if !linkName.hasPrefix(linkPath + ".") { return .none }
    return object(linkName.dropFirst(linkPath.count + 1))
  }

  func isVariable(_ linkName: String) -> Bool {
    if linkName.hasPrefix(linkPath + ".") {
      let o = local(linkName)
      return o.isSome && ts.objects[o].kind == .variable
    }
    // A variable of another package.
    guard let dot = linkName.lastIndex(of: ".") else { return false }
    guard let n = ts.names.find(String(linkName[linkName.index(after: dot)...])) else {
      return false
    }
    let path = linkName[..<dot]
    for p in ts.packages.ids where ts.text(ts.packages[p].path) == path {
      let o = ts.lookup(ts.packages[p].scope, n)
      return o.isSome && ts.objects[o].kind == .variable
    }
    return false
  }

  /// `const_X`, `T__size` or `T_field` of the `go_asm.h` that gc would write.
  func constant(_ name: String) -> String? {
    if name.hasPrefix("const_") {
      let o = object(name.dropFirst(6))
      guard o.isSome, ts.objects[o].kind == .constant else { return nil }
      return value(ts.constants[ts.objects[o].constant])
    }
    if name.hasSuffix("__size") {
      guard let t = structType(name.dropLast(6)) else { return nil }
      return String(ts.sizeof(t))
    }
    var at = name.startIndex
    while let i = name[at...].firstIndex(of: "_") {
      let field = name[name.index(after: i)...]
      if let t = structType(name[..<i]), let offset = offset(of: field, in: t) {
        return String(offset)
      }
      at = name.index(after: i)
    }
    return nil
  }

  private func value(_ c: ConstValue) -> String? {
    switch c {
    case .bool(let b): b ? "1" : "0"
    case .int(let i): String(i)
    case .big(let b): b.decimal
    case .string(let s): quoted(s.bytes)
    default: nil
    }
  }

  /// A string literal with these bytes.
  private func quoted(_ bytes: [UInt8]) -> String {
    var out = "\""
    for b in bytes {
      if b >= 0x20 && b < 0x7F && b != UInt8(ascii: "\"") && b != UInt8(ascii: "\\") {
        out.append(Character(UnicodeScalar(b)))
      } else {
        let hex = String(b, radix: 16)
        out += hex.count == 1 ? "\\x0" + hex : "\\x" + hex
      }
    }
    return out + "\""
  }

  private func structType(_ name: Substring) -> TypeID? {
    let o = object(name)
    guard o.isSome, ts.objects[o].kind == .typeName else { return nil }
    let t = ts.objects[o].type
    return ts.kind(ts.under(t)) == .struct ? t : nil
  }

  private func offset(of field: Substring, in t: TypeID) -> Int64? {
    let u = ts.under(t)
    let offsets = ts.offsets(ofStruct: u)
    for i in 0..<ts.memberCount(u) where ts.text(ts.objects[ts.member(u, i)].name) == field {
      return offsets[i]
    }
    return nil
  }

  /// Pointer maps of the stack arguments of a function without body: arguments, then arguments
  /// and results (ABI0: in order, each aligned, the results from a word boundary on).
  func argumentMaps(_ linkName: String) -> [PointerBitmap] {
    let o = local(linkName)
    guard o.isSome, ts.objects[o].kind == .function else { return [] }
    let s = ts.signature(ts.under(ts.objects[o].type))
    var end: Int64 = 0
    var pointers: [Int64] = []
    func place(_ tuple: TypeID) {
      for i in 0..<ts.memberCount(tuple) {
        let t = ts.memberType(tuple, i)
        let a = ts.alignof(t)
        end = (end + a - 1) / a * a
        ts.forEachPointer(t, at: end) { (at: Int64) -> Void in pointers.append(at) }
        end += ts.sizeof(t)
      }
      end = (end + 7) & ~7
    }
    func bitmap() -> PointerBitmap {
      var b = PointerBitmap(count: Int(end / 8))
      for p in pointers { b.set(Int(p / 8)) }
      return b
    }
    place(s.params)
    var maps = [bitmap()]
    if ts.memberCount(s.results) > 0 {
      place(s.results)
      maps.append(bitmap())
    }
    return maps
  }
}
