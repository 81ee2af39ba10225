public import Forecasting

/// Linear regression on time: trends, seasons, calendar effects and known events.
///
/// The mean of base period t is xₜβ, its noise N(0, σ²). An observation over a span has the sum (or mean) of its periods'
/// means and |S|σ² (σ²/|S|) for variance; nothing is interpolated, and missing values are left out. With a log response
/// log yₜ = xₜβ + noise, and a span follows log y_S ~ N(log Σ exp(xₜβ), σ²/|S|), an approximation on spans alone.
///
/// The predictive law of least squares is the joint Student t of n − p degrees of freedom with scale σ̂²I + XVXᵀ, exact for
/// every linear combination; a log response has its exponential.
///
/// ```swift
/// let model = LinearRegression([.intercept, .trend(), .seasonalDummies()])
/// let fit = try model.fit(series)
/// let outlook = try fit.forecast(12)
/// ```
///
/// Cost: O(n p²) for least squares with certified refinement.
public struct LinearRegression: Forecaster, Hashable, Codable {
  /// The parts of the mean.
  public var terms: [RegressionTerm]
  /// How the coefficients are estimated.
  public var estimator: RegressionEstimator
  /// The serial dependence of the errors.
  public var errors: RegressionErrors
  /// How the coefficients' covariance is estimated.
  public var covariance: CoefficientCovariance
  /// The precision of the base periods.
  public var weights: RegressionWeights
  /// Whether the regression is on log y.
  public var logResponse: Bool

  /// A regression on terms.
  public init(
    _ terms: [RegressionTerm] = [.intercept, .trend()], estimator: RegressionEstimator = .leastSquares,
    errors: RegressionErrors = .independent, covariance: CoefficientCovariance = .classic,
    weights: RegressionWeights = .equal, logResponse: Bool = false
  ) {
    self.terms = terms
    self.estimator = estimator
    self.errors = errors
    self.covariance = covariance
    self.weights = weights
    self.logResponse = logResponse
  }

  /// `Linear regression`, with the options that differ from least squares.
  public var name: String {
    var options: [String] = []
    switch estimator {
    case .leastSquares: break
    case .huber: options.append("Huber")
    case .tukey: options.append("Tukey")
    case .quantile(let tau): options.append("quantile \(tau)")
    }
    if case .autoregressive = errors { options.append("AR(1) errors") }
    if logResponse { options.append("log response") }
    return "Linear regression" + (options.isEmpty ? "" : " (\(options.joined(separator: ", ")))")
  }

  /// The coefficients fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below one more than the independent columns, `.notPositive` for a log
  ///   response, `.spanNotSupported` where the estimator has no exact form on spans, `.invalidOption` for a term or a
  ///   combination of options without meaning.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedLinearRegression {
    try fit(series, regressors: nil)
  }

  /// True: each external variable has a coefficient.
  public var takesRegressors: Bool { true }

  /// The coefficients fitted to a series and external variables, whose future the forecast is given.
  ///
  /// ```swift
  /// let fit = try LinearRegression().fit(series, regressors: history.selecting("oil price"))
  /// let outlook = try fit.forecast(12, regressors: assumed)
  /// ```
  ///
  /// - Throws: `ForecastError.missingRegressor` for an observed period without values, and what `fit(_:)` throws.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedLinearRegression {
    let design = try RegressionDesign(terms: terms, variables: regressors?.names ?? [], series: series)
    return FittedLinearRegression(try RegressionFit(self, series, design: design, regressors: regressors))
  }

  /// Whether the estimator is exact on spans (or has the stated convention for them).
  var takesSpans: Bool {
    switch (estimator, errors) {
    case (.quantile, _): false
    case (.leastSquares, .independent): true
    case (.leastSquares, .autoregressive(let method)): method == .maximumLikelihood && !logResponse
    case (.huber, _), (.tukey, _): !logResponse
    }
  }
}
