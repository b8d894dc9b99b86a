import Object
import SSA
import Syntax
import Types

// Methods that reflection may find (section 4 of the reference on the runtime's surface).

extension FunctionBuilder {
  /// Notes a call `x.Method(i)` or `x.MethodByName(name)` of reflect's Type or Value: it can reach
  /// all exported methods of all types in interfaces, or those of one name if that is constant.
  func noteMethodLookup(_ c: SyntaxTree.Call?, _ s: Selection, _ sig: TypeID) {
    let name = ts.objects[s.object].name
    let isByName = name == pb.lookupNames.methodByName
    if !isByName && name != pb.lookupNames.method { return }
    if name.isNone || c != nil && c!.args.count != 1 { return }
    let params = pb.parameterTypes(sig)
    let results = pb.resultTypes(sig)
    guard params.count == 1, basic(params[0]) == (isByName ? .string : .int), let r = results.first,
      results.count <= 2, ts.kind(r) == .named
    else { return }
    let result = ts.objects[ts.namedInfo(r).object]
    guard result.package.isSome, ts.text(ts.packages[result.package].path) == "reflect" else {
      return
    }
    let text = ts.text(result.name)
    if text != "Method" && text != "Value" { return }
    // Others reach these through reflect's own interfaces; only callers outside count.
    if f.name.hasPrefix("reflect.(*rtype).Method")
      || f.name.hasPrefix("reflect.(*interfaceType).Method")
      || f.name.hasPrefix("reflect.Value.Method")
    {
      return
    }
    let k = c.map { info.constants[tree[$0.args, 0].index] } ?? .none
    if isByName && k.isSome, case .string(let v) = ts.constants[k] {
      f.markers.append(Reloc(offset: 0, kind: .namedMethod, target: pb.stringSymbol(v.bytes)))
      pb.methodReach.noteLookup(ts.names.intern(v.bytes))
    } else {
      f.flags.insert(.reflectMethod)
      pb.methodReach.noteReflection()
    }
  }
}
