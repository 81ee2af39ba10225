internal import Benchmark
internal import Datasets
internal import Foresight

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .cpuUser, .throughput, .peakMemoryResident],
    maxDuration: .seconds(5), maxIterations: 100,
    thresholds: [.wallClock: .init(relative: [.p50: 100]), .peakMemoryResident: .init(relative: [.p50: 50])])

  Benchmark("rolling-origin-trade-total") { benchmark, trade in
    for _ in benchmark.scaledIterations {
      let backtest = try RollingOrigin(initial: 36, horizon: 12)
        .backtest([ExponentialGrowth(), Drift(), Mean()], on: trade)
      blackHole(try backtest.scores(.mase, .crps, .coverage(0.95)))
    }
  } setup: {
    try Datasets.chinaRussiaTrade.total()
  }
}
