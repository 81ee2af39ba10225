internal import Forecasting
internal import ForesightNumerics

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
      && dynamics.map { abs($0.rho) <= 1 && $0.regressors.count == count && $0.variance >= 0 } ?? true
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

extension RegressionFit {
  private enum CodingKeys: String, CodingKey {
    case model, variables, basis, regressors, estimates, series, fitted, dynamics
  }

  /// Writes the estimates with the series estimated on and its variables, some forty bytes an observation; where later
  /// ones were taken in, the last two cycles and the state too.
  func write(_ envelope: ModelEnvelope, to encoder: any Encoder) throws {
    try envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    if !design.variables.isEmpty { try container.encode(design.variables, forKey: .variables) }
    try container.encode(basis, forKey: .basis)
    try container.encodeIfPresent(regressors?.over(basis.span), forKey: .regressors)
    try container.encode(HeldRegression(self), forKey: .estimates)
    guard series != basis else { return }
    let tail = series.tail(cycle: series.seasonalPeriod)
    try container.encode(tail, forKey: .series)
    try container.encode(Array(fitted.suffix(tail.count)), forKey: .fitted)
    try container.encodeIfPresent(dynamics, forKey: .dynamics)
  }

  /// Reads what `write` wrote.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no regression.
  init(_ envelope: ModelEnvelope, from decoder: any Decoder) throws {
    try envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
      guard holds else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
      }
    }
    let model = try container.decode(LinearRegression.self, forKey: .model)
    let basis = try container.decode(TimeSeries.self, forKey: .basis)
    let held = try container.decode(HeldRegression.self, forKey: .estimates)
    do {
      let design = try RegressionDesign(
        terms: model.terms, variables: container.decodeIfPresent([String].self, forKey: .variables) ?? [],
        series: basis)
      try require(held.fits(model, columns: design.names.count), .estimates, "are not those of the model")
      try self.init(
        model, basis, design: design,
        regressors: container.decodeIfPresent(Regressors.self, forKey: .regressors), holding: held)
    } catch let error as ForecastError {
      throw DecodingError.dataCorruptedError(forKey: .model, in: container, debugDescription: "\(error)")
    }
    guard let series = try container.decodeIfPresent(TimeSeries.self, forKey: .series) else { return }
    let fitted = try container.decode([Double?].self, forKey: .fitted)
    let dynamics = try container.decodeIfPresent(AutoregressiveDynamics.self, forKey: .dynamics)
    try require(
      series.frequency == basis.frequency && fitted.count == series.count, .fitted,
      "are not those of the series")
    try require(
      dynamics?.regressors.count == held.dynamics?.regressors.count, .dynamics, "is no state of the model")
    self.series = series
    self.fitted = fitted
    self.dynamics = dynamics
  }
}

extension FittedLinearRegression: Codable {
  static let envelope = ModelEnvelope("foresight.regression", version: 1)

  /// Writes the estimates with the series estimated on, some forty bytes an observation.
  public func encode(to encoder: any Encoder) throws {
    try fit.write(FittedLinearRegression.envelope, to: encoder)
  }

  /// Reads a regression; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no regression.
  public init(from decoder: any Decoder) throws {
    self.init(try RegressionFit(FittedLinearRegression.envelope, from: decoder))
  }
}

extension FittedExplanatoryRegression: Codable {
  static let envelope = ModelEnvelope("foresight.explanatory-regression", version: 1)

  /// Writes the estimates with the series estimated on and its variables.
  public func encode(to encoder: any Encoder) throws {
    try fit.write(FittedExplanatoryRegression.envelope, to: encoder)
  }

  /// Reads a regression; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no regression.
  public init(from decoder: any Decoder) throws {
    self.init(try RegressionFit(FittedExplanatoryRegression.envelope, from: decoder))
  }
}
