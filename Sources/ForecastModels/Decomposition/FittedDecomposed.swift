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

  /// The model's summary of the adjusted series, with the seasons' figures in the last cycle.
  public var summary: FitSummary {
    var summary = base.summary
    summary.model = name
    summary.logLikelihood = nil
    summary.aic = nil
    summary.aicc = nil
    summary.bic = nil
    for cycle in season.cycles {
      summary.notes.append(
        "a season of \(cycle.figures.count) periods was taken out; its figures in the last cycle have standard error "
          + "\(cycle.estimateVariance.squareRoot())")
    }
    for period in leftOut { summary.notes.append("too short for a season of \(period) periods: left out") }
    return summary
  }

  /// The joint distribution of the next base periods: the model's, moved by the seasons and widened by their variance.
  public func forecast(_ horizon: Int) -> Forecast {
    let own = base.forecast(horizon)
    let first = season.origin.distance(to: series.end) + 1
    return Forecast(
      model: name, series: series,
      distribution: RescaledDistribution(
        own.distribution, shifts: (0..<horizon).map { season.figure(first + $0) },
        addedVariances: (0..<horizon).map { season.variance($0) }), seed: own.seed)
  }
}

extension FittedDecomposed: UpdatableForecaster where Base: UpdatableForecaster {
  /// Whether the model inside follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// The model's state on later data; its parameters and the seasons are held, new cycles as the last one.
  ///
  /// Values before the first period fitted are passed over. A model read from version 1 knows the seasons of its last
  /// cycles alone and continues from its end.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedDecomposed {
    try series.requireFrequency(self.series.frequency)
    let known = known(of: series)
    let first = season.origin.distance(to: known.start)
    let adjusted = try known.mappingValues(seasonalPeriod: 1) { $1 - season.figure(first + $0) }
    return FittedDecomposed(
      name: name, series: series, base: try base.updated(to: adjusted), season: season, leftOut: leftOut)
  }

  /// What the model inside takes of the part whose seasons are known.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    base.valuesTaken(from: known(of: series))
  }

  private func known(of series: TimeSeries) -> TimeSeries { series.slice(from: season.origin) ?? series }

  /// The model inside with later observations taken in, less the seasons, at its own cost.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedDecomposed {
    let whole = try series.appending(observations)
    let first = season.origin.distance(to: series.end) + 1
    let adjusted = try whole.slice(from: series.end + 1)?.mappingValues(seasonalPeriod: 1) {
      $1 - season.figure(first + $0)
    }
    return FittedDecomposed(
      name: name, series: whole, base: try base.appending(adjusted?.observations ?? []), season: season,
      leftOut: leftOut)
  }
}

extension FittedDecomposed: Codable where Base: Codable {
  private enum CodingKeys: String, CodingKey { case name, series, base, season, leftOut }

  static var envelope: ModelEnvelope { ModelEnvelope("foresight.mstl", version: 2) }

  /// Writes the model inside, the last two cycles of the series and the seasons of every period, some twenty bytes each.
  public func encode(to encoder: any Encoder) throws {
    try Self.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    let tail = series.tail(cycle: season.cycles.last?.figures.count ?? 1)
    try container.encode(name, forKey: .name)
    try container.encode(tail, forKey: .series)
    try container.encode(base, forKey: .base)
    try container.encode(season, forKey: .season)
    try container.encode(leftOut, forKey: .leftOut)
  }

  /// Reads what `encode(to:)` wrote; forecasts agree to the bit.
  ///
  /// - Throws: `DecodingError` for another format, a later version or what is no model.
  public init(from decoder: any Decoder) throws {
    try Self.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    series = try container.decode(TimeSeries.self, forKey: .series)
    base = try container.decode(Base.self, forKey: .base)
    season = try container.decode(SeasonExtension.self, forKey: .season)
    leftOut = try container.decode([Int].self, forKey: .leftOut)
    guard season.isSound, season.origin.frequency == series.frequency else {
      throw DecodingError.dataCorruptedError(
        forKey: .season, in: container, debugDescription: "is no season of the series")
    }
  }
}
