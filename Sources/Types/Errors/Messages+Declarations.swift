// The catalogue, part 1: packages, declarations, types. Codes are those of internal/types/errors.

extension Message {
  // Reasons put behind other messages.
  static let causeStructNotComparable = Message("", "struct containing % cannot be compared")
  static let causeCannotBeCompared = Message("", "% cannot be compared")
  static let causeEmptyTypeSet = Message("", "empty type set")
  static let causeIncomparableTypes = Message("", "incomparable types in type set")
  static let otherDeclaration = Message("", "other declaration of %")

  // Packages and files (Go spec, Packages).
  static let blankPackageName = Message("BlankPkgName", "invalid package name _")
  static let mismatchedPackageName = Message(
    "MismatchedPkgName", "package %; expected package %")
  static let fileTooNew = Message("TooNew", "file requires newer Go version %")
  static let packageTooNew = Message(
    "TooNew", "package requires newer Go version % (application built with %)")
  static let invalidImportPath = Message("BadImportPath", "invalid import path (%)")
  static let couldNotImport = Message("BrokenImport", "could not import % (%)")
  static let cannotRenameC = Message("ImportCRenamed", "cannot rename import \"C\"")
  static let cannotImportAsInit = Message(
    "InvalidInitDecl", "cannot import package as init - init must be a func")
  static let alreadyImported = Message(
    "DuplicateDecl", "% already declared through import of %")
  static let alreadyDotImported = Message(
    "DuplicateDecl", "% already declared through dot-import of %")
  static let importedNotUsed = Message("UnusedImport", "\"%\" imported and not used")
  static let importedAsNotUsed = Message("UnusedImport", "\"%\" imported as % and not used")

  // Declarations and scope.
  static let redeclared = Message("DuplicateDecl", "% redeclared in this block")
  static let redeclaredField = Message("DuplicateDecl", "% redeclared")
  static let cannotDeclareInit = Message(
    "InvalidInitDecl", "cannot declare init - must be func")
  static let cannotDeclareMain = Message(
    "InvalidMainDecl", "cannot declare main - must be func")
  static let noTypeParameters = Message(
    "InvalidInitDecl", "func % must have no type parameters")
  static let noArgumentsOrResults = Message(
    "InvalidInitDecl", "func % must have no arguments and no return values")
  static let missingInitBody = Message("MissingInitBody", "func init must have a body")
  static let genericWithoutBody = Message(
    "BadDecl", "generic function is missing function body")
  static let missingBody = Message("BadDecl", "missing function body")
  static let extraInitAt = Message("WrongAssignCount", "extra init expr at %")
  static let extraInit = Message("WrongAssignCount", "extra init expr %")
  static let missingInit = Message("WrongAssignCount", "missing init expr for %")
  static let invalidConstantType = Message("InvalidConstType", "invalid constant type %")
  static let typeParameterAsRHS = Message(
    "MisplacedTypeParam", "cannot use a type parameter as RHS in type declaration")
  static let aliasOfOwnTypeParameter = Message(
    "MisplacedTypeParam", "cannot use type parameter declared in alias declaration as RHS")
  static let typeParameterAsConstraint = Message(
    "MisplacedTypeParam", "cannot use a type parameter as constraint")
  static let methodAlreadyDeclared = Message(
    "DuplicateMethod", "method %.% already declared at %")
  static let fieldAndMethod = Message(
    "DuplicateFieldAndMethod", "field and method with the same name %")

  // Identifiers.
  static let blankAsValue = Message("InvalidBlank", "cannot use _ as value or type")
  static let undefined = Message("UndeclaredName", "undefined: %")
  static let notATypeKind = Message("NotAType", "% (%) is not a type")
  static let notAType = Message("NotAType", "% is not a type")
  static let usedAsType = Message("NotAType", "% used as type")
  static let packageNotInSelector = Message(
    "InvalidPkgUse", "use of package % not in selector")
  static let iotaOutside = Message(
    "InvalidIota", "cannot use iota outside constant declaration")

  // Types.
  static let genericWithoutInstantiation = Message(
    "WrongTypeArgCount", "cannot use generic type % without instantiation")
  static let notGeneric = Message("", "% is not a generic type")
  static let notAGenericType = Message("NotAGenericType", "invalid operation: %% (%)")
  static let tooDeep = Message("InvalidSyntaxTree", "expression nested too deeply")
  static let dotDotDotArray = Message(
    "BadDotDotDotSyntax", "invalid use of [...] array (outside a composite literal)")
  static let invalidDots = Message("InvalidSyntaxTree", "invalid syntax tree: invalid use of ...")
  static let invalidMapKey = Message("IncomparableMapKey", "invalid map key type %%")
  static let undefinedArrayLength = Message(
    "InvalidArrayLen", "undefined array length % or missing type constraint")
  static let invalidArrayLength = Message("InvalidArrayLen", "invalid array length %")
  static let arrayLengthNotConstant = Message(
    "InvalidArrayLen", "array length % must be constant")
  static let arrayLengthNotInteger = Message(
    "InvalidArrayLen", "array length % must be integer")
  static let incorrectTag = Message(
    "InvalidSyntaxTree", "invalid syntax tree: incorrect tag syntax: %")
  static let invalidEmbedded = Message(
    "InvalidSyntaxTree", "invalid syntax tree: invalid embedded field type %")
  static let embeddedUnsafePointer = Message(
    "InvalidPtrEmbed", "embedded field type cannot be unsafe.Pointer")
  static let embeddedPointer = Message(
    "InvalidPtrEmbed", "embedded field type cannot be a pointer")
  static let embeddedTypeParameter = Message(
    "MisplacedTypeParam", "embedded field type cannot be a (pointer to a) type parameter")
  static let embeddedPointerToInterface = Message(
    "InvalidPtrEmbed", "embedded field type cannot be a pointer to an interface")
  static let blankMethod = Message(
    "BlankIfaceMethod", "methods must have a unique non-blank name")
  static let constraintComparable = Message(
    "MisplacedConstraintIface",
    "cannot use type % outside a type constraint: interface is (or embeds) comparable")
  static let constraintTypes = Message(
    "MisplacedConstraintIface",
    "cannot use type % outside a type constraint: interface contains type constraints")

  // Unions.
  static let tildeTypeParameter = Message(
    "MisplacedTypeParam", "type in term % cannot be a type parameter")
  static let termTypeParameter = Message(
    "MisplacedTypeParam", "term cannot be a type parameter")
  static let tildeInterface = Message("InvalidUnion", "invalid use of ~ (% is an interface)")
  static let tildeNotUnderlying = Message(
    "InvalidUnion", "invalid use of ~ (underlying type of % is %)")
  static let unionMethods = Message(
    "InvalidUnion", "cannot use % in union (% contains methods)")
  static let unionComparable = Message("InvalidUnion", "cannot use comparable in union")
  static let unionEmbedsComparable = Message(
    "InvalidUnion", "cannot use % in union (% embeds comparable)")
  static let overlappingTerms = Message("InvalidUnion", "overlapping terms % and %")

  // Receivers.
  static let receiverParameterName = Message(
    "BadDecl", "receiver type parameter % must be an identifier")
  static let methodOnInstantiated = Message(
    "InvalidRecv", "cannot define new methods on instantiated type %")
  static let methodOnGenericAlias = Message(
    "InvalidRecv", "cannot define new methods on generic alias type %")
  static let invalidReceiverCause = Message("InvalidRecv", "%")
  static let receiverParameterCount = Message(
    "BadRecv", "receiver declares %, but receiver base type declares %")
  static let methodOnNonLocal = Message(
    "InvalidRecv", "cannot define new methods on non-local type %")
  static let invalidReceiverType = Message("InvalidRecv", "invalid receiver type % (%)")
  static let invalidReceiver = Message("InvalidRecv", "invalid receiver type %")

  // Features of later language versions.
  static let versionGenericMethod = Message("UnsupportedFeature", "generic method")
  static let versionTypeParameter = Message("UnsupportedFeature", "type parameter")
  static let versionGenericAlias = Message("UnsupportedFeature", "generic type alias")
  static let versionTypeAlias = Message("UnsupportedFeature", "type alias")
  static let versionTypeConstraint = Message(
    "UnsupportedFeature", "using type constraint %")
  static let versionPredeclared = Message("UnsupportedFeature", "predeclared %")
  static let versionInstantiation = Message("UnsupportedFeature", "type instantiation")
}
