// swift-tools-version: 6.1
import PackageDescription

// Every module is compiled with cross-module optimisation (an accessor in another module is
// otherwise 6 to 86 times slower), without dynamic exclusivity checks, and with `assert` kept in
// release builds, so that what the tests run is what is shipped.
let flags: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .unsafeFlags([
    "-cross-module-optimization", "-enforce-exclusivity=unchecked", "-assert-config", "Debug",
    "-warnings-as-errors",
  ]),
]

/// One module of the compiler. Modules depend downwards only: `uses` names earlier modules.
func module(
  _ name: String, uses: [String], products: [Target.Dependency] = [],
  excluding: [String] = ["README.md"]
) -> Target {
  .target(
    name: name, dependencies: uses.map { .byName(name: $0) } + products,
    exclude: excluding, swiftSettings: flags)
}

let package = Package(
  name: "apus",
  products: [.executable(name: "apus", targets: ["CLI"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    module("Base", uses: []),
    module("Syntax", uses: ["Base"]),
    module("Packages", uses: ["Base", "Syntax"]),
    module("Types", uses: ["Base", "Syntax"]),
    module("ABI", uses: ["Base"]),
    module("Object", uses: ["Base", "ABI"]),
    module("SSA", uses: ["Base", "ABI", "Object"]),
    module(
      "SSAGen", uses: ["Base", "Syntax", "Types", "ABI", "Object", "SSA"]),
    module("RegAlloc", uses: ["Base", "ABI", "SSA"]),
    module(
      "AMD64", uses: ["Base", "ABI", "Object", "SSA", "RegAlloc"],
      excluding: ["README.md", "Encoding/README.md"]),
    module("Assembler", uses: ["Base", "ABI", "Object", "AMD64"]),
    module("Link", uses: ["Base", "ABI", "Object"]),
    module("BuildInit", uses: ["Base", "ABI", "Object", "Link"]),
    module(
      "Driver",
      uses: [
        "Base", "Syntax", "Packages", "Types", "ABI", "Object", "SSA", "SSAGen", "RegAlloc",
        "AMD64", "Assembler", "Link", "BuildInit",
      ]),
    .executableTarget(
      name: "CLI",
      dependencies: [
        "Driver", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["README.md"], swiftSettings: flags,
      // The names of two functions in Heap.swift, which Swift does not let a program define.
      linkerSettings: [
        .unsafeFlags([
          "-Xlinker", "--defsym=malloc=apus_malloc", "-Xlinker", "--defsym=free=apus_free",
        ])
      ]),
    .executableTarget(
      name: "AsmCheck", dependencies: ["Base", "Object", "AMD64", "Assembler"],
      path: "Tools/AsmCheck", swiftSettings: flags),
    .executableTarget(
      name: "link-tests", dependencies: ["Base", "ABI", "Object", "Link"],
      path: "Tests/LinkTests", swiftSettings: flags),
    .executableTarget(
      name: "types-tests", dependencies: ["Base", "Syntax", "Types"],
      path: "Tests/TypesTests", swiftSettings: flags),
    .executableTarget(
      name: "backend-tests", dependencies: ["Base", "ABI", "Object", "SSA", "RegAlloc", "AMD64"],
      path: "Tests/BackendTests", swiftSettings: flags),
    .executableTarget(
      name: "ssagen-tests",
      dependencies: ["Base", "Syntax", "Types", "ABI", "Object", "SSA", "SSAGen"],
      path: "Tests/SSAGenTests",
      exclude: [
        "descriptors.go", "descriptors_print.go", "descriptors.out", "statics.go",
        "statics_other.go",
        "statics.out",
      ], swiftSettings: flags),
  ]
)
