import Base
import Object
import SSA
import Syntax
import Types

extension FunctionBuilder {
  /// A function literal: its closure object.
  func funcLit(_ n: NodeID) throws -> Val {
    let id = info.function(n)
    closureCount += 1
    let i = pb.literalInstance(id, self)
    let captured = try captureValues(pb.captures(id))
    return Val(type(n), makeClosure(pb.use(i), captured))
  }

  /// What a closure stores for each captured variable: its value, or its address.
  func captureValues(_ objects: [ObjectID]) throws -> [Val] {
    var out: [Val] = []
    for o in objects {
      guard let i = local(o) else { throw unimplemented("captured variable \(pb.objectName(o))") }
      if pb.captureByValue(o, locals[i].type) {
        out.append(value(local: i))
      } else {
        out.append(Val(pb.types.unsafePointer, pointer(address(local: i))))
      }
    }
    return out
  }

  /// A closure object {code, values...}.
  func makeClosure(_ code: SymbolID, _ values: [Val]) -> ValueID {
    if values.isEmpty { return dataAddress(pb.funcValueSymbol(code)) }
    var s = Shape(size: 8, mask: [0])
    var offsets: [Int] = []
    for v in values { offsets.append(s.add(v.type, &pb.layouts)) }
    s.finish()
    let p = allocateShape(s, .closure)
    let a = Address(p, 0, isSafe: true)
    store(codeAddress(code), a)
    for (i, v) in values.enumerated() { store(v, a.advanced(Int64(offsets[i]))) }
    return p
  }

  /// The values that `makeClosure` stored, read at the start of the closure's function.
  func closureValues(_ types: [TypeID]) -> [Val] {
    if types.isEmpty { return [] }
    f.flags.insert(.needsContext)
    let context = Address(emit(.getClosure, .ptr), 0, isSafe: true)
    var s = Shape(size: 8, mask: [0])
    var out: [Val] = []
    for t in types {
      let at = s.add(t, &pb.layouts)
      out.append(load(t, context.advanced(Int64(at))))
    }
    return out
  }

  /// Declares the captured variables of this closure.
  func bindCaptures(_ objects: [ObjectID]) {
    var types: [TypeID] = []
    for o in objects {
      let t = concrete(ts.objects[o].type)
      types.append(pb.captureByValue(o, t) ? t : pb.types.unsafePointer)
    }
    bind(captures: objects, closureValues(types))
  }

  /// Declares captured variables whose values or addresses have been read from the closure.
  func bind(captures objects: [ObjectID], _ values: [Val]) {
    for (i, o) in objects.enumerated() {
      let t = concrete(ts.objects[o].type)
      if pb.captureByValue(o, t) {
        if values[i].isMemory {
          // Never assigned again, so the closure's copy serves.
          declareAt(o, t, values[i].address)
        } else {
          setComponents(declareComponents(o, t), values[i])
        }
      } else {
        declareAt(o, t, Address(values[i][0], 0, isSafe: true))
      }
    }
  }

  // MARK: Method values and expressions

  /// `x.m` as a value: a closure over the receiver.
  func methodValue(_ n: NodeID, _ s: Selection, _ t: TypeID) throws -> Val {
    let (r, m) = try receiver(n, s)
    switch m {
    case .interface(let index):
      // A nil interface panics now, not when the value is called.
      let table = emit(.intToPtr, .ptr, r[0])
      nilCheck(table)
      let code = try pb.interfaceMethodValueThunk(r.type, index, t)
      markInterfaceCall(r.type, index)
      return Val(t, makeClosure(code, [r]))
    case .concrete(let i):
      let code = try pb.methodValueThunk(i)
      return Val(t, makeClosure(code, [stable(r)]))
    }
  }

  /// `T.m` as a value: a function with the receiver as its first parameter.
  func methodExpr(_ n: NodeID, _ s: Selection, _ t: TypeID) throws -> Val {
    let recv = concrete(s.recv)
    let targs = typeArguments(tree.selector(n).sel)
    let found = pb.resolveMethod(s, recv, isGeneric: ts.isTypeParam(s.recv))
    let code = try pb.methodExprSymbol(recv, found.object, found.path, targs, t)
    return Val(t, dataAddress(pb.funcValueSymbol(code)))
  }
}
