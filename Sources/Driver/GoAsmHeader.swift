import Base
import Types

/// What `go_asm.h` would define for a package: `const_NAME` for its integer constants, `TYPE__size` and
/// `TYPE_FIELD` for its struct types. Answered name by name, when assembly asks.
struct GoAsmHeader {
  let checker: Checker
  let package: PackageID

  /// The text of definition `name`, nil if the package has nothing to say about it.
  func definition(_ name: String) -> String? {
    if name.hasPrefix("const_") { return constant(String(name.dropFirst(6))) }
    if name.hasSuffix("__size") {
      guard let t = type(String(name.dropLast(6))) else { return nil }
      return String(checker.ts.sizeof(t))
    }
    // A type's name may hold underscores itself: try each.
    for i in name.indices where name[i] == "_" {
      if let n = field(String(name[..<i]), String(name[name.index(after: i)...])) { return n }
    }
    return nil
  }

  private func object(_ name: String) -> ObjectID? {
    let ts = checker.ts
    guard let n = ts.names.find(name) else { return nil }
    let o = ts.lookup(ts.packages[package].scope, n)
    if o.isNone { return nil }
    checker.declare(o)
    return o
  }

  private func constant(_ name: String) -> String? {
    guard let o = object(name), checker.ts.objects[o].kind == .constant else { return nil }
    switch checker.ts.constants[checker.ts.objects[o].constant] {
    case .int(let i): return String(i)
    case .big(let b): return String(b)
    case .bool(let b): return b ? "1" : "0"
    default: return nil
    }
  }

  private func type(_ name: String) -> TypeID? {
    guard let o = object(name), checker.ts.objects[o].kind == .typeName else { return nil }
    return checker.ts.objects[o].type
  }

  private func field(_ typeName: String, _ fieldName: String) -> String? {
    let ts = checker.ts
    guard let t = type(typeName) else { return nil }
    let u = ts.under(t)
    guard ts.kind(u) == .struct else { return nil }
    let offsets = ts.offsets(ofStruct: u)
    for i in 0..<ts.memberCount(u) where ts.text(ts.objects[ts.member(u, i)].name) == fieldName {
      return String(offsets[i])
    }
    return nil
  }
}
