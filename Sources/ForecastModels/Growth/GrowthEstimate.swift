/// An estimated figure with its standard error and confidence interval.
public struct GrowthEstimate: Sendable, Equatable, Codable {
  /// The estimate.
  public let value: Double
  /// The standard error on the figure's own scale, by the delta method; `nil` where it has none.
  public let standardError: Double?
  /// The lower end of the interval; `nil` where the interval is unbounded below.
  public let lower: Double?
  /// The upper end of the interval; `nil` where the interval is unbounded above.
  public let upper: Double?
  /// The level of the interval.
  public let level: Double

  /// An estimate with an interval.
  public init(
    value: Double, standardError: Double? = nil, lower: Double?, upper: Double?, level: Double = 0.95
  ) {
    self.value = value
    self.standardError = standardError
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// The same figure seen through an increasing function, the ends of the interval carried along.
  func mapped(slope: Double, _ transform: (Double) -> Double) -> GrowthEstimate {
    GrowthEstimate(
      value: transform(value), standardError: standardError.map { $0 * abs(slope) },
      lower: lower.map(transform), upper: upper.map(transform), level: level)
  }

  /// The figure in another unit.
  func scaled(by factor: Double) -> GrowthEstimate { mapped(slope: factor) { $0 * factor } }
}
