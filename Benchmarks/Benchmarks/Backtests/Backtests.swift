internal import Benchmark
internal import Datasets
internal import Foresight
internal import SuiteSettings

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .foresight()

  // An origin every month, twelve months ahead, scored.
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
