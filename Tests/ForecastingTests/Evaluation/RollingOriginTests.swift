import Forecasting
import TestSupport
import Testing

@Suite struct RollingOriginTests {
  func monthly(_ count: Int) throws -> TimeSeries {
    try TimeSeries((0..<count).map { 10 + Double($0 * $0 % 7) }, start: .month(2020, 1), name: "m")
  }

  /// Months with January and February in one figure, from 2020-03.
  func spanned() throws -> TimeSeries {
    var observations: [Observation] = []
    for year in 2020...2022 {
      if year > 2020 {
        observations.append(Observation(PeriodSpan(.month(year, 1), count: 2), 20 + Double(year - 2020)))
      }
      for month in 3...12 { observations.append(Observation(PeriodSpan(.month(year, month)), Double(month))) }
    }
    return try TimeSeries(name: "s", observations: observations)
  }

  @Test func `origins count base periods and leave the whole horizon`() throws {
    let origins = try RollingOrigin(initial: 4, horizon: 3, step: 2).origins(of: monthly(11))
    #expect(origins.map(\.period) == [4, 6, 8].map { .month(2020, $0) })
    #expect(origins.allSatisfy { $0.targets.count == 3 && $0.training.start == .month(2020, 1) })
    #expect(origins.map(\.training.count) == [4, 6, 8])
    let all = try RollingOrigin(initial: 4, horizon: 3, step: 2, partialHorizons: true)
      .origins(of: monthly(11))
    #expect(all.map(\.period) == [4, 6, 8, 10].map { .month(2020, $0) })
    #expect(all[3].targets.map(\.span.first) == [.month(2020, 11)])
  }

  @Test func `an origin falls only at a span's end`() throws {
    // From 2020-03: ten periods end 2020-12; eleven would fall into 2021-01/2021-02.
    let origins = try RollingOrigin(initial: 10, horizon: 2).origins(of: spanned())
    #expect(origins[0].period == .month(2020, 12))
    #expect(origins[0].targets.map(\.span) == [PeriodSpan(.month(2021, 1), count: 2)])
    #expect(origins[1].period == .month(2021, 2))
    #expect(origins[2].period == .month(2021, 3))
    let later = try RollingOrigin(initial: 11, horizon: 2, step: 5).origins(of: spanned())
    #expect(
      later.map(\.period) == [
        .month(2021, 2), .month(2021, 6), .month(2021, 11), .month(2022, 4), .month(2022, 9),
      ])
  }

  @Test func `a target that reaches beyond the horizon is not scored`() throws {
    let origins = try RollingOrigin(initial: 10, horizon: 1).origins(of: spanned())
    #expect(!origins.contains { $0.period == .month(2020, 12) })
    #expect(origins[0].period == .month(2021, 2))
  }

  @Test func `a sliding window keeps the whole observations inside it`() throws {
    let origins = try RollingOrigin(initial: 12, horizon: 2, window: .sliding(12)).origins(of: spanned())
    let december = try #require(origins.first { $0.period == .month(2021, 12) })
    #expect(december.training.span == PeriodSpan(.month(2021, 1), count: 12))
    // The window from 2021-02 on cuts the figure of January and February, which is then left out.
    let march = try #require(origins.first { $0.period == .month(2022, 3) })
    #expect(march.training.start == .month(2021, 4))
    #expect(march.training.end == .month(2022, 3))
    let cut = try RollingOrigin(initial: 12, horizon: 1, window: .sliding(13)).origins(of: spanned())
      .first { $0.period == .month(2022, 3) }
    #expect(cut?.training.start == .month(2021, 3))
    let inside = try RollingOrigin(initial: 10, horizon: 2, window: .sliding(9)).origins(of: spanned())
      .first { $0.period == .month(2021, 10) }
    #expect(inside?.training.start == .month(2021, 3))
  }

  @Test func `a sliding window as long as the past is the expanding one`() throws {
    let series = try monthly(30)
    let models: [any Forecaster] = [LastValue()]
    let expanding = try RollingOrigin(initial: 12, horizon: 3).backtest(models, on: series)
    let sliding = try RollingOrigin(initial: 12, horizon: 3, window: .sliding(30)).backtest(
      models, on: series)
    #expect(expanding.outcomes == sliding.outcomes)
    #expect(expanding.outcomes.count == 16 * 3)
  }

  @Test func `parameters are held between refits`() throws {
    let series = try TimeSeries([1, 2, 3, 4, 5, 6, 7, 8], start: .index(1), name: "line")
    let backtest = try RollingOrigin(initial: 3, horizon: 1, refit: 2).backtest([LastValue()], on: series)
    // Fitted at 3, 5, 7; held at 4 and 6, where the level is one behind.
    #expect(backtest.outcomes.map(\.mean) == [3, 3, 5, 5, 7])
    #expect(backtest.failures.isEmpty)
  }

  @Test func `a model that cannot hold parameters says so at the origins in between`() throws {
    let series = try TimeSeries([1, 2, 3, 4, 5, 6, 7, 8], start: .index(1), name: "line")
    let backtest = try RollingOrigin(initial: 3, horizon: 1, refit: 2)
      .backtest([Unyielding(), LastValue()], on: series)
    #expect(backtest.failures.map(\.origin) == [.index(4), .index(6)])
    #expect(backtest.failures.allSatisfy { $0.model == "Unyielding" })
    guard case .unsupported("Unyielding", _, _) = backtest.failures[0].error else {
      Issue.record("\(backtest.failures[0].error)")
      return
    }
    let table = try backtest.scores(.mae)
    #expect(table.origins == 3)
    #expect(table.rows.map(\.failures).sorted() == [0, 2])
  }

  @Test func `a series without an origin and a repeated name are errors`() throws {
    let series = try monthly(6)
    #expect(
      throws: ForecastError.tooFewPeriods(model: "Rolling origin", series: "m", needed: 7, found: 6)
    ) {
      try RollingOrigin(initial: 4, horizon: 3).backtest([LastValue()], on: series)
    }
    #expect(
      throws: ForecastError.invalidOption(name: "models", value: "Last value", reason: "is given twice")
    ) {
      try RollingOrigin(initial: 2, horizon: 1).backtest([LastValue(), LastValue()], on: series)
    }
  }
}
