public import Forecasting

/// Autoregression on a few recent and seasonal lags, shrunk toward the seasonal naive forecast.
///
/// In units of the standard deviation, x_t = c + Σ bₗ x_{t−l} + e_t over the lags 1, 2, 3, m − 1, m, m + 1, 2m and 3m of the
/// shortest cycle m, and m′ − 1, m′, m′ + 1 of a longer one. The coefficients minimize
/// Σ w_t e_t² + λ Σ (bₗ − βₗ)²: β is 1 at lag m, or ½ at m and at m′, the weights halve every max(14m, n/2) periods, and λ is
/// 0.03 of the mean diagonal of XᵀWX (A. E. Hoerl and R. W. Kennard, *Technometrics* 12 (1970) 55–67,
/// doi:10.1080/00401706.1970.10488634). Forecasts iterate the equation and stay within half a range of the data.
///
/// It is quick and strong where the season is short against the series, as for hours and half-hours, and different from
/// smoothing elsewhere. Missing values leave out the equations that they are in. Cost: O(n) for each pair of lags.
public struct RidgeAutoregression: Forecaster, Equatable {
  /// The base periods in each cycle; empty for those that the series suggests.
  public var seasonalPeriods: [Int]

  /// An autoregression with cycles of so many base periods; those that the series suggests if none are given.
  public init(seasonalPeriods: [Int] = []) {
    self.seasonalPeriods = seasonalPeriods
  }

  /// `Ridge autoregression` with the cycles in brackets, if any are given.
  public var name: String {
    "Ridge autoregression"
      + (seasonalPeriods.isEmpty ? "" : " [\(seasonalPeriods.map { "\($0)" }.joined(separator: ", "))]")
  }

  /// The autoregression fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` if fewer than three equations have all their values, `.spanNotSupported`, and `.numerics` for values whose squares overflow.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedRidgeAutoregression {
    try validate()
    let sample = try ScaledSample(series, model: name)
    let cycles = series.cycles(seasonalPeriods)
    let lags = RidgeLags(cycles: cycles, count: sample.values.count)
    guard let estimate = RidgeEstimate(sample.values, lags: lags) else {
      throw .tooFewObservations(
        model: name, series: series.name, needed: max(lags.longest + 3, series.observedCount + 1),
        found: series.observedCount)
    }
    return try FittedRidgeAutoregression(
      name: name, series: series, scale: sample.scale, values: sample.values, estimate: estimate)
  }
}

extension RidgeAutoregression: DescribedForecaster {
  /// `ridge-ar`.
  public static let descriptions = [
    ModelDescription(
      "ridge-ar", "autoregression on recent and seasonal lags, shrunk toward the seasonal naive forecast",
      RidgeAutoregression(),
      [
        ModelOption(
          "periods", \.seasonalPeriods, .cycles,
          "base periods in each cycle; auto takes those that the frequency suggests")
      ])
  ]
}
