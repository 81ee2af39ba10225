/// The values of a series that a fit whose parameters are held goes through.
public enum TakenValues: Sendable, Hashable {
  /// All of them.
  case all
  /// Those after the end of the fit alone; all of them, had the series begun with the fit's first period.
  case later(origin: Period)
  /// None: the forecast follows from the parameters.
  case none
}

/// A fitted model that can take in later observations while its parameters stay as they were estimated.
public protocol UpdatableForecaster: FittedForecaster {
  /// Whether later observations correct the forecast, parameters held: not so of a curve in time, which goes on as it was.
  var followsObservations: Bool { get }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// A series that begins with the first period fitted is gone through from there, so that revised values count; of any
  /// other a model that carries its state takes the values after the end of the fit alone (`valuesTaken(from:)`).
  ///
  /// - Throws: `ForecastError` where `fit` would throw for the series; `.data` for one of another frequency.
  func updated(to series: TimeSeries) throws(ForecastError) -> Self

  /// The values that `updated(to:)` takes from a series.
  func valuesTaken(from series: TimeSeries) -> TakenValues

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

  /// All, as of a model that goes through whatever it is given.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .all }

  /// True, as of every model with a state.
  public var followsObservations: Bool { true }
}
