public import Forecasting
public import ForesightNumerics

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
/// let outlook = fit.forecast(12)
/// ```
///
/// Cost: O(n p²) for least squares with certified refinement.
public struct LinearRegression: RegressorExtensible, Hashable, Codable {
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

  /// The same regression with external variables, all of those given to `fit` or the named ones.
  public func explained(by variables: String...) -> ExplanatoryRegression {
    ExplanatoryRegression(self, variables: variables.isEmpty ? nil : variables)
  }

  /// The same regression with every external variable that its fit is given.
  public var withRegressors: ExplanatoryRegression { ExplanatoryRegression(self) }

  /// The coefficients fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below one more than the independent columns, `.notPositive` for a log
  ///   response, `.spanNotSupported` where the estimator has no exact form on spans, `.invalidOption` for a term or a
  ///   combination of options without meaning.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedLinearRegression {
    let design = try RegressionDesign(terms: terms, variables: [], series: series)
    return FittedLinearRegression(try RegressionFit(self, series, design: design, regressors: nil))
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

/// A regression on time fitted to a series.
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
  /// Coefficients, criteria and tests of the residuals.
  public var summary: FitSummary { fit.summary }

  /// The joint predictive distribution of the next base periods, parameter and noise uncertainty included.
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    do throws(ForecastError) {
      return try fit.forecast(horizon, future: nil)
    } catch {
      preconditionFailure("a finite fit has a finite forecast: \(error)")
    }
  }
}
