internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The effects of holidays on a series, shrunk toward none.
///
/// Trend and season, S, are taken out of the values (of their logarithms, if all are positive) and of every variable alike by local regression (STL), so
/// that a holiday is not mistaken for what comes every cycle: z̃ = (I − S)z, X̃ = (I − S)X (P. Speckman, *J. R. Statist. Soc.* B 50 (1988) 413–436,
/// doi:10.1111/j.2517-6161.1988.tb01738.x). The effects are β = (X̃ᵀX̃ + λI)⁻¹X̃ᵀz̃, where λ has the least generalized cross-validation (G. H. Golub, M. Heath
/// and G. Wahba, *Technometrics* 21 (1979) 215–223, doi:10.1080/00401706.1979.10489751).
struct HolidayEffects: Sendable, Codable, Equatable {
  /// The effect of a holiday that covers the whole period: a change, or one of the logarithm.
  struct Effect: Sendable, Codable, Equatable {
    let name: String
    let value: Double
  }

  let columns: HolidayColumns
  /// The holidays that the series has met.
  let effects: [Effect]
  /// Whether effects multiply.
  let isMultiplicative: Bool
  /// The share of the effects' least-squares size that is believed, about.
  let shrinkage: Double

  /// The effects on a series of single periods.
  ///
  /// A holiday that the series has not met, or that every period has alike, has no effect.
  ///
  /// - Throws: `ForecastError.invalidOption` for periods without a calendar.
  init(_ series: TimeSeries, _ columns: HolidayColumns) throws(ForecastError) {
    self.columns = columns
    let observed = series.observations.compactMap(\.value)
    let isPositive = observed.allSatisfy { $0 > 0 }
    isMultiplicative = isPositive
    let variables = try columns.regressors(over: series.span)
    let values = series.values.map { value in value.map { isPositive ? Double.log($0) : $0 } ?? .nan }
    guard !series.hasSpans, observed.count >= HolidayEffects.needed else {
      (effects, shrinkage) = ([], 0)
      return
    }
    let smoother = HolidaySmoother(series)
    let rest = smoother.residuals(values)
    var names: [String] = []
    var design: [[Double]] = []
    for (name, column) in zip(variables.names, variables.columns) where column.contains(where: { $0 > 0 }) {
      let masked = zip(column, values).map { $1.isNaN ? .nan : $0 }
      let own = smoother.residuals(masked)
      // What is left of a variable that trend and season explain is rounding.
      guard own.reduce(0, { $0 + ($1.isNaN ? 0 : $1 * $1) }) > 1e-6 else { continue }
      names.append(name)
      design.append(own)
    }
    let estimate = RidgeEffects(rest, design)
    effects = zip(names, estimate?.coefficients ?? []).map { Effect(name: $0, value: $1) }
    shrinkage = estimate?.believed ?? 0
  }

  /// The values that a series must have.
  private static let needed = 12

  /// The sum of the effects in each period of a span, as a change or as one of the logarithm.
  func figures(over span: PeriodSpan) throws(ForecastError) -> [Double] {
    guard !effects.isEmpty else { return [Double](repeating: 0, count: span.count) }
    let variables = try columns.regressors(over: span)
    var sums = [Double](repeating: 0, count: span.count)
    for effect in effects {
      guard let place = variables.names.firstIndex(of: effect.name) else { continue }
      for t in sums.indices { sums[t] += effect.value * variables.columns[place][t] }
    }
    return sums
  }

  /// A series without the effects.
  func removed(from series: TimeSeries) throws(ForecastError) -> TimeSeries {
    guard !effects.isEmpty else { return series }
    let sums = try figures(over: series.span)
    let observations = series.observations.enumerated().map { place, observation in
      Observation(
        observation.span,
        observation.value.map { isMultiplicative ? $0 / Double.exp(sums[place]) : $0 - sums[place] })
    }
    var plain = try TimeSeries(
      name: series.name, unit: series.unit, rule: series.rule, observations: observations,
      seasonalPeriod: series.seasonalPeriod, provenance: series.provenance)
    if series.hasGivenSeasons { plain = try plain.with(seasons: series.seasons) }
    return plain
  }
}

/// Trend and season as a linear smoother of a series' values, the same for values and variables.
private struct HolidaySmoother {
  private let cycles: [Int]
  private let count: Int

  /// The cycles up to a year of weeks: a year of days would take a holiday of a fixed date for a season.
  init(_ series: TimeSeries) {
    count = series.count
    let count = series.count
    let own = series.cycles([]).filter { $0 > 1 && $0 < 200 || $0 == series.seasonalPeriod }
    let values = series.values
    cycles = own.filter { cycle in
      2 * cycle < count
        && (0..<cycle).allSatisfy { phase in
          stride(from: phase, to: count, by: cycle).contains { values[$0] != nil }
        }
    }
  }

  /// The values less trend and season; NaN where they are missing.
  func residuals(_ values: [Double]) -> [Double] {
    guard !cycles.isEmpty else { return lessMovingMean(values) }
    var rest = values
    var seasons = cycles.map { _ in [Double](repeating: 0, count: count) }
    var trend = [Double](repeating: 0, count: count)
    for _ in 0..<(cycles.count > 1 ? 2 : 1) {
      for (place, cycle) in cycles.enumerated() {
        for t in rest.indices { rest[t] += seasons[place][t] }
        let parts = STL(seasonalPeriod: cycle, seasonalWindow: .periodic).parts(of: rest, period: cycle)
        (seasons[place], trend) = (parts.seasonal, parts.trend)
        for t in rest.indices { rest[t] -= seasons[place][t] }
      }
    }
    return zip(rest, trend).map { $0 - $1 }
  }

  /// The values less the mean of those up to six periods away.
  private func lessMovingMean(_ values: [Double]) -> [Double] {
    values.indices.map { t in
      let near = values[max(t - 6, 0)...min(t + 6, values.count - 1)].filter { !$0.isNaN }
      return near.isEmpty ? .nan : values[t] - near.reduce(0, +) / Double(near.count)
    }
  }
}

/// Ridge regression with the penalty of least generalized cross-validation.
private struct RidgeEffects {
  let coefficients: [Double]
  /// The norm of the coefficients over that of the least penalty.
  let believed: Double

  /// The estimate; `nil` without variables.
  init?(_ response: [Double], _ design: [[Double]]) {
    let rows = response.indices.filter { !response[$0].isNaN }
    let count = design.count
    guard count > 0, rows.count > 2 else { return nil }
    let y = rows.map { response[$0] }
    let x = design.map { column in rows.map { column[$0] } }
    var gram = Matrix(rows: count, columns: count)
    var moments = [Double](repeating: 0, count: count)
    for i in 0..<count {
      for j in 0...i {
        let product = zip(x[i], x[j]).reduce(0) { $0 + $1.0 * $1.1 }
        gram[i, j] = product
        gram[j, i] = product
      }
      moments[i] = zip(x[i], y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let size = (0..<count).reduce(0) { $0 + gram[$1, $1] } / Double(count)
    let n = Double(rows.count)
    var best: (score: Double, beta: [Double])?
    var norms: [Double] = []
    for power in stride(from: -3.0, through: 3, by: 0.5) {
      let penalty = size * Double.pow(10, power)
      var system = gram
      for i in 0..<count { system[i, i] += penalty }
      guard let factor = try? Cholesky(system), let beta = try? factor.solve(moments),
        let inverse = try? factor.inverse()
      else { continue }
      norms.append(beta.reduce(0) { $0 + $1 * $1 }.squareRoot())
      var freedom = Double(count)
      for i in 0..<count { freedom -= penalty * inverse[i, i] }
      var squares = 0.0
      for t in y.indices {
        let fitted = (0..<count).reduce(0) { $0 + x[$1][t] * beta[$1] }
        squares += (y[t] - fitted) * (y[t] - fitted)
      }
      let left = n - freedom
      guard left > 0, squares.isFinite else { continue }
      let score = n * squares / (left * left)
      if best.map({ score < $0.score }) ?? true { best = (score, beta) }
    }
    guard let best, best.beta.allSatisfy(\.isFinite) else { return nil }
    coefficients = best.beta
    let own = best.beta.reduce(0) { $0 + $1 * $1 }.squareRoot()
    believed = (norms.first ?? 0) > 0 ? min(own / norms[0], 1) : 0
  }
}
