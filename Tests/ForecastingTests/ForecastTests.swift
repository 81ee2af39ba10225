import Forecasting
import ForesightNumerics
import Foundation
import TestSupport
import Testing

@Suite struct ForecastTests {
  /// A correlated joint normal of six months after a series.
  func outlook(_ series: TimeSeries, horizon: Int = 6) throws -> Forecast {
    Forecast(model: "test", series: series, distribution: try law(horizon))
  }

  func law(_ horizon: Int) throws -> JointStudentT {
    var scale = Matrix(rows: horizon, columns: horizon, repeating: 0)
    for i in 0..<horizon {
      for j in 0..<horizon { scale[i, j] = Double(min(i, j) + 1) + (i == j ? 0.5 : 0) }
    }
    return try JointStudentT(location: (0..<horizon).map { 10 + Double($0) }, scale: scale)
  }

  /// October 2021 … March 2022, January and February together.
  func series(_ rule: SpanRule, missing: Bool = false) throws -> TimeSeries {
    try TimeSeries(
      name: "s", rule: rule,
      observations: [
        Observation(PeriodSpan(.month(2021, 10)), 1), Observation(PeriodSpan(.month(2021, 11)), 2),
        Observation(PeriodSpan(.month(2021, 12)), 3),
        Observation(PeriodSpan(.month(2022, 1), count: 2), missing ? nil : 8),
        Observation(PeriodSpan(.month(2022, 3)), 5),
      ])
  }

  /// Mean and variance of the sum of steps 0 ..< n.
  func sum(_ n: Int) -> (mean: Double, variance: Double) {
    var variance = 0.5 * Double(n)
    for i in 0..<n { for j in 0..<n { variance += Double(min(i, j) + 1) } }
    return ((0..<n).reduce(0) { $0 + 10 + Double($1) }, variance)
  }

  @Test func `steps, periods, quantiles and intervals`() throws {
    let forecast = try outlook(series(.sum))
    #expect(forecast.start == .month(2022, 4))
    #expect(forecast.periods.last == .month(2022, 9))
    #expect(forecast.mean == [10, 11, 12, 13, 14, 15])
    let z = Normal.standard.quantile(0.9)
    #expect(correctDigits(forecast.quantile(0.9)[3], 13 + z * 4.5.squareRoot()) > 13)
    let interval = try forecast.interval(0.8)[3]
    #expect(correctDigits(interval.upper - interval.lower, 2 * z * 4.5.squareRoot()) > 13)
    #expect(forecast.samplePaths(5).elements == forecast.samplePaths(5).elements)
    #expect(forecast.samplePaths(5, seed: 1).elements != forecast.samplePaths(5, seed: 2).elements)
  }

  @Test func `the total of a flow adds what is known to the law of the rest`() throws {
    let total = try outlook(series(.sum)).total(
      over: .periods(.month(2022, 1), through: .month(2022, 6)))
    let (mean, variance) = sum(3)
    #expect(total.mean == 13 + mean)
    #expect(correctDigits(total.variance, variance) > 13)
    let ahead = try outlook(series(.sum)).total(over: .periods(.month(2022, 4), through: .month(2022, 4)))
    #expect(ahead.mean == 10)
    let year = try outlook(series(.sum), horizon: 9).total(over: .year(2022))
    #expect(year.mean == 13 + sum(9).mean)
  }

  @Test func `the total of a level is the mean over its periods`() throws {
    let total = try outlook(series(.mean)).total(
      over: .periods(.month(2022, 1), through: .month(2022, 6)))
    let (mean, variance) = sum(3)
    // 8 a month for January and February, 5 in March.
    #expect(correctDigits(total.mean, (21 + mean) / 6) > 14)
    #expect(correctDigits(total.variance, variance / 36) > 13)
  }

  @Test func `the total of a stock is its last value`() throws {
    let total = try outlook(series(.last)).total(
      over: .periods(.month(2022, 1), through: .month(2022, 6)))
    #expect(total.mean == 12)
    #expect(correctDigits(total.variance, 3.5) > 13)
    let known = try outlook(series(.last)).total(
      over: .periods(.month(2021, 11), through: .month(2022, 2)))
    #expect(known.mean == 8)
    #expect(known.variance == 0)
    #expect(throws: ForecastError.self) {
      try outlook(series(.last)).total(over: .periods(.month(2021, 11), through: .month(2022, 1)))
    }
  }

  @Test func `a window wholly observed is known`() throws {
    let known = try outlook(series(.sum)).total(
      over: .periods(.month(2021, 12), through: .month(2022, 3)))
    #expect(known.mean == 16)
    #expect(known.variance == 0)
    #expect(known.quantile(0.99) == 16)
  }

  @Test func `what cannot be totalled is a typed error`() throws {
    let forecast = try outlook(series(.sum))
    let windows: [TotalWindow] = [
      .year(2022), .year(2021), .periods(.month(2022, 2), through: .month(2022, 5)),
      .periods(.month(2021, 12), through: .month(2022, 1)),
      .periods(.month(2022, 9), through: .month(2022, 10)),
    ]
    for window in windows {
      do {
        _ = try forecast.total(over: window)
        Issue.record("\(window)")
      } catch .outsideForecast(let name, _, _) { #expect(name == "s") } catch { Issue.record(error) }
    }
    do {
      _ = try outlook(series(.sum, missing: true)).total(
        over: .periods(.month(2022, 1), through: .month(2022, 4)))
      Issue.record("a total with a hole")
    } catch ForecastError.outsideForecast(_, _, let reason) {
      #expect(reason.contains("2022-01/2022-02 has no value"))
    } catch { Issue.record(error) }
    #expect(throws: ForecastError.self) {
      try forecast.total(over: .periods(.quarter(2022, 1), through: .quarter(2022, 2)))
    }
    #expect(throws: ForecastError.self) {
      try forecast.total(over: .periods(.month(2022, 6), through: .month(2022, 5)))
    }
  }

  @Test func `where only simulation knows the total, it is that of the paths`() throws {
    let series = try series(.sum)
    let law = ExponentialOf(
      try JointStudentT(
        location: [0, 0.1, 0.2],
        scale: Matrix(rows: 3, columns: 3, columnMajor: [0.04, 0.02, 0, 0.02, 0.04, 0.02, 0, 0.02, 0.04])))
    let forecast = Forecast(model: "test", series: series, distribution: law)
    let total = try forecast.total(over: .periods(.month(2022, 3), through: .month(2022, 6)), paths: 4096)
    let paths = forecast.samplePaths(4096)
    let sums = (0..<4096).map { 5 + paths[0, $0] + paths[1, $0] + paths[2, $0] }
    #expect(total.quantile(0.5) == sums.sorted()[2047])
    // The mean is known, and the paths agree with it.
    let exact = 5 + [0, 0.1, 0.2].reduce(0) { $0 + exp($1 + 0.02) }
    #expect(correctDigits(total.mean, exact) > 12)
    #expect(abs(sums.reduce(0, +) / 4096 - exact) < 4 * total.standardDeviation / 64)
  }
}
