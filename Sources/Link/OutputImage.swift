import Base
import Glibc

/// The bytes of the output file, zero at first. Written by several workers at disjoint places,
/// all writes checked against the bounds; read-only once the link is done.
public final class OutputImage: @unchecked Sendable {
  // Safe to share: while workers run, each writes only the places of its own symbols, and the
  // layout gives no byte to two symbols.
  private let base: UnsafeMutableRawPointer
  public let count: Int

  init(size: Int) {
    count = size
    guard let p = calloc(max(size, 1), 1) else { internalError("link", "out of memory") }
    base = p
  }

  deinit { free(base) }

  func write(_ bytes: [UInt8], at offset: Int) {
    precondition(offset >= 0 && offset + bytes.count <= count)
    bytes.withUnsafeBytes { b in
      if b.count > 0 { memcpy(base + offset, b.baseAddress!, b.count) }
    }
  }

  func fill(_ range: Range<Int>, with byte: UInt8) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    memset(base + range.lowerBound, Int32(byte), range.count)
  }

  func write32(_ v: UInt32, at offset: Int) {
    precondition(offset >= 0 && offset + 4 <= count)
    base.storeBytes(of: v.littleEndian, toByteOffset: offset, as: UInt32.self)
  }

  func write64(_ v: UInt64, at offset: Int) {
    precondition(offset >= 0 && offset + 8 <= count)
    base.storeBytes(of: v.littleEndian, toByteOffset: offset, as: UInt64.self)
  }

  /// A copy of the bytes in `range`.
  public func bytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return Array(UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Writes the image as an executable file, by one large write(2) (what is written so is mapped
  /// in large pieces later) to a temporary name beside `path`, which then takes the place of
  /// `path`: whoever runs the old file keeps it, and no half-written file is ever seen.
  /// A device such as /dev/null is written in place. On failure nothing is left behind.
  public func write(to path: String) throws(OutputError) {
    var status = stat()
    if stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR: throw OutputError("output \(path) already exists and is a directory")
      default:
        let fd = open(path, O_WRONLY | O_CLOEXEC)
        if fd < 0 { throw OutputError("open \(path): \(errorText())") }
        defer { close(fd) }
        if let message = writeAll(fd) { throw OutputError("write \(path): \(message)") }
        return
      }
    }
    let temporary = "\(path).apus-\(getpid())"
    let fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o755)
    if fd < 0 { throw OutputError("open \(path): \(errorText())") }
    var failure = writeAll(fd)
    if close(fd) != 0 && failure == nil { failure = errorText() }
    if failure == nil && rename(temporary, path) != 0 { failure = errorText() }
    if let message = failure {
      unlink(temporary)
      throw OutputError("write \(path): \(message)")
    }
  }

  private func writeAll(_ fd: Int32) -> String? {
    var done = 0
    while done < count {
      let n = Glibc.write(fd, base + done, count - done)
      if n < 0 {
        if errno == EINTR { continue }
        return errorText()
      }
      done += n
    }
    return nil
  }
}

/// Why the output could not be written, in words for the user.
public struct OutputError: Error, Sendable, CustomStringConvertible {
  public var description: String
  init(_ text: String) { description = text }
}

private func errorText() -> String {
  let code = errno
  switch code {
  case EACCES: return "permission denied"
  case ENOENT: return "no such file or directory"
  case ENOSPC: return "no space left on device"
  case EROFS: return "read-only file system"
  case ENOTDIR: return "not a directory"
  case EISDIR: return "is a directory"
  default: return String(cString: strerror(code))
  }
}
