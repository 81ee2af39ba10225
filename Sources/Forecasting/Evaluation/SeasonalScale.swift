/// The scale of a training part that MASE, RMSSE and MSIS divide by.
public struct SeasonalScale: Sendable, Hashable, Codable {
  /// The mean absolute difference of per-period means one season apart.
  public let absolute: Double
  /// The mean squared difference.
  public let squared: Double
  /// The number of differences.
  public let count: Int

  /// A scale of given mean differences.
  public init(absolute: Double, squared: Double, count: Int) {
    self.absolute = absolute
    self.squared = squared
    self.count = count
  }
}

extension TimeSeries {
  /// The in-sample error of the seasonal naive forecast with a season of m base periods (1: the naive forecast).
  ///
  /// The differences are those of per-period means (flows divide by |S|) of observations with a value whose span, moved m
  /// periods back, is an observation with a value too. `nil` where there is no such pair, every difference is 0, or their squares overflow.
  public func seasonalScale(_ season: Int? = nil) -> SeasonalScale? {
    let m = max(1, season ?? seasonalPeriod)
    var means: [PeriodSpan: Double] = [:]
    means.reserveCapacity(count)
    var absolute = 0.0
    var squared = 0.0
    var pairs = 0
    for observation in observations {
      guard let value = observation.value else { continue }
      let span = observation.span
      let mean = value / Double(periodDivisor(span))
      means[span] = mean
      guard let earlier = means[PeriodSpan(span.first - m, count: span.count)] else { continue }
      absolute += abs(mean - earlier)
      squared += (mean - earlier) * (mean - earlier)
      pairs += 1
    }
    guard absolute > 0, squared > 0, absolute.isFinite, squared.isFinite else { return nil }
    return SeasonalScale(absolute: absolute / Double(pairs), squared: squared / Double(pairs), count: pairs)
  }

  /// What a figure over a span is divided by to be one of a base period: |S| for flows, 1 for levels and stocks.
  func periodDivisor(_ span: PeriodSpan) -> Int { rule == .sum ? span.count : 1 }
}
