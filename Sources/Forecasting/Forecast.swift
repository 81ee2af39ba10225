public import ForesightNumerics

/// The joint predictive distribution of the coming base periods.
///
/// Means, quantiles, intervals, totals and sample paths are computed from it on demand:
///
/// ```swift
/// let outlook = try AutoETS().fit(sales).forecast(12)
/// let bands = try outlook.interval(0.8)
/// let year = try outlook.total(over: .year(2027))
/// print(year.mean, year.quantile(0.9))
/// ```
public struct Forecast: Sendable {
  /// The name of the model.
  public let model: String
  /// The series it continues.
  public let series: TimeSeries
  /// The joint distribution, with one marginal distribution per step.
  public let distribution: any PredictiveDistribution
  /// The seed of simulated results.
  public let seed: UInt64

  /// Creates a forecast of the base periods that follow a series.
  public init(
    model: String, series: TimeSeries, distribution: any PredictiveDistribution, seed: UInt64 = usualSeed
  ) {
    self.model = model
    self.series = series
    self.distribution = distribution
    self.seed = seed
  }

  /// The seed used where none is given.
  public static let usualSeed: UInt64 = 20_221_130

  /// The number of steps.
  public var horizon: Int { distribution.horizon }

  /// The first forecast period, the one after the last observation.
  public var start: Period { series.end + 1 }

  /// The forecast periods.
  public var periods: [Period] { (0..<horizon).map { start + $0 } }

  /// Returns the predictive distribution of one step, counted from 0.
  ///
  /// Outside the horizon nothing is known: every value of that distribution is NaN. `self[period]` is `nil` there.
  public func marginal(_ step: Int) -> any Distribution {
    (0..<horizon).contains(step) ? distribution.marginal(step) : UnknownDistribution()
  }

  /// The predictive mean of each step.
  public var mean: [Double] { (0..<horizon).map { marginal($0).mean } }

  /// The predictive standard deviation of each step.
  public var standardDeviation: [Double] { (0..<horizon).map { marginal($0).standardDeviation } }

  /// The predictive median of each step.
  public var median: [Double] { distribution.quantile(0.5) }

  /// Returns the predictive quantile of each step at a probability.
  ///
  /// A probability that does not lie strictly between 0 and 1 has no quantile: every step is NaN. `points(levels:quantiles:)` throws for one.
  public func quantile(_ probability: Double) -> [Double] {
    guard probability > 0, probability < 1 else { return [Double](repeating: .nan, count: horizon) }
    return distribution.quantile(probability)
  }

  /// Returns the central prediction interval of each step at a level such as 0.95.
  ///
  /// - Throws: `ForecastError.invalidOption` unless the level lies strictly between 0 and 1; for 95 it asks whether 0.95 is meant.
  public func interval(_ level: Double) throws(ForecastError) -> [PredictionInterval] {
    try requireShare("level", level)
    return bands(level)
  }

  /// The central intervals at a level that is known to lie between 0 and 1.
  package func bands(_ level: Double) -> [PredictionInterval] {
    let lower = distribution.quantile((1 - level) / 2)
    let upper = distribution.quantile((1 + level) / 2)
    return zip(lower, upper).map { PredictionInterval(lower: $0, upper: $1, level: level) }
  }

  /// The largest number of values that a call for sample paths returns, 2²⁶.
  public static let mostPathValues = 1 << 26

  /// Returns joint sample paths: a matrix of `horizon` rows and `count` columns.
  ///
  /// The same seed gives the same paths. A negative count counts as 0, and so many paths that they would hold more than `mostPathValues`
  /// values are cut to that number.
  public func samplePaths(_ count: Int, seed: UInt64? = nil) -> Matrix {
    let most = Forecast.mostPathValues / max(1, horizon)
    return distribution.samplePaths(min(max(0, count), most), seed: seed ?? self.seed)
  }
}

/// Throws unless a value lies strictly between 0 and 1.
///
/// - Throws: `ForecastError.invalidOption`, which asks whether a percentage was meant.
package func requireShare(_ name: String, _ value: Double) throws(ForecastError) {
  guard !(value > 0 && value < 1) else { return }
  let hint = value >= 1 && value < 100 && value != 1 ? "; did you mean \(NumberText.plain(value / 100))?" : ""
  throw .invalidOption(
    name: name, value: NumberText.plain(value), reason: "must lie strictly between 0 and 1" + hint)
}

/// A central prediction interval.
public struct PredictionInterval: Sendable, Hashable, Codable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The level, such as 0.95.
  public let level: Double

  /// Creates an interval at a level.
  public init(lower: Double, upper: Double, level: Double) {
    self.lower = lower
    self.upper = upper
    self.level = level
  }
}

extension Forecast {
  /// Returns the distribution of the total over a window; observed periods enter as known.
  ///
  /// The total is the sum for flows, the mean for levels and the last value for stocks, according to the rule of the series. It is exact
  /// if the joint distribution can compute linear combinations; otherwise it is empirical, from `paths` joint sample paths, with the exact
  /// mean: the total of the means.
  ///
  /// Cost: O(h²) at most if exact, otherwise that of the sample paths.
  ///
  /// - Throws: `ForecastError.outsideForecast` if part of the window is neither observed nor forecast, if an observed
  ///   span lies only partly inside, or if an observation inside has no value; `.invalidOption` for a window that is not a range of
  ///   periods of the series, and for a number of paths outside 1 to 1,000,000.
  public func total(over window: TotalWindow, paths: Int = 16_384) throws(ForecastError) -> any Distribution {
    guard let asked = window.span(series.frequency) else {
      throw .invalidOption(
        name: "total", value: "\(window)", reason: "must be a range of \(series.frequency.rawValue) periods")
    }
    guard asked.last <= start + (horizon - 1), asked.first >= series.start else {
      let reach = PeriodSpan(series.start, through: start + (horizon - 1))
      throw .outsideForecast(
        series: series.name, asked: asked, reason: "the series and its forecast cover \(reach)")
    }
    if series.rule == .last {
      return try combination(weights(on: asked.last, 1), constant: value(at: asked), paths: paths)
    }
    var known = 0.0
    for observation in series.observations where observation.span.last >= asked.first {
      guard observation.span.first <= asked.last else { break }
      guard observation.span.first >= asked.first, observation.span.last <= asked.last else {
        throw .outsideForecast(
          series: series.name, asked: asked,
          reason: "the observation of \(observation.span) lies only partly inside")
      }
      guard let value = observation.value else {
        throw .outsideForecast(
          series: series.name, asked: asked,
          reason: "a total needs every period, and the observation of \(observation.span) has no value")
      }
      known += series.rule == .mean ? value * Double(observation.span.count) : value
    }
    var weights = [Double](repeating: 0, count: horizon)
    let scale = series.rule == .mean ? 1 / Double(asked.count) : 1
    for step in 0..<horizon where asked.contains(start + step) { weights[step] = scale }
    return try combination(weights, constant: known * scale, paths: paths)
  }

  /// The known part of a stock's value at the end of a window; zero if that period is still in the future.
  private func value(at asked: PeriodSpan) throws(ForecastError) -> Double {
    guard asked.last <= series.end else { return 0 }
    guard let held = series.observations.first(where: { $0.span.last == asked.last }), let value = held.value
    else {
      throw .outsideForecast(
        series: series.name, asked: asked, reason: "the last period has no value of its own")
    }
    return value
  }

  private func weights(on period: Period, _ weight: Double) -> [Double] {
    periods.map { $0 == period ? weight : 0 }
  }
}

extension Forecast {
  /// The default distance that a mean may lie outside the data, in multiples of the range of the data.
  public static let usualReach = 100.0

  /// Returns the forecast after checking that it is finite and that its means stay within reach of the data.
  ///
  /// A model of an explosive series forecasts an explosion. A mean farther outside [min y, max y] than `reach` ·
  /// max(max y − min y, 10⁻⁶ max |y|) is an error, so that one such series cannot ruin a table of many.
  ///
  /// - Parameter reach: The largest distance, in multiples of the range of the data; infinity allows any.
  /// - Throws: `ForecastError.notFinite` with the first period whose mean or 99.9 % interval is not finite,
  ///   `.explodes` with the first period whose mean is out of reach.
  public func checked(reach: Double = usualReach) throws(ForecastError) -> Forecast {
    let mean = mean
    let rows = [mean, distribution.quantile(0.0005), distribution.quantile(0.9995)]
    let data = series.observations.compactMap { observation in
      observation.value.map { $0 / Double(series.periodDivisor(observation.span)) }
    }
    let low = data.min() ?? 0
    let high = data.max() ?? 0
    let limit = reach * max(high - low, 1e-6 * max(abs(low), abs(high)))
    for step in 0..<horizon {
      let span = PeriodSpan(start + step)
      guard rows.allSatisfy({ $0[step].isFinite }) else {
        throw .notFinite(model: model, series: series.name, span: span)
      }
      guard reach == .infinity || (mean[step] - high <= limit && low - mean[step] <= limit) else {
        throw .explodes(model: model, series: series.name, span: span, value: mean[step])
      }
    }
    return self
  }
}
