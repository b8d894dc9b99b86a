// The catalogue, part 2: interfaces and type sets, instantiation, inference, type cycles, labels.
// Codes are those of internal/types/errors.

extension Message {
  // Interfaces and type sets (Go spec, Interface types).
  // type I interface { m(); m() }
  static let duplicateMethod = Message("DuplicateDecl", "duplicate method %")
  static let otherMethod = Message("", "other declaration of method %")
  static let tooManyTerms = Message(
    "InvalidUnion", "cannot handle more than % union terms (implementation limitation)")
  static let embedsConstraint = Message("UnsupportedFeature", "embedding constraint interface %")
  static let embedsElement = Message("UnsupportedFeature", "embedding interface element %")
  static let embedsType = Message("UnsupportedFeature", "embedding non-interface type %")

  // Why there is no common underlying type.
  static let causeNoSpecificType = Message("", "no specific type")
  static let causeChannelElements = Message("", "channels % and % have different element types")
  static let causeChannelDirections = Message("", "channels % and % have conflicting directions")
  static let causeDifferentUnder = Message("", "% and % have different underlying types")

  // Missing methods (Go spec, Implementing an interface).
  static let causeMissingMethod = Message("", "(missing method %)")
  static let causeWrongName = Message("", "(missing method %)\n\t\thave %\n\t\twant %")
  static let causeUnexportedMethod = Message("", "(unexported method %)")
  static let causeWrongMethodType = Message("", "(wrong type for method %)")
  static let causeWrongMethodTypes = Message(
    "", "(wrong type for method %)\n\t\thave %\n\t\twant %")
  static let causeAmbiguous = Message("", "(ambiguous selector %.%)")
  static let causePointerReceiver = Message("", "(method % has pointer receiver)")
  static let causeIsField = Message("", "(%.% is a field, not a method)")
  static let causePointerToTypeParam = Message(
    "", "type % is pointer to type parameter, not type parameter")
  static let causePointerToInterface = Message(
    "", "type % is pointer to interface, not interface")

  // Constraint satisfaction (Go spec, Satisfying a type constraint).
  static let causeNotInterface = Message("", "% is not an interface")
  static let causeDoesNotImplement = Message("", "% does not % %")
  static let causeDoesNotImplementWhy = Message("", "% does not % % %")
  static let causeCannotImplement = Message("", "cannot % % (empty type set)")
  static let causeDoesNotCompare = Message("", "% does not % comparable")
  static let causeComparableVersion = Message("", "% to % comparable requires go1.20 or later")
  static let causeMissingTilde = Message("", "(possibly missing ~ for % in %)")
  static let causeMentions = Message("", "(% mentions %, but % is not in the type set of %)")
  static let causeMissingInTerms = Message("", "(% missing in %)")

  // Instantiation (Go spec, Instantiations).
  // type T[P any] struct{}; var x T[int, string]
  static let wrongTypeArgCount = Message(
    "WrongTypeArgCount", "% type arguments for type %: have %, want %")
  // func f[P ~int]() {}; var _ = f[string]
  static let invalidTypeArg = Message("InvalidTypeArg", "%")
  static let gotTypeArgs = Message("WrongTypeArgCount", "got % type arguments but want %")

  // Inference (Go spec, Type inference).
  // func f[P any]() {}; func _() { f() }
  static let cannotInfer = Message("CannotInferTypeArgs", "cannot infer % (declared at %)")
  static let noMatchNothingInferred = Message(
    "CannotInferTypeArgs", "type % of % does not match % (cannot infer %)")
  static let noMatch = Message("CannotInferTypeArgs", "type % of % does not match %")
  static let noMatchInferred = Message(
    "CannotInferTypeArgs", "type % of % does not match inferred type % for %")
  static let noMatchReverse = Message(
    "CannotInferTypeArgs", "inferred type % for % does not match type % of %")
  static let notSatisfied = Message("CannotInferTypeArgs", "% (type %) does not satisfy %%")
  static let mismatchedUntyped = Message(
    "CannotInferTypeArgs", "mismatched types % and % (cannot infer %)")

  // Endless instantiation.
  // func f[P any]() { f[*P]() }
  static let instantiationCycle = Message("InvalidInstanceCycle", "instantiation cycle:")
  static let implicitlyParameterized = Message("", "% implicitly parameterized by %")
  static let instantiatedAs = Message("", "% instantiated as %")

  // Cycles of declarations (Go spec, Type declarations; Size and alignment guarantees).
  // type T struct { f T }
  static let recursiveTypeSelf = Message(
    "InvalidDeclCycle", "invalid recursive type: % refers to itself")
  static let declCycleSelf = Message(
    "InvalidDeclCycle", "invalid cycle in declaration: % refers to itself")
  static let recursiveType = Message("InvalidDeclCycle", "invalid recursive type %")
  static let declCycle = Message("InvalidDeclCycle", "invalid cycle in declaration of %")
  static let refersTo = Message("", "% refers to %")

  // Cycles of initialisation (Go spec, Package initialization).
  // var a = b; var b = a
  static let initCycleSelf = Message(
    "InvalidInitCycle", "initialization cycle: % refers to itself")
  static let initCycle = Message("InvalidInitCycle", "initialization cycle for %")

  // gc's limits (not of the language).
  static let largerThanAddressSpace = Message(
    "TypeTooLarge", "type % larger than address space")
  static let channelElementTooLarge = Message(
    "TypeTooLarge", "channel element type too large (>64kB)")
}
