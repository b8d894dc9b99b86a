import Base
import Object
import Syntax
import Types

/// One file that a `//go:embed` directive names.
public struct EmbeddedContents: Sendable {
  /// Slash-separated, relative to the package's directory.
  public var name: String
  public var bytes: [UInt8]
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Why the files of a directive cannot be embedded, in the go command's words.
public struct EmbedFailure: Error, Sendable {
  public var message: String
  public init(_ message: String) { self.message = message }
}

// Variables with `//go:embed` directives (package embed; layout of embed.FS: section 6.1 of the
// surface reference).

extension ProgramBuilder {
  /// The contents of a variable with a `//go:embed` directive; nil for all others.
  func embeddedDefinition(_ o: ObjectID, _ t: TypeID) -> SymbolDefinition? {
    let r = ts.declarations[DeclID(raw: ts.objects[o].decl)]
    if r.node.isNone { return nil }
    let tree = checker.syntax(r.file)
    if tree.kind(r.node) != .varDecl { return nil }
    let pragma = tree.valueDecl(r.node).pragma
    if pragma.isNone { return nil }
    var files: [EmbeddedContents] = []
    var isEmbed = false
    for d in tree.directives(of: pragma) where d.isEmbed {
      isEmbed = true
      do {
        for f in try options.embeddedFiles(r.package, d.text)
        where !files.contains(where: { $0.name == f.name }) {
          files.append(f)
        }
      } catch {
        problems.report(d.pos, (error as? EmbedFailure)?.message ?? "cannot read embedded files")
        return nil
      }
    }
    if !isEmbed { return nil }
    var image = StaticImage(size: layouts.of(t).size)
    let u = ts.under(t)
    switch ts.kind(u) {
    case .basic, .slice:
      // A string or bytes: exactly one file.
      guard let f = files.first, files.count == 1 else { return nil }
      if !f.bytes.isEmpty {
        let isString = ts.kind(u) == .basic
        image.address(isString ? stringSymbol(f.bytes) : writableBytes(f.bytes), at: 0)
      }
      image.write(UInt64(f.bytes.count), at: 8, size: 8)
      if image.bytes.count > 16 { image.write(UInt64(f.bytes.count), at: 16, size: 8) }
    default:
      image.address(fileTable(files), at: 0)
    }
    return definition(image, t)
  }

  private func writableBytes(_ b: [UInt8]) -> SymbolID {
    let s = symbols.anonymous("go:embed")
    symbols.define(s, SymbolDefinition(kind: .noptrdata, alignment: 1, bytes: b))
    return s
  }

  /// The slice that `embed.FS.files` points to, its elements behind it: files, and the directories
  /// above them, sorted by directory and name.
  private func fileTable(_ files: [EmbeddedContents]) -> SymbolID {
    var entries: [(name: String, bytes: [UInt8], isDirectory: Bool)] = []
    var seen = Set<String>()
    for f in files {
      entries.append((f.name, f.bytes, false))
      var name = f.name[...]
      while let slash = name.lastIndex(of: "/") {
        name = name[..<slash]
        if !seen.insert(String(name)).inserted { break }
        entries.append((String(name) + "/", [], true))
      }
    }
    entries.sort { embedPrecedes($0.name, $1.name) }
    let s = symbols.anonymous("go:embed.files")
    var w = DataWriter()
    if entries.isEmpty { w.address(.none) } else { w.address(s, 24) }
    w.out.u64(UInt64(entries.count))
    w.out.u64(UInt64(entries.count))
    for e in entries {
      let name = Array(e.name.utf8)
      w.address(stringSymbol(name))
      w.out.u64(UInt64(name.count))
      w.address(e.bytes.isEmpty ? .none : stringSymbol(e.bytes))
      w.out.u64(UInt64(e.bytes.count))
      if e.isDirectory { w.out.zeros(16) } else { w.out.append(Array(sha256(e.bytes).prefix(16))) }
    }
    symbols.define(s, w.definition(.rodata, flags: []))
    return s
  }

  /// Order of embed.FS: by the directory, then by the last element; "a/" counts as "a".
  private func embedPrecedes(_ a: String, _ b: String) -> Bool {
    func split(_ s: String) -> (dir: [UInt8], elem: [UInt8]) {
      var u = Array(s.utf8)
      if u.last == UInt8(ascii: "/") { u.removeLast() }
      guard let slash = u.lastIndex(of: UInt8(ascii: "/")) else { return (Array(".".utf8), u) }
      return (Array(u[..<slash]), Array(u[(slash + 1)...]))
    }
    let x = split(a)
    let y = split(b)
    if x.dir != y.dir { return x.dir.lexicographicallyPrecedes(y.dir) }
    return x.elem.lexicographicallyPrecedes(y.elem)
  }
}

/// SHA-256 (FIPS 180-4).
func sha256(_ message: [UInt8]) -> [UInt8] {
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
