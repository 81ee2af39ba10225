import Datasets
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct ETSSpanTests {
  static let forms = ["ANN", "AAN", "AAdN", "ANA", "AAA", "AAdA"]
  static let lengths = [1, 1, 2, 1, 3, 1, 1, 1, 2, 2, 1, 1, 1, 4, 1, 1, 2, 1, 1, 1, 1]

  static func parameters(_ form: ETSForm) -> ETSParameters {
    ETSParameters(
      alpha: 0.4, beta: form.trend == .none ? 0 : 0.1, gamma: form.season == .none ? 0 : 0.2,
      phi: form.trend.isDamped ? 0.9 : 1)
  }

  static func series(_ rule: SpanRule, missing: Int? = nil) throws -> TimeSeries {
    let y = seasonalSeries(lengths.reduce(0, +), period: 4)
    var values: [Double?] = []
    var next = 0
    for length in lengths {
      let part = y[next..<(next + length)]
      switch rule {
      case .sum: values.append(part.reduce(0, +))
      case .mean: values.append(part.reduce(0, +) / Double(length))
      case .last: values.append(part.last)
      }
      next += length
    }
    if let missing { values[missing] = nil }
    return try spans(values, lengths: lengths, rule: rule)
  }

  /// The cumulator's likelihood is that of the joint Gaussian law written out, start concentrated out by GLS.
  @Test(arguments: forms, SpanRule.allCases)
  func likelihoodIsThatOfTheJointLaw(name: String, rule: SpanRule) throws {
    let form = try #require(ETSForm(name))
    let series = try Self.series(rule, missing: 6)
    let p = Self.parameters(form)
    let observations = ETSSpanObservation.all(series, scale: 1)
    let filter = ETSSpanFilter(form: form, period: form.season == .none ? 1 : 4, observations: observations)
    let run = try #require(filter.run(p))

    let recursion = ETSRecursion(form: form, period: filter.period)
    let periods = series.periodCount
    func impulse() -> [Double] {
      let zero = filter.state([Double](repeating: 0, count: filter.startCount))
      let pushed = recursion.run(
        [1] + [Double](repeating: .nan, count: periods - 1), parameters: p, from: zero)
      return [1] + pushed.predictions.dropFirst()
    }
    let weights = impulse()
    let columns = (0..<filter.startCount).map { place -> [Double] in
      var start = [Double](repeating: 0, count: filter.startCount)
      start[place] = 1
      return recursion.path(periods, parameters: p, from: filter.state(start))
    }
    var rows: [[Double]] = []
    var design: [[Double]] = []
    var values: [Double] = []
    var first = 0
    for observation in observations {
      let covered =
        observation.sums
        ? first..<(first + observation.count) : (first + observation.count - 1)..<(first + observation.count)
      first += observation.count
      guard let value = observation.value else { continue }
      values.append(value)
      // The figure's share of each innovation.
      rows.append((0..<periods).map { u in covered.reduce(0) { $0 + ($1 >= u ? weights[$1 - u] : 0) } })
      design.append(columns.map { column in covered.reduce(0) { $0 + column[$1] } })
    }
    let k = values.count
    var covariance = Matrix(rows: k, columns: k)
    for i in 0..<k {
      for j in 0..<k { covariance[i, j] = zip(rows[i], rows[j]).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let root = try Cholesky(covariance)
    let x = Matrix(design)
    let whitened = try root.solve(x)
    let whitenedValues = try root.solve(values)
    var normal = Matrix(rows: x.columns, columns: x.columns)
    var right = [Double](repeating: 0, count: x.columns)
    for i in 0..<x.columns {
      for j in 0..<x.columns { normal[i, j] = (0..<k).reduce(0) { $0 + x[$1, i] * whitened[$1, j] } }
      right[i] = (0..<k).reduce(0) { $0 + x[$1, i] * whitenedValues[$1] }
    }
    let start = try Cholesky(normal).solve(right)
    let residual = (0..<k).map { row in
      values[row] - (0..<x.columns).reduce(0) { $0 + x[row, $1] * start[$1] }
    }
    let solved = try root.solve(residual)
    let squares = zip(residual, solved).reduce(0) { $0 + $1.0 * $1.1 }
    expectDigits([run.squares], [squares], atLeast: 8, "\(name) squares")
    expectDigits(run.start, start, atLeast: 6, "\(name) start")
    let objective = 0.5 * Double(k) * log(squares) + 0.5 * root.logDeterminant
    expectDigits([run.objective], [objective], atLeast: 8, "\(name) objective")
  }

  /// On single periods the filter is the recursion.
  @Test(arguments: forms)
  func singlePeriodsAreTheRecursion(name: String) throws {
    let form = try #require(ETSForm(name))
    let series = try months(seasonalSeries(40, period: 4))
    let p = Self.parameters(form)
    let filter = ETSSpanFilter(
      form: form, period: form.season == .none ? 1 : 4, observations: ETSSpanObservation.all(series, scale: 1)
    )
    let run = try #require(filter.run(p))
    let plain = ETSRecursion(form: form, period: filter.period).run(
      series.values.compactMap(\.self), parameters: p, from: filter.state(run.start))
    expectDigits([run.squares], [plain.squares], atLeast: 9, "\(name)")
    expectDigits(run.predictions, plain.predictions, atLeast: 9, "\(name)")
    expectDigits([filter.state(run, after: 40).level], [plain.state.level], atLeast: 9, "\(name)")
  }

  /// Single periods fitted through the span estimator reach the optimum of the ordinary search.
  @Test func estimatorsAgreeOnSinglePeriods() throws {
    let form = try #require(ETSForm("AAdN"))
    let series = try months(seasonalSeries(48, period: 12, noise: 0.2))
    let ordinary = try ETS(form).fit(series)
    let filtered = try ETSSpanEstimator(
      series, model: "test", period: 12, estimation: .shrinkage, bounds: .usual
    )
    .best(of: [form], spread: .exact)
    #expect(abs(ordinary.parameters.alpha - filtered.parameters.alpha) < 1e-2)
    try expectDigits(filtered.forecast(6).mean, ordinary.forecast(6).mean, atLeast: 3)
    expectDigits(
      [try #require(filtered.concentratedLogLikelihood)], [try #require(ordinary.concentratedLogLikelihood)],
      atLeast: 3)
  }

  @Test func tradeTotalIsForecastThroughItsSpans() throws {
    let total = try Datasets.chinaRussiaTrade.total()
    #expect(total.hasSpans)
    let fit = try AutoETS().fit(total)
    #expect(fit.form.isLinear)
    #expect(fit.summary.notes.contains { $0.contains("linear forms") })
    let forecast = try fit.forecast(12)
    let mean = total.observations.suffix(12).compactMap(\.value).reduce(0, +) / 12
    for value in forecast.mean { #expect(value > 0.3 * mean && value < 3 * mean) }
    for deviation in forecast.standardDeviation { #expect(deviation > 0 && deviation < mean) }
    #expect(throws: ForecastError.self) { try ETS(ETSForm(.multiplicative, .none, .none)).fit(total) }
  }

  /// Appending to a series with spans is running the whole with parameters and start held.
  @Test func appendingToSpansIsRunningTheWhole() throws {
    let form = try #require(ETSForm("AAdN"))
    let whole = try Self.series(.sum)
    let part = try #require(whole.prefix(17))
    let fit = try ETS(form).fit(part)
    let appended = try fit.appending(Array(whole.observations.suffix(4)))
    #expect(appended.finalState == (try fit.updated(to: whole)).finalState)
  }
}
