import ABI
import Base
import Link
import Object

private func failure(_ p: inout Program, _ entry: SymbolID) -> String {
  do {
    _ = try p.link(entry)
    return ""
  } catch let f as LinkFailure {
    return f.diagnostics.map { $0.message }.joined(separator: "\n")
  } catch {
    return "\(error)"
  }
}

func testNosplit(_ c: inout Checks) {
  // Frames of 200 bytes and a return address each: three fit below 792, four do not.
  for depth in [3, 4] {
    var p = Program()
    var s = p.caller("main.split", [], frame: 5000)
    for i in 0..<depth { s = p.caller("main.n\(i)", [s], flags: .nosplit, frame: 200) }
    let start = p.caller("main.start", [s])
    let text = failure(&p, start)
    if depth == 3 {
      c.equal(text, "", "chain that fits")
    } else {
      let want = """
        main.n3: nosplit stack over 792 byte limit
        \tmain.n3<1>
        \t    grows 208 bytes, calls main.n2<1>
        \t        grows 208 bytes, calls main.n1<1>
        \t            grows 208 bytes, calls main.n0<1>
        \t                grows 208 bytes, calls main.split<1>
        \t                    grows 16 bytes, calls runtime.morestack<0>
        \t                    56 bytes over limit
        """
      c.equal(text, want, "chain that does not fit")
    }
  }
  // Recursion without a check never ends.
  var p = Program()
  let a = p.symbol("main.a")
  let b = p.caller("main.b", [a], flags: .nosplit)
  p.caller("main.a", [b], flags: .nosplit)
  let start = p.caller("main.start", [a])
  c.expect(failure(&p, start).contains("infinite cycle"), "cycle")

  // morestack changes stacks: what it does itself does not count.
  var q = Program()
  let more = q.table.symbol("runtime.morestack", .abi0)
  var f = FunctionInfo()
  f.spDelta = [PCValue(pc: 0, value: 700)]
  q.table.define(
    more, SymbolDefinition(kind: .text, flags: [.nosplit, .asm], bytes: [0xc3], function: f))
  let n = q.caller("main.n", [more], flags: .nosplit, frame: 780)
  let s = q.caller("main.start", [n])
  c.equal(failure(&q, s), "", "morestack")

  // An indirect call goes to a function with a check: room for the return addresses of morestackN and
  // morestack.
  for (frame, fits) in [(768, true), (769, false)] {
    var r = Program()
    r.function("main.i", [0xff, 0xd0, 0xc3], flags: .nosplit) { f in
      f.callDepths = [PCValue(pc: 0, value: Int32(frame))]
    }
    let e = r.caller("main.start", [r.symbol("main.i")])
    let text = failure(&r, e)
    c.equal(text.isEmpty, fits, "indirect \(text)")
  }
}
