import Base
import Object
import Types

/// Link names of functions and variables (section 6.4 of the surface reference).
extension ProgramBuilder {
  /// An import path as it stands in symbol names: dots after the last slash, and bytes that do not
  /// print, escaped.
  func escapedPath(_ p: PackageID) -> String {
    if p.index < escapedPaths.count && !escapedPaths[p.index].isEmpty {
      return escapedPaths[p.index]
    }
    while escapedPaths.count <= p.index { escapedPaths.append("") }
    escapedPaths[p.index] = escape(p)
    return escapedPaths[p.index]
  }

  private func escape(_ p: PackageID) -> String {
    let path = ts.names.string(ts.packages[p].path)
    var out = ""
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    for (i, c) in zip(path.utf8.indices, path.utf8) {
      let isLate = slash.map { i > $0 } ?? true
      let bad = c <= 0x20 || c == 0x22 || c == 0x25 || c >= 0x7f || c == 0x2e && isLate
      if bad {
        out += "%" + (c < 16 ? "0" : "") + String(c, radix: 16)
      } else {
        out.unicodeScalars.append(UnicodeScalar(c))
      }
    }
    return out
  }

  /// The link name of a function, method or instance.
  func functionLinkName(_ o: ObjectID, _ args: [TypeID]) -> String {
    if o.index < linkNames.count && linkNames[o.index].isSome && args.isEmpty {
      return ts.names.string(linkNames[o.index])
    }
    let r = ts.objects[o]
    let package = r.package.isSome ? escapedPath(r.package) + "." : ""
    let t = ts.unalias(ts.methodType(o))
    let sig = ts.signature(t)
    if sig.recv.isNone {
      return package + ts.text(r.name) + argumentList(args)
    }
    var recv = ts.unalias(ts.objects[sig.recv].type)
    let isPointer = ts.kind(recv) == .pointer
    if isPointer { recv = ts.unalias(ts.elem(recv)) }
    if ts.kind(recv) != .named {
      return receiverName(recv, isPointer: isPointer) + "." + ts.text(r.name)
    }
    let typeName = ts.text(ts.objects[ts.namedInfo(recv).object].name)
    let n = ts.namedInfo(ts.namedInfo(recv).origin).params.n
    let local = descriptors.localNumber(recv)
    var base = typeName
    if local > 0 { base += "·\(local)" }
    let own = args.count > n ? argumentList(Array(args[n...])) : ""
    base += argumentList(Array(args.prefix(n)))
    return package + (isPointer ? "(*\(base))" : base) + "." + ts.text(r.name) + own
  }

  private func argumentList(_ args: [TypeID]) -> String {
    if args.isEmpty { return "" }
    return "[" + args.map { descriptors.linkString($0) }.joined(separator: ",") + "]"
  }

  /// Receiver part of a wrapper's name for a type that need not have a name.
  func receiverName(_ t: TypeID, isPointer: Bool) -> String {
    let s = descriptors.linkString(t)
    return isPointer ? "(*\(s))" : s
  }

  /// A function of the runtime by its full name, with its body asked for.
  func runtimeFunctionSymbol(_ name: String) -> SymbolID {
    guard let dot = name.lastIndex(of: "."),
      let o = packageObject(String(name[..<dot]), String(name[name.index(after: dot)...]))
    else { return symbols.symbol(name) }
    return use(functionInstance(o, []))
  }

  /// A variable of package runtime.
  func runtimeVariableSymbol(_ name: String) -> SymbolID {
    guard let o = packageObject("runtime", name) else { return symbols.symbol("runtime." + name) }
    return globalSymbol(o)
  }

  /// A package-level object by import path and name.
  func packageObject(_ path: String, _ name: String) -> ObjectID? {
    guard let p = package(path), let n = ts.names.find(name) else { return nil }
    let o = ts.lookup(ts.packages[p].scope, n)
    return o.isSome ? o : nil
  }

  /// A package of the program by import path.
  func package(_ path: String) -> PackageID? {
    guard let n = ts.names.find(path) else { return nil }
    return packagesByPath[n]
  }

  func indexPackages() -> [NameID: PackageID] {
    var out: [NameID: PackageID] = [:]
    for p in ts.packages.ids where !ts.packages[p].isFake { out[ts.packages[p].path] = p }
    return out
  }

  /// The symbol of a package-level variable; its storage is defined when static data is laid out.
  func globalSymbol(_ o: ObjectID) -> SymbolID {
    if globalSymbols.count <= o.index {
      globalSymbols.append(
        contentsOf: repeatElement(SymbolID.none, count: ts.objects.count - globalSymbols.count))
    }
    if globalSymbols[o.index].isSome { return globalSymbols[o.index] }
    let r = ts.objects[o]
    let name: String
    if o.index < linkNames.count && linkNames[o.index].isSome {
      name = ts.names.string(linkNames[o.index])
    } else {
      name = escapedPath(r.package) + "." + ts.text(r.name)
    }
    let s = symbols.symbol(name)
    globalSymbols[o.index] = s
    usedGlobals.append(o)
    return s
  }
}
