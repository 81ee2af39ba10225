extension String {
  /// The text with its control characters visible: `\x1b` for an escape, which would otherwise command a terminal.
  ///
  /// Ends of lines and tabs stay; every other character of the categories C0 and C1 of Unicode, and delete, is written as `\x` with
  /// two hexadecimal digits, and the marks that reverse the direction of text as `\u` with four. Everything that is shown to a reader,
  /// answers and messages, goes through here.
  package var shown: String {
    func isHidden(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 9, 10: false
      case 0...31, 127...159, 0x202A...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
    guard unicodeScalars.contains(where: isHidden) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if isHidden(scalar) {
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFF ? 4 : 2
        text +=
          (width == 4 ? "\\u" : "\\x") + String(repeating: "0", count: max(0, width - digits.count)) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
