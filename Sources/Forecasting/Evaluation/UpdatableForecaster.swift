/// A fitted model that can take in later observations while its parameters stay as they were estimated.
public protocol UpdatableForecaster: FittedForecaster {
  /// Whether later observations correct the forecast, parameters held: not so of a curve in time, which goes on as it was.
  var followsObservations: Bool { get }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// - Throws: `ForecastError` where `fit` would throw for the series.
  func updated(to series: TimeSeries) throws(ForecastError) -> Self
}

extension UpdatableForecaster {
  /// True, as of every model with a state.
  public var followsObservations: Bool { true }
}
