import Glibc
import Syntax

// Files, directories and the environment, by system calls of libc.

/// The bytes of a file, or nil if it cannot be read.
public func readFile(_ path: String) -> [UInt8]? {
  let fd = open(path, O_RDONLY | O_CLOEXEC)
  if fd < 0 { return nil }
  defer { close(fd) }
  var st = stat()
  if fstat(fd, &st) != 0 || st.st_mode & S_IFMT == S_IFDIR { return nil }
  var capacity = max(Int(st.st_size) + 1, 4096)
  var bytes: [UInt8] = []
  // One more byte than the size tells the end without growing; files of /proc have no size.
  while true {
    let want = capacity - bytes.count
    let chunk = [UInt8](unsafeUninitializedCapacity: want) { buffer, n in
      n = 0
      while n < want {
        let got = read(fd, buffer.baseAddress! + n, want - n)
        if got <= 0 { break }
        n += got
      }
    }
    if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    if chunk.count < want { return bytes }
    capacity *= 2
  }
}

/// What the last failed system call of this thread failed of, in the words of Go's package syscall.
func systemErrorText() -> String {
  let text = String(cString: strerror(errno))
  return text.prefix(1).lowercased() + text.dropFirst()
}

/// Names in a directory, sorted by bytes, without "." and ".."; nil if it cannot be read.
public func listDirectory(_ path: String) -> [String]? {
  guard let d = opendir(path) else { return nil }
  defer { closedir(d) }
  var names: [String] = []
  while let e = readdir(d) {
    let name = withUnsafePointer(to: &e.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

private func mode(_ path: String) -> mode_t? {
  var st = stat()
  return stat(path, &st) == 0 ? st.st_mode & S_IFMT : nil
}

/// Symbolic links are followed.
public func isDirectory(_ path: String) -> Bool { mode(path) == S_IFDIR }
public func isRegularFile(_ path: String) -> Bool { mode(path) == S_IFREG }

/// True for a symbolic link itself.
public func isSymbolicLink(_ path: String) -> Bool {
  var st = stat()
  return lstat(path, &st) == 0 && st.st_mode & S_IFMT == S_IFLNK
}

/// The value of an environment variable; nil if unset or empty.
public func environment(_ name: String) -> String? {
  guard let p = getenv(name) else { return nil }
  let s = String(cString: p)
  return s.isEmpty ? nil : s
}

/// The working directory; `$PWD` if it names it, so that symbolic links stay as the user sees them.
public func workingDirectory() -> String {
  var a = stat()
  var b = stat()
  if let pwd = environment("PWD"), pwd.hasPrefix("/"), stat(pwd, &a) == 0, stat(".", &b) == 0,
    a.st_dev == b.st_dev, a.st_ino == b.st_ino
  {
    return pwd
  }
  guard let p = getcwd(nil, 0) else { return "/" }
  defer { free(p) }
  return String(cString: p)
}

/// The path without symbolic links, or nil if it does not exist.
public func realPath(_ path: String) -> String? {
  guard let p = realpath(path, nil) else { return nil }
  defer { free(p) }
  return String(cString: p)
}

/// The part of a path before its last slash; "." if there is none.
public func directoryName(_ path: String) -> String {
  guard let i = path.lastIndex(of: "/") else { return "." }
  return i == path.startIndex ? "/" : String(path[..<i])
}

/// The part of a path behind its last slash.
public func baseName(_ path: String) -> String {
  guard let i = path.lastIndex(of: "/") else { return path }
  return String(path[path.index(after: i)...])
}

/// `path` itself if absolute, else below `dir`.
public func absolutePath(_ path: String, in dir: String) -> String {
  cleanPath(path.hasPrefix("/") ? path : dir + "/" + path)
}

/// `path` relative to `dir`, both absolute and clean; `path` itself where that is shorter.
public func shortPath(_ path: String, from dir: String) -> String {
  let p = path.split(separator: "/")
  let d = dir.split(separator: "/")
  var n = 0
  while n < p.count && n < d.count && p[n] == d[n] { n += 1 }
  var parts = [Substring](repeating: "..", count: d.count - n)
  parts += p[n...]
  let relative = parts.isEmpty ? "." : parts.joined(separator: "/")
  return relative.utf8.count < path.utf8.count ? relative : path
}
