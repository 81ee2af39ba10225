public import Forecasting
public import ForesightNumerics
internal import RealModule

/// Complex exponential smoothing fitted to a series.
public struct FittedCES: FittedForecaster {
  /// The name of the model that made the fit.
  public let name: String
  /// The form.
  public let form: CESForm
  /// The series that was fitted, with what was taken in since.
  public internal(set) var series: TimeSeries
  /// α₀ and α₁, then b of the partial form or β₀ and β₁ of the full one.
  public let gains: [Double]
  /// σ̂² of the innovations: Σe² over observations less gains and starts.
  public let variance: Double
  /// The degrees of freedom of σ̂².
  public let degreesOfFreedom: Double
  /// The Gaussian log-likelihood; `nil` for a perfect fit.
  public let logLikelihood: Double?
  /// How the search for the gains ended; an evaluation is one pass over the series.
  public let convergence: Convergence
  /// The number of values that were fitted.
  public let observedCount: Int
  /// The base periods in the cycle of the form; 1 without season.
  public let seasonalPeriod: Int
  /// The one-step predictions.
  public internal(set) var fitted: [Double?]
  /// The first period of the fit, which times are counted from.
  let origin: Period
  let scale: Double
  let initialState: CESState
  var state: CESState
  /// The columns of a factor of the covariance of starts and gains, in the scaled unit.
  let uncertainty: [[Double]]

  init(name: String, form: CESForm, estimation: CESEstimation, series: TimeSeries, sample: CESSample) {
    let search = CESSearch(sample, form: form, estimation: estimation)
    let (fitted, optimum) = search.withSeason(
      search.optimum(), errors: sample.seasonErrors, rounds: estimation == .leastSquares ? 20 : 2)
    self.init(
      name: name, form: form, series: series, sample: sample, search: fitted, optimum: optimum)
  }

  init(
    name: String, form: CESForm, series: TimeSeries, sample: CESSample, search: CESSearch,
    optimum: CESSearch.Optimum
  ) {
    self.name = name
    self.form = form
    self.series = series
    origin = series.start
    scale = sample.scale
    gains = (0..<form.gainCount).map { optimum.parameters[2 + $0] }
    convergence = Convergence(optimum.status, evaluations: optimum.evaluations)
    observedCount = sample.observed
    seasonalPeriod = form.isSeasonal ? sample.period : 1
    let count = Double(sample.observed)
    let squares = optimum.sums.squares
    degreesOfFreedom = max(count - Double(search.count), 1)
    variance = squares / degreesOfFreedom * sample.scale * sample.scale
    uncertainty = search.covarianceFactor(optimum, variance: squares / degreesOfFreedom)
    logLikelihood =
      squares > count * 1e-30
      ? -0.5 * count * (1 + Double.log(2 * .pi * squares / count)) - count * Double.log(sample.scale) : nil
    initialState = search.initialState(optimum.parameters)
    state = initialState
    fitted = []
    advance(sample.values)
  }

  /// The recursion with the fitted gains.
  var recursion: CESRecursion {
    var lanes = SIMD4<Double>.zero
    for (k, gain) in gains.enumerated() { lanes[k] = gain }
    return CESRecursion(form: form, gains: lanes)
  }

  /// Runs on over values in the scaled unit.
  mutating func advance(_ values: [Double]) {
    fitted += recursion.predictions(values, &state).map { scale * $0 }
  }

  /// The number of free parameters, σ² and the indices' free ones among them.
  public var parameterCount: Int { form.parameterCount(period: seasonalPeriod) }

  /// The predictive mean of the next `horizon` base periods.
  public func mean(_ horizon: Int) -> [Double] {
    recursion.path(horizon, from: state).map { scale * $0[0] }
  }
}

extension CESForm {
  /// Gains, starts of level and potential, a season's free indices and σ².
  func parameterCount(period: Int) -> Int { gainCount + 3 + (isSeasonal ? max(period - 1, 0) : 0) }
}

extension FittedCES {
  /// The joint Student t law of the next base periods.
  ///
  /// The model is linear in its innovations: the path without them is the exact mean, and the covariance of the noise is
  /// σ²Σ ψ_{i−k}ψ_{j−k}, ψ the response to one. What is unknown of gains and starts is added by the delta method. Both are
  /// widened by the figures of `Spread`.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let path = recursion.path(horizon, from: state)
    let response = recursion.response(horizon, cycle: seasonalPeriod)
    let spread = Spread.misspecified
    let noise = variance.squareRoot() * spread.innovation
    let shifts = uncertainty.map { column in
      path.map { lanes in
        var sum = 0.0
        for (k, weight) in column.enumerated() { sum += lanes[k + 1] * weight }
        return spread.parameters * scale * sum
      }
    }
    let columns = ScaleColumns(
      rows: horizon, kernel: response.prefix(horizon).map { noise * $0 }, others: shifts.count
    ) { (0, shifts[$0][...]) }
    return try numerics { () throws(NumericsError) in
      try JointStudentT(
        location: path.map { scale * $0[0] }, columns: columns,
        degreesOfFreedom: spread.limited(degreesOfFreedom))
    }
  }
}

extension FittedCES {
  /// Whether the optimizer reached an optimum.
  public var hasConverged: Bool { convergence.isOptimum }

  /// The gains, level and potential, criteria and how the search ended.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let names =
      switch form {
      case .none, .simple: ["alpha0", "alpha1"]
      case .partial: ["alpha0", "alpha1", "b"]
      case .full: ["alpha0", "alpha1", "beta0", "beta1"]
      }
    summary.coefficients = zip(names, gains).enumerated().map { k, gain in
      let error = uncertainty.reduce(0) { $0 + $1[k + 2] * $1[k + 2] }.squareRoot()
      return FitSummary.Coefficient(
        name: gain.0, estimate: gain.1, standardError: error > 0 ? error : nil)
    }
    func fact(_ name: String, _ value: Double) {
      summary.facts.append(FitSummary.Fact(name: name, value: value, unit: series.unit))
    }
    if form.hasLevel {
      fact("initial level", scale * initialState.level[0])
      fact("final level", scale * state.level[0])
      fact("final potential", scale * state.potential[0])
    }
    if form.isSeasonal && seasonalPeriod <= 24 {
      for step in 0..<seasonalPeriod {
        let value = state.seasonLevels[(state.place + step) % seasonalPeriod][0]
        fact((form.hasLevel ? "season of " : "level of ") + "\(series.end + (step + 1))", scale * value)
      }
    }
    summary.degreesOfFreedom = degreesOfFreedom
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: parameterCount, observations: observedCount)
    } else {
      summary.notes.append("the model passes through every value: no likelihood or criteria")
    }
    summary.setConvergence(
      "\(convergence.status.rawValue) after \(convergence.evaluations) evaluations",
      isOptimum: convergence.isOptimum)
    if form.isSeasonal {
      summary.notes.append(
        "the season starts from a classical decomposition, its indices counted as parameters")
    }
    if summary.missing > 0 { summary.notes.append("a missing value moves the state along the prediction") }
    return summary
  }
}

extension FittedCES: StatefulFit {
  mutating func restart() { state = initialState }

  /// Runs on over observations whose first is `first` periods after the origin.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    var values: [Double] = []
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      if let value = observation.value { try requireRange(value, unit: scale, model: name, series: series) }
      values.append(observation.value.map { $0 / scale } ?? .nan)
    }
    advance(values)
  }
}

extension FittedCES: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.ces", version: 1)]

  /// The model with the last two cycles of its series (24 observations at least).
  var saved: SavedFields {
    tail(
      cycle: seasonalPeriod,
      behind: [
        "name": name, "form": form, "gains": gains, "variance": variance,
        "degreesOfFreedom": degreesOfFreedom, "logLikelihood": logLikelihood, "status": convergence.status,
        "evaluations": convergence.evaluations, "observedCount": observedCount,
        "seasonalPeriod": seasonalPeriod,
        "origin": origin, "scale": scale, "initialState": initialState, "state": state,
        "uncertainty": uncertainty,
      ])
  }

  init(_ saved: SavedReader) throws {
    name = try saved.name
    form = try saved.form
    gains = try saved.gains
    variance = try saved.variance
    degreesOfFreedom = try saved.degreesOfFreedom
    logLikelihood = try saved.logLikelihood
    convergence = Convergence(try saved.status, evaluations: try saved.evaluations)
    observedCount = try saved.observedCount
    seasonalPeriod = try saved.seasonalPeriod
    origin = try saved.origin
    scale = try saved.scale
    initialState = try saved.initialState
    state = try saved.state
    uncertainty = try saved.uncertainty
    series = try saved.series
    fitted = try saved.fitted
  }

  func requireSound() throws(UnsoundFit) {
    try require(gains.count == form.gainCount, "gains", "are not those of the form")
    try require(variance >= 0 && degreesOfFreedom >= 1, "variance", "is not a variance")
    try require(scale > 0, "scale", "is not a unit")
    try require(
      seasonalPeriod == 1 || form.isSeasonal && seasonalPeriod > 1, "seasonalPeriod",
      "is not that of the form")
    try require(state.fits(form, cycle: seasonalPeriod), "state", "is not one of the form")
    try require(initialState.fits(form, cycle: seasonalPeriod), "initialState", "is not one of the form")
    try require(
      uncertainty.allSatisfy { $0.count == gains.count + 2 }, "uncertainty", "is not that of the gains")
    try require(observedCount >= 0, "observedCount", "is negative")
    try requireTail(origin: origin)
  }
}

extension CESState {
  /// Whether this is a state of a form: finite, a pair or an index for each period of the cycle.
  func fits(_ form: CESForm, cycle: Int) -> Bool {
    let seasonal = form.isSeasonal ? cycle : 0
    let lanes = [level, potential] + seasonLevels + seasonPotentials
    return seasonLevels.count == seasonal && seasonPotentials.count == (form == .partial ? 0 : seasonal)
      && (place == 0 || (1..<max(seasonal, 1)).contains(place))
      && lanes.allSatisfy { lane in lane.indices.allSatisfy { lane[$0].isFinite } }
  }
}
