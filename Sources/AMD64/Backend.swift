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
    /// Receives the allocation of each function as text, before code is emitted.
    public var onAllocation: ((String) -> Void)?
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
    if context.check, let p = checkAllocation(context.lowering.code, context.allocator) {
      internalError("regalloc", "\(f.name): \(p)\n\(dump(context))")
    }
    if let show = context.onAllocation { show(dump(context)) }
    return context.emitter.run(f)
  }

  /// The lowered instructions of the last function with their registers, for `-apus:dump=regalloc`.
  public static func dump(_ context: Context) -> String {
    let lowered = context.lowering.instructions
    return dumpAllocation(context.lowering.code, context.allocator) { (i: Int) -> String in
      let x = lowered[i]
      var t = "\(x.form)"
      if x.mn != .nop { t += " \(x.mn)" }
      if x.mode != .none { t += " \(x.mode)+\(x.disp)" }
      if x.imm != 0 { t += " #\(x.imm)" }
      return t
    }
  }
}
