/// FNV-1a of 64 bits (Fowler, Noll and Vo; RFC 9923), which notices what was changed by accident.
struct Checksum {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Goes on with further bytes.
  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  /// The sum in hexadecimal digits.
  var text: String { String(hash, radix: 16) }
}
