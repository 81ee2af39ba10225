import Forecasting
import Testing

/// Panels and backtests on several tasks.
@Suite struct ConcurrencyTests {
  private func panel(_ count: Int) throws -> Panel {
    try Panel(
      (0..<count).map { index in
        try TimeSeries([1, 2, Double(index)], start: .month(2020, 1), name: "s\(index)")
      })
  }

  @Test func `a panel is a sequence in its own order`() async throws {
    let panel = try panel(150)
    let whole = try await panel.forecast(LastValue(), horizon: 2)
    for workers in [1, 3, Int.max, Int.min] {
      var keys: [String] = []
      for try await answer in panel.forecasts(of: LastValue(), horizon: 2, workers: workers) {
        #expect(try answer.result.get().mean == whole[answer.index].result.get().mean)
        keys.append(answer.key)
      }
      #expect(keys == panel.keys)
    }
    #expect(throws: ForecastError.self) { try panel.forecast(150, LastValue(), horizon: 2).result.get() }
    #expect(throws: ForecastError.self) { try panel.forecast(0, LastValue(), horizon: 0).result.get() }
  }

  @Test func `a loop that ends early or is cancelled ends the work`() async throws {
    let panel = try panel(500)
    var seen = 0
    for try await _ in panel.forecasts(of: LastValue(), horizon: 1, workers: 2) {
      seen += 1
      if seen == 3 { break }
    }
    #expect(seen == 3)
    let task = Task {
      var count = 0
      for try await _ in panel.forecasts(of: LastValue(), horizon: 1) {
        count += 1
        withUnsafeCurrentTask { $0?.cancel() }
      }
      return count
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  private actor Counter {
    var done = 0
    var share = 0.0

    func count(_ panel: Panel) async throws {
      try await panel.forEachForecast(LastValue(), horizon: 1) { _ in self.done += 1 }
    }

    func score(_ series: TimeSeries, _ design: RollingOrigin) async throws -> Backtest {
      try await design.backtest([LastValue(), LastValue(name: "b", offset: 1)], on: series, workers: 3) {
        self.share = $0.fraction
      }
    }
  }

  @Test func `an actor counts while it waits`() async throws {
    let counter = Counter()
    try await counter.count(panel(40))
    #expect(await counter.done == 40)
    let series = try TimeSeries((0..<40).map { Double($0 % 7) }, start: .month(2020, 1))
    for refit in [1, 4, 100] {
      let design = RollingOrigin(initial: 12, horizon: 3, refit: refit)
      let models = [LastValue(), LastValue(name: "b", offset: 1)]
      #expect(try await counter.score(series, design) == design.backtest(models, on: series))
      #expect(await counter.share == 1)
    }
  }

  @Test func `an evaluation that cannot be is refused where it is used`() throws {
    let series = try TimeSeries([1, 2, 3, 4, 5, 6], start: .month(2020, 1))
    for design in [
      RollingOrigin(initial: 0, horizon: 1), RollingOrigin(initial: 1, horizon: 0),
      RollingOrigin(initial: 1, horizon: 1, step: -1), RollingOrigin(initial: 1, horizon: 1, refit: 0),
      RollingOrigin(initial: 1, horizon: 1, window: .sliding(0)),
      RollingOrigin(initial: 1, horizon: 1, probabilities: [95]), RollingOrigin(initial: .max, horizon: .max),
      RollingOrigin(initial: 1, horizon: .max), RollingOrigin(initial: .min, horizon: .min),
    ] {
      #expect(throws: ForecastError.self) { try design.backtest([LastValue()], on: series) }
    }
    #expect(
      try RollingOrigin(initial: 2, horizon: 1, step: .max, refit: .max).backtest([LastValue()], on: series)
        .origins == [.month(2020, 2)])
    #expect(throws: ForecastError.self) { try DieboldMariano([1, 2, 3], [2, 2, 2], horizon: 0) }
    #expect(throws: ForecastError.self) { try DieboldMariano([1, 2, 3], [2, 2, 2], horizon: .max) }
    #expect(throws: ForecastError.self) { try Hierarchy(totals: ["t"], parts: []) }
    #expect("\(Metric.coverage(.infinity)) \(Metric.pinball(1e300))".isEmpty == false)
  }
}
