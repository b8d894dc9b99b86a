// Actions put off, and small services of the checker.
import Base
import Syntax

extension Checker {
  /// Runs `action` once the current statement or declaration is done, in the present environment.
  func later(_ action: @escaping () -> Void) { delayed.append((env, action)) }

  /// Runs the actions from index `top` on, and those that they add.
  func processDelayed(_ top: Int) {
    let saved = env
    let savedTree = tree
    var i = top
    while i < delayed.count {
      let d = delayed[i]
      switchTo(d.env)
      d.action()
      i += 1
    }
    delayed.removeSubrange(top...)
    env = saved
    tree = savedTree
  }

  /// Makes `e` the environment, and its file's tree the current one.
  func switchTo(_ e: Environment) {
    if e.file != env.file || tree == nil { tree = e.file.isSome ? trees[e.file.index] : tree }
    env = e
  }
}
