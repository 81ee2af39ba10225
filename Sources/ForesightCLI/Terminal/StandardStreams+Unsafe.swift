internal import Forecasting

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The stream for answers.
enum StandardOutput {
  /// Whether it is a terminal.
  static let isTerminal = isatty(1) == 1

  /// The number of columns of the terminal; `nil`, no limit, if it is not one.
  static let width: Int? = {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }()

  /// Writes a text; the process ends quietly if the reader has gone away.
  ///
  /// - Throws: `Failure` of kind `.run` when the stream accepts no more.
  static func write(_ text: String) throws(Failure) {
    if let code = writeAll(text, to: 1) {
      if code == EPIPE { exit(0) }
      throw Failure(.run, "cannot write to standard output: \(reason(code))")
    }
  }
}

/// The stream for messages.
enum StandardError {
  /// Whether it is a terminal.
  static let isTerminal = isatty(2) == 1

  /// Writes a text; a failure to do so is ignored.
  static func write(_ text: String) { _ = writeAll(text, to: 2) }
}

/// The stream that `-` names as an input.
enum StandardInput {
  /// The whole stream.
  ///
  /// - Throws: `ForecastError.data` when the stream cannot be read or is not UTF-8.
  static func text() throws(ForecastError) -> String {
    try TextFile.text(path: "-")
  }
}

/// A file that is `NAME.partial` until it is complete.
///
/// Devices and pipes are written directly.
final class OutputFile {
  let path: String
  private let descriptor: Int32
  private let isRegular: Bool

  /// The name of an unfinished file.
  static func partialPath(_ path: String) -> String { path + ".partial" }

  /// Opens an empty file, or an unfinished one to be continued after its first `kept` bytes.
  ///
  /// - Throws: `Failure` of kind `.input` when it cannot be written.
  init(_ path: String, keeping kept: Int = 0) throws(Failure) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(.input, "cannot write \(path): \(reason(EISDIR))")
    }
    // Renaming a file over a device would replace the device.
    isRegular = stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    descriptor =
      isRegular ? open(OutputFile.partialPath(path), O_WRONLY | O_CREAT, 0o666) : open(path, O_WRONLY)
    guard descriptor >= 0,
      !isRegular || (ftruncate(descriptor, kept) == 0 && lseek(descriptor, 0, SEEK_END) >= 0)
    else {
      throw Failure(.input, "cannot write \(path): \(reason(errno))")
    }
  }

  /// Writes a text.
  ///
  /// - Throws: `Failure` of kind `.run` when the file accepts no more.
  func write(_ text: String) throws(Failure) {
    if let code = writeAll(text, to: descriptor) {
      throw Failure(.run, "cannot write \(path): \(reason(code))")
    }
  }

  /// Renames the file once its bytes are on the disk.
  ///
  /// - Throws: `Failure` of kind `.run`.
  func finish() throws(Failure) {
    guard isRegular else { return }
    guard fsync(descriptor) == 0, rename(OutputFile.partialPath(path), path) == 0 else {
      throw Failure(.run, "cannot write \(path): \(reason(errno))")
    }
  }

  deinit { close(descriptor) }
}

/// Whether a file exists.
func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Whether two paths lead, through links, to the same name, and it is not a device or pipe.
func isSameFile(_ one: String, _ other: String) -> Bool {
  var status = stat()
  if stat(one, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return false }
  return resolved(one) == resolved(other)
}

/// A path with its links resolved; for a file that does not exist, its folder resolved and its name.
private func resolved(_ path: String) -> String {
  func real(_ path: String) -> String? {
    guard let bytes = realpath(path, nil) else { return nil }
    defer { free(bytes) }
    return String(cString: bytes)
  }
  if let whole = real(path) { return whole }
  let name = path.split(separator: "/").last.map(String.init) ?? path
  let folder = path.dropLast(name.count)
  return (real(folder.isEmpty ? "." : String(folder)) ?? String(folder)) + "/" + name
}

/// The bytes of a file.
///
/// - Throws: `ForecastError.data` when it cannot be read.
func fileBytes(_ path: String) throws(ForecastError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { throw .data(DataFault(.unreadable(reason(errno)), file: path)) }
  defer { close(descriptor) }
  return try allBytes(descriptor, name: path)
}

/// The system's description of an error number.
func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Everything that a descriptor yields.
private func allBytes(_ descriptor: Int32, name: String) throws(ForecastError) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .data(DataFault(.unreadable(reason(errno)), file: name)) }
    guard count > 0 else { return bytes }
    bytes.append(contentsOf: chunk[..<count])
  }
}

/// Writes all of a text; returns the error number if that fails.
private func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
  var text = text
  return text.withUTF8 { buffer in
    var rest = UnsafeRawBufferPointer(buffer)[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = write(descriptor, part.baseAddress, part.count)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
