internal import Forecasting
internal import RealModule

/// The weights of a combination's members; `nil` where the data say nothing.
enum CombinationWeights {
  /// (1 − s)w + s/k with w scaled to sum 1.
  static func shrunk(_ raw: [Double]?, count: Int, by share: Double) -> [Double] {
    let equal = 1 / Double(count)
    guard let raw, let largest = raw.max(), largest > 0, largest.isFinite else {
      return [Double](repeating: equal, count: count)
    }
    let total = raw.reduce(0) { $0 + $1 / largest }
    return raw.map { (1 - share) * ($0 / largest / total) + share * equal }
  }

  /// The inverses of the members' errors; where some have none, they alone weigh.
  static func inverse(_ errors: [Double]) -> [Double]? {
    guard let least = errors.filter(\.isFinite).min() else { return nil }
    return errors.map { error in
      guard error.isFinite else { return 0 }
      return least > 0 ? least / error : error > 0 ? 0 : 1
    }
  }

  /// 1/MSE over the observations that every member has a residual for.
  static func inverseError(_ fits: [any FittedForecaster]) -> [Double]? {
    let residuals = fits.map(\.residuals)
    let common = residuals[0].indices.filter { t in residuals.allSatisfy { $0[t] != nil } }
    guard !common.isEmpty else { return nil }
    return inverse(
      residuals.map { residuals in
        common.reduce(0) { $0 + (residuals[$1] ?? 0) * (residuals[$1] ?? 0) } / Double(common.count)
      })
  }

  /// exp(−ΔAICc/2).
  static func akaike(_ fits: [any FittedForecaster]) -> [Double]? {
    let criteria = fits.map { $0.summary.aicc ?? .infinity }
    guard let least = criteria.min(), least.isFinite else { return nil }
    return criteria.map { Double.exp((least - $0) / 2) }
  }

  /// 1/MAE of the means forecast from the last origins; a member that fails at an origin weighs nothing.
  static func rollingOrigin(
    _ members: [any Forecaster], on series: TimeSeries, regressors: Regressors?, origins: Int, horizon: Int
  ) -> [Double]? {
    // A third of the series at least stays with the members at the first origin.
    let reach = min(origins + horizon - 1, 2 * series.periodCount / 3)
    guard reach >= horizon else { return nil }
    let design = RollingOrigin(
      initial: series.periodCount - reach, horizon: horizon, probabilities: [])
    guard let cuts = try? design.origins(of: series), !cuts.isEmpty else { return nil }
    return inverse(
      members.map { member in
        var sum = 0.0
        var count = 0
        for cut in cuts {
          guard let forecast = try? forecast(member, cut.training, regressors, horizon) else {
            return .infinity
          }
          let mean = forecast.mean
          for target in cut.targets where target.span.count == 1 {
            let step = forecast.start.distance(to: target.span.first)
            guard mean.indices.contains(step), let value = target.value else { continue }
            sum += abs(value - mean[step])
            count += 1
          }
        }
        return count > 0 && sum.isFinite ? sum / Double(count) : .infinity
      })
  }

  private static func forecast(
    _ member: some Forecaster, _ series: TimeSeries, _ regressors: Regressors?, _ horizon: Int
  ) throws(ForecastError) -> Forecast {
    try member.fit(series, regressors: regressors).forecast(horizon, regressors: regressors)
  }
}
