// Binary expressions, comparisons and shifts (Go spec, Operators).
import Base
import Syntax

extension Checker {
  /// A binary expression. Long chains `a + b + c + ...` nest to the left; those are walked by a
  /// loop, since generated code has chains of thousands.
  func binaryChain(_ x: inout Operand, _ n: NodeID) {
    var length = 0
    var inner = n
    while tree.kind(inner) == .binary && length < 64 {
      inner = tree.binary(inner).x
      length += 1
    }
    if length < 64 {
      let b = tree.binary(n)
      expr(nil, &x, b.x)
      binaryRight(&x, n, b.x, b.y, b.op)
      return
    }
    var spine: [NodeID] = []
    inner = n
    while tree.kind(inner) == .binary {
      spine.append(inner)
      inner = tree.binary(inner).x
    }
    expr(nil, &x, inner)
    for e in spine.reversed() {
      let b = tree.binary(e)
      binaryRight(&x, e, b.x, b.y, b.op)
      x.expr = e
      if e != n { record(x) }
    }
  }

  /// `lhs op rhs` where no node stands for the operation: `lhs op= rhs`.
  func binary(_ x: inout Operand, _ lhs: NodeID, _ rhs: NodeID, _ op: Operator) {
    expr(nil, &x, lhs)
    binaryRight(&x, .none, lhs, rhs, op)
  }

  /// The rest, once the left operand is in `x`. `n` is the expression, or absent.
  private func binaryRight(
    _ x: inout Operand, _ n: NodeID, _ lhs: NodeID, _ rhs: NodeID, _ op: Operator
  ) {
    var y = Operand()
    expr(nil, &y, rhs)
    combine(&x, &y, n, lhs, rhs, op)
  }

  /// Applies a binary operator to checked operands. (`rhs` may be absent for `x++`.)
  func combine(
    _ x: inout Operand, _ y: inout Operand, _ n: NodeID, _ lhs: NodeID, _ rhs: NodeID,
    _ op: Operator
  ) {
    if !x.isValid { return }
    if !y.isValid {
      x.mode = .invalid
      x.expr = y.expr
      return
    }
    if op.isShift {
      shift(&x, &y, n, op)
      return
    }
    matchTypes(&x, &y)
    if !x.isValid { return }
    if op.isComparison {
      comparison(&x, &y, op)
      return
    }
    if !ts.identical(x.type, y.type) {
      if ts.isValid(x.type) && ts.isValid(y.type) {
        if n.isSome {
          report(x, .mismatchedTypes, .node(n), .type(x.type), .type(y.type))
        } else {
          report(
            x, .mismatchedTypesAssign, .node(lhs), .text(op.text.description),
            rhs.isSome ? .node(rhs) : .text("1"), .type(x.type), .type(y.type))
        }
      }
      x.mode = .invalid
      return
    }
    if !operatorDefined(op, x.type) {
      report(x, .operatorNotDefined, .text(op.text.description), .operand(x))
      x.mode = .invalid
      return
    }
    if (op == .div || op == .rem) && y.mode == .constant && dividesByZero(x, y) {
      report(y, .divisionByZero)
      x.mode = .invalid
      return
    }
    if x.mode != .constant || y.mode != .constant {
      x.mode = .value
      return
    }
    if x.val == ConstTable.unknown || y.val == ConstTable.unknown {
      x.val = ConstTable.unknown
      return
    }
    let a = ts.constants[x.val]
    let b = ts.constants[y.val]
    x.val = ts.constants.add(
      ConstValue.binary(a, op, b, integerDivision: op == .div && ts.isInteger(x.type)))
    x.expr = n
    overflow(&x, n.isSome ? tree.pos(n) : start(lhs))
  }

  private func operatorDefined(_ op: Operator, _ t: TypeID) -> Bool {
    switch op {
    case .add: ts.allNumericOrString(t)
    case .sub, .mul, .div: ts.allNumeric(t)
    case .rem, .and, .or, .xor, .andNot: ts.allInteger(t)
    case .andAnd, .orOr: ts.allBoolean(t)
    default: false
    }
  }

  private func dividesByZero(_ x: Operand, _ y: Operand) -> Bool {
    let d = ts.constants[y.val]
    if (x.mode == .constant || ts.allInteger(x.type)) && d.sign == 0 { return true }
    if x.mode != .constant || !ts.isComplex(x.type) { return false }
    // The parts may be so small that their squares vanish (go.dev/issue/20227).
    let re = ConstValue.binary(d.real, .mul, d.real)
    let im = ConstValue.binary(d.imaginary, .mul, d.imaginary)
    return re.sign == 0 && im.sign == 0
  }

  // MARK: Comparison

  /// `x op y` for a comparison, or a case `x` of a switch on `y`.
  func comparison(
    _ x: inout Operand, _ y: inout Operand, _ op: Operator, switchCase: Bool = false
  ) {
    if !ts.isValid(x.type) || !ts.isValid(y.type) {
      x.mode = .invalid
      return
    }
    let op = switchCase ? Operator.eql : op
    var bad: Operand? = nil
    var cause = ""
    if !isAssignable(x, y.type) && !isAssignable(y, x.type) {
      bad = y
      cause = format(.causeMismatchedTypes, [.type(x.type), .type(y.type)])
    } else if op == .eql || op == .neq {
      if x.mode == .nilValue || y.mode == .nilValue {
        let t = x.mode == .nilValue ? y.type : x.type
        if !ts.hasNil(t) { bad = y }
      } else if !ts.isComparable(x.type) {
        bad = x
        cause = incomparableText(x.type)
      } else if !ts.isComparable(y.type) {
        bad = y
        cause = incomparableText(y.type)
      }
    } else if !ts.allOrdered(x.type) {
      bad = x
    } else if !ts.allOrdered(y.type) {
      bad = y
    }
    if let b = bad {
      comparisonError(x, y, op, b, cause, switchCase)
      x.mode = .invalid
      return
    }
    if x.mode == .constant && y.mode == .constant {
      let r = ConstValue.compare(ts.constants[x.val], op, ts.constants[y.val])
      x.val = ts.constants.add(.bool(r))
    } else {
      x.mode = .value
      updateExprType(x.expr, ts.defaultType(x.type), final: true)
      updateExprType(y.expr, ts.defaultType(y.type), final: true)
    }
    x.type = ts.basic(.untypedBool)
  }

  private func comparisonError(
    _ x: Operand, _ y: Operand, _ op: Operator, _ bad: Operand, _ cause: String,
    _ switchCase: Bool
  ) {
    var at = bad
    var cause = cause
    if cause.isEmpty {
      if ts.isTypeParam(x.type) || ts.isTypeParam(y.type) {
        if !ts.isTypeParam(x.type) { at = y }
        cause = format(.causeTypeParamOperator, [.type(at.type), .text(op.text.description)])
      } else {
        var what = compositeKind(at.type)
        if what.isEmpty { what = typeString(at.type) }
        cause = format(.causeOperatorNotDefined, [.text(op.text.description), .text(what)])
      }
    }
    if switchCase {
      // A switch without an expression is one on true.
      report(
        x, .invalidCase, .node(x.expr), y.expr.isSome ? .node(y.expr) : .text("true"), .text(cause))
    } else {
      report(
        at, .invalidComparison, .node(x.expr), .text(op.text.description), .node(y.expr),
        .text(cause))
    }
  }

  /// Why values of `t` cannot be compared; "" if there is nothing special to say.
  func incomparableText(_ t: TypeID) -> String {
    switch ts.underKind(t) {
    case .slice, .signature, .map: return compositeKind(t) + " can only be compared to nil"
    default: return ts.incomparableCause(t, dynamic: true).map { format($0) } ?? ""
    }
  }

  // MARK: Shifts

  /// `x op y`; `n` is the expression, or absent for an assignment operation.
  private func shift(_ x: inout Operand, _ y: inout Operand, _ n: NodeID, _ op: Operator) {
    var xval = ConstValue.unknown
    if x.mode == .constant { xval = ts.constants[x.val].toInt() }
    let isIntegerConstant = xval.kind == .int
    if !ts.allInteger(x.type) && !(ts.isUntyped(x.type) && isIntegerConstant) {
      report(x, .shiftedOperand, .operand(x))
      x.mode = .invalid
      return
    }
    var yval = ConstValue.unknown
    if y.mode == .constant {
      yval = ts.constants[y.val].toInt()
      if yval.kind == .int && yval.sign < 0 {
        report(y, .negativeShiftCount, .operand(y))
        x.mode = .invalid
        return
      }
      if ts.isUntyped(y.type) {
        representable(&y, ts.basic(.uint))
        if !y.isValid {
          x.mode = .invalid
          return
        }
      }
    } else if !shiftCount(&y) {
      x.mode = .invalid
      return
    }
    if x.mode == .constant {
      if y.mode == .constant {
        constantShift(&x, y, xval, yval, n, op)
        return
      }
      if ts.isUntyped(x.type) {
        // The left operand gets its type later, from where the whole expression is used.
        let f = env.file.index
        if files.elements[f].modes[x.expr.index] & FileTypes.pending != 0 {
          files.elements[f].modes[x.expr.index] |= FileTypes.shiftOperand
        }
        x.mode = .value
        return
      }
    }
    if !ts.allInteger(x.type) {
      report(x, .shiftedOperand, .operand(x))
      x.mode = .invalid
      return
    }
    x.mode = .value
  }

  /// Whether the non-constant `y` may be a shift count.
  private func shiftCount(_ y: inout Operand) -> Bool {
    if ts.allInteger(y.type) {
      if ts.allUnsigned(y.type) { return true }
      return verifyVersion(start(y), 13, .versionSignedShift, .operand(y))
    }
    if ts.isUntyped(y.type) {
      convertUntyped(&y, ts.basic(.uint))
      return y.isValid
    }
    report(y, .shiftCountInteger, .operand(y))
    return false
  }

  private func constantShift(
    _ x: inout Operand, _ y: Operand, _ xval: ConstValue, _ yval: ConstValue, _ n: NodeID,
    _ op: Operator
  ) {
    if x.val == ConstTable.unknown || y.val == ConstTable.unknown {
      x.val = ConstTable.unknown
      if !ts.isInteger(x.type) { x.type = ts.basic(.untypedInt) }
      return
    }
    // Enough for the smallest float64 to be written with shifts (go.dev/issue/44057).
    let bound: Int64 = 1023 - 1 + 52
    guard case .int(let s) = yval, s >= 0, s <= bound else {
      report(y, .invalidShiftCount, .operand(y))
      x.mode = .invalid
      return
    }
    if !ts.isInteger(x.type) { x.type = ts.basic(.untypedInt) }
    x.val = ts.constants.add(ConstValue.shift(xval, op, Int(s)))
    if n.isSome { x.expr = n }
    overflow(&x, n.isSome ? tree.pos(n) : start(x))
  }

  // MARK: Matching

  /// Converts untyped operands to each other's type where that may succeed.
  func matchTypes(_ x: inout Operand, _ y: inout Operand) {
    if !mayConvert(x, y) { return }
    convertUntyped(&x, y.type)
    if !x.isValid { return }
    convertUntyped(&y, x.type)
    if !y.isValid { x.mode = .invalid }
  }

  /// If false, the operands are left alone, and a mismatch is reported as such.
  private func mayConvert(_ x: Operand, _ y: Operand) -> Bool {
    if ts.isTyped(x.type) && ts.isTyped(y.type) { return false }
    if ts.allNumeric(x.type) != ts.allNumeric(y.type) { return false }
    if ts.isNonTypeParamInterface(x.type) || ts.isNonTypeParamInterface(y.type) { return true }
    if ts.allBoolean(x.type) != ts.allBoolean(y.type) { return false }
    if ts.allString(x.type) != ts.allString(y.type) { return false }
    if x.mode == .nilValue { return ts.hasNil(y.type) }
    if y.mode == .nilValue { return ts.hasNil(x.type) }
    return ts.underKind(x.type) != .pointer && ts.underKind(y.type) != .pointer
  }
}
