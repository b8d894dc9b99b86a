import ABI
import Base
import Object
import RegAlloc
import SSA

extension Lowering {
  /// A call: arguments that travel in memory are stored first, results in memory loaded after it.
  /// With `tail`, the frame is left before the jump, and memory arguments go where the function's
  /// own came in.
  func lowerCall(_ v: ValueID, _ x: Value, tail: Bool = false) {
    let info = f.calls[Int(x.aux)]
    let signature = info.signature
    let first = x.op == .callStatic ? 0 : 1
    if !tail { hasCalls = true }
    if !tail { outgoingSize = max(outgoingSize, Int(signature.totalSize)) }
    for (i, s) in signature.params.enumerated() where s.register < 0 {
      emitStore(
        f.arg(v, first + i), s.type,
        Address(mode: tail ? .incoming : .outgoing, disp: s.offset))
    }
    let results = tail ? [] : resultRegisters(v, x, signature.results.count)
    var callee: VReg = 0
    if first == 1 { callee = register(f.arg(v, 0)) }
    var arguments: [VReg] = []
    for i in signature.params.indices {
      arguments.append(signature.params[i].register >= 0 ? register(f.arg(v, first + i)) : 0)
    }
    begin()
    for (i, s) in signature.results.enumerated() where !tail {
      if s.register >= 0 && results[i] != 0 { def(results[i], fixed: Lowering.register(s)) }
    }
    for (i, s) in signature.params.enumerated() where s.register >= 0 {
      use(arguments[i], fixed: Lowering.register(s))
    }
    var i = Instruction(form: tail ? .tailCall : .call)
    switch x.op {
    case .callClosure:
      use(callee, fixed: R.rdx)
      i.form = tail ? .tailCallClosure : .callClosure
    case .callInterface:
      use(callee)
      i.form = tail ? .tailCallRegister : .callRegister
    default: break
    }
    i.extra = info.symbol.raw
    // ABI0 code keeps neither g's register nor the zero in X15.
    i.detail = signature.convention == .abi0 && f.signature.convention != .abi0 ? 1 : 0
    if info.isForeign && i.detail == 1 { i.detail = 3 }
    if info.isWeak { i.detail = 2 }
    end(i, flags: tail ? [] : .call, clobbers: tail ? 0 : R.all)
    if tail { return }
    if !info.keepAlive.isEmpty {
      begin()
      for k in info.keepAlive where !isRemat(resolve(k)) { useAny(register(k)) }
      end(Instruction(form: .none))
      for k in info.keepAlive where isRemat(resolve(k)) { keepSlot(resolve(k)) }
    }
    for (k, s) in signature.results.enumerated() where s.register < 0 && results[k] != 0 {
      emitLoad(results[k], s.type, Address(mode: .outgoing, disp: s.offset))
    }
  }

  private func resultRegisters(_ v: ValueID, _ x: Value, _ count: Int) -> [VReg] {
    if x.type == .tuple { return components(v, count) }
    var r = [VReg](repeating: 0, count: count)
    if x.type != .void && count > 0 { r[0] = vregOf[v.index] }
    return r
  }

  func lowerTerminator() {
    let b = f.blocks[blockID]
    switch b.kind {
    case .jump:
      begin()
      end(Instruction(form: .jump))
    case .branch:
      let cc = condition(b.control)
      begin()
      var i = Instruction(form: .branch)
      i.cc = cc
      end(i, flags: .readsFlags)
    case .table:
      let c = register(b.control)
      let t = temp()
      let u = temp()
      begin()
      scratch(t)
      scratch(u)
      use(c)
      end(Instruction(form: .table))
    case .ret: lowerReturn(b.results)
    case .exit:
      begin()
      end(Instruction(form: .exit))
    case .tailCall:
      guard let v = b.values.last else {
        internalError("amd64 lowering", "tail call block \(blockID) of \(f.name) is empty")
      }
      pos = f.values[v].pos
      inlineNode = f.values[v].inlineNode
      place = b.values.count - 1
      currentColour = colour[v.index]
      lowerCall(v, f.values[v], tail: true)
    default: internalError("amd64 lowering", "block \(blockID) of \(f.name) ends in \(b.kind)")
    }
  }

  /// Results: either all components of the signature, or the register ones only.
  private func lowerReturn(_ results: [ValueID]) {
    let slots = f.signature.results
    let all = results.count == slots.count
    var next = 0
    var pairs: [(ValueID, ABISlot)] = []
    for s in slots {
      if s.register < 0 && !all { continue }
      if next >= results.count {
        internalError("amd64 lowering", "too few results in \(blockID) of \(f.name)")
      }
      pairs.append((results[next], s))
      next += 1
    }
    for (v, s) in pairs where s.register < 0 {
      emitStore(v, s.type, Address(mode: .incoming, disp: s.offset))
    }
    var registers: [VReg] = []
    for (v, s) in pairs { registers.append(s.register >= 0 ? register(v) : 0) }
    begin()
    for (k, pair) in pairs.enumerated() where pair.1.register >= 0 {
      use(registers[k], fixed: Lowering.register(pair.1))
    }
    end(Instruction(form: .ret))
  }
}
