public import Forecasting

/// A seasonal autoregressive integrated moving-average model of a given order, by exact maximum likelihood.
///
/// φ(B)Φ(B^m)(1 − B)^d(1 − B^m)^D (y_t − c·t^δ) = θ(B)Θ(B^m)ε_t, with δ = 0 and c a mean where d + D = 0, δ = 1 and c a drift a
/// base period where d + D = 1 (G. E. P. Box and G. M. Jenkins, *Time Series Analysis*, 1970, ch. 9). The likelihood is the
/// exact Gaussian one of the differenced series, by a recursion of O(r) a value with r = max(p + mP, q + mQ + 1); c and
/// σ² are concentrated out, stationarity and invertibility hold by construction and gradients are exact. Missing values
/// and observation spans are integrated over, at the cost of one more filtered column each and its products with the others.
public struct ARIMA: Forecaster {
  /// The orders.
  public let order: ARIMAOrder
  /// Whether a mean (d + D = 0) or a drift (d + D = 1) is estimated.
  public let hasConstant: Bool

  /// A model of an order.
  ///
  /// - Parameters:
  ///   - order: The orders of the model.
  ///   - constant: Whether a mean or drift is estimated; `nil` for a mean without differences and no drift with them.
  /// - Precondition: A constant needs d + D ≤ 1.
  public init(_ order: ARIMAOrder, constant: Bool? = nil) {
    let differences = order.difference + order.seasonalDifference
    precondition(
      differences <= 1 || constant != true, "no constant is estimated with two or more differences")
    self.order = order
    hasConstant = constant ?? (differences == 0)
  }

  /// `ARIMA(1,1,1)(0,1,1)[12] with drift`.
  public var name: String { ARIMA.name(order, hasConstant: hasConstant) }

  static func name(_ order: ARIMAOrder, hasConstant: Bool) -> String {
    let constant = order.difference + order.seasonalDifference == 0 ? " with mean" : " with drift"
    return "ARIMA\(order)" + (hasConstant ? constant : "")
  }

  /// The model fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` where figures left after differencing do not outnumber the parameters,
  ///   `.numerics` where missing values leave the model undetermined or numbers are out of range.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    let objective = try objective(series, regressors: .none)
    let search = ARIMASearch(objective: objective)
    return try FittedARIMA(series: series, search: search, optimum: search.best())
  }

  /// The model with given coefficients, mean or drift and σ² estimated: what another program's estimates are worth.
  ///
  /// - Throws: What `fit` throws, and `ForecastError.invalidOption` for coefficients of another order or an autoregression
  ///   that is not stationary.
  public func fit(
    _ series: TimeSeries, holding coefficients: ARIMACoefficients
  ) throws(ForecastError) -> FittedARIMA {
    let counts = [
      coefficients.ar.count, coefficients.ma.count, coefficients.seasonalAR.count,
      coefficients.seasonalMA.count,
    ]
    guard counts == [order.ar, order.ma, order.seasonalAR, order.seasonalMA] else {
      throw .invalidOption(name: "coefficients", value: "\(counts)", reason: "are not those of \(name)")
    }
    let objective = try objective(series, regressors: .none)
    return try FittedARIMA(
      series: series, objective: objective, coefficients: coefficients, partials: nil, covariance: nil,
      convergence: ARIMAConvergence(status: .held, gradientNorm: 0, evaluations: 1))
  }

  func objective(
    _ series: TimeSeries, regressors: ARIMARegressors
  ) throws(ForecastError) -> ARIMAObjective {
    let sample = try ARIMASample(
      series, model: name, difference: order.difference, seasonalDifference: order.seasonalDifference,
      period: order.period, regressors: regressors)
    let needed = order.armaCount + (hasConstant ? 1 : 0) + regressors.names.count + 1 + order.lost
    guard sample.observed >= needed else {
      throw .tooFewObservations(model: name, series: series.name, needed: needed, found: sample.observed)
    }
    try sample.checkVariables(model: name, hasConstant: hasConstant)
    return ARIMAObjective(sample, order: order, hasConstant: hasConstant)
  }
}
