public import Forecasting

/// Three forecasts that err in different ways, with equal weights.
///
/// - exponential smoothing of the series' square root and of its means over the divisors of the seasonal cycle,
///   reconciled (`AutoETS` at every level);
/// - an ARMA(1,1) of the differences of the seasonally adjusted logarithm, averaged over its posterior;
/// - damped-trend smoothing, ETS(A,Ad,N), of the square root of the seasonally adjusted series, whose joint distribution,
///   widened by 1.15, the answer has about the combined mean.
///
/// The adjustment is that of the theta models, its indices shrunk. Data that are not all positive go without root and
/// logarithm, with an additive season. A series with observation spans is left to `AutoETS`, one too short for any of this
/// or without any movement to `Naive`. Pool, equal weights, priors and the factor are those of rolling origins inside the training parts of the M3
/// series. Cost: a few fits of exponential smoothing, O(n).
public struct TemporalBlend: Forecaster {
  /// The base periods in a cycle; the series' own where `nil`.
  public var seasonalPeriod: Int?

  /// The choice made for the caller.
  public init(seasonalPeriod: Int? = nil) {
    self.seasonalPeriod = seasonalPeriod
  }

  /// `Temporal blend`.
  public var name: String { "Temporal blend" }

  /// The members fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below two values, and what `AutoETS.fit` throws for a series with spans.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedTemporalBlend {
    try validate()
    let period = series.cycle(seasonalPeriod)
    guard !series.hasSpans else {
      return FittedTemporalBlend(
        series: series, pool: nil,
        substitute: try AutoETS(seasonalPeriod: period).fit(series),
        note: "the series has observation spans, which exponential smoothing alone takes")
    }
    guard series.observedCount >= 2 else {
      throw .tooFewObservations(model: name, series: series.name, needed: 2, found: series.observedCount)
    }
    guard series.observedCount >= BlendMembers.needed else {
      return FittedTemporalBlend(
        series: series, pool: nil, substitute: try Naive().fit(series),
        note: "fewer than \(BlendMembers.needed) values: the last one goes on")
    }
    let values = series.values.compactMap { $0 }
    guard values.contains(where: { $0 != values[0] }) else {
      return FittedTemporalBlend(
        series: series, pool: nil, substitute: try Naive().fit(series),
        note: "all values are equal: the last one goes on")
    }
    return FittedTemporalBlend(
      series: series, pool: try BlendMembers(series, period: period), substitute: nil, note: nil)
  }
}

extension TemporalBlend: DescribedForecaster {
  /// `temporal-blend`.
  public static let descriptions = [
    ModelDescription(
      "temporal-blend", "smoothing by levels, an averaged ARMA and damped smoothing, combined",
      TemporalBlend(),
      [.season(\.seasonalPeriod)])
  ]
}
