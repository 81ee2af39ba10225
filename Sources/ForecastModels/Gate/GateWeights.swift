/// The weights of the networks that are shipped.
@_spi(Training) public enum GateWeights {
  /// The hash of the weights that are shipped, from their manifest.
  static let hash = GateWeightsText.hash

  /// The networks, read when they are first needed; empty if the weights are not those of the hash.
  static let networks: [GateNetwork] = {
    let bytes = decoded(GateWeightsText.base64.utf8)
    guard hash(of: bytes) == hash else { return [] }
    let size = 2 * GateNetwork.parameters
    return (0..<(bytes.count / size)).compactMap { place in
      let own = bytes[(place * size)..<((place + 1) * size)]
      return GateNetwork(
        stride(from: own.startIndex, to: own.endIndex, by: 2).map {
          HalfPrecision.value(UInt16(own[$0]) | UInt16(own[$0 + 1]) << 8)
        })
    }
  }()

  /// FNV-1a of 64 bits (Fowler, Noll and Vo; RFC 9923), in hexadecimal digits.
  @_spi(Training) public static func hash(of bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  /// The bytes of a text of base 64 (RFC 4648) without padding.
  static func decoded(_ text: some Sequence<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text {
      let value: UInt8
      switch character {
      case 65...90: value = character - 65
      case 97...122: value = character - 71
      case 48...57: value = character + 4
      case 43: value = 62
      case 47: value = 63
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }
}
