/// The SHA-256 of bytes (FIPS 180-4), by which a record or a report names the exact file and data that it speaks of.
public struct ContentHash: Sendable, Hashable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  public let description: String

  /// The hash of bytes.
  ///
  /// Cost: proportional to the number of bytes.
  public init(_ bytes: some Sequence<UInt8>) {
    var message = Array(bytes)
    let bitCount = UInt64(message.count) * 8
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    var state = ContentHash.initial
    var schedule = [UInt32](repeating: 0, count: 64)
    for start in stride(from: 0, to: message.count, by: 64) {
      ContentHash.compress(&state, &schedule, message[start..<(start + 64)])
    }
    description = state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// The hash of a text's UTF-8 bytes.
  public init(_ text: String) { self.init(text.utf8) }

  private static func compress(_ state: inout [UInt32], _ w: inout [UInt32], _ block: ArraySlice<UInt8>) {
    for (place, byte) in block.enumerated() { w[place / 4] = w[place / 4] << 8 | UInt32(byte) }
    for t in 16..<64 {
      let s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3
      let s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10
      w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for (k, word) in zip(constants, w) {
      let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      let first = h &+ s1 &+ (e & f ^ ~e & g) &+ k &+ word
      let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      let second = s0 &+ (a & b ^ a & c ^ b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (place, word) in [a, b, c, d, e, f, g, h].enumerated() { state[place] = state[place] &+ word }
  }

  private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }

  private static let primes = (2...311).filter { n in !(2..<n).contains { n.isMultiple(of: $0) } }

  /// The first 32 bits of the fractions of √p of the first eight primes.
  private static let initial = primes.prefix(8).map { fractionBits(Double($0).squareRoot()) }

  /// The first 32 bits of the fractions of ∛p of the first 64 primes.
  private static let constants = primes.map { prime in
    // Newton's steps to the last bit; 21 digits of the root are not needed.
    let p = Double(prime)
    var root = 1 + p / 8
    for _ in 0..<40 { root -= (root * root * root - p) / (3 * root * root) }
    return fractionBits(root)
  }

  private static func fractionBits(_ x: Double) -> UInt32 { UInt32((x - x.rounded(.down)) * 4_294_967_296) }
}
