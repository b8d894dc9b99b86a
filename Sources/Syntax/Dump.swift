import Base

/// The tokens of a file, one a line: `line:column token text`. For `-apus:dump=tokens`.
public func dumpTokens(bytes: [UInt8]) -> String {
  var s = Scanner(bytes: bytes, names: Interner.seeded())
  var out = ByteWriter()
  var line = 0
  repeat {
    s.next()
    while line < s.lineStarts.count && Int(s.lineStarts[line]) <= s.start { line += 1 }
    out.decimal(line)
    out.append(":")
    out.decimal(s.start - Int(s.lineStarts[line - 1]) + 1)
    out.append(" ")
    out.append(s.tok.text)
    switch s.tok {
    case .name, .literal:
      out.append(" ")
      out.append(s.names.bytes(s.text))
    case .op, .assignOp, .incOp:
      out.append(" ")
      out.append(s.op.text)
    case .semi:
      out.append(" ")
      out.append(s.semi.rawValue)
    default: break
    }
    out.append("\n")
  } while s.tok != .eof
  for e in s.errors { out.append("error at offset \(e.offset): \(e.message)\n") }
  return String(decoding: out.bytes, as: UTF8.self)
}

extension SyntaxTree {
  /// Calls `body` with each child of `n`, in source order as far as the record has it; absent
  /// ones are left out. A type shared by several fields is visited with each.
  public func forEachChild(_ n: NodeID, _ body: (NodeID) -> Void) {
    let r = self[n]
    func one(_ x: Int32) { if x != 0 { body(NodeID(x)) } }
    func all(_ l: NodeList) { for x in each(l) where x.isSome { body(x) } }
    func some(_ at: Int32, _ range: Range<Int>) { for k in range { one(extra[Int(at) + k]) } }
    switch r.kind {
    case .absent, .bad, .name, .literal, .empty: break
    case .keyValue, .funcLit, .paren, .selector, .index, .assert, .typeSwitchGuard, .unary,
      .binary, .arrayType, .sliceType, .dotsType, .mapType, .chanType, .field, .labeled,
      .exprStmt, .send, .assign, .callStmt, .returnStmt, .rangeClause:
      one(r.a)
      one(r.b)
    case .branch: one(r.a)  // b leads back to an enclosing statement.
    case .compositeLit:
      one(r.a)
      all(extraList(r.b, 2))
    case .slice:
      one(r.a)
      some(r.b, 0..<3)
    case .call:
      one(r.a)
      all(extraList(r.b, 1))
    case .list, .declStmt: all(extraList(r.a, 0))
    case .structType:
      let t = structType(n)
      all(t.fields)
      all(t.tags)
    case .interfaceType, .block, .selectStmt: all(extraList(r.a, 1))
    case .funcType:
      let t = funcType(n)
      all(t.params)
      all(t.results)
    case .ifStmt, .forStmt: some(r.a, 0..<4)
    case .switchStmt:
      some(r.a, 0..<2)
      all(extraList(r.a, 3))
    case .caseClause, .commClause:
      one(r.a)
      all(extraList(r.b, 1))
    case .importDecl: some(r.a, 2..<4)
    case .constDecl, .varDecl:
      all(extraList(r.a, 4))
      some(r.a, 2..<4)
    case .typeDecl:
      some(r.a, 2..<3)
      all(extraList(r.a, 4))
      some(r.a, 3..<4)
    case .funcDecl:
      some(r.a, 1..<3)
      all(extraList(r.a, 5))
      some(r.a, 3..<5)
    }
  }

  /// The tree as text, a node a line, indented: `kind line:column detail`. For
  /// `-apus:dump=syntax` and golden tests.
  public func dump(_ names: Interner) -> String {
    var out = ByteWriter()
    out.append("package ")
    if packageName.isSome { names.withBytes(name(packageName)) { out.append($0) } }
    out.append("\n")
    for d in each(decls) { dump(d, 1, names, &out) }
    return String(decoding: out.bytes, as: UTF8.self)
  }

  private func dump(_ n: NodeID, _ indent: Int, _ names: Interner, _ out: inout ByteWriter) {
    let r = self[n]
    for _ in 0..<min(indent, 200) { out.append("  ") }
    out.append("\(r.kind) ")
    let offset = r.pos.offset &- startOfFile.offset
    var lo = 0
    var hi = lineStarts.count - 1
    while lo < hi {
      let mid = (lo + hi + 1) / 2
      if lineStarts[mid] <= offset { lo = mid } else { hi = mid - 1 }
    }
    out.decimal(lo + 1)
    out.append(":")
    out.decimal(Int(offset) - Int(lineStarts[lo]) + 1)
    switch r.kind {
    case .name, .literal:
      out.append(" ")
      names.withBytes(NameID(raw: UInt32(r.a))) { out.append($0) }
    case .unary, .binary, .assign:
      out.append(" ")
      out.append(op(n).text)
    case .chanType: out.append(" \(chanType(n).dir)")
    case .branch: out.append(" \(branch(n).kind)")
    case .callStmt: out.append(" \(callStmt(n).kind)")
    case .call: if r.aux != 0 { out.append(" ...") }
    case .typeDecl: if r.aux != 0 { out.append(" alias") }
    case .rangeClause: if r.aux != 0 { out.append(" :=") }
    default: break
    }
    out.append("\n")
    forEachChild(n) { dump($0, indent + 1, names, &out) }
  }
}
