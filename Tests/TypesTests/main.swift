import Base
import Glibc
import Syntax
import Types

// Tests of what the type checker tells the phases behind it: sizes and pointer layouts, method sets,
// instances, the order of initialisation. Each checks a small package and looks at its objects by
// name. (What it tells users is tested in testdata/errors and by Go's own test data.)

struct Checks {
  var passed = 0
  var failed = 0

  mutating func equal<T: Equatable>(_ got: T, _ want: T, _ what: String) {
    if got == want {
      passed += 1
    } else {
      failed += 1
      print("FAIL \(what): got \(got), want \(want)")
    }
  }
}

/// A checked package without imports.
final class Fixture {
  let checker: Checker
  let package: PackageID
  var ts: TypeStore { checker.ts }

  init(_ source: String) {
    var sources = SourceMap()
    var names = Interner.seeded()
    let file = sources.add(path: "p.go", bytes: Array(("package p\n" + source).utf8))
    let trees = parseFiles(
      [ParseInput(file, of: sources)], threads: 1, names: &names, sources: &sources)
    checker = Checker(names: names, sources: sources)
    let path = checker.ts.names.intern("p")
    package = checker.add(
      path: path, trees: trees, minor: 27, imports: [:], extent: .everything)
    for d in checker.diagnostics.list { print("unexpected error: \(d.message)") }
  }

  func object(_ name: String) -> ObjectID {
    ts.lookup(ts.packages[package].scope, ts.names.intern(name))
  }
  func type(_ name: String) -> TypeID { ts.objects[object(name)].type }
  func name(_ o: ObjectID) -> String { ts.text(ts.objects[o].name) }
  /// Methods as `name` with the path of field indices in front.
  func methods(_ t: TypeID) -> [String] {
    ts.methodSet(t).map { (e: MethodSetEntry) -> String in
      e.path.map { (i: Int) -> String in "\(i)." }.joined() + name(e.method)
        + (e.indirect ? "*" : "")
    }
  }
}

func testLayout(_ c: inout Checks) {
  let f = Fixture(
    """
    type (
      Empty struct{}
      Tail struct { a int32; b struct{} }
      Mixed struct { a byte; p *int; b byte; s string; e any; f []byte; n int }
      Grid [3]struct { n int16; p func() }
      Plain [5]complex64
      Words [0]*int
      Pair[T any] struct { a, b T }
      PairOfStrings = Pair[string]
    )
    """)
  let ts = f.ts
  c.equal(ts.sizeof(f.type("Empty")), 0, "size of an empty struct")
  c.equal(ts.sizeof(f.type("Tail")), 8, "size with a trailing empty field")
  let mixed = f.type("Mixed")
  c.equal(ts.sizeof(mixed), 88, "size of Mixed")
  c.equal(ts.offsets(ofStruct: mixed), [0, 8, 16, 24, 40, 56, 80], "offsets of Mixed")
  c.equal(ts.pointerBytes(mixed), 64, "pointer bytes of Mixed")
  c.equal(ts.pointerMask(mixed), [0b1100_1010], "mask of Mixed")
  c.equal(ts.sizeof(f.type("Grid")), 48, "size of Grid")
  c.equal(ts.pointerMask(f.type("Grid")), [0b101010], "mask of Grid")
  c.equal(ts.alignof(f.type("Plain")), 4, "alignment of complex64")
  c.equal(ts.hasPointers(f.type("Plain")), false, "complex numbers have no pointers")
  c.equal(ts.hasPointers(f.type("Words")), false, "an array of no elements has no pointers")
  c.equal(ts.sizeof(f.type("PairOfStrings")), 32, "size of an instance")
  c.equal(ts.pointerMask(f.type("PairOfStrings")), [0b101], "mask of an instance")
}

func testMethodSets(_ c: inout Checks) {
  let f = Fixture(
    """
    type inner struct{}
    func (inner) b() {}
    func (*inner) B() {}
    func (inner) A() {}
    func (inner) Generic[T any]() {}
    type outer struct { x int; *inner; other }
    type value struct { inner }
    type other struct{}
    func (other) A() {}
    func (other) Z() {}
    func (outer) Y() {}
    type shadow struct { inner; A int }
    type face interface { M(); m() }
    type holder struct { face }
    type box[T any] struct { v T }
    func (b *box[T]) Get() T { return b.v }
    type intBox struct { *box[int] }
    """)
  let ts = f.ts
  c.equal(f.methods(f.type("inner")), ["A", "b"], "methods of inner")
  c.equal(f.methods(ts.pointer(f.type("inner"))), ["A*", "B*", "b*"], "methods of *inner")
  c.equal(f.methods(f.type("value")), ["0.A", "0.b"], "promoted through a value")
  c.equal(f.methods(f.type("outer")), ["1.B*", "Y", "2.Z", "1.b*"], "A is ambiguous in outer")
  c.equal(f.methods(f.type("shadow")), ["0.b"], "a field hides a method")
  c.equal(f.methods(f.type("holder")), ["0.M", "0.m"], "promoted from an interface")
  c.equal(f.methods(f.type("face")), ["M", "m"], "methods of an interface")
  c.equal(f.methods(f.type("intBox")), ["0.Get*"], "method of an instance")
  let get = ts.methodSet(f.type("intBox"))[0].method
  c.equal(ts.typeString(ts.objects[get].type), "func() int", "its type")
}

func testInstances(_ c: inout Checks) {
  let f = Fixture(
    """
    type list[T any] struct { head T; tail *list[T] }
    var a list[map[string]int]
    var b *list[map[string]int]
    func generic[P any]() {
      type local struct { p P }
      var x local
      _ = x
    }
    var d = generic[int]
    """)
  let ts = f.ts
  c.equal(f.type("a"), ts.elem(f.type("b")), "equal instances share a handle")
  let tail = ts.memberType(ts.under(f.type("a")), 1)
  c.equal(ts.elem(tail), f.type("a"), "an instance refers to itself")
  let generic = ts.signature(f.type("generic"))
  c.equal(ts.isParameterized(f.type("a"), by: []), false, "no type parameters in an instance")
  let s = Substitution(ts.typeList(generic.typeParams), [ts.basic(.string)])
  let slice = ts.slice(ts.typeList(generic.typeParams)[0])
  c.equal(ts.typeString(ts.substitute(slice, s)), "[]string", "substitution")
}

func testInitOrder(_ c: inout Checks) {
  let f = Fixture(
    """
    var a = b + f()
    var b = g(0)
    var c, d = pair()
    var e = d
    func f() int { return h() }
    func g(n int) int { if n > 0 { return f() }; return 1 }
    func h() int { if false { g(1) }; return c }
    func pair() (int, int) { return 2, 3 }
    var _ = a
    """)
  let steps = f.ts.packages[f.package].initOrder ?? []
  let order = steps.map { (i: Initializer) -> String in
    i.lhs.map { (o: ObjectID) -> String in f.name(o) }.joined(separator: ",")
  }
  c.equal(order, ["c,d", "b", "a", "e", "_"], "order of initialisation")
}

if CommandLine.arguments.count > 4 && CommandLine.arguments[1] == "fuzz" {
  fuzz(Array(CommandLine.arguments[2...]))
  exit(0)
}
var checks = Checks()
testBigInt(&checks)
testLayout(&checks)
testMethodSets(&checks)
testInstances(&checks)
testInitOrder(&checks)
print("\(checks.passed) passed, \(checks.failed) failed")
exit(checks.failed == 0 ? 0 : 1)
