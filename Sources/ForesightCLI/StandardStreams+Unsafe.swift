internal import Forecasting

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the tool prints for its caller.
enum StandardOutput {
  /// Whether a person reads it.
  static let isTerminal = isatty(1) == 1

  /// The columns that a line may take: the terminal's, else no limit.
  static let width: Int? = {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }()

  /// Writes a text; a reader that has gone away ends the process quietly.
  ///
  /// - Throws: `Failure` of kind `.run` when the stream takes no more.
  static func write(_ text: String) throws(Failure) {
    if let code = writeAll(text, to: 1) {
      if code == EPIPE { exit(0) }
      throw Failure(.run, "cannot write to standard output: \(reason(code))")
    }
  }
}

/// What the tool tells a person beside its output.
enum StandardError {
  /// Whether a person reads it.
  static let isTerminal = isatty(2) == 1

  /// Writes a text; there is no one left to tell when that fails.
  static func write(_ text: String) { _ = writeAll(text, to: 2) }
}

/// What the caller gives the tool.
enum StandardInput {
  /// Everything until the end of the stream.
  ///
  /// - Throws: `ForecastError.data` when the stream cannot be read or is not UTF-8.
  static func text() throws(ForecastError) -> String {
    try TextFile.text(path: "-")
  }
}

/// A file that takes its name only when it is complete: until then it is `NAME.partial`.
///
/// A device or pipe is written as it is.
final class OutputFile {
  let path: String
  private let descriptor: Int32
  private let isRegular: Bool

  /// The name that an unfinished file has.
  static func partialPath(_ path: String) -> String { path + ".partial" }

  /// An empty file, or an unfinished one that is gone on with after its first `kept` bytes.
  ///
  /// - Throws: `Failure` of kind `.input` when it cannot be written.
  init(_ path: String, keeping kept: Int = 0) throws(Failure) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(.input, "cannot write \(path): \(reason(EISDIR))")
    }
    // To rename a file over a device would take the device's place.
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
  /// - Throws: `Failure` of kind `.run` when the file takes no more.
  func write(_ text: String) throws(Failure) {
    if let code = writeAll(text, to: descriptor) {
      throw Failure(.run, "cannot write \(path): \(reason(code))")
    }
  }

  /// Gives the file its name, once its bytes are on the disk.
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

/// Whether there is a file of a name.
func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Whether a path's file would be written where another path's is: both lead, through links, to one name that is no
/// device or pipe.
func isSameFile(_ one: String, _ other: String) -> Bool {
  var status = stat()
  if stat(one, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return false }
  return resolved(one) == resolved(other)
}

/// A path without links; of a file that is not there, its folder without links and its name.
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

/// What the system says of an error number.
func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Everything that a descriptor has until its end.
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

/// Writes all of a text; the error number when that fails.
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
