import Forecasting
import ForesightNumerics
import Foundation
import TestSupport
import Testing

@Suite struct BacktestTests {
  /// 1 2 4 7 8 from index 1; origins 3 and 4, horizon 1: errors 3 and 1 of the last value.
  func small(_ models: [any Forecaster] = [LastValue()]) throws -> Backtest {
    let series = try TimeSeries([1, 2, 4, 7, 8], start: .index(1), name: "small", unit: "t")
    return try RollingOrigin(initial: 3, horizon: 1).backtest(models, on: series)
  }

  func value(_ metric: Metric, _ backtest: Backtest) throws -> Double {
    try #require(try backtest.scores([metric]).rows[0].scores[0].value)
  }

  @Test func `point metrics by hand`() throws {
    let backtest = try small()
    #expect(backtest.outcomes.map(\.error) == [3, 1])
    #expect(try value(.bias, backtest) == 2)
    #expect(try value(.mae, backtest) == 2)
    #expect(correctDigits(try value(.rmse, backtest), 5.0.squareRoot()) > 14)
    #expect(correctDigits(try value(.mape, backtest), 50 * (3.0 / 7 + 1.0 / 8)) > 14)
    #expect(correctDigits(try value(.smape, backtest), 100 * (3.0 / 11 + 1.0 / 15)) > 14)
    // Scales: differences 1, 2 at the first origin; 1, 2, 3 at the second.
    #expect(correctDigits(try value(.mase, backtest), 0.5 * (3 / 1.5 + 1 / 2.0)) > 14)
    #expect(correctDigits(try value(.rmsse, backtest), (0.5 * (9 / 2.5 + 3 / 14.0)).squareRoot()) > 14)
  }

  @Test func `interval and distribution metrics by hand`() throws {
    let backtest = try small()
    let z = Normal.standard.quantile(0.975)
    #expect(correctDigits(try value(.width(0.95), backtest), 2 * z) > 12)
    #expect(try value(.coverage(0.95), backtest) == 0.5)
    // The first value lies 3 − z above the interval.
    let first = (2 * z + 40 * (3 - z)) / 1.5
    #expect(correctDigits(try value(.msis(0.95), backtest), 0.5 * (first + 2 * z / 2)) > 12)
    let crps = [3.0, 1].map { Normal.standard.crps($0) }
    #expect(correctDigits(try value(.crps, backtest), (crps[0] + crps[1]) / 2) > 13)
    let q = Normal.standard.quantile(0.9)
    #expect(correctDigits(try value(.pinball(0.9), backtest), 0.5 * (0.9 * (3 - q) + 0.1 * (q - 1))) > 12)
    #expect(correctDigits(backtest.outcomes[1].cdf, Normal.standard.cdf(1)) > 14)
  }

  @Test func `twice the mean pinball loss over all probabilities is the CRPS`() throws {
    let series = try TimeSeries([1, 2, 4, 7, 8], start: .index(1))
    let grid = (1..<400).map { Double($0) / 400 }
    let design = RollingOrigin(initial: 3, horizon: 1, probabilities: grid)
    let backtest = try design.backtest([LastValue()], on: series)
    let losses = try backtest.scores(grid.map { Metric.pinball($0) }).rows[0].scores.compactMap(\.value)
    let mean = losses.reduce(0, +) / 400
    #expect(abs(2 * mean - (try value(.crps, backtest))) < 0.01)
  }

  @Test func `OWA of the benchmark is 1, and half of each ratio otherwise`() throws {
    let backtest = try small([LastValue(), LastValue(name: "Shifted", offset: 1)])
    let table = try backtest.scores(.owa(benchmark: "Last value"), .smape, .mase)
    #expect(table["Last value", .owa(benchmark: "Last value")] == 1)
    let smape = try #require(table["Shifted", .smape]) / #require(table["Last value", .smape])
    let mase = try #require(table["Shifted", .mase]) / #require(table["Last value", .mase])
    let owa = try #require(table["Shifted", .owa(benchmark: "Last value")])
    #expect(correctDigits(owa, (smape + mase) / 2) > 14)
    #expect(table.rows.map(\.model) == ["Shifted", "Last value"])
    #expect(
      throws: ForecastError.unknownName(
        kind: "model in this backtest", name: "Last valu", nearest: "Last value")
    ) { try backtest.scores(.owa(benchmark: "Last valu")) }
  }

  @Test func `scaled metrics do not change with the unit, others are proportional to it`() throws {
    let values = (0..<30).map { (t: Int) -> Double in 50 + 10 * sin(Double(t)) + Double(t) }
    let design = RollingOrigin(initial: 12, horizon: 3)
    let one = try design.backtest([LastValue()], on: TimeSeries(values.map { $0 }, start: .quarter(2010, 1)))
    let ten = try design.backtest(
      [LastValue(deviation: 10)], on: TimeSeries(values.map { 10 * $0 }, start: .quarter(2010, 1)))
    for metric: Metric in [.mase, .rmsse, .mape, .smape, .msis(0.9), .coverage(0.8)] {
      #expect(correctDigits(try value(metric, ten), try value(metric, one)) > 12)
    }
    for metric: Metric in [.bias, .mae, .rmse, .crps, .pinball(0.1), .width(0.5)] {
      #expect(correctDigits(try value(metric, ten), 10 * (try value(metric, one))) > 12)
    }
  }

  @Test func `a span is scored by the law of its total`() throws {
    let series = try TimeSeries(
      name: "span",
      observations: [1, 2, 4].enumerated().map {
        Observation(PeriodSpan(.month(2022, $0.offset + 10)), $0.element)
      }
        + [Observation(PeriodSpan(.month(2023, 1), count: 2), 11)])
    let backtest = try RollingOrigin(initial: 3, horizon: 2).backtest([LastValue(deviation: 3)], on: series)
    let outcome = try #require(backtest.outcomes.first)
    #expect(outcome.step == 2)
    #expect(outcome.mean == 8)
    #expect(outcome.divisor == 2)
    let law = try Normal(mean: 8, standardDeviation: 3 * 2.0.squareRoot())
    #expect(correctDigits(outcome.crps, law.crps(11)) > 13)
    #expect(try value(.mae, backtest) == 1.5)
    #expect(correctDigits(try value(.crps, backtest), law.crps(11) / 2) > 13)
    #expect(correctDigits(try value(.mape, backtest), 300 / 11.0) > 13)
  }

  @Test func `a span of a level is scored by the law of its mean, of a stock by its last value`() throws {
    for (rule, deviation) in [(SpanRule.mean, 3 / 2.0.squareRoot()), (.last, 3)] {
      let series = try TimeSeries(
        name: "span", rule: rule,
        observations: [1, 2, 4].enumerated().map {
          Observation(PeriodSpan(.month(2022, $0.offset + 10)), $0.element)
        } + [Observation(PeriodSpan(.month(2023, 1), count: 2), 6)])
      let backtest = try RollingOrigin(initial: 3, horizon: 2).backtest([LastValue(deviation: 3)], on: series)
      let outcome = try #require(backtest.outcomes.first)
      #expect(outcome.mean == 4)
      #expect(outcome.divisor == 1)
      #expect(correctDigits(outcome.crps, try Normal(mean: 4, standardDeviation: deviation).crps(6)) > 13)
    }
  }

  @Test func `the seasonal scale takes spans that have a counterpart a season earlier`() throws {
    // Two years of Jan–Feb, Mar, with a three-month figure in the second year only.
    let parts: [(Int, Int, Double?)] = [
      (1, 2, 10), (3, 1, 4), (4, 9, 90), (13, 2, 14), (15, 3, 30), (18, 7, nil), (25, 2, 10), (27, 1, 9),
    ]
    let series = try TimeSeries(
      name: "s",
      observations: parts.map { Observation(PeriodSpan(.month(2020, 1) + ($0.0 - 1), count: $0.1), $0.2) })
    let scale = try #require(series.seasonalScale())
    // Per period: 5 → 7 → 5 for January–February; March 2021 is inside a longer figure.
    #expect(scale == SeasonalScale(absolute: 2, squared: 4, count: 2))
    #expect(series.seasonalScale(13) == nil)
    let constant = try TimeSeries([3, 3, 3], start: .index(1))
    #expect(constant.seasonalScale() == nil)
  }

  @Test func `what a metric cannot say is nil, never NaN`() throws {
    let series = try TimeSeries([2, 2, 2, 0, 2], start: .index(1), name: "flat")
    let backtest = try RollingOrigin(initial: 3, horizon: 1).backtest([LastValue()], on: series)
    let scores = try backtest.scores([.mape, .mase, .smape]).rows[0].scores
    #expect(scores[0].value == nil)
    #expect(scores[1].count == 1)
    #expect(correctDigits(try #require(scores[1].value), 2 / (2.0 / 3)) > 14)
    #expect(scores[2].value == 200)
  }

  @Test func `figures near the end of the range give nil or a failure, never infinity`() throws {
    let series = try TimeSeries([1e200, -1e200, 1e200, -1e200, 1e200], start: .index(1), name: "huge")
    #expect(series.seasonalScale() == nil)
    let backtest = try RollingOrigin(initial: 3, horizon: 1)
      .backtest([LastValue(), LastValue(name: "Other", offset: 1e200)], on: series)
    let table = try backtest.scores(.rmse, .mase, .mae)
    #expect(table["Last value", .rmse] == nil)
    #expect(table["Last value", .mase] == nil)
    #expect(table["Last value", .mae] == 2e200)
    #expect(backtest.comparisons()[0].error != nil)
    #expect(throws: Never.self) { try JSONEncoder().encode(backtest) }
  }

  @Test func `models are compared over the origins that all of them have`() throws {
    let series = try TimeSeries([1, 2, 4, 7, 8, 20], start: .index(1), name: "small")
    let failing = LastValue(name: "Failing", failsAfter: .index(4))
    let hopeless = LastValue(name: "Hopeless", failsAfter: .index(0))
    let backtest = try RollingOrigin(initial: 3, horizon: 1)
      .backtest([hopeless, LastValue(), failing], on: series)
    #expect(backtest.failures.count == 4)
    #expect(backtest.failures[0].error == .constantSeries(model: "Hopeless", series: "small"))
    let table = try backtest.scores(.mae)
    #expect(table.origins == 2)
    #expect(table["Last value", .mae] == 2)
    #expect(table["Failing", .mae] == 2)
    #expect(table.rows[2].model == "Hopeless")
    #expect(table["Hopeless", .mae] == nil)
  }

  @Test func `scores by step tell the steps apart`() throws {
    let series = try TimeSeries([0, 1, 2, 3, 4, 5, 6], start: .index(0), name: "line")
    let backtest = try RollingOrigin(initial: 2, horizon: 3).backtest([LastValue()], on: series)
    let tables = try backtest.scoresByStep([.mae])
    #expect(tables.map(\.step) == [1, 2, 3])
    #expect(tables.map { $0["Last value", .mae] } == [1, 2, 3])
  }

  @Test func `a level that was not kept is an error that says so`() throws {
    let backtest = try small()
    #expect(throws: ForecastError.self) { try backtest.scores(.coverage(0.93)) }
    let design = RollingOrigin(initial: 3, horizon: 1, probabilities: [0.035, 0.965])
    let series = try TimeSeries([1, 2, 4, 7, 8], start: .index(1))
    let kept = try design.backtest([LastValue()], on: series)
    #expect(try value(.coverage(0.93), kept) == 0.5)
  }

  @Test func `pairs are tested on losses by origin with the lags that overlap`() throws {
    let values = (0..<40).map { (t: Int) -> Double? in
      50 + 10 * sin(Double(t) * 1.7) + 3 * cos(Double(t * t))
    }
    let series = try TimeSeries(values, start: .month(2020, 1), name: "wave")
    let backtest = try RollingOrigin(initial: 12, horizon: 3)
      .backtest([LastValue(), LastValue(name: "Shifted", offset: 2)], on: series)
    let pair = try #require(backtest.comparisons(step: 2, variance: .bartlett).first)
    let losses = ["Last value", "Shifted"].map { model in
      backtest.outcomes.filter { $0.model == model && $0.step == 2 }.map { $0.error * $0.error }
    }
    #expect(pair.test == (try DieboldMariano(losses[0], losses[1], horizon: 2, variance: .bartlett)))
    #expect(backtest.comparisons(variance: .bartlett)[0].test?.horizon == 3)
    let sparse = try RollingOrigin(initial: 12, horizon: 3, step: 2)
      .backtest([LastValue(), LastValue(name: "Shifted", offset: 2)], on: series)
    #expect(sparse.comparisons(loss: .crps, variance: .bartlett)[0].test?.horizon == 2)
    let twins = try small([LastValue(), LastValue(name: "Twin")]).comparisons()
    #expect(twins[0].test == nil)
    #expect(twins[0].error != nil)
  }

  @Test func `a backtest and its tables survive JSON`() throws {
    let backtest = try small([LastValue(), LastValue(name: "Failing", failsAfter: .index(3))])
    let coder = JSONEncoder()
    #expect(try JSONDecoder().decode(Backtest.self, from: coder.encode(backtest)) == backtest)
    let table = try backtest.scores(.mase, .coverage(0.95), .owa(benchmark: "Last value"))
    #expect(try JSONDecoder().decode(ScoreTable.self, from: coder.encode(table)) == table)
  }

  @Test func `one forecast can be held against what came later`() throws {
    let series = try TimeSeries([1, 2, 4, 7, 8], start: .index(1), name: "small")
    let first = try #require(series.prefix(3))
    let outcomes = try LastValue().fit(first).forecast(2).outcomes(against: series)
    #expect(outcomes.map(\.error) == [3, 4])
    #expect(outcomes.map(\.step) == [1, 2])
    let months = try TimeSeries([1, 2], start: .month(2020, 1))
    #expect(throws: ForecastError.self) { try LastValue().fit(first).forecast(2).outcomes(against: months) }
  }
}
