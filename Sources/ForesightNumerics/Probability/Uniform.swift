/// The uniform distribution on an interval.
public struct Uniform: Distribution {
  /// The smallest value.
  public let lower: Double
  /// The largest value.
  public let upper: Double

  /// Creates the uniform distribution between two finite ends, the lower below the upper.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(lower: Double, upper: Double) throws(NumericsError) {
    try requireFinite("lower", lower)
    try requireFinite("upper", upper)
    guard lower < upper, (upper - lower).isFinite else {
      throw .invalidParameter(name: "upper", value: upper)
    }
    self.lower = lower
    self.upper = upper
  }

  private var width: Double { upper - lower }

  /// The middle.
  public var mean: Double { lower + 0.5 * width }
  /// width²/12.
  public var variance: Double { width * width / 12 }
  /// The density at x.
  public func density(_ x: Double) -> Double { x >= lower && x <= upper ? 1 / width : 0 }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double { logarithm(density(x)) }
  /// The share of the interval up to x.
  public func cdf(_ x: Double) -> Double { min(max((x - lower) / width, 0), 1) }
  /// lower + p · width.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    return p == 1 ? upper : lower + p * width
  }
  /// Replaces each probability with its quantile: the same bits as `quantile`.
  public func quantiles(_ values: inout [Double]) {
    guard areProbabilities(values) else { return quantilesOneByOne(&values) }
    let width = width
    for index in values.indices { values[index] = values[index] == 1 ? upper : lower + values[index] * width }
  }
}
