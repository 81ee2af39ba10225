public import Forecasting

/// The drift forecast: a random walk with a constant step δ on average.
///
/// x_t = x_{t−1} + δ + e_t, δ̂ by generalised least squares of the differences (on single periods (x_n − x_1)/(n − 1)), so
/// that step h has location x_n + hδ̂, variance σ²(h + h²/(n − 1)) and a Student t law with n − 2 degrees of freedom, as
/// R's `rwf(drift = TRUE)`. Missing values and observation spans are exact, as in `Naive`.
public struct Drift: Forecaster {
  /// The drift forecast.
  public init() {}

  /// `Drift`.
  public var name: String { "Drift" }

  /// The random walk with drift fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below three values.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedRandomWalk {
    let walk = try RandomWalkDifferences(series, model: name, needed: 3)
    let fitted = FittedRandomWalk(name: name, series: series, walk: walk, hasDrift: true)
    try requireRange(fitted.variance, model: name, series: series)
    return fitted
  }
}

extension Drift: DescribedForecaster {
  /// `drift`.
  public static let descriptions = [
    ModelDescription("drift", "the last value plus the mean change", Drift(), [])
  ]
}
