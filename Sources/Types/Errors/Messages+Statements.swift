// The catalogue, part 4: statements. Codes are those of internal/types/errors.

extension Message {
  static let missingReturn = Message("MissingReturn", "missing return")
  static let declaredAndNotUsed = Message("UnusedVar", "declared and not used: %")
  static let switchVariableNotUsed = Message("UnusedVar", "% declared and not used")
  static let noNewVariable = Message("NoNewVar", "no new variable on left side of :=")
  static let isNotUsed = Message("UnusedExpr", "% is not used")
  static let builtinMustBeCalled = Message("UncalledBuiltin", "% must be called")
  static let typeIsNotExpression = Message("NotAnExpr", "% is not an expression")
  static let nonNumericIncDec = Message(
    "NonNumericIncDec", "invalid operation: %% (non-numeric type %)")
  static let multipleAssignOp = Message(
    "MultiValAssignOp", "assignment operation % requires single-valued expressions")
  static let suspendedNotCall = Message(
    "InvalidDefer", "expression in % must be function call")
  static let suspendedConversion = Message(
    "InvalidDefer", "% requires function call, not conversion %")
  static let suspendedDiscards = Message("UnusedResults", "% discards result of %")
  static let resultNotInScope = Message(
    "OutOfScopeResult", "result parameter % not in scope at return")
  static let innerDeclaration = Message("", "inner declaration of %")
  static let nonBooleanCondition = Message(
    "InvalidCond", "non-boolean condition in % statement")

  // Switch and select (Go spec, Switch statements; Select statements).
  static let multipleDefaults = Message("DuplicateDefault", "multiple defaults (first at %)")
  static let cannotSwitch = Message(
    "InvalidExprSwitch", "cannot switch on % (% is not comparable)")
  static let duplicateCase = Message("DuplicateCase", "duplicate case % in expression switch")
  static let duplicateTypeCase = Message("DuplicateCase", "duplicate case % in type switch")
  static let previousCase = Message("", "previous case")
  static let typeSwitchOnParam = Message(
    "InvalidTypeSwitch", "cannot use type switch on type parameter value %")
  static let typeSwitchNotInterface = Message("InvalidTypeSwitch", "% is not an interface")
  static let invalidSelectCase = Message(
    "InvalidSelectCase",
    "select case must be send or receive (possibly with assignment)")
}
