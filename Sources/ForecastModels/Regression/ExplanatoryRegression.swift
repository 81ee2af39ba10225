public import Forecasting
public import ForesightNumerics

/// A linear regression that also has external variables: a coefficient for each, their future given to the forecast.
///
/// ```swift
/// let model = LinearRegression([.intercept, .trend()]).explained(by: "oil price")
/// let outlook = try model.fit(series, regressors: history).forecast(12, future: assumed)
/// ```
public struct ExplanatoryRegression: RegressorAware {
  /// The regression that the variables are added to.
  public let base: LinearRegression
  /// The variables used; `nil` for every one that is given.
  public let variables: [String]?

  /// A regression on terms and variables.
  public init(_ base: LinearRegression, variables: [String]? = nil) {
    self.base = base
    self.variables = variables
  }

  /// The name of the regression.
  public var name: String { base.name }

  /// The coefficients fitted to a series and the variables over its periods.
  ///
  /// - Throws: `ForecastError.missingRegressor` for an observed period without values, and what `LinearRegression.fit`
  ///   throws.
  public func fit(
    _ series: TimeSeries, regressors: Regressors
  ) throws(ForecastError) -> FittedExplanatoryRegression {
    let design = try RegressionDesign(
      terms: base.terms, variables: variables ?? regressors.names, series: series)
    return FittedExplanatoryRegression(
      try RegressionFit(base, series, design: design, regressors: regressors))
  }
}

/// A regression with external variables fitted to a series.
public struct FittedExplanatoryRegression: FittedWithRegressors {
  let fit: RegressionFit

  init(_ fit: RegressionFit) { self.fit = fit }

  /// The name of the model with its options.
  public var name: String { fit.model.name }
  /// The series that forecasts follow: the one fitted, with later observations where some were taken in.
  public var series: TimeSeries { fit.series }
  /// The fitted value of each observation; `nil` for a missing one whose variables are unknown.
  public var fitted: [Double?] { fit.fitted }
  /// The parameters in order, aliased ones left out.
  public var coefficients: [FitSummary.Coefficient] { fit.coefficients }
  /// The terms that others explain wholly, which R prints as NA.
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

  /// The joint predictive distribution of the next base periods, given the variables over them.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period of the horizon without values.
  public func forecast(_ horizon: Int, future: Regressors) throws(ForecastError) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    return try fit.forecast(horizon, future: future)
  }
}
