/// A fitted model that can take in later observations while its parameters stay as they were estimated.
public protocol UpdatableForecaster: FittedForecaster {
  /// Whether later observations correct the forecast, parameters held: not so of a curve in time, which goes on as it was.
  var followsObservations: Bool { get }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// - Throws: `ForecastError` where `fit` would throw for the series.
  func updated(to series: TimeSeries) throws(ForecastError) -> Self

  /// The fit with later observations taken in: parameters stay, the state moves on.
  ///
  /// Cost: that of `updated(to:)` for the series with the observations behind it, a pass over the whole of it in general;
  /// a model that carries its state goes through the new periods alone.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and what `updated(to:)` throws.
  func appending(_ observations: [Observation]) throws(ForecastError) -> Self
}

extension UpdatableForecaster {
  /// The model brought to the end of the series with the observations behind it, at the cost of `updated(to:)`.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and what `updated(to:)` throws.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> Self {
    try updated(to: series.appending(observations))
  }

  /// True, as of every model with a state.
  public var followsObservations: Bool { true }
}
