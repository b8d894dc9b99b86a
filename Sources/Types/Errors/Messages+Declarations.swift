// The catalogue, part 1: declarations, types, packages. Codes are those of internal/types/errors.

extension Message {
  // Reasons put behind other messages.
  static let causeStructNotComparable = Message("", "struct containing % cannot be compared")
  static let causeCannotBeCompared = Message("", "% cannot be compared")
  static let causeEmptyTypeSet = Message("", "empty type set")
  static let causeIncomparableTypes = Message("", "incomparable types in type set")
  static let otherDeclaration = Message("", "other declaration of %")
}
