import ABI
import Base
import SSA
import Types

/// Where one parameter or result travels.
struct ParamLocation: Sendable {
  var type: TypeID
  /// First of the slots of `ABISignature.params` or `.results` that carry its components; -1: the whole
  /// value lies in the stack argument area at `offset` (values of size 0 too; nobody moves them).
  var slot: Int32
  var count: Int32
  var offset: Int32
  var hasSlots: Bool { slot >= 0 }
}

/// A signature after ABI assignment, with the place of each Go parameter (receiver first) and result.
struct CallABI: Sendable {
  var signature = ABISignature()
  var params: [ParamLocation] = []
  var results: [ParamLocation] = []
}

extension LayoutTable {
  /// Registers and stack places of the parameters and results of these types.
  mutating func callABI(
    params: [TypeID], results: [TypeID], convention: ABI.Convention = .internal
  ) -> CallABI {
    let p: [ABIOperand] = params.map { abiOperand($0) }
    let r: [ABIOperand] = results.map { abiOperand($0) }
    let a = ABIAssigner.assign(params: p, results: r, convention: convention)
    var out = CallABI()
    out.signature = a.signature
    for i in params.indices { out.params.append(LayoutTable.location(params[i], a.params[i])) }
    for i in results.indices { out.results.append(LayoutTable.location(results[i], a.results[i])) }
    return out
  }

  private static func location(_ t: TypeID, _ p: ABIPlacement) -> ParamLocation {
    let whole = p.kind == .stack
    return ParamLocation(
      type: t, slot: whole ? -1 : Int32(p.firstSlot), count: Int32(p.slotCount), offset: p.offset)
  }

  private mutating func abiOperand(_ t: TypeID) -> ABIOperand {
    let l = of(t)
    if l.leafCount < 0 {
      return ABIOperand(
        size: l.size, alignment: Int(l.align), components: [], hasArray: true,
        pointerMask: pointerMask(t))
    }
    var c: [ABIOperand.Component] = []
    c.reserveCapacity(Int(l.leafCount))
    for i in 0..<Int(l.leafCount) {
      let f = leaf(l, i)
      c.append(ABIOperand.Component(type: f.type, offset: f.offset))
    }
    return ABIOperand(size: l.size, alignment: Int(l.align), components: c)
  }
}
