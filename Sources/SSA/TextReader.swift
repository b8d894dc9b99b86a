import ABI
import Base
import Object

/// Reads functions in the text form of `SSAPrinter`. Blocks and values may be named in any order;
/// values keep their order of appearance. Signatures of scalars only, placed by `ABIAssigner`.
public struct SSAReader {
  public struct ReadError: Error, CustomStringConvertible {
    public var line: Int
    public var message: String
    public var description: String { "line \(line): \(message)" }
  }

  private var lines: [Substring]
  private var line = 0
  private var opNames: [String: Op] = [:]
  private var typeNames: [String: ValueType] = [:]

  /// - Parameter text: any number of functions; `//` and `;` start comments.
  public init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for o in Op.allCases { opNames[o.name] = o }
    for t in ValueType.allCases { typeNames["\(t)"] = t }
  }

  /// The next function, or nil at the end of the text.
  public mutating func next(_ table: inout SymbolTable) throws(ReadError) -> Function? {
    while line < lines.count, words(lines[line]).first != "func" { line += 1 }
    if line >= lines.count { return nil }
    var header = strip(lines[line]).dropFirst(5)
    guard let open = header.firstIndex(of: "(") else { throw error("no signature") }
    let name = String(header[..<open]).trimmingSpaces()
    header = header[open...]
    let signature = try readSignature(&header)
    let f = Function(
      symbol: table.symbol(name), name: name, pos: Pos.none, signature: signature)
    for w in words(header) {
      guard let flag = SSAText.functionFlags.first(where: { $0.1 == w }) else {
        throw error("unknown function flag \(w)")
      }
      f.flags.insert(flag.0)
    }
    line += 1
    try readBody(f, &table)
    return f
  }

  private func error(_ m: String) -> ReadError { ReadError(line: line + 1, message: m) }

  private func strip(_ s: Substring) -> Substring {
    var t = s
    if let i = t.firstIndex(of: ";") { t = t[..<i] }
    var i = t.startIndex
    while i < t.endIndex {
      if t[i...].hasPrefix("//") {
        t = t[..<i]
        break
      }
      i = t.index(after: i)
    }
    return t
  }

  private func words(_ s: Substring) -> [String] {
    strip(s).split(whereSeparator: { $0 == " " || $0 == "\t" }).map { String($0) }
  }

  /// `(types)(types)`, the second part optional when nothing follows.
  private func readSignature(_ s: inout Substring) throws(ReadError) -> ABISignature {
    var convention = ABI.Convention.internal
    if s.hasPrefix("abi0") {
      convention = .abi0
      s = s.dropFirst(4)
    }
    let params = try readTypes(&s)
    while s.first == " " { s = s.dropFirst() }
    let results = s.first == "(" ? try readTypes(&s) : []
    return ABIAssigner.assign(params: params, results: results, convention: convention).signature
  }

  private func readTypes(_ s: inout Substring) throws(ReadError) -> [ABIOperand] {
    guard s.first == "(", let close = s.firstIndex(of: ")") else { throw error("signature") }
    let inner = s[s.index(after: s.startIndex)..<close]
    s = s[s.index(after: close)...]
    var list: [ABIOperand] = []
    for part in inner.split(separator: ",") {
      let name = String(part.split(separator: "!")[0]).trimmingSpaces()
      guard let t = typeNames[name] else { throw error("unknown type \(name)") }
      list.append(ABIOperand(t))
    }
    return list
  }

  private mutating func readBody(_ f: Function, _ table: inout SymbolTable) throws(ReadError) {
    var blockOf: [String: BlockID] = [:]
    var valueOf: [String: ValueID] = [:]
    func block(_ name: String) -> BlockID {
      if let b = blockOf[name] { return b }
      let b = f.blocks.append(Block())
      blockOf[name] = b
      return b
    }
    func value(_ name: String) -> ValueID {
      if let v = valueOf[name] { return v }
      let v = f.makeValue(.invalid, .void)
      valueOf[name] = v
      return v
    }
    var current = BlockID.none
    // Edges in the order in which predecessor lists are to be filled.
    var declaredPreds: [(BlockID, [String])] = []
    while line < lines.count {
      let raw = lines[line]
      let w = words(raw)
      if w.first == "func" { break }
      if w.isEmpty {
        line += 1
        continue
      }
      if w[0] == "slot" {
        try readSlot(f, w)
      } else if w[0].hasSuffix(":") {
        current = block(String(w[0].dropLast()))
        f.order.append(current)
        for flag in w.dropFirst() {
          if flag == "cold" {
            f.blocks[current].isCold = true
          } else if flag == "recover" {
            f.blocks[current].isRecoverLanding = true
            f.recoverLanding = current
          }
        }
        if let r = raw.range(ofText: "; from ") {
          let names = raw[r...].split(separator: " ").map { String($0) }
          declaredPreds.append((current, names))
        }
      } else if w.count > 1 && w[1] == "=" {
        try readValue(f, current, w, &table, value)
      } else {
        try readTerminator(f, current, w, block, value)
      }
      line += 1
    }
    for b in f.order { for s in f.blocks[b].succs { f.blocks[s].preds.append(b) } }
    for (b, names) in declaredPreds {
      let list = names.compactMap { blockOf[$0] }
      if list.count == f.blocks[b].preds.count { f.blocks[b].preds = list }
    }
  }

  private func number(_ s: String) throws(ReadError) -> Int64 {
    guard let n = Int64(s) else { throw error("\(s) is not a number") }
    return n
  }

  private func masks(_ s: String) -> [UInt64] { s.split(separator: ",").map { UInt64($0) ?? 0 } }

  private func readSlot(_ f: Function, _ w: [String]) throws(ReadError) {
    var s = Slot(size: 0, alignment: 8)
    for part in w.dropFirst(2) {
      if part.hasPrefix("size=") { s.size = Int(try number(String(part.dropFirst(5)))) }
      if part.hasPrefix("align=") { s.alignment = Int(try number(String(part.dropFirst(6)))) }
      if part.hasPrefix("ptrs=") { s.pointerMask = masks(String(part.dropFirst(5))) }
    }
    f.slots.append(s)
  }

  private func readTerminator(
    _ f: Function, _ b: BlockID, _ w: [String], _ block: (String) -> BlockID,
    _ value: (String) -> ValueID
  ) throws(ReadError) {
    func succs(_ from: Int) {
      for n in w.dropFirst(from) where n.hasPrefix("b") { f.blocks[b].succs.append(block(n)) }
    }
    switch w[0] {
    case "jump":
      f.blocks[b].kind = .jump
      succs(1)
    case "branch", "table":
      f.blocks[b].kind = w[0] == "branch" ? .branch : .table
      f.blocks[b].control = value(w[1])
      succs(2)
      if w.last == "likely" { f.blocks[b].likely = 1 }
      if w.last == "unlikely" { f.blocks[b].likely = -1 }
    case "ret":
      f.blocks[b].kind = .ret
      f.blocks[b].results = w.dropFirst().map { value($0) }
    case "exit": f.blocks[b].kind = .exit
    case "tailCall": f.blocks[b].kind = .tailCall
    default: throw error("unknown terminator \(w[0])")
    }
  }

  private func readValue(
    _ f: Function, _ b: BlockID, _ w: [String], _ table: inout SymbolTable,
    _ value: (String) -> ValueID
  ) throws(ReadError) {
    guard w.count >= 4, let op = opNames[w[2]], let type = typeNames[w[3]] else {
      throw error("cannot read \(w.joined(separator: " "))")
    }
    let v = value(w[0])
    var args: [ValueID] = []
    var x = f.values[v]
    x.op = op
    x.type = type
    x.block = b
    var memory = MemoryInfo(size: 0, alignment: 8, type: .none)
    var alloc = AllocInfo(kind: .object, type: .none, size: 0, alignment: 8, pointerMask: [])
    var call = CallInfo(signature: ABISignature())
    var i = 4
    while i < w.count {
      var p = w[i]
      if p.hasPrefix("[") {
        x.auxInt = try number(String(p.dropFirst().dropLast()))
      } else if p.hasPrefix("{") {
        i = readFlags(w, i, op, &x)
      } else if p.hasPrefix("@") {
        let s = symbol(p, &table)
        x.aux = s.raw
        call.symbol = s
      } else if p.hasPrefix("(") || p.hasPrefix("abi0(") {
        var s = Substring(p)
        call.signature = try readSignature(&s)
      } else if p == "noreturn" {
        call.noReturn = true
      } else if p.hasPrefix("keep=") {
        call.keepAlive.append(value(String(p.dropFirst(5))))
      } else if p.hasPrefix("size=") {
        memory.size = Int(try number(String(p.dropFirst(5))))
        alloc.size = memory.size
      } else if p.hasPrefix("align=") {
        memory.alignment = Int(try number(String(p.dropFirst(6))))
        alloc.alignment = memory.alignment
      } else if p.hasPrefix("type=") {
        p = String(p.dropFirst(5))
        memory.type = symbol(p, &table)
        alloc.type = memory.type
      } else if p.hasPrefix("ptrs=") {
        alloc.pointerMask = masks(String(p.dropFirst(5)))
      } else if p.hasPrefix("kind=") {
        if p == "kind=box" {
          alloc.kind = .box
        } else if p == "kind=closure" {
          alloc.kind = .closure
        } else if p == "kind=variable" {
          alloc.kind = .variable
        }
      } else if p.hasPrefix("offsets=") {
        x.aux = UInt32(f.storeGroups.count)
        f.storeGroups.append(p.dropFirst(8).split(separator: ",").map { Int64($0) ?? 0 })
      } else if p.hasPrefix("s"), op == .slotAddress {
        x.aux = UInt32(try number(String(p.dropFirst())))
      } else if p.hasPrefix("v") {
        args.append(value(p))
      } else {
        throw error("unexpected \(p)")
      }
      i += 1
    }
    switch op {
    case .zeroMemory, .copyMemory:
      x.aux = UInt32(f.memories.count)
      f.memories.append(memory)
    case .alloc, .allocSlice, .box:
      x.aux = UInt32(f.allocs.count)
      f.allocs.append(alloc)
    case .callStatic, .callClosure, .callInterface:
      x.aux = UInt32(f.calls.count)
      f.calls.append(call)
    default: break
    }
    f.values[v] = x
    f.setArguments(v, args)
    f.blocks[b].values.append(v)
  }

  private func readFlags(_ w: [String], _ start: Int, _ op: Op, _ x: inout Value) -> Int {
    var i = start
    while i < w.count {
      let name = w[i].filter { $0 != "{" && $0 != "}" }
      for (flag, text) in SSAText.flagNames(op) where text == name { x.flags.insert(flag) }
      if w[i].hasSuffix("}") { break }
      i += 1
    }
    return i
  }

  private func symbol(_ p: String, _ table: inout SymbolTable) -> SymbolID {
    var n = String(p.dropFirst())
    if n == "none" { return .none }
    var abi = ABI.Convention.internal
    if n.hasSuffix("<0>") {
      n = String(n.dropLast(3))
      abi = .abi0
    }
    return table.symbol(
      String(n.map { (ch: Character) -> Character in ch == "\u{B7}" ? " " : ch }), abi)
  }
}

extension String {
  fileprivate func trimmingSpaces() -> String {
    var s = Substring(self)
    while s.first == " " { s = s.dropFirst() }
    while s.last == " " { s = s.dropLast() }
    return String(s)
  }
}

extension Substring {
  /// The place just behind the first occurrence of `text`.
  fileprivate func range(ofText text: String) -> Index? {
    var i = startIndex
    while i < endIndex {
      if self[i...].hasPrefix(text) { return index(i, offsetBy: text.count) }
      i = index(after: i)
    }
    return nil
  }
}
