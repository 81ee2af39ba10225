internal import Forecasting
internal import ForesightNumerics

extension CurveFit {
  /// The fitted mean of each observation of the series, on its own scale.
  func fitted(_ series: TimeSeries) -> [Double?] {
    series.observations.map { observation in
      let (first, count, factor) = GrowthSample.geometry(of: observation.span, in: series)
      return factor * curve.mean(parameters, first: Int(first), count: Int(count))
    }
  }

  /// The predictive distribution of the base periods after the series, by paths from the posterior.
  func forecast(_ horizon: Int, model: String, series: TimeSeries, floor: Double) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    let start = series.periodCount
    var posterior = CurvePosterior(self)
    do throws(NumericsError) {
      let distribution = try CurvePaths(
        horizon: horizon, noise: noise, draws: posterior.draws(), floor: floor
      ) { point, step in curve.mean(point, first: start + step, count: 1) }
      return Forecast(model: model, series: series, distribution: distribution)
    } catch {
      preconditionFailure("a finite fit has a finite forecast: \(error)")
    }
  }
}
