import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// The figures of statsmodels in `Fixtures/regression/statsmodels.json`, made by `regression.py` beside it.
private struct StatsmodelsFixture: Decodable {
  struct Case: Decodable {
    let name: String
    let y: [Double]
    let x: [[Double]]
    let coefficients: [Double]
    let standardErrors: [Double]
    let rSquared: Double
    let f: Double
    let logLikelihood: Double
    let hc: [[Double]]
    let hac: [Double]
    let durbinWatson: Double
    let jarqueBera: Double
    let ljungBox: Double
    let breuschPagan: Double
    let huber: [Double]
    let tukey: [Double]
    let objectives: [Double]
  }
  let cases: [Case]
}

@Suite("Linear regression against statsmodels")
struct RegressionStatsmodelsTests {
  @Test("OLS, HC0–3, HAC, diagnostics, robust coefficients, quantile objectives")
  func peers() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "statsmodels", withExtension: "json", subdirectory: "Fixtures/regression"))
    let fixture = try JSONDecoder().decode(StatsmodelsFixture.self, from: Data(contentsOf: url))
    for item in fixture.cases {
      let name = Comment(rawValue: item.name)
      let series = try TimeSeries(item.y, start: .index(1))
      let regressors = try Regressors(
        names: item.x.indices.map { "x\($0)" }, columns: item.x, start: .index(1))
      func fit(_ model: LinearRegression) throws -> FittedLinearRegression {
        try model.fit(series, regressors: regressors)
      }
      func errors(_ covariance: CoefficientCovariance) throws -> [Double] {
        try fit(LinearRegression([.intercept], covariance: covariance)).coefficients
          .compactMap(\.standardError)
      }
      let plain = try fit(LinearRegression([.intercept]))
      let summary = plain.summary
      expectDigits(plain.coefficients.map(\.estimate), item.coefficients, atLeast: 10, name)
      expectDigits(try errors(.classic), item.standardErrors, atLeast: 10, name)
      expectDigits(
        [
          try #require(summary.rSquared), try #require(summary.logLikelihood),
          try summary.diagnostic("F").statistic, try summary.diagnostic("Durbin").statistic,
          try summary.diagnostic("Jarque").statistic, try summary.diagnostic("Breusch").statistic,
        ],
        [
          item.rSquared, item.logLikelihood, item.f, item.durbinWatson, item.jarqueBera, item.breuschPagan,
        ], atLeast: 9, name)
      let tests = ResidualDiagnostics(plain.fit.estimate.residuals)
      expectDigits([try #require(tests.ljungBox(lags: 4)).statistic], [item.ljungBox], atLeast: 10, name)
      for (kind, reference) in zip(HeteroskedasticKind.allCases, item.hc) {
        expectDigits(try errors(.heteroskedastic(kind)), reference, atLeast: 9, name)
      }
      expectDigits(try errors(.neweyWest(lag: 4)), item.hac, atLeast: 9, name)
      for (estimator, reference) in [(RegressionEstimator.huber(), item.huber), (.tukey(), item.tukey)] {
        let robust = try fit(LinearRegression([.intercept], estimator: estimator))
        expectDigits(robust.coefficients.map(\.estimate), reference, atLeast: 8, name)
      }
      for (tau, objective) in zip([0.25, 0.5, 0.75], item.objectives) {
        // statsmodels iterates towards the vertex; the exact one is never above it.
        let found = try fit(LinearRegression([.intercept], estimator: .quantile(tau))).objective
        #expect(found <= objective * (1 + 1e-12), name)
        expectDigits([found], [objective], atLeast: 4, name)
      }
    }
  }
}
