import Object
import Syntax
import Types

// Types as values. What `reflect.TypeOf((*error)(nil)).Elem()`, `reflect.TypeFor[T]()` and their relatives in
// internal/reflectlite and internal/abi answer is the address of a descriptor, known when compiling: variables
// that hold such a type need no code at start.

/// A type that an expression denotes at run time.
private struct DescribedType {
  var type: TypeID
  /// The type that an evaluation would have converted to an interface.
  var converted: TypeID
  /// Import path of the package whose function answers.
  var package: String
}

extension StaticEncoder {
  /// Lays out the result of call `n`, of type `t`, if it describes a type.
  mutating func typeValue(_ n: NodeID, to t: TypeID, at: Int) -> Bool {
    guard isGlobal, let d = describedType(n) else { return false }
    if d.package == "internal/abi" {
      if fb.kind(t) != .pointer { return false }
      write(d, at: at)
      return true
    }
    guard fb.isInterface(t), !fb.isEmptyInterface(t), let concrete = describingType(d.package)
    else {
      return false
    }
    if isDry { return true }
    image.address(pb.itabSymbol(iface: t, concrete: concrete), at: at)
    write(d, at: at + 8)
    return true
  }

  private mutating func write(_ d: DescribedType, at: Int) {
    if isDry { return }
    let marked = pb.typeSymbol(d.converted, usedInInterface: true)
    image.relocs.append(Reloc(offset: UInt32(at), kind: .usedInInterface, target: marked))
    image.address(pb.typeSymbol(d.type, usedInInterface: false), at: at)
  }

  /// The type behind the interface that the package's TypeOf returns; its word is the descriptor's address.
  private func describingType(_ path: String) -> TypeID? {
    guard let p = pb.package(path), let name = ts.names.find("rtype") else { return nil }
    let o = ts.lookup(ts.packages[p].scope, name)
    guard o.isSome, ts.objects[o].kind == .typeName else { return nil }
    pb.checker.declare(o)
    let t = ts.canonical(ts.objects[o].type)
    return path == "reflect" ? pb.pointerType(t) : t
  }

  private func describedType(_ node: NodeID) -> DescribedType? {
    let n = tree.unparen(node)
    if tree.kind(n) != .call { return nil }
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    if let (o, targs) = fb.staticFunction(fun) { return described(by: o, targs, c) }
    // `x.Elem()` of a described type.
    guard tree.kind(fun) == .selector, c.args.count == 0, let s = fb.info.selection(fun),
      ts.text(ts.objects[s.object].name) == "Elem", var d = describedType(tree.selector(fun).x)
    else { return nil }
    switch fb.kind(d.type) {
    case .pointer, .slice, .array, .chan: d.type = fb.elem(d.type)
    default: return nil
    }
    return d
  }

  private func described(by o: ObjectID, _ targs: [TypeID], _ c: SyntaxTree.Call) -> DescribedType?
  {
    let f = ts.objects[o]
    guard f.package.isSome else { return nil }
    let package = ts.text(ts.packages[f.package].path)
    guard ["reflect", "internal/reflectlite", "internal/abi"].contains(package) else { return nil }
    switch ts.text(f.name) {
    case "TypeFor" where targs.count == 1:
      return DescribedType(
        type: targs[0], converted: pb.pointerType(targs[0]), package: package)
    case "TypeOf" where c.args.count == 1:
      var x = tree[c.args, 0]
      var source = fb
      if let a = argument(x) {
        x = a.node
        source = a.fb
      }
      guard source.info.mode(source.tree.unparen(x)) != .nilValue, source.isPure(x) else {
        return nil
      }
      let t = source.defaultType(x)
      if source.isInterface(t) { return nil }
      return DescribedType(type: t, converted: t, package: package)
    default: return nil
    }
  }
}
