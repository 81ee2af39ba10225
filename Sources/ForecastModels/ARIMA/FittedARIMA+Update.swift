public import Forecasting
internal import ForesightNumerics

extension FittedARIMA: UpdatableForecaster {
  /// The fit with later observations taken in: coefficients, constant, σ² and uncertainty stay, the filters move on.
  ///
  /// Equal to a run over the whole series with these held. The filters cost O(r) a new period for each coefficient,
  /// whatever came before.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedARIMA {
    try continued(with: observations)
  }

  /// The same coefficients, constant, σ² and uncertainty, with the state brought to the end of another series.
  ///
  /// A series with the first period of the fitted one is run from there; any other must reach past the end of the fitted
  /// one, and its later observations are taken in.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, and what `ARIMA.fit` throws.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    series.start == origin && series.frequency == origin.frequency
      ? try refiltered(series, regressors: .none) : try extended(to: series)
  }

  /// All of a series that begins with the first period fitted, else those after the end of the fit.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { taken(from: series) }

  /// The filters over the whole of a series that begins with the fitted one.
  func refiltered(_ series: TimeSeries, regressors: ARIMARegressors) throws(ForecastError) -> FittedARIMA {
    let sample = try ARIMASample(
      series, model: name, difference: order.difference, seasonalDifference: order.seasonalDifference,
      period: order.period, regressors: regressors)
    return try FittedARIMA(
      series: series, objective: ARIMAObjective(sample, order: order, hasConstant: hasConstant),
      coefficients: coefficients, partials: nil, covariance: nil, convergence: convergence, holding: self)
  }
}

extension FittedARIMA: ContinuedFit {
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    let scale = state.scale
    for observation in observations {
      let width = observation.span.count
      let value = observation.value.map { (series.rule == .sum ? $0 / Double(width) : $0) / scale }
      if let value, !(abs(value) < 1e140) {
        throw .numerics(
          model: name, series: series.name, .invalidParameter(name: "value", value: value * scale))
      }
      var prediction: Double?
      // The unknowns of a span whose last period makes up for them.
      var open: [Int] = []
      for (place, period) in observation.span.periods.enumerated() {
        let level = value ?? state.last
        let isLast = place == width - 1
        var unknowns = [Double](repeating: 0, count: state.unknownCount)
        if isLast, series.rule != .last { for k in open { unknowns[k] = -1 } }
        if value == nil || !isLast {
          if value != nil { open.append(unknowns.count) }
          unknowns.append(1)
        }
        let variables = try variables(period, in: known)
        let innovation = state.take(
          level, rest: level - explained(variables, after: state.length), unknowns: unknowns,
          further: further(variables, after: state.length), order: order)
        prediction = (level - innovation) * scale
      }
      fitted.append(width == 1 ? prediction : nil)
      state.forget()
    }
  }

}

extension FittedARIMA {
  /// The external variables in a period, in their units.
  func variables(_ period: Period, in known: Regressors?) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    for (name, unit) in zip(state.names, state.units) {
      guard let known, let column = known.names.firstIndex(of: name),
        let value = known.value(column, at: period)
      else { throw .missingRegressor(name: name, series: series.name, period: period) }
      values.append(value / unit)
    }
    return values
  }

  /// What constant and variables explain of the period with a number, in units of the state.
  func explained(_ variables: [Double], after length: Int) -> Double {
    var sum = hasConstant ? constant / state.scale * clock(length) : 0
    for (k, value) in variables.enumerated() {
      sum += estimates.regression[k] * state.units[k] / state.scale * value
    }
    return sum
  }

  /// The values of the columns of variables and constant in the period with a number.
  func further(_ variables: [Double], after length: Int) -> [Double] {
    zip(variables, state.shifts).map { $0 - $1 * clock(length) } + (hasConstant ? [clock(length)] : [])
  }

  private func clock(_ length: Int) -> Double {
    order.difference + order.seasonalDifference > 0 ? Double(length) : 1
  }
}
