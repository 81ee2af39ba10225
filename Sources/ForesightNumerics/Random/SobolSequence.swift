/// One dimension of Sobol's sequence in Gray-code order, unscrambled: point k as a 64-bit binary fraction.
///
/// Sobol', USSR Comput. Math. Math. Phys. 7 (1967) 86–112; Antonov and Saleev, ibid. 19 (1979) 252–256 for the
/// order; direction numbers of Joe and Kuo (2008).
package struct SobolSequence: Sendable, Equatable {
  /// The number of available dimensions.
  package static let dimensions = JoeKuoNumbers.dimensions

  /// The dimension, from 0 (van der Corput's sequence).
  package let dimension: Int
  /// The 64 direction numbers as binary fractions, the coarsest first.
  let directions: [UInt64]

  /// Creates the sequence of a dimension.
  ///
  /// - Throws: `NumericsError.invalidParameter` outside `0 ..< dimensions`.
  package init(dimension: Int) throws(NumericsError) {
    guard (0..<SobolSequence.dimensions).contains(dimension) else {
      throw .invalidParameter(name: "dimension", value: Double(dimension))
    }
    self.dimension = dimension
    directions = SobolSequence.directions(of: dimension)
  }

  /// Point k as a 64-bit binary fraction: point · 2⁶⁴.
  package func fraction(_ k: Int) -> UInt64 {
    precondition(k >= 0, "a point must not be negative")
    let index = UInt64(k)
    var gray = index ^ (index >> 1)
    var point: UInt64 = 0
    while gray != 0 {
      point ^= directions[gray.trailingZeroBitCount]
      gray &= gray - 1
    }
    return point
  }

  private static func directions(of dimension: Int) -> [UInt64] {
    guard dimension > 0 else { return (0..<64).map { 1 << UInt64(63 - $0) } }
    var offset = 0
    for earlier in 0..<dimension - 1 { offset += degree(JoeKuoNumbers.polynomials[earlier]) }
    let polynomial = JoeKuoNumbers.polynomials[dimension - 1]
    let s = degree(polynomial)
    var v = [UInt64](repeating: 0, count: 64)
    for i in 0..<s { v[i] = UInt64(JoeKuoNumbers.initial[offset + i]) << UInt64(63 - i) }
    for i in s..<64 {
      v[i] = v[i - s] ^ (v[i - s] >> UInt64(s))
      for j in 1..<s where polynomial >> UInt32(s - j) & 1 == 1 { v[i] ^= v[i - j] }
    }
    return v
  }

  private static func degree(_ polynomial: UInt32) -> Int { 31 - polynomial.leadingZeroBitCount }
}
