/// Random numbers keyed by (seed, name, replicate): draw k is a pure function of the key and k.
///
/// Adding a stream, reordering streams or requesting more draws does not change any other draw.
///
/// ```swift
/// let noise = RandomStream(seed: 7, name: "noise")
/// let first = noise.normals(0..<1000)
/// ```
public struct RandomStream: Sendable {
  /// The key of the generator.
  public let key: (UInt64, UInt64)

  /// Creates the stream of a name under a seed.
  public init(seed: UInt64, name: String, replicate: Int = 0) {
    key = (seed, RandomStream.hash(name, replicate))
  }

  /// Returns the uniform of a draw, in the open interval (0, 1): an odd multiple of 2⁻⁵³.
  public func uniform(_ draw: Int) -> Double {
    let words = Philox4x64.block(counter: (UInt64(bitPattern: Int64(draw)) >> 2, 0, 0, 0), key: key)
    return RandomStream.open(RandomStream.word(draw, of: words))
  }

  /// Returns the uniforms of a range of draws.
  public func uniforms(_ draws: Range<Int>) -> [Double] {
    // One block serves four draws.
    var values: [Double] = []
    values.reserveCapacity(draws.count)
    var draw = draws.lowerBound
    while draw < draws.upperBound {
      let words = Philox4x64.block(counter: (UInt64(bitPattern: Int64(draw)) >> 2, 0, 0, 0), key: key)
      let last = min(draws.upperBound, (draw | 3) + 1)
      while draw < last {
        values.append(RandomStream.open(RandomStream.word(draw, of: words)))
        draw += 1
      }
    }
    return values
  }

  /// Returns a separate generator for a draw.
  public func generator(draw: Int) -> Philox4x64 {
    Philox4x64(key: key, counter: (0, 0, UInt64(bitPattern: Int64(draw)), 1))
  }

  private static func word(_ draw: Int, of block: (UInt64, UInt64, UInt64, UInt64)) -> UInt64 {
    switch draw & 3 {
    case 0: block.0
    case 1: block.1
    case 2: block.2
    default: block.3
    }
  }

  /// The middle of one of 2⁵² equal cells of (0, 1).
  static func open(_ word: UInt64) -> Double { (Double(word >> 12) + 0.5) * 0x1p-52 }

  /// FNV-1a of the name's UTF-8 and the replicate, finished by SplitMix64's mixer.
  static func hash(_ name: String, _ replicate: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= UInt64(bitPattern: Int64(replicate)) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
