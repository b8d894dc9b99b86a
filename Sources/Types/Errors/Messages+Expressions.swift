// The catalogue, part 3: expressions, calls, conversions, assignments. Codes are those of
// internal/types/errors.

extension Message {
  // Operands.
  static let genericUse = Message(
    "WrongTypeArgCount", "cannot use generic % % without instantiation")
  static let typeSwitchOutside = Message(
    "InvalidSyntaxTree", "invalid syntax tree: use of .(type) outside type switch")
  static let unexpectedKeyValue = Message(
    "InvalidSyntaxTree", "invalid syntax tree: no key:value expected")
  static let unexpectedList = Message(
    "InvalidSyntaxTree", "invalid syntax tree: unexpected list of expressions")
  static let usedAsValue = Message("TooManyValues", "% used as value")
  static let usedAsValueOrType = Message("TooManyValues", "% used as value or type")
  static let mustBeCalled = Message("UncalledBuiltin", "% must be called")
  static let notAnExpression = Message("NotAnExpr", "% is not an expression")
  static let multipleValue = Message(
    "TooManyValues", "multiple-value % in single-value context")

  // Unary expressions.
  static let cannotIndirect = Message(
    "InvalidIndirection", "invalid operation: cannot indirect %")
  static let pointerBasesDiffer = Message(
    "InvalidIndirection", "invalid operation: pointers of % must have identical base types")
  static let cannotTakeAddress = Message(
    "UnaddressableOperand", "invalid operation: cannot take address of %")
  static let tildeOutside = Message(
    "UndefinedOp", "cannot use ~ outside of interface or type constraint")
  static let tildeOutsideComplement = Message(
    "UndefinedOp",
    "cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)")
  static let operatorNotDefined = Message(
    "UndefinedOp", "invalid operation: operator % not defined on %")
  static let cannotReceive = Message(
    "InvalidReceive", "invalid operation: cannot receive from % %")
  static let cannotReceiveParam = Message(
    "InvalidReceive", "invalid operation: cannot receive from %: %")
  static let cannotSend = Message("InvalidSend", "invalid operation: cannot send to % %")
  static let cannotSendParam = Message("InvalidSend", "invalid operation: cannot send to %: %")

  // Type assertions.
  static let assertOnTypeParameter = Message(
    "InvalidAssert", "invalid operation: cannot use type assertion on type parameter value %")
  static let notAnInterface = Message(
    "InvalidAssert", "invalid operation: % is not an interface")
  static let impossibleCase = Message(
    "ImpossibleAssert", "impossible type switch case: %\n\t% cannot have dynamic type % %")
  static let impossibleAssertion = Message(
    "ImpossibleAssert", "impossible type assertion: %\n\t% does not implement % %")

  // Binary expressions, comparison, shifts.
  static let mismatchedTypes = Message(
    "MismatchedTypes", "invalid operation: % (mismatched types % and %)")
  static let mismatchedTypesAssign = Message(
    "MismatchedTypes", "invalid operation: % %= % (mismatched types % and %)")
  static let divisionByZero = Message("DivByZero", "invalid operation: division by zero")
  static let causeMismatchedTypes = Message("", "mismatched types % and %")
  static let causeTypeParamOperator = Message("", "type parameter % cannot use operator %")
  static let causeOperatorNotDefined = Message("", "operator % not defined on %")
  static let invalidCase = Message("MismatchedTypes", "invalid case % in switch on % (%)")
  static let invalidComparison = Message("MismatchedTypes", "invalid operation: % % % (%)")
  static let shiftedOperand = Message(
    "InvalidShiftOperand", "invalid operation: shifted operand % must be integer")
  static let shiftedOperandType = Message(
    "InvalidShiftOperand", "invalid operation: shifted operand % (type %) must be integer")
  static let negativeShiftCount = Message(
    "InvalidShiftCount", "invalid operation: negative shift count %")
  static let invalidShiftCount = Message(
    "InvalidShiftCount", "invalid operation: invalid shift count %")
  static let shiftCountInteger = Message(
    "InvalidShiftCount", "invalid operation: shift count % must be integer")
  static let versionSignedShift = Message(
    "UnsupportedFeature", "invalid operation: signed shift count %")

  // Constants.
  static let constantNotRepresentable = Message(
    "InvalidConstVal", "constant result is not representable")
  static let constantOverflow = Message("InvalidConstVal", "constant %overflow")
  static let constantTooLong = Message(
    "InvalidConstVal", "constant string too long (% bytes > % bytes)")
  static let truncated = Message("TruncatedFloat", "% truncated to %")
  static let overflows = Message("NumericOverflow", "% overflows %")
  static let excessivelyLong = Message(
    "InvalidConstVal", "excessively long constant: %... (% chars)")
  static let malformedConstant = Message("InvalidConstVal", "malformed constant: %")
  static let versionUnderscore = Message("UnsupportedFeature", "underscore in numeric literal")
  static let versionBinary = Message("UnsupportedFeature", "binary literal")
  static let versionOctal = Message("UnsupportedFeature", "0o/0O-style octal literal")
  static let versionHexFloat = Message(
    "UnsupportedFeature", "hexadecimal floating-point literal")

  // Conversions.
  static let cannotConvert = Message("InvalidConversion", "cannot convert % to type %")
  static let cannotConvertCause = Message(
    "InvalidConversion", "cannot convert % to type %: %")
  static let constantOverflows = Message("InvalidConversion", "constant % overflows %")
  static let missingConversionArgument = Message(
    "WrongArgCount", "missing argument in conversion to %")
  static let tooManyConversionArguments = Message(
    "WrongArgCount", "too many arguments in conversion to %")
  static let conversionToConstraint = Message(
    "MisplacedConstraintIface",
    "cannot use interface % in conversion (contains specific type constraints or is comparable)")
  static let dotsInConversion = Message(
    "BadDotDotDotSyntax", "invalid use of ... in conversion to %")
  static let causeNoSpecificTypes = Message("", "% does not contain specific types")
  static let causeConstantOverflowsIn = Message("", "constant % overflows % (in %)")
  static let causeCannotConvertTo = Message("", "cannot convert % to type % (in %)")
  static let causeCannotConvertBoth = Message("", "cannot convert % (in %) to type % (in %)")
  static let causeCannotConvertFrom = Message("", "cannot convert % (in %) to type %")
  static let causeCannotConvertType = Message("", "cannot convert % to type % (in %)")
  static let causeCannotAssignIn = Message("", "cannot assign % to % (in %)")
  static let causeCannotAssignFrom = Message("", "cannot assign % (in %) to %")

  // Index and slice expressions.
  static let cannotIndex = Message("NonSliceableOperand", "cannot index %")
  static let moreThanOneIndex = Message(
    "InvalidIndex", "invalid operation: more than one index")
  static let indexOutOfBounds = Message(
    "InvalidIndex", "invalid argument: index % out of bounds [0:%]")
  static let indexMustBeInteger = Message(
    "InvalidIndex", "invalid argument: % % must be integer")
  static let indexMustNotBeNegative = Message(
    "InvalidIndex", "invalid argument: % % must not be negative")
  static let indexOverflowsInt = Message(
    "InvalidIndex", "invalid argument: % % overflows int")
  static let cannotSlice = Message("NonSliceableOperand", "cannot slice %")
  static let cannotSliceNoType = Message(
    "NonSliceableOperand", "cannot slice %: no specific type in %")
  static let cannotSliceDifferent = Message(
    "NonSliceableOperand", "cannot slice %: % and % have different underlying types")
  static let cannotSliceUnaddressable = Message(
    "NonSliceableOperand", "cannot slice unaddressable value %")
  static let threeIndexString = Message(
    "InvalidSliceExpr", "invalid operation: 3-index slice of string")
  static let invalidSliceIndices = Message(
    "SwappedSliceIndices", "invalid slice indices: % < %")

  // Composite literals.
  static let missingLiteralType = Message("UntypedLit", "missing type in composite literal")
  static let invalidLiteralType = Message(
    "InvalidLit", "invalid composite literal% type %%")
  static let mixedStructLiteral = Message(
    "MixedStructLit", "mixture of field:value and value elements in struct literal")
  static let tooManyValues = Message(
    "InvalidStructLit", "too many values in struct literal of type %")
  static let tooFewValues = Message(
    "InvalidStructLit", "too few values in struct literal of type %%")
  static let implicitUnexported = Message(
    "UnexportedLitField",
    "implicit assignment to unexported field % in struct literal of type %")
  static let invalidFieldName = Message(
    "InvalidLitField", "invalid field name % in struct literal")
  static let verbatim = Message("MissingLitField", "%")
  static let notAField = Message("MissingLitField", "% is not a field")
  static let versionPromotedField = Message(
    "UnsupportedFeature", "use of promoted field % in struct literal of type %")
  static let implicitIndirection = Message(
    "InvalidLitField", "invalid implicit pointer indirection to reach %")
  static let duplicateField = Message(
    "DuplicateLitField", "duplicate field name % in struct literal")
  static let promotedAndEnclosing = Message(
    "DuplicateLitField", "cannot specify promoted field % and enclosing embedded field %")
  static let embeddedAndPromoted = Message(
    "DuplicateLitField", "cannot specify embedded field % and enclosed promoted field %")
  static let missingKey = Message("MissingLitKey", "missing key in map literal")
  static let duplicateKey = Message("DuplicateLitKey", "duplicate key % in map literal")
  static let indexNotConstant = Message(
    "InvalidLitIndex", "index % must be integer constant")
  static let elementOutOfBounds = Message(
    "OversizeArrayLit", "index % is out of bounds (>= %)")
  static let duplicateIndex = Message(
    "DuplicateLitKey", "duplicate index % in array or slice literal")
  static let unknownField = Message("", "unknown field % in struct literal of type %")
  static let unknownFieldHas = Message(
    "", "unknown field % in struct literal of type %, but does have %")
  static let unknownFieldUnexported = Message(
    "", "unknown field % in struct literal of type %, but does have unexported %")
  static let unexportedFieldLiteral = Message(
    "", "cannot refer to unexported field % in struct literal of type %")

  // Selectors.
  static let undefinedSelector = Message("UndeclaredImportedName", "undefined: %")
  static let undefinedButHave = Message(
    "UndeclaredImportedName", "undefined: % (but have %)")
  static let notExported = Message("UnexportedName", "name % not exported by package %")
  static let builtinInSelector = Message(
    "UncalledBuiltin", "invalid use of % in selector expression")
  static let fieldOfType = Message(
    "MissingFieldOrMethod", "operand for field selector % must be value of type %")
  static let methodCycle = Message("InvalidDeclCycle", "illegal cycle in method declaration")
  static let ambiguousSelector = Message("AmbiguousSelector", "ambiguous selector %.%")
  static let invalidMethodExpression = Message(
    "InvalidMethodExpr", "invalid method expression %.% (needs pointer receiver (*%).%)")
  static let cannotCallPointerMethod = Message(
    "InvalidMethodExpr", "cannot call pointer method % on %")
  static let undefinedFieldOrMethod = Message(
    "MissingFieldOrMethod", "%.% undefined (%)")
  static let causeNoField = Message("", "type % has no field or method %")
  static let causeNoFieldHas = Message(
    "", "type % has no field or method %, but does have % %")
  static let causeNoFieldUnexported = Message(
    "", "type % has no field or method %, but does have unexported % %")
  static let causeInaccessible = Message("", "cannot refer to unexported % %")

  // Calls.
  static let cannotCall = Message("InvalidCall", "invalid operation: cannot call %: %")
  static let causeNotAFunction = Message("", "% is not a function")

  // Assignments.
  static let cannotAssign = Message("IncompatibleAssign", "cannot assign % to % in %")
  static let cannotUse = Message("IncompatibleAssign", "cannot use % as % value in %")
  static let cannotUseCause = Message(
    "IncompatibleAssign", "cannot use % as % value in %: %")
  static let cannotUseTruncated = Message(
    "TruncatedFloat", "cannot use % as % value in % (truncated)")
  static let cannotUseOverflows = Message(
    "NumericOverflow", "cannot use % as % value in % (overflows)")
  static let untypedNil = Message("UntypedNilUse", "use of untyped nil in %")
  static let notConstant = Message("InvalidConstInit", "% is not constant")
  static let cannotAssignFieldInMap = Message(
    "UnaddressableFieldAssign", "cannot assign to struct field % in map")
  static let cannotAssignTo = Message(
    "UnassignableOperand",
    "cannot assign to % (neither addressable nor a map index expression)")
  static let cannotAssignToName = Message("UnassignableOperand", "cannot assign to %")
  static let assignmentMismatch = Message(
    "WrongAssignCount", "assignment mismatch: % but %")
  static let assignmentMismatchCall = Message(
    "WrongAssignCount", "assignment mismatch: % but % returns %")
  static let notEnoughReturnValues = Message("WrongResultCount", "not enough return values")
  static let tooManyReturnValues = Message("WrongResultCount", "too many return values")
  static let nonNameOnLeft = Message("BadDecl", "non-name % on left side of :=")
  static let repeatedOnLeft = Message("RepeatedDecl", "% repeated on left side of :=")
}
