import Base
import Packages

/// How `apus list` shows packages.
public struct ListOptions: Sendable {
  /// Also the packages that they need, dependencies first.
  public var deps = false
  /// The selected files below each path.
  public var files = false
  public var json = false
  /// With `json`: only these fields; all if empty.
  public var fields: [String] = []
  public init() {}
}

func list(_ options: Options, _ how: ListOptions) throws -> Int32 {
  let p = try Program(options)
  try p.load()
  let roots = Set(p.graph.roots)
  var writer = PackageWriter(
    p.graph, ModuleSet(around: workingDirectory()), goroot: try Goroot.locate().path, how.fields)
  for id in how.deps ? Array(p.graph.packages.ids) : p.graph.roots {
    let package = p.graph[id]
    if how.json {
      writeOutput(writer.describe(package, isDependency: !roots.contains(id)))
      continue
    }
    writeOutput(package.importPath + "\n")
    if how.files {
      for f in package.files { writeOutput("\t\(f.path)\n") }
      for f in package.assembly { writeOutput("\t\(f)\n") }
    }
  }
  showTime(p)
  return 0
}

/// Writes packages as `go list -json` does: field names, order, indentation, nothing that is empty.
/// What Apus does not look for (documentation, ignored and test files, staleness) is absent.
private struct PackageWriter {
  let graph: PackageGraph
  let modules: ModuleSet
  let goroot: String
  let fields: Set<String>
  private var items: [String] = []

  init(_ graph: PackageGraph, _ modules: ModuleSet, goroot: String, _ fields: [String]) {
    self.graph = graph
    self.modules = modules
    self.goroot = goroot
    self.fields = Set(fields)
  }

  mutating func describe(_ p: Package, isDependency: Bool) -> String {
    items.removeAll()
    let module = modules.owner(ofDirectory: p.dir)
    add("Dir", p.dir)
    add("ImportPath", p.importPath)
    add("Name", p.name)
    add("Root", p.isStd ? goroot : module?.dir ?? "")
    if let module, !p.isStd { addModule(module) }
    add("Goroot", p.isStd)
    add("Standard", p.isStd)
    add("DepOnly", isDependency)
    add("GoFiles", p.files.map { $0.name })
    add("SFiles", p.assembly.map { baseName($0) })
    let imports = p.imports.map { (written: $0.path, real: realPath($0)) }
    add("Imports", imports.map { $0.real }.sorted())
    let mapped = imports.filter { $0.written != $0.real }
    addItem(
      "ImportMap", mapped.map { "\(jsonString($0.written)): \(jsonString($0.real))" }, "{", "}")
    add("Deps", dependencies(of: p))
    return items.isEmpty ? "{}\n" : "{\n" + items.joined(separator: ",\n") + "\n}\n"
  }

  private func realPath(_ i: PackageImport) -> String {
    i.package.isNone ? i.path : graph[i.package].importPath
  }

  private func dependencies(of p: Package) -> [String] {
    var seen: Set<String> = []
    var work = [p]
    while let q = work.popLast() {
      for i in q.imports where seen.insert(realPath(i)).inserted && i.package.isSome {
        work.append(graph[i.package])
      }
    }
    seen.remove(p.importPath)
    return seen.sorted()
  }

  private mutating func addModule(_ m: Module) {
    var lines = ["\"Path\": \(jsonString(m.path))"]
    if m.isMain {
      lines.append("\"Main\": true")
    } else {
      lines.append("\"Version\": \(jsonString(m.version))")
    }
    lines.append("\"Dir\": \(jsonString(m.dir))")
    lines.append("\"GoMod\": \(jsonString(m.dir + "/go.mod"))")
    lines.append("\"GoVersion\": \(jsonString(String(m.goVersion.dropFirst(2))))")
    addItem("Module", lines, "{", "}")
  }

  private mutating func add(_ name: String, _ value: String) {
    if !value.isEmpty && isWanted(name) { items.append("\t\"\(name)\": \(jsonString(value))") }
  }

  private mutating func add(_ name: String, _ value: Bool) {
    if value && isWanted(name) { items.append("\t\"\(name)\": true") }
  }

  private mutating func add(_ name: String, _ values: [String]) {
    addItem(name, values.map { jsonString($0) }, "[", "]")
  }

  private mutating func addItem(
    _ name: String, _ lines: [String], _ open: String, _ close: String
  ) {
    if lines.isEmpty || !isWanted(name) { return }
    let body = lines.map { "\t\t" + $0 }.joined(separator: ",\n")
    items.append("\t\"\(name)\": \(open)\n\(body)\n\t\(close)")
  }

  private func isWanted(_ name: String) -> Bool { fields.isEmpty || fields.contains(name) }
}
