internal import Benchmark
internal import ForesightNumerics
internal import SuiteSettings
internal import Workloads

let benchmarks: @Sendable () -> Void = {
  let speed = BenchmarkMetric.custom("Fits per second", polarity: .prefersLarger)
  let evaluations = BenchmarkMetric.custom("Passes over a series × 1000", polarity: .prefersSmaller)
  let fits = RunLength.fits

  /// Runs a batch and records the fits per second.
  func timed<Result>(_ benchmark: Benchmark, _ batch: () throws -> Result) rethrows -> Result {
    let clock = ContinuousClock()
    let begin = clock.now
    let result = try batch()
    let seconds = (clock.now - begin) / .seconds(1)
    benchmark.measurement(speed, Int(Double(fits) / seconds))
    return result
  }

  Benchmark("least-squares-\(fits)", configuration: .foresight(extra: [speed])) { benchmark, workload in
    for _ in benchmark.scaledIterations {
      let fit = try timed(benchmark) {
        try BatchedLeastSquares(observations: workload.rows, parameters: workload.columns)
          .fit(designs: workload.designs, responses: workload.responses)
      }
      blackHole(fit)
    }
  } setup: {
    LeastSquaresWorkload(count: fits)
  }

  Benchmark("least-squares-shared-\(fits)", configuration: .foresight(extra: [speed])) {
    benchmark, workload in
    for _ in benchmark.scaledIterations {
      let fit = try timed(benchmark) {
        try BatchedLeastSquares(observations: workload.rows, parameters: workload.columns)
          .fit(design: workload.sharedDesign, responses: workload.sharedResponses)
      }
      blackHole(fit)
    }
  } setup: {
    LeastSquaresWorkload(count: fits)
  }

  Benchmark("exponential-nonlinear-\(fits)", configuration: .foresight(extra: [speed, evaluations])) {
    benchmark, workload in
    for _ in benchmark.scaledIterations {
      let fit = try timed(benchmark) {
        try BatchedExponential(length: workload.length).fit(workload.additive)
      }
      benchmark.measurement(evaluations, 1000 * fit.evaluations.reduce(0, +) / fit.count)
      blackHole(fit)
    }
  } setup: {
    ExponentialWorkload(count: fits)
  }

  Benchmark("exponential-log-linear-\(fits)", configuration: .foresight(extra: [speed])) {
    benchmark, workload in
    for _ in benchmark.scaledIterations {
      let fit = try timed(benchmark) {
        try BatchedLogLinear(length: workload.length).fit(workload.multiplicative)
      }
      blackHole(fit)
    }
  } setup: {
    ExponentialWorkload(count: fits)
  }
}
