public import Forecasting
internal import ForesightNumerics

extension FittedETS: UpdatableForecaster {
  /// The fit with later observations taken in: parameters stay, the state moves on.
  ///
  /// Equal to a fit of the whole series with parameters and initial state held. The recursion costs the new periods
  /// alone; what is unknown of the state is carried unchanged.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, `.spanNotSupported`, `.numerics` for a value
  ///   whose square has no place among the numbers.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedETS {
    try continued(to: series.appending(observations))
  }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// A series with the first period of the fitted one is run from the initial state; any other must reach past the
  /// end of the fitted one, and its later observations are taken in.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, and what `appending` throws.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedETS {
    try series.requireFrequency(origin.frequency)
    guard series.start == origin else {
      guard series.end >= self.series.end, series.start <= self.series.end + 1 else {
        throw .outsideForecast(
          series: series.name, asked: series.span, reason: "the fit knows no state before its first period")
      }
      return try continued(to: series)
    }
    if series.hasSpans || self.series.hasSpans { return try refiltered(series) }
    let values = try FittedETS.singles(series.observations, model: name, series: series)
    let run = recursion.run(values, parameters: parameters, from: initialState)
    return moved(to: series, fitted: run.predictions, state: run.state)
  }

  /// All of a series that begins with the first period fitted, else those after the end of the fit.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    series.start == origin ? .all : .later(origin: origin)
  }

  /// The one-step predictions of values that follow a state, `nil` missing, and the state after them.
  func run(_ values: [Double?], from state: ETSState) -> (predictions: [Double], state: ETSState) {
    let run = recursion.run(values.map { $0 ?? .nan }, parameters: parameters, from: state)
    return (run.predictions, run.state)
  }

  private var recursion: ETSRecursion { ETSRecursion(form: form, period: seasonalPeriod) }

  private func continued(to whole: TimeSeries) throws(ForecastError) -> FittedETS {
    if whole.hasSpans || series.hasSpans { return try refiltered(whole) }
    let end = series.end
    let later = whole.observations.filter { $0.span.first > end }
    let values = try FittedETS.singles(later, model: name, series: whole)
    let run = recursion.run(values, parameters: parameters, from: finalState)
    let offset = series.start.distance(to: whole.start)
    let known = (0..<(whole.count - later.count)).map { index -> Double? in
      fitted.indices.contains(index + offset) ? fitted[index + offset] : nil
    }
    return moved(to: whole, fitted: known + run.predictions, state: run.state)
  }

  /// The filter over the whole series from the initial state: the end of a span says something of its beginning.
  private func refiltered(_ whole: TimeSeries) throws(ForecastError) -> FittedETS {
    guard form.isLinear, whole.start == origin else {
      let span = whole.observations.first { $0.span.count > 1 }?.span ?? whole.span
      throw .spanNotSupported(model: name, series: whole.name, span: span)
    }
    let filter = ETSSpanFilter(
      form: form, period: seasonalPeriod, observations: ETSSpanObservation.all(whole, scale: 1))
    guard let run = filter.run(parameters, from: filter.vector(initialState)) else {
      throw .numerics(model: name, series: whole.name, .notPositiveDefinite(pivot: 0))
    }
    return moved(
      to: whole, fitted: zip(run.predictions, filter.observations).map { $0 * $1.factor },
      state: filter.state(run, after: whole.periodCount))
  }

  private func moved(to series: TimeSeries, fitted: [Double?], state: ETSState) -> FittedETS {
    var copy = self
    copy.series = series
    copy.fitted = fitted
    copy.finalState = state
    return copy
  }

  private static func singles(
    _ observations: [Observation], model: String, series: TimeSeries
  ) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(observations.count)
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: model, series: series.name, span: observation.span)
      }
      if let value = observation.value { try requireRange(value, model: model, series: series) }
      values.append(observation.value ?? .nan)
    }
    return values
  }
}
