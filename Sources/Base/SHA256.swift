/// SHA-256 (FIPS 180-4).
public func sha256(_ message: [UInt8]) -> [UInt8] {
  let k = sha256Constants()
  var h: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  var data = message
  data.append(0x80)
  while data.count % 64 != 56 { data.append(0) }
  let bits = UInt64(message.count) * 8
  for i in 0..<8 { data.append(UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * i))) }
  var w = [UInt32](repeating: 0, count: 64)
  func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
  var at = 0
  while at < data.count {
    for i in 0..<16 {
      var v: UInt32 = 0
      for j in 0..<4 { v = v << 8 | UInt32(data[at + 4 * i + j]) }
      w[i] = v
    }
    for i in 16..<64 {
      let a = w[i - 15]
      let b = w[i - 2]
      let s0 = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3
      let s1 = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10
      w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
    }
    var v = h
    for i in 0..<64 {
      let s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
      let choice = v[4] & v[5] ^ ~v[4] & v[6]
      let t1 = v[7] &+ s1 &+ choice &+ k[i] &+ w[i]
      let s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
      let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
      let t2 = s0 &+ majority
      v[7] = v[6]
      v[6] = v[5]
      v[5] = v[4]
      v[4] = v[3] &+ t1
      v[3] = v[2]
      v[2] = v[1]
      v[1] = v[0]
      v[0] = t1 &+ t2
    }
    for i in 0..<8 { h[i] = h[i] &+ v[i] }
    at += 64
  }
  var out: [UInt8] = []
  for x in h { for j in 0..<4 { out.append(UInt8(truncatingIfNeeded: x >> UInt32(24 - 8 * j))) } }
  return out
}

/// First 32 bits of the fractional parts of the cube roots of the first 64 primes.
private func sha256Constants() -> [UInt32] {
  var out: [UInt32] = []
  var n: UInt64 = 2
  while out.count < 64 {
    var isPrime = true
    var d: UInt64 = 2
    while d * d <= n {
      if n % d == 0 { isPrime = false }
      d += 1
    }
    if isPrime { out.append(cubeRootFraction(n)) }
    n += 1
  }
  return out
}

/// floor(cbrt(n) * 2^32) mod 2^32: the largest r with r^3 <= n * 2^96, by bisection.
private func cubeRootFraction(_ n: UInt64) -> UInt32 {
  var low: UInt64 = 0
  var high: UInt64 = 8 << 32
  while high - low > 1 {
    let mid = (low + high) / 2
    if cubeIsAtMost(mid, n) { low = mid } else { high = mid }
  }
  return UInt32(truncatingIfNeeded: low)
}

/// r^3 <= n * 2^96, for r below 2^35.
private func cubeIsAtMost(_ r: UInt64, _ n: UInt64) -> Bool {
  // 128-bit square times r, in three 64-bit words.
  let square = r.multipliedFullWidth(by: r)
  let low = square.low.multipliedFullWidth(by: r)
  let high = square.high.multipliedFullWidth(by: r)
  let (middle, carry) = low.high.addingReportingOverflow(high.low)
  let top = high.high + (carry ? 1 : 0)
  // n * 2^96: word 1 is n << 32, word 2 the rest.
  let limitMiddle = n << 32
  let limitTop = n >> 32
  if top != limitTop { return top < limitTop }
  if middle != limitMiddle { return middle < limitMiddle }
  return low.low == 0
}
