internal import Forecasting
internal import ForesightNumerics

extension CurveFit {
  /// The predictive distribution of the base periods after a series, by paths from the posterior; the curve's clock
  /// starts at `origin`.
  func forecast(
    _ horizon: Int, model: String, series: TimeSeries, origin: Period, floor: Double
  ) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    let start = origin.distance(to: series.end) + 1
    func paths(_ draws: ParameterDraws) throws(NumericsError) -> CurvePaths {
      try CurvePaths(horizon: horizon, noise: noise, draws: draws, floor: floor) { point, step in
        curve.mean(point, first: start + step, count: 1)
      }
    }
    var posterior = CurvePosterior(self)
    if let drawn = try? paths(posterior.draws()) {
      return Forecast(model: model, series: series, distribution: drawn)
    }
    do throws(NumericsError) {
      // The estimate's own curve is finite however far ahead: the fit has seen to it.
      let alone = ParameterDraws(
        estimate: parameters, objective: objective, observations: sample.size)
      return Forecast(model: model, series: series, distribution: try paths(alone))
    } catch {
      preconditionFailure("a finite fit has a finite forecast: \(error)")
    }
  }
}
