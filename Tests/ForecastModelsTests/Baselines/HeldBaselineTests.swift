import ForecastModels
import Forecasting
import Testing

@Suite struct HeldBaselineTests {
  let values: [Double?] = (0..<40).map { Double(20 + $0) + Double(($0 * 37) % 11) }

  func series(_ count: Int) throws -> TimeSeries {
    try TimeSeries(Array(values.prefix(count)), start: .quarter(2000, 1), name: "held")
  }

  func models() -> [any Forecaster] { [Naive(), Drift(), Mean(), SeasonalNaive()] }

  func update(_ model: some Forecaster, from: Int, to: Int) throws -> (
    held: Forecast, again: Forecast, first: Forecast
  ) {
    let fitted = try model.fit(series(from))
    let held = try fitted.updated(to: series(to))
    return try (held.forecast(4), model.fit(series(to)).forecast(4), fitted.forecast(4))
  }

  @Test func `updated to its own series a fit forecasts the same`() throws {
    for model in models() {
      let (held, again, _) = try update(model, from: 30, to: 30)
      #expect(held.mean == again.mean)
      #expect(held.quantile(0.9) == again.quantile(0.9))
    }
  }

  @Test func `later data move the state and leave the parameters`() throws {
    let naive = try update(Naive(), from: 30, to: 33)
    #expect(naive.held.mean == naive.again.mean)
    #expect(naive.held.standardDeviation == naive.first.standardDeviation)
    let seasonal = try update(SeasonalNaive(), from: 30, to: 33)
    #expect(seasonal.held.mean == seasonal.again.mean)
    #expect(seasonal.held.standardDeviation == seasonal.first.standardDeviation)
    let drift = try update(Drift(), from: 30, to: 33)
    let last = try #require(values[32])
    let before = try #require(values[29])
    for (held, first) in zip(drift.held.mean, drift.first.mean) {
      #expect(abs((held - last) - (first - before)) < 1e-12)
    }
    let mean = try update(Mean(), from: 30, to: 33)
    #expect(mean.held.mean == mean.first.mean)
    #expect(mean.held.start == .quarter(2008, 2))
  }

  @Test func `a backtest that refits now and then runs through`() throws {
    let backtest = try RollingOrigin(initial: 20, horizon: 4, refit: 5).backtest(models(), on: series(40))
    #expect(backtest.failures.isEmpty)
    #expect(try backtest.scores(.mase, .crps).rows.allSatisfy { $0.scores.allSatisfy { $0.value != nil } })
  }
}
