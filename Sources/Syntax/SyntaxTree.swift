import Base

/// The syntax of one file: a dense table of nodes, a pool for variable-length parts, and the
/// file's directives and errors.
///
/// A tree is written by the one thread that parses its file. `rename` then moves its names into
/// the program's interner, in file order; from there on it is only read (branch targets, too,
/// are set by the parser), so sharing it between threads is safe.
public final class SyntaxTree: @unchecked Sendable {
  public let file: FileID
  public internal(set) var nodes: IDTable<NodeID, Node>
  /// Records of variable length; see `NodeKind`.
  public internal(set) var extra: [Int32]

  /// The name of the package clause; absent when the file did not begin with one.
  public internal(set) var packageName: NodeID = .none
  /// Position of the first token (of `package` in a good file).
  public internal(set) var packagePos: Pos = .none
  public internal(set) var packagePragma: PragmaID = .none
  /// All top-level declarations in source order, imports included.
  public internal(set) var decls = NodeList(start: 0, count: 0)
  /// Position of the end of the file.
  public internal(set) var endOfFile: Pos = .none
  /// Position of byte 0.
  public internal(set) var startOfFile: Pos = .none
  /// The Go version that the file's `//go:build` line implies, such as "go1.21"; empty if none.
  public internal(set) var goVersion: String = ""
  /// Expression of the `//go:build` line before the package clause, without the prefix.
  public internal(set) var buildLine: String = ""

  public internal(set) var pragmas: IDTable<PragmaID, Pragma>
  public internal(set) var directives: [Directive] = []
  public internal(set) var linknames: [Linkname] = []

  /// Syntax errors in the order found.
  public internal(set) var diagnostics = Diagnostics()
  /// Byte offsets of line starts, for `SourceMap.setLines`.
  public internal(set) var lineStarts: [UInt32] = [0]
  public internal(set) var lineDirectives: [LineDirective] = []
  /// The file's own names until `rename` merges them away.
  public internal(set) var names: Interner

  init(file: FileID) {
    self.file = file
    names = Interner(capacity: 0)
    nodes = IDTable(none: Node(.absent, .none))
    extra = [0]
    pragmas = IDTable(none: Pragma())
  }

  /// Replaces the file's own name ids by those of `program`. Call once per tree, in file order:
  /// that order alone decides the program's ids.
  public func rename(into program: inout Interner) {
    var map = [UInt32](repeating: 0, count: names.count)
    for i in 1..<max(1, names.count) {
      map[i] = names.withBytes(NameID(i)) { program.intern($0).raw }
    }
    for i in nodes.elements.indices {
      let k = nodes.elements[i].kind
      if k == .name || k == .literal {
        nodes.elements[i].a = Int32(bitPattern: map[Int(nodes.elements[i].a)])
      }
    }
    for i in linknames.indices {
      linknames[i].local = NameID(raw: map[linknames[i].local.index])
      linknames[i].remote = NameID(raw: map[linknames[i].remote.index])
    }
    names = Interner(capacity: 0)
  }

  // MARK: Plain access

  @inlinable public subscript(n: NodeID) -> Node { nodes.elements[Int(n.raw)] }
  @inlinable public func kind(_ n: NodeID) -> NodeKind { nodes.elements[Int(n.raw)].kind }
  /// The position gc gives the node; see `Node.pos`.
  @inlinable public func pos(_ n: NodeID) -> Pos { nodes.elements[Int(n.raw)].pos }
  /// Number of node slots, the reserved one included: the size of a side table.
  @inlinable public var nodeCount: Int { nodes.elements.count }

  /// Child `i` of `list`.
  @inlinable public subscript(list: NodeList, i: Int) -> NodeID {
    assert(i >= 0 && i < Int(list.count))
    return NodeID(raw: UInt32(bitPattern: extra[Int(list.start) + i]))
  }

  /// The children of `list` as a sequence: `for x in tree.each(call.args)`.
  @inlinable public func each(_ list: NodeList) -> NodeSequence {
    NodeSequence(
      slice: extra[Int(list.start)..<Int(list.start) + Int(list.count)])
  }

  /// The members of an expression that may be a `list`: none for absent, itself if single.
  /// Allocation-free counterpart of gc's `UnpackListExpr`.
  @inlinable public func unpack(_ n: NodeID) -> ExprList {
    if n.isNone { return ExprList(single: .none, list: NodeList(start: 0, count: 0)) }
    if kind(n) == .list { return ExprList(single: .none, list: list(n)) }
    return ExprList(single: n, list: NodeList(start: 0, count: 1))
  }

  /// Member `i` of an unpacked list.
  @inlinable public subscript(l: ExprList, i: Int) -> NodeID {
    if l.single.isSome {
      assert(i == 0)
      return l.single
    }
    return self[l.list, i]
  }

  @inlinable func extraNode(_ i: Int32, _ k: Int) -> NodeID {
    NodeID(raw: UInt32(bitPattern: extra[Int(i) + k]))
  }
  @inlinable func extraPos(_ i: Int32, _ k: Int) -> Pos {
    Pos(offset: UInt32(bitPattern: extra[Int(i) + k]))
  }
  /// The list whose count is at `extra[i + k]`, its members following.
  @inlinable func extraList(_ i: Int32, _ k: Int) -> NodeList {
    NodeList(start: i + Int32(k) + 1, count: extra[Int(i) + k])
  }
}

extension NodeID {
  @inlinable init(_ v: Int32) { self.init(raw: UInt32(bitPattern: v)) }
  @inlinable var i32: Int32 { Int32(bitPattern: raw) }
}

/// A run of node ids in a tree's pool. Read with `tree[list, i]` or `tree.each(list)`.
public struct NodeList: Sendable {
  public var start: Int32
  public var count: Int32
  @inlinable public init(start: Int32, count: Int32) {
    self.start = start
    self.count = count
  }
  @inlinable public var isEmpty: Bool { count == 0 }
  /// `0..<count` for indexing.
  @inlinable public var indices: Range<Int> { 0..<Int(count) }
}

/// What `SyntaxTree.unpack` gives: a single expression or the members of a `list`.
public struct ExprList: Sendable {
  public var single: NodeID
  public var list: NodeList
  @inlinable public init(single: NodeID, list: NodeList) {
    self.single = single
    self.list = list
  }
  @inlinable public var count: Int { Int(list.count) }
  @inlinable public var isEmpty: Bool { list.count == 0 }
  @inlinable public var indices: Range<Int> { 0..<Int(list.count) }
}

/// The members of a `NodeList` for iteration.
public struct NodeSequence: RandomAccessCollection, Sendable {
  @usableFromInline let slice: ArraySlice<Int32>
  @inlinable init(slice: ArraySlice<Int32>) { self.slice = slice }
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { slice.count }
  @inlinable public subscript(i: Int) -> NodeID {
    NodeID(raw: UInt32(bitPattern: slice[slice.startIndex + i]))
  }
}
