// Signatures of expressions and statements, which land next and replace this file.
import Base
import Syntax

extension Checker {
  // Expressions.swift
  func rawExpr(
    _ target: Target?, _ x: inout Operand, _ n: NodeID, hint: TypeID, allowGeneric: Bool
  ) -> ExprKind { .expression }
  func expr(_ target: Target?, _ x: inout Operand, _ n: NodeID) {}
  func genericExpr(_ x: inout Operand, _ n: NodeID, hint: TypeID) {}
  func exprOrType(_ x: inout Operand, _ n: NodeID, allowGeneric: Bool) {}
  /// Value or values of `n`; with `allowCommaOk` a second untyped bool where possible.
  func multiExpr(_ n: NodeID, allowCommaOk: Bool) -> (list: [Operand], commaOk: Bool) { ([], false) }
  func exclude(_ x: inout Operand, noValue: Bool = true, builtin: Bool = true, type: Bool = true) {}
  func singleValue(_ x: inout Operand) {}
  func nonGeneric(_ target: Target?, _ x: inout Operand) {}
  func record(_ x: Operand) {}
  /// The target for assigning to type `t`; nil unless it is a function type.
  func target(_ t: TypeID, _ what: Arg) -> Target? { nil }
  /// True: a generic function to be instantiated with the index as type arguments.
  func indexExpr(_ x: inout Operand, _ n: NodeID) -> Bool { false }
  /// Type (invalid after an error) and constant value or -1 of an index expression; max < 0: none.
  func index(_ n: NodeID, max: Int64) -> (TypeID, Int64) { (.none, -1) }
  func isValidIndex(_ x: inout Operand, _ what: String, allowNegative: Bool) -> Bool { false }
  func selector(_ x: inout Operand, _ n: NodeID, wantType: Bool) {}
  /// Checks expressions whose values do not matter, to mark what they use. False after an error.
  @discardableResult func use(_ n: NodeID) -> Bool { true }
  @discardableResult func use(_ list: NodeList) -> Bool { true }
  @discardableResult func useLHS(_ n: NodeID) -> Bool { true }
  // Untyped.swift
  func updateExprType(_ n: NodeID, _ t: TypeID, final: Bool) {}
  func convertUntyped(_ x: inout Operand, _ t: TypeID) {}
  /// Type of `x` in a context that expects `t`, none if it cannot have one; value if constant.
  func implicitTypeAndValue(_ x: Operand, _ t: TypeID) -> (type: TypeID, val: ConstID) { (.none, .none) }
  func matchTypes(_ x: inout Operand, _ y: inout Operand) {}
  func overflow(_ x: inout Operand, _ pos: Pos) {}
  func representable(_ x: inout Operand, _ t: TypeID) {}
  /// Value `c` as basic type `t` (rounded), none if it has none.
  func representation(_ c: ConstID, _ t: TypeID) -> ConstID { .none }
  func comparison(_ x: inout Operand, _ y: inout Operand, _ op: Operator, switchCase: Bool = false) {}
  // Assignability.swift, Conversions.swift
  func assignable(_ x: Operand, _ t: TypeID, cause: inout String?) -> Bool { false }
  func conversion(_ x: inout Operand, _ t: TypeID) {}
  func chanElem(_ pos: Pos, _ x: Operand, receive: Bool) -> TypeID { .none }
  // Assignments.swift
  func assignment(_ x: inout Operand, _ t: TypeID, _ context: AssignmentContext) {}
  func initConst(_ o: ObjectID, _ x: inout Operand) {}
  func initVar(_ o: ObjectID, _ x: inout Operand, _ context: AssignmentContext) {}
  func initVars(_ lhs: [ObjectID], _ rhs: ExprList, _ returnStmt: NodeID) {}
  /// Type of a variable on the left of an assignment, none after an error (or for blank).
  func lhsVar(_ n: NodeID) -> TypeID { .none }
  func assignVars(_ lhs: ExprList, _ rhs: ExprList) {}
  func shortVarDecl(_ pos: Pos, _ lhs: ExprList, _ rhs: ExprList) {}
  func binary(_ x: inout Operand, _ lhs: NodeID, _ rhs: NodeID, _ op: Operator) {}
  func typeAssertion(_ n: NodeID, _ x: Operand, _ t: TypeID, typeSwitch: Bool) {}
  func assignVar(_ lhs: NodeID, _ rhs: NodeID, _ x: inout Operand, _ context: AssignmentContext) {}
}
