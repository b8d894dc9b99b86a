// Writing results into the side tables.
import Base
import Syntax

extension Checker {
  /// Notes the object that a node declares, uses or implies.
  func record(_ n: NodeID, object o: ObjectID) {
    files.elements[env.file.index].refs[n.index] = o.raw
  }

  func recordType(_ n: NodeID, _ mode: OperandMode, _ t: TypeID) {
    files.elements[env.file.index].types[n.index] = t
    files.elements[env.file.index].modes[n.index] = mode.rawValue
  }

  func recordType(_ n: NodeID, _ mode: OperandMode, _ t: TypeID, _ val: ConstID) {
    recordType(n, mode, t)
    files.elements[env.file.index].constants[n.index] = val
  }

  /// Type of a node in the current file, as recorded so far.
  func recorded(_ n: NodeID) -> TypeID { files.elements[env.file.index].types[n.index] }

  func recordSelection(_ n: NodeID, _ s: Selection) {
    let f = env.file.index
    files.elements[f].selections.append(s)
    files.elements[f].refs[n.index] = UInt32(files.elements[f].selections.count - 1)
  }

  /// Notes that the generic function or type denoted by `n` is instantiated.
  func recordInstance(_ n: NodeID, _ args: [TypeID], _ t: TypeID) {
    var name = tree.unparen(n)
    if tree.kind(name) == .index { name = tree.unparen(tree.index(name).x) }
    if tree.kind(name) == .selector { name = tree.selector(name).sel }
    if tree.kind(name) != .name { return }
    let f = env.file.index
    let i = FileTypes.Instance(node: name, args: ts.range(args), type: t)
    if let old = files.elements[f].instanceIndex[name] {
      files.elements[f].instances[Int(old)] = i
      return
    }
    files.elements[f].instanceIndex[name] = UInt32(files.elements[f].instances.count)
    files.elements[f].instances.append(i)
  }

  /// Result types for a call or expression used with a second, boolean value.
  func recordCommaOk(_ n: NodeID, _ a: TypeID, _ b: TypeID) {
    if ts.isNone(a) || ts.isNone(b) { return }
    var x = n
    while true {
      let pos = tree.pos(x)
      let t = ts.tuple([
        ts.variable(.none, pos, a, env.package), ts.variable(.none, pos, b, env.package),
      ])
      files.elements[env.file.index].types[x.index] = t
      if tree.kind(x) != .paren { break }
      x = tree.paren(x)
    }
  }
}

extension TypeStore {
  func isNone(_ t: TypeID) -> Bool { t.isNone || t == invalid }
}
