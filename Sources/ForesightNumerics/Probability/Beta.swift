/// The beta distribution on [0, 1].
public struct Beta: Distribution {
  /// The shape α at the lower end.
  public let alpha: Double
  /// The shape β at the upper end.
  public let beta: Double
  private let tables = BetaQuantileCache()

  /// Creates the beta distribution of two positive shapes.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(alpha: Double, beta: Double) throws(NumericsError) {
    try requirePositive("alpha", alpha)
    try requirePositive("beta", beta)
    self.alpha = alpha
    self.beta = beta
  }

  /// α/(α + β).
  public var mean: Double { alpha / (alpha + beta) }
  /// αβ/((α + β)²(α + β + 1)).
  public var variance: Double { mean * (beta / (alpha + beta)) / (alpha + beta + 1) }
  /// The density x^(α−1)(1 − x)^(β−1)/B(α, β).
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double { logDensity(x, complement: 1 - x) }
  /// The regularized incomplete beta function I_x(α, β).
  public func cdf(_ x: Double) -> Double { cdf(x, complement: 1 - x) }

  /// The logarithm of the density at x, for a 1 − x that is known more precisely than x.
  func logDensity(_ x: Double, complement y: Double) -> Double {
    guard x >= 0, y >= 0 else { return -.infinity }
    if x == 0 || y == 0 {
      let shape = x == 0 ? alpha : beta
      // At an end the density is zero, the other shape, or infinite.
      return shape > 1 ? -.infinity : shape < 1 ? .infinity : logarithm(x == 0 ? beta : alpha)
    }
    return SpecialFunctions.logBetaPower(x, complement: y, alpha, beta) - logarithm(x) - logarithm(y)
  }

  func cdf(_ x: Double, complement y: Double) -> Double {
    SpecialFunctions.regularizedIncompleteBeta(x, complement: y, alpha, beta)
  }

  /// The quantile to about 1e-14 relative: Newton's method on the logarithms of the nearer tail.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    return p <= 0.5 ? Beta.lowerQuantile(p, alpha, beta) : 1 - Beta.lowerQuantile(1 - p, beta, alpha)
  }
  /// Replaces each probability with its quantile, within 2e-14 relative of `quantile`, from a table of polynomials.
  ///
  /// The first call makes the table (about a millisecond) and keeps it; each value then takes a few nanoseconds. For
  /// shapes below ½ or above 50, which the table does not cover, `quantile` is called for each value.
  public func quantiles(_ values: inout [Double]) {
    guard areProbabilities(values) else { return quantilesOneByOne(&values) }
    guard let table = tables.table(alpha, beta) else {
      for index in values.indices { values[index] = quantile(values[index]) }
      return
    }
    // This far out, rounding log p costs more than one rounding of the quantile.
    let tiny = values.indices.filter { values[$0] > 0 && values[$0] < 1e-60 }
    let exact = tiny.map { quantile(values[$0]) }
    table.evaluate(&values)
    for (index, value) in zip(tiny, exact) { values[index] = value }
  }

  /// The x with I_x(a, b) = p for p ≤ ½, by Newton's method on log I against log x, which is concave.
  static func lowerQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    guard p > 0 else { return 0 }
    let logP = logarithm(p)
    let logBeta =
      SpecialFunctions.logGamma(a) + SpecialFunctions.logGamma(b) - SpecialFunctions.logGamma(a + b)
    // I ≈ x^a/(a B) near 0, and the median lies near the mean.
    var x = min(exponential((logP + logarithm(a) + logBeta) / a), a / (a + b))
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 {
      guard x > 0 else { return 0 }
      let cdf = SpecialFunctions.regularizedIncompleteBeta(x, a, b)
      if cdf == p { return x }
      if cdf < p { low = x } else { high = x }
      let step = -(logarithm(cdf) - logP) * cdf * (1 - x) / SpecialFunctions.betaPower(x, a, b)
      let next = x * exponential(step)
      guard next > low, next < high else {
        let middle = low > 0 ? (low * high).squareRoot() : 0.5 * high
        if !(middle > low && middle < high) { return x }
        x = middle
        continue
      }
      if abs(step) <= 1e-11 { return next }
      x = next
    }
    return x
  }
}
