// The type checker: state, the work list, and error reports.
import Base
import Syntax

/// Checks packages in import order. Bodies of dependencies are checked on demand.
public final class Checker {
  public let ts: TypeStore
  public var sources: SourceMap
  public internal(set) var diagnostics = Diagnostics()
  /// Results by file. A file's tables are empty until its package is collected.
  public internal(set) var files: IDTable<FileID, FileTypes>
  /// Syntax trees by file.
  var trees: [SyntaxTree?] = []
  public var config = Config()

  var hasErrors = false
  /// What holds while one object or body is being checked.
  var env = Environment()
  /// Tree of `env.file`.
  var tree: SyntaxTree!
  /// Actions put off until the current statement or declaration is done, oldest first.
  var delayed: [(env: Environment, action: () -> Void)] = []
  /// Objects whose declarations are being checked, for reports of cycles, and their index in it.
  var objectPath: [ObjectID] = []
  /// Instantiations in the package at hand (`Monomorphism.swift`), and interfaces being walked.
  var mono = MonoGraph()
  var monoOpen: [TypeID] = []
  /// Packages by import path as written, indexed by the importing package.
  var importsOf: [[NameID: PackageID]] = [[:], [:]]
  /// Language version 1.N of each file, as N.
  var fileMinor: [UInt16] = []
  /// Import declarations (package names) of all packages.
  var imports: [ObjectID] = []
  var dotImports: [DotImport: ObjectID] = [:]
  /// Methods by the type name they belong to, until the type is declared.
  var methodsOf: [ObjectID: [ObjectID]] = [:]
  /// The declaration that last noted a dependency on an object, indexed by object.
  var dependencyStamp: [UInt32] = []
  /// Signatures of methods without their receiver, indexed by signature; none until needed.
  var bareSignatures: [TypeID] = []
  /// Pool entries 0, 1, 2, ... for selections of one step.
  var singlePaths = PoolRange.empty
  /// Types known not to contain themselves.
  var validated: Set<TypeID> = []
  /// Array and channel types to be held against the size limits (`SizeLimits.swift`).
  var sizeNotes: [(pos: Pos, type: TypeID)] = []
  /// Results of `hasVarSize` for named types, and objects made for instances.
  var varSize: [TypeID: Bool] = [:]
  var instanceObjects: [TypeID: ObjectID] = [:]
  /// Nesting of expressions and types being checked.
  var depth = 0
  /// Deeper nesting is refused. A level takes up to 1 KB of stack in each of a few functions; run
  /// the checker on a thread with 256 MB of (untouched) stack.
  static let maxDepth = 20_000

  public struct Config: Sendable {
    /// Unresolved `import "C"` is accepted.
    public var fakeImportC = false
    /// Unexported names of other packages are undefined, as for gc, which does not see them;
    /// otherwise they are reported as not exported, as `go/types` does.
    public var hidesUnexported = true
    /// Report unused imports.
    public var unusedImports = true
    /// Standard library packages may use `//go:linkname` and declare functions without body.
    public var ignoreFuncBodies = false
    public init() {}
  }

  /// `trees` lists one tree for each file of `sources`, in order, renamed into `names`.
  public init(names: Interner, sources: SourceMap) {
    ts = TypeStore(names: names)
    self.sources = sources
    files = IDTable(repeating: FileTypes(), count: sources.files.count)
    trees = Array(repeating: nil, count: sources.files.count)
    fileMinor = Array(repeating: Checker.newestMinor, count: sources.files.count)
    ts.checker = self
  }
}

/// The part of the checker's state that belongs to the declaration or body at hand.
struct Environment {
  var package: PackageID = .none
  var file: FileID = .none
  /// Package-level declaration being checked; its dependencies are collected.
  var decl: DeclID = .none
  /// Innermost scope for look-up.
  var scope: ScopeID = .none
  /// Language version 1.N of the file, as N.
  var minor: UInt16 = 27
  /// Value of iota in a constant declaration, none outside.
  var iota: ConstID = .none
  /// Position of the identifier of a constant with inherited initialiser, for errors in it.
  var errorPos: Pos = .none
  var inTypeParamList = false
  /// Signature of the function being checked; none outside functions.
  var signature: TypeID = .none
  var function: FunctionID = .none
  var hasLabel = false
  var hasCallOrReceive = false
}
