/// A key of a series that is compared byte by byte: texts of the same look in different Unicode forms are different keys.
struct ByteKey: Hashable {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Eight bytes at a time; an array hashes each of them by itself.
  func hash(into hasher: inout Hasher) {
    var word: UInt64 = 0
    for (place, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if place & 7 == 7 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(bytes.count)
  }
}
