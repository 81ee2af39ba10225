internal import Benchmark
internal import ForesightNumerics
internal import Workloads

let benchmarks: @Sendable () -> Void = {
  let evaluations = BenchmarkMetric.custom("Evaluations a fit × 1000", polarity: .prefersSmaller)
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .cpuUser, .throughput, .peakMemoryResident],
    warmupIterations: RunLength.isShort ? 0 : 1,
    maxDuration: .seconds(5),
    maxIterations: RunLength.isShort ? 1 : 25,
    // Loose: the gate is for a loop that became twice as slow, not for a busy machine.
    thresholds: [.wallClock: .init(relative: [.p50: 100]), .peakMemoryResident: .init(relative: [.p50: 50])])
  let fits = RunLength.fits

  Benchmark(
    "exponential-nonlinear-\(fits)",
    configuration: .init(
      metrics: Benchmark.defaultConfiguration.metrics + [evaluations],
      warmupIterations: Benchmark.defaultConfiguration.warmupIterations,
      maxDuration: Benchmark.defaultConfiguration.maxDuration,
      maxIterations: Benchmark.defaultConfiguration.maxIterations,
      thresholds: Benchmark.defaultConfiguration.thresholds)
  ) { benchmark, workload in
    for _ in benchmark.scaledIterations {
      let fit = try BatchedExponential(length: workload.length).fit(workload.additive)
      benchmark.measurement(evaluations, 1000 * fit.evaluations.reduce(0, +) / fit.count)
      blackHole(fit)
    }
  } setup: {
    ExponentialWorkload(count: fits)
  }

  Benchmark("exponential-log-linear-\(fits)") { benchmark, workload in
    for _ in benchmark.scaledIterations {
      blackHole(try BatchedLogLinear(length: workload.length).fit(workload.multiplicative))
    }
  } setup: {
    ExponentialWorkload(count: fits)
  }
}
