/// A forecasting model: an immutable value that can be fitted to a series and, unfitted, cannot forecast.
public protocol Forecaster<Fitted>: Sendable {
  /// What a fit makes: the only thing that can forecast.
  associatedtype Fitted: FittedForecaster

  /// The name of the model with its options, in the field's terms.
  var name: String { get }

  /// The model fitted to a series, spans and missing values as they are.
  ///
  /// - Throws: `ForecastError` when the series is too short, out of the model's domain, or of a form it refuses.
  func fit(_ series: TimeSeries) throws(ForecastError) -> Fitted
}

/// A model fitted to a series.
public protocol FittedForecaster: Sendable {
  /// The name of the model with its options.
  var name: String { get }

  /// The series that was fitted.
  var series: TimeSeries { get }

  /// The fitted value of each observation, on the scale of the observation (a span's sum, mean or last).
  ///
  /// `nil` where the model has none (the first values of a difference model).
  var fitted: [Double?] { get }

  /// What an econometrician asks of a fit: coefficients, criteria, diagnostics.
  var summary: FitSummary { get }

  /// The joint predictive distribution of the next `horizon` base periods.
  ///
  /// Parameter and noise uncertainty are in it. The first step is the base period after the last observation.
  ///
  /// - Precondition: the horizon is at least one period.
  func forecast(_ horizon: Int) -> Forecast
}

extension FittedForecaster {
  /// Observation minus fitted value, `nil` where either is missing.
  public var residuals: [Double?] {
    zip(series.observations, fitted).map { observation, fitted in
      guard let value = observation.value, let fitted else { return nil }
      return value - fitted
    }
  }
}

/// A model that explains a series by external variables, whose future values a forecast must be given.
public protocol RegressorAware<Fitted>: Sendable {
  /// What a fit makes; it forecasts only with future values.
  associatedtype Fitted: FittedWithRegressors

  /// The name of the model with its options.
  var name: String { get }

  /// The model fitted to a series and the variables over its periods.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without values, and what `Forecaster.fit` throws.
  func fit(_ series: TimeSeries, regressors: Regressors) throws(ForecastError) -> Fitted
}

/// A forecaster that also takes external variables: with them it is another model, which asks for their future.
public protocol RegressorExtensible: Forecaster {
  /// The model with external variables.
  associatedtype Explanatory: RegressorAware

  /// The same model with every external variable that its fit is given.
  var withRegressors: Explanatory { get }
}

/// A fitted model that needs the future of its regressors.
public protocol FittedWithRegressors: Sendable {
  /// The name of the model with its options.
  var name: String { get }
  /// The series that was fitted.
  var series: TimeSeries { get }
  /// The fitted value of each observation.
  var fitted: [Double?] { get }
  /// Coefficients, criteria, diagnostics.
  var summary: FitSummary { get }

  /// The joint predictive distribution of the next `horizon` base periods, given the variables over them.
  ///
  /// - Precondition: the horizon is at least one period.
  /// - Throws: `ForecastError.missingRegressor` for a period of the horizon without values.
  func forecast(_ horizon: Int, future: Regressors) throws(ForecastError) -> Forecast

  /// The same parameters with the state brought to the end of another series, given the variables over what is new of it
  /// – over all of it where it begins with the fitted one.
  ///
  /// - Throws: `ForecastError.missingRegressor`, and what `fit` would throw for the series.
  func updated(to series: TimeSeries, regressors: Regressors) throws(ForecastError) -> Self

  /// The values that `updated(to:regressors:)` takes from a series.
  func valuesTaken(from series: TimeSeries) -> TakenValues
}

extension FittedWithRegressors {
  /// All, as of a model that goes through whatever it is given.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .all }
}
