import Base
import Syntax
import Types

// Which initialisers can be dropped when nothing reads their variables.

extension FunctionBuilder {
  /// Functions of the library that make a value of their arguments and do nothing else, though
  /// their bodies do not show it.
  private static let valueMakers: Set<String> = [
    "sync.OnceFunc", "sync.OnceValue", "sync.OnceValues",
    "internal/abi.FuncPCABI0", "internal/abi.FuncPCABIInternal",
  ]

  /// Whether evaluating `n` has no effect, cannot fail, and ends, as far as can be seen at a
  /// glance.
  func isPure(_ node: NodeID) -> Bool { isPure(node, 0) }

  private func isPure(_ node: NodeID, _ depth: Int) -> Bool {
    let n = tree.unparen(node)
    if info.constants[n.index].isSome { return true }
    if info.mode(n) == .nilValue || info.mode(n) == .type { return true }
    switch tree.kind(n) {
    case .name, .funcLit: return true
    case .selector: return isPureSelector(n, depth)
    case .compositeLit: return isPureLiteral(n, depth)
    case .unary:
      let (op, x) = tree.unary(n)
      switch op {
      case .and:
        return tree.kind(tree.unparen(x)) == .compositeLit ? isPure(x, depth) : isAddressPure(x)
      case .sub, .add, .not, .xor: return isPure(x, depth)
      default: return false
      }
    case .binary: return isPureBinary(n, depth)
    case .call: return isPureCall(n, depth)
    default: return false
    }
  }

  private func isPureSelector(_ n: NodeID, _ depth: Int) -> Bool {
    guard let s = info.selection(n) else { return true }
    switch s.kind {
    case .field:
      let x = tree.selector(n).x
      return (!s.indirect || isFaceOfVariable(x)) && isPure(x, depth)
    case .methodExpr: return true
    case .methodValue: return false
    }
  }

  /// The runtime's `efaceOf(&x)`, which is `&x` under another type, so not nil.
  private func isFaceOfVariable(_ node: NodeID) -> Bool {
    let n = tree.unparen(node)
    guard tree.kind(n) == .call, let (o, _) = staticFunction(tree.unparen(tree.call(n).fun)) else {
      return false
    }
    return pb.packagePath(o) == "runtime" && pb.objectName(o) == "efaceOf"
  }

  /// `&x` of a variable, or of a field of one.
  private func isAddressPure(_ node: NodeID) -> Bool {
    let n = tree.unparen(node)
    switch tree.kind(n) {
    case .name: return true
    case .selector:
      guard let s = info.selection(n) else { return true }
      return s.kind == .field && !s.indirect && isAddressPure(tree.selector(n).x)
    default: return false
    }
  }

  private func isPureLiteral(_ n: NodeID, _ depth: Int) -> Bool {
    var isMap = false
    if kind(type(n)) == .map {
      // Keys of interface type might not be hashable.
      isMap = true
      if isInterface(canon(ts.mapKey(under(type(n))))) { return false }
    }
    for e in tree.each(tree.compositeLit(n).elements) {
      if tree.kind(e) != .keyValue {
        if !isPure(e, depth) { return false }
        continue
      }
      let (k, x) = tree.keyValue(e)
      if isMap && !isPure(k, depth) || !isPure(x, depth) { return false }
    }
    return true
  }

  private func isPureBinary(_ n: NodeID, _ depth: Int) -> Bool {
    let (op, x, y) = tree.binary(n)
    if !isPure(x, depth) || !isPure(y, depth) { return false }
    switch op {
    case .div, .rem, .shl, .shr: return info.constants[y.index].isSome
    case .eql, .neq:
      return !isInterface(type(x)) && !isInterface(type(y)) && layout(type(x)).isPlainMemory
    default: return true
    }
  }

  private func isPureCall(_ n: NodeID, _ depth: Int) -> Bool {
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    for x in tree.each(c.args) where !isPure(x, depth) { return false }
    switch info.mode(fun) {
    case .type:
      // Slices to arrays can panic.
      let x = tree[c.args, 0]
      return info.mode(tree.unparen(x)) == .nilValue || kind(type(x)) != .slice
        || kind(type(n)) == .slice
        || isString(type(n))
    case .builtin:
      switch builtin(fun) {
      case .new, .len, .cap, .append, .complex, .real, .imag, .min, .max: return true
      case .make:
        return tree.each(c.args).dropFirst().allSatisfy { info.constants[$0.index].isSome }
      default: return false
      }
    default:
      guard depth < 4, let (o, _) = staticFunction(fun) else { return false }
      if Self.valueMakers.contains(pb.packagePath(o) + "." + pb.objectName(o)) { return true }
      guard let r = pb.returnedExpression(o) else { return false }
      pb.checker.checkBody(of: o)
      let callee = FunctionBuilder(pb, f)
      callee.setSource(r.file, package: ts.objects[o].package)
      return callee.isPure(r.node, depth + 1)
    }
  }
}
