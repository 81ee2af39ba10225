public import ForesightNumerics

/// The joint predictive distribution of the coming base periods; whatever is asked of the future is asked of it.
public struct Forecast: Sendable {
  /// The name of the model that made it.
  public let model: String
  /// The series it continues.
  public let series: TimeSeries
  /// The joint distribution, one margin a step.
  public let distribution: any PredictiveDistribution
  /// The seed of simulated answers.
  public let seed: UInt64

  /// A forecast of the base periods that follow a series.
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

  /// The first base period forecast: the one after the last observation.
  public var start: Period { series.end + 1 }

  /// The base periods forecast.
  public var periods: [Period] { (0..<horizon).map { start + $0 } }

  /// The predictive distribution of one step, counted from 0.
  ///
  /// - Precondition: the step lies within the horizon.
  public func marginal(_ step: Int) -> any Distribution { distribution.marginal(step) }

  /// The predictive mean of each step.
  public var mean: [Double] { (0..<horizon).map { marginal($0).mean } }

  /// The predictive standard deviation of each step.
  public var standardDeviation: [Double] { (0..<horizon).map { marginal($0).standardDeviation } }

  /// The predictive median of each step.
  public var median: [Double] { quantile(0.5) }

  /// The predictive quantile of each step at a probability.
  ///
  /// - Precondition: the probability lies strictly between 0 and 1.
  public func quantile(_ probability: Double) -> [Double] {
    precondition(probability > 0 && probability < 1, "a quantile lies strictly between 0 and 1")
    return distribution.quantile(probability)
  }

  /// The central prediction interval of each step at a level such as 0.95.
  ///
  /// - Precondition: the level lies strictly between 0 and 1.
  public func interval(_ level: Double) -> [PredictionInterval] {
    precondition(level > 0 && level < 1, "a level lies strictly between 0 and 1")
    let lower = distribution.quantile((1 - level) / 2)
    let upper = distribution.quantile((1 + level) / 2)
    return zip(lower, upper).map { PredictionInterval(lower: $0, upper: $1, level: level) }
  }

  /// Joint sample paths: a matrix of `horizon` rows and `count` columns.
  ///
  /// The same seed gives the same paths.
  ///
  /// - Precondition: the count is not negative.
  public func samplePaths(_ count: Int, seed: UInt64? = nil) -> Matrix {
    distribution.samplePaths(count, seed: seed ?? self.seed)
  }
}

/// A central prediction interval.
public struct PredictionInterval: Sendable, Hashable, Codable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The level, such as 0.95.
  public let level: Double

  /// An interval of a level.
  public init(lower: Double, upper: Double, level: Double) {
    self.lower = lower
    self.upper = upper
    self.level = level
  }
}

extension Forecast {
  /// The distribution of the total over a window, already observed periods entering as known.
  ///
  /// The total is the sum for flows, the mean for levels and the last value for stocks, by the series' rule. It is exact
  /// where the joint distribution knows the law of a linear combination, else empirical from `paths` joint paths.
  ///
  /// - Precondition: the number of paths is not negative.
  /// - Throws: `ForecastError.outsideForecast` when part of the window is neither observed nor forecast, an observed
  ///   span lies only partly inside or an observation in it has no value; `.invalidOption` for a window that is no range of
  ///   the series' periods.
  public func total(over window: TotalWindow, paths: Int = 16_384) throws(ForecastError) -> any Distribution {
    guard let asked = window.span(series.frequency) else {
      throw .invalidOption(
        name: "total", value: "\(window)", reason: "is no range of \(series.frequency.rawValue) periods")
    }
    guard asked.last <= start + (horizon - 1), asked.first >= series.start else {
      let reach = PeriodSpan(series.start, through: start + (horizon - 1))
      throw .outsideForecast(series: series.name, asked: asked, reason: "series and forecast cover \(reach)")
    }
    if series.rule == .last {
      return try total(weights: weights(on: asked.last, 1), known: value(at: asked), paths: paths)
    }
    var known = 0.0
    for observation in series.observations where observation.span.last >= asked.first {
      guard observation.span.first <= asked.last else { break }
      guard observation.span.first >= asked.first, observation.span.last <= asked.last else {
        throw .outsideForecast(
          series: series.name, asked: asked,
          reason: "the published span \(observation.span) lies only partly inside")
      }
      guard let value = observation.value else {
        throw .outsideForecast(
          series: series.name, asked: asked,
          reason: "a total takes every period, and the observation of \(observation.span) has no value")
      }
      known += series.rule == .mean ? value * Double(observation.span.count) : value
    }
    var weights = [Double](repeating: 0, count: horizon)
    let scale = series.rule == .mean ? 1 / Double(asked.count) : 1
    for step in 0..<horizon where asked.contains(start + step) { weights[step] = scale }
    return try total(weights: weights, known: known * scale, paths: paths)
  }

  /// The known part of a stock's value at the end of a window: zero when that period is still to come.
  private func value(at asked: PeriodSpan) throws(ForecastError) -> Double {
    guard asked.last <= series.end else { return 0 }
    guard let held = series.observations.first(where: { $0.span.last == asked.last }), let value = held.value
    else {
      throw .outsideForecast(
        series: series.name, asked: asked, reason: "its last period has no value of its own")
    }
    return value
  }

  private func weights(on period: Period, _ weight: Double) -> [Double] {
    periods.map { $0 == period ? weight : 0 }
  }

  private func total(weights: [Double], known: Double, paths: Int) throws(ForecastError) -> any Distribution {
    do {
      guard weights.contains(where: { $0 != 0 }) else { return try Empirical([known]) }
      if known == 0, weights.count(where: { $0 != 0 }) == 1, let step = weights.firstIndex(of: 1) {
        return marginal(step)
      }
      if let exact = try distribution.linearCombination(weights, constant: known) { return exact }
      let drawn = samplePaths(paths)
      let sums = (0..<paths).map { path in
        var sum = known
        for step in 0..<horizon { sum += weights[step] * drawn[step, path] }
        return sum
      }
      return try Empirical(sums)
    } catch {
      throw .numerics(model: model, series: series.name, error)
    }
  }
}
