internal import Forecasting

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#else
  internal import Darwin
#endif

/// The text of a scenario file, or of one that it extends, within a limit.
enum ScenarioText {
  /// Reads a file of at most `YAMLDocument.largest` bytes.
  ///
  /// A pipe is read if something writes to it, such as `<(…)` of a shell; one without a writer, and a device without an end, are errors.
  ///
  /// - Throws: `ForecastError.data` with the reason.
  static func read(_ path: String) throws(ForecastError) -> String {
    func fault(_ why: String) -> ForecastError { .data(DataFault(.unreadable(why), file: path)) }
    // Without O_NONBLOCK, opening a pipe waits for a writer.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw fault(errno == ENOENT ? "no such file" : unsafe String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw fault(unsafe String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw fault("it is a folder") }
    let limit = YAMLDocument.largest
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let isPipe = status.st_mode & S_IFMT == S_IFIFO
    // A pipe that no one has opened for writing ends at once; its writer may be a moment late.
    var tries = 0
    while true {
      #if canImport(Glibc)
        let count = unsafe chunk.withUnsafeMutableBytes {
          unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
        }
      #elseif canImport(Musl)
        let count = unsafe chunk.withUnsafeMutableBytes {
          unsafe Musl.read(descriptor, $0.baseAddress, $0.count)
        }
      #elseif canImport(Android)
        let count = unsafe chunk.withUnsafeMutableBytes {
          unsafe Android.read(descriptor, $0.baseAddress, $0.count)
        }
      #else
        let count = unsafe chunk.withUnsafeMutableBytes {
          unsafe Darwin.read(descriptor, $0.baseAddress, $0.count)
        }
      #endif
      if count < 0 {
        guard errno == EINTR || errno == EAGAIN else { throw fault(unsafe String(cString: strerror(errno))) }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
        continue
      }
      if count == 0, isPipe, bytes.isEmpty, tries < 10 {
        tries += 1
        _ = poll(nil, 0, 100)
        continue
      }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw fault("it has more than \(limit) bytes, the limit of a scenario file")
      }
    }
    if bytes.isEmpty, isPipe { throw fault("nothing is written to the pipe") }
    return try TextFile.text(bytes, file: path)
  }
}
