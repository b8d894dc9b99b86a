// Untyped values: representation, and the types they get in the end (Go spec, Constants).
import Base
import Syntax

extension Checker {
  /// Why a constant cannot have a type.
  enum Misfit { case none, truncated, overflow, other }

  /// Reports a constant that its type cannot hold, or an untyped one that grew too large.
  func overflow(_ x: inout Operand, _ pos: Pos) {
    let v = ts.constants[x.val]
    if v.isUnknown {
      report(pos, .constantNotRepresentable)
      return
    }
    if ts.isTyped(x.type) {
      representable(&x, ts.under(x.type))
      return
    }
    if v.kind == .int && v.bitLength > 512 {
      let op = operationName(x.expr)
      report(pos, .constantOverflow, .text(op.isEmpty ? "" : op + " "))
      x.val = ConstTable.unknown
      return
    }
    let maxLength = 2_000_000_000
    if case .string(let s) = v, s.count > maxLength {
      report(pos, .constantTooLong, .int(s.count), .int(maxLength))
      x.val = ConstTable.unknown
    }
  }

  private func operationName(_ n: NodeID) -> String {
    switch tree.kind(n) {
    case .unary: return tree.op(n) == .xor ? "bitwise complement" : ""
    case .binary:
      switch tree.op(n) {
      case .add: return "addition"
      case .sub: return "subtraction"
      case .xor: return "bitwise XOR"
      case .mul: return "multiplication"
      case .shl: return "shift"
      default: return ""
      }
    default: return ""
    }
  }

  /// Value of `v` as basic type `t`, rounded; nil if it has none.
  func represent(_ v: ConstValue, _ t: TypeID) -> ConstValue? {
    if v.isUnknown { return v }
    guard let k = ts.basicKind(t) else { return nil }
    let info = ts.basicInfo(t)
    if info.contains(.integer) {
      let i = v.toInt()
      return i.kind == .int && fits(i, k) ? i : nil
    }
    if info.contains(.float) {
      let f = v.toFloat()
      if f.kind != .float { return nil }
      return round(f, k == .float32 ? 32 : (k == .float64 ? 64 : 0))
    }
    if info.contains(.complex) {
      let c = v.toComplex()
      guard case .complex(let re, let im) = c else { return nil }
      let bits = k == .complex64 ? 32 : (k == .complex128 ? 64 : 0)
      if bits == 0 { return v }
      guard let a = round(re, bits), let b = round(im, bits) else { return nil }
      return .complex(a, b)
    }
    if info.contains(.string) { return v.kind == .string ? v : nil }
    if info.contains(.boolean) { return v.kind == .bool ? v : nil }
    return nil
  }

  /// Rounded to float32 or float64 (`bits`), nil on overflow; unchanged for 0 bits.
  private func round(_ v: ConstValue, _ bits: Int) -> ConstValue? {
    if bits == 0 { return v }
    let d = bits == 32 ? Double(v.float32) : v.float64
    return d.isFinite ? .make(d) : nil
  }

  private func fits(_ v: ConstValue, _ k: BasicKind) -> Bool {
    guard case .int(let i) = v else {
      if k == .untypedInt || k == .untypedRune { return true }
      let isWide = k == .uint || k == .uint64 || k == .uintptr
      return isWide && v.sign >= 0 && v.bitLength <= 64
    }
    switch k {
    case .int, .int64, .untypedInt, .untypedRune: return true
    case .int8: return i >= -128 && i <= 127
    case .int16: return i >= -32768 && i <= 32767
    case .int32: return i >= -2_147_483_648 && i <= 2_147_483_647
    case .uint, .uint64, .uintptr: return i >= 0
    case .uint8: return i >= 0 && i <= 255
    case .uint16: return i >= 0 && i <= 65535
    case .uint32: return i >= 0 && i <= 4_294_967_295
    default: return false
    }
  }

  /// Handle of constant `c` as basic type `t` (rounded), none if it has none.
  func representation(_ c: ConstID, _ t: TypeID) -> ConstID {
    let v = ts.constants[c]
    // Most constants are small integers that stay what they are.
    if case .int(let i) = v, ts.basicInfo(t).contains(.integer), let k = ts.basicKind(t) {
      return fits(.int(i), k) ? c : .none
    }
    guard let r = represent(v, t) else { return .none }
    switch r {
    case .string, .bool: return c
    default: return ts.constants.add(r)
    }
  }

  private func representation(_ x: Operand, _ t: TypeID) -> (ConstID, Misfit) {
    let c = representation(x.val, t)
    if c.isSome { return (c, .none) }
    if ts.isNumeric(x.type) && ts.isNumeric(t) {
      return (.none, !ts.isInteger(x.type) && ts.isInteger(t) ? .truncated : .overflow)
    }
    return (.none, .other)
  }

  /// Gives the constant `x` its representation as basic type `t`, or reports that it has none.
  func representable(_ x: inout Operand, _ t: TypeID) {
    let (c, misfit) = representation(x, t)
    if c.isNone {
      reportMisfit(misfit, x, t)
      x.mode = .invalid
      return
    }
    x.val = c
  }

  func reportMisfit(_ m: Misfit, _ x: Operand, _ t: TypeID) {
    switch m {
    case .truncated: report(x, .truncated, .operand(x), .type(t))
    case .overflow: report(x, .overflows, .operand(x), .type(t))
    default: report(x, .cannotConvert, .operand(x), .type(t))
    }
  }

  // MARK: Conversion of untyped values

  /// Gives an untyped `x` the type `t`, or reports that it cannot have it.
  func convertUntyped(_ x: inout Operand, _ t: TypeID) {
    if !x.isValid || ts.isTyped(x.type) || !ts.isValid(t) { return }
    let (type, val, misfit) = implicitType(x, t)
    if misfit != .none {
      reportMisfit(misfit, x, ts.isTypeParam(t) ? t : ts.under(t))
      x.mode = .invalid
      return
    }
    if val.isSome {
      x.val = val
      updateExprVal(x.expr, val)
    }
    if type != x.type {
      x.type = type
      updateExprType(x.expr, type, final: false)
    }
  }

  /// Type of `x` in a context that expects `t`, none if it cannot have one; its value if constant.
  func implicitTypeAndValue(_ x: Operand, _ t: TypeID) -> (type: TypeID, val: ConstID) {
    let r = implicitType(x, t)
    return (r.misfit == .none ? r.type : .none, r.val)
  }

  func implicitType(_ x: Operand, _ t: TypeID) -> (type: TypeID, val: ConstID, misfit: Misfit) {
    if !x.isValid || ts.isTyped(x.type) || !ts.isValid(t) { return (x.type, .none, .none) }
    if ts.isUntyped(t) {
      let m = ts.maxType(x.type, t)
      return m.isSome ? (m, .none, .none) : (.none, .none, .other)
    }
    if x.mode == .nilValue { return ts.hasNil(t) ? (t, .none, .none) : (.none, .none, .other) }
    let u = ts.under(t)
    switch ts.kind(u) {
    case .basic:
      if x.mode == .constant {
        let (c, m) = representation(x, u)
        return m == .none ? (t, c, .none) : (.none, .none, m)
      }
      let ok: Bool
      switch ts.basicKind(x.type) {
      case .untypedBool: ok = ts.isBoolean(t)
      case .untypedInt, .untypedRune, .untypedFloat, .untypedComplex: ok = ts.isNumeric(t)
      case .untypedString: ok = ts.isString(t)
      default: ok = false
      }
      return ok ? (t, .none, .none) : (.none, .none, .other)
    case .interface:
      if ts.isTypeParam(t) {
        let ok = ts.allTerms(t) { (_: TypeID, u: TypeID) -> Bool in
          u.isSome && self.implicitType(x, u).misfit == .none
        }
        return ok ? (t, .none, .none) : (.none, .none, .other)
      }
      // Values in interfaces have the default type; only the empty interface takes them all.
      if !ts.typeSet(of: u).isAll { return (.none, .none, .other) }
      return (ts.defaultType(x.type), .none, .none)
    default: return (.none, .none, .other)
    }
  }

  private func updateExprVal(_ n: NodeID, _ val: ConstID) {
    let f = env.file.index
    if n.isSome && files.elements[f].modes[n.index] & FileTypes.pending != 0 {
      files.elements[f].constants[n.index] = val
    }
  }

  /// Gives the untyped expression `n`, and the operands that share its type, the type `t`. Unless
  /// `t` is untyped and not `final`, that is the last word: constants must then be representable,
  /// and left operands of non-constant shifts must have become integers.
  func updateExprType(_ n: NodeID, _ t: TypeID, final: Bool) {
    if n.isNone { return }
    let f = env.file.index
    let bits = files.elements[f].modes[n.index]
    if bits & FileTypes.pending == 0 { return }
    let old = files.elements[f].types[n.index]
    let mode = files[env.file].mode(n)
    let val = mode == .constant ? files.elements[f].constants[n.index] : ConstID.none
    // Operands of constant expressions are never needed as values.
    switch tree.kind(n) {
    case .paren: updateExprType(tree.paren(n), t, final: final)
    case .unary:
      if tree.op(n) == .mul { return }
      if val.isNone { updateExprType(tree.unary(n).x, t, final: final) }
    case .binary:
      if val.isSome { break }
      let b = tree.binary(n)
      if b.op.isComparison {
        // The operands have their final types.
      } else if b.op.isShift {
        updateExprType(b.x, t, final: final)
      } else {
        updateExprType(b.x, t, final: final)
        updateExprType(b.y, t, final: final)
      }
    case .call, .name, .literal, .selector: break
    default: return
    }
    if !final && ts.isUntyped(t) {
      files.elements[f].types[n.index] = ts.under(t)
      return
    }
    files.elements[f].modes[n.index] = bits & ~(FileTypes.pending | FileTypes.shiftOperand)
    if bits & FileTypes.shiftOperand != 0 && !ts.allInteger(t) {
      report(n, .shiftedOperandType, .node(n), .type(t))
      return
    }
    if val.isSome {
      var c = Operand(mode, old, n)
      c.val = val
      convertUntyped(&c, t)
      if !c.isValid { return }
      // The value recorded is the one converted, e.g. rounded to float32.
      files.elements[f].constants[n.index] = c.val
    }
    files.elements[f].types[n.index] = t
  }
}
