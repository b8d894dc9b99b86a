import Base
import Object

// What `-apus:dump=link/...` prints: stable text, in order of address.

extension LinkedProgram {
  /// `link/map`: each section, then each of its symbols with address, size and name; then bytes by
  /// package.
  public func mapText(_ table: SymbolTable) -> String {
    var w = ByteWriter(reserving: 1 << 16)
    for k in SectionKind.allCases where layout.section(k).size > 0 {
      let s = layout.section(k)
      writeRow(&w, s.address, s.size)
      w.append(k.name)
      w.u8(10)
      for symbol in s.symbols {
        w.append("  ")
        writeRow(&w, layout.address(symbol), table.size(of: symbol))
        table.names.withBytes(table.symbolNames[symbol]) { w.append($0) }
        if k == .text && table.conventions[symbol] == .abi0 { w.append("<0>") }
        w.u8(10)
      }
    }
    w.append("\nbytes by package: text, read-only, writable\n")
    for p in packageSizes(table) {
      for v in p.sizes {
        w.decimal(v)
        w.u8(9)
      }
      w.append(p.package)
      w.u8(10)
    }
    return String(decoding: w.bytes, as: UTF8.self)
  }

  /// `link/why=NAME`: the chain of references from a root that keeps the symbol, the symbol first;
  /// one block for each convention that has it.
  public func whyText(_ table: SymbolTable, _ name: String) -> String {
    var text = ""
    for s in table.symbolNames.ids where table.name(s) == name {
      let chain = liveness.chain(s)
      if chain.isEmpty { continue }
      for (i, c) in chain.enumerated() {
        let convention = table.kind(of: c) == .text ? "<\(table.conventions[c].rawValue)>" : ""
        text += (i == 0 ? "" : "  from ") + table.name(c) + convention + "\n"
      }
    }
    return text.isEmpty ? "\(name) is not in the program\n" : text
  }

  private func writeRow(_ w: inout ByteWriter, _ address: Int, _ size: Int) {
    let hex = Array("0123456789abcdef".utf8)
    for shift in stride(from: 28, through: 0, by: -4) { w.u8(hex[address >> shift & 15]) }
    w.u8(0x20)
    let digits = String(size)
    for _ in 0..<max(0, 8 - digits.utf8.count) { w.u8(0x20) }
    w.append(digits)
    w.u8(0x20)
  }

  /// Bytes of each package, largest first; a name's package ends at the first dot after the last
  /// slash that is not part of type arguments.
  private func packageSizes(_ table: SymbolTable) -> [(package: String, sizes: [Int])] {
    var index: [String: Int] = [:]
    var rows: [(package: String, sizes: [Int])] = []
    for k in SectionKind.allCases {
      let column = k == .text ? 0 : k.isWritable ? 2 : 1
      for s in layout.section(k).symbols {
        let p = packageName(table.name(s))
        if index[p] == nil {
          index[p] = rows.count
          rows.append((package: p, sizes: [0, 0, 0]))
        }
        rows[index[p]!].sizes[column] += table.size(of: s)
      }
    }
    func total(_ r: (package: String, sizes: [Int])) -> Int { r.sizes[0] + r.sizes[1] + r.sizes[2] }
    rows.sort { a, b -> Bool in
      total(a) != total(b) ? total(a) > total(b) : a.package < b.package
    }
    return rows
  }
}

/// A name's package as the map shows it: escapes stay, what packages share goes by its prefix.
private func packageName(_ name: String) -> String {
  for prefix in ["type:", "go:"] where name.utf8.starts(with: prefix.utf8) { return prefix }
  return packagePath(name) ?? name
}
