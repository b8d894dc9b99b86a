import Base
import Syntax

// The texts of causes: why a type does not implement an interface, why types do not match. They
// are put in parentheses or behind a colon of the error proper.

extension Checker {
  func text(of c: TypeStore.NoCommonUnder) -> String {
    switch c {
    case .noSpecificType: format(.causeNoSpecificType, [])
    case .channelElements(let a, let b): format(.causeChannelElements, [.type(a), .type(b)])
    case .channelDirections(let a, let b): format(.causeChannelDirections, [.type(a), .type(b)])
    case .different(let a, let b): format(.causeDifferentUnder, [.type(a), .type(b)])
    }
  }

  /// Why `v` lacks a method of `t`, in parentheses.
  func text(of m: MissingMethod, _ v: TypeID, _ t: TypeID) -> String {
    let name = Arg.name(ts.objects[m.wanted].name)
    switch m.reason {
    case .notFound:
      if ts.isInterfacePointer(v) { return "(" + interfacePointerText(v) + ")" }
      if ts.isInterfacePointer(t) { return "(" + interfacePointerText(t) + ")" }
      return format(.causeMissingMethod, [name])
    case .wrongName:
      let have = methodText(m.found, packageInfo: false)
      let want = methodText(m.wanted, packageInfo: false)
      return format(.causeWrongName, [name, .text(have), .text(want)])
    case .unexported: return format(.causeUnexportedMethod, [name])
    case .wrongSignature:
      var have = methodText(m.found, packageInfo: false)
      var want = methodText(m.wanted, packageInfo: false)
      if have == want {
        // They differ in the packages of unexported names.
        have = methodText(m.found, packageInfo: true)
        want = methodText(m.wanted, packageInfo: true)
      }
      if have == want { return format(.causeWrongMethodType, [name]) }
      return format(.causeWrongMethodTypes, [name, .text(have), .text(want)])
    case .ambiguous: return format(.causeAmbiguous, [.type(v), name])
    case .pointerReceiver: return format(.causePointerReceiver, [name])
    case .field: return format(.causeIsField, [.type(v), name])
    }
  }

  /// For a pointer to an interface used like one.
  func interfacePointerText(_ t: TypeID) -> String {
    let isParam = ts.isTypeParam(ts.elem(ts.under(t)))
    return format(isParam ? .causePointerToTypeParam : .causePointerToInterface, [.type(t)])
  }

  /// A method as `name(types) results`.
  private func methodText(_ m: ObjectID, packageInfo: Bool) -> String {
    var w = writer()
    if packageInfo {
      w.qualifier = nil
      w.packageInfo = true
    }
    w.paramNames = false
    w.signature(ts.methodType(m))
    return ts.text(ts.objects[m].name) + w.out
  }

  /// Why `v` does not implement (or satisfy, as a constraint) `t`.
  func text(of n: NotImplemented, _ v: TypeID, _ t: TypeID, constraint: Bool) -> String {
    let verb = Arg.text(constraint ? "satisfy" : "implement")
    var why = ""
    switch n {
    case .notInterface:
      let isPointer = ts.isInterfacePointer(t)
      let detail = isPointer ? interfacePointerText(t) : format(.causeNotInterface, [.type(t)])
      why = "(" + detail + ")"
    case .emptyTypeSet: return format(.causeCannotImplement, [verb, .type(t)])
    case .missing(let m): why = text(of: m, v, t)
    case .notComparable: return format(.causeDoesNotCompare, [.type(v), verb])
    case .comparableNeedsVersion: return format(.causeComparableVersion, [.type(v), verb])
    case .notSubset: return format(.causeDoesNotImplement, [.type(v), verb, .type(t)])
    case .notInTerms(let alternative):
      if alternative.isSome {
        why = format(.causeMissingTilde, [.type(alternative), .type(t)])
      } else if ts.mentions(ts.interfaceUnder(t), v) {
        why = format(.causeMentions, [.type(t), .type(v), .type(v), .type(t)])
      } else {
        why = format(.causeMissingInTerms, [.type(v), .text(termsText(t))])
      }
    }
    return format(.causeDoesNotImplementWhy, [.type(v), verb, .type(t), .text(why)])
  }

  /// The terms of `t`'s type set, names with package paths as in gc: `~int | p.T`.
  private func termsText(_ t: TypeID) -> String {
    let terms = ts.typeSet(of: ts.interfaceUnder(t)).terms
    if terms.isAll { return "𝓤" }
    if terms.terms.isEmpty { return "∅" }
    let parts = terms.terms.map { (x: TypeTerm) -> String in
      (x.tilde ? "~" : "") + ts.typeString(x.type)
    }
    return parts.joined(separator: " | ")
  }

  // MARK: Reports of several parts

  /// Adds a part to a report.
  func add(_ e: inout ErrorReport, _ pos: Pos, _ m: Message, _ args: Arg...) {
    e.parts.append((pos, format(m, args)))
  }

  func reportDuplicateMethod(_ m: ObjectID, at pos: Pos, other: Pos) {
    let name = Arg.name(ts.objects[m].name)
    var e = ErrorReport()
    add(&e, pos, .duplicateMethod, name)
    add(&e, other, .otherMethod, name)
    emit(e)
  }
}
