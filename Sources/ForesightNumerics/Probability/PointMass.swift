/// The distribution of one certain value, which may be infinite (a date that never comes).
public struct PointMass: Distribution {
  /// The value.
  public let value: Double

  /// Creates the distribution of a value.
  ///
  /// - Throws: `NumericsError.invalidParameter` for NaN.
  public init(_ value: Double) throws(NumericsError) {
    guard !value.isNaN else { throw .invalidParameter(name: "value", value: value) }
    self.value = value
  }

  /// The value.
  public var mean: Double { value }
  /// 0.
  public var variance: Double { 0 }
  /// Infinite at the value, zero elsewhere.
  public func density(_ x: Double) -> Double { x == value ? .infinity : 0 }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double { x == value ? .infinity : -.infinity }
  /// 1 from the value on, 0 before.
  public func cdf(_ x: Double) -> Double { x >= value ? 1 : 0 }
  /// The value.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    return value
  }
  /// Replaces each probability with the value.
  public func quantiles(_ values: inout [Double]) {
    guard areProbabilities(values) else { return quantilesOneByOne(&values) }
    for index in values.indices { values[index] = value }
  }
}
