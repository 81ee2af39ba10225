import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// Regressions and growth curves brought to later data or read from JSON: what was estimated is held.
@Suite struct HeldRegressionTests {
  private static let models = [
    "linear-regression", "linear-regression:errors=ar1", "linear-regression:estimator=quantile:0.4",
    "linear-regression:estimator=huber,log=true", "linear-regression:season=dummies,covariance=hac",
    "exponential-growth", "exponential-growth:noise=poisson", "logistic", "gompertz", "bass",
    "ramp-to-capacity",
  ]

  @Test(
    "a model read from JSON forecasts the same bits, before and after later observations", arguments: models)
  func coding(name: String) throws {
    let all = ContractSeries.seasonal(72).withMissing([5, 31])
    let fit = try Registry.model(name).fit(all.first(60))
    guard let fit = fit as? any FittedForecaster & Codable else {
      Issue.record("\(name) is not encoded")
      return
    }
    try check(fit, later: all)
  }

  private func check<Fit: FittedForecaster & Codable>(_ fit: Fit, later: TimeSeries) throws {
    let read = try expectSameAfterCoding(fit)
    #expect(try JSONEncoder().encode(fit).count < 12_288)
    #expect(read.summary == fit.summary)
    #expect(read.fitted == fit.fitted)
    let moved = try fit.updated(to: later)
    let again = try JSONDecoder().decode(FittedModel.self, from: JSONEncoder().encode(moved))
    try expectSame(again.forecast(6), moved.forecast(6))
    try expectSame(read.updated(to: later).forecast(6), moved.forecast(6))
    let tail = try #require(later.slice(from: later.start + 40))
    try expectSame(read.updated(to: tail).forecast(6), moved.forecast(6))
  }

  /// β̂, σ̂ and ρ̂ held, the error of the last period is y − xβ̂ and decays by ρ̂ a step.
  @Test func autoregressiveErrorsMoveOn() throws {
    let all = ContractSeries.seasonal(50)
    let model = LinearRegression([.intercept, .trend()], errors: .autoregressive())
    let fit = try model.fit(all.first(44))
    let moved = try fit.appending(Array(all.observations.dropFirst(44)))
    let rho = try #require(fit.autocorrelation?.value)
    let beta = fit.coefficients.map(\.estimate)
    let last = try #require(all.values.last ?? nil)
    let error = last - beta[0] - beta[1] * 49
    for (step, mean) in try moved.forecast(5).mean.enumerated() {
      let expected = beta[0] + beta[1] * Double(50 + step) + pow(rho, Double(step + 1)) * error
      #expect(abs(mean - expected) < 1e-10 * abs(expected))
    }
    expectClose(
      try moved.forecast(5).quantile(0.9), try fit.updated(to: all).forecast(5).quantile(0.9), within: 1e-12)
  }

  /// A curve's mean of a period does not depend on where the series ends.
  @Test func curvesKeepTheirClock() throws {
    let all = ContractSeries.seasonal(60)
    let fit = try ExponentialGrowth().fit(all.first(48))
    let moved = try fit.appending(Array(all.observations.dropFirst(48)))
    #expect(moved.basis == fit.basis && moved.series == all && moved.fitted.count == 60)
    #expect(try moved.forecast(3).quantile(0.5) == Array(fit.forecast(15).quantile(0.5).dropFirst(12)))
    for (later, earlier) in try zip(moved.forecast(3).mean, fit.forecast(15).mean.dropFirst(12)) {
      #expect(abs(later - earlier) <= 1e-12 * earlier)
    }
  }

  /// Variables are written beside the series they explain.
  @Test func explanatoryRegressionsAreWritten() throws {
    let all = ContractSeries.seasonal(60)
    let wave = (0..<70).map { sin(Double($0)) }
    let variables = try Regressors(["wave": wave], start: all.start)
    for model in [
      LinearRegression([.intercept, .trend()]), LinearRegression(errors: .autoregressive(.cochraneOrcutt)),
    ] {
      let fit = try model.fit(all.first(50), regressors: variables)
      let read = try JSONDecoder().decode(
        FittedLinearRegression.self, from: JSONEncoder().encode(fit))
      #expect(read.summary == fit.summary)
      expectSame(try read.forecast(6, regressors: variables), try fit.forecast(6, regressors: variables))
      let moved = try fit.updated(to: all, regressors: variables)
      expectSame(
        try read.updated(to: all, regressors: variables).forecast(6, regressors: variables),
        try moved.forecast(6, regressors: variables))
      let short = try #require(variables.over(PeriodSpan(all.start, count: 55)))
      #expect(throws: ForecastError.self) { try fit.updated(to: all, regressors: short) }
    }
  }

  /// Conformal scores of a curve in time come from fits at every origin, not from one that runs on for years.
  @Test func curvesInTimeDoNotFollow() throws {
    let series = ContractSeries.seasonal(60)
    for (name, follows) in [
      ("linear-regression", false), ("exponential-growth", false), ("ets:form=ANN", true), ("arima", true),
      ("transformed:model=linear-regression", false), ("transformed:model=dotm", true),
    ] {
      let fit = try Registry.model(name).fit(series)
      #expect(fit.followsObservations == follows, "\(name)")
    }
    // A break in the slope: a line held from before it would miss by the whole of it.
    let values: [Double?] = (0..<90).map { month in
      let slope = Double(max(0, month - 30))
      return 100 + slope + Double(month * 7 % 5)
    }
    let bent = ContractSeries.monthly(values)
    let forecast = try Conformal(LinearRegression(), horizon: 3, origins: 20).fit(bent).forecast(3)
    let held = try LinearRegression().fit(bent.first(68)).updated(to: bent).forecast(3)
    #expect(abs(held.mean[2] - 159) > 8)
    #expect(try forecast.interval(0.8)[2].upper - forecast.interval(0.8)[2].lower < 40)
  }

  @Test func damagedFormsAreRefused() throws {
    let fit = try LinearRegression(errors: .autoregressive()).fit(ContractSeries.seasonal(30))
    let text = String(decoding: try JSONEncoder().encode(fit), as: UTF8.self)
    for (found, bad) in [
      ("\"version\":1", "\"version\":7"), ("\"kept\":[0", "\"kept\":[9"), ("\"kept\":[", "\"kept\":[0,"),
      ("\"covariance\":[", "\"covariance\":[1,"), ("\"rho\":", "\"rho\":3"),
    ] {
      #expect(text.contains(found))
      let data = Data(text.replacingOccurrences(of: found, with: bad).utf8)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(FittedLinearRegression.self, from: data)
      }
    }
    let curve = try LogisticGrowth().fit(ContractSeries.seasonal(30))
    let form = String(decoding: try JSONEncoder().encode(curve), as: UTF8.self)
    for (found, bad) in [("\"parameters\":[", "\"parameters\":[1,"), ("\"basis\":{", "\"base\":{")] {
      let data = Data(form.replacingOccurrences(of: found, with: bad).utf8)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(FittedSaturatingGrowth<LogisticGrowth>.self, from: data)
      }
    }
  }
}
