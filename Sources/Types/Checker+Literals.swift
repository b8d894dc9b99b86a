// Basic, function and composite literals.
import Base
import Syntax

extension Checker {
  func basicLiteral(_ x: inout Operand, _ n: NodeID, _ l: SyntaxTree.Literal) {
    let isNumber = l.kind == .int || l.kind == .float || l.kind == .imaginary
    let length = ts.names.withBytes(l.text) { $0.count }
    if isNumber {
      if env.minor < 13 { literalVersion(n, l) }
      if length > 10000 {
        let s = ts.text(l.text)
        report(n, .excessivelyLong, .text(String(s.prefix(10))), .int(length))
        return
      }
    }
    let v = ts.names.withBytes(l.text) { ConstValue.literal(l.kind, $0) }
    if v.isUnknown {
      report(n, .malformedConstant, .text(ts.text(l.text)))
      return
    }
    x.mode = .constant
    x.val = ts.constants.add(v)
    switch l.kind {
    case .int: x.type = ts.basic(.untypedInt)
    case .float: x.type = ts.basic(.untypedFloat)
    case .imaginary: x.type = ts.basic(.untypedComplex)
    case .rune: x.type = ts.basic(.untypedRune)
    case .string: x.type = ts.basic(.untypedString)
    }
    x.expr = n
    if case .big = v { overflow(&x, start(n)) }
  }

  /// Forms of literals that came with Go 1.13.
  private func literalVersion(_ n: NodeID, _ l: SyntaxTree.Literal) {
    let s = Array(ts.text(l.text).utf8)
    if s.count <= 2 { return }
    if s.contains(95) {
      reportVersion(start(n), 13, .versionUnderscore)
      return
    }
    if s[0] != 48 { return }
    switch s[1] | 32 {
    case 98: reportVersion(start(n), 13, .versionBinary)
    case 111: reportVersion(start(n), 13, .versionOctal)
    case 120: if l.kind != .int { reportVersion(start(n), 13, .versionHexFloat) }
    default: break
    }
  }

  func funcLiteral(_ x: inout Operand, _ n: NodeID) {
    let e = tree.funcLit(n)
    let t = typ(e.type)
    if ts.kind(t) != .signature { return }
    let parent = env.function
    var r = FunctionRecord(file: env.file, node: n)
    r.parent = parent
    r.type = t
    let f = ts.functions.append(r)
    if parent.isSome { ts.functions[parent].literals.append(f) }
    files.elements[env.file.index].refs[n.index] = f.raw
    // The body may use what is being declared, but must be checked before the scope changes.
    let decl = env.decl
    let iota = env.iota
    if e.body.isSome {
      later { [unowned self] () -> Void in self.funcBody(decl, f, t, e.body, iota: iota) }
    }
    x.mode = .value
    x.type = t
  }

  // MARK: Composite literals

  func compositeLiteral(_ x: inout Operand, _ n: NodeID, _ hint: TypeID) {
    let e = tree.compositeLit(n)
    var type = ts.invalid
    var isElement = false
    var openArray = false
    if e.type.isSome {
      if tree.kind(e.type) == .arrayType && tree.arrayType(e.type).length.isNone {
        type = ts.array(varType(tree.arrayType(e.type).elem), -1)
        openArray = true
      } else {
        type = typ(e.type)
      }
    } else if hint.isSome {
      type = hint
      isElement = true
    } else {
      report(n, .missingLiteralType)
    }
    var base = type
    if isElement {
      // *T stands for &T{...}
      let (b, isPointer) = ts.deref(commonUnder(base))
      if isPointer { base = b }
    }
    if !isComplete(base) {
      x.mode = .invalid
      return
    }
    let u = commonUnder(base)
    switch ts.kind(u) {
    case .struct: structLiteral(&x, e, base, u)
    case .array:
      let length = ts.arrayLength(u)
      let count = indexedElements(e.elements, ts.elem(u), length)
      if length < 0 {
        let known = ts.array(ts.elem(u), count)
        if openArray || type == u { type = known }
        if e.type.isSome { recordType(e.type, .type, known) }
      }
    case .slice: _ = indexedElements(e.elements, ts.elem(u), -1)
    case .map: mapLiteral(&x, e, u)
    default:
      for i in e.elements.indices {
        var element = tree[e.elements, i]
        if tree.kind(element) == .keyValue { element = tree.keyValue(element).value }
        use(element)
      }
      if u.isNone || ts.isValid(u) {
        report(
          n, .invalidLiteralType, .text(isElement ? " element" : ""), .type(type),
          .text(u.isNone ? " (no common underlying type)" : ""))
        x.mode = .invalid
        return
      }
    }
    x.mode = .value
    x.type = type
  }

  private func structLiteral(
    _ x: inout Operand, _ e: SyntaxTree.CompositeLit, _ base: TypeID, _ u: TypeID
  ) {
    if e.elements.isEmpty { return }
    if tree.kind(tree[e.elements, 0]) == .keyValue {
      keyedStructLiteral(&x, e, base, u)
      return
    }
    let fieldCount = ts.memberCount(u)
    for i in e.elements.indices {
      let n = tree[e.elements, i]
      if tree.kind(n) == .keyValue {
        report(n, .mixedStructLiteral)
        continue
      }
      genericExpr(&x, n, hint: .none)
      if i >= fieldCount {
        report(x, .tooManyValues, .type(base))
        break
      }
      let f = ts.objects[ts.member(u, i)]
      if !f.isExported && f.package != env.package {
        report(x, .implicitUnexported, .name(f.name), .type(base))
        continue
      }
      assignment(&x, f.type, .structLiteral)
    }
    if Int(e.elements.count) < fieldCount {
      var hint = ""
      for i in 0..<fieldCount {
        let f = ts.objects[ts.member(u, i)]
        if !f.isExported && f.package != env.package {
          hint = " (type has unexported fields - use key:value pairs)"
          break
        }
      }
      report(e.rbrace, .tooFewValues, .type(base), .text(hint))
    }
  }

  private func keyedStructLiteral(
    _ x: inout Operand, _ e: SyntaxTree.CompositeLit, _ base: TypeID, _ u: TypeID
  ) {
    var seen = FieldPaths()
    for i in e.elements.indices {
      let n = tree[e.elements, i]
      if tree.kind(n) != .keyValue {
        report(n, .mixedStructLiteral)
        continue
      }
      let kv = tree.keyValue(n)
      genericExpr(&x, kv.value, hint: .none)
      if tree.kind(kv.key) != .name {
        report(n, .invalidFieldName, .node(kv.key))
        continue
      }
      let name = tree.name(kv.key)
      let l = ts.lookupFieldOrMethod(u, addressable: false, env.package, name)
      if l.object.isNone {
        let other = ts.lookupFieldOrMethod(
          u, addressable: false, env.package, name, foldCase: true)
        report(kv.key, .verbatim, .text(lookupError(base, name, other.object, literal: true)))
        continue
      }
      let f = l.object
      if ts.objects[f].kind != .variable {
        report(kv.key, .notAField, .node(kv.key))
        continue
      }
      if l.path.count > 1 && env.minor < 27 {
        reportVersion(
          start(kv.key), 27, .versionPromotedField, .text(ts.fieldPath(u, l.path)), .type(base))
        continue
      }
      if l.indirect {
        report(kv.key, .implicitIndirection, .node(kv.key))
        continue
      }
      record(kv.key, object: f)
      if l.path.count > 1 { recordFieldPath(kv.key, u, f, l.path) }
      assignment(&x, ts.objects[f].type, .structLiteral)
      guard let (other, depth) = seen.add(l.path, f) else { continue }
      let own = Arg.name(ts.objects[f].name)
      if other == f {
        report(n, .duplicateField, own)
      } else if depth < l.path.count {
        report(n, .promotedAndEnclosing, own, .name(ts.objects[other].name))
      } else {
        report(n, .embeddedAndPromoted, own, .name(ts.objects[other].name))
      }
    }
  }

  /// The path of a promoted field used as key, found again by `FileTypes.promotedKey`.
  private func recordFieldPath(_ key: NodeID, _ u: TypeID, _ f: ObjectID, _ path: [Int]) {
    let s = Selection(
      kind: .field, indirect: false, recv: u, object: f,
      path: ts.range(path.lazy.map { UInt32($0) }, path.count))
    let file = env.file.index
    files.elements[file].promotedKeys[key] = UInt32(files.elements[file].selections.count)
    files.elements[file].selections.append(s)
  }

  /// Fields named so far by their paths: no path may be a prefix of another.
  private struct FieldPaths {
    private var paths: [([Int], ObjectID)] = []
    private var direct = BitSet(capacity: 64)
    private var isFlat = true

    /// Adds a path; the field it collides with and the length of that one's path.
    mutating func add(_ path: [Int], _ f: ObjectID) -> (ObjectID, Int)? {
      if path.count == 1 && isFlat && path[0] < 64 {
        if direct.insert(path[0]) {
          paths.append((path, f))
          return nil
        }
        return (f, 1)
      }
      isFlat = false
      for (p, o) in paths {
        let n = min(p.count, path.count)
        if p[..<n].elementsEqual(path[..<n]) { return (o, p.count) }
      }
      paths.append((path, f))
      return nil
    }
  }

  private func mapLiteral(_ x: inout Operand, _ e: SyntaxTree.CompositeLit, _ u: TypeID) {
    let key = ts.mapKey(u)
    let elem = ts.elem(u)
    let keyIsInterface = ts.isNonTypeParamInterface(key)
    var seen = DuplicateSet()
    for i in e.elements.indices {
      let n = tree[e.elements, i]
      if tree.kind(n) != .keyValue {
        report(n, .missingKey)
        continue
      }
      let kv = tree.keyValue(n)
      genericExpr(&x, kv.key, hint: key)
      assignment(&x, key, .mapLiteral)
      if !x.isValid { continue }
      if x.mode == .constant {
        let type = keyIsInterface ? x.type : TypeID.none
        if seen.add(ts.constants[x.val], x.val, type, ts).isSome {
          report(x, .duplicateKey, .const(x.val))
          continue
        }
      }
      genericExpr(&x, kv.value, hint: elem)
      assignment(&x, elem, .mapLiteral)
    }
  }

  /// Elements of an array or slice literal; returns the length they need.
  private func indexedElements(_ list: NodeList, _ type: TypeID, _ length: Int64) -> Int64 {
    var seen: Set<Int64> = []
    var keyed = false
    var index: Int64 = 0
    var most: Int64 = 0
    for i in list.indices {
      let n = tree[list, i]
      var value = n
      var valid = false
      if tree.kind(n) == .keyValue {
        // Positions without keys cannot collide: they are noted only once a key appears.
        if !keyed {
          keyed = true
          for k in 0..<index { seen.insert(k) }
        }
        let kv = tree.keyValue(n)
        let (t, v) = self.index(kv.key, max: length)
        if ts.isValid(t) {
          if v >= 0 {
            index = v
            valid = true
          } else {
            report(n, .indexNotConstant, .node(kv.key))
          }
        }
        value = kv.value
      } else if length >= 0 && index >= length {
        report(n, .elementOutOfBounds, .int(Int(index)), .int(Int(length)))
      } else {
        valid = true
      }
      if valid && keyed && !seen.insert(index).inserted {
        report(n, .duplicateIndex, .int(Int(index)))
      }
      index += 1
      if index > most { most = index }
      var x = Operand()
      genericExpr(&x, value, hint: type)
      assignment(&x, type, .arrayOrSliceLiteral)
    }
    return most
  }
}

/// Constants seen in a map literal or in the cases of a switch. Numbers of equal value are equal,
/// whatever their representation; with types, values of different types are different.
struct DuplicateSet {
  private var entries: [Key: [(type: TypeID, node: NodeID)]] = [:]

  private enum Key: Hashable {
    case bool(Bool)
    case string([UInt8])
    case int(Int64)
    case text(String)
    case double(UInt64, UInt64)
  }

  private func key(_ v: ConstValue) -> Key? {
    switch v {
    case .unknown: return nil
    case .bool(let b): return .bool(b)
    case .string(let s): return .string(s.bytes)
    case .int(let i): return .int(i)
    default:
      let i = v.toInt()
      if case .int(let j) = i { return .int(j) }
      if case .big(let b) = i { return .text(b.decimal) }
      return .double(v.real.float64.bitPattern, v.imaginary.float64.bitPattern)
    }
  }

  /// Adds a value; the node (or a marker) of an equal one seen before, or none.
  mutating func add(
    _ v: ConstValue, _ id: ConstID, _ type: TypeID, _ ts: TypeStore, node: NodeID = NodeID(1)
  ) -> NodeID {
    guard let k = key(v) else { return .none }
    if let list = entries[k] {
      for e in list where e.type.isNone || ts.identical(e.type, type) { return e.node }
    }
    entries[k, default: []].append((type, node))
    return .none
  }
}
