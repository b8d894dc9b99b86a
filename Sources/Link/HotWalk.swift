import ABI
import Object

// The linker's own part of the hot order. A list (`HotList`) knows what fmt and the runtime run; what
// only this program has is found by walking: all initialisers run once, and so does main.main. The
// constants, itabs, descriptors and small variables that hot functions name are hot too.

struct HotWalk {
  private let table: SymbolTable
  private let liveness: Liveness
  private var seen: [Bool]
  private(set) var order: [SymbolID] = []

  /// Larger constants are tables, of which a start-up reads little.
  private static let constantLimit = 128
  /// The same for variables.
  private static let variableLimit = 40

  init(_ table: SymbolTable, _ liveness: Liveness, list: [SymbolID]) {
    self.table = table
    self.liveness = liveness
    seen = Array(repeating: false, count: table.count)
    for s in list { add(s) }
    // Without a list nothing is known of what surrounds the initialisers.
    if list.isEmpty { return }
    for name in ["go:runtime.inits", "go:main.inits"] {
      guard let all = table.find(name) else { continue }
      add(all)
      for package in callees(all) {
        add(package)
        for initialiser in callees(package) { add(initialiser) }
      }
    }
    if let main = table.find("main.main") { add(main) }
    for s in order where table.kind(of: s) == .text { addData(of: s) }
    for s in order where [.data, .rodata].contains(table.kind(of: s)) { addConstants(of: s) }
    // Pointer masks, which allocation reads.
    for s in order where table.kind(of: s) == .typedata { addData(of: s) }
  }

  private mutating func add(_ s: SymbolID) {
    if seen[s.index] || !liveness.contains(s) { return }
    seen[s.index] = true
    order.append(s)
  }

  private func callees(_ s: SymbolID) -> [SymbolID] {
    table.relocs(of: s).filter { $0.kind == .call32 || $0.kind == .weakCall32 }.map(\.target)
  }

  /// What a small variable or constant begins with: strings to print, functions as sync.Pool's New.
  private mutating func addConstants(of s: SymbolID) {
    if table.size(of: s) > HotWalk.variableLimit { return }
    for r in table.relocs(of: s) where table.kind(of: r.target) == .rodata {
      if table.size(of: r.target) <= HotWalk.constantLimit { add(r.target) }
    }
  }

  private mutating func addData(of s: SymbolID) {
    let isType = table.kind(of: s) == .typedata
    for r in table.relocs(of: s) {
      switch table.kind(of: r.target) {
      case .rodata: if table.size(of: r.target) <= HotWalk.constantLimit { add(r.target) }
      case .itab: if !isType { add(r.target) }
      case .typedata: if !isType && r.kind != .usedInInterface { add(r.target) }
      case .data, .noptrdata, .bss, .noptrbss:
        if table.size(of: r.target) <= HotWalk.variableLimit { add(r.target) }
      default: break
      }
    }
  }
}
