/// A fitted model that can take in later observations while its parameters stay as they were estimated.
public protocol UpdatableForecaster: FittedForecaster {
  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// - Throws: `ForecastError` where `fit` would throw for the series.
  func updated(to series: TimeSeries) throws(ForecastError) -> Self
}
