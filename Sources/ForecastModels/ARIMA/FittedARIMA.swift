public import Forecasting
public import ForesightNumerics
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
  public let convergence: Convergence
  /// The figures that count in the likelihood: observed ones less d + mD.
  public let effectiveCount: Int
  let estimates: ARIMAEstimates
  /// The first period fitted, which a drift counts from.
  let origin: Period
  var state: ARIMAState
  /// The external variables that later observations go with.
  var known: Regressors?
  /// The external variables that never change over the series, and so have no effect that could be known.
  var constantVariables: [String] = []

  /// What stays of an earlier fit whose filters run again: estimates, likelihood and the figures that count in it.
  struct Held {
    let estimates: ARIMAEstimates
    let logLikelihood: Double?
    let effectiveCount: Int

    init(_ estimates: ARIMAEstimates, _ logLikelihood: Double?, _ effectiveCount: Int) {
      self.estimates = estimates
      self.logLikelihood = logLikelihood
      self.effectiveCount = effectiveCount
    }
  }

  /// The fit at the optimum of a search.
  init(
    series: TimeSeries, search: ARIMASearch, optimum: ARIMASearch.Optimum, spread: Spread = .exact
  ) throws(ForecastError) {
    let objective = search.objective
    let parts = ARIMAPartials(objective.order, optimum.partials.map { ARMAJet($0) })
    // Its evaluations count among those of the search.
    let covariance = optimum.value.isFinite ? search.covariance(optimum.partials) : nil
    try self.init(
      series: series, objective: objective, coefficients: parts.coefficients,
      convergence: Convergence(
        optimum.status, evaluations: objective.evaluations, gradientNorm: optimum.gradientNorm)
    ) { solution in
      ARIMAEstimates(
        objective, solution: solution, partials: optimum.partials, covariance: covariance, spread: spread)
    }
  }

  /// The fit with given coefficients: what was held of an earlier one, or mean or drift and σ² estimated.
  init(
    series: TimeSeries, objective: ARIMAObjective, coefficients: ARIMACoefficients,
    convergence: Convergence, held: Held? = nil
  ) throws(ForecastError) {
    try self.init(
      series: series, objective: objective, coefficients: coefficients, convergence: convergence, held: held
    ) { solution in
      ARIMAEstimates(objective, solution: solution, partials: nil, covariance: nil, spread: .exact)
    }
  }

  private init(
    series: TimeSeries, objective: ARIMAObjective, coefficients: ARIMACoefficients,
    convergence: Convergence, held: Held? = nil,
    estimating: (ARIMAObjective.Solution) -> ARIMAEstimates
  ) throws(ForecastError) {
    let order = objective.order
    let sample = objective.sample
    let label = ARIMA.name(order, hasConstant: objective.hasConstant)
    let columns = sample.places.count + objective.parameterCount - order.armaCount - 1
    guard PartialAutocorrelation.partials(coefficients.ar) != nil,
      PartialAutocorrelation.partials(coefficients.seasonalAR) != nil
    else {
      throw .invalidOption(name: "ar", value: "\(coefficients.ar)", reason: "is not stationary")
    }
    guard let solution = objective.solution(coefficients) else {
      throw .numerics(model: label, series: series.name, .rankDeficient(rank: 0, columns: columns))
    }
    self.order = order
    hasConstant = objective.hasConstant
    self.series = series
    self.coefficients = coefficients
    self.convergence = convergence
    effectiveCount = held?.effectiveCount ?? sample.effective
    origin = series.start
    if let held {
      logLikelihood = held.logLikelihood
    } else {
      logLikelihood = solution.isPerfect ? nil : objective.logLikelihood(solution)
    }
    let estimates = held?.estimates ?? estimating(solution)
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
    let scale = sample.scale
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
    return state.names.isEmpty ? name : "Regression with \(name) errors"
  }

  /// Whether the fit is a regression on external variables with ARIMA errors.
  public var usesRegressors: Bool { !state.names.isEmpty }

  /// The coefficients β of external variables with standard errors, in the order of the variables; empty without any.
  public var regressionCoefficients: [FitSummary.Coefficient] {
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
  /// Whether the optimizer reached an optimum.
  public var hasConverged: Bool { convergence.isOptimum }

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
      isOptimum: convergence.isOptimum)
    if !constantVariables.isEmpty {
      summary.notes.append(
        "left out, as the same in every period of the series: \(constantVariables.joined(separator: ", "))")
    }
    if order.lost > 0 {
      summary.notes.append(
        order.lost == 1
          ? "the likelihood is that of the figures after the first period"
          : "the likelihood is that of the figures after the first \(order.lost) periods")
    }
    return summary
  }
}

extension FittedARIMA: SavedFit {
  static let envelopes = [
    ModelEnvelope("foresight.arima", version: 2), ModelEnvelope("foresight.explanatory-arima", version: 1),
  ]

  /// The first of the formats; the second for a regression on external variables.
  var envelope: ModelEnvelope { FittedARIMA.envelopes[usesRegressors ? 1 : 0] }

  /// Estimates and state with the last two cycles of the series, some kilobytes whatever its length.
  var saved: SavedFields {
    tail(
      cycle: order.period,
      behind: [
        "order": order, "hasConstant": hasConstant, "coefficients": coefficients, "estimates": estimates,
        "convergence": convergence, "logLikelihood": logLikelihood, "effectiveCount": effectiveCount,
        "origin": origin, "state": state,
      ])
  }

  /// Version 1 held the whole series and no state: it is filtered again.
  init(_ saved: SavedReader) throws {
    let order: ARIMAOrder = try saved.order
    let hasConstant: Bool = try saved.hasConstant
    let coefficients: ARIMACoefficients = try saved.coefficients
    let estimates: ARIMAEstimates = try saved.estimates
    let convergence: Convergence = try saved.convergence
    let series: TimeSeries = try saved.series
    try order.requireSound(hasConstant: hasConstant)
    try require(coefficients.fit(order), "coefficients", "are not those of ARIMA\(order)")
    try require(estimates.fits(order), "estimates", "are not those of ARIMA\(order)")
    guard saved.version > 1 || saved.format != FittedARIMA.envelopes[0].format else {
      try require(series.periodCount > order.lost, "series", "is too short for ARIMA\(order)")
      let sample = try ARIMASample(
        series, model: ARIMA.name(order, hasConstant: hasConstant), difference: order.difference,
        seasonalDifference: order.seasonalDifference, period: order.period)
      try require(sample.effective >= 1, "series", "is too short for ARIMA\(order)")
      try self.init(
        series: series, objective: ARIMAObjective(sample, order: order, hasConstant: hasConstant),
        coefficients: coefficients, convergence: convergence, estimating: { _ in estimates })
      return
    }
    try self.init(kept: saved)
  }

  /// The fit whose state was kept.
  private init(kept saved: SavedReader) throws {
    order = try saved.order
    hasConstant = try saved.hasConstant
    coefficients = try saved.coefficients
    estimates = try saved.estimates
    convergence = try saved.convergence
    series = try saved.series
    logLikelihood = try saved.logLikelihood
    effectiveCount = try saved.effectiveCount
    origin = try saved.origin
    fitted = try saved.fitted
    state = try saved.state
  }

  func requireSound() throws(UnsoundFit) {
    try requireTail(origin: origin)
    try require(
      origin.distance(to: series.end) + 1 == state.length, "origin", "is not the first period of the state")
    try require(
      state.fits(order, hasConstant: hasConstant) && estimates.regression.count == state.names.count
        && estimates.regressionStandardErrors.count == state.names.count, "state",
      "is not one of ARIMA\(order)")
  }
}

extension ARIMAOrder {
  /// Refuses orders that no model is fitted with.
  func requireSound(hasConstant: Bool) throws(UnsoundFit) {
    let seasonal = [seasonalAR, seasonalDifference, seasonalMA]
    try require(
      ([ar, difference, ma] + seasonal).allSatisfy { (0...1000).contains($0) }, "order", "is out of range")
    try require(period > 1 || seasonal == [0, 0, 0], "order", "has a season without a period")
    try require(
      period <= 100_000 && longAR <= 100_000 && longMA <= 100_000 && lost <= 100_000, "order",
      "reaches back over too many periods")
    try require(
      !hasConstant || difference + seasonalDifference <= 1, "hasConstant",
      "cannot be true with two differences")
  }
}

extension ARIMACoefficients {
  /// Whether there are as many as an order asks for.
  func fit(_ order: ARIMAOrder) -> Bool {
    [ar, ma, seasonalAR, seasonalMA].map(\.count) == [order.ar, order.ma, order.seasonalAR, order.seasonalMA]
  }
}

extension ARIMAEstimates {
  /// Whether the lists have the lengths of an order's.
  func fits(_ order: ARIMAOrder) -> Bool {
    variance >= 0 && degreesOfFreedom >= 1 && standardErrors.count == order.armaCount
      && spread.innovation >= 0 && spread.degreesOfFreedom.map { $0 > 0 } ?? true
      && partials.map { $0.count == order.armaCount } ?? directions.isEmpty
      && directions.allSatisfy { $0.count == order.armaCount }
  }
}
