// The catalogue, part 3: built-in functions, range clauses, arguments of calls. Codes are those of
// internal/types/errors.

extension Message {
  // Calls (Go spec, Calls; Passing arguments to ... parameters).
  static let argumentCount = Message("WrongArgCount", "% arguments in call to %")
  static let have = Message("", "have %")
  static let want = Message("", "want %")
  static let dotsWithMany = Message("InvalidDotDotDot", "cannot use ... with %-valued %")
  static let dotsNotVariadic = Message(
    "NonVariadicDotDotDot", "cannot use ... in call to non-variadic %")
  static let inCall = Message("CannotInferTypeArgs", "in call to %, %")
  static let versionFunctionInstantiation = Message(
    "UnsupportedFeature", "function instantiation")
  static let versionImplicitFunction = Message(
    "UnsupportedFeature", "implicit function instantiation")
  static let versionPartialInstantiation = Message(
    "UnsupportedFeature", "partially instantiated function in assignment")
  static let versionImplicitInstantiation = Message(
    "UnsupportedFeature", "implicitly instantiated function in assignment")
  static let versionGenericArgument = Message(
    "UnsupportedFeature", "implicitly instantiated function as argument")

  // Built-in functions (Go spec, Built-in functions).
  static let dotsWithBuiltin = Message(
    "InvalidDotDotDot", "invalid operation: invalid use of ... with built-in %")
  static let builtinArgumentCount = Message(
    "WrongArgCount", "invalid operation: % arguments for % (expected %, found %)")
  static let causeSliceNil = Message("", "argument must be a slice; have untyped nil")
  static let causeSliceHave = Message("", "argument must be a slice; have %")
  static let causeSliceElements = Message("", "mismatched slice element types % and % in %")
  static let invalidAppend = Message("InvalidAppend", "invalid append: %")
  static let invalidLen = Message("InvalidLen", "invalid argument: % for built-in len")
  static let invalidCap = Message("InvalidCap", "invalid argument: % for built-in cap")
  static let versionClear = Message("UnsupportedFeature", "clear")
  static let invalidClear = Message(
    "InvalidClear",
    "invalid argument: cannot clear %: argument must be (or constrained by) map or slice")
  static let closeNonChannel = Message(
    "InvalidClose", "invalid operation: cannot close non-channel %")
  static let closeReceiveOnly = Message(
    "InvalidClose", "invalid operation: cannot close receive-only channel %")
  static let complexMismatch = Message(
    "InvalidComplex", "invalid operation: % (mismatched types % and %)")
  static let complexArguments = Message(
    "InvalidComplex", "invalid argument: arguments have type %, expected floating-point")
  static let invalidReal = Message(
    "InvalidReal", "invalid argument: argument has type %, expected complex type")
  static let invalidImag = Message(
    "InvalidImag", "invalid argument: argument has type %, expected complex type")
  static let typeParamNotSupported = Message(
    "InvalidReal",
    "% not supported as argument to built-in % for go1.18 (see go.dev/issue/50937)")
  static let invalidCopy = Message("InvalidCopy", "invalid copy: %")
  static let copyElements = Message(
    "InvalidCopy", "invalid copy: arguments % and % have different element types % and %")
  static let deleteNonMap = Message("InvalidDelete", "invalid argument: % is not a map")
  static let deleteKeys = Message(
    "InvalidDelete", "invalid argument: maps of % must have identical key types")
  static let causeNotMakeable = Message("", "type must be slice, map, or channel")
  static let invalidMake = Message("InvalidMake", "invalid argument: cannot make %: %")
  static let makeArgumentCount = Message(
    "WrongArgCount", "invalid operation: % expects % or % arguments; found %")
  static let makeSwapped = Message(
    "SwappedMakeArgs", "invalid argument: length and capacity swapped")
  static let versionBuiltin = Message("UnsupportedFeature", "built-in %")
  static let versionBuiltin2 = Message("UnsupportedFeature", "%")
  static let minMaxOperand = Message(
    "InvalidMinMaxOperand", "invalid argument: % cannot be ordered")
  static let minMaxMismatch = Message(
    "MismatchedTypes",
    "invalid argument: mismatched types % (previous argument) and % (type of %)")
  static let versionNewExpression = Message("UnsupportedFeature", "new(%)")

  // Package unsafe (Go spec, Package unsafe).
  static let typeTooLarge = Message("TypeTooLarge", "% is too large")
  static let offsetofNotSelector = Message(
    "BadOffsetofSyntax", "invalid argument: % is not a selector expression")
  static let offsetofNoField = Message(
    "MissingFieldOrMethod", "invalid argument: % has no single field %")
  static let offsetofMethod = Message(
    "InvalidOffsetof", "invalid argument: % is a method value")
  static let offsetofIndirect = Message(
    "InvalidOffsetof", "invalid argument: field % is embedded via a pointer in %")
  static let notAPointer = Message("InvalidUnsafeSlice", "invalid argument: % is not a pointer")
  static let notASlice = Message(
    "InvalidUnsafeSliceData", "invalid argument: % is not a slice")

  // The checker's own tests.
  static let assertNotBoolean = Message("Test", "invalid argument: % is not a boolean constant")
  static let assertFailed = Message("Test", "% failed")
  static let assertUnknown = Message(
    "Test", "internal error: value of % should be a boolean constant")

  // Range clauses (Go spec, For statements with range clause).
  static let causeSendOnly = Message("", "receive from send-only channel %")
  static let causeVariadicYield = Message("", "yield func of type % cannot be variadic")
  static let cannotRange = Message("InvalidRangeExpr", "cannot range over %")
  static let cannotRangeWhy = Message("InvalidRangeExpr", "cannot range over %: %")
  static let rangeNoVariables = Message(
    "InvalidIterVar", "range over % permits no iteration variables")
  static let rangeOneVariable = Message(
    "InvalidIterVar", "range over % permits only one iteration variable")
  static let rangeTwoVariables = Message(
    "InvalidIterVar", "range clause permits at most two iteration variables")
  static let rangeVariableType = Message(
    "InvalidRangeExpr", "cannot use iteration variable of type %")
  static let cannotDeclare = Message(
    "InvalidSyntaxTree", "invalid syntax tree: cannot declare %")
  static let noNewVariables = Message("NoNewVar", "no new variables on left side of :=")
}
