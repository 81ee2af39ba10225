public import Forecasting

extension ARIMA: RegressorExtensible {
  /// The regression on every variable that is given, with errors of this model.
  public var withRegressors: ExplanatoryARIMA { ExplanatoryARIMA(self) }
}

extension AutoARIMA: RegressorExtensible {
  /// The regression on every variable that is given, with errors of the order of least AICc.
  public var withRegressors: ExplanatoryAutoARIMA { ExplanatoryAutoARIMA(self) }
}

/// A regression whose errors are an ARIMA process: φ(B)Φ(B^m)(1 − B)^d(1 − B^m)^D (y_t − c·t^δ − β'x_t) = θ(B)Θ(B^m)ε_t.
///
/// β is concentrated out of the exact likelihood by generalised least squares, so that a variable costs one more filtered
/// column and no dimension of the search.
public struct ExplanatoryARIMA: RegressorAware {
  /// The model of the errors.
  public let base: ARIMA
  /// The variables used; `nil` for every one that is given.
  public let variables: [String]?

  /// A regression on variables with errors of a model.
  public init(_ base: ARIMA, variables: [String]? = nil) {
    self.base = base
    self.variables = variables
  }

  /// `Regression with ARIMA(1,0,0) errors`.
  public var name: String { "Regression with \(base.name) errors" }

  /// The coefficients fitted to a series and the variables over its periods.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without values, `.invalidOption` for variables that differences,
  ///   mean or each other make redundant, and what `ARIMA.fit` throws.
  public func fit(
    _ series: TimeSeries, regressors: Regressors
  ) throws(ForecastError) -> FittedExplanatoryARIMA {
    let columns = try ARIMARegressors(regressors, names: variables ?? regressors.names, over: series)
    let search = ARIMASearch(objective: try base.objective(series, regressors: columns))
    return FittedExplanatoryARIMA(try FittedARIMA(series: series, search: search, optimum: search.best()))
  }
}

/// A regression whose errors are the ARIMA process of least AICc.
///
/// The numbers of differences are chosen on the residuals of ordinary least squares, as R's `auto.arima` does.
public struct ExplanatoryAutoARIMA: RegressorAware {
  /// The choice of the errors' orders.
  public let base: AutoARIMA
  /// The variables used; `nil` for every one that is given.
  public let variables: [String]?

  /// A regression on variables with errors of a chosen order.
  public init(_ base: AutoARIMA = AutoARIMA(), variables: [String]? = nil) {
    self.base = base
    self.variables = variables
  }

  /// `Regression with AutoARIMA errors`.
  public var name: String { "Regression with \(base.name) errors" }

  /// The order of least AICc fitted to a series and the variables over its periods.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without values, and what `AutoARIMA.fit` throws.
  public func fit(
    _ series: TimeSeries, regressors: Regressors
  ) throws(ForecastError) -> FittedExplanatoryARIMA {
    let columns = try ARIMARegressors(regressors, names: variables ?? regressors.names, over: series)
    return FittedExplanatoryARIMA(try base.fit(series, regressors: columns))
  }
}

/// A regression with ARIMA errors fitted to a series.
public struct FittedExplanatoryARIMA: FittedWithRegressors {
  /// The errors' model with everything that was estimated.
  let fit: FittedARIMA

  init(_ fit: FittedARIMA) { self.fit = fit }

  /// `Regression with ARIMA(1,0,0) errors`.
  public var name: String { fit.name }
  /// The orders of the errors.
  public var order: ARIMAOrder { fit.order }
  /// φ, θ, Φ and Θ of the errors.
  public var errorCoefficients: ARIMACoefficients { fit.coefficients }
  /// The mean or drift of the errors; zero without one.
  public var constant: Double { fit.constant }
  /// β with standard errors, in the order of the variables.
  public var coefficients: [FitSummary.Coefficient] { fit.regressionCoefficients }
  /// σ̂² of the innovations.
  public var variance: Double { fit.variance }
  /// The exact Gaussian log-likelihood of the figures given the first d + mD; `nil` for a perfect fit.
  public var logLikelihood: Double? { fit.logLikelihood }
  /// Akaike's corrected criterion; `nil` for a perfect fit or too few figures for it.
  public var aicc: Double? { fit.aicc }
  /// The series that was fitted.
  public var series: TimeSeries { fit.series }
  /// The one-step predictions, `nil` for spans and for the values that differencing uses up.
  public var fitted: [Double?] { fit.fitted }
  /// Coefficients with standard errors, criteria and how the search ended.
  public var summary: FitSummary { fit.summary }

  /// The joint predictive distribution of the next base periods, given the variables over them.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period of the horizon without values.
  public func forecast(_ horizon: Int, future: Regressors) throws(ForecastError) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    var variables: [[Double]] = []
    for step in 1...horizon { variables.append(try fit.variables(fit.series.end + step, in: future)) }
    return fit.forecast(horizon, regressors: variables)
  }

  /// All of a series that begins with the first period fitted, else those after the end of the fit.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { fit.taken(from: series) }

  /// The same coefficients with the state brought to the end of another series, given the variables over what is new of it
  /// – over all of it where it begins with the fitted one.
  ///
  /// - Throws: `ForecastError.missingRegressor`, `.outsideForecast` for a series that neither begins with the fitted one
  ///   nor reaches past it, and what `ARIMA.fit` throws.
  public func updated(
    to series: TimeSeries, regressors: Regressors
  ) throws(ForecastError) -> FittedExplanatoryARIMA {
    guard series.start == fit.origin, series.frequency == fit.origin.frequency else {
      var copy = fit
      copy.known = regressors
      return FittedExplanatoryARIMA(try copy.extended(to: series))
    }
    let columns = try ARIMARegressors(regressors, names: fit.state.names, over: series)
    return FittedExplanatoryARIMA(try fit.refiltered(series, regressors: columns))
  }
}

extension FittedExplanatoryARIMA: Codable {
  static let envelope = ModelEnvelope("foresight.explanatory-arima", version: 1)

  /// Writes estimates and state with the last two cycles of the series.
  public func encode(to encoder: any Encoder) throws {
    try fit.write(FittedExplanatoryARIMA.envelope, to: encoder)
  }

  /// Reads a model; its forecasts are those of the model written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    fit = try FittedARIMA(FittedExplanatoryARIMA.envelope, from: decoder)
  }
}
