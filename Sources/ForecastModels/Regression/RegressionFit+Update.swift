public import Forecasting
internal import ForesightNumerics

/// Coefficients, their covariance and σ are held; later observations move the end of the series and, with autoregressive
/// errors, the state of the filter.
extension RegressionFit: StatefulFit {
  var origin: Period { basis.start }

  mutating func restart() {
    guard let state = dynamics else { return }
    dynamics = AutoregressiveDynamics(
      rho: state.rho, error: 0, regressors: state.regressors.map { _ in 0 }, variance: 1)
  }

  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    for observation in observations {
      guard let figure = observation.value else { continue }
      if model.logResponse, figure <= 0 {
        throw .notPositive(model: model.name, series: series.name, span: observation.span, value: figure)
      }
      if observation.span.count > 1, basis.rule != .last, !model.takesSpans {
        throw .spanNotSupported(model: model.name, series: series.name, span: observation.span)
      }
      for period in RegressionSample.periods(of: observation, basis.rule) {
        _ = try design.row(period, known, series: series.name)
      }
    }
    fitted += observations.map { mean(of: $0, known) }
    guard let state = dynamics, !observations.isEmpty else { return }
    let later = try TimeSeries(name: series.name, rule: basis.rule, observations: observations)
    let seen = try RegressionSample(later, design: design, regressors: known, model: model)
    let columns = seen.design(columns: kept)
    let beta = estimate.coefficients
    let explained = zip(state.regressors, beta).reduce(0) { $0 + $1.0 * $1.1 }
    let outcome = AutoregressiveFilter(place: seen.place, periods: later.periodCount).run(
      state.rho, kept.indices.map { columns.column($0) } + [seen.response],
      from: (errors: state.regressors + [state.error + explained], variance: state.variance))
    let states = Array(outcome.last.dropLast())
    dynamics = AutoregressiveDynamics(
      rho: state.rho,
      error: outcome.last[states.count] - zip(states, beta).reduce(0) { $0 + $1.0 * $1.1 },
      regressors: states, variance: outcome.variance)
  }
}

extension RegressionFit {
  fileprivate func valuesTaken(from series: TimeSeries) -> TakenValues {
    dynamics == nil ? .none : taken(from: series)
  }
}

extension FittedLinearRegression: UpdatableForecaster {
  /// A curve in time does not.
  public var followsObservations: Bool { false }

  /// None but with autoregressive errors, whose state goes through a series from the first period fitted, else from its end.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { fit.valuesTaken(from: series) }

  /// The regression with later observations taken in: coefficients and their uncertainty stay, the errors' state moves on.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and what `LinearRegression.fit` throws
  ///   of an observation.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedLinearRegression {
    FittedLinearRegression(try fit.continued(with: observations))
  }

  /// The same regression at the end of another series.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins with the fitted one nor reaches past it,
  ///   and what `LinearRegression.fit` throws of an observation.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedLinearRegression {
    FittedLinearRegression(try fit.carried(to: series))
  }
}

extension FittedExplanatoryRegression {
  /// None but with autoregressive errors, whose state goes through a series from the first period fitted, else from its end.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { fit.valuesTaken(from: series) }

  /// The same regression at the end of another series, given the variables over what is new of it.
  ///
  /// - Throws: `ForecastError.missingRegressor`, `.outsideForecast` for a series that neither begins with the fitted one
  ///   nor reaches past it, and what `LinearRegression.fit` throws of an observation.
  public func updated(
    to series: TimeSeries, regressors: Regressors
  ) throws(ForecastError) -> FittedExplanatoryRegression {
    var copy = fit
    copy.known = regressors
    return FittedExplanatoryRegression(try copy.carried(to: series))
  }
}
