internal import ForesightNumerics

/// An estimated value with its standard error and confidence interval.
public struct Estimate: Sendable, Equatable, Codable {
  /// The estimate.
  public let value: Double
  /// The standard error on the scale of the value, by the delta method; `nil` if it has none.
  public let standardError: Double?
  /// The lower end of the confidence interval; `nil` if the interval is unbounded below.
  public let lower: Double?
  /// The upper end of the confidence interval; `nil` if the interval is unbounded above.
  public let upper: Double?
  /// The level of the confidence interval, between 0 and 1.
  public let level: Double

  /// Creates an estimate with an interval.
  public init(
    value: Double, standardError: Double? = nil, lower: Double?, upper: Double?, level: Double = 0.95
  ) {
    self.value = value
    self.standardError = standardError
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// Returns the estimate of an increasing function of the value.
  ///
  /// The ends of the interval are mapped; the standard error is multiplied by the slope at the estimate.
  package func mapped(slope: Double, _ transform: (Double) -> Double) -> Estimate {
    Estimate(
      value: transform(value), standardError: standardError.map { $0 * abs(slope) },
      lower: lower.map(transform), upper: upper.map(transform), level: level)
  }

  /// Returns the estimate in another unit.
  package func scaled(by factor: Double) -> Estimate { mapped(slope: factor) { $0 * factor } }
}

extension FitSummary.Coefficient {
  /// A coefficient with the t statistic of its estimate and the two-sided p-value.
  package init(_ name: String, _ estimate: Estimate, degreesOfFreedom: Int) {
    guard let error = estimate.standardError, error > 0 else {
      self.init(name: name, estimate: estimate.value, standardError: estimate.standardError)
      return
    }
    let statistic = estimate.value / error
    let reference = try? StudentT(degreesOfFreedom: Double(degreesOfFreedom), location: 0, scale: 1)
    self.init(
      name: name, estimate: estimate.value, standardError: error, statistic: statistic,
      pValue: reference.map { min(1, 2 * $0.cdf(-abs(statistic))) })
  }
}

extension FitSummary.Fact {
  /// A derived value with the interval of its estimate.
  package init(_ name: String, _ estimate: Estimate, unit: String) {
    self.init(
      name: name, value: estimate.value, lower: estimate.lower, upper: estimate.upper, level: estimate.level,
      unit: unit)
  }
}
