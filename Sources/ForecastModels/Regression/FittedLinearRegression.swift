public import Forecasting
public import ForesightNumerics

/// A linear regression fitted to a series, with external variables where it was given some.
public struct FittedLinearRegression: FittedForecaster {
  var fit: RegressionFit

  init(_ fit: RegressionFit) { self.fit = fit }

  /// The model that was fitted.
  public var model: LinearRegression { fit.model }
  /// The name of the model with its options.
  public var name: String { fit.model.name }
  /// The series that forecasts follow: the one fitted, with later observations where some were taken in.
  public internal(set) var series: TimeSeries {
    get { fit.series }
    set { fit.series = newValue }
  }
  /// The fitted value of each observation on its own scale: the median curve, for a log response.
  public internal(set) var fitted: [Double?] {
    get { fit.fitted }
    set { fit.fitted = newValue }
  }
  /// The parameters in order, aliased ones left out.
  public var coefficients: [FitSummary.Coefficient] { fit.coefficients }
  /// The terms that others explain wholly, which R prints as NA; forecasts take their coefficient as zero.
  public var aliased: [String] { fit.aliased }
  /// The covariance of the parameters in their order.
  public var covariance: Matrix { fit.estimate.covariance }
  /// The standard deviation of a base period's noise, on the scale of the response.
  public var residualStandardError: Double { fit.estimate.scale }
  /// The residual degrees of freedom.
  public var degreesOfFreedom: Int { fit.estimate.degreesOfFreedom }
  /// What was minimised: Σw e², or Σρ_τ(e) of a quantile regression.
  public var objective: Double { fit.estimate.objective }
  /// ρ of autoregressive errors with its interval.
  public var autocorrelation: Estimate? { fit.estimate.autocorrelation }
  /// Whether the optimizer reached an optimum.
  public var hasConverged: Bool { !(fit.estimate.convergence?.hasPrefix("not ") ?? false) }

  /// Coefficients, criteria and tests of the residuals.
  public var summary: FitSummary { fit.summary }

  /// The joint predictive distribution of the next base periods, parameter and noise uncertainty included.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    try fit.distribution(horizon, future: regressors)
  }

  /// Whether the fit has external variables.
  public var usesRegressors: Bool { !fit.design.variables.isEmpty }
}

extension FittedLinearRegression: StatefulFit {
  var origin: Period { fit.origin }

  var known: Regressors? {
    get { fit.known }
    set { fit.known = newValue }
  }

  /// False: a curve in time goes on as it was.
  public var followsObservations: Bool { false }

  /// None but with autoregressive errors, whose state goes through a series from the first period fitted, else from its end.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    fit.dynamics == nil ? .none : series.start == origin ? .all : .later(origin: origin)
  }

  mutating func restart() { fit.restart() }

  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    try fit.take(observations, from: first)
  }
}

/// Coefficients, their covariance and σ are held; later observations move the end of the series and, with autoregressive
/// errors, the state of the filter.
extension RegressionFit {
  var origin: Period { basis.start }

  mutating func restart() {
    guard let state = dynamics else { return }
    dynamics = AutoregressiveDynamics(
      rho: state.rho, error: 0, regressors: state.regressors.map { _ in 0 }, variance: 1)
  }

  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    for observation in observations {
      guard let figure = observation.value else { continue }
      if model.logResponse, figure <= 0 {
        throw .notPositive(model: model.name, series: series.name, span: observation.span, value: figure)
      }
      if observation.span.count > 1, basis.rule != .last, !model.takesSpans {
        throw .spanNotSupported(model: model.name, series: series.name, span: observation.span)
      }
      for period in RegressionSample.periods(of: observation, basis.rule) {
        _ = try design.row(period, known, series: series.name)
      }
    }
    fitted += observations.map { mean(of: $0, known) }
    guard let state = dynamics, !observations.isEmpty else { return }
    let later = try TimeSeries(name: series.name, rule: basis.rule, observations: observations)
    let seen = try RegressionSample(later, design: design, regressors: known, model: model)
    let columns = seen.design(columns: kept)
    let beta = estimate.coefficients
    let explained = zip(state.regressors, beta).reduce(0) { $0 + $1.0 * $1.1 }
    let outcome = AutoregressiveFilter(place: seen.place, periods: later.periodCount).run(
      state.rho, kept.indices.map { columns.column($0) } + [seen.response],
      from: (errors: state.regressors + [state.error + explained], variance: state.variance))
    let states = Array(outcome.last.dropLast())
    dynamics = AutoregressiveDynamics(
      rho: state.rho,
      error: outcome.last[states.count] - zip(states, beta).reduce(0) { $0 + $1.0 * $1.1 },
      regressors: states, variance: outcome.variance)
  }
}

/// What an encoded regression keeps of its estimates; what follows from the series is made anew.
struct HeldRegression: Sendable, Codable {
  /// The columns that are independent of earlier ones.
  let kept: [Int]
  let coefficients: [Double]
  /// Column by column.
  let covariance: [Double]
  let scale: Double
  let degreesOfFreedom: Int
  let objective: Double
  let residuals: [Double]
  let logLikelihood: Double?
  let parameters: Int
  let autocorrelation: Estimate?
  let dynamics: AutoregressiveDynamics?
  let convergence: String?
  let notes: [String]

  init(_ fit: RegressionFit) {
    let estimate = fit.estimate
    kept = fit.kept
    coefficients = estimate.coefficients
    covariance = estimate.covariance.elements
    scale = estimate.scale
    degreesOfFreedom = estimate.degreesOfFreedom
    objective = estimate.objective
    residuals = estimate.residuals
    logLikelihood = estimate.logLikelihood
    parameters = estimate.parameters
    autocorrelation = estimate.autocorrelation
    dynamics = estimate.dynamics
    convergence = estimate.convergence
    notes = estimate.notes
  }

  /// Whether the parts belong to a regression of a model with so many columns.
  func fits(_ model: LinearRegression, columns: Int) -> Bool {
    let count = kept.count
    let isAutoregressive = model.errors != .independent
    return count >= 1 && kept == kept.sorted() && Set(kept).count == count
      && kept.allSatisfy { (0..<columns).contains($0) } && coefficients.count == count
      && covariance.count == count * count && scale >= 0 && degreesOfFreedom >= 1 && !residuals.isEmpty
      && (dynamics != nil) == isAutoregressive
      && dynamics.map { $0.isSound(columns: count) } ?? true
  }

  /// The estimates over a sample.
  func estimate(_ model: LinearRegression, _ sample: RegressionSample, periods: Int) -> RegressionEstimate {
    let regressors =
      if case .autoregressive(let method) = model.errors, let dynamics {
        autoregressiveDesign(sample, kept, method, rho: dynamics.rho, periods: periods)
      } else {
        sample.design(columns: kept)
      }
    return RegressionEstimate(
      coefficients: coefficients,
      covariance: Matrix(rows: kept.count, columns: kept.count, columnMajor: covariance), scale: scale,
      degreesOfFreedom: degreesOfFreedom, objective: objective, residuals: residuals, regressors: regressors,
      logLikelihood: logLikelihood, parameters: parameters, autocorrelation: autocorrelation,
      dynamics: dynamics, convergence: convergence, notes: notes)
  }
}

extension FittedLinearRegression: SavedFit {
  static let envelopes = [
    ModelEnvelope("foresight.regression", version: 1),
    ModelEnvelope("foresight.explanatory-regression", version: 1),
  ]

  /// The first of the formats; the second for a fit with external variables.
  var envelope: ModelEnvelope { FittedLinearRegression.envelopes[usesRegressors ? 1 : 0] }

  /// The estimates with the series estimated on and its variables, some forty bytes an observation; where later observations
  /// were taken in, the last two cycles and the state too.
  var saved: SavedFields {
    let fields: SavedFields = [
      "model": model, "variables": usesRegressors ? fit.design.variables : nil, "basis": fit.basis,
      "regressors": fit.regressors?.over(fit.basis.span), "estimates": HeldRegression(fit),
    ]
    guard series != fit.basis else { return fields }
    return tail(cycle: series.seasonalPeriod, behind: fields.merging(["dynamics": fit.dynamics]))
  }

  init(_ saved: SavedReader) throws {
    let model: LinearRegression = try saved.model
    let basis: TimeSeries = try saved.basis
    let held: HeldRegression = try saved.estimates
    let variables: [String]? = try saved.variables
    try model.requireSound(on: basis)
    let design = try RegressionDesign(terms: model.terms, variables: variables ?? [], series: basis)
    try require(held.fits(model, columns: design.names.count), "estimates", "are not those of the model")
    var fit = try RegressionFit(
      model, basis, design: design, regressors: try saved.regressors, holding: held)
    if let series: TimeSeries = try saved.series {
      fit.series = series
      fit.fitted = try saved.fitted
      fit.dynamics = try saved.dynamics
    }
    self.init(fit)
  }

  func requireSound() throws(UnsoundFit) {
    try requireTail(origin: fit.origin)
    try require(
      fit.estimate.residuals.count == fit.estimate.regressors.rows, "estimates",
      "do not have a residual for each observation")
    try require(
      fit.dynamics.map { $0.isSound(columns: fit.kept.count) } ?? (fit.estimate.dynamics == nil), "dynamics",
      "is not a state of the model")
  }
}

extension LinearRegression {
  /// Refuses a model whose design would not fit into memory.
  fileprivate func requireSound(on series: TimeSeries) throws(UnsoundFit) {
    for term in terms {
      let count =
        switch term {
        case .seasonalDummies(let period): period ?? series.seasonalPeriod
        case .fourier(_, let harmonics): harmonics
        default: 1
        }
      try require(count <= 10_000, "model", "has a term of too many columns")
    }
  }
}

extension AutoregressiveDynamics {
  /// Whether this is a state of a regression on so many columns.
  func isSound(columns: Int) -> Bool { abs(rho) <= 1 && regressors.count == columns && variance >= 0 }
}
