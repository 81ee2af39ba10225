import Forecasting
import Foundation
import TestSupport
import Testing

/// What cannot be is refused by a typed error where it is given, and by a `DecodingError` where it is read.
@Suite struct RefusedInputTests {
  static let text = "unique_id,ds,y\na,2020-01,1\na,2020-02,2\n"

  @Test(arguments: [0, -1, -12, Int.min, 1_000_001, Int.max])
  func `a cycle of no period or too many`(season: Int) throws {
    let refused = ForecastError.invalidOption(
      name: "seasonal period", value: "\(season)", reason: "must be a whole number from 1 to 1000000")
    let start = Period.month(2020, 1)
    #expect(throws: refused) { try TimeSeries([1, 2], start: start, seasonalPeriod: season) }
    #expect(throws: refused) {
      try TimeSeries(observations: [Observation(PeriodSpan(start), 1)], seasonalPeriod: season)
    }
    #expect(throws: refused) {
      try TimeSeries(table: CSVTable(text: "period,value\n2020-01,1\n"), seasonalPeriod: season)
    }
    #expect(throws: refused) { try Panel(text: Self.text, seasonalPeriod: season) }
  }

  @Test func `a cycle that is set afterwards stays with the series`() throws {
    var series = try TimeSeries([1, 2], start: .month(2020, 1))
    series.seasonalPeriod = 1
    #expect(series.seasonalPeriod == 1)
    #expect(try Panel(text: Self.text, seasonalPeriod: 3).series(0).seasonalPeriod == 3)
  }

  @Test func `a part by periods of another frequency is none`() throws {
    let series = try TimeSeries([1, 2, 3], start: .month(2020, 1))
    #expect(series.slice(from: .year(2016)) == nil)
    #expect(series.slice(through: .quarter(2021, 1)) == nil)
    #expect(series.slice(from: .month(2020, 2), through: .year(2021)) == nil)
    #expect(series.slice(from: .month(2020, 2))?.count == 2)
  }

  @Test func `a window of two frequencies`() throws {
    let series = try TimeSeries([1, 2, 3], start: .month(2020, 1))
    let forecast = try LastValue().fit(series).forecast(3)
    let window = TotalWindow.periods(.month(2020, 1), through: .year(2020))
    #expect(window.span(.month) == nil && window.span(.year) == nil)
    #expect(throws: ForecastError.self) { try forecast.total(over: window) }
  }

  @Test(arguments: [0, 1, 1.5, -0.1, Double.nan]) func `no probability`(value: Double) throws {
    let series = try TimeSeries([1, 2, 3], start: .month(2020, 1))
    let forecast = try LastValue().fit(series).forecast(3)
    let later = try TimeSeries([4], start: .month(2020, 4))
    #expect(
      throws: ForecastError.invalidOption(
        name: "probability", value: "\(value)", reason: "must lie strictly between 0 and 1")
    ) { try forecast.outcomes(against: later, probabilities: [0.5, value]) }
  }

  @Test(arguments: [
    ("\"initial\":12", "\"initial\":0"), ("\"horizon\":3", "\"horizon\":-1"), ("\"step\":1", "\"step\":0"),
    ("\"refit\":2", "\"refit\":0"), ("\"_0\":24", "\"_0\":0"), ("[0.5]", "[1.5]"),
  ]) func `an evaluation that never ends`(given: String, bad: String) throws {
    let design = RollingOrigin(
      initial: 12, horizon: 3, step: 1, window: .sliding(24), refit: 2, probabilities: [0.5])
    let data = try JSONEncoder().encode(design)
    #expect(try JSONDecoder().decode(RollingOrigin.self, from: data) == design)
    try refuse(RollingOrigin.self, data, given, bad)
  }

  @Test(arguments: ["0", "-3", "\(Int.max)"]) func `a span of no period`(count: String) throws {
    let span = PeriodSpan(.month(2000, 1), count: 7)
    let data = try JSONEncoder().encode(span)
    #expect(try JSONDecoder().decode(PeriodSpan.self, from: data) == span)
    try refuse(PeriodSpan.self, data, "\"count\":7", "\"count\":\(count)")
    try refuse(PeriodSpan.self, data, "\"ordinal\":24000", "\"ordinal\":\(Int.max - 2)")
  }

  private func refuse<Value: Decodable>(
    _ type: Value.Type, _ data: Data, _ given: String, _ bad: String
  ) throws {
    let text = String(decoding: data, as: UTF8.self)
    try #require(text.contains(given), "\(text)")
    let wrong = Data(text.replacingOccurrences(of: given, with: bad).utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(type, from: wrong) }
  }
}
