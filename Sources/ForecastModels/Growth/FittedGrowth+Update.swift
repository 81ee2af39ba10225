public import Forecasting

/// A fitted curve in time has no state: later observations move the end of the series and nothing else.
protocol FittedCurveInTime: StatefulFit {
  /// The series that the parameters were estimated on, whose start is the curve's.
  var basis: TimeSeries { get }
  /// The sum of the mean over base periods, the first counted from the start.
  func total(first: Int, count: Int) -> Double
}

extension FittedCurveInTime {
  var origin: Period { basis.start }

  mutating func restart() {}

  mutating func take(_ observations: [Observation], from first: Int) {
    fitted += observations.map { observation in
      let (first, count, factor) = GrowthSample.geometry(
        of: observation.span, rule: series.rule, origin: origin)
      return factor * total(first: Int(first), count: Int(count))
    }
  }
}

extension FittedExponentialGrowth: FittedCurveInTime, UpdatableForecaster {
  /// A curve in time does not.
  public var followsObservations: Bool { false }

  /// None: a curve in time goes on as it was.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .none }

  func total(first: Int, count: Int) -> Double {
    exponentialTotal(solution, first: Double(first), count: Double(count))
  }

  /// The curve with later observations behind it: its parameters and their uncertainty stay.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedExponentialGrowth {
    try continued(with: observations)
  }

  /// The same curve at the end of another series.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins with the fitted one nor reaches past it.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedExponentialGrowth {
    try carried(to: series)
  }
}

extension FittedSaturatingGrowth: FittedCurveInTime, UpdatableForecaster {
  /// A curve in time does not.
  public var followsObservations: Bool { false }

  /// None: a curve in time goes on as it was.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .none }

  func total(first: Int, count: Int) -> Double {
    curve.mean(first: first, count: count)
  }

  /// The curve with later observations behind it: its parameters and their uncertainty stay.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedSaturatingGrowth {
    try continued(with: observations)
  }

  /// The same curve at the end of another series.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins with the fitted one nor reaches past it.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedSaturatingGrowth {
    try carried(to: series)
  }
}

extension FittedRampToCapacity: FittedCurveInTime, UpdatableForecaster {
  /// A curve in time does not.
  public var followsObservations: Bool { false }

  /// None: a curve in time goes on as it was.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .none }

  func total(first: Int, count: Int) -> Double {
    fit.mean(first: first, count: count)
  }

  /// The ramp with later observations behind it: its parameters and their uncertainty stay.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedRampToCapacity {
    try continued(with: observations)
  }

  /// The same ramp at the end of another series.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins with the fitted one nor reaches past it.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedRampToCapacity {
    try carried(to: series)
  }
}
