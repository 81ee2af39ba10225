/// Splits an expression into tokens: numbers, names, quoted text and signs.
struct ExpressionLexer {
  enum Token: Equatable {
    case number(Double)
    case name(String)
    case text(String)
    case sign(String)
    case end
  }

  private let bytes: [UInt8]
  private(set) var offset = 0
  private(set) var tokenOffset = 0
  private(set) var token: Token = .end

  init(_ text: String) throws(ExpressionFault) {
    bytes = Array(text.utf8)
    try advance()
  }

  /// Reads the next token.
  mutating func advance() throws(ExpressionFault) {
    while offset < bytes.count, [32, 9, 10, 13].contains(bytes[offset]) { offset += 1 }
    tokenOffset = offset
    guard offset < bytes.count else {
      token = .end
      return
    }
    let byte = bytes[offset]
    if isDigit(byte) || (byte == 46 && offset + 1 < bytes.count && isDigit(bytes[offset + 1])) {
      token = try number()
    } else if isLetter(byte) {
      let start = offset
      while offset < bytes.count, isLetter(bytes[offset]) || isDigit(bytes[offset]) || innerDot() {
        offset += 1
      }
      token = .name(String(decoding: bytes[start..<offset], as: UTF8.self))
    } else if byte == 39 || byte == 34 {
      token = try quoted(byte)
    } else {
      token = try sign()
    }
  }

  private mutating func number() throws(ExpressionFault) -> Token {
    let start = offset
    while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
    // "2026..2032" is a range: a dot belongs to the number only before a digit.
    if offset + 1 < bytes.count, bytes[offset] == 46, isDigit(bytes[offset + 1]) {
      offset += 1
      while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
    }
    if offset < bytes.count, bytes[offset] == 101 || bytes[offset] == 69 {
      var ahead = offset + 1
      if ahead < bytes.count, bytes[ahead] == 43 || bytes[ahead] == 45 { ahead += 1 }
      if ahead < bytes.count, isDigit(bytes[ahead]) {
        offset = ahead
        while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
      }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw ExpressionFault(what: "\"\(text)\" is not a finite number", offset: start)
    }
    if offset < bytes.count, isLetter(bytes[offset]) {
      throw ExpressionFault(
        what: "expected an operator after the number \(text)", offset: offset)
    }
    return .number(value)
  }

  private mutating func quoted(_ quote: UInt8) throws(ExpressionFault) -> Token {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != quote { offset += 1 }
    guard offset < bytes.count else {
      throw ExpressionFault(what: "the closing quote is missing", offset: start)
    }
    offset += 1
    return .text(String(decoding: bytes[(start + 1)..<(offset - 1)], as: UTF8.self))
  }

  private mutating func sign() throws(ExpressionFault) -> Token {
    for length in [2, 1] where offset + length <= bytes.count {
      let text = String(decoding: bytes[offset..<(offset + length)], as: UTF8.self)
      if ExpressionLexer.signs.contains(text) {
        offset += length
        return .sign(text)
      }
    }
    if bytes[offset] == 61 { throw ExpressionFault(what: "use == for equality", offset: offset) }
    let rest = String(decoding: bytes[offset...], as: UTF8.self)
    throw ExpressionFault(what: "unexpected \"\(rest.prefix(1))\"", offset: offset)
  }

  private static let signs: Set<String> = [
    "..", "==", "!=", "<=", ">=", "+", "-", "*", "/", "^", "<", ">", "(", ")", "[", "]", ",",
  ]

  private func innerDot() -> Bool {
    bytes[offset] == 46 && offset + 1 < bytes.count && isLetter(bytes[offset + 1])
  }
  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }
}
