import Base
import Syntax

// The functions of package unsafe (Go spec, Package unsafe).

extension Checker {
  func builtinUnsafe(
    _ x: inout Operand, _ call: SyntaxTree.Call, _ args: [Operand], _ id: Builtin
  ) -> Bool {
    let fun = start(call.fun)
    switch id {
    case .unsafeAdd:
      _ = verifyVersion(fun, 17, .versionBuiltin2, .text("unsafe.Add"))
      assignment(&x, ts.basic(.unsafePointer), .text("argument to unsafe.Add"))
      if !x.isValid || !isLength(args[1], allowNegative: true) { return false }
      x.mode = .value
      x.type = ts.basic(.unsafePointer)
      return true
    case .unsafeAlignof:
      assignment(&x, .none, .text("argument to unsafe.Alignof"))
      if !x.isValid { return false }
      if hasVarSize(x.type) {
        x.mode = .value
      } else {
        x.mode = .constant
        x.val = ts.constants.add(int: ts.alignof(x.type))
      }
      x.type = ts.basic(.uintptr)
      return true
    case .unsafeSizeof:
      assignment(&x, .none, .text("argument to unsafe.Sizeof"))
      if !x.isValid { return false }
      if hasVarSize(x.type) {
        x.mode = .value
      } else {
        let size = ts.sizeof(x.type)
        if size < 0 {
          report(x, .typeTooLarge, .operand(x))
          return false
        }
        x.mode = .constant
        x.val = ts.constants.add(int: size)
      }
      x.type = ts.basic(.uintptr)
      return true
    case .unsafeOffsetof: return builtinOffsetof(&x, call)
    case .unsafeSlice:
      _ = verifyVersion(fun, 17, .versionBuiltin2, .text("unsafe.Slice"))
      let p = ts.coreType(x.type)
      if p.isNone || ts.kind(p) != .pointer {
        report(x, .notAPointer, .operand(x))
        return false
      }
      if !isLength(args[1], allowNegative: false) { return false }
      x.mode = .value
      x.type = ts.slice(ts.elem(p))
      return true
    case .unsafeSliceData:
      _ = verifyVersion(fun, 20, .versionBuiltin2, .text("unsafe.SliceData"))
      let s = ts.coreType(x.type)
      if s.isNone || ts.kind(s) != .slice {
        report(x, .notASlice, .operand(x))
        return false
      }
      x.mode = .value
      x.type = ts.pointer(ts.elem(s))
      return true
    case .unsafeString:
      _ = verifyVersion(fun, 20, .versionBuiltin2, .text("unsafe.String"))
      assignment(&x, ts.pointer(ts.universe.byte), .text("argument to unsafe.String"))
      if !x.isValid || !isLength(args[1], allowNegative: false) { return false }
      x.mode = .value
      x.type = ts.basic(.string)
      return true
    case .unsafeStringData:
      _ = verifyVersion(fun, 20, .versionBuiltin2, .text("unsafe.StringData"))
      assignment(&x, ts.basic(.string), .text("argument to unsafe.StringData"))
      if !x.isValid { return false }
      x.mode = .value
      x.type = ts.pointer(ts.universe.byte)
      return true
    default: return false
    }
  }

  /// Whether `y` can be a length; it gets a type if it has none.
  private func isLength(_ y0: Operand, allowNegative: Bool) -> Bool {
    var y = y0
    return isValidIndex(&y, "length", allowNegative: allowNegative)
  }

  private func builtinOffsetof(_ x: inout Operand, _ call: SyntaxTree.Call) -> Bool {
    let arg = tree[call.args, 0]
    let selector = tree.unparen(arg)
    if tree.kind(selector) != .selector {
      report(arg, .offsetofNotSelector, .node(arg))
      use(arg)
      return false
    }
    let s = tree.selector(selector)
    expr(nil, &x, s.x)
    if !x.isValid { return false }
    let base = ts.structBehindPointer(x.type)
    let name = tree.name(s.sel)
    let found = ts.lookupFieldOrMethod(base, addressable: false, env.package, name)
    if found.object.isNone {
      report(x, .offsetofNoField, .type(base), .name(name))
      return false
    }
    if ts.objects[found.object].kind == .function {
      report(arg, .offsetofMethod, .node(arg))
      return false
    }
    if found.indirect {
      report(x, .offsetofIndirect, .name(name), .type(base))
      return false
    }
    let path = ts.range(found.path.lazy.map { (i: Int) -> UInt32 in UInt32(i) }, found.path.count)
    recordSelection(
      selector,
      Selection(
        kind: .field, indirect: false, recv: base, object: found.object, path: path))
    let field = ts.objects[found.object]
    record(s.sel, object: found.object)
    recordType(selector, x.mode == .variable ? .variable : .value, field.type)
    if hasVarSize(base) {
      x.mode = .value
    } else {
      let offset = ts.offset(of: base, path: found.path)
      if offset < 0 {
        report(x, .typeTooLarge, .operand(x))
        return false
      }
      x.mode = .constant
      x.val = ts.constants.add(int: offset)
    }
    x.type = ts.basic(.uintptr)
    return true
  }

  /// Whether the size of `t` depends on type parameters. A type that contains itself, whose
  /// validity is yet to be checked, is reported and counts as variable.
  func hasVarSize(_ t: TypeID) -> Bool {
    let a = ts.unalias(t)
    switch ts.kind(a) {
    case .typeParam: return true
    case .array: return hasVarSize(ts.elem(a))
    case .struct:
      for i in 0..<ts.memberCount(a) where hasVarSize(ts.memberType(a, i)) { return true }
      return false
    case .named: return hasVarSize(named: a)
    default: return false
    }
  }

  private func hasVarSize(named t: TypeID) -> Bool {
    if let known = varSize[t] { return known }
    let o = instanceObject(t)
    if ts.objects[o].flags.contains(.onPath), let i = objectPath.lastIndex(of: o) {
      let cycle = Array(objectPath[i...])
      cycleError(cycle, firstInSource(cycle))
      return true
    }
    // Instances of ever larger types: `type T[P any] [1]T[*P]`.
    if objectPath.count > 500 { return true }
    push(o)
    defer { pop() }
    ts.expand(t)
    let rhs = ts.namedInfo(t).rhs
    let result = rhs.isSome && hasVarSize(rhs)
    varSize[t] = result
    return result
  }

  /// The object that stands for named type `t` in reports of cycles: its own, or for an instance one
  /// where the program mentions it first.
  func instanceObject(_ t: TypeID) -> ObjectID {
    let info = ts.namedInfo(t)
    if info.origin == t { return info.object }
    if let o = instanceObjects[t] { return o }
    let r = ts.objects[info.object]
    let o = ts.object(.typeName, r.name, info.pos.isNone ? r.pos : info.pos, t, r.package)
    instanceObjects[t] = o
    return o
  }
}
