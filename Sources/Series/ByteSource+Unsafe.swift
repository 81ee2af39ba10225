#if canImport(Glibc)
  import Glibc
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
      let reason = errno == ENOENT ? "no such file" : String(cString: strerror(errno))
      throw .data(DataFault(.unreadable(reason), file: path))
    }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// Fills a buffer from its start; returns the number of bytes, 0 at the end of the file.
  func read(into buffer: inout [UInt8]) throws(ForecastError) -> Int {
    while true {
      #if canImport(Glibc)
        let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
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
