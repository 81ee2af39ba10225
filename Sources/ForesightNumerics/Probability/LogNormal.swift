/// The lognormal distribution: exp(μ + σz) with z standard normal.
public struct LogNormal: Distribution {
  /// The median exp μ.
  public let median: Double
  /// The mean μ of the logarithm.
  public let mu: Double
  /// The standard deviation σ of the logarithm.
  public let sigma: Double

  /// Creates the lognormal with a positive median and a positive standard deviation of the logarithm.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(median: Double, sigma: Double) throws(NumericsError) {
    try requirePositive("median", median)
    try requirePositive("sigma", sigma)
    self.median = median
    self.sigma = sigma
    mu = logarithm(median)
  }

  /// Creates the lognormal with a mean and a positive standard deviation of the logarithm.
  ///
  /// - Throws: `NumericsError.invalidParameter`, also if exp μ is not a positive finite number.
  public init(mu: Double, sigma: Double) throws(NumericsError) {
    try requireFinite("mu", mu)
    try requirePositive("sigma", sigma)
    median = exponential(mu)
    guard median > 0, median.isFinite else { throw .invalidParameter(name: "mu", value: mu) }
    self.mu = mu
    self.sigma = sigma
  }

  /// exp(μ + σ²/2).
  public var mean: Double { median * exponential(0.5 * sigma * sigma) }
  /// (exp σ² − 1) exp(2μ + σ²).
  public var variance: Double { mean * mean * exponentialMinusOne(sigma * sigma) }
  /// The density at x.
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return -.infinity }
    let z = score(x)
    return -0.5 * z * z - 0.918_938_533_204_672_741_78 - logarithm(sigma) - logarithm(x)
  }
  /// Φ((log x − μ)/σ).
  public func cdf(_ x: Double) -> Double { x > 0 ? SpecialFunctions.normalCDF(score(x)) : 0 }
  /// median · exp(σ Φ⁻¹(p)).
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    return median * kernelExponential(sigma * SpecialFunctions.normalQuantile(p))
  }
  /// Replaces each probability with its quantile: the same bits as `quantile`, a vector at a time.
  public func quantiles(_ values: inout [Double]) {
    guard areProbabilities(values) else { return quantilesOneByOne(&values) }
    SpecialFunctions.normalQuantiles(&values)
    for index in values.indices { values[index] *= sigma }
    exponentials(&values)
    for index in values.indices { values[index] *= median }
  }

  private func score(_ x: Double) -> Double { logarithm(x / median) / sigma }
}
