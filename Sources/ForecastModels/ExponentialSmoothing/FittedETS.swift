public import Forecasting
public import ForesightNumerics
internal import RealModule

/// An exponential smoothing model fitted to a series.
public struct FittedETS: FittedForecaster {
  /// The form.
  public let form: ETSForm
  /// The base periods in a cycle; 1 without season.
  public let seasonalPeriod: Int
  /// The series that was fitted, or the end of it for a fit read back from a file.
  public internal(set) var series: TimeSeries
  /// The smoothing parameters.
  public let parameters: ETSParameters
  /// The state before the first observation that was fitted.
  public let initialState: ETSState
  /// The state after the last observation.
  public internal(set) var finalState: ETSState
  /// The one-step predictions.
  public internal(set) var fitted: [Double?]
  /// σ̂² of e, or of ε = e/ŷ for multiplicative errors: Σr² over observations less estimated means.
  public let variance: Double
  /// The Gaussian log-likelihood of the fitted series on the scale of y; `nil` for a perfect fit.
  public let logLikelihood: Double?
  /// The same without its constants, −(n/2) log Σr² − Σ log|ŷ|, as R's `forecast` prints it; `nil` for a perfect fit.
  public let concentratedLogLikelihood: Double?
  /// How the search ended; the gradient is that of the (penalized) log-likelihood of the series scaled to a mean absolute value
  /// between 1 and 2.
  public let convergence: Convergence
  /// The number of values that the parameters were estimated from.
  public let observedCount: Int
  /// What remains unknown of smoothing parameters and final state.
  let uncertainty: ETSUncertainty
  /// How far simulated values may lie: fifty times the range of the data beyond it.
  let reach: ClosedRange<Double>
  /// What the predictive distribution is widened by where the form was chosen by the data.
  let spread: Spread
  /// The first period that was fitted: the one after `initialState`.
  let origin: Period

  init(
    form: ETSForm, series: TimeSeries, sample: ScaledSample, optimum: ETSOptimum, spread: Spread,
    uncertainty factor: [Double]?
  ) {
    self.spread = spread
    origin = series.start
    self.form = form
    let shape = optimum.shape
    seasonalPeriod = shape.period
    self.series = series
    parameters = shape.parameters(optimum.theta)
    var start = shape.state(optimum.theta)
    let run = ETSRecursion(form: form, period: shape.period).run(
      sample.values, parameters: parameters, from: start)
    var end = run.state
    ETSRecursion.rescale(&start, form: form, by: sample.scale)
    ETSRecursion.rescale(&end, form: form, by: sample.scale)
    initialState = start
    finalState = end
    fitted = run.predictions.map { $0 * sample.scale }
    let n = Double(sample.observed)
    let free = Double(max(sample.observed - form.parameterCount(period: shape.period) + 1, 1))
    let unit = form.error == .additive ? sample.scale : 1
    variance = run.squares / free * unit * unit
    observedCount = sample.observed
    let isPerfect = !(run.squares > n * ETSSearch.floor)
    let value = -0.5 * n * Double.log(run.squares) - run.logScale + sample.logJacobian
    concentratedLogLikelihood = isPerfect ? nil : value
    logLikelihood = isPerfect ? nil : value - 0.5 * n * (1 + Double.log(2 * .pi / n))
    convergence = Convergence(
      optimum.status, evaluations: optimum.evaluations, gradientNorm: optimum.gradientNorm,
      promisedGain: optimum.decrement)
    // What rounding leaves of a perfect fit says nothing of the parameters.
    uncertainty = FittedETS.uncertainty(isPerfect ? nil : factor, shape: shape, sample: sample, free: free)
    reach = sample.reach
  }

  /// A fit through observation spans, of values divided by `scale`.
  init(
    _ filter: ETSSpanFilter, series: TimeSeries, scale: Double, reach: ClosedRange<Double>, spread: Spread,
    parameters: ETSParameters, run: ETSSpanFilter.Run, convergence: Convergence
  ) {
    form = filter.form
    seasonalPeriod = filter.form.season == .none ? 1 : filter.period
    self.series = series
    self.parameters = parameters
    self.convergence = convergence
    self.reach = reach
    self.spread = spread
    origin = series.start
    observedCount = run.observed
    var start = filter.state(run.start)
    var end = filter.state(run, after: series.periodCount)
    ETSRecursion.rescale(&start, form: form, by: scale)
    ETSRecursion.rescale(&end, form: form, by: scale)
    initialState = start
    finalState = end
    fitted = zip(run.predictions, filter.observations).map { $0 * $1.factor * scale }
    let n = Double(run.observed)
    let free = Double(max(run.observed - form.parameterCount(period: seasonalPeriod) + 1, 1))
    variance = run.squares / free * scale * scale
    let isPerfect = !(run.squares > n * ETSSearch.floor)
    let factors = filter.observations.reduce(0) { $0 + ($1.value == nil ? 0 : Double.log($1.factor)) }
    let value = -run.objective - n * Double.log(scale) - factors
    concentratedLogLikelihood = isPerfect ? nil : value
    logLikelihood = isPerfect ? nil : value - 0.5 * n * (1 + Double.log(2 * .pi / n))
    uncertainty = filter.uncertainty(
      run, after: series.periodCount, deviation: variance.squareRoot(), degreesOfFreedom: free)
  }

  /// The factor in the units of the series, widened from σ̂² = Σr²/n to the unbiased one.
  private static func uncertainty(
    _ factor: [Double]?, shape: ETSShape, sample: ScaledSample, free: Double
  ) -> ETSUncertainty {
    guard var factor else { return ETSUncertainty(factor: [], rank: 0, degreesOfFreedom: free) }
    let inflation = (Double(sample.observed) / free).squareRoot()
    let rank = factor.count / (6 + (shape.form.season == .none ? 0 : shape.period))
    for row in 0..<(factor.count / rank) {
      let hasUnit =
        row == 4 || row == 5 && !shape.form.trend.isMultiplicative
        || row > 5 && shape.form.season == .additive
      let unit = inflation * (hasUnit ? sample.scale : 1)
      for k in 0..<rank { factor[row * rank + k] *= unit }
    }
    return ETSUncertainty(factor: factor, rank: rank, degreesOfFreedom: free)
  }

  /// `ETS(A,Ad,M)`.
  public var name: String { form.description }

  /// The number of free parameters, σ² among them.
  public var parameterCount: Int { form.parameterCount(period: seasonalPeriod) }

  /// Akaike's criterion corrected for small samples, of the likelihood without constants as R's `forecast` prints it.
  public var concentratedAICc: Double? {
    concentratedLogLikelihood.map {
      ETSCriterion.aicc($0, parameters: parameterCount, observations: observedCount)
    }
  }

  /// The path on which every innovation is zero: R's point forecast.
  ///
  /// It is the predictive mean of the forms without multiplicative season or trend.
  public func innovationFreePath(_ horizon: Int) -> [Double] {
    ETSRecursion(form: form, period: seasonalPeriod).path(horizon, parameters: parameters, from: finalState)
  }
}

extension FittedETS {
  /// Whether the optimizer reached an optimum.
  public var hasConverged: Bool { convergence.isOptimum }

  /// Smoothing parameters with standard errors, initial state, criteria and how the search ended.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    func smoothing(_ name: String, _ value: Double, _ row: Int) {
      let error = uncertainty.standardError(row)
      summary.coefficients.append(
        FitSummary.Coefficient(
          name: name, estimate: value, standardError: error > 0 && value > 0 ? error : nil))
    }
    smoothing("alpha", parameters.alpha, 0)
    if form.trend != .none { smoothing("beta", parameters.beta, 1) }
    if form.season != .none { smoothing("gamma", parameters.gamma, 2) }
    if form.trend.isDamped { smoothing("phi", parameters.phi, 3) }
    func fact(_ name: String, _ value: Double, unit: String = "") {
      summary.facts.append(FitSummary.Fact(name: name, value: value, unit: unit))
    }
    fact("initial level", initialState.level, unit: series.unit)
    if form.trend != .none {
      fact("initial slope", initialState.slope, unit: form.trend.isMultiplicative ? "" : series.unit)
    }
    fact("final level", finalState.level, unit: series.unit)
    if form.trend != .none {
      fact("final slope", finalState.slope, unit: form.trend.isMultiplicative ? "" : series.unit)
    }
    for (index, value) in finalState.seasonal.enumerated() where seasonalPeriod <= 24 {
      fact(
        "season of \(series.end + (index + 1))", value, unit: form.season == .additive ? series.unit : "")
    }
    summary.degreesOfFreedom = uncertainty.degreesOfFreedom
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: parameterCount, observations: observedCount)
    } else {
      summary.notes.append("the model passes through every value: no likelihood or criteria")
    }
    summary.setConvergence(
      "\(convergence.status.rawValue) after \(convergence.evaluations) \(convergence.evaluations == 1 ? "evaluation" : "evaluations"), "
        + "largest gradient \(NumberText.significant(convergence.gradientNorm, 3))",
      isOptimum: convergence.isOptimum)
    if form.error == .multiplicative {
      summary.notes.append("the residual standard error is relative to the prediction")
    }
    if series.hasSpans {
      summary.notes.append(
        "observation spans enter exactly, which only the linear forms (A; N, A, Ad; N, A) allow")
    } else if summary.missing > 0 {
      summary.notes.append("a missing value moves no state")
    }
    if form.season != .none { summary.notes += series.seasonalConventions(period: seasonalPeriod) }
    return summary
  }
}

extension FittedETS: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.ets", version: 1)]

  /// The model with the last two cycles of its series (24 observations at least), a few kilobytes.
  var saved: SavedFields {
    tail(
      cycle: seasonalPeriod,
      behind: [
        "form": form, "seasonalPeriod": seasonalPeriod, "parameters": parameters,
        "initialState": initialState, "finalState": finalState, "variance": variance,
        "logLikelihood": logLikelihood, "concentratedLogLikelihood": concentratedLogLikelihood,
        "convergence": convergence, "observedCount": observedCount, "uncertainty": uncertainty,
        "lowerReach": reach.lowerBound, "upperReach": reach.upperBound, "spread": spread.innovation,
        "origin": origin,
      ])
  }

  init(_ saved: SavedReader) throws {
    form = try saved.form
    seasonalPeriod = try saved.seasonalPeriod
    parameters = try saved.parameters
    initialState = try saved.initialState
    finalState = try saved.finalState
    variance = try saved.variance
    logLikelihood = try saved.logLikelihood
    concentratedLogLikelihood = try saved.concentratedLogLikelihood
    convergence = try saved.convergence
    observedCount = try saved.observedCount
    uncertainty = try saved.uncertainty
    let lower: Double = try saved.lowerReach
    let upper: Double = try saved.upperReach
    try require(lower <= upper, "lowerReach", "is above the upper one")
    reach = lower...upper
    spread = Spread(try saved.spread)
    origin = try saved.origin
    series = try saved.series
    fitted = try saved.fitted
  }

  func requireSound() throws(UnsoundFit) {
    let seasons = form.season == .none ? 0 : seasonalPeriod
    try require(
      (1...1_000_000).contains(seasonalPeriod) && finalState.seasonal.count == seasons
        && initialState.seasonal.count == seasons,
      "finalState", "does not have an index for each of \(seasonalPeriod) periods")
    try require(observedCount >= 0, "observedCount", "is negative")
    try require(variance >= 0, "variance", "is not a variance")
    try require(uncertainty.isSound(seasons: seasons), "uncertainty", "is not that of form \(form)")
    try requireTail(origin: origin)
  }
}

extension ETSUncertainty {
  /// Whether the factor has a row for each of six parameters and states and for each index.
  func isSound(seasons: Int) -> Bool {
    guard (0...factor.count).contains(rank), degreesOfFreedom >= 1 else { return false }
    return factor.count == (rank == 0 ? 0 : (6 + seasons) * rank)
  }
}
