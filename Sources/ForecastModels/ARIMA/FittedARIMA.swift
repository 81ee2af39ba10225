public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// An ARIMA model fitted to a series.
public struct FittedARIMA: FittedForecaster {
  /// The orders.
  public let order: ARIMAOrder
  /// Whether a mean or drift was estimated.
  public let hasConstant: Bool
  /// The series that forecasts follow: the one fitted, with later observations where some were taken in.
  public internal(set) var series: TimeSeries
  /// φ, θ, Φ and Θ.
  public let coefficients: ARIMACoefficients
  /// The exact Gaussian log-likelihood of the figures fitted given the first d + mD; `nil` for a perfect fit.
  public let logLikelihood: Double?
  /// The one-step predictions, `nil` for spans and for the values that differencing uses up.
  ///
  /// With missing values the unknowns among earlier values are at their estimates from the whole series fitted.
  public internal(set) var fitted: [Double?]
  /// How the search ended.
  public let convergence: ARIMAConvergence
  /// The figures that count in the likelihood: observed ones less d + mD.
  public let effectiveCount: Int
  let estimates: ARIMAEstimates
  /// The first period fitted, which a drift counts from.
  let origin: Period
  var state: ARIMAState
  /// The external variables that later observations go with.
  var known: Regressors?

  init(
    series: TimeSeries, search: ARIMASearch, optimum: ARIMASearch.Optimum, spread: Spread = .exact
  ) throws(ForecastError) {
    let objective = search.objective
    let parts = ARIMAPartials(objective.order, optimum.partials.map { ARMAJet($0) })
    let covariance = optimum.value.isFinite ? search.covariance(optimum.partials) : nil
    try self.init(
      series: series, objective: objective, coefficients: parts.coefficients, partials: optimum.partials,
      covariance: covariance,
      convergence: ARIMAConvergence(
        status: optimum.status, gradientNorm: optimum.gradientNorm, evaluations: objective.evaluations),
      spread: spread)
  }

  init(
    series: TimeSeries, objective: ARIMAObjective, coefficients: ARIMACoefficients, partials: [Double]?,
    covariance: Matrix?, convergence: ARIMAConvergence, spread: Spread = .exact,
    holding held: FittedARIMA? = nil
  ) throws(ForecastError) {
    try self.init(
      series: series, objective: objective, coefficients: coefficients, partials: partials,
      covariance: covariance, convergence: convergence, spread: spread, estimates: held?.estimates,
      logLikelihood: held.map { $0.logLikelihood }, effectiveCount: held?.effectiveCount)
  }

  init(
    series: TimeSeries, objective: ARIMAObjective, coefficients: ARIMACoefficients, partials: [Double]?,
    covariance: Matrix?, convergence: ARIMAConvergence, spread: Spread, estimates held: ARIMAEstimates?,
    logLikelihood: Double??, effectiveCount: Int?
  ) throws(ForecastError) {
    let order = objective.order
    let sample = objective.sample
    let label = ARIMA.name(order, hasConstant: objective.hasConstant)
    let columns = sample.unknowns.count + objective.parameterCount - order.armaCount - 1
    guard PartialAutocorrelation.partials(coefficients.ar) != nil,
      PartialAutocorrelation.partials(coefficients.seasonalAR) != nil
    else {
      throw .invalidOption(name: "ar", value: "\(coefficients.ar)", reason: "is not stationary")
    }
    guard let solution = objective.solution(coefficients) else {
      throw .numerics(
        model: label, series: series.name,
        .rankDeficient(rank: 0, columns: columns))
    }
    self.order = order
    hasConstant = objective.hasConstant
    self.series = series
    self.coefficients = coefficients
    self.convergence = convergence
    self.effectiveCount = effectiveCount ?? sample.effective
    origin = series.start
    let scale = sample.scale
    self.logLikelihood =
      logLikelihood ?? (solution.isPerfect ? nil : objective.logLikelihood(solution))
    let estimates =
      held
      ?? ARIMAEstimates(
        objective, solution: solution, partials: partials, covariance: covariance, spread: spread)
    self.estimates = estimates
    guard let state = ARIMAState(objective, coefficients: coefficients, estimates: estimates) else {
      throw .numerics(model: label, series: series.name, .rankDeficient(rank: 0, columns: columns))
    }
    self.state = state
    var levels = sample.levels
    for (place, value) in zip(sample.places, solution.unknowns) {
      levels[place.index] -= value
      if let partner = place.partner { levels[partner] += value }
    }
    var place = 0
    fitted = series.observations.map { observation in
      defer { place += observation.span.count }
      guard observation.span.count == 1, place >= order.lost else { return nil }
      return (levels[place] - solution.innovations[place - order.lost]) * scale
    }
  }

  /// A model read from its encoded form.
  init(
    order: ARIMAOrder, hasConstant: Bool, coefficients: ARIMACoefficients, estimates: ARIMAEstimates,
    convergence: ARIMAConvergence, logLikelihood: Double?, effectiveCount: Int, origin: Period,
    series: TimeSeries, fitted: [Double?], state: ARIMAState
  ) {
    self.order = order
    self.hasConstant = hasConstant
    self.coefficients = coefficients
    self.estimates = estimates
    self.convergence = convergence
    self.logLikelihood = logLikelihood
    self.effectiveCount = effectiveCount
    self.origin = origin
    self.series = series
    self.fitted = fitted
    self.state = state
  }

  /// The mean (d + D = 0) or the drift a base period (d + D = 1); zero without one.
  public var constant: Double { estimates.constant }

  /// Its standard error; `nil` without one or for a perfect fit.
  public var constantStandardError: Double? { estimates.constantStandardError }

  /// σ̂² = S/(ν − k): the generalised sum of squares over effective figures less coefficients.
  public var variance: Double { estimates.variance }

  /// ν − k.
  public var degreesOfFreedom: Int { estimates.degreesOfFreedom }

  /// `ARIMA(1,1,1)(0,1,1)[12] with drift`.
  public var name: String {
    let name = ARIMA.name(order, hasConstant: hasConstant)
    return state.names.isEmpty ? name : "Regression with \(name) errors"
  }

  /// The coefficients of external variables.
  var regressionCoefficients: [FitSummary.Coefficient] {
    state.names.enumerated().map { k, name in
      FitSummary.Coefficient(
        name: name, estimate: estimates.regression[k], standardError: estimates.regressionStandardErrors[k])
    }
  }

  /// The number of free parameters, σ² among them, as R counts them.
  public var parameterCount: Int {
    order.armaCount + state.names.count + (hasConstant ? 1 : 0) + 1
  }

  /// Akaike's corrected criterion; `nil` for a perfect fit or too few figures for it.
  public var aicc: Double? {
    let k = Double(parameterCount)
    let n = Double(effectiveCount)
    guard let logLikelihood, n > k + 1 else { return nil }
    return -2 * logLikelihood + 2 * k * n / (n - k - 1)
  }
}

extension FittedARIMA {
  /// Coefficients with standard errors, mean or drift, criteria and how the search ended.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let names =
      coefficients.ar.indices.map { "ar\($0 + 1)" } + coefficients.ma.indices.map { "ma\($0 + 1)" }
      + coefficients.seasonalAR.indices.map { "sar\($0 + 1)" }
      + coefficients.seasonalMA.indices.map { "sma\($0 + 1)" }
    let values = coefficients.ar + coefficients.ma + coefficients.seasonalAR + coefficients.seasonalMA
    for (index, name) in names.enumerated() {
      summary.coefficients.append(
        FitSummary.Coefficient(
          name: name, estimate: values[index], standardError: estimates.standardErrors[index]))
    }
    summary.coefficients += regressionCoefficients
    if hasConstant {
      let label = order.difference + order.seasonalDifference == 0 ? "mean" : "drift"
      summary.coefficients.append(
        FitSummary.Coefficient(name: label, estimate: constant, standardError: constantStandardError))
    }
    summary.degreesOfFreedom = Double(degreesOfFreedom)
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: parameterCount, observations: effectiveCount)
    } else {
      summary.notes.append("the model passes through every value: no likelihood or criteria")
    }
    summary.setConvergence(
      "\(convergence.status.rawValue) after \(convergence.evaluations) evaluations, "
        + "largest gradient \(NumberText.significant(convergence.gradientNorm, 3))",
      isOptimum: convergence.status != .evaluationLimit)
    if order.lost > 0 {
      summary.notes.append(
        order.lost == 1
          ? "the likelihood is that of the figures after the first period"
          : "the likelihood is that of the figures after the first \(order.lost) periods")
    }
    return summary
  }
}
