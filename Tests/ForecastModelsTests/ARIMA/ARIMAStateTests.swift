import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// The filters' state after the last period is all that an ARIMA model needs of its series.
@Suite struct ARIMAStateTests {
  private static let models: [(order: ARIMAOrder, constant: Bool)] = [
    (ARIMAOrder(1, 0, 0), true), (ARIMAOrder(2, 0, 1), true), (ARIMAOrder(0, 1, 1), true),
    (ARIMAOrder(1, 2, 2), false), (ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1), period: 12), false),
    (ARIMAOrder(1, 0, 0, seasonal: (1, 1, 0), period: 12), true), (ARIMAOrder(0, 1, 0), false),
  ]

  /// Periods taken in one by one lead where a run over the whole series with held parameters leads.
  @Test(arguments: 0..<models.count) func periodsAreTakenIn(_ index: Int) throws {
    let (order, constant) = Self.models[index]
    let whole = ContractSeries.seasonal(110)
    let holes = whole.withMissing([20, 21, 55, 79, 80, 81, 93, 94, 108])
    for series in [whole, holes] {
      let fit = try ARIMA(order, constant: constant).fit(series.first(80))
      var moved = fit
      for observation in series.observations.dropFirst(80) { moved = try moved.appending([observation]) }
      try expectSameLaw(moved, try fit.updated(to: series), 9)
      let tail = try #require(series.slice(from: series.start + 70))
      try expectSameLaw(try fit.updated(to: tail), moved, 9)
      #expect(moved.series == series && moved.fitted.count == 110)
      #expect(moved.logLikelihood == fit.logLikelihood)
    }
    let gap = try #require(whole.slice(from: whole.start + 90))
    let fit = try ARIMA(order, constant: constant).fit(whole.first(80))
    #expect(throws: ForecastError.self) { try fit.updated(to: gap) }
  }

  /// Sums and means over spans leave all but one of their periods unknown.
  @Test(arguments: [SpanRule.sum, .mean, .last]) func spansAreTakenIn(_ rule: SpanRule) throws {
    let values = ContractSeries.seasonal(90).values.compactMap { $0 }
    let start = ContractSeries.seasonal(90).start
    var observations = values.prefix(60).enumerated().map {
      Observation(PeriodSpan(start + $0, count: 1), $1)
    }
    var place = 60
    for width in [3, 1, 2, 2, 1, 1, 4, 3, 1] {
      let total = values[place..<(place + width)].reduce(0, +)
      let figure = rule == .sum ? total : rule == .mean ? total / Double(width) : values[place + width - 1]
      observations.append(Observation(PeriodSpan(start + place, count: width), figure))
      place += width
    }
    let series = try TimeSeries(rule: rule, observations: observations, seasonalPeriod: 12)
    let model = ARIMA(ARIMAOrder(0, 1, 1), constant: true)
    let fit = try model.fit(try #require(series.slice(through: start + 59)))
    var moved = fit
    for observation in observations.dropFirst(60) { moved = try moved.appending([observation]) }
    try expectSameLaw(moved, try fit.updated(to: series), 6)
  }

  private func expectSameLaw(_ found: FittedARIMA, _ expected: FittedARIMA, _ horizon: Int) throws {
    let (a, b) = try (found.forecast(horizon), expected.forecast(horizon))
    for p in [0.025, 0.5, 0.9] { expectClose(a.quantile(p), b.quantile(p), within: 1e-8) }
    let window = TotalWindow.periods(found.series.end + 1, through: found.series.end + horizon)
    let (u, v) = (try a.total(over: window), try b.total(over: window))
    #expect(abs(u.quantile(0.9) - v.quantile(0.9)) <= 1e-8 * abs(v.quantile(0.9)))
  }

  /// A missing value is forgotten once nothing to come depends on it: the state does not grow with the series.
  @Test func encodedStatesAreBounded() throws {
    func bytes(_ count: Int) throws -> Int {
      let holes = stride(from: 7, to: count - 150, by: 11)
      let series = ContractSeries.seasonal(count).withMissing(Array(holes))
      let order = ARIMAOrder(1, 1, 1)
      let coefficients = ARIMACoefficients(ar: [0.4], ma: [-0.5])
      return try JSONEncoder().encode(ARIMA(order).fit(series, holding: coefficients)).count
    }
    let short = try bytes(240)
    let long = try bytes(1200)
    #expect(abs(long - short) < 400 && long < 8_192)
  }

  @Test func explanatoryModelsAreWritten() throws {
    let all = ContractSeries.seasonal(90)
    let variables = try Regressors(
      ["wave": (0..<120).map { sin(0.7 * Double($0)) }, "clock": (0..<120).map { Double($0 * $0) / 1000 }],
      start: all.start)
    for order in [ARIMAOrder(1, 0, 0), ARIMAOrder(0, 1, 1)] {
      let fit = try ARIMA(order, constant: true).fit(all.first(70), regressors: variables)
      let read = try JSONDecoder().decode(FittedARIMA.self, from: JSONEncoder().encode(fit))
      #expect(read.name == fit.name && read.summary.coefficients == fit.summary.coefficients)
      expectSame(try read.forecast(6, regressors: variables), try fit.forecast(6, regressors: variables))
      let tail = try #require(all.slice(from: all.start + 60))
      let later = try #require(variables.over(PeriodSpan(all.start + 70, count: 50)))
      let moved = try read.updated(to: tail, regressors: later)
      let again = try fit.updated(to: all, regressors: variables)
      for p in [0.1, 0.5, 0.975] {
        expectClose(
          try moved.forecast(6, regressors: later).quantile(p),
          try again.forecast(6, regressors: later).quantile(p),
          within: 1e-8)
      }
      #expect(throws: ForecastError.self) {
        try fit.updated(to: tail, regressors: later.over(PeriodSpan(all.start + 71, count: 9)))
      }
    }
  }

  /// Version 1 held the series whole and no state.
  @Test func theFirstVersionIsRead() throws {
    let series = ContractSeries.seasonal(60)
    let fit = try ARIMA(ARIMAOrder(0, 1, 1), constant: true).fit(series)
    var form = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(fit)) as? [String: Any])
    for key in ["state", "fitted", "origin", "logLikelihood", "effectiveCount"] { form[key] = nil }
    form["version"] = 1
    form["series"] = try JSONSerialization.jsonObject(with: JSONEncoder().encode(series))
    let read = try JSONDecoder().decode(
      FittedARIMA.self, from: JSONSerialization.data(withJSONObject: form))
    try expectSameLaw(read, fit, 8)
    #expect(abs((read.logLikelihood ?? 0) - (fit.logLikelihood ?? 1)) < 1e-9)
  }
}
