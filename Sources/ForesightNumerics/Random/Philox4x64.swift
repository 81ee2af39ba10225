/// The counter-based generator Philox 4x64-10: a block of four words per counter, under a two-word key.
///
/// Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11, 2011,
/// doi:10.1145/2063384.2063405.
public struct Philox4x64: RandomNumberGenerator, Sendable {
  /// The key.
  public let key: (UInt64, UInt64)
  private var counter: (UInt64, UInt64, UInt64, UInt64)
  private var block: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var used = 4

  /// Creates a generator that starts at a counter.
  public init(key: (UInt64, UInt64), counter: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)) {
    self.key = key
    self.counter = counter
  }

  /// The next word.
  public mutating func next() -> UInt64 {
    if used == 4 {
      block = Philox4x64.block(counter: counter, key: key)
      step()
      used = 0
    }
    used += 1
    switch used {
    case 1: return block.0
    case 2: return block.1
    case 3: return block.2
    default: return block.3
    }
  }

  private mutating func step() {
    counter.0 &+= 1
    guard counter.0 == 0 else { return }
    counter.1 &+= 1
    guard counter.1 == 0 else { return }
    counter.2 &+= 1
    guard counter.2 == 0 else { return }
    counter.3 &+= 1
  }

  /// Returns the four words of a counter under a key, by ten rounds: a pure function.
  public static func block(
    counter: (UInt64, UInt64, UInt64, UInt64), key: (UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 {
        k.0 &+= 0x9E37_79B9_7F4A_7C15
        k.1 &+= 0xBB67_AE85_84CA_A73B
      }
      let first = c.0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let second = c.2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      c = (second.high ^ c.1 ^ k.0, second.low, first.high ^ c.3 ^ k.1, first.low)
    }
    return c
  }
}
