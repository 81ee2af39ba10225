public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The mean forecast: every base period is the same level plus independent noise.
///
/// y_S ~ N(|S|μ, |S|σ²) over a span; μ̂ = Σy/Σ|S| and each step is Student t with n − 1 degrees of freedom and scale
/// σ̂²(1 + 1/Σ|S|), the exact prediction law (R's `meanf`). A mean over a span has variance σ²/|S|; missing values are
/// left out.
public struct Mean: Forecaster {
  /// The mean forecast.
  public init() {}

  /// `Mean`.
  public var name: String { "Mean" }

  /// The level fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below two values.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedMean {
    var values: [(perPeriod: Double, weight: Double, factor: Double)] = []
    for observation in series.observations {
      guard let value = observation.value else { continue }
      let count = series.rule == .last ? 1 : Double(observation.span.count)
      let factor = series.rule == .sum ? count : 1
      values.append((value / factor, count, factor))
    }
    guard values.count >= 2 else {
      throw .tooFewObservations(model: name, series: series.name, needed: 2, found: values.count)
    }
    let weight = values.reduce(0) { $0 + $1.weight }
    let rough = values.reduce(0) { $0 + $1.weight * $1.perPeriod } / weight
    // A second pass takes off the rounding of the first.
    let level = rough + values.reduce(0) { $0 + $1.weight * ($1.perPeriod - rough) } / weight
    let squares = values.reduce(0) { $0 + $1.weight * ($1.perPeriod - level) * ($1.perPeriod - level) }
    let n = Double(values.count)
    try requireRange(squares / (n - 1), model: name, series: series)
    var logLikelihood: Double?
    if squares > 0 {
      let logWeights = values.reduce(0) { $0 + 0.5 * Double.log($1.weight) - Double.log($1.factor) }
      logLikelihood = -0.5 * n * (Double.log(2 * .pi * squares / n) + 1) + logWeights
    }
    return FittedMean(
      name: name, series: series, level: level, variance: squares / (n - 1), periods: weight,
      degreesOfFreedom: values.count - 1, logLikelihood: logLikelihood)
  }
}

extension Mean: DescribedForecaster {
  /// `mean`.
  public static let descriptions = [ModelDescription("mean", "the mean of all values", Mean(), [])]
}

/// The mean forecast fitted to a series.
public struct FittedMean: FittedForecaster {
  /// The name of the model.
  public let name: String
  /// The series that was fitted.
  public let series: TimeSeries
  /// μ̂, the mean of a base period.
  public let level: Double
  /// σ̂² of a base period.
  public let variance: Double
  /// Σ|S|, the number of base periods that have values.
  public let periods: Double
  /// n − 1.
  public let degreesOfFreedom: Int
  /// The log-likelihood on the scale of y, `nil` for a constant series.
  public let logLikelihood: Double?

  /// The level, times |S| for a flow.
  public var fitted: [Double?] {
    series.observations.map { series.rule == .sum ? level * Double($0.span.count) : level }
  }

  /// True: the estimates have a closed form.
  public var hasConverged: Bool { true }

  /// Level, standard error, criteria.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let estimate = Estimate(
      value: level, standardError: (variance / periods).squareRoot(), lower: nil, upper: nil)
    summary.coefficients = [FitSummary.Coefficient("mean", estimate, degreesOfFreedom: degreesOfFreedom)]
    summary.degreesOfFreedom = Double(degreesOfFreedom)
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: 2, observations: degreesOfFreedom + 1)
    }
    return summary
  }

  /// The joint Student t law of the next base periods: scale σ̂²(I + 11ᵀ/Σ|S|).
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let deviation = variance.squareRoot()
    let shared = [Double](repeating: deviation / periods.squareRoot(), count: horizon)
    let columns = ScaleColumns(rows: horizon, others: horizon + 1) {
      $0 < horizon ? ($0, [deviation]) : (0, shared[...])
    }
    return try numerics { () throws(NumericsError) in
      try JointStudentT(
        location: [Double](repeating: level, count: horizon), columns: columns,
        degreesOfFreedom: Double(degreesOfFreedom))
    }
  }
}

extension FittedMean {
  /// True, although no value is taken: the level is the parameter.
  public var followsObservations: Bool { true }

  /// None: the level is the parameter.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .none }

  /// The same level and variance, after later data.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedMean {
    try refuseUnused(regressors)
    try series.requireFrequency(self.series.frequency)
    return FittedMean(
      name: name, series: series, level: level, variance: variance, periods: periods,
      degreesOfFreedom: degreesOfFreedom, logLikelihood: nil)
  }
}

extension FittedMean: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.mean", version: 1)]

  /// The level with the last two cycles of the series (24 observations at least).
  var saved: SavedFields {
    [
      "name": name, "series": series.tail(cycle: series.seasonalPeriod), "level": level,
      "variance": variance, "periods": periods, "degreesOfFreedom": degreesOfFreedom,
      "logLikelihood": logLikelihood,
    ]
  }

  init(_ saved: SavedReader) throws {
    self.init(
      name: try saved.name, series: try saved.series, level: try saved.level, variance: try saved.variance,
      periods: try saved.periods, degreesOfFreedom: try saved.degreesOfFreedom,
      logLikelihood: try saved.logLikelihood)
  }

  func requireSound() throws(UnsoundFit) {
    try require(variance >= 0 && periods > 0 && degreesOfFreedom >= 1, "variance", "is not that of a mean")
    try require(degreesOfFreedom < 1_000_000_000_000, "degreesOfFreedom", "is out of range")
  }
}
