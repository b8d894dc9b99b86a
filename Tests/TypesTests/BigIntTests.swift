import Types

// Arithmetic on big integers: laws that hold for any operands, on numbers made of the words that
// break division (0, 1, all ones, only the top bit), and a few known values.

private struct Random {
  var state: UInt64 = 0x1234_5678_9abc_def1
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func number(words: Int) -> BigUInt {
    var r: BigUInt = 0
    for _ in 0..<words {
      let kind = next() % 6
      let word: UInt64
      switch kind {
      case 0: word = 0
      case 1: word = 1
      case 2: word = .max
      case 3: word = 1 << 63
      case 4: word = .max - 1
      default: word = next()
      }
      r = (r << 64) + BigUInt(word)
    }
    return r
  }
}

func testBigInt(_ c: inout Checks) {
  var random = Random()
  for _ in 0..<20_000 {
    let a = random.number(words: Int(random.next() % 8))
    let b = random.number(words: Int(random.next() % 5))
    let s = Int(random.next() % 200)
    if !b.isZero {
      let (q, r) = a.divided(by: b)
      if q * b + r != a || !(r < b) {
        c.equal("\(a.decimal) / \(b.decimal)", "", "division")
      }
    }
    if (a + b) - b != a { c.equal(a.decimal, b.decimal, "subtraction") }
    if (a << s) >> s != a { c.equal(a.decimal, "\(s)", "shift") }
    if a << s != a * BigUInt(2).power(s) { c.equal(a.decimal, "\(s)", "shift as product") }
    if (a & b) + (a | b) != a + b { c.equal(a.decimal, b.decimal, "and, or") }
    var read: BigUInt = 0
    for d in a.decimal.utf8 { read.multiplyAdd(10, UInt(d) - 48) }
    if read != a { c.equal(read.decimal, a.decimal, "decimal") }
  }
  c.equal(BigUInt(10).power(30).decimal, "1" + String(repeating: "0", count: 30), "10^30")
  c.equal((BigInt(-7) >> 1).decimal, "-4", "arithmetic shift")
  c.equal((BigInt(-7) / 2).decimal, "-3", "truncated division")
  c.equal((BigInt(-7) % 2).decimal, "-1", "remainder")
  c.equal(BigInt(Int64.min).int64, Int64.min, "smallest Int64")
  c.equal((-BigInt(Int64.min)).int64, nil, "out of range")
}
