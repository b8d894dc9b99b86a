import Base
import Glibc

/// Wall time and peak memory of the phases, for `-apus:time`.
public struct Timing: Sendable {
  struct Row: Sendable {
    var name: String
    var nanoseconds: Int
    var peakKB: Int
  }
  private var rows: [Row] = []
  private var started = Timing.now()

  public init() {}

  public static func now() -> Int {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC, &t)
    return t.tv_sec * 1_000_000_000 + t.tv_nsec
  }

  /// Ends the phase that began when the last one ended.
  public mutating func end(_ name: String) {
    let t = Timing.now()
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    rows.append(Row(name: name, nanoseconds: t - started, peakKB: Int(usage.ru_maxrss)))
    started = t
  }

  /// A line a phase: milliseconds, peak resident size so far.
  public func text(json: Bool) -> String {
    var out = ""
    for r in rows {
      let ms = Timing.milliseconds(r.nanoseconds)
      if json {
        out += "{\"phase\": \"\(r.name)\", \"ms\": \(ms), \"peakKB\": \(r.peakKB)}\n"
      } else {
        let pad = String(repeating: " ", count: max(1, 14 - r.name.count))
        let left = String(repeating: " ", count: max(0, 10 - ms.count))
        out += "\(r.name)\(pad)\(left)\(ms) ms  \(r.peakKB / 1024) MB\n"
      }
    }
    return out
  }

  private static func milliseconds(_ ns: Int) -> String {
    let micros = ns / 1000
    let fraction = String(micros % 1000)
    return "\(micros / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}

/// Writes text to standard error or output, all of it.
public func writeError(_ s: String) { writeAll(2, s) }
public func writeOutput(_ s: String) { writeAll(1, s) }

private func writeAll(_ fd: Int32, _ s: String) {
  var t = s
  t.withUTF8 { b in
    var at = 0
    while at < b.count {
      let n = write(fd, b.baseAddress! + at, b.count - at)
      if n <= 0 { return }
      at += n
    }
  }
}
