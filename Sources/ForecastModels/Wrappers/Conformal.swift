public import Forecasting

/// How calibration scores become quantiles.
public enum ConformalMethod: Sendable, Hashable, Codable {
  /// Ranks of the scores, all alike: covers exactly at the ranks where scores are exchangeable (V. Vovk, A. Gammerman and
  /// G. Shafer, *Algorithmic Learning in a Random World*, 2005; as a whole distribution V. Vovk, J. Shen, V. Manokhin
  /// and M. Xie, *Mach. Learn.* 108 (2019) 445–474, doi:10.1007/s10994-018-5755-8).
  case split
  /// Each quantile's probability follows its own misses at a rate γ > 0, so that late errors count more; its miss
  /// frequency over T scores is off by at most (1 + γ)/(Tγ), whatever the series does (I. Gibbs and E. Candès, *NeurIPS*
  /// 34 (2021) 1660–1672).
  case adaptive(rate: Double)
}

/// A forecaster whose predictive distribution is corrected by what came after earlier forecasts of the same series.
///
/// The model forecasts from origin after origin in the latter part of the series. Where y fell in each forecast's
/// distribution F is a score w = Φ⁻¹(F(y)), standard normal if the distribution is right; a monotone map T a step,
/// learned from the scores, gives the corrected quantile F⁻¹(Φ(T(Φ⁻¹(p)))). Corrected quantiles never cross, stay in the
/// support of F, and the dependence between steps is the model's own. A model whose fits follow later observations
/// is estimated once, on the part before the first origin, and brought up to date at each; others (a curve in time) are fitted
/// anew at each. The forecast itself comes from a fit to the whole series.
public struct Conformal<Base: Forecaster>: Forecaster {
  /// The model that is corrected.
  public var base: Base
  /// How scores become quantiles.
  public var method: ConformalMethod
  /// The number of steps that have a map of their own; later steps take the last one's.
  public var horizon: Int
  /// The largest number of origins: the last ones that the series has.
  public var origins: Int

  /// The correction of a model.
  public init(_ base: Base, method: ConformalMethod = .split, horizon: Int = 12, origins: Int = 60) {
    self.base = base
    self.method = method
    self.horizon = horizon
    self.origins = origins
  }

  /// `Conformal(…)` with the model's name.
  public var name: String { "Conformal(\(base.name))" }

  /// The model fitted to the series, and a map a step from its forecasts of the series' latter half.
  ///
  /// Cost: a fit and an update an origin, or a fit an origin.
  ///
  /// - Throws: `ForecastError.invalidOption` for fewer than five origins, `.tooFewPeriods` or `.tooFewObservations` where a
  ///   step would have fewer than five scores, and what the model's fit
  ///   throws; a failure at a single origin leaves its scores out.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedConformal<Base.Fitted> {
    try fit(series, regressors: nil)
  }

  /// Whether the model that is corrected takes external variables.
  public var takesRegressors: Bool { base.takesRegressors }

  /// The model fitted to the series and to external variables, with a map a step from its forecasts given the variables
  /// that came.
  ///
  /// - Throws: as `fit(_:)`, and what the model's fit throws of the variables.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedConformal<Base.Fitted> {
    for option in Conformal.options { try option.validate(self) }
    let whole = try base.fit(series, regressors: regressors)
    let periods = series.periodCount
    let reach = min(periods / 2, origins + horizon - 1)
    guard reach >= horizon + leastScores - 1 else {
      throw .tooFewPeriods(
        model: name, series: series.name, needed: 2 * (horizon + leastScores - 1), found: periods)
    }
    let design = RollingOrigin(
      initial: periods - reach, horizon: horizon, refit: whole.followsObservations ? reach : 1,
      partialHorizons: true, probabilities: [])
    let trial = try design.backtest([base], on: series, regressors: regressors)
    var maps: [ScoreMap] = []
    for step in 1...horizon {
      let scores = trial.outcomes.filter { $0.step == step }.map { normalScore($0.cdf) }
      guard scores.count >= leastScores else {
        if let failure = trial.failures.first { throw failure.error }
        throw .tooFewObservations(
          model: "\(name) at step \(step)", series: series.name, needed: leastScores, found: scores.count)
      }
      maps.append(ScoreMap(scores, method: method))
    }
    return FittedConformal(
      name: name, base: whole, maps: maps, scoreCount: trial.outcomes.count,
      failureCount: trial.failures.count)
  }

  /// A step needs this many scores: the outer ranks are then 1/6 and 5/6.
  private var leastScores: Int { 5 }
}

extension Conformal: Equatable where Base: Equatable {}

extension Conformal {
  static var options: [ModelOption<Conformal>] {
    [
      ModelOption("method", \.method, .method, "split weights all scores alike, adaptive later ones more"),
      ModelOption(
        "rate", \.rate, .number(above: 0, atMost: 1), "how fast adaptive probabilities follow misses",
        needs: "method=adaptive"),
      ModelOption("horizon", \.horizon, .count(), "steps with scores of their own"),
      ModelOption("origins", \.origins, .count(atLeast: 5), "the most origins that give scores"),
    ]
  }

  private var rate: Double {
    get { if case .adaptive(let rate) = method { rate } else { ConformalMethod.usualRate } }
    set { if case .adaptive = method { method = .adaptive(rate: newValue) } }
  }
}

extension ConformalMethod {
  /// The rate where none is given.
  fileprivate static let usualRate = 0.05
}

extension OptionSyntax<ConformalMethod> {
  /// The name of a method.
  fileprivate static var method: OptionSyntax {
    .oneOf(
      .word("split", .split),
      OptionSyntax(
        ["adaptive"], read: { $0 == "adaptive" ? .adaptive(rate: ConformalMethod.usualRate) : nil },
        write: { method in if case .adaptive = method { "adaptive" } else { nil } }))
  }
}

/// A fitted model with its correction.
public struct FittedConformal<Base: FittedForecaster>: FittedForecaster {
  /// `Conformal(…)` with the model's name.
  public let name: String
  /// The model fitted to the whole series.
  public let base: Base
  /// The map of each step.
  let maps: [ScoreMap]
  /// The number of scores over all steps.
  public let scoreCount: Int
  /// The origins at which the model failed.
  public let failureCount: Int

  /// The series that was fitted.
  public var series: TimeSeries { base.series }
  /// The model's fitted values.
  public var fitted: [Double?] { base.fitted }

  /// Whether the model inside has converged.
  public var hasConverged: Bool { base.hasConverged }

  /// The model's summary, with what the correction rests on.
  public var summary: FitSummary {
    var summary = base.summary
    summary.model = name
    summary.notes.append("distribution corrected by \(scoreCount) scores of \(maps.count) steps")
    if failureCount > 0 { summary.notes.append("the model failed at \(failureCount) origins") }
    return summary
  }

  /// The corrected joint distribution of the next base periods.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let last = maps[maps.count - 1]
    return RecalibratedDistribution(
      try base.distribution(horizon, regressors: regressors),
      maps: (0..<horizon).map { $0 < maps.count ? maps[$0] : last })
  }

  /// The seed of the model inside.
  public var seed: UInt64 { base.seed }

  /// Whether the model inside uses external variables.
  public var usesRegressors: Bool { base.usesRegressors }
}

extension FittedConformal {
  /// Whether the model inside follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { base.valuesTaken(from: series) }

  /// The model's state on later data, its parameters and the correction held.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedConformal {
    FittedConformal(
      name: name, base: try base.updated(to: series, regressors: regressors), maps: maps,
      scoreCount: scoreCount,
      failureCount: failureCount)
  }

  /// The model inside with later observations taken in, at its own cost; the correction is held.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedConformal {
    FittedConformal(
      name: name, base: try base.appending(observations, regressors: regressors), maps: maps,
      scoreCount: scoreCount,
      failureCount: failureCount)
  }
}

extension FittedConformal: Codable, SavedFit where Base: Codable {
  static var envelopes: [ModelEnvelope] { [ModelEnvelope("foresight.conformal", version: 1)] }

  /// The model inside and the maps, some hundred bytes a step and score.
  var saved: SavedFields {
    [
      "name": name, "base": base, "maps": maps, "scoreCount": scoreCount, "failureCount": failureCount,
    ]
  }

  init(_ saved: SavedReader) throws {
    name = try saved.name
    base = try saved.base
    maps = try saved.maps
    scoreCount = try saved.scoreCount
    failureCount = try saved.failureCount
  }

  func requireSound() throws(UnsoundFit) {
    try require(
      !maps.isEmpty && maps.allSatisfy(\.isSound), "maps",
      "do not have ascending knots and as many scores")
  }
}
