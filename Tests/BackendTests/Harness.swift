import Glibc

/// Only the main thread counts.
nonisolated(unsafe) var passed = 0
nonisolated(unsafe) var failed = 0

/// Counts a check and prints it when it fails.
func expect(_ ok: Bool, _ what: @autoclosure () -> String) {
  if ok {
    passed += 1
  } else {
    failed += 1
    print("FAIL: \(what())")
  }
}
