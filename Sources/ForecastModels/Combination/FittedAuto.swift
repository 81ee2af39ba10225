public import Forecasting
internal import ForesightNumerics

/// The members of `Auto` fitted to a series.
public struct FittedAuto: FittedForecaster {
  /// The series that was fitted.
  public internal(set) var series: TimeSeries
  /// The mean of the members' one-step predictions where all have one.
  public internal(set) var fitted: [Double?]
  private(set) var pool: AutoPool?
  /// What stands in where the members do not suit the series.
  private(set) var substitute: (any FittedForecaster)?
  let note: String?
  /// The first period fitted, which the season counts from.
  let origin: Period

  init(series: TimeSeries, pool: AutoPool?, substitute: (any FittedForecaster)?, note: String?) {
    self.series = series
    self.pool = pool
    self.substitute = substitute
    self.note = note
    origin = series.start
    fitted = pool?.fitted(series.values) ?? substitute?.fitted ?? []
  }

  /// `Auto`.
  public var name: String { "Auto" }

  /// The members that dropped out.
  public var failures: [CombinationFailure] { pool?.failures ?? [] }

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
      for level in levels.levels {
        let blocks = level.periods == 1 ? "1 period" : "\(level.periods) periods"
        summary.notes.append("level of \(blocks): \(level.form)")
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
  /// The fit with later observations taken in: parameters, season and posterior stay, the members' states move on.
  ///
  /// Equal to a run from the first period fitted with parameters, season and initial states held. The members go through
  /// the new periods alone: a step of each level of aggregation, of the damped smoothing and of the ARMA's grid for each.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, `.spanNotSupported`, `.notPositive`
  ///   where the members see logarithms, and what a stand-in throws.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedAuto {
    guard let substitute else { return try continued(with: observations) }
    return moved(
      to: try series.appending(observations), try FittedModel(substitute).appending(observations))
  }

  /// The members at the end of another series, season, parameters, posterior and initial states held.
  ///
  /// A series with the first period of the fitted one is run from the initial states; any other must reach past the
  /// end of the fitted one, and its later observations are taken in.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, `.spanNotSupported`,
  ///   `.notPositive` where the members see logarithms, `.invalidOption` where the stand-in cannot hold its parameters.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedAuto {
    guard let substitute else { return try carried(to: series) }
    return moved(to: series, try FittedModel(substitute).updated(to: series))
  }

  /// All of a series that begins with the first period fitted, else those after the end of the fit; what a stand-in takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    substitute.map { FittedModel($0).valuesTaken(from: series) } ?? taken(from: series)
  }

  private func moved(to series: TimeSeries, _ substitute: FittedModel) -> FittedAuto {
    var copy = self
    copy.series = series
    copy.substitute = substitute
    copy.fitted = substitute.fitted
    return copy
  }
}

extension FittedAuto: StatefulFit {
  mutating func restart() { pool?.restart() }

  /// Runs the members on over observations whose first is `first` periods after the origin.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      if let value = observation.value, value <= 0, pool?.isPositive ?? false {
        throw .notPositive(model: name, series: series.name, span: observation.span, value: value)
      }
    }
    fitted += pool?.take(observations.map(\.value), from: first) ?? []
  }
}

extension FittedAuto: Codable {
  static let envelope = ModelEnvelope("foresight.auto", version: 2, oldest: 2)

  private enum CodingKeys: String, CodingKey { case series, pool, substitute, note, origin, fitted }

  /// Writes the members' parameters and states with the last two cycles of the series, some twenty kilobytes at any length.
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
  /// - Throws: `DecodingError` for another format, version 1, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    try FittedAuto.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    series = try container.decode(TimeSeries.self, forKey: .series)
    pool = try container.decodeIfPresent(AutoPool.self, forKey: .pool)
    substitute = try container.decodeIfPresent(FittedModel.self, forKey: .substitute)
    note = try container.decodeIfPresent(String.self, forKey: .note)
    origin = try container.decode(Period.self, forKey: .origin)
    fitted = try container.decode([Double?].self, forKey: .fitted)
    guard fitted.count == series.count, origin.frequency == series.frequency, origin <= series.start,
      pool?.isSound(after: origin.distance(to: series.end) + 1) ?? (substitute != nil)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .pool, in: container, debugDescription: "is no fit of the series")
    }
  }
}
