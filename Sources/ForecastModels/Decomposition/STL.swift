public import Forecasting

/// How far a seasonal figure may move from cycle to cycle.
public enum SeasonalWindow: Sendable, Hashable, Codable {
  /// Not at all: every cycle has the same figures.
  case periodic
  /// A local regression over so many cycles, odd and at least 3.
  case cycles(Int)
}

/// Seasonal-trend decomposition by local regression, of one season.
///
/// y = trend + seasonal + remainder. An inner loop smooths the values of each season over the cycles, takes a low-pass
/// filter of the result away and smooths what is left to the trend; an outer loop weighs down outliers by the bisquare of
/// their remainders over six median ones. R. B. Cleveland, W. S. Cleveland, J. E. McRae and I. Terpenning, *J. Official
/// Statistics* 6 (1990) 3–73. Missing values weigh nothing; trend and season are defined through them.
public struct STL: Sendable, Hashable {
  /// The base periods of a cycle; `nil` takes the series' own.
  public var seasonalPeriod: Int?
  /// The window of the seasonal figures.
  public var seasonalWindow: SeasonalWindow
  /// The window of the trend in base periods; `nil` is the next odd number from 1.5 m / (1 − 1.5 / seasonal window).
  public var trendWindow: Int?
  /// Whether outliers are weighed down: 15 outer loops of one inner each, instead of none of two.
  public var isRobust: Bool

  /// A decomposition with its windows.
  public init(
    seasonalPeriod: Int? = nil, seasonalWindow: SeasonalWindow = .cycles(11), trendWindow: Int? = nil,
    isRobust: Bool = false
  ) {
    self.seasonalPeriod = seasonalPeriod
    self.seasonalWindow = seasonalWindow
    self.trendWindow = trendWindow
    self.isRobust = isRobust
  }

  /// The series in its parts.
  ///
  /// Cost: O(n) a loop, whatever the cycle.
  ///
  /// - Throws: `ForecastError.tooFewObservations` for a series of no more than two cycles, `.unseenSeason` for a season that
  ///   is never observed, `.spanNotSupported` for a sum or mean over several periods, `.invalidOption` for a cycle of one period or a window that
  ///   is not an odd number of at least 3,
  ///   `.notFinite` where sums leave the range of numbers.
  public func decompose(_ series: TimeSeries) throws(ForecastError) -> Decomposition {
    let period = seasonalPeriod ?? series.seasonalPeriod
    try MSTL(seasonalPeriods: [period], seasonalWindow: seasonalWindow, trendWindow: trendWindow).validate()
    let values = try series.singlePeriodValues(for: "STL")
    try Self.requireCycles(values, period: period, of: series, for: "STL")
    let parts = self.parts(of: values, period: period)
    return try Decomposition(
      series: series, trend: parts.trend,
      seasonal: [SeasonalComponent(period: period, values: parts.seasonal)],
      weights: parts.weights)
  }

  /// Trend, seasonal figures and robustness weights of values in which NaN is missing.
  func parts(of values: [Double], period: Int) -> STLParts {
    let run = STLRun(
      values: values, period: period, seasonalWindow: seasonalWindow, trendWindow: trendWindow)
    return run.parts(isRobust: isRobust)
  }

  /// - Throws: `ForecastError.tooFewObservations`, `.unseenSeason`.
  static func requireCycles(
    _ values: [Double], period: Int, of series: TimeSeries, for model: String
  ) throws(ForecastError) {
    guard values.count > 2 * period else {
      throw .tooFewObservations(
        model: model, series: series.name, needed: 2 * period + 1, found: values.count)
    }
    let unseen = (0..<period).filter { phase in
      stride(from: phase, to: values.count, by: period).allSatisfy { values[$0].isNaN }
    }
    guard unseen.isEmpty else {
      throw .unseenSeason(
        model: model, series: series.name, cycle: period, first: series.start, places: unseen.map { $0 + 1 })
    }
  }
}

func isWindow(_ width: Int) -> Bool { width >= 3 && !width.isMultiple(of: 2) }

extension TimeSeries {
  /// One value a base period, NaN where missing.
  ///
  /// - Throws: `ForecastError.spanNotSupported`.
  func singlePeriodValues(for model: String) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: model, series: name, span: observation.span)
      }
      values.append(observation.value ?? .nan)
    }
    return values
  }
}

/// What one decomposition makes of a series, a value a period.
struct STLParts {
  var trend: [Double]
  var seasonal: [Double]
  var weights: [Double]
}
