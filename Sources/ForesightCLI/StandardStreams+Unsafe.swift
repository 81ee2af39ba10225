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
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .data(DataFault(.unreadable(reason(errno)), file: "standard input")) }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .data(DataFault(.unreadable("not UTF-8 text"), file: "standard input"))
    }
    return text
  }
}

/// What the system says of an error number.
func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

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
