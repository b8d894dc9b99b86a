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
  /// Part of `expr` that this is: n > 0 the n-th result of a call, -1 the ok of a comma-ok form.
  var note: Int16 = 0
  /// A `note`: one of several results, which messages call by the whole call.
  static let someResult = Int16.max

  init() {}
  init(_ mode: OperandMode, _ type: TypeID, _ expr: NodeID) {
    self.mode = mode
    self.type = type
    self.expr = expr
  }

  var isValid: Bool { mode != .invalid }
}
