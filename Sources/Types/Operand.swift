// An intermediate result of checking an expression.
import Base
import Syntax

/// Trivial. `expr` is a node of the tree being checked.
struct Operand {
  var mode: OperandMode = .invalid
  var type: TypeID = .none
  var expr: NodeID = .none
  /// Value in constant mode.
  var val: ConstID = .none
  var builtin: Builtin = .append

  init() {}
  init(_ mode: OperandMode, _ type: TypeID, _ expr: NodeID) {
    self.mode = mode
    self.type = type
    self.expr = expr
  }

  var isValid: Bool { mode != .invalid }
}
