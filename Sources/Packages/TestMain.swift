import Syntax

extension TestFunctions {
  /// Go source of the program that runs the tests of a package: it hands the lists of functions to
  /// `testing.MainStart`. A package that has no function in the lists is still linked in.
  func mainSource(
    testPath: String?, xtestPath: String?, shownPath: String, modulePath: String
  ) -> String {
    var s = "package main\n\nimport (\n\t\"os\"\n"
    if main != nil { s += "\t\"reflect\"\n" }
    s += "\t\"testing\"\n\t\"testing/internal/testdeps\"\n"
    for (path, qualifier) in [(testPath, "_test"), (xtestPath, "_xtest")] {
      guard let path else { continue }
      s += "\t\(used.contains(qualifier) ? qualifier : "_") \(goString(Array(path.utf8)))\n"
    }
    s += ")\n\n"
    s += list("tests", "testing.InternalTest", tests)
    s += list("benchmarks", "testing.InternalBenchmark", benchmarks)
    s += list("fuzzTargets", "testing.InternalFuzzTarget", fuzzTargets)
    s += "var examples = []testing.InternalExample{\n"
    for e in examples {
      s += "\t{\(goString(Array(e.name.utf8))), \(e.qualifier).\(e.name), "
      s += "\(goString(e.output)), \(e.isUnordered)},\n"
    }
    s += "}\n\nfunc init() {\n"
    s += "\ttestdeps.ModulePath = \(goString(Array(modulePath.utf8)))\n"
    s += "\ttestdeps.ImportPath = \(goString(Array(shownPath.utf8)))\n}\n\n"
    s += "func main() {\n\tm := testing.MainStart(testdeps.TestDeps{}, tests, benchmarks, "
    s += "fuzzTargets, examples)\n"
    if let main {
      // TestMain need not call os.Exit: the status is what m.Run left in m.
      s += "\t\(main.qualifier).TestMain(m)\n"
      s += "\tos.Exit(int(reflect.ValueOf(m).Elem().FieldByName(\"exitCode\").Int()))\n}\n"
    } else {
      s += "\tos.Exit(m.Run())\n}\n"
    }
    return s
  }

  private func list(_ name: String, _ type: String, _ entries: [Entry]) -> String {
    var s = "var \(name) = []\(type){\n"
    for e in entries { s += "\t{\(goString(Array(e.name.utf8))), \(e.qualifier).\(e.name)},\n" }
    return s + "}\n\n"
  }

  /// A Go string literal of these bytes.
  private func goString(_ bytes: [UInt8]) -> String {
    var s = "\""
    for b in bytes {
      switch b {
      case 0x22: s += "\\\""
      case 0x5C: s += "\\\\"
      case 0x20...0x7E: s.unicodeScalars.append(Unicode.Scalar(b))
      default:
        let digits = String(b, radix: 16)
        s += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return s + "\""
  }
}
