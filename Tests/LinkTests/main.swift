import Glibc

// Tests of the linker: small programs made by hand as symbol tables, linked, and then run, read
// back by a decoder of gc's tables that shares no code with the linker, or shown to readelf,
// objdump and the go command (where APUS_GOROOT or GOROOT names one).

if CommandLine.arguments.count == 3 && CommandLine.arguments[1] == "--emit" {
  try emitStartupProgram(CommandLine.arguments[2])
  exit(0)
}
var checks = Checks()
if CommandLine.arguments.count == 3 && CommandLine.arguments[1] == "--speed" {
  testSpeed(&checks, functions: Int(CommandLine.arguments[2]) ?? 4000)
  exit(0)
}
testELF(&checks)
testLayout(&checks)
testReach(&checks)
testMethods(&checks)
testNosplit(&checks)
testFunctionTable(&checks)
testModuleData(&checks)
testOutput(&checks)
testAgainstGoroot(&checks)
testSpeed(&checks)
_ = shell("rm -rf \(workDirectory)")
print("\(checks.passed) passed, \(checks.failed) failed")
if checks.failed > 0 { exit(1) }
