internal import ForesightNumerics

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// One forecast period as a row of a table or a mark of a chart.
///
/// ```swift
/// Chart(outlook.points) { point in
///   LineMark(x: .value("Month", point.date), y: .value("Sales", point.mean))
///   AreaMark(
///     x: .value("Month", point.date), yStart: .value("Low", point.lower), yEnd: .value("High", point.upper))
/// }
/// ```
public struct ForecastPoint: Sendable, Hashable, Codable, Identifiable {
  /// The forecast period.
  public let period: Period
  /// The start of the period; for a plain index, that many days after 1970-01-01 in UTC.
  public let date: Date
  /// The predictive mean.
  public let mean: Double
  /// The predictive median.
  public let median: Double
  /// The predictive standard deviation.
  public let standardDeviation: Double
  /// The predictive quantiles, by probability in ascending order.
  public let quantiles: [PredictiveQuantile]
  /// The central prediction intervals, in the order of the levels asked for.
  public let intervals: [PredictionInterval]

  /// The period.
  public var id: Period { period }

  /// The lower end of the widest interval; the median if there is none.
  public var lower: Double { intervals.map(\.lower).min() ?? median }

  /// The upper end of the widest interval; the median if there is none.
  public var upper: Double { intervals.map(\.upper).max() ?? median }

  /// The interval at a level, if it was asked for.
  public func interval(_ level: Double) -> PredictionInterval? {
    intervals.first { abs($0.level - level) < 1e-9 }
  }

  /// The quantile at a probability, if it was asked for.
  public func quantile(_ probability: Double) -> Double? {
    quantiles.first { abs($0.probability - probability) < 1e-9 }?.value
  }
}

/// A probability and the value that is not exceeded with it.
public struct PredictiveQuantile: Sendable, Hashable, Codable {
  /// The probability.
  public let probability: Double
  /// The quantile.
  public let value: Double

  /// Creates a quantile at a probability.
  public init(probability: Double, value: Double) {
    self.probability = probability
    self.value = value
  }
}

extension Forecast {
  /// The forecast periods with mean, median and the intervals at 0.8 and 0.95, dated in the time zone of this machine.
  public var points: [ForecastPoint] { points(checked: [0.8, 0.95], quantiles: [], calendar: .current) }

  /// Returns the forecast periods with mean, median, quantiles and intervals.
  ///
  /// - Parameters:
  ///   - levels: The levels of the central intervals, such as 0.8.
  ///   - quantiles: The probabilities of the quantiles.
  ///   - calendar: Its time zone gives the date of each period.
  /// - Throws: `ForecastError.invalidOption` for a level or probability that does not lie strictly between 0 and 1.
  public func points(
    levels: [Double] = [0.8, 0.95], quantiles: [Double] = [], calendar: Calendar = .current
  ) throws(ForecastError) -> [ForecastPoint] {
    for level in levels { try requireShare("level", level) }
    for probability in quantiles { try requireShare("probability", probability) }
    return points(checked: levels, quantiles: quantiles.sorted(), calendar: calendar)
  }

  private func points(checked levels: [Double], quantiles: [Double], calendar: Calendar) -> [ForecastPoint] {
    let intervals = levels.map { bands($0) }
    let rows = quantiles.map { distribution.quantile($0) }
    let median = median
    return periods.enumerated().map { step, period in
      let law = distribution.marginal(step)
      let date =
        period.startDate(in: calendar)
        ?? Date(timeIntervalSince1970: Double(period.ordinal) * 86_400)
      return ForecastPoint(
        period: period, date: date, mean: law.mean, median: median[step],
        standardDeviation: law.standardDeviation,
        quantiles: zip(quantiles, rows).map { PredictiveQuantile(probability: $0, value: $1[step]) },
        intervals: intervals.map { $0[step] })
    }
  }
}
