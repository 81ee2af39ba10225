public import Forecasting
internal import ForesightNumerics

/// The members of `TemporalBlend` fitted to a series.
public struct FittedTemporalBlend: FittedForecaster {
  /// The series that was fitted.
  public internal(set) var series: TimeSeries
  /// The mean of the members' one-step predictions where all have one.
  public internal(set) var fitted: [Double?]
  var pool: BlendMembers?
  /// What stands in where the members do not suit the series.
  var substitute: (any FittedForecaster)?
  let note: String?
  /// The first period fitted, which the season counts from.
  let origin: Period

  init(series: TimeSeries, pool: BlendMembers?, substitute: (any FittedForecaster)?, note: String?) {
    self.series = series
    self.pool = pool
    self.substitute = substitute
    self.note = note
    origin = series.start
    fitted = pool?.fitted(series.values) ?? substitute?.fitted ?? []
  }

  /// `Temporal blend`.
  public var name: String { "Temporal blend" }

  /// The members that dropped out.
  public var failures: [CombinationFailure] { pool?.failures ?? [] }

  /// The joint predictive distribution of the next base periods.
  ///
  /// The mean is that of the members; square roots about it are Student t, so that no value is below zero, and sums
  /// over the horizon are those of joint paths. Data that are not all positive have a Student t law.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    guard let pool else {
      guard let substitute else { preconditionFailure("a fit has members or a substitute") }
      return try substitute.distribution(horizon, regressors: nil)
    }
    return try numerics { () throws(NumericsError) in
      try pool.law(horizon, after: origin.distance(to: series.end) + 1)
    }
  }

  /// Whether the model that stands in for the combination has converged, where one does.
  public var hasConverged: Bool { substitute?.hasConverged ?? true }

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

extension FittedTemporalBlend: StatefulFit {
  /// Whether the members' states, or a stand-in, follow observations.
  public var followsObservations: Bool { substitute?.followsObservations ?? true }

  /// All of a series that begins with the first period fitted, else those after the end of the fit; what a stand-in takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    substitute?.valuesTaken(from: series) ?? (series.start == origin ? .all : .later(origin: origin))
  }

  /// The stand-in at the end of the series, where there is one.
  func refiltered(_ whole: TimeSeries, isRestarted: Bool) throws(ForecastError) -> FittedTemporalBlend? {
    guard let later = try substitute?.updated(to: whole) else { return nil }
    var copy = self
    copy.series = whole
    copy.substitute = later
    copy.fitted = later.fitted
    return copy
  }

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
