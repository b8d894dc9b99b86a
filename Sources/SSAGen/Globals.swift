import ABI
import Base
import Object
import SSA
import Syntax
import Types

// Storage of package-level variables.

extension ProgramBuilder {
  /// Defines the variables that have come into use; whether there were any.
  func defineGlobals() -> Bool {
    let first = globalHead
    while globalHead < usedGlobals.count {
      let o = usedGlobals[globalHead]
      globalHead += 1
      define(o)
    }
    return globalHead != first
  }

  private func define(_ o: ObjectID) {
    let owner = definingVariable(o)
    if owner != o {
      _ = globalSymbol(owner)
      return
    }
    let s = globalSymbols[o.index]
    if ts.objects[o].type.isNone { checker.declare(o) }
    let t = ts.canonical(ts.objects[o].type)
    let k = initializerIndex(o)
    if k >= 0 { realize(k) }
    if !symbols.isDefined(s) {
      symbols.define(s, embeddedDefinition(o, t) ?? definition(nil, t))
    }
    if k >= 0 && !packageInits[k].hasEffects && packageInits[k].instance >= 0 {
      // The package's init calls the initialiser weakly; its variables keep it.
      let code = instances[packageInits[k].instance].symbol
      symbols.definitions[s]?.relocs.append(Reloc(offset: 0, kind: .keep, target: code))
    }
  }

  /// The variable that gives the link symbol of `o` its contents. Of several objects under one link name it is the one
  /// with an initialiser, else the one whose own name it is.
  private func definingVariable(_ o: ObjectID) -> ObjectID {
    let name = symbols.symbolNames[globalSymbols[o.index]]
    let text = symbols.names.string(name)
    if let n = ts.names.find(text), let v = variableProviders[n] { return v }
    let r = ts.objects[o]
    if o.index >= linkNames.count || linkNames[o.index].isNone { return o }
    if hasInitializer(o) { return o }
    guard let dot = text.lastIndex(of: "."),
      let other = packageObject(String(text[..<dot]), String(text[text.index(after: dot)...])),
      other != o, ts.objects[other].kind == .variable, r.kind == .variable
    else { return o }
    return other
  }

  func hasInitializer(_ o: ObjectID) -> Bool {
    ts.declarations[DeclID(raw: ts.objects[o].decl)].initExpr.isSome
  }

  /// A definition for a variable of type `t`; without an image, or with one of zeroes, in bss.
  func definition(_ image: StaticImage?, _ t: TypeID) -> SymbolDefinition {
    let l = layouts.of(t)
    var bytes = image?.bytes ?? []
    let relocs = image?.relocs ?? []
    if relocs.isEmpty {
      // Trailing zeroes need no room in the file; all zeroes need none at all.
      let used = (bytes.lastIndex { $0 != 0 } ?? -1) + 1
      if used == 0 { bytes = [] }
    }
    let kind: SymbolKind
    if bytes.isEmpty && relocs.isEmpty {
      kind = l.hasPointers ? .bss : .noptrbss
    } else {
      kind = l.hasPointers ? .data : .noptrdata
    }
    var d = SymbolDefinition(
      kind: kind, alignment: UInt32(max(1, l.align)), size: l.size, bytes: bytes, relocs: relocs)
    d.pointerMask = layouts.pointerMask(t)
    return d
  }
}
