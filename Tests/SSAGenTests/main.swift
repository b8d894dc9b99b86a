import Glibc

// Tests of what SSAGen lays out: `ssagen-tests [directory of the test files]`. With `-statics` it
// prints what statics.out should hold.

let arguments = CommandLine.arguments
let directory =
  arguments.count > 1 && !arguments[1].hasPrefix("-") ? arguments[1] : "Tests/SSAGenTests"
if arguments.contains("-statics") {
  exit(testStatics(directory, update: true) ? 0 : 1)
}
let results = [testDescriptors(directory), testStatics(directory, update: false)]
if results.contains(false) { exit(1) }
print("ssagen-tests: passed")
