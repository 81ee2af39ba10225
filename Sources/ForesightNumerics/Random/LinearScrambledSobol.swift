/// One dimension of Sobol's sequence under a random linear scramble and a digital shift, keyed by (seed, replicate,
/// name).
///
/// Each digit of a point is added to a random combination of the coarser digits, the same for all points, and then to a
/// random digit: J. Matoušek, *J. Complexity* 14 (1998) 527–556, doi:10.1006/jcom.1998.0489. A point is uniform, and
/// integrals are unbiased; compared with Owen's scramble, the points keep more of their structure, and sensitivity
/// indices of smooth functions have smaller errors.
package struct LinearScrambledSobol: Sendable, Equatable {
  /// The dimension, from 0.
  package let dimension: Int
  /// The scrambled direction numbers as binary fractions, the coarsest first.
  private let directions: [UInt64]
  /// The digital shift.
  private let shift: UInt64

  /// Creates the scrambled sequence of a dimension.
  ///
  /// - Throws: `NumericsError.invalidParameter` for a dimension outside `0 ..< SobolSequence.dimensions`.
  package init(dimension: Int, seed: UInt64, replicate: Int = 0, name: String) throws(NumericsError) {
    let sequence = try SobolSequence(dimension: dimension)
    self.dimension = dimension
    let stream = RandomStream(seed: seed, name: name, replicate: replicate)
    // The last counter word sets these blocks apart from the draws (0), the generators (1) and Owen's scramble (2).
    let words = (0..<17).flatMap { (round: UInt64) -> [UInt64] in
      let block = Philox4x64.block(counter: (round, 0, 0, 3), key: stream.key)
      return [block.0, block.1, block.2, block.3]
    }
    // Row i has a one at digit i and random digits before it; digit 0 is the highest bit.
    let rows = (0..<64).map { (digit: Int) -> UInt64 in
      let own = UInt64(1) << UInt64(63 - digit)
      let coarser = digit == 0 ? 0 : UInt64.max << UInt64(64 - digit)
      return words[digit] & coarser | own
    }
    directions = sequence.directions.map { direction in
      var scrambled: UInt64 = 0
      for (digit, row) in rows.enumerated() where (row & direction).nonzeroBitCount & 1 == 1 {
        scrambled |= 1 << UInt64(63 - digit)
      }
      return scrambled
    }
    shift = words[64]
  }

  /// Writes the points of a range, in the open interval (0, 1), into the first elements of an array that is long
  /// enough.
  package func points(_ range: Range<Int>, into values: inout [Double]) {
    precondition(range.lowerBound >= 0, "the first point must not be negative")
    precondition(values.count >= range.count, "the array must hold every point")
    var gray = UInt64(range.lowerBound) ^ (UInt64(range.lowerBound) >> 1)
    var point = shift
    while gray != 0 {
      point ^= directions[gray.trailingZeroBitCount]
      gray &= gray - 1
    }
    for place in 0..<range.count {
      values[place] = RandomStream.open(point)
      // In Gray code the next index differs in one digit.
      point ^= directions[(range.lowerBound + place + 1).trailingZeroBitCount]
    }
  }
}
