internal import Forecasting
internal import ForesightNumerics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ForecasterContract {
  func broken(_ clause: ContractClause) throws(ForecastError) -> String? {
    switch clause {
    case .horizon: try brokenHorizon()
    case .determinism: try brokenDeterminism()
    case .quantiles: try brokenQuantiles()
    case .paths: try brokenPaths()
    case .totals: try brokenTotals()
    case .refusals: brokenRefusals()
    case .missingValues: brokenMissingValues()
    case .updates: try brokenUpdates()
    case .coding: try brokenCoding()
    }
  }
}

extension ForecasterContract {
  private func brokenHorizon() throws(ForecastError) -> String? {
    let fit = try model.fit(series)
    let forecast = try fit.forecast(horizon)
    guard forecast.horizon == horizon, forecast.mean.count == horizon else {
      return "a forecast of \(horizon) steps has \(forecast.horizon)"
    }
    guard forecast.start == series.end + 1 else {
      return "the forecast starts at \(forecast.start), not at \(series.end + 1)"
    }
    for (step, value) in (forecast.mean + forecast.median).enumerated() where !value.isFinite {
      return "the mean or median of step \(step % horizon + 1) is not finite"
    }
    guard fit.fitted.count == series.count else {
      return "there are \(fit.fitted.count) fitted values for \(series.count) observations"
    }
    return fit.name.isEmpty ? "the fit has no name" : nil
  }

  private func brokenDeterminism() throws(ForecastError) -> String? {
    let fit = try model.fit(series)
    let (first, second) = (try fit.forecast(horizon), try model.fit(series).forecast(horizon))
    if first.mean != (try fit.forecast(horizon).mean) { return "two forecasts of one fit differ" }
    if first.mean != second.mean || first.quantile(0.9) != second.quantile(0.9) {
      return "two fits of one series forecast different numbers"
    }
    return nil
  }

  private func brokenQuantiles() throws(ForecastError) -> String? {
    let forecast = try model.fit(series).forecast(horizon)
    let ladder = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
    let rows = ladder.map { forecast.quantile($0) }
    for step in 0..<horizon {
      let law = forecast.marginal(step)
      for (place, p) in ladder.enumerated() {
        if place > 0, rows[place][step] < rows[place - 1][step] {
          return "the \(p) quantile of step \(step + 1) is below the \(ladder[place - 1]) quantile"
        }
        let own = law.quantile(p)
        guard abs(own - rows[place][step]) <= 1e-9 * max(1, abs(own)) else {
          return "the \(p) quantile of step \(step + 1) is \(rows[place][step]) together and \(own) alone"
        }
        // An atom makes the cdf of a quantile larger than its probability.
        guard law.cdf(own) >= p - 1e-6, law.cdf(own - 1e-6 * max(1, abs(own))) <= p + 1e-3 else {
          return "the cdf of the \(p) quantile of step \(step + 1) is \(law.cdf(own))"
        }
      }
    }
    return nil
  }

  private func brokenPaths() throws(ForecastError) -> String? {
    let forecast = try model.fit(series).forecast(horizon)
    let count = 4000
    let paths = forecast.samplePaths(count)
    guard paths.rows == horizon, paths.columns == count else {
      return "\(count) paths of \(horizon) steps are a \(paths.rows) × \(paths.columns) matrix"
    }
    guard paths == forecast.samplePaths(count) else { return "the same seed gives other paths" }
    let few = forecast.samplePaths(10)
    for step in 0..<horizon where few.row(step) != Array(paths.row(step).prefix(10)) {
      return "the first 10 paths depend on the number of paths"
    }
    for step in 0..<horizon {
      let row = paths.row(step)
      for p in [0.1, 0.5, 0.9] {
        let bound = forecast.marginal(step).quantile(p)
        let below = Double(row.count { $0 < bound }) / Double(count)
        let upTo = Double(row.count { $0 <= bound }) / Double(count)
        // Five standard errors of a share of 4,000 paths.
        let slack = 5 * (p * (1 - p) / Double(count)).squareRoot()
        guard below <= p + slack, upTo >= p - slack else {
          return "\(upTo) of the paths of step \(step + 1) lie up to the \(p) quantile"
        }
      }
    }
    return nil
  }

  private func brokenTotals() throws(ForecastError) -> String? {
    let forecast = try model.fit(series).forecast(horizon)
    let window = TotalWindow.periods(forecast.start, through: forecast.start + (horizon - 1))
    let total = try forecast.total(over: window)
    let sum = forecast.mean.reduce(0, +)
    let expected: Double
    switch series.rule {
    case .sum: expected = sum
    case .mean: expected = sum / Double(horizon)
    case .last: expected = forecast.mean[horizon - 1]
    }
    guard abs(total.mean - expected) <= 1e-6 * max(1, abs(expected)) else {
      return "the mean of the total is \(total.mean), that of its steps \(expected)"
    }
    return nil
  }

  private func brokenRefusals() -> String? {
    guard let fit = try? model.fit(series) else { return "the series cannot be fitted" }
    for steps in [0, -1, longestHorizon + 1] where (try? fit.forecast(steps)) != nil {
      return "a horizon of \(steps) is not refused"
    }
    guard !model.takesRegressors else { return nil }
    let values = [Double](repeating: 1, count: series.periodCount + horizon)
    guard let variables = try? Regressors(["x": values], start: series.start) else { return nil }
    return (try? model.fit(series, regressors: variables)) == nil
      ? nil : "external variables are neither supported nor refused"
  }

  private func brokenMissingValues() -> String? {
    let count = series.count
    let values = series.values
    let cases: [(String, [Double?])] = [
      ("every third value missing", values.enumerated().map { $0.offset % 3 == 1 ? nil : $0.element }),
      ("only missing values", [Double?](repeating: nil, count: count)),
      ("one value", [values.compactMap { $0 }.first ?? 1]),
      ("equal values", [Double?](repeating: 7, count: count)),
      ("zeros", [Double?](repeating: 0, count: count)),
      ("huge values", values.map { $0.map { $0 * 1e300 } }),
      ("tiny values", values.map { $0.map { $0 * 1e-300 } }),
    ]
    for (name, values) in cases {
      guard let series = try? TimeSeries(values, start: series.start, name: name, rule: series.rule)
      else { continue }
      // A typed error is an answer; numbers that are not finite are none.
      guard let forecast = try? model.fit(series).forecast(horizon) else { continue }
      if forecast.mean.contains(where: { !$0.isFinite }) { return "\(name): the mean is not finite" }
    }
    return nil
  }

  private func brokenUpdates() throws(ForecastError) -> String? {
    let fit = try model.fit(series)
    guard fit.followsObservations else { return nil }
    let same = try fit.updated(to: series).forecast(horizon)
    let own = try fit.forecast(horizon)
    for step in 0..<horizon {
      guard abs(same.mean[step] - own.mean[step]) <= 1e-9 * max(1, abs(own.mean[step])) else {
        return "an update to the fitted series changes the mean of step \(step + 1)"
      }
    }
    let moved = try fit.appending([own.mean[0], nil])
    guard moved.series.end == series.end + 2 else {
      return "after two new periods the fit ends at \(moved.series.end)"
    }
    return try moved.forecast(1).start == series.end + 3
      ? nil : "the forecast does not follow the new periods"
  }

  private func brokenCoding() throws(ForecastError) -> String? {
    let fit = try model.fit(series)
    guard let coded = fit as? any FittedForecaster & Codable else { return nil }
    return try again(coded)
  }

  private func again<Fit: FittedForecaster & Codable>(_ fit: Fit) throws(ForecastError) -> String? {
    guard let data = try? JSONEncoder().encode(fit) else { return "the fit cannot be written as JSON" }
    guard let read = try? JSONDecoder().decode(Fit.self, from: data) else {
      return "the fit cannot be read back from its JSON"
    }
    let (first, second) = (try fit.forecast(horizon), try read.forecast(horizon))
    return first.mean == second.mean && first.quantile(0.9) == second.quantile(0.9)
      ? nil : "the fit that was read forecasts other numbers"
  }
}

/// The series that a contract is held to where its author names none.
enum ContractSeries {
  /// Months with a level, a trend, a season and noise, all positive.
  static func months(_ count: Int) -> TimeSeries {
    let noise = RandomStream(seed: 2_024, name: "contract").normals(0..<count)
    let values = (0..<count).map { t in
      let season = [4.0, -2, 1, 0, 3, -5, 2, -1, 0, -3, 2, -1][t % 12]
      return Observation(PeriodSpan(.month(2015, 1) + t), 80 + 0.3 * Double(t) + 2 * season + 2 * noise[t])
    }
    guard let series = try? TimeSeries(name: "contract", observations: values) else {
      preconditionFailure("finite values in order are a series")
    }
    return series
  }
}
