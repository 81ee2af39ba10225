/// A forecasting model: an immutable value that can be fitted to a series and, unfitted, cannot forecast.
///
/// A model without external variables implements `fit(_:)`; one that takes them also implements `fit(_:regressors:)`.
public protocol Forecaster<Fitted>: Sendable {
  /// What a fit returns: the only thing that can forecast.
  associatedtype Fitted: FittedForecaster

  /// The name of the model with its options, in the field's terms.
  var name: String { get }

  /// Whether the model takes external variables; false by default.
  var takesRegressors: Bool { get }

  /// The model fitted to a series, spans and missing values as they are.
  ///
  /// - Throws: `ForecastError` when the series is too short, outside the model's domain, or of a form it refuses.
  func fit(_ series: TimeSeries) throws(ForecastError) -> Fitted

  /// The model fitted to a series and the external variables over its periods, if any are given.
  ///
  /// The default refuses external variables.
  ///
  /// - Throws: `ForecastError.unsupported` for a model that takes no external variables, `.missingRegressor` for a period
  ///   without values, and what `fit(_:)` throws.
  func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Fitted
}

extension Forecaster {
  /// False: the model takes no external variables.
  public var takesRegressors: Bool { false }

  /// The model fitted to a series; external variables are refused.
  ///
  /// - Throws: `ForecastError.unsupported` for external variables, and what `fit(_:)` throws.
  public func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Fitted {
    guard regressors == nil else { throw .unsupported(model: name, capability: "external variables") }
    return try fit(series)
  }
}

/// A model fitted to a series.
///
/// A type that conforms implements `distribution(_:regressors:)`, and `updated(to:regressors:)` where its parameters can be
/// held on later data; `forecast` and the rest follow.
public protocol FittedForecaster: Sendable {
  /// The name of the model with its options.
  var name: String { get }

  /// The series that forecasts follow: the one fitted, with later observations where some were taken in.
  var series: TimeSeries { get }

  /// The fitted value of each observation, on the scale of the observation (a span's sum, mean or last).
  ///
  /// `nil` where the model has none (the first values of a difference model).
  var fitted: [Double?] { get }

  /// What an econometrician asks of a fit: coefficients, criteria, diagnostics.
  var summary: FitSummary { get }

  /// The seed of the sample paths of its forecasts.
  var seed: UInt64 { get }

  /// Whether forecasts and updates need external variables; false by default.
  var usesRegressors: Bool { get }

  /// The joint distribution of the next `horizon` base periods, parameter and noise uncertainty included.
  ///
  /// Call `forecast(_:regressors:)`, which checks the arguments.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without values, `.numerics` where a number overflows.
  func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution

  /// Whether later observations correct the forecast, parameters held: not so for a curve in time. False by default.
  var followsObservations: Bool { get }

  /// The values that `updated(to:regressors:)` takes from a series; all by default.
  func valuesTaken(from series: TimeSeries) -> TakenValues

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// A series that begins with the first period fitted is gone through from there, so that revised values count; of any
  /// other, a model that carries its state takes only the values after the end of the fit (`valuesTaken(from:)`). External
  /// variables are those over what is new of the series, or over all of it where it begins with the fitted one.
  ///
  /// - Throws: `ForecastError.unsupported` for a model whose parameters cannot be held, `.missingRegressor`, `.data` for a
  ///   series of another frequency, and what `fit` throws.
  func updated(to series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Self

  /// The fit with later observations taken in: parameters stay, the state moves on.
  ///
  /// Cost: that of `updated(to:regressors:)` for the whole series in general; a model that carries its state goes through
  /// only the new periods.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and what `updated(to:regressors:)`
  ///   throws.
  func appending(_ observations: [Observation], regressors: Regressors?) throws(ForecastError) -> Self
}

/// The values of a series that a fit whose parameters are held goes through.
public enum TakenValues: Sendable, Hashable {
  /// All of them.
  case all
  /// Only those after the end of the fit; all of them, had the series begun with the fit's first period.
  case later(origin: Period)
  /// None: the forecast follows from the parameters.
  case none
}

/// The longest horizon that a forecast is made for, in base periods: totals and some margins take its square.
public let longestHorizon = 10_000

extension FittedForecaster {
  /// Observation minus fitted value, `nil` where either is missing.
  public var residuals: [Double?] {
    zip(series.observations, fitted).map { observation, fitted in
      guard let value = observation.value, let fitted else { return nil }
      return value - fitted
    }
  }

  /// The joint predictive distribution of the next `horizon` base periods, parameter and noise uncertainty included.
  ///
  /// The first step is the base period after the last observation. A fit with external variables needs their values over
  /// the horizon.
  ///
  /// ```swift
  /// let outlook = try ETS(.init(.additive, .none, .none)).fit(series).forecast(12)
  /// let given = try LinearRegression().fit(series, regressors: history).forecast(12, regressors: assumed)
  /// ```
  ///
  /// - Throws: `ForecastError.invalidOption` for a horizon outside 1…`longestHorizon` and for external variables that the
  ///   fit does not use, `.missingRegressor` for a period of the horizon without values, `.numerics` where a number
  ///   overflows.
  public func forecast(_ horizon: Int, regressors: Regressors? = nil) throws(ForecastError) -> Forecast {
    guard (1...longestHorizon).contains(horizon) else {
      throw .invalidOption(
        name: "horizon", value: "\(horizon)", reason: "must be between 1 and \(longestHorizon) periods")
    }
    try refuseUnused(regressors)
    return Forecast(
      model: name, series: series, distribution: try distribution(horizon, regressors: regressors), seed: seed
    )
  }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// - Throws: what `updated(to:regressors:)` throws.
  public func updated(to series: TimeSeries) throws(ForecastError) -> Self {
    try updated(to: series, regressors: nil)
  }

  /// The fit with later observations taken in: parameters stay, the state moves on.
  ///
  /// - Throws: what `appending(_:regressors:)` throws.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> Self {
    try appending(observations, regressors: nil)
  }

  /// Refuses external variables that the fit does not use.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  public func refuseUnused(_ regressors: Regressors?) throws(ForecastError) {
    guard let regressors, !usesRegressors else { return }
    throw .invalidOption(
      name: "regressors", value: regressors.names.joined(separator: ", "),
      reason: "this fit of \(name) uses no external variables")
  }
}

/// What a fit has by default: no external variables and no state.
extension FittedForecaster {
  /// The library's usual seed.
  public var seed: UInt64 { Forecast.usualSeed }

  /// False: no external variables.
  public var usesRegressors: Bool { false }

  /// False.
  public var followsObservations: Bool { false }

  /// All of them.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .all }

  /// Refused: the model cannot hold its parameters on later data.
  ///
  /// - Throws: `ForecastError.unsupported`.
  public func updated(to series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Self {
    throw .unsupported(model: name, capability: "updates with its parameters held")
  }

  /// The model brought to the end of the series with the observations behind it, at the cost of `updated(to:regressors:)`.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and what `updated(to:regressors:)`
  ///   throws.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> Self {
    try updated(to: series.appending(observations), regressors: regressors)
  }
}
