/// The normal distribution.
public struct Normal: Distribution {
  /// The mean.
  public let mean: Double
  private let sigma: Double

  /// The standard normal: mean 0, standard deviation 1.
  public static let standard = Normal(standard: ())

  private init(standard: Void) {
    mean = 0
    sigma = 1
  }

  /// Creates the normal with a mean and a positive standard deviation.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(mean: Double, standardDeviation: Double) throws(NumericsError) {
    guard mean.isFinite else { throw .invalidParameter(name: "mean", value: mean) }
    guard standardDeviation > 0, standardDeviation.isFinite else {
      throw .invalidParameter(name: "standardDeviation", value: standardDeviation)
    }
    self.mean = mean
    sigma = standardDeviation
  }

  /// The variance.
  public var variance: Double { sigma * sigma }
  /// The standard deviation.
  public var standardDeviation: Double { sigma }
  /// The density at x.
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    let z = (x - mean) / sigma
    return -0.5 * z * z - logarithm(sigma) - 0.918_938_533_204_672_741_78
  }
  /// Φ((x − μ)/σ).
  public func cdf(_ x: Double) -> Double { SpecialFunctions.normalCDF((x - mean) / sigma) }
  /// μ + σ Φ⁻¹(p).
  public func quantile(_ p: Double) -> Double { mean + sigma * SpecialFunctions.normalQuantile(p) }
  /// Replaces each probability with its quantile: the same bits as `quantile`, a vector at a time.
  public func quantiles(_ values: inout [Double]) {
    guard areProbabilities(values) else { return quantilesOneByOne(&values) }
    SpecialFunctions.normalQuantiles(&values)
    for index in values.indices { values[index] = mean + sigma * values[index] }
  }
}

extension RandomStream {
  /// Returns the standard normals of a range of draws, by inversion of the uniforms.
  public func normals(_ draws: Range<Int>) -> [Double] {
    var values = uniforms(draws)
    SpecialFunctions.normalQuantiles(&values)
    return values
  }
}
