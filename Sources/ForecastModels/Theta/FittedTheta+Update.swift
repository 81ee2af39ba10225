public import Forecasting

extension FittedTheta: UpdatableForecaster {
  /// The fit with later observations taken in: parameters and season stay, the state moves on.
  ///
  /// Equal to a fit of the whole series with parameters, season and initial state held; a line through all observations
  /// stays the fitted one. The recursion costs the new periods alone.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, `.spanNotSupported`.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedTheta {
    let whole = try TimeSeries(
      name: series.name, unit: series.unit, rule: series.rule,
      observations: series.observations + observations, seasonalPeriod: series.seasonalPeriod,
      provenance: series.provenance)
    return try continued(to: whole)
  }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// A series with the first period of the fitted one is run from the initial state; any other must reach past the
  /// end of the fitted one, and its later observations are taken in.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, `.spanNotSupported`.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedTheta {
    guard series.frequency == origin.frequency else {
      throw .data(DataFault(.mixedFrequencies(series.frequency, origin.frequency), series: series.name))
    }
    guard series.start == origin else {
      guard series.end >= self.series.end, series.start <= self.series.end + 1 else {
        throw .outsideForecast(
          series: series.name, asked: series.span, reason: "the fit knows no state before its first period")
      }
      return try continued(to: series)
    }
    var copy = self
    copy.series = series
    copy.state = initialState
    copy.nudged = ThetaNudge(recursion, initialState)
    copy.fitted = []
    try copy.take(series.observations, from: 0)
    return copy
  }

  private func continued(to whole: TimeSeries) throws(ForecastError) -> FittedTheta {
    let end = series.end
    let later = whole.observations.filter { $0.span.first > end }
    let offset = series.start.distance(to: whole.start)
    var copy = self
    copy.series = whole
    copy.fitted = (0..<(whole.count - later.count)).map { index -> Double? in
      fitted.indices.contains(index + offset) ? fitted[index + offset] : nil
    }
    try copy.take(later, from: origin.distance(to: end) + 1)
    return copy
  }

  /// Runs on over observations whose first is `first` periods after the origin.
  private mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    let recursion = self.recursion
    for (step, observation) in observations.enumerated() {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      let time = first + step
      let value = observation.value.map { season.adjusted($0 / scale, at: time) - centre } ?? .nan
      let predicted = recursion.prediction(state)
      fitted.append(scale * season.seasonal(predicted + centre, at: time))
      recursion.advance(&state, value: value, predicted: predicted, extendsLine: true)
      _ = nudged.advance(value)
    }
  }
}
