public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A random walk, with or without drift, fitted to a series.
public struct FittedRandomWalk: FittedForecaster {
  /// The name of the model.
  public let name: String
  /// The series that was fitted.
  public let series: TimeSeries
  /// The one-step prediction of each observation from those before it; `nil` for the first.
  public let fitted: [Double?]
  /// The drift a base period; zero for the naive forecast.
  public let drift: Double
  /// The standard error of the drift, `nil` for the naive forecast.
  public let driftStandardError: Double?
  /// σ̂² of the innovation of one base period.
  public let variance: Double
  /// The degrees of freedom of σ̂².
  public let degreesOfFreedom: Int
  /// The log-likelihood given the first observation, `nil` for a perfect fit.
  public let logLikelihood: Double?
  private let walk: RandomWalkDifferences
  let hasDrift: Bool
  /// The precision of the drift over that of one innovation.
  private let information: Double

  init(
    name: String, series: TimeSeries, walk: RandomWalkDifferences, hasDrift: Bool,
    holding held: WalkEstimates? = nil
  ) {
    self.name = name
    self.series = series
    self.walk = walk
    self.hasDrift = hasDrift
    let n = walk.size
    let information = held?.information ?? walk.product(walk.distances, walk.distances)
    self.information = information
    let drift = held?.drift ?? (hasDrift ? walk.product(walk.distances, walk.differences) / information : 0)
    let residuals = (0..<n).map { walk.differences[$0] - drift * walk.distances[$0] }
    let innovations = walk.innovations(residuals)
    var squares = 0.0
    var logPivots = 0.0
    for k in 0..<n {
      squares += innovations[k] * innovations[k] / walk.pivots[k]
      logPivots += .log(walk.pivots[k])
    }
    let degreesOfFreedom = held?.degreesOfFreedom ?? (n - (hasDrift ? 1 : 0))
    let variance = held?.variance ?? squares / Double(degreesOfFreedom)
    self.drift = drift
    self.degreesOfFreedom = degreesOfFreedom
    self.variance = variance
    driftStandardError = hasDrift ? (variance / information).squareRoot() : nil
    let count = Double(n)
    // The figures are |S| times the means of a flow.
    var logScale = 0.0
    var fitted = [Double?](repeating: nil, count: series.count)
    for k in 0..<n {
      let observation = series.observations[walk.index[k + 1]]
      let factor = series.rule == .sum ? Double(observation.span.count) : 1
      logScale += .log(factor)
      fitted[walk.index[k + 1]] = factor * (walk.means[k + 1] - innovations[k])
    }
    self.fitted = fitted
    // Held parameters do not maximise this likelihood.
    logLikelihood =
      held.map(\.logLikelihood)
      ?? (squares > 0
        ? -0.5 * (count * Double.log(2 * .pi * squares / count) + count + logPivots) - logScale : nil)
  }

  /// True: the estimates have a closed form.
  public var hasConverged: Bool { true }

  /// Drift, innovation standard deviation and criteria.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    if hasDrift, let error = driftStandardError {
      let estimate = Estimate(value: drift, standardError: error, lower: nil, upper: nil)
      summary.coefficients = [FitSummary.Coefficient("drift", estimate, degreesOfFreedom: degreesOfFreedom)]
    }
    summary.degreesOfFreedom = Double(degreesOfFreedom)
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: hasDrift ? 2 : 1, observations: walk.size)
    }
    summary.notes.append("the likelihood is that of the differences, given the first value")
    return summary
  }

  /// The joint Student t law of the next base periods.
  ///
  /// With h counted from the end of the series, the variance is σ²(h + h²/(n−1)) with drift and σ²h without on single
  /// periods; a span at the end adds what it leaves unknown of its last period.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let n = walk.size
    let residuals = (0..<n).map { walk.differences[$0] - drift * walk.distances[$0] }
    let correction = walk.lastSpanShare(residuals)
    let distanceShare = walk.lastSpanShare(walk.distances)
    let known = walk.lastShare * walk.lastShare / walk.pivots[n - 1]
    let base = walk.lastSpread - known + walk.trailing
    let last = walk.means[n]
    let aheads = (0..<horizon).map { walk.reach + Double($0 + 1) }
    let deviation = variance.squareRoot()
    // An innovation stays for good; what the last span leaves unknown and the drift are common to all steps.
    let start = [Double](repeating: deviation * max(base, 0).squareRoot(), count: horizon)
    let slope = hasDrift ? deviation / information.squareRoot() : 0
    let byDrift = aheads.map { slope * ($0 - distanceShare) }
    let columns = ScaleColumns(
      rows: horizon, kernel: [Double](repeating: deviation, count: horizon), others: hasDrift ? 2 : 1
    ) { (0, $0 == 0 ? start[...] : byDrift[...]) }
    return try numerics { () throws(NumericsError) in
      try JointStudentT(
        location: aheads.map { last + correction + drift * $0 }, columns: columns,
        degreesOfFreedom: Double(degreesOfFreedom))
    }
  }
}

extension FittedRandomWalk {
  /// True: the walk goes on from the last value.
  public var followsObservations: Bool { true }

  /// The walk continued along later data, its drift and innovation variance held.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedRandomWalk {
    try refuseUnused(regressors)
    try series.requireFrequency(self.series.frequency)
    let walk = try RandomWalkDifferences(series, model: name, needed: 2)
    var held = estimates
    held.logLikelihood = nil
    return FittedRandomWalk(name: name, series: series, walk: walk, hasDrift: hasDrift, holding: held)
  }
}

/// What a fit of a random walk estimates: what stays when later values are taken in.
struct WalkEstimates: Sendable, Codable {
  var drift: Double
  var variance: Double
  var degreesOfFreedom: Int
  /// The precision of the drift over that of one innovation.
  var information: Double
  var logLikelihood: Double?
}

extension FittedRandomWalk {
  /// What was estimated.
  var estimates: WalkEstimates {
    WalkEstimates(
      drift: drift, variance: variance, degreesOfFreedom: degreesOfFreedom, information: information,
      logLikelihood: logLikelihood)
  }
}

/// Refuses values so large that the variance of a forecast would overflow.
///
/// - Throws: `ForecastError.numerics`.
func requireRange(_ variance: Double, model: String, series: TimeSeries) throws(ForecastError) {
  let largest = Double.greatestFiniteMagnitude / 1e12
  guard variance < largest else {
    throw .numerics(
      model: model, series: series.name,
      .outsideRange(name: "variance", value: variance, lower: 0, upper: largest))
  }
}

extension FittedRandomWalk: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.random-walk", version: 1)]

  /// The estimates and the series, some twenty bytes an observation.
  var saved: SavedFields {
    ["name": name, "series": series, "hasDrift": hasDrift, "estimates": estimates]
  }

  init(_ saved: SavedReader) throws {
    let name: String = try saved.name
    let series: TimeSeries = try saved.series
    let estimates: WalkEstimates = try saved.estimates
    try require(
      estimates.variance >= 0 && estimates.degreesOfFreedom >= 1 && estimates.information > 0, "estimates",
      "are not those of a walk")
    self.init(
      name: name, series: series, walk: try RandomWalkDifferences(series, model: name, needed: 2),
      hasDrift: try saved.hasDrift, holding: estimates)
  }
}
