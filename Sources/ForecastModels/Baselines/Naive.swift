public import Forecasting

/// The naive forecast: the series is a random walk, and the last value stands for the future.
///
/// x_t = x_{t−1} + e_t with σ² estimated from the differences (n − 1 degrees of freedom, as R's `naive`), so that step h
/// has variance σ²h and a Student t law. Missing values and observation spans are exact: the differences of span means
/// have a known tridiagonal covariance, and the last period of a span is predicted from the span and its neighbours.
public struct Naive: Forecaster {
  /// The naive forecast.
  public init() {}

  /// `Naive`.
  public var name: String { "Naive" }

  /// The random walk fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below two values.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedRandomWalk {
    let walk = try RandomWalkDifferences(series, model: name, needed: 2)
    let fitted = FittedRandomWalk(name: name, series: series, walk: walk, hasDrift: false)
    try requireRange(fitted.variance, model: name, series: series)
    return fitted
  }
}

extension Naive: DescribedForecaster {
  /// `naive`.
  public static let descriptions = [ModelDescription("naive", "the last value, a random walk", Naive(), [])]
}
