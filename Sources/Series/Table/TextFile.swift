/// Text from a file, a pipe or standard input.
package enum TextFile {
  /// The whole text of a file; `-` is standard input.
  ///
  /// - Throws: `ForecastError.data` with the reason that the system gives, or with the line that is not UTF-8.
  package static func text(path: String) throws(ForecastError) -> String {
    try text(bytes(path: path), file: path == "-" ? "standard input" : path)
  }

  /// The bytes of a file; `-` is standard input.
  ///
  /// - Throws: `ForecastError.data` with the reason that the system gives.
  static func bytes(path: String) throws(ForecastError) -> [UInt8] {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try source.read(into: &chunk)
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return bytes
  }

  /// The text of bytes in UTF-8.
  ///
  /// - Throws: `ForecastError.data` with the first line that is not UTF-8.
  package static func text(_ bytes: [UInt8], file: String) throws(ForecastError) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    throw .data(DataFault(.unreadable("not UTF-8 text"), file: file, line: bad.map { $0 + 1 }))
  }
}

extension Double {
  /// Creates the finite number that a decimal text stands for: digits, sign, point and exponent, and nothing else.
  package init?(decimal text: some StringProtocol) {
    let isDecimal = text.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 43, 45, 46, 69, 101: true  // digits, + - . E e
      default: false
      }
    }
    guard isDecimal, let value = Double(text), value.isFinite else { return nil }
    self = value
  }
}
