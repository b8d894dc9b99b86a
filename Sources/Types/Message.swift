// Messages and their arguments. The texts themselves are the catalogue in `Errors/`.
import Base
import Syntax

/// An entry of the error catalogue: gc's code (internal/types/errors) and the text, in which each
/// `%` takes the next argument.
struct Message: Sendable {
  let code: StaticString
  let text: StaticString
  init(_ code: StaticString, _ text: StaticString) {
    self.code = code
    self.text = text
  }
}

/// An argument of a message; becomes text only when the message is built.
enum Arg {
  case type(TypeID)
  /// A list of types in brackets-free form: `int, string`.
  case types([TypeID])
  case object(ObjectID)
  case name(NameID)
  /// An expression of the current file, as source.
  case node(NodeID)
  case operand(Operand)
  case text(String)
  case int(Int)
  case const(ConstID)
  case pos(Pos)
}

/// An error made of several parts: the first is the message, the others follow on lines of their
/// own, with their position if they have one.
struct ErrorReport {
  var parts: [(pos: Pos, text: String)] = []
  var isSoft = false
}
