import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// External variables are an argument of the same `fit` and `forecast`; horizons and arguments are checked once for all.
@Suite struct RegressorTests {
  private let series = ContractSeries.seasonal(60)
  private var wave: Regressors {
    get throws { try Regressors(["wave": (0..<72).map { sin(0.7 * Double($0)) }], start: series.start) }
  }

  @Test("a horizon below 1 or beyond the longest is a typed error", arguments: [0, -3, longestHorizon + 1])
  func horizons(horizon: Int) throws {
    let fit = try Drift().fit(series)
    #expect(
      throws: ForecastError.invalidOption(
        name: "horizon", value: "\(horizon)", reason: "must be between 1 and \(longestHorizon) periods")
    ) { try fit.forecast(horizon) }
  }

  @Test("a model that takes no external variables refuses them, and a fit refuses those it does not use")
  func refusals() throws {
    let wave = try wave
    for entry in Registry.models {
      let model = try entry.model()
      guard !model.takesRegressors else { continue }
      do throws(ForecastError) {
        _ = try model.fit(series, regressors: wave)
        Issue.record("\(entry.name) passes over external variables")
      } catch {
        guard case .unsupported(_, "external variables", _) = error else {
          Issue.record("\(entry.name): \(error)")
          continue
        }
      }
    }
    let plain = try LinearRegression().fit(series)
    #expect(!plain.usesRegressors)
    #expect(throws: ForecastError.self) { try plain.forecast(3, regressors: wave) }
    #expect(throws: ForecastError.self) { try plain.updated(to: series, regressors: wave) }
    let given = try LinearRegression().fit(series, regressors: wave)
    #expect(throws: ForecastError.missingRegressor(name: "wave", series: series.name, period: series.end + 1))
    {
      try given.forecast(3)
    }
    #expect(throws: ForecastError.self) { try wave.selecting("waves") }
  }

  @Test("a wrapper hands external variables on to the model inside")
  func wrappers() throws {
    let wave = try wave
    let model = LinearRegression([.intercept, .trend()])
    let inside = try model.fit(series, regressors: wave).forecast(6, regressors: wave)

    let bootstrap = try Bootstrap(model, replicates: 2).fit(series, regressors: wave)
    #expect(bootstrap.usesRegressors && bootstrap.base.coefficients.count == 3)
    #expect(try bootstrap.forecast(6, regressors: wave).mean.count == 6)

    let conformal = try Conformal(model, horizon: 3, origins: 8).fit(series, regressors: wave)
    #expect(try conformal.forecast(6, regressors: wave).mean.count == 6)

    let logarithmic = try Transformed(model, by: .fixed(.log)).fit(series, regressors: wave)
    let median = try logarithmic.forecast(6, regressors: wave).median
    let direct = try LinearRegression([.intercept, .trend()], logResponse: true)
      .fit(series, regressors: wave).forecast(6, regressors: wave).median
    expectClose(median, direct, within: 1e-9)

    let combined = try Combination([model, Naive()]).fit(series, regressors: wave)
    #expect(combined.members.count == 1 && combined.failures.map(\.member) == ["Naive"])
    expectClose(try combined.forecast(6, regressors: wave).mean, inside.mean, within: 1e-12)

    let seasonal = try Decomposed(model).fit(series, regressors: wave)
    let later = try seasonal.appending(
      [Observation(PeriodSpan(series.end + 1), 100)], regressors: wave)
    #expect(try later.forecast(4, regressors: wave).mean.allSatisfy(\.isFinite))
    let read = try JSONDecoder().decode(
      FittedModel.self, from: JSONEncoder().encode(FittedModel(seasonal)))
    #expect(
      try read.forecast(6, regressors: wave).mean == seasonal.forecast(6, regressors: wave).mean)
  }
}
