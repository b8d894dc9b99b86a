/// Typed 32-bit handles: the names of syntax nodes, types, values, blocks and symbols.
///
/// A handle is an index into a dense table owned by one arena. Raw value 0 is reserved for
/// "none" in every table, so stored records never need `Optional` (which takes 8 bytes).
public protocol EntityID: Hashable, Comparable, Sendable, CustomStringConvertible {
  var raw: UInt32 { get set }
  init(raw: UInt32)
}

extension IDTable: Sendable where Element: Sendable {}

extension EntityID {
  /// The reserved handle that names nothing.
  @inlinable public static var none: Self { Self(raw: 0) }
  @inlinable public var isNone: Bool { raw == 0 }
  @inlinable public var isSome: Bool { raw != 0 }
  /// The handle as an array index.
  @inlinable public var index: Int { Int(raw) }
  @inlinable public init(_ index: Int) { self.init(raw: UInt32(truncatingIfNeeded: index)) }
  @inlinable public static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
  @inlinable public static func == (a: Self, b: Self) -> Bool { a.raw == b.raw }
  @inlinable public func hash(into h: inout Hasher) { h.combine(raw) }
  public var description: String { "#\(raw)" }
}

/// An interned name (identifier, import path, symbol name): equal names have equal ids.
/// Issued by `Interner`; id 0 is the empty name.
public struct NameID: EntityID {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
}

/// A dense table indexed by a typed handle. Slot 0 exists and belongs to the reserved handle.
public struct IDTable<ID: EntityID, Element> {
  public var elements: [Element]

  /// A table of `count` slots, slot 0 included, all holding `filler`.
  @inlinable public init(repeating filler: Element, count: Int) {
    elements = Array(repeating: filler, count: count)
  }

  /// A table whose reserved slot holds `none`, ready for `append`.
  @inlinable public init(none: Element) { elements = [none] }

  @inlinable public var count: Int { elements.count }

  @inlinable public subscript(id: ID) -> Element {
    _read { yield elements[Int(id.raw)] }
    _modify { yield &elements[Int(id.raw)] }
  }

  /// Adds an element and returns its new handle.
  @inlinable @discardableResult public mutating func append(_ e: Element) -> ID {
    let id = ID(raw: UInt32(elements.count))
    elements.append(e)
    return id
  }

  /// All handles but the reserved one, in order.
  @inlinable public var ids: LazyMapSequence<Range<Int>, ID> {
    (1..<max(1, elements.count)).lazy.map { ID(raw: UInt32($0)) }
  }
}
