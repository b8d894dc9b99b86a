// Small values that travel with the checking of expressions and statements.
import Base
import Syntax

/// The function type that a generic function assigned to something has to match, and what that is
/// called in messages.
struct Target {
  var signature: TypeID
  var what: String
}

/// What an expression is by form; decides whether it may stand as a statement.
enum ExprKind { case conversion, expression, statement }

/// What a statement may do and is, for branches and missing returns.
struct StmtContext: OptionSet {
  let rawValue: UInt8
  static var breakOk: StmtContext { StmtContext(rawValue: 1) }
  static var continueOk: StmtContext { StmtContext(rawValue: 2) }
  static var fallthroughOk: StmtContext { StmtContext(rawValue: 4) }
  static var finalSwitchCase: StmtContext { StmtContext(rawValue: 8) }
  static var inTypeSwitch: StmtContext { StmtContext(rawValue: 16) }
}

/// Where a value is assigned to, for messages: "cannot use x as T value in <where>".
enum AssignmentContext {
  case variableDeclaration, assignment, constantDeclaration, returnStatement, mapIndex
  case structLiteral, mapLiteral, arrayOrSliceLiteral, rangeClause, send
  case assignmentOperation, multipleAssignment, blankAssignment
  /// Argument of a call to the function written there.
  case argument(NodeID)
  case text(String)
}
