import ABI
import Base
import Object
import RegAlloc
import SSA

/// The amd64 back end: from the SSA of a function to its definition.
public enum AMD64 {
  /// What one worker keeps between functions: all scratch memory of the back end.
  public final class Context {
    let lowering: Lowering
    let allocator: RegisterAllocator
    let emitter: Emitter
    /// Prove each register allocation right.
    public var check = false
    /// Numbers of the last function.
    public var stats: AllocationStats { allocator.stats }

    public init(runtime: RuntimeSymbols) {
      lowering = Lowering(runtime: runtime)
      allocator = RegisterAllocator(file: R.file)
      emitter = Emitter(lowering: lowering, allocator: allocator, runtime: runtime)
    }
  }

  /// Compiles `f`, whose allocations and write barriers are expanded. The function's tables may be changed
  /// (constants are added). Different functions may be compiled at the same time in different contexts.
  public static func compile(_ f: Function, context: Context) -> SymbolDefinition {
    context.lowering.run(f)
    context.allocator.run(context.lowering.code)
    if context.check { checkAllocation(context.lowering.code, context.allocator, name: f.name) }
    return context.emitter.run(f)
  }
}
