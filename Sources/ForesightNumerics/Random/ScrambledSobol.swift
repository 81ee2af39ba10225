/// One dimension of Sobol's sequence under Owen's nested uniform scramble, keyed by (seed, replicate, name).
///
/// The scramble is a hash: each binary digit is flipped by a keyed function of the digits before it (Laine and Karras
/// 2011, doi:10.1111/j.1467-8659.2011.01995.x; Burley, J. Comput. Graph. Tech. 9(4), 2020), here three rounds on 64
/// bits with keys from Philox. Dimensions under different names are scrambled independently, and so are replicates. A
/// point depends only on the key, the dimension and its index, so that more points never change the first ones.
public struct ScrambledSobol: Sendable, Equatable {
  /// The dimension, from 0.
  public let dimension: Int
  /// The direction numbers with their bits reversed, the coarsest digit lowest.
  let directions: [UInt64]
  /// The keys of the scramble, four per round.
  let keys: [UInt64]

  /// Creates the scrambled sequence of a dimension.
  ///
  /// - Throws: `NumericsError.invalidParameter` for a dimension outside `0 ..< SobolSequence.dimensions`.
  public init(dimension: Int, seed: UInt64, replicate: Int = 0, name: String) throws(NumericsError) {
    let sequence = try SobolSequence(dimension: dimension)
    self.dimension = dimension
    directions = sequence.directions.map(bitReversed)
    let stream = RandomStream(seed: seed, name: name, replicate: replicate)
    // The last counter word sets these blocks apart from the draws (0) and the generators (1) of the stream.
    keys = (0..<3).flatMap { (round: UInt64) -> [UInt64] in
      let block = Philox4x64.block(counter: (round, 0, 0, 2), key: stream.key)
      return [block.0, block.1, block.2, block.3]
    }
  }

  /// Point k in the open interval (0, 1): an odd multiple of 2⁻⁵³.
  public func point(_ k: Int) -> Double {
    let k = min(max(k, 0), Int.max - 1)
    return points(k..<k + 1)[0]
  }

  /// Returns the points of a range, at a few nanoseconds per point.
  public func points(_ range: Range<Int>) -> [Double] {
    var values = [Double](repeating: 0, count: range.count)
    points(range, into: &values)
    return values
  }
}

/// The word with its lowest bit highest.
private func bitReversed(_ word: UInt64) -> UInt64 {
  var reversed: UInt64 = 0
  for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 { reversed |= 1 << UInt64(63 - bit) }
  return reversed
}
