public import Forecasting
public import ForesightNumerics
internal import RealModule

/// A theta model fitted to a series.
public struct FittedTheta: FittedForecaster {
  /// The name of the model that made the fit.
  public let name: String
  /// The form.
  public let form: ThetaForm
  /// The series that was fitted, with what was taken in since.
  public internal(set) var series: TimeSeries
  /// α, θ and ℓ₀.
  public let parameters: ThetaParameters
  /// σ̂² of the innovations of the seasonally adjusted series: Σe² over observations less estimated means.
  public let variance: Double
  /// The degrees of freedom of σ̂².
  public let degreesOfFreedom: Double
  /// Σe² of the seasonally adjusted series; a moving line's first two predictions are left out.
  public let squares: Double
  /// The Gaussian log-likelihood of the fitted values, on the scale of y given the season; `nil` for a perfect fit.
  public let logLikelihood: Double?
  /// How the search for the parameters ended; an evaluation is one pass over the series for one value of α.
  public let convergence: Convergence
  /// The number of values that were fitted.
  public let observedCount: Int
  /// The one-step predictions.
  public internal(set) var fitted: [Double?]
  /// The first period of the fit, which times are counted from.
  let origin: Period
  let season: SeasonalAdjustment
  let scale: Double
  let centre: Double
  /// 1 − 1/θ.
  let weight: Double
  let initialState: ThetaState
  var state: ThetaState
  /// The state with α a little higher and a little lower, from the same start.
  var nudged: ThetaNudge
  let uncertainty: ThetaUncertainty

  init(name: String, form: ThetaForm, series: TimeSeries, sample: ThetaSample, limits: ThetaLimits) {
    let search = ThetaSearch(sample.values, form: form, limits: limits)
    self.init(
      name: name, form: form, series: series, sample: sample, search: search, optimum: search.optimum())
  }

  init(
    name: String, form: ThetaForm, series: TimeSeries, sample: ThetaSample, search: ThetaSearch,
    optimum: ThetaSearch.Optimum
  ) {
    self.name = name
    self.form = form
    self.series = series
    season = sample.season
    scale = sample.scale
    centre = sample.centre
    origin = series.start
    observedCount = sample.observed
    convergence = Convergence(optimum.status, evaluations: optimum.evaluations)
    weight = optimum.weight
    // ℓ₀ of the values themselves: the centre moves the line's ordinate by itself and ℓ₀ by what w leaves of it.
    parameters = ThetaParameters(
      alpha: optimum.alpha, theta: 1 / (1 - optimum.weight),
      initialLevel: sample.scale * (optimum.level + (1 - optimum.weight) * sample.centre))
    let recursion = ThetaRecursion(
      alpha: optimum.alpha, weight: optimum.weight, isDynamic: form.isDynamic)
    let start = ThetaState(level: optimum.level, line: search.fullLine)
    initialState = start
    nudged = ThetaNudge(recursion, start)
    let run = ThetaTangents(recursion, search: search, from: start, nudge: &nudged)
    state = run.state
    let counted = Double(run.counted)
    let free = max(counted - Double(form.freedom), 1)
    degreesOfFreedom = free
    squares = run.squares * sample.scale * sample.scale
    variance = squares / free
    uncertainty = ThetaUncertainty(run, variance: run.squares / free)
    let isPerfect = !(run.squares > counted * 1e-30)
    var logJacobian = -counted * Double.log(sample.scale)
    if sample.season.isMultiplicative && !sample.season.indices.isEmpty {
      for t in search.firstCounted..<sample.values.count where !sample.values[t].isNaN {
        logJacobian -= Double.log(sample.season.index(t))
      }
    }
    logLikelihood =
      isPerfect
      ? nil : -0.5 * counted * (1 + Double.log(2 * .pi * run.squares / counted)) + logJacobian
    let factor = sample.scale
    let centre = sample.centre
    let season = sample.season
    fitted = run.predictions.enumerated().map { factor * season.seasonal($0.element + centre, at: $0.offset) }
  }

  /// The recursion with the fitted parameters.
  var recursion: ThetaRecursion {
    ThetaRecursion(alpha: parameters.alpha, weight: weight, isDynamic: form.isDynamic)
  }

  /// The base periods in the cycle that was taken out; 1 where none was.
  public var seasonalPeriod: Int { max(season.indices.count, 1) }

  /// The number of free parameters, σ² and the indices' free ones among them.
  public var parameterCount: Int {
    form.freedom + 1 + (form.isDynamic ? 0 : 1) + max(season.indices.count - 1, 0)
  }

  /// The predictive mean of the next `horizon` base periods.
  public func mean(_ horizon: Int) -> [Double] {
    let first = origin.distance(to: series.end) + 1
    return recursion.path(horizon, from: state).enumerated().map {
      scale * season.seasonal($0.element + centre, at: first + $0.offset)
    }
  }
}

extension FittedTheta {
  /// True: the search has one dimension, which it goes through from end to end.
  public var hasConverged: Bool { true }

  /// α and θ, levels and line, criteria and how the search ended.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let alphaError = uncertainty.standardError(0)
    summary.coefficients = [
      FitSummary.Coefficient(
        name: "alpha", estimate: parameters.alpha, standardError: alphaError > 0 ? alphaError : nil),
      FitSummary.Coefficient(name: "theta", estimate: parameters.theta),
    ]
    func fact(_ name: String, _ value: Double, unit: String) {
      summary.facts.append(FitSummary.Fact(name: name, value: value, unit: unit))
    }
    fact("initial level", parameters.initialLevel, unit: series.unit)
    fact("final level", scale * (state.level + (1 - weight) * centre), unit: series.unit)
    fact("slope of the line", scale * state.line.slope, unit: series.unit)
    if !season.indices.isEmpty && season.indices.count <= 24 {
      let first = origin.distance(to: series.end) + 1
      for step in season.indices.indices {
        let index = season.index(first + step)
        fact(
          "season of \(series.end + (step + 1))", season.isMultiplicative ? index : scale * index,
          unit: season.isMultiplicative ? "" : series.unit)
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
    summary.convergence = "\(convergence.status.rawValue) after \(convergence.evaluations) evaluations"
    if form.isOptimised && weight <= 0 { summary.notes.append("theta at its bound 1: no drift") }
    if season.indices.isEmpty {
      summary.notes.append("no season was taken out")
    } else {
      summary.notes.append(
        "a season of \(season.indices.count) periods was taken out by "
          + (season.isMultiplicative ? "multiplication" : "addition"))
    }
    if summary.missing > 0 {
      summary.notes.append("a missing value moves the level along the prediction and not the line")
    }
    return summary
  }
}

extension FittedTheta: StatefulFit {
  mutating func restart() {
    state = initialState
    nudged = ThetaNudge(recursion, initialState)
  }

  /// Runs on over observations whose first is `first` periods after the origin.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    let recursion = self.recursion
    for (step, observation) in observations.enumerated() {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      if let value = observation.value { try requireRange(value, unit: scale, model: name, series: series) }
      let time = first + step
      let value = observation.value.map { season.adjusted($0 / scale, at: time) - centre } ?? .nan
      let predicted = recursion.prediction(state)
      fitted.append(scale * season.seasonal(predicted + centre, at: time))
      recursion.advance(&state, value: value, predicted: predicted, extendsLine: true)
      _ = nudged.advance(value)
    }
  }
}

extension FittedTheta: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.theta", version: 1)]

  /// The model with the last two cycles of its series (24 observations at least), a few kilobytes.
  var saved: SavedFields {
    tail(
      cycle: seasonalPeriod,
      behind: [
        "name": name, "form": form, "parameters": parameters, "weight": weight, "variance": variance,
        "degreesOfFreedom": degreesOfFreedom, "squares": squares, "logLikelihood": logLikelihood,
        "status": convergence.status, "evaluations": convergence.evaluations, "observedCount": observedCount,
        "origin": origin,
        "season": season, "scale": scale, "centre": centre, "initialState": initialState, "state": state,
        "nudged": nudged, "uncertainty": uncertainty,
      ])
  }

  init(_ saved: SavedReader) throws {
    name = try saved.name
    form = try saved.form
    parameters = try saved.parameters
    weight = try saved.weight
    variance = try saved.variance
    degreesOfFreedom = try saved.degreesOfFreedom
    squares = try saved.squares
    logLikelihood = try saved.logLikelihood
    convergence = Convergence(try saved.status, evaluations: try saved.evaluations)
    observedCount = try saved.observedCount
    origin = try saved.origin
    season = try saved.season
    scale = try saved.scale
    centre = try saved.centre
    initialState = try saved.initialState
    state = try saved.state
    nudged = try saved.nudged
    uncertainty = try saved.uncertainty
    series = try saved.series
    fitted = try saved.fitted
  }

  func requireSound() throws(UnsoundFit) {
    try require(variance >= 0 && degreesOfFreedom >= 1, "variance", "is not a variance")
    try require(scale > 0, "scale", "is not a unit")
    try require(
      season.indices.count == season.errors.count, "season", "does not have an error for each index")
    try require(uncertainty.factor.count == 9, "uncertainty", "is not that of three parameters")
    try requireTail(origin: origin)
  }
}
