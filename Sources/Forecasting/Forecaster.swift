internal import ForesightNumerics

/// A forecasting model: an immutable value that can be fitted to a series.
///
/// Only the fit can forecast.
///
/// A model without external variables implements `fit(_:)`; one that supports them also implements `fit(_:regressors:)`.
public protocol Forecaster<Fitted>: Sendable {
  /// What a fit returns: the only thing that can forecast.
  associatedtype Fitted: FittedForecaster

  /// The name of the model with its options, in the terms of the field.
  var name: String { get }

  /// Whether the model supports external variables; false by default.
  var takesRegressors: Bool { get }

  /// Fits the model to a series, with spans and missing values as they are.
  ///
  /// - Throws: `ForecastError` if the series is too short, outside the domain of the model, or of a form that it does not support.
  func fit(_ series: TimeSeries) throws(ForecastError) -> Fitted

  /// Fits the model to a series and to the external variables over its periods, if there are any.
  ///
  /// The default implementation throws if there are external variables.
  ///
  /// - Throws: `ForecastError.unsupported` for a model that does not support external variables, `.missingRegressor` for a period
  ///   without values, and the errors of `fit(_:)`.
  func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Fitted
}

extension Forecaster {
  /// False: the model does not support external variables.
  public var takesRegressors: Bool { false }

  /// Fits the model to a series without external variables.
  ///
  /// - Throws: `ForecastError.unsupported` if there are external variables, and the errors of `fit(_:)`.
  public func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Fitted {
    guard regressors == nil else { throw .unsupported(model: name, capability: "external variables") }
    return try fit(series)
  }
}

/// A model fitted to a series.
///
/// A conforming type has a `name`, the `series` and `distribution(_:regressors:)`, and `updated(to:regressors:)` if its parameters can be
/// kept fixed on new observations; `forecast` and the rest follow. `fitted` and `summary` have plain defaults.
public protocol FittedForecaster: Sendable {
  /// The name of the model with its options.
  var name: String { get }

  /// The series that forecasts continue: the fitted series, with new observations if there are any.
  var series: TimeSeries { get }

  /// The fitted value of each observation, on the scale of the observation (a span's sum, mean or last).
  ///
  /// `nil` if the model has none, as for the first values of a model of differences.
  var fitted: [Double?] { get }

  /// Coefficients, information criteria and diagnostics.
  var summary: FitSummary { get }

  /// Whether the optimizer reached an optimum, or none was needed: whether the summary has no `shortfall`.
  ///
  /// Asked of every fit of a panel, so a model answers it without making its summary.
  var hasConverged: Bool { get }

  /// The seed of the sample paths of its forecasts.
  var seed: UInt64 { get }

  /// Whether forecasts and updates need external variables; false by default.
  var usesRegressors: Bool { get }

  /// Returns the joint distribution of the next `horizon` base periods, including parameter and noise uncertainty.
  ///
  /// Call `forecast(_:regressors:)`, which checks the arguments.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without values, `.numerics` if a number overflows.
  func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution

  /// Whether new observations change the forecast while the parameters stay fixed; they do not for a curve in time. False by default.
  var followsObservations: Bool { get }

  /// Returns which values of a series `updated(to:regressors:)` uses; all by default.
  func valuesTaken(from series: TimeSeries) -> TakenValues

  /// Returns the fit with the same parameters and with the state updated to the end of another series of the same kind.
  ///
  /// A series that begins with the first fitted period is rerun from there, so revised values count. From any
  /// other series, a model that carries its state uses only the values after the end of the fit (`valuesTaken(from:)`). External
  /// variables must cover the new part of the series, or all of it if it begins with the first fitted period.
  ///
  /// - Throws: `ForecastError.unsupported` for a model whose parameters cannot be kept fixed, `.missingRegressor`, `.data` for a
  ///   series of another frequency, and the errors of `fit`.
  func updated(to series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Self

  /// Returns the fit with new observations: the parameters stay fixed and the state is updated.
  ///
  /// Cost: in general, that of `updated(to:regressors:)` for the whole series; a model that carries its state processes
  /// only the new periods.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and the errors of `updated(to:regressors:)`.
  func appending(_ observations: [Observation], regressors: Regressors?) throws(ForecastError) -> Self
}

/// The values of a series that an update of a fit uses.
public enum TakenValues: Sendable, Hashable {
  /// All of them.
  case all
  /// Only those after the end of the fit; it would use all of them if the series began with the first fitted period.
  case later(origin: Period)
  /// None, because the forecast depends only on the parameters.
  case none
}

/// The longest horizon of a forecast, in base periods: totals and some marginal distributions cost its square.
public let longestHorizon = 10_000

extension FittedForecaster {
  /// The observations minus the fitted values; `nil` if either is missing.
  public var residuals: [Double?] {
    zip(series.observations, fitted).map { observation, fitted in
      guard let value = observation.value, let fitted else { return nil }
      return value - fitted
    }
  }

  /// Returns the joint predictive distribution of the next `horizon` base periods, including parameter and noise uncertainty.
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
  ///   fit does not use, `.missingRegressor` for a period of the horizon without values, `.notFinite` if the
  ///   forecast of a period overflows, and `.numerics` if another number does.
  public func forecast(_ horizon: Int, regressors: Regressors? = nil) throws(ForecastError) -> Forecast {
    guard (1...longestHorizon).contains(horizon) else {
      throw .invalidOption(
        name: "horizon", value: "\(horizon)", reason: "must be between 1 and \(longestHorizon) periods")
    }
    try refuseUnused(regressors)
    do throws(ForecastError) {
      let law = try distribution(horizon, regressors: regressors)
      // Where a path of means overflows, it does so in its last step.
      guard law.marginal(horizon - 1).mean.isFinite else {
        let step = (0..<horizon).first { !law.marginal($0).mean.isFinite } ?? horizon - 1
        throw .notFinite(model: name, series: series.name, span: PeriodSpan(series.end + 1 + step))
      }
      return Forecast(model: name, series: series, distribution: law, seed: seed)
    } catch {
      // A row of a distribution is a step of the forecast.
      guard case .numerics(let model, _, .nonFinite(let row, _)) = error, (0..<horizon).contains(row) else {
        throw error
      }
      throw .notFinite(model: model, series: series.name, span: PeriodSpan(series.end + 1 + row))
    }
  }

  /// Returns the fit with the same parameters and with the state updated to the end of another series of the same kind.
  ///
  /// - Throws: The errors of `updated(to:regressors:)`.
  public func updated(to series: TimeSeries) throws(ForecastError) -> Self {
    try updated(to: series, regressors: nil)
  }

  /// Returns the fit with new observations: the parameters stay fixed and the state is updated.
  ///
  /// - Throws: The errors of `appending(_:regressors:)`.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> Self {
    try appending(observations, regressors: nil)
  }

  /// Returns the fit with the values of the next base periods, `nil` for a missing one: `fit.appending([71.2, 69.8])`.
  ///
  /// - Throws: The errors of `appending(_:regressors:)`, and `ForecastError.data` for a value that is not finite.
  @_disfavoredOverload
  public func appending(_ values: [Double?], regressors: Regressors? = nil) throws(ForecastError) -> Self {
    try appending(series.next(values), regressors: regressors)
  }

  /// Returns `forecast(_:regressors:)`, under the name of its argument.
  ///
  /// - Throws: The errors of `forecast(_:regressors:)`.
  public func forecast(horizon: Int, regressors: Regressors? = nil) throws(ForecastError) -> Forecast {
    try forecast(horizon, regressors: regressors)
  }

  /// Throws if there are external variables that the fit does not use.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  public func refuseUnused(_ regressors: Regressors?) throws(ForecastError) {
    guard let regressors, !usesRegressors else { return }
    throw .invalidOption(
      name: "regressors", value: regressors.names.joined(separator: ", "),
      reason: "this fit of \(name) does not use external variables")
  }
}

/// The defaults of a fit: no fitted values, no coefficients, no external variables and no state.
extension FittedForecaster {
  /// No fitted values.
  public var fitted: [Double?] { [Double?](repeating: nil, count: series.count) }

  /// The name, the series and its counts.
  public var summary: FitSummary { FitSummary(model: name, of: series) }

  /// Whether the summary has no `shortfall`, at the cost of the summary.
  public var hasConverged: Bool { summary.shortfall == nil }

  /// The default seed of the library.
  public var seed: UInt64 { Forecast.usualSeed }

  /// False: no external variables.
  public var usesRegressors: Bool { false }

  /// False.
  public var followsObservations: Bool { false }

  /// All of them.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .all }

  /// Throws, because the model cannot keep its parameters fixed on new observations.
  ///
  /// - Throws: `ForecastError.unsupported`.
  public func updated(to series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Self {
    throw .unsupported(model: name, capability: "updates with fixed parameters")
  }

  /// Updates the fit to the end of the series with the observations appended, at the cost of `updated(to:regressors:)`.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and the errors of `updated(to:regressors:)`.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> Self {
    try updated(to: series.appending(observations), regressors: regressors)
  }
}
