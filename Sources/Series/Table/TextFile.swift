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
  /// - Throws: `ForecastError.data` with the reason that the system gives, and for more bytes than are read as a whole.
  static func bytes(path: String) throws(ForecastError) -> [UInt8] {
    try ByteSource(path: path).rest()
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
  /// Creates the number that bytes stand for if they are a sign and at most 15 digits with a point among them; `nil` for any other text.
  ///
  /// Such a number is the quotient of two integers that are exact, and so rounded once.
  init?(plain text: ArraySlice<UInt8>) {
    guard text.count <= 17, let first = text.first else { return nil }
    var (digits, count, point) = (0, 0, -1)
    for byte in first == UInt8(ascii: "-") ? text.dropFirst() : text {
      if byte == UInt8(ascii: "."), point < 0 {
        point = count
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
      count += 1
    }
    guard (1...15).contains(count) else { return nil }
    let magnitude = Double(digits) / (point < 0 ? 1 : Double.powersOfTen[count - point])
    self = first == UInt8(ascii: "-") ? -magnitude : magnitude
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

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
