/// The χ² distribution: the gamma distribution of shape ν/2 and scale 2.
public struct ChiSquared: Distribution {
  /// The degrees of freedom ν.
  public let degreesOfFreedom: Double
  private let gamma: Gamma

  /// Creates the χ² distribution of positive degrees of freedom.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(degreesOfFreedom: Double) throws(NumericsError) {
    try requirePositive("degreesOfFreedom", degreesOfFreedom)
    self.degreesOfFreedom = degreesOfFreedom
    gamma = try Gamma(shape: degreesOfFreedom / 2, scale: 2)
  }

  /// ν.
  public var mean: Double { degreesOfFreedom }
  /// 2ν.
  public var variance: Double { 2 * degreesOfFreedom }
  /// The density at x.
  public func density(_ x: Double) -> Double { gamma.density(x) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }
  /// P(ν/2, x/2).
  public func cdf(_ x: Double) -> Double { gamma.cdf(x) }
  /// The quantile of the gamma distribution.
  public func quantile(_ p: Double) -> Double { gamma.quantile(p) }
}
