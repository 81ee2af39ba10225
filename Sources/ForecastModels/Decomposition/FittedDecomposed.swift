public import Forecasting

/// A model fitted to a seasonally adjusted series, with the seasons that it is put back on.
public struct FittedDecomposed<Base: FittedForecaster>: FittedForecaster {
  /// `MSTL(…)` with the model's name.
  public let name: String
  /// The series that was fitted, seasons in it.
  public let series: TimeSeries
  /// The model fitted to the seasonally adjusted series.
  public let base: Base
  let season: SeasonExtension
  /// The cycles that the series was too short for.
  let leftOut: [Int]

  init(name: String, series: TimeSeries, base: Base, season: SeasonExtension, leftOut: [Int]) {
    self.name = name
    self.series = series
    self.base = base
    self.season = season
    self.leftOut = leftOut
  }

  /// The model's fitted values with the seasons put back.
  public var fitted: [Double?] {
    let inside = base.fitted
    let first = season.origin.distance(to: series.end) + 1 - inside.count
    let values = inside.enumerated().map { place, value in value.map { $0 + season.figure(first + place) } }
    return [Double?](repeating: nil, count: max(series.count - values.count, 0)) + values.suffix(series.count)
  }

  /// Whether the model inside has converged.
  public var hasConverged: Bool { base.hasConverged }

  /// The model's summary of the adjusted series, with the seasons' figures in the last cycle.
  public var summary: FitSummary {
    var summary = base.summary.inside(name)
    for cycle in season.cycles {
      summary.notes.append(
        "a season of \(cycle.figures.count) periods was taken out; its figures in the last cycle have standard error "
          + "\(cycle.estimateVariance.squareRoot())")
    }
    for period in leftOut { summary.notes.append("too short for a season of \(period) periods: left out") }
    return summary
  }

  /// The joint distribution of the next base periods: the model's, moved by the seasons and widened by their variance.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let first = season.origin.distance(to: series.end) + 1
    return RescaledDistribution(
      try base.distribution(horizon, regressors: regressors),
      shifts: (0..<horizon).map { season.figure(first + $0) },
      addedVariances: (0..<horizon).map { season.variance($0) })
  }

  /// The seed of the model inside.
  public var seed: UInt64 { base.seed }

  /// Whether the model inside uses external variables.
  public var usesRegressors: Bool { base.usesRegressors }
}

extension FittedDecomposed {
  /// Whether the model inside follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// The model's state on later data; its parameters and the seasons are held, new cycles as the last one.
  ///
  /// Values before the first period fitted are passed over. A model read from version 1 knows the seasons of its last
  /// cycles alone and continues from its end.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedDecomposed {
    try series.requireFrequency(self.series.frequency)
    let known = known(of: series)
    let first = season.origin.distance(to: known.start)
    let adjusted = try known.mappingValues(seasonalPeriod: 1) { $1 - season.figure(first + $0) }
    return FittedDecomposed(
      name: name, series: series, base: try base.updated(to: adjusted, regressors: regressors),
      season: season, leftOut: leftOut)
  }

  /// What the model inside takes of the part whose seasons are known.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    base.valuesTaken(from: known(of: series))
  }

  private func known(of series: TimeSeries) -> TimeSeries { series.slice(from: season.origin) ?? series }

  /// The model inside with later observations taken in, less the seasons, at its own cost.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedDecomposed {
    let whole = try series.appending(observations)
    let first = season.origin.distance(to: series.end) + 1
    let adjusted = try whole.slice(from: series.end + 1)?.mappingValues(seasonalPeriod: 1) {
      $1 - season.figure(first + $0)
    }
    return FittedDecomposed(
      name: name, series: whole,
      base: try base.appending(adjusted?.observations ?? [], regressors: regressors), season: season,
      leftOut: leftOut)
  }
}

extension FittedDecomposed: Codable, SavedFit where Base: Codable {
  static var envelopes: [ModelEnvelope] { [ModelEnvelope("foresight.mstl", version: 2)] }

  /// The model inside, the last two cycles of the series and the seasons of every period, some twenty bytes each.
  var saved: SavedFields {
    [
      "name": name, "series": series.tail(cycle: season.cycles.last?.figures.count ?? 1), "base": base,
      "season": season, "leftOut": leftOut,
    ]
  }

  init(_ saved: SavedReader) throws {
    self.init(
      name: try saved.name, series: try saved.series, base: try saved.base, season: try saved.season,
      leftOut: try saved.leftOut)
  }

  func requireSound() throws(UnsoundFit) {
    try require(
      season.isSound && season.origin.frequency == series.frequency && season.origin <= series.end
        && season.origin.distance(to: series.end) < 100_000_000, "season", "is not a season of the series")
    try require(base.series.end == series.end, "base", "does not end with the series")
  }
}
