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

  let cycle: Int
  /// The series itself, then its means over ever more periods.
  private(set) var levels: [TemporalLevel]
  /// The number of periods taken in.
  private(set) var taken: Int
  /// The last values, one fewer than the longest block has.
  private var recent: [Double?]

  /// The fits of values in which `nil` is missing.
  ///
  /// - Throws: what `AutoETS.fit` throws for the series itself; a level that cannot be fitted is left out.
  init(_ values: [Double?], name: String, period: Int) throws(ForecastError) {
    cycle = period
    let base = try TemporalLevels.fit(values, name: name, period: period)
    var levels = [TemporalLevel(base, periods: 1, values: values)]
    if period <= TemporalLevels.longestCycle {
      for k in 2..<max(period, 2) where period % k == 0 {
        let blocks = TemporalLevel.blocks(of: values, periods: k)
        guard let fit = try? TemporalLevels.fit(blocks, name: name, period: period / k) else { continue }
        levels.append(TemporalLevel(fit, periods: k, values: values))
      }
    }
    self.levels = levels
    taken = values.count
    recent = Array(values.suffix(TemporalLevels.reach(levels)))
  }

  /// The periods before a new one that its longest block holds.
  private static func reach(_ levels: [TemporalLevel]) -> Int { (levels.map(\.periods).max() ?? 1) - 1 }

  /// Puts the levels before the first period.
  mutating func restart() {
    taken = 0
    recent = []
    for place in levels.indices { levels[place].restart() }
  }

  /// Takes in later values, `nil` missing, parameters held; the one-step predictions of the series itself.
  ///
  /// Cost: a step of each level a value.
  mutating func take(_ values: [Double?]) -> [Double] {
    let window = PeriodWindow(values: recent + values, first: taken - recent.count, taken: taken)
    let predictions = predictions(of: values, from: levels[0].state)
    for place in levels.indices { levels[place].take(window) }
    taken = window.end
    recent = Array(window.values.suffix(TemporalLevels.reach(levels)))
    return predictions
  }

  /// The one-step predictions of the values that the levels were fitted to.
  func fitted(_ values: [Double?]) -> [Double] { predictions(of: values, from: levels[0].initialState) }

  private func predictions(of values: [Double?], from state: ETSState) -> [Double] {
    levels[0].predictions(of: values, from: state)
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
  ///
  /// - Throws: `NumericsError` where a level's path is not finite.
  func path(_ horizon: Int) throws(NumericsError) -> [Double] {
    guard levels.count > 1 else { return levels[0].path(horizon) }
    let cycles = (horizon + cycle - 1) / cycle
    var normal = Matrix(rows: cycle, columns: cycle, repeating: 0)
    var right = Matrix(rows: cycle, columns: cycles, repeating: 0)
    for level in levels {
      let k = level.periods
      let path = level.path(cycles * cycle / k)
      for i in 0..<cycle {
        for j in (i / k * k)..<(i / k * k + k) { normal[i, j] += 1 / Double(k) }
        for round in 0..<cycles { right[i, round] += path[(round * cycle + i) / k] }
      }
    }
    // The level of the series itself makes the matrix positive definite.
    let solution = try Cholesky(normal).solve(right)
    return (0..<horizon).map { solution[$0 % cycle, $0 / cycle] }
  }
}

extension TemporalLevels: Codable {
  private enum CodingKeys: String, CodingKey { case cycle, levels, taken, recent }

  /// Whether the levels are divisors of the cycle, and reach back over the values they need.
  var isSound: Bool {
    cycle > 0 && (levels.count == 1 || cycle <= TemporalLevels.longestCycle) && levels.first?.periods == 1
      && levels.allSatisfy { $0.isSound && cycle % $0.periods == 0 }
      && recent.count == min(taken, TemporalLevels.reach(levels))
  }
}
