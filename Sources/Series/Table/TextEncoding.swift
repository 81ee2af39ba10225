/// How the bytes of a text file stand for characters.
enum TextEncoding: Equatable {
  case utf8
  case utf16(isBigEndian: Bool)
  /// Latin-1 with the letters and signs that Windows has in place of control characters.
  case windows1252

  /// The name, for notes.
  var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16: "UTF-16"
    case .windows1252: "Windows-1252"
    }
  }

  /// Returns the text of bytes in UTF-8 without a byte order mark, and its encoding; `nil` for bytes that are not text.
  ///
  /// A byte order mark decides; without one, zeros in every second byte are UTF-16, and bytes that are not UTF-8 are Windows-1252.
  static func decoded(_ bytes: [UInt8]) -> (text: [UInt8], encoding: TextEncoding)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      let rest = Array(bytes.dropFirst(3))
      return String(validating: rest, as: UTF8.self) == nil ? nil : (rest, .utf8)
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), isBigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), isBigEndian: true) }
    let sample = bytes.prefix(4096)
    let zeros = [0, 1].map { odd in sample.indices.count { $0 % 2 == odd && sample[$0] == 0 } }
    if zeros[0] + zeros[1] > 0 {
      guard max(zeros[0], zeros[1]) * 4 > sample.count, min(zeros[0], zeros[1]) == 0 else { return nil }
      return utf16(bytes[...], isBigEndian: zeros[0] > 0)
    }
    if String(validating: bytes, as: UTF8.self) != nil { return (bytes, .utf8) }
    var text = ""
    for byte in bytes {
      text.unicodeScalars.append(
        (0x80...0x9F).contains(byte) ? windowsScalars[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return (Array(text.utf8), .windows1252)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> (
    text: [UInt8], encoding: TextEncoding
  )? {
    guard bytes.count % 2 == 0 else { return nil }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for place in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    guard let text = String(validating: units, as: UTF16.self) else { return nil }
    return (Array(text.utf8), .utf16(isBigEndian: isBigEndian))
  }

  /// The characters of the bytes from 0x80 to 0x9F; those that Windows does not define are taken as they are.
  private static let windowsScalars = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
}
