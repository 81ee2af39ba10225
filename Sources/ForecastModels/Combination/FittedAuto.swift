public import Forecasting
internal import ForesightNumerics

/// The members of `Auto` fitted to a series.
public struct FittedAuto: FittedForecaster {
  /// The series that was fitted.
  public let series: TimeSeries
  let pool: AutoPool?
  /// What stands in where the members do not suit the series.
  let substitute: (any FittedForecaster)?
  let note: String?
  /// The first period fitted, which the season counts from.
  let origin: Period
  /// The fitted values of a model that was read, over the series that was kept.
  private let kept: [Double?]?

  init(series: TimeSeries, pool: AutoPool?, substitute: (any FittedForecaster)?, note: String?) {
    self.series = series
    self.pool = pool
    self.substitute = substitute
    self.note = note
    origin = series.start
    kept = nil
  }

  /// `Auto`.
  public var name: String { "Auto" }

  /// The members that dropped out.
  public var failures: [CombinationFailure] { pool?.failures ?? [] }

  /// The mean of the members' one-step predictions where all have one.
  public var fitted: [Double?] { kept ?? pool?.fitted ?? substitute?.fitted ?? [] }

  /// The joint predictive distribution of the next base periods.
  ///
  /// The mean is that of the members; square roots about it are Student t, so that no value is below zero, and sums
  /// over the horizon are those of joint paths. Data that are not all positive have a Student t law.
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    guard let pool else {
      guard let own = substitute?.forecast(horizon) else {
        preconditionFailure("a fit has members or a substitute")
      }
      return Forecast(model: name, series: series, distribution: own.distribution)
    }
    do throws(NumericsError) {
      return Forecast(
        model: name, series: series,
        distribution: try pool.law(horizon, after: origin.distance(to: series.end) + 1))
    } catch {
      preconditionFailure("a Gram matrix of finite numbers is positive semidefinite: \(error)")
    }
  }

  /// The members, their weights, and what they found.
  public var summary: FitSummary {
    guard let pool else {
      var summary = substitute?.summary ?? FitSummary(model: name, of: series)
      summary.model = "\(name): \(summary.model)"
      if let note { summary.notes.append(note) }
      return summary
    }
    var summary = FitSummary(model: name, of: series)
    let weight = 1 / Double(pool.count)
    func member(_ name: String) {
      summary.coefficients.append(FitSummary.Coefficient(name: "weight of \(name)", estimate: weight))
    }
    member("\(pool.smoothing.name)")
    if let levels = pool.levels {
      member("smoothing by levels")
      for (periods, fit) in levels.fits {
        summary.notes.append("level of \(periods) \(periods == 1 ? "period" : "periods"): \(fit.name)")
      }
    }
    if let arma = pool.arma {
      member("ARMA(1,1) of differences")
      summary.facts.append(FitSummary.Fact(name: "posterior mean of phi", value: arma.phi))
      summary.facts.append(FitSummary.Fact(name: "posterior mean of theta", value: arma.theta))
    }
    summary.notes.append(
      pool.season.indices.isEmpty
        ? "no season was taken out"
        : "a season of \(pool.season.indices.count) periods was taken out by "
          + (pool.season.isMultiplicative ? "multiplication" : "addition"))
    for failure in pool.failures { summary.notes.append("left out: \(failure.member): \(failure.reason)") }
    return summary
  }
}

extension FittedAuto: UpdatableForecaster {
  /// The members at the end of another series, season, parameters and initial states held.
  ///
  /// The levels of aggregation end with the last period, so that they are smoothed anew from the first; the series must
  /// begin where the fitted one did. Cost: O(n) without any search.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series with another first period, `.spanNotSupported`, `.notPositive`
  ///   where the members see logarithms, `.invalidOption` where the stand-in cannot hold its parameters.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedAuto {
    guard series.start == origin else {
      throw .outsideForecast(
        series: series.name, asked: series.span,
        reason: "Auto is brought up to date from the first period fitted, \(origin)")
    }
    guard let pool else {
      return FittedAuto(
        series: series, pool: nil, substitute: try substitute.map(FittedModel.init)?.updated(to: series),
        note: note)
    }
    for observation in series.observations where observation.span.count > 1 {
      throw .spanNotSupported(model: name, series: series.name, span: observation.span)
    }
    return FittedAuto(series: series, pool: try pool.updated(to: series), substitute: nil, note: note)
  }
}

extension FittedAuto: Codable {
  static let envelope = ModelEnvelope("foresight.auto", version: 1)

  private enum CodingKeys: String, CodingKey { case series, pool, substitute, note, origin, fitted }

  /// Writes the members with the last two cycles of the series, some ten kilobytes.
  ///
  /// - Throws: `EncodingError` where the stand-in has no encoded form.
  public func encode(to encoder: any Encoder) throws {
    try FittedAuto.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    let tail = series.tail(cycle: series.seasonalPeriod)
    try container.encode(tail, forKey: .series)
    try container.encodeIfPresent(pool, forKey: .pool)
    try container.encodeIfPresent(substitute.map(FittedModel.init), forKey: .substitute)
    try container.encodeIfPresent(note, forKey: .note)
    try container.encode(origin, forKey: .origin)
    try container.encode(Array(fitted.suffix(tail.count)), forKey: .fitted)
  }

  /// Reads a model, whose series is the part that was kept; its forecasts are those of the model written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    try FittedAuto.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    series = try container.decode(TimeSeries.self, forKey: .series)
    pool = try container.decodeIfPresent(AutoPool.self, forKey: .pool)
    substitute = try container.decodeIfPresent(FittedModel.self, forKey: .substitute)
    note = try container.decodeIfPresent(String.self, forKey: .note)
    origin = try container.decode(Period.self, forKey: .origin)
    let fitted = try container.decode([Double?].self, forKey: .fitted)
    kept = fitted
    guard pool?.isSound ?? (substitute != nil), fitted.count == series.count,
      origin.frequency == series.frequency, origin <= series.start
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .pool, in: container, debugDescription: "is no fit of the series")
    }
  }
}
