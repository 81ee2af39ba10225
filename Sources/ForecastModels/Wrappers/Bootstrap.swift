public import Forecasting
internal import ForesightNumerics

/// A forecaster whose parameter uncertainty is drawn by refitting it to histories made of its own residuals.
///
/// A replicate's history is the fitted values plus blocks of residuals drawn with replacement (H. R. Künsch, *Ann. Stat.*
/// 17 (1989) 1217–1241, doi:10.1214/aos/1176347265); the model is fitted to it, and where its fits can be
/// updated, the replicate's parameters are brought to the end of the true history, so that only parameters differ. The
/// predictive distribution is the equal mixture of the replicates'. What the model's own law says of parameter
/// uncertainty stays in each, so that the mixture is wide rather than narrow.
public struct Bootstrap<Base: Forecaster>: Forecaster {
  /// The model that is refitted.
  public var base: Base
  /// The number of replicates.
  public var replicates: Int
  /// The observations in a block; when `nil` two seasons, or 8 without a season, at most half the series.
  public var block: Int?
  /// The seed of the draws.
  public var seed: UInt64

  /// The bootstrap of a model.
  public init(_ base: Base, replicates: Int = 50, block: Int? = nil, seed: UInt64 = 20_221_130) {
    self.base = base
    self.replicates = replicates
    self.block = block
    self.seed = seed
  }

  /// `Bootstrap(…)` with the model's name.
  public var name: String { "Bootstrap(\(base.name))" }

  /// The model fitted to the series and to each replicate's history.
  ///
  /// Missing values stay missing; an observation without a fitted value keeps its own. Cost: a fit a replicate.
  ///
  /// - Throws: what the model's fit throws, `ForecastError.tooFewObservations` for fewer than two residuals, and the first
  ///   replicate's error where more than half of them fail.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedBootstrap<Base.Fitted> {
    try fit(series, regressors: nil)
  }

  /// Whether the model takes external variables, which every history has in common.
  public var takesRegressors: Bool { base.takesRegressors }

  /// The model fitted to the series and to each replicate's history, given external variables over its periods.
  ///
  /// - Throws: as `fit(_:)`, and what the model's fit throws of the variables.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedBootstrap<Base.Fitted> {
    for option in Bootstrap.options { try option.validate(self) }
    let whole = try base.fit(series, regressors: regressors)
    let residuals = whole.residuals.compactMap { $0 }
    guard residuals.count >= 2 else {
      throw .tooFewObservations(model: name, series: series.name, needed: 2, found: residuals.count)
    }
    let centre = residuals.reduce(0, +) / Double(residuals.count)
    let usual = series.seasonalPeriod > 1 ? 2 * series.seasonalPeriod : 8
    let length = max(1, min(block ?? usual, residuals.count / 2))
    var fits: [Base.Fitted] = []
    var failures: [ForecastError] = []
    for replicate in 0..<replicates {
      let noise = drawn(residuals, block: length, replicate: replicate).map { $0 - centre }
      do throws(ForecastError) {
        fits.append(try refit(to: history(of: whole, noise: noise), end: series, regressors))
      } catch {
        failures.append(error)
      }
    }
    if let first = failures.first, 2 * failures.count > replicates { throw first }
    return FittedBootstrap(
      name: name, base: whole, replicates: fits, block: length, failureCount: failures.count, seed: seed)
  }

  /// Residuals in blocks whose places are drawn uniformly.
  private func drawn(_ residuals: [Double], block: Int, replicate: Int) -> [Double] {
    let stream = RandomStream(seed: seed, name: "bootstrap.\(replicate)")
    let places = residuals.count - block + 1
    var noise: [Double] = []
    var draw = 0
    while noise.count < residuals.count {
      let start = min(places - 1, Int(stream.uniform(draw) * Double(places)))
      noise += residuals[start..<(start + block)]
      draw += 1
    }
    return noise
  }

  private func history(of whole: Base.Fitted, noise: [Double]) throws(ForecastError) -> TimeSeries {
    let series = whole.series
    var next = 0
    let observations = zip(series.observations, whole.fitted).map { observation, fitted in
      guard observation.value != nil, let fitted else { return observation }
      defer { next += 1 }
      return Observation(observation.span, fitted + noise[next])
    }
    return try TimeSeries(
      name: series.name, unit: series.unit, rule: series.rule, observations: observations,
      seasonalPeriod: series.seasonalPeriod)
  }

  private func refit(
    to history: TimeSeries, end series: TimeSeries, _ regressors: Regressors?
  ) throws(ForecastError) -> Base.Fitted {
    let fit = try base.fit(history, regressors: regressors)
    do throws(ForecastError) {
      return try fit.updated(to: series, regressors: regressors)
    } catch {
      if case .unsupported = error { return fit }
      throw error
    }
  }
}

extension Bootstrap: Equatable where Base: Equatable {}

extension Bootstrap {
  static var options: [ModelOption<Bootstrap>] {
    [
      ModelOption("replicates", \.replicates, .count(), "the number of refits"),
      ModelOption(
        "block", \.block, .optional(.count(), absent: "auto"),
        "observations in a block of residuals; auto is two seasons, or 8 without a season"),
      ModelOption("seed", \.seed, .whole(in: 0...(.max)), "the seed of the draws"),
    ]
  }
}

/// A model with its replicates.
public struct FittedBootstrap<Base: FittedForecaster>: FittedForecaster {
  /// `Bootstrap(…)` with the model's name.
  public let name: String
  /// The model fitted to the series itself.
  public let base: Base
  /// The replicates' fits.
  public let replicates: [Base]
  /// The observations in a block.
  public let block: Int
  /// The replicates to which the model could not be fitted.
  public let failureCount: Int
  /// The seed of the draws.
  public let seed: UInt64

  /// The series that was fitted.
  public var series: TimeSeries { base.series }
  /// The model's fitted values.
  public var fitted: [Double?] { base.fitted }

  /// Whether the model inside has converged.
  public var hasConverged: Bool { base.hasConverged }

  /// The model's summary, with what the bootstrap rests on.
  public var summary: FitSummary {
    var summary = base.summary
    summary.model = name
    summary.notes.append(
      "parameters refitted to \(replicates.count) histories of residuals in blocks of \(block), seed \(seed)")
    if failureCount > 0 { summary.notes.append("\(failureCount) replicates could not be fitted") }
    return summary
  }

  /// The mixture of the replicates' joint distributions.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    var laws: [any PredictiveDistribution] = []
    for replicate in replicates { laws.append(try replicate.distribution(horizon, regressors: regressors)) }
    return DistributionPool(laws)
  }

  /// Whether the model inside uses external variables.
  public var usesRegressors: Bool { base.usesRegressors }
}

extension FittedBootstrap {
  /// Whether the model inside follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { base.valuesTaken(from: series) }

  /// Every replicate's state on later data, parameters held.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedBootstrap {
    var later: [Base] = []
    for replicate in replicates { later.append(try replicate.updated(to: series, regressors: regressors)) }
    return FittedBootstrap(
      name: name, base: try base.updated(to: series, regressors: regressors), replicates: later, block: block,
      failureCount: failureCount, seed: seed)
  }

  /// Every replicate with later observations taken in, at its own cost.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedBootstrap {
    var later: [Base] = []
    for replicate in replicates {
      later.append(try replicate.appending(observations, regressors: regressors))
    }
    return FittedBootstrap(
      name: name, base: try base.appending(observations, regressors: regressors), replicates: later,
      block: block,
      failureCount: failureCount, seed: seed)
  }
}

extension FittedBootstrap: Codable, SavedFit where Base: Codable {
  static var envelopes: [ModelEnvelope] { [ModelEnvelope("foresight.bootstrap", version: 1)] }

  /// The model and every replicate: as many times the kilobytes of one fit.
  var saved: SavedFields {
    [
      "name": name, "base": base, "replicates": replicates, "block": block, "failureCount": failureCount,
      "seed": seed,
    ]
  }

  init(_ saved: SavedReader) throws {
    name = try saved.name
    base = try saved.base
    replicates = try saved.replicates
    block = try saved.block
    failureCount = try saved.failureCount
    seed = try saved.seed
  }

  func requireSound() throws(UnsoundFit) {
    let end = base.series.end
    try require(
      !replicates.isEmpty && replicates.allSatisfy { $0.series.end == end }, "replicates",
      "do not end with the series")
  }
}
