internal import Forecasting
internal import RealModule

/// How much wider or narrower the pool's intervals are than the members' own, by the errors on held-back data.
struct WidthFactor {
  /// The held-back values that weigh as much as the members' own widths.
  private static let memory = 100.0
  /// The mean absolute deviation of a normal law over its standard deviation, rounded.
  private static let meanDeviation = 0.8

  /// The factor.
  let factor: Double
  /// The standard deviation that the errors warrant where the members' own widths are less than a fifth of them; else 0.
  let floor: Double

  /// The members' own widths.
  static let own = WidthFactor(factor: 1, floor: 0)

  private init(factor: Double, floor: Double) {
    self.factor = factor
    self.floor = floor
  }

  /// f = a (E/D)^κ with κ = c/(c + 100): E the sum of the pool's absolute errors at c held-back values, D what its own widths
  /// let expect.
  ///
  /// a is 1, and 0.85 for days of weeks and for cycles of 24 and more, whose members err less together than each says of itself;
  /// a and the 100 are those of earlier origins of competition series.
  init(
    _ fits: [FittedMember], weights: [Double], sets: HeldBack, forecasts: [[[Double]?]], isLong: Bool
  ) {
    let prior = isLong ? 0.85 : 1
    var known: [(weight: Double, law: any PredictiveDistribution)] = []
    var gate: Int?
    for (weight, fit) in zip(weights, fits) {
      guard let law = fit.law else { continue }
      if law is GateDistribution { gate = known.count }
      known.append((weight, law))
    }
    let deviations = FittedAuto.deviations(
      known.map(\.law), weights: known.map(\.weight), gate: gate, horizon: sets.horizon)
    var errors = 0.0
    var expected = 0.0
    var count = 0.0
    for (place, origin) in sets.origins.enumerated() {
      for (step, actual) in origin.actual.enumerated() {
        guard let actual else { continue }
        var sum = 0.0
        var total = 0.0
        for (weight, own) in zip(weights, forecasts) {
          guard let value = own[place]?[step] else { continue }
          sum += weight * value
          total += weight
        }
        guard total > 0 else { continue }
        errors += abs(actual - sum / total)
        expected += WidthFactor.meanDeviation * deviations[step]
        count += 1
      }
    }
    guard count > 0, errors.isFinite, expected.isFinite else {
      self.init(factor: prior, floor: 0)
      return
    }
    let isFarTooNarrow = errors > 5 * expected
    let ratio = expected > 0 ? min(max(errors / expected, 0.2), 5) : 1
    self.init(
      factor: prior * Double.pow(ratio, count / (count + WidthFactor.memory)),
      floor: isFarTooNarrow ? errors / count / WidthFactor.meanDeviation : 0)
  }
}
