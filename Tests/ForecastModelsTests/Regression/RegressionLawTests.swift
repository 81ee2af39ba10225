import Datasets
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite("Laws of linear regression")
struct RegressionLawTests {
  /// Reproducible noise.
  private func noise(_ count: Int, name: String = "noise") -> [Double] {
    RandomStream(seed: 11, name: name).normals(0..<count)
  }

  private let lengths = [2, 1, 1, 3, 1, 2, 1, 1, 1, 4, 1, 2, 1, 1, 1, 2, 3, 1, 1, 1]
  private let trendTerms: [RegressionTerm] = [
    .intercept, .piecewiseTrend(knots: [.month(2023, 3)]), .fourier(harmonics: 2), .daysInPeriod,
    .pulse(.month(2022, 9)),
  ]

  @Test(
    "normal equations hold, and Σ over a span of rows fits spans", arguments: [SpanRule.sum, .mean, .last])
  func normalEquations(rule: SpanRule) throws {
    let series = try spans(noise(lengths.count).map { 50 + 5 * $0 }, lengths: lengths, rule: rule)
    let fit = try LinearRegression(trendTerms).fit(series)
    // Each term as a plain function of time, summed, averaged or read at the end of the span.
    let day: (Period) -> Double = { Double($0.days ?? 0) }
    let t: (Period) -> Double = { Double(series.start.distance(to: $0)) }
    var columns: [(Period) -> Double] = [{ _ in 1 }, t, day]
    columns.append { max(0, t($0) - 14) }
    columns.append { $0 == .month(2022, 9) ? 1 : 0 }
    for k in [1.0, 2.0] {
      let angle: (Period) -> Double = { 2 * .pi * k * Double($0.season(of: 12)) / 12 }
      columns.append { sin(angle($0)) }
      columns.append { cos(angle($0)) }
    }
    for column in columns {
      var product = 0.0
      var size = 0.0
      for (observation, residual) in zip(series.observations, fit.residuals) {
        let all = observation.span.periods
        let periods = rule == .last ? [observation.span.last] : all
        var x = periods.reduce(0) { $0 + column($1) }
        // Weights: 1/|S| for a sum, |S| for a mean.
        var weight = 1.0
        if rule == .sum { weight = 1 / Double(all.count) }
        if rule == .mean {
          x /= Double(all.count)
          weight = Double(all.count)
        }
        let e = try #require(residual)
        product += weight * x * e
        size += weight * abs(x * (try #require(observation.value)))
      }
      #expect(abs(product) <= 1e-11 * size)
    }
  }

  @Test("a span fit is the closed form of generalised least squares")
  func spanClosedForm() throws {
    let values = noise(lengths.count).enumerated().map { 30 + Double($0.offset) + $0.element }
    let totals = zip(values, lengths).map { $0 * Double($1) }
    let series = try spans(totals, lengths: lengths)
    let fit = try LinearRegression().fit(series)
    // (Xᵀ Ω⁻¹ X)⁻¹ XᵀΩ⁻¹y with X = [|S|, Σt], Ω = diag |S|.
    var (a, b, c, u, v) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var offset = 0
    for (y, length) in zip(totals, lengths) {
      let n = Double(length)
      let s = (offset..<(offset + length)).reduce(0.0) { $0 + Double($1) }
      (a, b, c) = (a + n, b + s, c + s * s / n)
      (u, v) = (u + y, v + s * y / n)
      offset += length
    }
    let determinant = a * c - b * b
    expectDigits(
      fit.coefficients.map(\.estimate), [(c * u - b * v) / determinant, (a * v - b * u) / determinant],
      atLeast: 11)
    let rss = zip(fit.residuals, lengths).reduce(0) { $0 + ($1.0 ?? .nan) * ($1.0 ?? .nan) / Double($1.1) }
    let variance = rss / Double(lengths.count - 2)
    expectDigits(
      fit.coefficients.compactMap(\.standardError),
      [(variance * c / determinant).squareRoot(), (variance * a / determinant).squareRoot()], atLeast: 10)
    // The level of a mean series is that of the sum series.
    let means = try LinearRegression().fit(spans(values, lengths: lengths, rule: .mean))
    expectDigits(means.coefficients.map(\.estimate), fit.coefficients.map(\.estimate), atLeast: 11)
    expectDigits([means.residualStandardError], [fit.residualStandardError], atLeast: 11)
    let ordinary = try #require(fit.summary.logLikelihood)
    let jacobian = lengths.reduce(0) { $0 + log(Double($1)) }
    expectDigits([try #require(means.summary.logLikelihood) - jacobian], [ordinary], atLeast: 11)
  }

  @Test("AR(1) by maximum likelihood on spans and gaps is the dense Gaussian likelihood's maximum")
  func autoregressiveSpans() throws {
    var values: [Double?] = noise(lengths.count, name: "ar").map { 20 + $0 }
    var level = 0.0
    for i in values.indices {
      level = 0.8 * level + (values[i] ?? 0) - 20
      values[i] = (60 + level) * Double(lengths[i])
    }
    values[5] = nil
    let series = try spans(values, lengths: lengths)
    let fit = try LinearRegression(errors: .autoregressive()).fit(series)
    let rho = try #require(fit.autocorrelation?.value)
    /// The log-likelihood with the covariance written out.
    func dense(_ rho: Double) throws -> Double {
      let observed = series.observations.filter { $0.value != nil }
      let n = observed.count
      let times = observed.map { $0.span.periods.map { Double(series.start.distance(to: $0)) } }
      var covariance = Matrix(rows: n, columns: n)
      for i in 0..<n {
        for j in 0..<n {
          for s in times[i] { for t in times[j] { covariance[i, j] += pow(rho, abs(s - t)) } }
        }
      }
      let factor = try Cholesky(covariance)
      let y = observed.map { $0.value ?? .nan }
      let columns = [times.map { Double($0.count) }, times.map { $0.reduce(0, +) }]
      let inverse = try columns.map { try factor.solve($0) }
      let response = try factor.solve(y)
      func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      let (a, b, c) = (
        dot(columns[0], inverse[0]), dot(columns[0], inverse[1]), dot(columns[1], inverse[1])
      )
      let (u, v) = (dot(columns[0], response), dot(columns[1], response))
      let d = a * c - b * b
      let beta = [(c * u - b * v) / d, (a * v - b * u) / d]
      let rss = dot(y, response) - beta[0] * u - beta[1] * v
      return -0.5 * Double(n) * (log(2 * .pi * rss / Double(n)) + 1) - 0.5 * factor.logDeterminant
    }
    expectDigits([try #require(fit.summary.logLikelihood)], [try dense(rho)], atLeast: 9)
    let best = try dense(rho)
    for nearby in [rho - 0.01, rho + 0.01] {
      let value = try dense(nearby)
      #expect(value < best)
    }
  }

  @Test("the AR(1) forecast is the conditional law of the joint normal, last error included")
  func autoregressiveForecast() throws {
    let y = noise(40, name: "ar-forecast").reduce(into: [Double]()) { $0.append(0.9 * ($0.last ?? 0) + $1) }
    let series = try TimeSeries(y.map { $0 + 10 }, start: .month(2022, 1))
    let fit = try LinearRegression([.intercept], errors: .autoregressive()).fit(series)
    let rho = try #require(fit.autocorrelation?.value)
    let level = fit.coefficients[0].estimate
    let outlook = try fit.forecast(5)
    let last = y[39] + 10 - level
    for h in 1...5 {
      expectDigits([outlook.mean[h - 1]], [level + pow(rho, Double(h)) * last], atLeast: 11)
      let share = 1 - pow(rho, Double(h))
      let variance =
        fit.residualStandardError * fit.residualStandardError * (1 - pow(rho, 2 * Double(h)))
        + share * share * fit.covariance[0, 0]
      let t = try StudentT(degreesOfFreedom: 39, location: 0, scale: variance.squareRoot())
      expectDigits([outlook.quantile(0.9)[h - 1] - outlook.mean[h - 1]], [t.quantile(0.9)], atLeast: 9)
    }
  }

  static let models: [LinearRegression] = [
    LinearRegression([.intercept, .trend(degree: 2)]), LinearRegression(estimator: .huber()),
    LinearRegression(estimator: .tukey()), LinearRegression(estimator: .quantile(0.3)),
    LinearRegression(errors: .autoregressive()), LinearRegression(errors: .autoregressive(.praisWinsten)),
    LinearRegression(covariance: .neweyWest()), LinearRegression(weights: .discounted(by: 0.95)),
  ]

  @Test("y → a + by moves fits and forecasts alike", arguments: models)
  func equivariance(model: LinearRegression) throws {
    let y = noise(48, name: "equivariance").enumerated().map { 3 + 0.1 * Double($0.offset) + $0.element }
    let plain = try model.fit(months(y))
    let moved = try model.fit(months(y.map { 1024 + 256 * $0 }))
    expectDigits(
      moved.fitted.compactMap { $0 }, plain.fitted.compactMap { $0.map { 1024 + 256 * $0 } }, atLeast: 9)
    for p in [0.1, 0.5, 0.9] {
      try expectDigits(
        moved.forecast(6).quantile(p), plain.forecast(6).quantile(p).map { 1024 + 256 * $0 }, atLeast: 8)
    }
    // Intervals nest.
    let outlook = try plain.forecast(12)
    for (inner, outer) in try zip(outlook.interval(0.8), outlook.interval(0.95)) {
      #expect(outer.lower < inner.lower && inner.lower < inner.upper && inner.upper < outer.upper)
    }
    #expect(plain.summary.coefficients.allSatisfy { ($0.standardError ?? 0) > 0 })
  }

  @Test("saturated seasonal dummies and Fourier terms give the same fit and forecast")
  func saturated() throws {
    let y = noise(60, name: "season")
    let dummies = try LinearRegression([.intercept, .trend(), .seasonalDummies()]).fit(months(y))
    let fourier = try LinearRegression([.intercept, .trend(), .fourier(harmonics: 6)]).fit(months(y))
    let bare = try LinearRegression([.trend(), .seasonalDummies()]).fit(months(y))
    for other in [fourier, bare] {
      for (a, b) in zip(dummies.fitted, other.fitted) {
        let gap = abs(try #require(a) - #require(b))
        #expect(gap < 1e-12)
      }
      for (a, b) in try zip(dummies.forecast(12).quantile(0.9), other.forecast(12).quantile(0.9)) {
        #expect(abs(a - b) < 1e-11)
      }
    }
    #expect(fourier.coefficients.count == 13)
    #expect(bare.coefficients.map(\.name).contains("Jan"))
  }

  @Test("a forecast is the design by hand times the coefficients, sums exact")
  func manualForecast() throws {
    let y = noise(30, name: "manual").map { 40 + $0 }
    let terms: [RegressionTerm] = [
      .intercept, .trend(degree: 2), .step(.month(2023, 1)),
      .ramp(from: .month(2023, 6), through: .month(2024, 2)),
    ]
    let fit = try LinearRegression(terms).fit(months(y))
    let beta = fit.coefficients.map(\.estimate)
    let outlook = try fit.forecast(4)
    var total = 0.0
    var sum = [Double](repeating: 0, count: beta.count)
    for (step, mean) in outlook.mean.enumerated() {
      let t = Double(30 + step)
      let row = [1, t, t * t, 1, 8]
      total += mean
      for k in sum.indices { sum[k] += row[k] }
      expectDigits([mean], [zip(row, beta).reduce(0) { $0 + $1.0 * $1.1 }], atLeast: 11)
    }
    var spread = 0.0
    for j in sum.indices { for k in sum.indices { spread += sum[j] * fit.covariance[j, k] * sum[k] } }
    let s = fit.residualStandardError
    let law = try StudentT(
      degreesOfFreedom: 25, location: total, scale: (4 * s * s + spread).squareRoot())
    let all = try outlook.total(over: .periods(outlook.start, through: outlook.start + 3))
    expectDigits([all.quantile(0.95)], [law.quantile(0.95)], atLeast: 9)
  }

  @Test("a log response on single periods is the log-linear growth curve; on spans too")
  func logGrowth() throws {
    let y = noise(20, name: "growth").enumerated().map {
      exp(2 + 0.03 * Double($0.offset) + 0.1 * $0.element)
    }
    for series in [try months(y), try spans(y, lengths: lengths)] {
      let line = try LinearRegression(logResponse: true).fit(series)
      let curve = try ExponentialGrowth().fit(series)
      expectDigits(
        line.coefficients.map(\.estimate), [curve.logLevel.value, curve.rate.value], atLeast: 9)
      expectDigits(
        [try #require(line.summary.aic)], [try #require(curve.summary.aic)], atLeast: 9)
      try expectDigits(line.forecast(6).quantile(0.9), curve.forecast(6).quantile(0.9), atLeast: 8)
    }
  }

  @Test("Student t intervals cover as they say")
  func coverage() throws {
    var inside = 0
    let runs = 600
    for run in 0..<runs {
      let e = RandomStream(seed: 3, name: "coverage", replicate: run).normals(0..<12)
      let y = e.enumerated().map { 5 - 0.4 * Double($0.offset) + 2 * $0.element }
      let fit = try LinearRegression().fit(months(Array(y.prefix(10))))
      let interval = try fit.forecast(2).interval(0.8)[1]
      if interval.lower < y[11], y[11] < interval.upper { inside += 1 }
    }
    // Four standard errors of a binomial share.
    #expect(abs(Double(inside) / Double(runs) - 0.8) < 4 * (0.16 / Double(runs)).squareRoot())
  }

  @Test("the quantile fit passes through p points and has τ of the others below, ties or none")
  func quantileCounts() throws {
    for tau in [0.05, 0.25, 0.5, 0.8, 0.95] {
      for rounding in [1.0, 1e6] {
        let y = noise(120, name: "quantile").map { (10 * $0 * rounding).rounded() / rounding }
        let fit = try LinearRegression([.intercept, .trend()], estimator: .quantile(tau)).fit(months(y))
        let residuals = fit.residuals.compactMap { $0 }
        let zero = residuals.count { abs($0) < 1e-9 }
        let below = residuals.count { $0 <= -1e-9 }
        #expect(zero >= 2)
        #expect(Double(below) <= 120 * tau && 120 * tau <= Double(below + zero))
        #expect(fit.summary.convergence?.hasPrefix("optimal") == true)
      }
    }
  }

  @Test("one outlier moves least squares, not the robust fits")
  func outlier() throws {
    var y = noise(40, name: "outlier").enumerated().map { 2 * Double($0.offset) + $0.element }
    let clean = try LinearRegression().fit(months(y)).coefficients[1].estimate
    y[35] += 500
    let moved = try LinearRegression().fit(months(y)).coefficients[1].estimate
    #expect(abs(moved - clean) > 1)
    for estimator in [RegressionEstimator.huber(), .tukey(), .quantile()] {
      let robust = try LinearRegression(estimator: estimator).fit(months(y)).coefficients[1].estimate
      #expect(abs(robust - clean) < 0.1)
    }
  }

  @Test("the bundled trade total: spans, missing months, every estimator that takes them")
  func trade() throws {
    let total = try chinaRussiaTrade.total()
    let terms: [RegressionTerm] = [.intercept, .trend(degree: 2), .fourier(harmonics: 2)]
    for model in [
      LinearRegression(terms), LinearRegression(terms, estimator: .huber()),
      LinearRegression(terms, errors: .autoregressive()), LinearRegression(terms, covariance: .neweyWest()),
      LinearRegression(terms, logResponse: true),
    ] {
      let fit = try model.fit(total)
      #expect(fit.summary.coefficients.count == 7)
      #expect(try fit.forecast(24).mean.allSatisfy { $0.isFinite })
    }
    let span = try #require(total.observations.first { $0.span.count > 1 && $0.value != nil }?.span)
    let refused = LinearRegression(terms, estimator: .quantile())
    #expect(
      throws: ForecastError.spanNotSupported(model: refused.name, series: total.name, span: span)
    ) { try refused.fit(total) }
  }
}

@Suite("Linear regression refuses and names")
struct RegressionErrorTests {
  @Test("bad input is answered by its own error")
  func refusals() throws {
    let y: [Double?] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
    let series = try months(y)
    func expectOption(_ name: String, _ model: LinearRegression, on series: TimeSeries) {
      do {
        _ = try model.fit(series)
        Issue.record("\(name) was taken")
      } catch {
        guard case .invalidOption(name, _, _) = error else {
          Issue.record("\(name): \(error)")
          return
        }
      }
    }
    expectOption("trend", LinearRegression([.intercept, .trend(degree: 0)]), on: series)
    expectOption("knot", LinearRegression([.piecewiseTrend(knots: [.month(2030, 1)])]), on: series)
    expectOption("step", LinearRegression([.intercept, .step(.month(2030, 1))]), on: series)
    expectOption("pulse", LinearRegression([.intercept, .pulse(.year(2022))]), on: series)
    expectOption("ramp", LinearRegression([.ramp(from: .month(2022, 12))]), on: series)
    expectOption("fourier", LinearRegression([.fourier(harmonics: 7)]), on: series)
    expectOption("term", LinearRegression([.intercept, .intercept]), on: series)
    expectOption("terms", LinearRegression([]), on: series)
    expectOption("estimator", LinearRegression(estimator: .quantile(1)), on: series)
    expectOption("estimator", LinearRegression(estimator: .huber(k: -1)), on: series)
    expectOption("estimator", LinearRegression(estimator: .tukey(c: .nan)), on: series)
    expectOption("covariance", LinearRegression(covariance: .neweyWest(lag: -1)), on: series)
    expectOption("errors", LinearRegression(estimator: .huber(), errors: .autoregressive()), on: series)
    expectOption(
      "covariance", LinearRegression(estimator: .huber(), covariance: .neweyWest()), on: series)
    expectOption("discount", LinearRegression(weights: .discounted(by: 2)), on: series)
    expectOption(
      "weight",
      LinearRegression(weights: .periods([1] + Array(repeating: 0, count: 11), start: series.start)),
      on: series)
    let index = try TimeSeries(y, start: .index(1))
    expectOption("season", LinearRegression([.seasonalDummies()]), on: index)
    expectOption("calendar", LinearRegression([.daysInPeriod]), on: index)

    #expect(throws: ForecastError.missingRegressor(name: "weight", series: "test", period: .month(2022, 2))) {
      try LinearRegression(weights: .periods([1], start: series.start)).fit(series)
    }
    #expect(
      throws: ForecastError.tooFewObservations(
        model: "Linear regression", series: "test", needed: 3, found: 2)
    ) { try LinearRegression().fit(months([1, nil, 2])) }
    #expect(
      throws: ForecastError.notPositive(
        model: "Linear regression (log response)", series: "test", span: PeriodSpan(.month(2022, 2)), value: 0
      )
    ) { try LinearRegression(logResponse: true).fit(months([1, 0, 2, 3])) }
  }

  @Test("a regressor is asked for every observed period and for the horizon")
  func regressors() throws {
    let series = try months([3, 1, nil, 1, 5, 9])
    let model = LinearRegression([.intercept])
    let short = try Regressors(["x": [1, 2, 3, 4, 5]], start: .month(2022, 1))
    #expect(throws: ForecastError.missingRegressor(name: "x", series: "test", period: .month(2022, 6))) {
      try model.fit(series, regressors: short)
    }
    let enough = try Regressors(["x": [1, 2, 3, 4, 5, 7, 8]], start: .month(2022, 1))
    let fit = try model.fit(series, regressors: enough)
    #expect(try fit.forecast(1, regressors: enough).mean[0].isFinite)
    #expect(throws: ForecastError.missingRegressor(name: "x", series: "test", period: .month(2022, 8))) {
      try fit.forecast(2, regressors: enough)
    }
    let other = try Regressors(["z": [1, 2, 3, 4, 5, 6, 7, 8]], start: .month(2022, 1))
    #expect(throws: ForecastError.missingRegressor(name: "x", series: "test", period: .month(2022, 7))) {
      try fit.forecast(1, regressors: other)
    }
    #expect(throws: ForecastError.unknownName(kind: "external variable", name: "x", nearest: "z")) {
      try other.selecting("x")
    }
  }

  @Test("a perfect fit and an unseen season are said, not hidden")
  func notes() throws {
    let line = try LinearRegression().fit(months([1, 2, 3, 4, 5]))
    #expect(line.summary.logLikelihood == nil)
    #expect(try line.forecast(2).quantile(0.9) == line.forecast(2).mean)
    #expect(line.summary.notes.contains { $0.contains("every value") })
    let partial = try LinearRegression([.intercept, .seasonalDummies()]).fit(
      months((0..<36).map { (i: Int) -> Double? in i % 12 == 4 ? nil : Double((i * i) % 7) }))
    #expect(partial.aliased == ["May"])
    #expect(partial.summary.notes.contains { $0.contains("2025-05") })
  }

  @Test("options as text make the model")
  func catalogue() throws {
    let text =
      "linear-regression:knots=2022-03+2022-07,season=fourier:2,calendar=days,step=2022-05,ramp=2022-03/2022-06,"
      + "covariance=hac:3,log=true"
    let model = try #require(try Registry.model(text) as? LinearRegression)
    #expect(
      model
        == LinearRegression(
          [
            .intercept, .piecewiseTrend(knots: [.month(2022, 3), .month(2022, 7)]), .fourier(harmonics: 2),
            .daysInPeriod, .step(.month(2022, 5)), .ramp(from: .month(2022, 3), through: .month(2022, 6)),
          ], covariance: .neweyWest(lag: 3), logResponse: true))
    let other = try #require(
      try Registry.model(
        "linear-regression:trend=none,season=dummies,estimator=quantile:0.25,intercept=false")
        as? LinearRegression)
    #expect(other == LinearRegression([.seasonalDummies()], estimator: .quantile(0.25)))
    for slip in [
      "trend=0", "trend=x", "season=weekly", "season=fourier", "season=fourier:0", "calendar=moon",
      "estimator=lasso", "estimator=quantile:1.5", "errors=ar2", "covariance=hc9", "covariance=hac:-1",
      "discount=0", "step=2022-13", "ramp=x", "log=yes", "estimator=huber,errors=ar1",
      "knots=2022-03,trend=2",
    ] {
      #expect(throws: ForecastError.self, "\(slip)") {
        try Registry.model("linear-regression:" + slip)
      }
    }
  }
}
