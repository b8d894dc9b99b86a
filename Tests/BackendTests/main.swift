import ABI
import AMD64
import Base
import Glibc
import Object
import SSA

let arguments = CommandLine.arguments
if let i = arguments.firstIndex(of: "-seed"), i + 1 < arguments.count {
  FuzzRunner.explain(UInt64(arguments[i + 1])!)
} else if arguments.contains("-bench") {
  FuzzRunner.bench(5000)
} else if let i = arguments.firstIndex(of: "-fuzz"), i + 1 < arguments.count {
  FuzzRunner.run(seconds: Double(arguments[i + 1])!, start: UInt64(time(nil)) << 20)
} else {
  abiTests()
  fileTests("testdata")
  FuzzRunner.run(seconds: 1, start: 1)
}
print("\(passed) passed, \(failed) failed")
exit(failed == 0 ? 0 : 1)
