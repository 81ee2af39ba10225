import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite("Linear regression against R")
struct LinearRegressionPeerTests {
  private func expectOrdinary(
    _ summary: FitSummary, _ r: RegressionFixture.Ordinary, atLeast least: Double = 10, _ what: Comment
  ) throws {
    expectDigits(summary.coefficients.map(\.estimate), r.coefficients, atLeast: least, what)
    expectDigits(summary.coefficients.compactMap(\.standardError), r.standardErrors, atLeast: least, what)
    expectDigits(summary.coefficients.compactMap(\.statistic), r.statistics, atLeast: least, what)
    expectDigits(summary.coefficients.compactMap(\.pValue), r.pValues, atLeast: least - 2, what)
    let f = try summary.diagnostic("F")
    expectDigits(
      [
        try #require(summary.residualStandardError), try #require(summary.rSquared),
        try #require(summary.adjustedRSquared), f.statistic, try #require(summary.logLikelihood),
        try #require(summary.aic), try #require(summary.aicc), try #require(summary.bic),
        try summary.diagnostic("Durbin").statistic, try summary.diagnostic("Breusch").statistic,
        try summary.diagnostic("Shapiro").statistic,
      ],
      [
        r.sigma, r.rSquared, r.adjustedRSquared, r.f, r.logLikelihood, r.aic, r.aicc, r.bic, r.durbinWatson,
        r.breuschPagan.statistic, r.shapiroWilk.statistic,
      ], atLeast: least, what)
    expectDigits(
      [
        try #require(f.pValue), try #require(try summary.diagnostic("Breusch").pValue),
        try #require(try summary.diagnostic("Shapiro").pValue),
      ], [r.fP, r.breuschPagan.pValue, r.shapiroWilk.pValue], atLeast: 8, what)
  }

  @Test("external variables: lm, HC0–3, Newey–West")
  func external() throws {
    for item in try RegressionFixture.loaded.get().external {
      let name = Comment(rawValue: item.name)
      func fit(_ covariance: CoefficientCovariance) throws -> FitSummary {
        try LinearRegression([.intercept], covariance: covariance)
          .fit(item.series, regressors: item.regressors).summary
      }
      func errors(_ covariance: CoefficientCovariance) throws -> [Double] {
        try fit(covariance).coefficients.compactMap(\.standardError)
      }
      try expectOrdinary(fit(.classic), item.ordinary, atLeast: 9, name)
      // On Longley's near-collinear design R's own sandwiches carry 7 to 8 digits; LongleyFixture has them all.
      let least = item.name == "longley" ? 7.0 : 9.0
      for (kind, reference) in zip(HeteroskedasticKind.allCases, item.ordinary.hc) {
        expectDigits(try errors(.heteroskedastic(kind)), reference, atLeast: least, name)
      }
      for (lag, reference) in zip([0, 1, 4], item.ordinary.neweyWest) {
        expectDigits(try errors(.neweyWest(lag: lag)), reference, atLeast: least, name)
      }
      expectDigits(try errors(.neweyWest()), item.ordinary.neweyWestAutomatic, atLeast: least, name)
    }
  }

  @Test("Longley in 60 digits: coefficients, standard errors, sandwiches, quantile objectives")
  func longley() throws {
    let item = try #require(try RegressionFixture.loaded.get().external.first { $0.name == "longley" })
    let exact = try LongleyFixture.load()
    func fit(_ model: LinearRegression) throws -> FittedLinearRegression {
      try model.fit(item.series, regressors: item.regressors)
    }
    func errors(_ covariance: CoefficientCovariance) throws -> [Double] {
      try fit(LinearRegression([.intercept], covariance: covariance)).coefficients.compactMap(\.standardError)
    }
    expectDigits(
      try fit(LinearRegression([.intercept])).coefficients.map(\.estimate), exact.coefficients, atLeast: 14)
    expectDigits(try errors(.classic), exact.standardErrors, atLeast: 11)
    for (kind, reference) in zip(HeteroskedasticKind.allCases, exact.hc) {
      expectDigits(try errors(.heteroskedastic(kind)), reference, atLeast: 9)
    }
    for (lag, reference) in zip([0, 1, 4], exact.neweyWest) {
      expectDigits(try errors(.neweyWest(lag: lag)), reference, atLeast: 9)
    }
    for (tau, objective) in zip([0.1, 0.25, 0.5, 0.75, 0.9], exact.objectives) {
      let found = try fit(LinearRegression([.intercept], estimator: .quantile(tau))).objective
      expectDigits([found], [objective], atLeast: 10)
    }
  }

  @Test("AirPassengers: trend and seasonal dummies of log y, forecasts")
  func air() throws {
    let air = try RegressionFixture.loaded.get().air
    let series = try TimeSeries(air.y.map { log($0) }, start: .month(1949, 1), name: "AirPassengers")
    let fit = try LinearRegression([.intercept, .trend(), .seasonalDummies()]).fit(series)
    try expectOrdinary(fit.summary, air.ordinary, "air")
    let outlook = try fit.forecast(24)
    expectDigits(outlook.mean, air.predicted.mean, atLeast: 11)
    try expectDigits(outlook.interval(0.9).map(\.lower), air.predicted.lower, atLeast: 10)
    try expectDigits(outlook.interval(0.9).map(\.upper), air.predicted.upper, atLeast: 10)

    let passengers = try TimeSeries(air.y, start: .month(1949, 1))
    let logarithmic = try LinearRegression(
      [.intercept, .trend(), .seasonalDummies()], logResponse: true
    ).fit(passengers)
    expectDigits(logarithmic.coefficients.map(\.estimate), air.ordinary.coefficients, atLeast: 10)
    try expectDigits(
      logarithmic.forecast(24).quantile(0.95), air.predicted.upper.map { exp($0) }, atLeast: 9)
  }

  @Test("step and trend of the Nile, trend of Lake Huron")
  func trends() throws {
    let fixture = try RegressionFixture.loaded.get()
    let nile = try TimeSeries(fixture.nile.y, start: .year(1871))
    try expectOrdinary(
      LinearRegression([.intercept, .trend(), .step(.year(1899))]).fit(nile).summary, fixture.nile.ordinary,
      "nile")
    let lake = try TimeSeries(fixture.lake.y, start: .year(1875))
    try expectOrdinary(LinearRegression().fit(lake).summary, fixture.lake.ordinary, "lake")
    let robust = try LinearRegression(covariance: .neweyWest()).fit(lake).summary
    expectDigits(
      robust.coefficients.compactMap(\.standardError), fixture.lake.ordinary.neweyWestAutomatic, atLeast: 8)
    #expect(robust.notes.contains { $0.contains("\(fixture.lake.ordinary.automaticLag) lags") })
  }

  @Test("weights: lm, HC3, Newey–West, rlm")
  func weighted() throws {
    let item = try RegressionFixture.loaded.get().weighted
    let series = try TimeSeries(item.y, start: .index(1))
    let regressors = try Regressors(names: ["a", "b", "c"], columns: item.x, start: .index(1))
    func fit(
      _ covariance: CoefficientCovariance, _ estimator: RegressionEstimator = .leastSquares
    ) throws -> FitSummary {
      try LinearRegression(
        [.intercept], estimator: estimator, covariance: covariance,
        weights: .periods(item.w, start: .index(1))
      ).fit(series, regressors: regressors).summary
    }
    let plain = try fit(.classic)
    expectDigits(plain.coefficients.map(\.estimate), item.coefficients, atLeast: 10)
    expectDigits(plain.coefficients.compactMap(\.standardError), item.standardErrors, atLeast: 10)
    expectDigits(
      [
        try #require(plain.residualStandardError), try #require(plain.rSquared),
        try #require(plain.adjustedRSquared), try plain.diagnostic("F").statistic,
        try #require(plain.logLikelihood), try #require(plain.aic),
      ], [item.sigma, item.rSquared, item.adjustedRSquared, item.f, item.logLikelihood, item.aic],
      atLeast: 10)
    expectDigits(
      try fit(.heteroskedastic()).coefficients.compactMap(\.standardError), item.hc3, atLeast: 9)
    expectDigits(
      try fit(.neweyWest(lag: 2)).coefficients.compactMap(\.standardError), item.neweyWest, atLeast: 9)
    let huber = try fit(.classic, .huber())
    expectDigits(huber.coefficients.map(\.estimate), item.huber.coefficients, atLeast: 8)
    expectDigits(huber.coefficients.compactMap(\.standardError), item.huber.standardErrors, atLeast: 8)
  }

  @Test("aliased columns are those that R calls NA")
  func aliased() throws {
    let item = try RegressionFixture.loaded.get().aliased
    let series = try TimeSeries(item.y, start: .index(0))
    let regressors = try Regressors(["u": item.u], start: .index(0))
    let fit = try LinearRegression([.intercept, .trend(), .step(.index(5))])
      .fit(series, regressors: regressors)
    #expect(fit.aliased == ["u"])
    #expect(item.coefficients.last == .some(nil))
    expectDigits(fit.coefficients.map(\.estimate), item.coefficients.compactMap { $0 }, atLeast: 11)
    #expect(fit.summary.notes.contains { $0.contains("(NA): u") })
  }
}

@Suite("Robust, quantile and AR(1) regression against R")
struct RobustRegressionPeerTests {
  @Test("Huber and Tukey: rlm")
  func robust() throws {
    let fixture = try RegressionFixture.loaded.get()
    func expect(_ fit: FittedLinearRegression, _ r: RegressionFixture.Robust, _ what: Comment) {
      expectDigits(fit.coefficients.map(\.estimate), r.coefficients, atLeast: 8, what)
      expectDigits([fit.residualStandardError], [r.scale], atLeast: 8, what)
      expectDigits(fit.coefficients.compactMap(\.standardError), r.standardErrors, atLeast: 8, what)
    }
    for item in fixture.external {
      let name = Comment(rawValue: item.name)
      expect(
        try LinearRegression([.intercept], estimator: .huber())
          .fit(item.series, regressors: item.regressors), item.huber, name)
      expect(
        try LinearRegression([.intercept], estimator: .tukey())
          .fit(item.series, regressors: item.regressors), item.tukey, name)
    }
    let nile = try TimeSeries(fixture.nile.y, start: .year(1871))
    let terms: [RegressionTerm] = [.intercept, .trend(), .step(.year(1899))]
    for (estimator, r) in [
      (RegressionEstimator.huber(), fixture.nile.huber), (.tukey(), fixture.nile.tukey),
    ] {
      let fit = try LinearRegression(terms, estimator: estimator).fit(nile)
      expectDigits(fit.coefficients.map(\.estimate), r.coefficients, atLeast: 8)
      expectDigits(fit.coefficients.compactMap(\.standardError), r.standardErrors, atLeast: 8)
      #expect(fit.summary.convergence?.hasPrefix("converged") == true)
    }
  }

  private func expect(
    _ summary: FitSummary, objective: Double, _ r: RegressionFixture.Quantile, _ what: Comment
  ) throws {
    // Never above R's vertex, to rounding.
    #expect(objective <= r.objective * (1 + 1e-11), what)
    expectDigits([objective], [r.objective], atLeast: 10, what)
    expectDigits([try #require(summary.logLikelihood)], [r.logLikelihood], atLeast: 10, what)
    // A difference that may come near zero: absolute.
    let gap = abs(try #require(summary.aic) - r.aic)
    #expect(gap < 1e-9, what)
    if let errors = r.standardErrors,
      fewestDigits(summary.coefficients.map(\.estimate), r.coefficients) > 9
    {
      let found = summary.coefficients.compactMap(\.standardError)
      if summary.notes.contains(where: { $0.contains("Hendricks") }) {
        expectDigits(found, errors, atLeast: 7.5, what)
      }
    }
  }

  @Test("quantile regression: the objective of rq")
  func quantiles() throws {
    let fixture = try RegressionFixture.loaded.get()
    for item in fixture.external {
      for r in item.quantiles {
        let fit = try LinearRegression([.intercept], estimator: .quantile(r.tau))
          .fit(item.series, regressors: item.regressors)
        try expect(fit.summary, objective: fit.objective, r, "\(item.name) \(r.tau)")
      }
    }
    let nile = try TimeSeries(fixture.nile.y, start: .year(1871))
    for r in fixture.nile.quantiles {
      let fit = try LinearRegression(
        [.intercept, .trend(), .step(.year(1899))], estimator: .quantile(r.tau)
      ).fit(nile)
      try expect(fit.summary, objective: fit.objective, r, "nile \(r.tau)")
    }
  }

  @Test("AR(1) errors by maximum likelihood: gls")
  func maximumLikelihood() throws {
    let fixture = try RegressionFixture.loaded.get()
    let model = LinearRegression(errors: .autoregressive())
    let lake = try model.fit(TimeSeries(fixture.lake.y, start: .year(1875)))
    let nile = try LinearRegression(
      [.intercept, .trend(), .step(.year(1899))], errors: .autoregressive()
    ).fit(TimeSeries(fixture.nile.y, start: .year(1871)))
    let air = try LinearRegression(
      [.intercept, .trend(), .seasonalDummies()], errors: .autoregressive()
    ).fit(TimeSeries(fixture.air.y.map { log($0) }, start: .month(1949, 1)))
    for (fit, r) in [(lake, fixture.lake.gls), (nile, fixture.nile.gls), (air, fixture.air.gls)] {
      let summary = fit.summary
      // gls stops its search of ρ at about 8 digits; `exact` is the root of the score in R.
      expectDigits([try #require(fit.autocorrelation?.value)], [r.exact.rho], atLeast: 9)
      expectDigits(fit.coefficients.map(\.estimate), r.exact.coefficients, atLeast: 8)
      expectDigits(fit.coefficients.compactMap(\.standardError), r.exact.standardErrors, atLeast: 8)
      expectDigits([try #require(summary.logLikelihood)], [try #require(r.gls.logLikelihood)], atLeast: 10)
      expectDigits([try #require(summary.aic)], [try #require(r.gls.aic)], atLeast: 10)
      expectDigits([try #require(summary.bic)], [try #require(r.gls.bic)], atLeast: 10)
      expectDigits([try #require(fit.autocorrelation?.value)], [r.gls.rho], atLeast: 6.5)
    }
  }

  @Test("Cochrane–Orcutt and Prais–Winsten: iterated lm")
  func iterated() throws {
    let lake = try RegressionFixture.loaded.get().lake
    let series = try TimeSeries(lake.y, start: .year(1875))
    for (method, r) in [
      (AutoregressiveEstimator.cochraneOrcutt, lake.cochraneOrcutt), (.praisWinsten, lake.praisWinsten),
    ] {
      let fit = try LinearRegression(errors: .autoregressive(method)).fit(series)
      expectDigits([try #require(fit.autocorrelation?.value)], [r.rho], atLeast: 10)
      expectDigits(fit.coefficients.map(\.estimate), r.coefficients, atLeast: 9)
      expectDigits(fit.coefficients.compactMap(\.standardError), r.standardErrors, atLeast: 9)
    }
  }
}
