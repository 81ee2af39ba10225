internal import Forecasting

extension FittedRandomWalk: Codable {
  static let envelope = ModelEnvelope("foresight.random-walk", version: 1)

  private enum CodingKeys: String, CodingKey { case name, series, hasDrift, estimates }

  /// Writes the estimates and the series, some twenty bytes an observation.
  public func encode(to encoder: any Encoder) throws {
    try FittedRandomWalk.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(series, forKey: .series)
    try container.encode(hasDrift, forKey: .hasDrift)
    try container.encode(estimates, forKey: .estimates)
  }

  /// Reads a walk; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no walk.
  public init(from decoder: any Decoder) throws {
    try FittedRandomWalk.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .name)
    let series = try container.decode(TimeSeries.self, forKey: .series)
    let estimates = try container.decode(WalkEstimates.self, forKey: .estimates)
    guard estimates.variance >= 0, estimates.degreesOfFreedom >= 1, estimates.information > 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .estimates, in: container, debugDescription: "are those of no walk")
    }
    let walk: RandomWalkDifferences
    do throws(ForecastError) {
      walk = try RandomWalkDifferences(series, model: name, needed: 2)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .series, in: container, debugDescription: "\(error)")
    }
    self.init(
      name: name, series: series, walk: walk, hasDrift: try container.decode(Bool.self, forKey: .hasDrift),
      holding: estimates)
  }
}

extension FittedMean: Codable {
  static let envelope = ModelEnvelope("foresight.mean", version: 1)

  private enum CodingKeys: String, CodingKey {
    case name, series, level, variance, periods, degreesOfFreedom, logLikelihood
  }

  /// Writes the level with the last two cycles of the series (24 observations at least).
  public func encode(to encoder: any Encoder) throws {
    try FittedMean.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(series.tail(cycle: series.seasonalPeriod), forKey: .series)
    try container.encode(level, forKey: .level)
    try container.encode(variance, forKey: .variance)
    try container.encode(periods, forKey: .periods)
    try container.encode(degreesOfFreedom, forKey: .degreesOfFreedom)
    try container.encodeIfPresent(logLikelihood, forKey: .logLikelihood)
  }

  /// Reads a mean; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no mean.
  public init(from decoder: any Decoder) throws {
    try FittedMean.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    series = try container.decode(TimeSeries.self, forKey: .series)
    level = try container.decode(Double.self, forKey: .level)
    variance = try container.decode(Double.self, forKey: .variance)
    periods = try container.decode(Double.self, forKey: .periods)
    degreesOfFreedom = try container.decode(Int.self, forKey: .degreesOfFreedom)
    logLikelihood = try container.decodeIfPresent(Double.self, forKey: .logLikelihood)
    guard variance >= 0, periods > 0, degreesOfFreedom >= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .variance, in: container, debugDescription: "is that of no mean")
    }
  }
}

extension FittedSeasonalNaive: Codable {
  static let envelope = ModelEnvelope("foresight.seasonal-naive", version: 1)

  private enum CodingKeys: String, CodingKey {
    case name, series, seasonalPeriod, variance, degreesOfFreedom, logLikelihood
  }

  /// Writes the variance and the series, some twenty bytes an observation.
  public func encode(to encoder: any Encoder) throws {
    try FittedSeasonalNaive.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(series, forKey: .series)
    try container.encode(seasonalPeriod, forKey: .seasonalPeriod)
    try container.encode(variance, forKey: .variance)
    try container.encode(degreesOfFreedom, forKey: .degreesOfFreedom)
    try container.encodeIfPresent(logLikelihood, forKey: .logLikelihood)
  }

  /// Reads a seasonal naive forecast; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no such forecast.
  public init(from decoder: any Decoder) throws {
    try FittedSeasonalNaive.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let period = try container.decode(Int.self, forKey: .seasonalPeriod)
    let variance = try container.decode(Double.self, forKey: .variance)
    let freedom = try container.decode(Int.self, forKey: .degreesOfFreedom)
    guard (1...1_000_000).contains(period), variance >= 0, freedom >= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .seasonalPeriod, in: container, debugDescription: "is that of no seasonal naive forecast")
    }
    let series = try container.decode(TimeSeries.self, forKey: .series)
    let read: FittedSeasonalNaive
    do throws(ForecastError) {
      read = try SeasonalNaive(seasonalPeriod: period).fit(series)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .series, in: container, debugDescription: "\(error)")
    }
    self.init(
      name: try container.decode(String.self, forKey: .name), series: read.series, fitted: read.fitted,
      seasonalPeriod: period, variance: variance, degreesOfFreedom: freedom,
      logLikelihood: try container.decodeIfPresent(Double.self, forKey: .logLikelihood),
      lastOffsets: read.lastOffsets, lastValues: read.lastValues)
  }
}
