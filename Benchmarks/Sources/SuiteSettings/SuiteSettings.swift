public import Benchmark
internal import Workloads

extension Benchmark.Configuration {
  /// What every suite measures: wall and CPU time, peak memory, and its own metrics.
  ///
  /// Thresholds are loose: they detect a loop that has become 50 % slower, not a busy machine.
  public static func foresight(extra: [BenchmarkMetric] = []) -> Benchmark.Configuration {
    let metrics: [BenchmarkMetric] = [.wallClock, .cpuUser, .throughput, .peakMemoryResident] + extra
    let loose = BenchmarkThresholds(relative: [.p50: 50])
    var thresholds = Dictionary(uniqueKeysWithValues: metrics.map { ($0, loose) })
    thresholds[.cpuUser] = BenchmarkThresholds(relative: [.p50: 400])  // Counted in steps of 10 ms.
    return Benchmark.Configuration(
      metrics: metrics,
      warmupIterations: RunLength.isShort ? 0 : 1,
      maxDuration: .seconds(RunLength.isShort ? 1 : 5),
      maxIterations: RunLength.isShort ? 1 : 50,
      thresholds: thresholds)
  }
}
