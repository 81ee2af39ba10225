import Foresight

/// The mean of the last `window` values: y_t ~ N(μ, σ²), independent.
struct WindowMean: DescribedForecaster {
  var window = 12

  var name: String { "Mean of the last \(window) values" }

  static let descriptions = [
    ModelDescription(
      "window-mean", "the mean of the last values", WindowMean(),
      [ModelOption("window", \.window, .whole(in: 2...10_000), "the number of values in the mean")])
  ]

  func fit(_ series: TimeSeries) throws(ForecastError) -> FittedWindowMean {
    try validate()
    let values = try series.completeValues(for: name)
    guard values.count >= window else {
      throw .tooFewObservations(model: name, series: series.name, needed: window, found: values.count)
    }
    let last = values.suffix(window)
    let mean = last.reduce(0, +) / Double(window)
    let squares = last.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return FittedWindowMean(
      name: name, series: series, window: window, mean: mean,
      deviation: (squares / Double(window - 1)).squareRoot())
  }
}

/// The mean of the last values of a series.
struct FittedWindowMean: FittedForecaster {
  let name: String
  let series: TimeSeries
  let window: Int
  let mean, deviation: Double

  var fitted: [Double?] {
    series.observations.indices.map { $0 < series.count - window ? nil : mean }
  }

  var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let error = deviation / Double(window).squareRoot()
    summary.coefficients = [.init(name: "mean", estimate: mean, standardError: error)]
    summary.degreesOfFreedom = Double(window - 1)
    summary.residualStandardError = deviation
    return summary
  }

  /// Every step has its own noise, and all steps share the error of the mean.
  func distribution(_ horizon: Int, regressors: Regressors?) -> any PredictiveDistribution {
    JointStudentT(
      means: [Double](repeating: mean, count: horizon),
      deviations: [Double](repeating: deviation, count: horizon),
      shared: deviation / Double(window).squareRoot(), degreesOfFreedom: Double(window - 1))
  }
}
