import Base
import Glibc
import Packages
import Syntax
import Types

// From a checked program to an executable. The front end (packages, parse, types) is `Program`;
// this file calls the phases behind it in order.

/// Packages that belong to every program although nobody imports them.
let implicitPackages: [String] = ["runtime"]

/// Front end of `apus build`: nil if there were errors, which have been printed.
func frontEnd(_ options: Options) throws -> Program? {
  let p = try Program(options)
  try p.load(implicit: implicitPackages)
  p.parse()
  p.dumpFrontEnd()
  return p.check(.onDemand) ? p : nil
}

/// Compiles and links what the options name.
func build(_ options: Options) throws -> Int32 {
  guard let p = try frontEnd(options) else { return 1 }
  showTime(p)
  throw Unimplemented("building: the phases behind the type checker are not connected")
}

/// Builds into a temporary file and runs it with `arguments`; the status is the program's.
func run(_ options: Options, _ arguments: [String]) throws -> Int32 {
  throw Unimplemented("running: the phases behind the type checker are not connected")
}
