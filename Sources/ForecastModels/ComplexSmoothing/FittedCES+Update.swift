public import Forecasting

extension FittedCES: UpdatableForecaster {
  /// The fit with later observations taken in: gains stay, the state moves on.
  ///
  /// Equal to a fit of the whole series with gains and initial state held. The recursion costs the new periods alone.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, `.spanNotSupported`, `.numerics` for a value
  ///   whose square has no place among the numbers.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedCES {
    try continued(with: observations)
  }

  /// The same gains with the state brought to the end of another series of the same kind.
  ///
  /// A series with the first period of the fitted one is run from the initial state; any other must reach past the
  /// end of the fitted one, and its later observations are taken in.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, and what `appending` throws.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedCES {
    try carried(to: series)
  }

  /// All of a series that begins with the first period fitted, else those after the end of the fit.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { taken(from: series) }
}

extension FittedCES: StatefulFit {
  mutating func restart() { state = initialState }

  /// Runs on over observations whose first is `first` periods after the origin.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    var values: [Double] = []
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      if let value = observation.value { try requireRange(value, unit: scale, model: name, series: series) }
      values.append(observation.value.map { $0 / scale } ?? .nan)
    }
    advance(values)
  }
}
