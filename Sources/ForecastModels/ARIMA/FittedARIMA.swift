public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// An ARIMA model fitted to a series.
public struct FittedARIMA: FittedForecaster {
  /// The orders.
  public let order: ARIMAOrder
  /// Whether a mean or drift was estimated.
  public let hasConstant: Bool
  /// The series that was fitted.
  public let series: TimeSeries
  /// φ, θ, Φ and Θ.
  public let coefficients: ARIMACoefficients
  /// The exact Gaussian log-likelihood of the figures given the first d + mD; `nil` for a perfect fit.
  public let logLikelihood: Double?
  /// The one-step predictions, `nil` for spans and for the values that differencing uses up.
  ///
  /// With missing values the unknowns among earlier values are at their estimates from the whole series.
  public let fitted: [Double?]
  /// How the search ended.
  public let convergence: ARIMAConvergence
  /// The figures that count in the likelihood: observed ones less d + mD.
  public let effectiveCount: Int
  let estimates: ARIMAEstimates
  let sample: ARIMASample
  let unknowns: [Double]

  init(
    series: TimeSeries, search: ARIMASearch, optimum: ARIMASearch.Optimum, spread: ARIMASpread = .exact
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
    covariance: Matrix?, convergence: ARIMAConvergence, spread: ARIMASpread = .exact,
    holding held: ARIMAEstimates? = nil
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
    self.sample = sample
    self.convergence = convergence
    effectiveCount = sample.effective
    unknowns = solution.unknowns
    let scale = sample.scale
    logLikelihood = solution.isPerfect ? nil : objective.logLikelihood(solution)
    estimates =
      held
      ?? ARIMAEstimates(
        objective, solution: solution, partials: partials, covariance: covariance, spread: spread)
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
    return sample.regressors.names.isEmpty ? name : "Regression with \(name) errors"
  }

  /// The coefficients of external variables.
  var regressionCoefficients: [FitSummary.Coefficient] {
    sample.regressors.names.enumerated().map { k, name in
      FitSummary.Coefficient(
        name: name, estimate: estimates.regression[k], standardError: estimates.regressionStandardErrors[k])
    }
  }

  /// The number of free parameters, σ² among them, as R counts them.
  public var parameterCount: Int {
    order.armaCount + sample.regressors.names.count + (hasConstant ? 1 : 0) + 1
  }

  /// Akaike's corrected criterion; `nil` for a perfect fit or too few figures for it.
  public var aicc: Double? {
    let k = Double(parameterCount)
    let n = Double(effectiveCount)
    guard let logLikelihood, n > k + 1 else { return nil }
    return -2 * logLikelihood + 2 * k * n / (n - k - 1)
  }
}

extension FittedARIMA: UpdatableForecaster {
  /// The same coefficients, constant, σ² and uncertainty, with the state brought to the end of another series.
  ///
  /// - Throws: What `ARIMA.fit` throws for the series.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try updated(to: series, regressors: .none)
  }

  func updated(to series: TimeSeries, regressors: ARIMARegressors) throws(ForecastError) -> FittedARIMA {
    let sample = try ARIMASample(
      series, model: name, difference: order.difference, seasonalDifference: order.seasonalDifference,
      period: order.period, regressors: regressors)
    return try FittedARIMA(
      series: series, objective: ARIMAObjective(sample, order: order, hasConstant: hasConstant),
      coefficients: coefficients, partials: nil, covariance: nil, convergence: convergence,
      holding: estimates)
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
    summary.convergence =
      "\(convergence.status.rawValue) after \(convergence.evaluations) evaluations, "
      + "largest gradient \(convergence.gradientNorm)"
    if order.lost > 0 {
      summary.notes.append("the likelihood is that of the figures after the first \(order.lost) periods")
    }
    return summary
  }
}
