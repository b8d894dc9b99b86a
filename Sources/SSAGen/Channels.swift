import Base
import SSA
import Syntax
import Types

extension FunctionBuilder {
  func sendStmt(_ n: NodeID) throws {
    let (c, x) = tree.send(n)
    try inOrder([Ordered(c), Ordered(x)]) {
      let ch = try expr(c)
      let v = try expr(x, to: elem(ch.type))
      callRuntime(.chansend1, [ch[0], pointer(inMemory(v))])
    }
  }

  /// `<-c`.
  func receive(_ c: Val) throws -> Val {
    let e = elem(c.type)
    let a = receiver(e)
    callRuntime(.chanrecv1, [c[0], pointer(a)])
    return received(e, a)
  }

  func receiveForEffect(_ c: Val) throws {
    callRuntime(.chanrecv1, [c[0], constNil()])
  }

  func receiveOK(_ c: Val) throws -> (Val, ValueID) {
    let e = elem(c.type)
    let a = receiver(e)
    let ok = callRuntime(.chanrecv2, [c[0], pointer(a)])
    return (received(e, a), ok)
  }

  /// Where a value of type `e` is received: a temporary, cleared first so that in a loop it does not keep what it
  /// held last while the receive waits.
  func receiver(_ e: TypeID) -> Address {
    let a = temporary(e)
    if layout(e).hasPointers { zeroMemory(e, a) }
    return a
  }

  private func received(_ e: TypeID, _ a: Address) -> Val {
    layout(e).isSSA ? load(e, a) : Val(memory: a, e, isTemporary: true)
  }
}
