internal import Forecasting
internal import ForesightNumerics

/// Exponential smoothing of a series and of its means over 2, 3, … periods, the forecasts made one.
///
/// A level averages k periods, k a divisor of the seasonal cycle below the cycle itself, counted back from the last period.
/// The forecasts of a cycle are those of generalised least squares whose errors have variances in proportion to k as sums
/// ("structural scaling"; G. Athanasopoulos, R. J. Hyndman, N. Kourentzes and F. Petropoulos, *Eur. J. Oper. Res.* 262
/// (2017) 60–74, doi:10.1016/j.ejor.2017.02.046).
struct TemporalLevels: Sendable {
  /// The longest cycle whose divisors are used; a longer one stays with the series itself.
  static let longestCycle = 24

  /// The levels' periods and fits, the series itself first.
  let fits: [(periods: Int, fit: FittedETS)]
  let cycle: Int

  /// The fits of values in which `nil` is missing.
  ///
  /// - Throws: what `AutoETS.fit` throws for the series itself; a level that cannot be fitted is left out.
  init(_ values: [Double?], name: String, period: Int) throws(ForecastError) {
    cycle = period
    var fits = [
      (periods: 1, fit: try TemporalLevels.fit(values, name: name, period: period))
    ]
    if period <= TemporalLevels.longestCycle {
      for k in 2..<max(period, 2) where period % k == 0 {
        let blocks = TemporalLevels.blocks(of: values, periods: k)
        guard let fit = try? TemporalLevels.fit(blocks, name: name, period: period / k) else { continue }
        fits.append((k, fit))
      }
    }
    self.fits = fits
  }

  /// Levels that were fitted before.
  init(cycle: Int, fits: [(periods: Int, fit: FittedETS)]) {
    self.cycle = cycle
    self.fits = fits
  }

  /// Means over so many periods, counted back from the last; `nil` where one of them is missing.
  private static func blocks(of values: [Double?], periods: Int) -> [Double?] {
    stride(from: values.count % periods, to: values.count, by: periods).map { start -> Double? in
      var sum = 0.0
      for value in values[start..<(start + periods)] {
        guard let value else { return nil }
        sum += value
      }
      return sum / Double(periods)
    }
  }

  /// The levels of other values from the same first period, parameters and initial states held.
  ///
  /// - Throws: what `FittedETS.updated` throws.
  func updated(to values: [Double?], name: String) throws(ForecastError) -> TemporalLevels {
    var moved: [(periods: Int, fit: FittedETS)] = []
    for (k, fit) in fits {
      let blocks = TemporalLevels.blocks(of: values, periods: k)
      moved.append((k, try fit.updated(to: TemporalLevels.series(blocks, name: name, period: cycle / k))))
    }
    return TemporalLevels(cycle: cycle, fits: moved)
  }

  private static func series(
    _ values: [Double?], name: String, period: Int
  ) throws(ForecastError) -> TimeSeries {
    try TimeSeries(
      values, start: Period(.index, ordinal: 1), name: name, rule: .mean, seasonalPeriod: period)
  }

  private static func fit(
    _ values: [Double?], name: String, period: Int
  ) throws(ForecastError) -> FittedETS {
    guard !values.isEmpty else {
      throw .tooFewObservations(model: "AutoETS", series: name, needed: 5, found: 0)
    }
    return try AutoETS().fit(series(values, name: name, period: period))
  }

  /// The mean of the next periods.
  func path(_ horizon: Int) -> [Double] {
    guard fits.count > 1 else { return fits[0].fit.innovationFreePath(horizon) }
    let cycles = (horizon + cycle - 1) / cycle
    var normal = Matrix(rows: cycle, columns: cycle, repeating: 0)
    var right = Matrix(rows: cycle, columns: cycles, repeating: 0)
    for (k, fit) in fits {
      let path = fit.innovationFreePath(cycles * cycle / k)
      for i in 0..<cycle {
        for j in (i / k * k)..<(i / k * k + k) { normal[i, j] += 1 / Double(k) }
        for round in 0..<cycles { right[i, round] += path[(round * cycle + i) / k] }
      }
    }
    do throws(NumericsError) {
      let solution = try Cholesky(normal).solve(right)
      return (0..<horizon).map { solution[$0 % cycle, $0 / cycle] }
    } catch {
      // The level of the series itself makes the matrix positive definite.
      preconditionFailure("the levels' forecasts cannot be reconciled: \(error)")
    }
  }
}

extension TemporalLevels: Codable {
  private enum CodingKeys: String, CodingKey { case cycle, periods, fits }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cycle, forKey: .cycle)
    try container.encode(fits.map(\.periods), forKey: .periods)
    try container.encode(fits.map(\.fit), forKey: .fits)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let cycle = try container.decode(Int.self, forKey: .cycle)
    let periods = try container.decode([Int].self, forKey: .periods)
    let fits = try container.decode([FittedETS].self, forKey: .fits)
    guard cycle > 0, periods.first == 1, periods.count == fits.count,
      periods.allSatisfy({ $0 > 0 && cycle % $0 == 0 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .periods, in: container, debugDescription: "are no levels of a cycle")
    }
    self.init(cycle: cycle, fits: Array(zip(periods, fits)))
  }
}
