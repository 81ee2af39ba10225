internal import Forecasting
internal import RealModule

/// A last value that lies far outside what the series before it says.
struct EndOutlier: Sendable, Codable {
  /// The last value.
  let value: Double
  /// What is expected in its place.
  let expected: Double
  /// How much of the distance between them is believed.
  let share: Double

  /// What the forecast is moved by.
  var shift: Double { share * (value - expected) }
  /// The standard deviation of what is not known of it.
  var deviation: Double { (share * (1 - share)).squareRoot() * abs(value - expected) }

  /// An error and a jump are taken to be equally likely.
  static let share = 0.5
  /// How many median changes a last change must exceed; of normal ones, one in 10¹⁴ does.
  private static let bound = 12.0
  private static let needed = 8

  init(value: Double, expected: Double, share: Double) {
    self.value = value
    self.expected = expected
    self.share = share
  }

  /// The last value of a series of single periods, if its change from the period before and its change from a cycle before are
  /// both more than twelve times the median of those before; `nil` if one of them is usual or the series is short.
  ///
  /// Where all values are positive, the changes of logarithms must be so too: what grows by a rate has ever larger changes.
  init?(_ series: TimeSeries) {
    self.init(series.values, cycle: series.seasonalPeriod, isRelative: true)
  }

  /// The last of some values, by its changes from the value before and from a cycle before; by those of logarithms too if
  /// they count.
  init?(_ values: [Double?], cycle: Int, isRelative: Bool) {
    guard let last = values.last, let value = last, values.count >= EndOutlier.needed else { return nil }
    let isPositive = isRelative && values.allSatisfy { $0.map { $0 > 0 } ?? true }
    let views = isPositive ? [values, values.map { $0.map { Double.log($0) } }] : [values]
    for lag in Set([1, cycle]) where values.count > 2 * lag {
      for view in views {
        guard let distance = EndOutlier.distance(view, lag: lag),
          distance.last > EndOutlier.bound * distance.usual
        else { return nil }
      }
    }
    self.init(value: value, expected: value, share: EndOutlier.share)
  }

  /// The last change over a lag, and the median of those before; their largest tenth where the median is zero.
  private static func distance(_ values: [Double?], lag: Int) -> (last: Double, usual: Double)? {
    var changes: [Double] = []
    for t in lag..<values.count {
      guard let now = values[t], let before = values[t - lag] else { continue }
      changes.append(abs(now - before))
    }
    guard values[values.count - 1 - lag] != nil, let last = changes.popLast(), changes.count >= 5 else {
      return nil
    }
    changes.sort()
    let median = changes[changes.count / 2]
    return (last, median > 0 ? median : changes[changes.count - 1])
  }
}

extension TimeSeries {
  /// The series with another value in its last period.
  ///
  /// - Throws: `ForecastError.data` for a value that is not finite.
  func replacingLast(_ value: Double) throws(ForecastError) -> TimeSeries {
    var observations = observations
    observations[observations.count - 1] = Observation(observations[observations.count - 1].span, value)
    return try TimeSeries(
      name: name, unit: unit, rule: rule, observations: observations, seasonalPeriod: seasonalPeriod)
  }
}
