public import Forecasting

extension FittedTheta: UpdatableForecaster {
  /// The fit with later observations taken in: parameters and season stay, the state moves on.
  ///
  /// Equal to a fit of the whole series with parameters, season and initial state held; a line through all observations
  /// stays the fitted one. The recursion costs the new periods alone.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, `.spanNotSupported`, `.numerics` for a value
  ///   whose square has no place among the numbers.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedTheta {
    try continued(with: observations)
  }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// A series with the first period of the fitted one is run from the initial state; any other must reach past the
  /// end of the fitted one, and its later observations are taken in.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, and what `appending` throws.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedTheta {
    try carried(to: series)
  }

  /// All of a series that begins with the first period fitted, else those after the end of the fit.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { taken(from: series) }
}

extension FittedTheta: StatefulFit {
  mutating func restart() {
    state = initialState
    nudged = ThetaNudge(recursion, initialState)
  }

  /// Runs on over observations whose first is `first` periods after the origin.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    let recursion = self.recursion
    for (step, observation) in observations.enumerated() {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      if let value = observation.value { try requireRange(value, unit: scale, model: name, series: series) }
      let time = first + step
      let value = observation.value.map { season.adjusted($0 / scale, at: time) - centre } ?? .nan
      let predicted = recursion.prediction(state)
      fitted.append(scale * season.seasonal(predicted + centre, at: time))
      recursion.advance(&state, value: value, predicted: predicted, extendsLine: true)
      _ = nudged.advance(value)
    }
  }
}
