internal import CKernels

/// The SHA-256 of bytes (FIPS 180-4), by which a record, a file or a report names the exact bytes that it speaks of.
public struct ContentHash: Sendable, Hashable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  public let description: String

  /// The hash of bytes.
  ///
  /// Cost: proportional to the number of bytes.
  public init(_ bytes: some Sequence<UInt8>) {
    var hasher = ContentHasher()
    hasher.add(Array(bytes))
    self = hasher.hash
  }

  /// The hash of a text's UTF-8 bytes.
  public init(_ text: String) { self.init(text.utf8) }

  fileprivate init(words: [UInt32]) {
    description = words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}

/// A SHA-256 of bytes that come in pieces.
package struct ContentHasher: Sendable {
  /// The first 32 bits of the fractions of √p of the first eight primes.
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Fewer bytes than a block.
  private var rest: [UInt8] = []
  private var count = 0

  /// The hash of no bytes.
  package init() {}

  /// Goes on with further bytes.
  package mutating func add(_ bytes: [UInt8]) {
    count += bytes.count
    guard rest.isEmpty else {
      rest += bytes
      let blocks = rest.count / 64
      fs_sha256(&state, rest, Int64(blocks))
      rest.removeFirst(64 * blocks)
      return
    }
    let blocks = bytes.count / 64
    fs_sha256(&state, bytes, Int64(blocks))
    rest = Array(bytes[(64 * blocks)...])
  }

  /// The hash of all bytes up to here.
  package var hash: ContentHash {
    var last = rest + [0x80]
    last += [UInt8](repeating: 0, count: (120 - last.count % 64) % 64)
    let bits = UInt64(count) * 8
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      last.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    var words = state
    fs_sha256(&words, last, Int64(last.count / 64))
    return ContentHash(words: words)
  }
}
