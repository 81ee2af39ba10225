#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Android)
  import Android
#else
  import Darwin
#endif

/// A file or standard input, read in chunks so that a large file is never in memory as a whole.
final class ByteSource {
  private let descriptor: Int32
  private let path: String

  /// Opens a file, or standard input for `-`.
  init(path: String) throws(ForecastError) {
    self.path = path
    descriptor = path == "-" ? 0 : open(path, O_RDONLY)
    guard descriptor >= 0 else {
      let code = errno
      let near = code == ENOENT ? nearestFile(to: path).map { "; did you mean \($0)?" } ?? "" : ""
      let reason = code == ENOENT ? "no such file\(near)" : String(cString: strerror(code))
      throw .data(DataFault(.unreadable(reason), file: path))
    }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// The bytes that are read as a whole at most: a gibibyte, and 64 mebibytes of a device, which may have no end.
  private var limit: Int {
    var status = stat()
    let isDevice = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
    return isDevice ? 1 << 26 : 1 << 30
  }

  /// Bytes that were read before, and all that follow.
  ///
  /// - Throws: `ForecastError.data` with the reason that the system gives, and for more bytes than are read as a whole.
  func rest(after first: [UInt8] = []) throws(ForecastError) -> [UInt8] {
    let limit = limit
    var bytes = first
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try read(into: &chunk)
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else {
        throw .data(
          DataFault(
            .unreadable("has more than the limit of \(limit >> 20) MiB"),
            file: path == "-" ? "standard input" : path))
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Fills a buffer from its start; returns the number of bytes, 0 at the end of the file.
  func read(into buffer: inout [UInt8]) throws(ForecastError) -> Int {
    while true {
      #if canImport(Glibc)
        let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      #elseif canImport(Musl)
        let count = buffer.withUnsafeMutableBytes { Musl.read(descriptor, $0.baseAddress, $0.count) }
      #elseif canImport(Android)
        let count = buffer.withUnsafeMutableBytes { Android.read(descriptor, $0.baseAddress, $0.count) }
      #else
        let count = buffer.withUnsafeMutableBytes { Darwin.read(descriptor, $0.baseAddress, $0.count) }
      #endif
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw .data(DataFault(.unreadable(String(cString: strerror(errno))), file: path))
      }
    }
  }
}
