/// The χ² distribution.
public struct ChiSquared: Distribution {
  /// The degrees of freedom ν.
  public let degreesOfFreedom: Double

  /// The χ² distribution of positive degrees of freedom.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(degreesOfFreedom: Double) throws(NumericsError) {
    guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else {
      throw .invalidParameter(name: "degreesOfFreedom", value: degreesOfFreedom)
    }
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// ν.
  public var mean: Double { degreesOfFreedom }
  /// 2ν.
  public var variance: Double { 2 * degreesOfFreedom }
  /// The density at x.
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    guard x >= 0 else { return -.infinity }
    let half = degreesOfFreedom / 2
    return (half - 1) * logarithm(x) - x / 2 - half * logarithm(2) - SpecialFunctions.logGamma(half)
  }
  /// P(ν/2, x/2).
  public func cdf(_ x: Double) -> Double {
    SpecialFunctions.regularizedIncompleteGamma(degreesOfFreedom / 2, x / 2)
  }
  /// The quantile, from Wilson and Hilferty's cube (1931) by safeguarded Newton steps.
  public func quantile(_ p: Double) -> Double {
    guard p > 0 else { return p == 0 ? 0 : .nan }
    guard p < 1 else { return p == 1 ? .infinity : .nan }
    let c = 2 / (9 * degreesOfFreedom)
    let root = 1 - c + SpecialFunctions.normalQuantile(p) * c.squareRoot()
    let start = max(degreesOfFreedom * root * root * root, 1e-8 * degreesOfFreedom)
    return invertMonotone(probability: p, start: start, lower: 0) { (cdf($0), density($0)) }
  }
}
