public import Forecasting
internal import ForesightNumerics

/// A model of the levels of cycles, with the shape within the cycle.
public struct FittedShapeLevel<Base: FittedForecaster>: FittedForecaster {
  /// `Shape × level(…)` with the model's name.
  public let name: String
  /// The fitted series, with new observations if there are any.
  public let series: TimeSeries
  /// The model of the levels.
  public let base: Base
  let shape: CycleShape
  /// The first fitted period, which the shape counts from.
  let origin: Period

  init(name: String, series: TimeSeries, shape: CycleShape, origin: Period, base: Base) {
    self.name = name
    self.series = series
    self.shape = shape
    self.origin = origin
    self.base = base
  }

  /// The base periods in the cycle.
  public var seasonalPeriod: Int { shape.cycle }

  /// The model's fitted level of each cycle with the shape on it; `nil` before the first whole cycle.
  public var fitted: [Double?] {
    let levels = base.fitted
    let offset = origin.distance(to: series.start)
    let count = series.periodCount
    return (0..<count).map { t in
      let cycle = levels.count - 1 - (count - 1 - t) / shape.cycle
      guard levels.indices.contains(cycle), let level = levels[cycle] else { return nil }
      return shape.value(level, at: offset + t)
    }
  }

  /// The joint Student t distribution of the next base periods.
  ///
  /// Location and covariance are those of the levels under the shape, and of deviations from the shape, an autoregression of
  /// order 1; both are taken as independent. Deviations of levels are half the distance of their quantiles at ±1 normal score.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let m = shape.cycle
    let count = (horizon - 1) / m + 1
    let levels = try base.distribution(count, regressors: nil)
    let first = origin.distance(to: series.end) + 1
    let means = (0..<count).map { levels.marginal($0).mean }
    let low = levels.quantile(Normal.standard.cdf(-1))
    let high = levels.quantile(Normal.standard.cdf(1))
    let deviations = zip(low, high).map { 0.5 * ($1 - $0) }
    var covariance = averageCorrelation([levels], weights: [[Double]](repeating: [1], count: count))
    for i in 0..<count { for j in 0..<count { covariance[i, j] *= deviations[i] * deviations[j] } }
    let scale = covariance
    let shape = shape
    return try numerics { () throws(NumericsError) in
      let root = try Cholesky.factor(scale, .dropped(share: 1e-12 * Double(count)))
      let fresh = (1 - shape.persistence * shape.persistence).squareRoot()
      let columns = ScaleColumns(rows: horizon, others: count + horizon) { place in
        if place < count {
          let values = (place * m..<horizon).map { step in
            root[step / m, place] * (shape.isMultiplicative ? shape.figure(first + step) : 1)
          }
          return (place * m, values[...])
        }
        let start = place - count
        var share = start == 0 ? 1 : fresh
        let values = (start..<horizon).map { step -> Double in
          defer { share *= shape.persistence }
          return share * shape.deviation(first + step)
        }
        return (start, values[...])
      }
      return try JointStudentT(
        location: (0..<horizon).map { shape.value(means[$0 / m], at: first + $0) }, columns: columns,
        degreesOfFreedom: Spread.misspecified.limited(.infinity))
    }
  }

  /// Whether the model of the levels has converged.
  public var hasConverged: Bool { base.hasConverged }

  /// The seed of the model of the levels.
  public var seed: UInt64 { base.seed }

  /// The summary of the levels, and the kind of shape.
  public var summary: FitSummary {
    var summary = base.summary.inside(name)
    let slots = shape.figures.count / shape.cycle
    summary.notes.append(
      "the levels are means over \(shape.cycle) periods; a shape of \(shape.figures.count) periods is "
        + (shape.isMultiplicative ? "multiplied with them" : "added to them")
        + (slots > 1 ? ", one for each of \(slots) cycles" : ""))
    return summary
  }
}

extension FittedShapeLevel {
  /// Whether the model of the levels follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// The model's state on the levels of another series; its parameters and the shape are held.
  ///
  /// Levels are counted back from the last period, so all of them are taken again. Cost: O(n).
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedShapeLevel {
    try refuseUnused(regressors)
    try series.requireFrequency(self.series.frequency)
    let known = series.slice(from: origin) ?? series
    guard known.periodCount >= 2 * shape.cycle else {
      throw .tooFewPeriods(
        model: name, series: series.name, needed: 2 * shape.cycle, found: known.periodCount)
    }
    let values = try CycleShape.filled(
      known.singlePeriodValues(for: name), cycle: shape.cycle, of: known, for: name)
    for value in values { try requireRange(value, model: name, series: series) }
    let levels = try shape.levels(of: values, in: series)
    return FittedShapeLevel(
      name: name, series: known, shape: shape, origin: origin,
      base: try base.updated(to: levels, regressors: nil))
  }
}

extension FittedShapeLevel: Codable, SavedFit where Base: Codable {
  static var envelopes: [ModelEnvelope] { [ModelEnvelope("foresight.shape-level", version: 1)] }

  /// The model of the levels, the shape and the series, some twenty bytes an observation.
  var saved: SavedFields {
    ["name": name, "series": series, "base": base, "shape": shape, "origin": origin]
  }

  init(_ saved: SavedReader) throws {
    self.init(
      name: try saved.name, series: try saved.series, shape: try saved.shape, origin: try saved.origin,
      base: try saved.base)
  }

  func requireSound() throws(UnsoundFit) {
    try require(shape.isSound, "shape", "is not the shape of a cycle")
    try require(
      origin.frequency == series.frequency && origin <= series.start
        && origin.distance(to: series.end) < 100_000_000, "origin", "is not a period before the series")
    try require(base.series.periodCount <= series.periodCount, "base", "has more cycles than the series")
  }
}
