import Base
import Object
import SSA
import Syntax
import Types

/// Contents of memory laid out at build time.
struct StaticImage {
  var bytes: [UInt8]
  var relocs: [Reloc] = []

  init(size: Int) { bytes = Array(repeating: 0, count: size) }

  mutating func write(_ v: UInt64, at: Int, size: Int) {
    for i in 0..<size { bytes[at + i] = UInt8(truncatingIfNeeded: v >> UInt64(8 * i)) }
  }

  mutating func address(_ s: SymbolID, _ addend: Int64 = 0, at: Int) {
    relocs.append(Reloc(offset: UInt32(at), kind: .abs64, target: s, addend: addend))
  }
}

/// Lays out values that are known when compiling.
///
/// With `isDry`, nothing is made and the answer only says whether it could be. With `isGlobal`, the
/// value belongs to a package-level variable, so that memory behind pointers may be static too;
/// else it is copied each time, and only immutable things may hang off it.
struct StaticEncoder {
  /// The source that nodes belong to: the literal's, or that of a function called in it.
  var fb: FunctionBuilder
  var isDry: Bool
  var isGlobal: Bool
  var image: StaticImage
  /// Arguments of the call whose result is being laid out.
  var arguments: [StaticArgument] = []
  var callDepth = 0

  var pb: ProgramBuilder { fb.pb }
  var ts: TypeStore { fb.ts }
  var tree: SyntaxTree { fb.tree }

  init(_ fb: FunctionBuilder, size: Int, isGlobal: Bool, isDry: Bool) {
    self.fb = fb
    self.isGlobal = isGlobal
    self.isDry = isDry
    image = StaticImage(size: isDry ? 0 : size)
  }

  /// An encoder for another piece of memory, in the same circumstances.
  private func nested(size: Int) -> StaticEncoder {
    var e = StaticEncoder(fb, size: size, isGlobal: isGlobal, isDry: isDry)
    e.arguments = arguments
    e.callDepth = callDepth
    return e
  }

  /// Writes expression `node`, converted to `t`, at byte `at`. False if its value is not known.
  mutating func encode(_ node: NodeID, to t: TypeID, at: Int) -> Bool {
    let n = tree.unparen(node)
    if fb.info.mode(n) == .nilValue { return true }
    let c = fb.info.constants[n.index]
    if c.isSome { return constant(c, fb.isInterface(t) ? fb.defaultType(n) : t, to: t, at: at) }
    let from = fb.type(n)
    if fb.isInterface(t) && !fb.isInterface(from) { return interface(n, from, t, at: at) }
    if fb.isInterface(t) != fb.isInterface(from) { return false }
    if fb.isInterface(t) && !pb.sameMethods(from, t) { return false }
    switch tree.kind(n) {
    case .compositeLit: return composite(n, from, at: at)
    case .funcLit:
      let id = fb.info.function(n)
      if !pb.captures(id).isEmpty { return false }
      if !isDry {
        fb.closureCount += 1
        let i = pb.literalInstance(id, fb)
        image.address(pb.funcValueSymbol(pb.use(i)), at: at)
      }
      return true
    case .name where argument(n) != nil: return encodeArgument(argument(n)!, to: t, at: at)
    case .name, .selector, .index:
      guard fb.kind(from) == .signature, let (o, targs) = fb.staticFunction(n) else { return false }
      if !isDry {
        image.address(pb.funcValueSymbol(pb.use(pb.functionInstance(o, targs))), at: at)
      }
      return true
    case .unary where tree.op(n) == .and: return isGlobal && addressOf(tree.unary(n).x, at: at)
    case .call:
      if fb.info.mode(tree.unparen(tree.call(n).fun)) == .type {
        return conversion(n, from, at: at)
      }
      return newObject(n, from, at: at) || typeValue(n, to: fb.isInterface(t) ? t : from, at: at)
        || inlinedCall(n, at: at)
    default: return false
    }
  }

  private mutating func constant(_ c: ConstID, _ from: TypeID, to t: TypeID, at: Int) -> Bool {
    let v = ts.constants[c]
    if fb.isInterface(t) {
      if isDry { return true }
      var box = nested(size: fb.size(from))
      if !box.constant(c, from, to: from, at: 0) { return false }
      writeInterface(box.image, from, t, at: at)
      return true
    }
    if isDry { return true }
    let k = fb.basic(t)
    switch v {
    case .bool(let b): image.bytes[at] = b ? 1 : 0
    case .string(let s):
      if s.count > 0 { image.address(pb.stringSymbol(s.bytes), at: at) }
      image.write(UInt64(s.count), at: at + 8, size: 8)
    default:
      switch k {
      case .float32: image.write(UInt64(pb.constants.float32(v).bitPattern), at: at, size: 4)
      case .float64: image.write(pb.constants.float64(v).bitPattern, at: at, size: 8)
      case .complex64:
        let (re, im) = pb.constants.parts(v)
        image.write(UInt64(pb.constants.float32(re).bitPattern), at: at, size: 4)
        image.write(UInt64(pb.constants.float32(im).bitPattern), at: at + 4, size: 4)
      case .complex128:
        let (re, im) = pb.constants.parts(v)
        image.write(pb.constants.float64(re).bitPattern, at: at, size: 8)
        image.write(pb.constants.float64(im).bitPattern, at: at + 8, size: 8)
      default:
        guard let i = pb.constants.int64(v) else { return false }
        image.write(UInt64(bitPattern: i), at: at, size: fb.size(t))
      }
    }
    return true
  }

  // MARK: Interfaces

  private mutating func interface(_ n: NodeID, _ from: TypeID, _ t: TypeID, at: Int) -> Bool {
    let l = fb.layout(from)
    // A box is shared by all copies of the interface and never written.
    var box = nested(size: l.size)
    if !box.encode(n, to: from, at: 0) { return false }
    if !isDry { writeInterface(box.image, from, t, at: at) }
    return true
  }

  private mutating func writeInterface(_ box: StaticImage, _ from: TypeID, _ t: TypeID, at: Int) {
    let descriptor = pb.typeSymbol(from, usedInInterface: true)
    let word = fb.isEmptyInterface(t) ? descriptor : pb.itabSymbol(iface: t, concrete: from)
    image.address(word, at: at)
    image.relocs.append(Reloc(offset: UInt32(at), kind: .usedInInterface, target: descriptor))
    let l = fb.layout(from)
    if l.isDirectInterface {
      for r in box.relocs { image.address(r.target, r.addend, at: at + 8) }
    } else if l.size == 0 {
      image.address(pb.zeroBase, at: at + 8)
    } else {
      image.address(
        pb.readOnly(
          box, align: Int(l.align), mayPointToData: isGlobal, mask: pb.layouts.pointerMask(from)),
        at: at + 8)
    }
  }

  // MARK: Composite literals

  mutating func composite(_ n: NodeID, _ t: TypeID, at: Int) -> Bool {
    let lit = tree.compositeLit(n)
    switch fb.kind(t) {
    case .struct:
      for (i, e) in tree.each(lit.elements).enumerated() {
        guard let (x, ft, offset) = fieldElement(i, e, t) else { return false }
        if tree.kind(e) != .keyValue && ts.objects[ts.member(ts.under(t), i)].name == blankName {
          if fb.info.constants[x.index].isNone { return false }
          continue
        }
        if !encode(x, to: ft, at: at + offset) { return false }
      }
      return true
    case .array: return elements(lit, fb.elem(t), at: at)
    case .slice:
      let count = fb.literalLength(lit)
      if !isGlobal { return count == 0 && lit.elements.isEmpty ? emptySlice(at: at) : false }
      let e = fb.elem(t)
      var array = nested(size: fb.size(e) * count)
      if !array.elements(lit, e, at: 0) { return false }
      if isDry { return true }
      if count == 0 { return emptySlice(at: at) }
      let s = pb.writable(array.image, pb.arrayType(e, count), "stmp")
      image.address(s, at: at)
      image.write(UInt64(count), at: at + 8, size: 8)
      image.write(UInt64(count), at: at + 16, size: 8)
      return true
    case .pointer:
      return isGlobal && object(n, fb.elem(t), at: at)
    default: return false
    }
  }

  /// The value, type and offset of element number `i` of a literal of struct type `t`.
  func fieldElement(_ i: Int, _ e: NodeID, _ t: TypeID) -> (NodeID, TypeID, Int)? {
    var path = [i]
    var x = e
    if tree.kind(e) == .keyValue {
      let kv = tree.keyValue(e)
      let f = ts.objects[fb.info.object(kv.key)]
      guard let p = pb.fieldPath(ts.under(t), f.name, f.package) else { return nil }
      path = p
      x = kv.value
    }
    var ft = t
    var offset = 0
    for k in path {
      offset += pb.layouts.fieldOffset(ft, k)
      ft = fb.canon(ts.memberType(ts.under(ft), k))
    }
    return (x, ft, offset)
  }

  private mutating func emptySlice(at: Int) -> Bool {
    if !isDry { image.address(pb.zeroBase, at: at) }
    return true
  }

  mutating func elements(_ lit: SyntaxTree.CompositeLit, _ e: TypeID, at: Int) -> Bool {
    let step = fb.size(e)
    var i = 0
    for x in tree.each(lit.elements) {
      var value = x
      if tree.kind(x) == .keyValue {
        let kv = tree.keyValue(x)
        guard let k = fb.constantInt(kv.key) else { return false }
        i = Int(k)
        value = kv.value
      }
      if !encode(value, to: e, at: at + i * step) { return false }
      i += 1
    }
    return true
  }

  /// A pointer to a new object with the contents of literal `n`.
  private mutating func object(_ n: NodeID, _ t: TypeID, at: Int) -> Bool {
    var o = nested(size: fb.size(t))
    if !o.composite(n, t, at: 0) { return false }
    if isDry { return true }
    if fb.size(t) == 0 {
      image.address(pb.zeroBase, at: at)
    } else {
      image.address(pb.writable(o.image, t, "stmp"), at: at)
    }
    return true
  }

  private mutating func addressOf(_ operand: NodeID, at: Int) -> Bool {
    let x = tree.unparen(operand)
    if tree.kind(x) == .compositeLit { return object(x, fb.type(x), at: at) }
    guard let (o, offset) = globalPlace(x) else { return false }
    if !isDry { image.address(pb.globalSymbol(o), Int64(offset), at: at) }
    return true
  }

  /// A package-level variable, or a field or constant element of one.
  private func globalPlace(_ node: NodeID) -> (ObjectID, Int)? {
    let n = tree.unparen(node)
    switch tree.kind(n) {
    case .name:
      let o = fb.info.object(n)
      let r = ts.objects[o]
      return r.kind == .variable && r.isPackageLevel ? (o, 0) : nil
    case .selector:
      guard let s = fb.info.selection(n) else {
        let o = fb.info.object(tree.selector(n).sel)
        return ts.objects[o].kind == .variable ? (o, 0) : nil
      }
      guard s.kind == .field, !s.indirect, var p = globalPlace(tree.selector(n).x) else {
        return nil
      }
      var t = fb.type(tree.selector(n).x)
      if fb.kind(t) == .pointer { return nil }
      for k in 0..<s.path.n {
        let i = Int(ts.pool[Int(s.path.start) + k])
        p.1 += pb.layouts.fieldOffset(t, i)
        t = fb.canon(ts.memberType(ts.under(t), i))
      }
      return p
    case .index:
      let (x, i) = tree.index(n)
      let t = fb.type(x)
      guard fb.kind(t) == .array, let k = fb.constantInt(i), var p = globalPlace(x) else {
        return nil
      }
      p.1 += Int(k) * fb.size(fb.elem(t))
      return p
    default: return nil
    }
  }

  private mutating func conversion(_ n: NodeID, _ t: TypeID, at: Int) -> Bool {
    let c = tree.call(n)
    guard fb.info.mode(tree.unparen(c.fun)) == .type, c.args.count == 1 else { return false }
    let x = tree[c.args, 0]
    let k = fb.info.constants[x.index]
    if fb.info.mode(tree.unparen(x)) == .nilValue { return true }
    if fb.kind(t) == .slice && (k.isSome || fb.kind(fb.type(x)) != .slice) {
      guard isGlobal, k.isSome, case .string(let s) = ts.constants[k], fb.size(fb.elem(t)) == 1
      else {
        return false
      }
      if isDry { return true }
      if s.count == 0 { return emptySlice(at: at) }
      var a = StaticImage(size: s.count)
      a.bytes = s.bytes
      image.address(pb.writable(a, pb.arrayType(fb.elem(t), s.count), "stmp"), at: at)
      image.write(UInt64(s.count), at: at + 8, size: 8)
      image.write(UInt64(s.count), at: at + 16, size: 8)
      return true
    }
    if k.isSome { return fb.isInterface(t) && encode(x, to: t, at: at) }
    let from = fb.type(x)
    if fb.isInterface(t) { return encode(x, to: t, at: at) }
    let sameShape = ts.canonical(ts.under(from)) == ts.canonical(ts.under(t))
    let pointers =
      fb.layout(from).isDirectInterface && fb.layout(t).isDirectInterface
      && fb.kind(from) != .struct
    return (sameShape || pointers) && encode(x, to: from, at: at)
  }
}

extension FunctionBuilder {
  /// A read-only copy of literal `n` of array or struct type `t`, if all of it is constant.
  func staticImage(_ n: NodeID, _ t: TypeID) -> SymbolID? {
    let l = layout(t)
    var dry = StaticEncoder(self, size: 0, isGlobal: false, isDry: true)
    if !encodeLiteral(n, t, &dry) { return nil }
    var e = StaticEncoder(self, size: l.size, isGlobal: false, isDry: false)
    if !encodeLiteral(n, t, &e) { return nil }
    return pb.readOnly(
      e.image, align: Int(l.align), mayPointToData: false, mask: [])
  }

  private func encodeLiteral(_ n: NodeID, _ t: TypeID, _ e: inout StaticEncoder) -> Bool {
    e.literal(n, t)
  }

  /// A read-only place that holds the constant `v`.
  func staticBox(_ v: Val) -> SymbolID? {
    if v.isMemory { return nil }
    let l = layout(v.type)
    var image = StaticImage(size: l.size)
    for i in 0..<Int(v.count) {
      let leaf = pb.layouts.leaf(l, i)
      let x = f.values[v[i]]
      let at = Int(leaf.offset)
      switch x.op {
      case .constInt: image.write(UInt64(bitPattern: x.auxInt), at: at, size: leaf.type.size)
      case .constFloat:
        if leaf.type == .f32 {
          let d = Double(bitPattern: UInt64(bitPattern: x.auxInt))
          image.write(UInt64(Float(d).bitPattern), at: at, size: 4)
        } else {
          image.write(UInt64(bitPattern: x.auxInt), at: at, size: 8)
        }
      case .constNil: break
      case .symbolAddress:
        let s = SymbolID(raw: x.aux)
        guard let d = pb.symbols.definitions[s], d.kind == .rodata else { return nil }
        image.address(s, x.auxInt, at: at)
      default: return nil
      }
    }
    return pb.readOnly(image, align: Int(l.align), mayPointToData: false, mask: [])
  }
}

extension StaticEncoder {
  /// A literal whose backing array or struct has type `t`.
  mutating func literal(_ n: NodeID, _ t: TypeID) -> Bool {
    let lit = tree.compositeLit(n)
    return fb.kind(t) == .array ? elements(lit, fb.elem(t), at: 0) : composite(n, t, at: 0)
  }
}

extension ProgramBuilder {
  /// Read-only data with these contents, shared where that is cheap to see.
  func readOnly(_ image: StaticImage, align: Int, mayPointToData: Bool, mask: [UInt64]) -> SymbolID
  {
    var key: [UInt8]?
    if image.relocs.isEmpty && image.bytes.count <= 64 {
      key = [UInt8(align)] + image.bytes
      if let s = boxes[key!] { return s }
    }
    let s = symbols.anonymous("go:ro")
    // What may be written to is reached from writable data only.
    let pointsToData =
      mayPointToData
      && image.relocs.contains { r in
        guard let k = symbols.definitions[r.target]?.kind else { return true }
        return k != .rodata
      }
    var d = SymbolDefinition(
      kind: pointsToData ? .data : .rodata, alignment: UInt32(align),
      bytes: image.bytes, relocs: image.relocs)
    if d.kind == .data { d.pointerMask = mask }
    symbols.define(s, d)
    if let k = key { boxes[k] = s }
    return s
  }

  /// Writable data of type `t`.
  func writable(_ image: StaticImage, _ t: TypeID, _ label: String) -> SymbolID {
    let s = symbols.anonymous("go:\(label)")
    symbols.define(s, definition(image, t))
    return s
  }

  /// Zeroes to read in place of an absent map element.
  func zeroSymbol(_ size: Int) -> SymbolID {
    let s = symbols.symbol("go:zero.\(size)")
    if !symbols.isDefined(s) {
      symbols.define(s, SymbolDefinition(kind: .noptrbss, flags: .dupOK, alignment: 8, size: size))
    }
    return s
  }
}
