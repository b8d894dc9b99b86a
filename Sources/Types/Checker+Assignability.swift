// Assignability and conversions (Go spec, Assignability, Conversions).
import Base
import Syntax

extension Checker {
  /// Whether `x` may be assigned to a variable of type `t`.
  func isAssignable(_ x: Operand, _ t: TypeID) -> Bool {
    if x.isValid && x.type == t { return true }
    var why = Why(wanted: false)
    return assignable(x, t, &why)
  }

  /// The same; `cause` gets a reason if there is something to say beyond the types.
  func assignable(_ x: Operand, _ t: TypeID, cause: inout String?) -> Bool {
    if x.isValid && x.type == t { return true }
    var why = Why(wanted: true)
    let ok = assignable(x, t, &why)
    if !why.text.isEmpty { cause = why.text }
    return ok
  }

  /// A reason that is only made if `wanted`.
  private struct Why {
    var wanted: Bool
    var text = ""

    /// Puts a line in front of the reason found so far.
    mutating func wrap(_ s: @autoclosure () -> String) {
      if !wanted { return }
      text = text.isEmpty ? s() : s() + "\n\t" + text
    }
  }

  private func implements(_ v: TypeID, _ t: TypeID, _ why: inout Why) -> Bool {
    guard let reason = ts.notImplemented(v, t, constraint: false, minor: env.minor) else {
      return true
    }
    if why.wanted { why.text = text(of: reason, v, t, constraint: false) }
    return false
  }

  private func assignable(_ x: Operand, _ t0: TypeID, _ why: inout Why) -> Bool {
    if !x.isValid || !ts.isValid(t0) { return true }
    let v = ts.unalias(x.type)
    let t = ts.unalias(t0)
    if ts.identical(v, t) { return true }
    let vIsParam = ts.kind(v) == .typeParam
    let tIsParam = ts.kind(t) == .typeParam
    if ts.isUntyped(v) {
      if tIsParam {
        return ts.allTerms(t) { (term: TypeID, u: TypeID) -> Bool in
          u.isSome && self.implicitType(x, term).misfit == .none
        }
      }
      return implicitType(x, t).misfit == .none
    }
    let vu = ts.under(v)
    let tu = ts.under(t)
    if ts.kind(vu) == .interface && ts.kind(tu) == .interface {
      // Which of two interfaces is looked at first matters where they embed each other, an error
      // that is reported later; gc looks at the value's first.
      _ = ts.typeSet(of: vu)
    }
    if !vIsParam && !tIsParam && (!ts.hasName(v) || !ts.hasName(t)) && ts.identical(vu, tu) {
      return true
    }
    // The pointer case is there for the better message.
    if (ts.kind(tu) == .interface && !tIsParam) || ts.isInterfacePointer(tu) {
      if implements(v, t, &why) { return true }
      if !vIsParam { return false }
      why.text = ""
    }
    if ts.kind(vu) == .interface && !vIsParam {
      var ignored = Why(wanted: false)
      if implements(t, v, &ignored) {
        if why.wanted { why.text = "need type assertion" }
        return false
      }
    }
    if ts.kind(vu) == .chan && ts.chanDir(vu) == .both && ts.kind(tu) == .chan
      && ts.identical(ts.elem(vu), ts.elem(tu))
    {
      return !ts.hasName(v) || !ts.hasName(t)
    }
    if !vIsParam && !tIsParam { return false }
    return assignableTerms(x, v, t, t0, &why)
  }

  /// The cases with a type parameter on one side and an unnamed type on the other.
  private func assignableTerms(
    _ x: Operand, _ v: TypeID, _ t: TypeID, _ t0: TypeID, _ why: inout Why
  ) -> Bool {
    var reason = why
    var ok = false
    if !ts.hasName(v) && ts.kind(t) == .typeParam {
      let all = ts.allTerms(t) { (term: TypeID, u: TypeID) -> Bool in
        if u.isNone { return false }
        ok = self.assignable(x, term, &reason)
        if !ok {
          reason.wrap(
            self.format(.causeCannotAssignIn, [.type(x.type), .type(term), .type(t)]))
        }
        return ok
      }
      why = reason
      return all && ok
    }
    if ts.kind(v) == .typeParam && !ts.hasName(t) {
      let all = ts.allTerms(v) { (term: TypeID, u: TypeID) -> Bool in
        if u.isNone { return false }
        var y = x
        y.type = term
        ok = self.assignable(y, t, &reason)
        if !ok {
          reason.wrap(
            self.format(.causeCannotAssignFrom, [.type(term), .type(v), .type(t0)]))
        }
        return ok
      }
      why = reason
      return all && ok
    }
    return false
  }

  // MARK: Conversions

  /// Converts `x` to `t`, or reports that this is impossible.
  func conversion(_ x: inout Operand, _ t: TypeID) {
    let isConstant = x.mode == .constant
    var ok = false
    var cause = ""
    if isConstant && ts.isConstType(t) {
      if let v = constantConversion(x, ts.under(t)) {
        ok = true
        x.val = v
      } else if ts.isInteger(x.type) && ts.isInteger(t) {
        report(x, .constantOverflows, .const(x.val), .type(t))
        x.mode = .invalid
        return
      } else if ts.isInteger(t) {
        // Messages show a whole number as gc has it by now: 1e20 with all its digits.
        let whole = ts.constants[x.val].toInt()
        if whole.kind == .int { x.val = ts.constants.add(whole) }
      }
    } else if isConstant && ts.isTypeParam(t) {
      let y = x
      ok = ts.allTerms(t) { (_: TypeID, u: TypeID) -> Bool in
        if u.isNone {
          cause = self.format(.causeNoSpecificTypes, [.type(t)])
          return false
        }
        if self.ts.isString(y.type) && self.ts.isBytesOrRunes(u) { return true }
        if self.constantConversion(y, u) != nil { return true }
        if self.ts.isInteger(y.type) && self.ts.isInteger(u) {
          cause = self.format(.causeConstantOverflowsIn, [.const(y.val), .type(u), .type(t)])
        } else {
          cause = self.format(.causeCannotConvertTo, [.operand(y), .type(u), .type(t)])
        }
        return false
      }
      x.mode = .value
    } else {
      var why = Why(wanted: false)
      ok = convertible(x, t, &why)
      if ok {
        x.mode = .value
      } else {
        why = Why(wanted: true)
        _ = convertible(x, t, &why)
        cause = why.text
      }
    }
    if !ok {
      if cause.isEmpty {
        report(x, .cannotConvert, .operand(x), .type(t))
      } else {
        report(x, .cannotConvertCause, .operand(x), .type(t), .text(cause))
      }
      x.mode = .invalid
      return
    }
    if ts.isUntyped(x.type) {
      var final = t
      if x.type == ts.basic(.untypedNil) {
        // The argument gets the type itself.
      } else if ts.isNonTypeParamInterface(t) || (isConstant && !ts.isConstType(t)) {
        final = ts.defaultType(x.type)
      } else if x.mode == .constant && ts.isInteger(x.type) && ts.allString(t) {
        final = x.type
      }
      updateExprType(x.expr, final, final: true)
    }
    x.type = t
  }

  /// Value of the constant `x` converted to `t` (an underlying type), nil if impossible.
  private func constantConversion(_ x: Operand, _ t: TypeID) -> ConstID? {
    if ts.kind(t) != .basic { return nil }
    let c = representation(x.val, t)
    if c.isSome { return c }
    if ts.isInteger(x.type) && ts.isString(t) {
      var point: UInt32 = 0xFFFD
      if let u = ts.constants[x.val].uint64, u <= 0x10FFFF { point = UInt32(u) }
      var bytes: [UInt8] = []
      ConstValue.appendUTF8(&bytes, point)
      return ts.constants.add(.string(ConstString(bytes)))
    }
    return nil
  }

  private func convertible(_ x: Operand, _ t0: TypeID, _ why: inout Why) -> Bool {
    if assignable(x, t0, &why) { return true }
    let v = ts.unalias(x.type)
    let t = ts.unalias(t0)
    let vu = ts.under(v)
    let tu = ts.under(t)
    let vIsParam = ts.kind(v) == .typeParam
    let tIsParam = ts.kind(t) == .typeParam
    if !vIsParam && !tIsParam && ts.identicalIgnoringTags(vu, tu) { return true }
    if ts.kind(v) == .pointer && ts.kind(t) == .pointer {
      let a = ts.elem(v)
      let b = ts.elem(t)
      if !ts.isTypeParam(a) && !ts.isTypeParam(b)
        && ts.identicalIgnoringTags(ts.under(a), ts.under(b))
      {
        return true
      }
    }
    let real: BasicInfo = [.integer, .float]
    if ts.isBasic(vu, real) && ts.isBasic(tu, real) { return true }
    if ts.isComplex(vu) && ts.isComplex(tu) { return true }
    if ts.isString(tu) && (ts.isInteger(vu) || ts.isBytesOrRunes(vu)) { return true }
    if ts.isString(vu) && ts.isBytesOrRunes(tu) { return true }
    if ts.isUnsafePointer(tu) && isPointerOrUintptr(vu) { return true }
    if ts.isUnsafePointer(vu) && isPointerOrUintptr(tu) { return true }
    if let ok = sliceToArray(vu, tu, &why) { return ok }
    if !vIsParam && !tIsParam { return false }
    return convertibleTerms(x, v, t, t0, &why)
  }

  private func isPointerOrUintptr(_ u: TypeID) -> Bool {
    ts.kind(u) == .pointer || ts.basicKind(u) == .uintptr
  }

  /// Slices convert to arrays and pointers to arrays; nil if the types are others.
  private func sliceToArray(_ v: TypeID, _ t: TypeID, _ why: inout Why) -> Bool? {
    if ts.kind(v) != .slice { return nil }
    var array = t
    var minor: UInt16 = 20
    if ts.kind(t) == .pointer {
      array = ts.under(ts.elem(t))
      minor = 17
    }
    if ts.kind(array) != .array || !ts.identical(ts.elem(v), ts.elem(array)) { return nil }
    if allowVersion(minor) { return true }
    if why.wanted {
      let what = minor == 20 ? "array" : "array pointer"
      why.text = "conversion of slice to \(what) requires go1.\(minor) or later"
    }
    return false
  }

  private func convertibleTerms(
    _ x: Operand, _ v: TypeID, _ t: TypeID, _ t0: TypeID, _ why: inout Why
  ) -> Bool {
    var reason = why
    let vIsParam = ts.kind(v) == .typeParam
    let tIsParam = ts.kind(t) == .typeParam
    func toTerms(_ y: Operand) -> Bool {
      if !tIsParam {
        if convertible(y, t, &reason) { return true }
        reason.wrap(format(.causeCannotConvertFrom, [.type(y.type), .type(v), .type(t0)]))
        return false
      }
      return ts.allTerms(t) { (term: TypeID, u: TypeID) -> Bool in
        if u.isNone { return false }
        if self.convertible(y, term, &reason) { return true }
        if vIsParam {
          reason.wrap(
            self.format(
              .causeCannotConvertBoth, [.type(y.type), .type(v), .type(term), .type(t)]))
        } else {
          reason.wrap(self.format(.causeCannotConvertType, [.type(y.type), .type(term), .type(t)]))
        }
        return false
      }
    }
    let ok: Bool
    if vIsParam {
      ok = ts.allTerms(v) { (term: TypeID, u: TypeID) -> Bool in
        if u.isNone { return false }
        var y = x
        y.type = term
        return toTerms(y)
      }
    } else {
      ok = toTerms(x)
    }
    why = reason
    return ok
  }
}
