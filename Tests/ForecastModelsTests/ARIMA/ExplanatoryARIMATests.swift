import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// R's regressions with ARIMA errors and statistics of the OCSB test, made by `xreg.R` beside them.
struct RegressionErrorsFixture: Decodable, Sendable {
  struct Fit: Decodable, Sendable {
    let name: String
    let period: Int
    let y: [Double]
    let x: [[Double]]
    let variables: OneOrMore<String>
    let order: [Int]
    let seasonal: [Int]
    let constant: Bool
    let names: [String]
    let coef: [Double]
    let se: [Double]
    let loglik: Double
    let sigma2: Double
    let future: [[Double]]
    let mean: [Double]

    var series: TimeSeries {
      get throws {
        try TimeSeries(y, start: Period(.index, ordinal: 1), name: name, rule: .mean, seasonalPeriod: period)
      }
    }
    var regressors: Regressors {
      get throws {
        try Regressors(
          names: variables.values, columns: zip(x, future).map { $0 + $1 }, start: Period(.index, ordinal: 1))
      }
    }
    var model: ARIMA {
      ARIMA(
        ARIMAOrder(
          order[0], order[1], order[2], seasonal: (seasonal[0], seasonal[1], seasonal[2]),
          period: seasonal == [0, 0, 0] ? 1 : period), constant: constant)
    }
  }
  struct Unit: Decodable, Sendable {
    let name: String
    let period: Int
    let y: [Double]
    let statistics: [Double]
    let critical: Double
  }
  let fits: [Fit]
  let ocsb: [Unit]

  /// R writes a list of one as its element.
  struct OneOrMore<Value: Decodable & Sendable>: Decodable, Sendable {
    let values: [Value]
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let many = try? container.decode([Value].self) {
        values = many
      } else {
        values = [try container.decode(Value.self)]
      }
    }
  }

  static let loaded: Result<RegressionErrorsFixture, any Error> = Result {
    let url = try #require(
      Bundle.module.url(forResource: "xreg", withExtension: "json", subdirectory: "Fixtures/arima"))
    return try JSONDecoder().decode(RegressionErrorsFixture.self, from: Data(contentsOf: url))
  }
}

@Suite("Regressions with ARIMA errors")
struct ExplanatoryARIMATests {
  @Test(
    "no likelihood of R's is greater; coefficients, errors and forecasts agree where R's search ended well")
  func agreesWithR() throws {
    for fit in try RegressionErrorsFixture.loaded.get().fits {
      let ours = try fit.model.fit(fit.series, regressors: fit.regressors)
      let logLikelihood = try #require(ours.logLikelihood)
      // R's own figure has a proper prior on the levels that differences take out: its coefficients are put in ours.
      func take(_ prefix: String, _ count: Int) -> [Double] {
        (0..<count).map { k in fit.names.firstIndex(of: "\(prefix)\(k + 1)").map { fit.coef[$0] } ?? .nan }
      }
      let held = ARIMACoefficients(
        ar: take("ar", fit.order[0]), ma: take("ma", fit.order[2]), seasonalAR: take("sar", fit.seasonal[0]),
        seasonalMA: take("sma", fit.seasonal[2]))
      let objective = try fit.model.objective(
        fit.series, regressors: ARIMARegressors(fit.regressors, names: fit.variables.values, over: fit.series)
      )
      let theirs = objective.logLikelihood(try #require(objective.solution(held)))
      #expect(logLikelihood >= theirs - 1e-8, "\(fit.name)")
      #expect(abs(theirs - fit.loglik) < (fit.order[1] + fit.seasonal[1] > 0 ? 0.01 : 1e-4), "\(fit.name)")
      // R's search takes numerical derivatives; where the variable is far from zero they end it early.
      guard fit.name != "offset" else { continue }
      for (k, name) in fit.variables.values.enumerated() {
        let place = try #require(fit.names.firstIndex(of: name))
        let coefficient = ours.regressionCoefficients[k]
        #expect(abs(coefficient.estimate - fit.coef[place]) < 1e-3 * fit.se[place], "\(fit.name) \(name)")
        let error = try #require(coefficient.standardError)
        // Divisors differ: effective figures less coefficients here, effective figures in R.
        let n = Double(fit.y.count - fit.order[1] - fit.period * fit.seasonal[1])
        let factor = ((n - Double(fit.names.count)) / n).squareRoot()
        #expect(abs(error * factor / fit.se[place] - 1) < 0.05, "\(fit.name) \(name)")
      }
      let forecast = try ours.forecast(fit.mean.count, regressors: fit.regressors)
      for (a, b) in zip(forecast.mean, fit.mean) { #expect(abs(a - b) < 1e-3 * fit.sigma2.squareRoot()) }
    }
  }

  @Test("a variable's shift moves the mean and its unit the coefficient, nothing else")
  func variablesAreEquivariant() throws {
    let fit = try #require(RegressionErrorsFixture.loaded.get().fits.first)
    let plain = try fit.model.fit(fit.series, regressors: fit.regressors)
    let moved = try Regressors(
      names: fit.variables.values, columns: zip(fit.x, fit.future).map { ($0 + $1).map { 7 + 4 * $0 } },
      start: Period(.index, ordinal: 1))
    let other = try fit.model.fit(fit.series, regressors: moved)
    for (a, b) in zip(plain.regressionCoefficients, other.regressionCoefficients) {
      #expect(abs(a.estimate - 4 * b.estimate) < 1e-7 * abs(a.estimate))
    }
    let change = other.regressionCoefficients.reduce(0) { $0 + 7 * $1.estimate }
    #expect(abs(other.constant + change - plain.constant) < 1e-6 * abs(plain.constant))
    let a = try plain.forecast(12, regressors: fit.regressors)
    let b = try other.forecast(12, regressors: moved)
    for (x, y) in zip(a.mean, b.mean) { #expect(abs(x - y) < 1e-6 * abs(x)) }
    for (x, y) in try zip(a.interval(0.9), b.interval(0.9)) {
      #expect(abs(x.upper - y.upper) < 1e-5 * abs(x.upper))
    }
  }

  @Test("without autocorrelation the coefficients are those of least squares")
  func noErrorsOrderIsLeastSquares() throws {
    let fit = try #require(RegressionErrorsFixture.loaded.get().fits.first)
    let ours = try ARIMA(ARIMAOrder(0, 0, 0)).fit(fit.series, regressors: fit.regressors)
    var design = Matrix(rows: fit.y.count, columns: 3, repeating: 1)
    for t in fit.y.indices { for k in 0..<2 { design[t, k + 1] = fit.x[k][t] } }
    let solution = try LeastSquares().solve(design, fit.y)
    expectDigits([ours.constant], [solution.coefficients[0]], atLeast: 8)
    expectDigits(
      ours.regressionCoefficients.map(\.estimate), Array(solution.coefficients.dropFirst()), atLeast: 8)
    expectDigits(
      ours.regressionCoefficients.compactMap(\.standardError), Array(solution.standardErrors.dropFirst()),
      atLeast: 8)
  }

  @Test("the choice of orders looks at what the variables leave, and finds the error process")
  func automaticOrders() throws {
    let fit = try #require(RegressionErrorsFixture.loaded.get().fits.first)
    let chosen = try AutoARIMA().fit(fit.series, regressors: fit.regressors)
    let given = try fit.model.fit(fit.series, regressors: fit.regressors)
    #expect(chosen.order.difference == 0 && chosen.order.seasonalDifference == 0)
    let best = try #require(chosen.aicc)
    let other = try #require(given.aicc)
    #expect(best <= other + 1e-6)
    #expect(chosen.summary.coefficients.contains { $0.name == "temp" })
  }

  @Test("a later state is that of the whole series; a missing future and a redundant variable are refused")
  func updatesAndRefuses() throws {
    let fit = try #require(RegressionErrorsFixture.loaded.get().fits.first)
    let series = try fit.series
    let regressors = try fit.regressors
    let early = try #require(series.slice(through: Period(.index, ordinal: 100)))
    let updated = try fit.model.fit(early, regressors: regressors)
      .updated(to: series, regressors: regressors)
    #expect(updated.series.count == series.count)
    #expect(try updated.forecast(3, regressors: regressors).mean.allSatisfy(\.isFinite))
    #expect(throws: ForecastError.self) { _ = try updated.forecast(13, regressors: regressors) }
    let twice = try Regressors(
      ["a": regressors.columns[0], "b": regressors.columns[0].map { 2 * $0 }], start: regressors.start)
    #expect(throws: ForecastError.self) {
      _ = try fit.model.fit(series, regressors: twice)
    }
  }

  @Test("a seasonal model chosen by name takes variables with the cycle of the series or its own")
  func seasonalChoiceTakesVariables() throws {
    for fit in try RegressionErrorsFixture.loaded.get().fits where fit.seasonal != [0, 0, 0] {
      func text(_ orders: [Int]) -> String { orders.map(String.init).joined(separator: "-") }
      var options = "arima:order=\(text(fit.order)),seasonal=\(text(fit.seasonal))"
      if fit.order[1] + fit.seasonal[1] == 1 { options += ",drift=\(fit.constant)" }
      let ours = try fit.model.fit(fit.series, regressors: fit.regressors)
      for further in ["", ",season=\(fit.period)"] {
        let choice = try Registry.model(options + further)
        let named = try fitted(choice, fit.series, fit.regressors)
        #expect(named.name == ours.name)
        #expect(
          try named.forecast(6, regressors: fit.regressors).mean
            == ours.forecast(6, regressors: fit.regressors).mean)
      }
    }
  }

  private func fitted(
    _ model: some Forecaster, _ series: TimeSeries, _ regressors: Regressors
  ) throws -> any FittedForecaster {
    try model.fit(series, regressors: regressors)
  }

  /// What a fit says of an option that it refuses.
  private func refusedNames(_ body: () throws -> Void) throws -> String? {
    do {
      try body()
    } catch let error as ForecastError {
      if case .invalidOption(_, let value, _) = error { return value }
      throw error
    }
    return nil
  }

  @Test("variables that others explain are refused by name, and those that never change are left out")
  func redundantVariablesAreNamed() throws {
    let fit = try #require(RegressionErrorsFixture.loaded.get().fits.first)
    let series = try fit.series
    let given = try fit.regressors
    let x = given.columns[0]
    let count = x.count
    let ones = [Double](repeating: 3.7, count: count)
    let line = (0..<count).map { 1e6 + 0.1 * Double($0) }
    func refused(_ order: ARIMAOrder, _ columns: [(String, [Double])]) throws -> String? {
      let variables = try Regressors(
        names: columns.map(\.0), columns: columns.map(\.1), start: given.start)
      let names = try refusedNames {
        _ = try ARIMA(order).fit(series, regressors: variables)
      }
      let automatic = try refusedNames {
        _ = try AutoARIMA(difference: order.difference).fit(
          series, regressors: variables)
      }
      #expect(names == automatic)
      return names
    }
    for order in [ARIMAOrder(1, 0, 0), ARIMAOrder(0, 1, 1)] {
      #expect(try refused(order, [("ones", ones), ("x", x)]) == nil)
      let both = try Regressors(names: ["ones", "x"], columns: [ones, x], start: given.start)
      let alone = try Regressors(names: ["x"], columns: [x], start: given.start)
      let fit = try ARIMA(order).fit(series, regressors: both)
      let plain = try ARIMA(order).fit(series, regressors: alone)
      #expect(fit.coefficients.ar == plain.coefficients.ar && fit.coefficients.ma == plain.coefficients.ma)
      #expect(fit.summary.notes.contains { $0.contains("left out") && $0.contains("ones") })
    }
    #expect(
      try refused(
        ARIMAOrder(1, 0, 0), [("x", x), ("line", line), ("sum", zip(x, line).map { 2 * $0 - 0.5 * $1 })])
        == "sum")
    #expect(try refused(ARIMAOrder(1, 0, 0), [("x", x), ("line", line)]) == nil)
  }

  @Test("the statistics of the seasonal test are R's at a given number of lags")
  func seasonalTestAgreesWithR() throws {
    for unit in try RegressionErrorsFixture.loaded.get().ocsb {
      let test = SeasonalUnitRoot(values: unit.y, period: unit.period)
      for (lags, statistic) in unit.statistics.enumerated() {
        let found = try #require(test.statistic(lags: lags))
        #expect(abs(found - statistic) < 1e-7 * max(1, abs(statistic)), "\(unit.name) \(lags)")
      }
      #expect(abs(SeasonalUnitRoot.criticalValue(period: unit.period) - unit.critical) < 1e-10)
    }
  }

  @Test(
    "the seasonal test keeps its level on seasonal random walks and has power against walks without season")
  func seasonalTestKeepsItsLevel() {
    var rejected = 0
    var found = 0
    let count = 400
    for replicate in 0..<count {
      let shocks = RandomStream(seed: 11, name: "shocks", replicate: replicate).normals(0..<240)
      // (1 − B)(1 − B⁴)x = ε, and (1 − B)x = ε.
      var x: [Double] = [0, 0, 0, 0, 0]
      while x.count < 125 {
        let t = x.count
        x.append(x[t - 1] + x[t - 4] - x[t - 5] + shocks[t - 5])
      }
      if SeasonalUnitRoot(values: Array(x.dropFirst(5)), period: 4).isPresent == false { rejected += 1 }
      var level = 0.0
      let steady = (0..<120).map { t in
        level += shocks[120 + t]
        return level
      }
      if SeasonalUnitRoot(values: steady, period: 4).isPresent == false { found += 1 }
    }
    // Level 5 %, within four standard errors and what the response surface is good for.
    #expect(Double(rejected) / Double(count) < 0.10)
    #expect(Double(found) / Double(count) > 0.9)
  }
}
