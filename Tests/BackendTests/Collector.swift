import ABI
import AMD64
import Base
import Glibc
import Object
import SSA

/// Tests stack maps by moving what pointers point to. The buffer of the test is mapped at two
/// addresses, of which only one may be touched; `test.collect` makes it the other one and adjusts
/// every word of its caller's frame that the maps call a pointer. A pointer that a map has
/// forgotten faults at its next use; a word that a map wrongly calls a pointer is noticed at once.
final class Collector {
  let size = 4096
  private let views: [UnsafeMutableRawPointer]
  private(set) var current = 0
  /// Code range and tables of the functions under test.
  var functions: [(start: UInt, end: UInt, info: FunctionInfo)] = []
  var problem: String?
  var collections = 0

  nonisolated(unsafe) static var shared: Collector?

  init() {
    let path = "/dev/shm/apus-test-\(getpid())"
    let fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    unlink(path)
    ftruncate(fd, 4096)
    views = (0..<2).map { _ in mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)! }
    close(fd)
    mprotect(views[1], size, PROT_NONE)
  }

  var buffer: UnsafeMutableRawPointer { views[current] }

  func fill(_ words: [UInt64]) {
    for (i, w) in words.enumerated() {
      buffer.storeBytes(of: w, toByteOffset: 8 * i, as: UInt64.self)
    }
  }

  func contents(_ count: Int) -> [UInt64] {
    (0..<count).map { buffer.load(fromByteOffset: 8 * $0, as: UInt64.self) }
  }

  /// What `test.collect` calls, with its own RSP.
  static let entry: @convention(c) (UnsafeMutablePointer<UInt>) -> Void = { rsp in
    Collector.shared?.collect(rsp)
  }

  private func collect(_ rsp: UnsafeMutablePointer<UInt>) {
    collections += 1
    let pc = rsp[0]
    guard let f = functions.first(where: { $0.start < pc && pc <= $0.end }) else {
      problem = "no function at the return address"
      return
    }
    let offset = UInt32(pc - f.start) - 1
    var index: Int32 = -1
    for e in f.info.stackMapIndex where e.pc <= offset { index = e.value }
    if index < 0 {
      problem = "no stack map at \(offset)"
      return
    }
    let sp = UInt(bitPattern: rsp) + 8
    let entrySP = sp + UInt(f.info.frameSize)
    let locals = f.info.localMaps[Int(index)]
    let arguments = f.info.argMaps[Int(index)]
    let old = UInt(bitPattern: views[current])
    let new = UInt(bitPattern: views[1 - current])
    func adjust(_ map: PointerBitmap, _ base: UInt, _ what: String) {
      for i in 0..<map.count where map.contains(i) {
        let p = UnsafeMutablePointer<UInt>(bitPattern: base + UInt(8 * i))!
        if p.pointee == 0 { continue }
        if p.pointee < old || p.pointee > old + UInt(size) {
          problem = "\(what) word \(i) holds \(p.pointee) at \(offset)"
          continue
        }
        p.pointee = p.pointee - old + new
      }
    }
    adjust(locals, entrySP - 8 - UInt(8 * locals.count), "local")
    adjust(arguments, entrySP + 8, "argument")
    mprotect(views[current], size, PROT_NONE)
    current = 1 - current
    mprotect(views[current], size, PROT_READ | PROT_WRITE)
  }
}
