internal import Benchmark
internal import Datasets
internal import Foresight
internal import SuiteSettings
internal import Workloads

let benchmarks: @Sendable () -> Void = {
  let paths = BenchmarkMetric.custom("Paths per second", polarity: .prefersLarger)
  Benchmark.defaultConfiguration = .foresight(extra: [paths])

  // The bundled file with all its questions; a run includes reading, checking and fitting its series.
  for threads in [1, 2] {
    Benchmark("power-of-siberia-2-threads-\(threads)") { benchmark, scenario in
      for _ in benchmark.scaledIterations {
        let begin = ContinuousClock.now
        let run = try scenario.run(DrawOptions(draws: RunLength.isShort ? 1024 : nil, threads: threads))
        let drawn = Double(run.settings.draws * run.settings.replicates)
        benchmark.measurement(paths, Int(drawn / ((ContinuousClock.now - begin) / .seconds(1))))
        blackHole(run)
      }
    } setup: {
      try Scenario(
        contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries())
    }
  }
}
