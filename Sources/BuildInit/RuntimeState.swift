/// Which state of package runtime the image keeps. All else of that package belongs to the process.
enum RuntimeState {
  /// What the library may refer to afterwards, or asks for by identity: itabs made at run time, names and
  /// types that reflection made, handles of weak pointers, the hook of sync's pools.
  static let kept: Set<String> = [
    "runtime.itabTable", "runtime.itabTableInit", "runtime.itabsReady", "runtime.reflectOffs",
    "runtime.immortal", "runtime.poolcleanup",
  ]
}
