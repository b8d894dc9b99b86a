import Base
import Syntax

// Inference of type arguments (Go spec, Type inference).
//
// Given type parameters, some type arguments, and pairs of a parameter type and an argument:
//
// 1. Types of typed arguments are unified with the parameter types that mention type parameters.
// 2. Each type parameter is unified with the core type of its constraint, and the methods of its
//    type with those of the constraint. This is repeated while it yields something new.
// 3. A parameter that still has no type and to which untyped constants are passed gets the default
//    type of the "largest" of their kinds (Go 1.21: over all arguments).
// 4. Inferred types may mention other type parameters; those are replaced until none is left. A type
//    that would contain itself is dropped first.
//
// The type parameters of the callee are renamed before (`renamed`), because in a recursive call the
// arguments may mention the very type parameters that are to be inferred.
//
// Assigning a generic function to a variable of function type (and passing, returning, sending it,
// using it as an element of a composite literal or operand of a conversion) is treated as a call:
// `var f func(int) = g` infers as if a function with a parameter of g's type were called with f.

extension Checker {
  /// Infers the missing type arguments. `params` is a tuple of as many types as there are `args`.
  /// `target`, for inference by assignment, describes what is assigned to and where; the single
  /// argument then stands for it. Nil after an error, which is added to `err` if it is to be
  /// reported.
  func infer(
    _ pos: Pos, _ tparams: [TypeID], _ targs: [TypeID], params: TypeID, _ args: [Operand],
    target: (text: String, pos: Pos)? = nil, _ err: inout ErrorReport
  ) -> [TypeID]? {
    if targs.count == tparams.count && !targs.contains(.none) { return targs }
    for a in args where !a.isValid { return nil }
    var given = targs
    while given.count < tparams.count { given.append(.none) }
    // Parameters with known type arguments are not matched but assigned to, later; the messages of
    // assignments are better, too.
    let types = ts.substitute(params, Substitution(tparams, given))
    var u = Unifier(ts, tparams, given, interfaceInference: allowVersion(21))
    var untyped: [Int] = []
    for i in args.indices {
      let par = ts.memberType(types, i)
      let arg = args[i]
      if !ts.isParameterized(par, by: tparams) && !ts.isParameterized(arg.type, by: tparams) {
        continue
      }
      if ts.isTyped(arg.type) {
        if !u.unify(par, arg.type, .assign) {
          reportMismatch(u, par, arg, target, &err)
          return nil
        }
      } else if ts.kind(par) == .typeParam && arg.mode != .nilValue {
        // Default types are basic, so only a bare type parameter can match one.
        untyped.append(i)
      }
    }
    if !inferFromConstraints(pos, tparams, &u, &err) { return nil }
    if !inferFromUntyped(tparams, untyped, types, args, &u, &err) { return nil }
    var inferred = u.inferred
    dropCycles(tparams, &inferred)
    simplify(tparams, given, &inferred)
    for i in tparams.indices {
      if inferred[i].isNone || ts.isParameterized(inferred[i], by: tparams) {
        let o = ts.objects[ts.typeParam(tparams[i]).object]
        add(&err, pos, .cannotInfer, .name(o.name), .pos(o.pos))
        return nil
      }
    }
    return inferred
  }

  private func reportMismatch(
    _ u: Unifier, _ par: TypeID, _ arg: Operand, _ target: (text: String, pos: Pos)?,
    _ err: inout ErrorReport
  ) {
    let at = target?.pos ?? tree.startPos(arg.expr)
    let what: Arg = target.map { .text($0.text) } ?? .node(arg.expr)
    let inferred = u.inferred
    if inferred.allSatisfy({ (t: TypeID) -> Bool in t.isNone }) {
      add(
        &err, at, .noMatchNothingInferred, .type(arg.type), what, .type(par),
        .text(paramNames(u.params)))
      return
    }
    let t = ts.substitute(par, Substitution(u.params, inferred))
    if t == par {
      add(&err, at, .noMatch, .type(arg.type), what, .type(par))
    } else if target != nil {
      add(&err, at, .noMatchReverse, .type(t), .type(par), .type(arg.type), what)
    } else {
      add(&err, at, .noMatchInferred, .type(arg.type), what, .type(t), .type(par))
    }
  }

  /// "P", "P and Q", "P, Q, and R".
  private func paramNames(_ list: [TypeID]) -> String {
    let names = list.map { (p: TypeID) -> String in
      ts.text(ts.objects[ts.typeParam(p).object].name)
    }
    switch names.count {
    case 0, 1: return names.first ?? ""
    case 2: return names[0] + " and " + names[1]
    default: return names.dropLast().joined(separator: ", ") + ", and " + names[names.count - 1]
    }
  }

  private func inferFromConstraints(
    _ pos: Pos, _ tparams: [TypeID], _ u: inout Unifier, _ err: inout ErrorReport
  ) -> Bool {
    while true {
      let before = u.unknowns
      for i in tparams.indices {
        let p = tparams[i]
        let known = u.type(i)
        if let core = coreTerm(p) {
          if known.isSome {
            if !u.unify(known, core.term.type, .inexact) {
              add(
                &err, pos, .notSatisfied, .type(p), .type(known),
                .type(ts.typeParam(p).bound), .text(""))
              return false
            }
          } else if core.isSingle && !core.term.tilde {
            // A constraint that admits a single type leaves no choice.
            u.set(i, core.term.type)
          }
        }
        if known.isNone || ts.isParameterized(known, by: tparams) { continue }
        let bound = ts.constraint(of: p)
        let missing = ts.lacksMethod(known, bound, isStatic: true) {
          (x: TypeID, y: TypeID) -> Bool in u.unify(x, y, .exact)
        }
        if let m = missing {
          let cause = " " + text(of: m, known, bound)
          add(
            &err, pos, .notSatisfied, .type(p), .type(known),
            .type(ts.typeParam(p).bound), .text(cause))
          return false
        }
      }
      if u.unknowns == before { return true }
    }
  }

  /// The term that all types of `p`'s constraint share: its only one, or their common underlying
  /// type, with a tilde if one of them has.
  private func coreTerm(_ p: TypeID) -> (term: TypeTerm, isSingle: Bool)? {
    let set = ts.typeSet(ofParam: p)
    if !set.hasTerms { return nil }
    if set.terms.terms.count == 1 { return (set.terms.terms[0], true) }
    let core = ts.coreType(p)
    if core.isNone { return nil }
    let tilde = set.terms.terms.contains { (t: TypeTerm) -> Bool in t.tilde }
    return (TypeTerm(core, tilde: tilde), false)
  }

  private func inferFromUntyped(
    _ tparams: [TypeID], _ untyped: [Int], _ params: TypeID, _ args: [Operand],
    _ u: inout Unifier, _ err: inout ErrorReport
  ) -> Bool {
    if untyped.isEmpty { return true }
    var largest = [TypeID](repeating: .none, count: tparams.count)
    for i in untyped {
      let par = ts.memberType(params, i)
      guard let k = tparams.firstIndex(of: par), u.type(k).isNone else { continue }
      if largest[k].isNone {
        largest[k] = args[i].type
        continue
      }
      let m = ts.maxType(largest[k], args[i].type)
      if m.isNone {
        add(
          &err, tree.startPos(args[i].expr), .mismatchedUntyped, .type(largest[k]),
          .type(args[i].type), .type(par))
        return false
      }
      largest[k] = m
    }
    for k in tparams.indices where largest[k].isSome && u.type(k).isNone {
      u.set(k, ts.defaultType(largest[k]))
    }
    return true
  }

  // MARK: Simplification

  /// Drops inferred types that contain their own parameter, directly or through others.
  private func dropCycles(_ tparams: [TypeID], _ inferred: inout [TypeID]) {
    var open: [TypeID] = []
    for p in tparams { findCycle(p, tparams, &inferred, &open) }
  }

  private func findCycle(
    _ t0: TypeID, _ tparams: [TypeID], _ inferred: inout [TypeID], _ open: inout [TypeID]
  ) {
    let t = ts.unalias(t0)
    if t.isNone || ts.kind(t) == .basic { return }
    if open.contains(t) {
      if let i = tparams.firstIndex(of: t) { inferred[i] = .none }
      return
    }
    open.append(t)
    defer { open.removeLast() }
    switch ts.kind(t) {
    case .pointer, .slice, .array, .chan: findCycle(ts.elem(t), tparams, &inferred, &open)
    case .map:
      findCycle(ts.mapKey(t), tparams, &inferred, &open)
      findCycle(ts.elem(t), tparams, &inferred, &open)
    case .struct, .tuple:
      for i in 0..<ts.memberCount(t) { findCycle(ts.memberType(t, i), tparams, &inferred, &open) }
    case .signature:
      let info = ts.signature(t)
      if info.params.isSome { findCycle(info.params, tparams, &inferred, &open) }
      if info.results.isSome { findCycle(info.results, tparams, &inferred, &open) }
    case .union:
      for i in 0..<ts.memberCount(t) {
        findCycle(ts.unionTerm(t, i).type, tparams, &inferred, &open)
      }
    case .interface:
      let info = ts.interface(t)
      for m in info.methods { findCycle(ts.objects[m].type, tparams, &inferred, &open) }
      for e in info.embeddeds { findCycle(e, tparams, &inferred, &open) }
    case .named:
      let args = ts.namedInfo(t).args
      for i in 0..<args.n { findCycle(ts.typeAt(args, i), tparams, &inferred, &open) }
    case .typeParam:
      if let i = tparams.firstIndex(of: t), inferred[i].isSome {
        findCycle(inferred[i], tparams, &inferred, &open)
      }
    default: break
    }
  }

  /// Replaces type parameters in inferred types by what was inferred for them.
  private func simplify(_ tparams: [TypeID], _ given: [TypeID], _ inferred: inout [TypeID]) {
    var dirty: [Int] = []
    for i in tparams.indices where inferred[i].isSome && given[i].isNone { dirty.append(i) }
    // Cycles are gone, so each round completes one level at least.
    var rounds = 0
    while !dirty.isEmpty && rounds <= tparams.count + 1 {
      rounds += 1
      let s = Substitution(tparams, inferred)
      var rest: [Int] = []
      for i in dirty {
        var t = ts.substitute(inferred[i], s)
        if t == inferred[i] { continue }
        if ts.kind(t) == .signature {
          // A generic function whose type parameters have all been replaced is not generic.
          var info = ts.signature(t)
          if !info.typeParams.isEmpty && !ts.isParameterized(t, by: tparams) {
            info.typeParams = .empty
            t = ts.signatureType(info)
          }
        }
        inferred[i] = t
        rest.append(i)
      }
      dirty = rest
    }
  }

  // MARK: Renaming

  /// Fresh type parameters for `tparams`, and `t` in their terms. Type parameters that `t` itself
  /// declares as a generic function are left for the caller to replace.
  func renamed(_ tparams: [TypeID], _ t: TypeID) -> (params: [TypeID], type: TypeID) {
    if tparams.isEmpty { return ([], t) }
    let fresh = ts.freshParams(tparams)
    let s = Substitution(tparams, fresh)
    for i in tparams.indices {
      ts.typeParams[ts.side(fresh[i])].bound = ts.substitute(ts.typeParam(tparams[i]).bound, s)
    }
    return (fresh, ts.substitute(t, s))
  }
}
