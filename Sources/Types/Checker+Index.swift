// Index and slice expressions.
import Base
import Syntax

extension Checker {
  /// An index expression. True: `x` is a generic function to be instantiated with the index as
  /// type arguments.
  func indexExpr(_ x: inout Operand, _ n: NodeID) -> Bool {
    let e = tree.index(n)
    exprOrType(&x, e.x, allowGeneric: true)
    switch x.mode {
    case .invalid:
      use(e.index)
      return false
    case .type:
      x.mode = .invalid
      x.type = varType(n)
      if ts.isValid(x.type) { x.mode = .type }
      return false
    case .value:
      let u = ts.under(x.type)
      if ts.kind(u) == .signature && !ts.signature(u).typeParams.isEmpty { return true }
    default: break
    }
    nonGeneric(nil, &x)
    if !x.isValid { return false }
    if !isComplete(x.type) {
      x.mode = .invalid
      return false
    }
    let u = ts.under(x.type)
    let k = ts.kind(u)
    if (k == .pointer || k == .map) && !isComplete(ts.elem(u)) {
      x.mode = .invalid
      return false
    }
    var found = Indexed()
    if k == .interface && ts.isTypeParam(x.type) {
      found = indexTypeParam(x)
    } else {
      found = indexed(u, isVariable: x.mode == .variable)
      if k == .basic && x.mode == .constant, case .string(let s) = ts.constants[x.val] {
        found.length = Int64(s.count)
      }
    }
    if found.elem.isNone {
      report(tree.pos(n), .cannotIndex, .operand(x))
      use(e.index)
      x.mode = .invalid
      return false
    }
    let index = singleIndex(n)
    if found.key.isSome {
      var key = Operand()
      genericExpr(&key, index, hint: .none)
      assignment(&key, found.key, .mapIndex)
      x.mode = .mapIndex
      x.type = found.elem
      x.expr = n
      return false
    }
    x.mode = found.mode
    x.type = found.elem
    _ = self.index(index, max: found.length)
    return false
  }

  /// What indexing a type gives; no element type: it cannot be indexed.
  private struct Indexed {
    var elem = TypeID.none
    /// Set for maps.
    var key = TypeID.none
    var mode = OperandMode.value
    /// Length if known, else -1.
    var length: Int64 = -1
  }

  private func indexed(_ u: TypeID, isVariable: Bool) -> Indexed {
    var r = Indexed()
    switch ts.kind(u) {
    case .basic:
      if ts.isString(u) { r.elem = ts.universe.byte }
    case .array:
      r.elem = ts.elem(u)
      r.length = ts.arrayLength(u)
      r.mode = isVariable ? .variable : .value
    case .pointer:
      let a = ts.under(ts.elem(u))
      if ts.kind(a) == .array {
        r.elem = ts.elem(a)
        r.length = ts.arrayLength(a)
        r.mode = .variable
      }
    case .slice:
      r.elem = ts.elem(u)
      r.mode = .variable
    case .map:
      r.key = ts.mapKey(u)
      r.elem = ts.elem(u)
      r.mode = .mapIndex
    default: break
    }
    return r
  }

  /// All types of the type set must give the same element, and all or none be maps.
  private func indexTypeParam(_ x: Operand) -> Indexed {
    var r = Indexed()
    var mode = OperandMode.variable
    let ok = ts.allTerms(x.type) { (_: TypeID, u: TypeID) -> Bool in
      if u.isNone { return false }
      let one = self.indexed(u, isVariable: x.mode == .variable)
      if one.elem.isNone { return false }
      if one.mode == .value { mode = .value }
      if r.elem.isNone {
        r = one
        return true
      }
      if one.key.isSome != r.key.isSome { return false }
      if one.key.isSome && !self.ts.identical(one.key, r.key) { return false }
      if !self.ts.identical(one.elem, r.elem) { return false }
      if one.length >= 0 && (r.length < 0 || one.length < r.length) { r.length = one.length }
      return true
    }
    if !ok { return Indexed() }
    r.mode = mode
    return r
  }

  private func singleIndex(_ n: NodeID) -> NodeID {
    let index = tree.index(n).index
    if tree.kind(index) != .list { return index }
    let l = tree.list(index)
    if l.count > 1 { report(tree[l, 1], .moreThanOneIndex) }
    return l.isEmpty ? .none : tree[l, 0]
  }

  /// Checks an index. Its type (invalid after an error) and constant value, or -1. Constants must
  /// be below `max` unless that is negative.
  func index(_ n: NodeID, max: Int64) -> (TypeID, Int64) {
    var x = Operand()
    expr(nil, &x, n)
    if !isValidIndex(&x, "index", allowNegative: false) { return (ts.invalid, -1) }
    if x.mode != .constant { return (x.type, -1) }
    guard let v = ts.constants[x.val].int64 else { return (ts.invalid, -1) }
    if max >= 0 && v >= max {
      report(x, .indexOutOfBounds, .const(x.val), .int(Int(max)))
      return (ts.invalid, -1)
    }
    return (x.type, v)
  }

  /// Whether `x` may be an index, length or capacity; makes untyped constants int.
  func isValidIndex(_ x: inout Operand, _ what: String, allowNegative: Bool) -> Bool {
    if !x.isValid { return false }
    convertUntyped(&x, ts.basic(.int))
    if !x.isValid { return false }
    if !ts.allInteger(x.type) {
      report(x, .indexMustBeInteger, .text(what), .operand(x))
      return false
    }
    if x.mode != .constant { return true }
    if !allowNegative && ts.constants[x.val].sign < 0 {
      report(x, .indexMustNotBeNegative, .text(what), .operand(x))
      return false
    }
    let c = representation(x.val, ts.basic(.int))
    if c.isNone {
      report(x, .indexOverflowsInt, .text(what), .operand(x))
      return false
    }
    x.val = c
    return true
  }

  // MARK: Slices

  func sliceExpr(_ x: inout Operand, _ n: NodeID) {
    let e = tree.slice(n)
    expr(nil, &x, e.x)
    if !x.isValid {
      for i in [e.low, e.high, e.max] where i.isSome { use(i) }
      return
    }
    let u = sliceOperand(x)
    if u.isNone {
      x.mode = .invalid
      return
    }
    let direct = ts.under(x.type)
    if ts.kind(direct) == .pointer && !isComplete(ts.elem(direct)) {
      x.mode = .invalid
      return
    }
    var valid = false
    var length: Int64 = -1
    switch ts.kind(u) {
    case .basic:
      if !ts.isString(u) { break }
      if e.isFull {
        report(e.max.isSome ? e.max : n, .threeIndexString)
        x.mode = .invalid
        return
      }
      valid = true
      if x.mode == .constant, case .string(let s) = ts.constants[x.val] {
        length = Int64(s.count)
      }
      if ts.isUntyped(x.type) { x.type = ts.basic(.string) }
    case .array:
      valid = true
      length = ts.arrayLength(u)
      if x.mode != .variable {
        report(x, .cannotSliceUnaddressable, .operand(x))
        x.mode = .invalid
        return
      }
      markAddressTaken(e.x)
      x.type = ts.slice(ts.elem(u))
    case .pointer:
      let a = ts.under(ts.elem(u))
      if ts.kind(a) == .array {
        valid = true
        length = ts.arrayLength(a)
        x.type = ts.slice(ts.elem(a))
      }
    case .slice: valid = true
    default: break
    }
    if !valid {
      report(x, .cannotSlice, .operand(x))
      x.mode = .invalid
      return
    }
    x.mode = .value
    if e.isFull && (e.high.isNone || e.max.isNone) {
      x.mode = .invalid
      return
    }
    sliceIndices([e.low, e.high, e.max], length)
  }

  /// The type to slice: the common underlying type, where strings and byte slices count as alike.
  private func sliceOperand(_ x: Operand) -> TypeID {
    if !ts.isTypeParam(x.type) { return ts.under(x.type) }
    var common = TypeID.none
    var first = TypeID.none
    var hasString = false
    let ok = ts.allTerms(x.type) { (t: TypeID, u0: TypeID) -> Bool in
      var u = u0
      if u.isNone {
        self.report(x, .cannotSliceNoType, .operand(x), .type(x.type))
        return false
      }
      if self.ts.isString(u) {
        u = self.ts.slice(self.ts.universe.byte)
        hasString = true
      }
      if common.isNone {
        first = t
        common = u
        return true
      }
      if !self.ts.identical(common, u) {
        self.report(x, .cannotSliceDifferent, .operand(x), .type(first), .type(t))
        return false
      }
      return true
    }
    if !ok || common.isNone { return .none }
    return hasString ? ts.basic(.string) : common
  }

  private func sliceIndices(_ nodes: [NodeID], _ length: Int64) {
    var values: [Int64] = [-1, -1, -1]
    for i in 0..<3 {
      if nodes[i].isSome {
        let (_, v) = index(nodes[i], max: length >= 0 ? length + 1 : -1)
        if v >= 0 { values[i] = v }
      } else if i == 0 {
        values[i] = 0
      } else if length >= 0 {
        values[i] = length
      }
    }
    for i in 0..<2 where values[i] > 0 {
      for j in i + 1..<3 where values[j] >= 0 && values[j] < values[i] {
        report(
          nodes[j].isSome ? nodes[j] : nodes[i], .invalidSliceIndices, .int(Int(values[j])),
          .int(Int(values[i])))
        return
      }
    }
  }
}
