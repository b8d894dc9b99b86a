import Base
import Object
import Syntax
import Types

/// What a parameter stands for while the result of a call is laid out.
struct StaticArgument {
  var parameter: ObjectID
  /// The argument, in the caller's source.
  var node: NodeID
  var fb: FunctionBuilder
}

/// A part of a laid-out value that only running code can make.
struct StaticHole {
  /// The object that it is in; none for the variable itself.
  var symbol = SymbolID.none
  var offset: Int
  var type: TypeID
  var node: NodeID
}

// Calls whose results can be laid out: `new`, and functions that do nothing but return an
// expression, such as errors.New.

extension StaticEncoder {
  func argument(_ n: NodeID) -> StaticArgument? {
    if arguments.isEmpty { return nil }
    let o = fb.info.object(n)
    return arguments.first { $0.parameter == o }
  }

  mutating func encodeArgument(_ a: StaticArgument, to t: TypeID, at: Int) -> Bool {
    let inner = fb
    let outer = arguments
    fb = a.fb
    // Arguments do not refer to parameters.
    arguments = []
    defer {
      fb = inner
      arguments = outer
    }
    return encode(a.node, to: t, at: at)
  }

  /// `new(T)` and `new(x)`.
  mutating func newObject(_ n: NodeID, _ t: TypeID, at: Int) -> Bool {
    let c = tree.call(n)
    let fun = tree.unparen(c.fun)
    guard isGlobal, fb.info.mode(fun) == .builtin, fb.builtin(fun) == .new, c.args.count == 1 else {
      return false
    }
    let e = fb.elem(t)
    if fb.size(e) == 0 {
      if !isDry { image.address(pb.zeroBase, at: at) }
      return true
    }
    var o = StaticEncoder(fb, size: fb.size(e), isGlobal: true, isDry: isDry)
    o.arguments = arguments
    o.callDepth = callDepth
    let x = tree[c.args, 0]
    if fb.info.mode(tree.unparen(x)) != .type && !o.encode(x, to: e, at: 0) { return false }
    if !isDry { image.address(pb.writable(o.image, e, "stmp"), at: at) }
    return true
  }

  /// A call of a function whose body is one return of one expression, with arguments that are
  /// constants or of static storage themselves.
  mutating func inlinedCall(_ n: NodeID, at: Int) -> Bool {
    let c = tree.call(n)
    guard isGlobal, callDepth < 4, !c.hasDots, arguments.isEmpty, fb.rangeBody == nil,
      let (o, targs) = fb.staticFunction(c.fun), targs.isEmpty,
      let r = pb.returnedExpression(o)
    else { return false }
    let s = ts.signature(pb.declaredType(o))
    if s.variadic || ts.memberCount(s.params) != Int(c.args.count) { return false }
    pb.checker.checkBody(of: o)
    var list: [StaticArgument] = []
    for i in c.args.indices {
      let x = tree[c.args, i]
      if fb.info.constants[x.index].isNone && fb.info.mode(tree.unparen(x)) != .nilValue {
        return false
      }
      list.append(StaticArgument(parameter: ts.member(s.params, i), node: x, fb: fb))
    }
    let outer = fb
    let callee = FunctionBuilder(pb, fb.f)
    callee.setSource(r.file, package: ts.objects[o].package)
    fb = callee
    arguments = list
    callDepth += 1
    defer {
      fb = outer
      arguments = []
      callDepth -= 1
    }
    return encode(r.node, to: ts.canonical(ts.memberType(s.results, 0)), at: at)
  }
}

extension ProgramBuilder {
  /// `x` of a function whose body is `return x`; function literals in it aside.
  func returnedExpression(_ o: ObjectID) -> (file: FileID, node: NodeID)? {
    guard let d = declaration(o) else { return nil }
    let tree = checker.syntax(d.file)
    let f = tree.funcDecl(d.node)
    if f.body.isNone || f.recv.isSome { return nil }
    let list = tree.block(f.body).stmts
    guard list.count == 1, tree.kind(tree[list, 0]) == .returnStmt else { return nil }
    let x = tree.returnStmt(tree[list, 0])
    if x.isNone || tree.kind(x) == .list { return nil }
    var isSimple = true
    tree.walk(x) { n in
      if tree.kind(n) == .funcLit { isSimple = false }
      return isSimple
    }
    let s = ts.signature(declaredType(o))
    if !isSimple || !s.typeParams.isEmpty || ts.memberCount(s.results) != 1 { return nil }
    return (d.file, x)
  }
}

// Values of which only a part is known.

extension StaticEncoder {
  /// Lays out the literal `node` for a variable of type `t` as far as its parts are known. The list
  /// of the others; the whole expression if it is no literal.
  mutating func encodePartly(_ node: NodeID, to t: TypeID) -> [StaticHole] {
    var holes: [StaticHole] = []
    encodePartly(node, to: t, at: 0, &holes)
    return holes
  }

  private mutating func encodePartly(
    _ node: NodeID, to t: TypeID, at: Int, _ holes: inout [StaticHole]
  ) {
    let n = tree.unparen(node)
    if fb.info.constants[n.index].isNone && fb.info.mode(n) != .nilValue && fb.type(n) == t {
      if tree.kind(n) == .compositeLit && partlyComposite(n, t, at: at, &holes) { return }
      if tree.kind(n) == .unary && tree.op(n) == .and {
        let x = tree.unparen(tree.unary(n).x)
        if tree.kind(x) == .compositeLit {
          partlyObject(x, fb.type(x), at: at, &holes)
          return
        }
      }
    }
    var dry = StaticEncoder(fb, size: 0, isGlobal: true, isDry: true)
    if dry.encode(node, to: t, at: at) && encode(node, to: t, at: at) { return }
    holes.append(StaticHole(offset: at, type: t, node: node))
  }

  private mutating func partlyComposite(
    _ n: NodeID, _ t: TypeID, at: Int, _ holes: inout [StaticHole]
  ) -> Bool {
    let lit = tree.compositeLit(n)
    switch fb.kind(t) {
    case .struct:
      // What is given for a blank field is only evaluated, and a constant not even that.
      let isBlank = tree.each(lit.elements).enumerated().map { (i: Int, e: NodeID) -> Bool in
        tree.kind(e) != .keyValue && ts.objects[ts.member(ts.under(t), i)].name == blankName
      }
      for (i, e) in tree.each(lit.elements).enumerated()
      where isBlank[i] && fb.info.constants[e.index].isNone {
        return false
      }
      for (i, e) in tree.each(lit.elements).enumerated() where !isBlank[i] {
        guard let (x, ft, offset) = fieldElement(i, e, t) else { return false }
        encodePartly(x, to: ft, at: at + offset, &holes)
      }
      return true
    case .array:
      partlyElements(lit, fb.elem(t), at: at, &holes)
      return true
    case .slice:
      let count = fb.literalLength(lit)
      if count == 0 { return false }
      let e = fb.elem(t)
      var inner: [StaticHole] = []
      var array = StaticEncoder(fb, size: fb.size(e) * count, isGlobal: true, isDry: false)
      array.partlyElements(lit, e, at: 0, &inner)
      if fb.size(e) == 0 {
        image.address(pb.zeroBase, at: at)
      } else {
        let s = pb.writable(array.image, pb.arrayType(e, count), "stmp")
        image.address(s, at: at)
        take(inner, in: s, &holes)
      }
      image.write(UInt64(count), at: at + 8, size: 8)
      image.write(UInt64(count), at: at + 16, size: 8)
      return true
    case .pointer:
      partlyObject(n, fb.elem(t), at: at, &holes)
      return true
    default: return false
    }
  }

  private mutating func partlyElements(
    _ lit: SyntaxTree.CompositeLit, _ e: TypeID, at: Int, _ holes: inout [StaticHole]
  ) {
    let step = fb.size(e)
    var i = 0
    for x in tree.each(lit.elements) {
      var value = x
      if tree.kind(x) == .keyValue {
        let kv = tree.keyValue(x)
        i = Int(fb.constantInt(kv.key) ?? 0)
        value = kv.value
      }
      encodePartly(value, to: e, at: at + i * step, &holes)
      i += 1
    }
  }

  /// A new object with the contents of literal `n`.
  private mutating func partlyObject(
    _ n: NodeID, _ t: TypeID, at: Int, _ holes: inout [StaticHole]
  ) {
    var inner: [StaticHole] = []
    var o = StaticEncoder(fb, size: fb.size(t), isGlobal: true, isDry: false)
    if !o.partlyComposite(n, t, at: 0, &inner) {
      // A literal that is code throughout: a map behind a pointer.
      inner = [StaticHole(offset: 0, type: t, node: n)]
    }
    if fb.size(t) == 0 {
      image.address(pb.zeroBase, at: at)
      return
    }
    let s = pb.writable(o.image, t, "stmp")
    image.address(s, at: at)
    take(inner, in: s, &holes)
  }

  private func take(_ inner: [StaticHole], in s: SymbolID, _ holes: inout [StaticHole]) {
    for var h in inner {
      if h.symbol.isNone { h.symbol = s }
      holes.append(h)
    }
  }
}
