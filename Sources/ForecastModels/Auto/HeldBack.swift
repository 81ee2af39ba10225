internal import Forecasting
internal import RealModule

/// The end of a series held back for forecasts from origins inside it.
struct HeldBack {
  /// An origin with the values that follow it.
  struct Origin {
    let training: TimeSeries
    let actual: [Double?]
  }

  /// The periods forecast from each origin.
  let horizon: Int
  /// The origins, one horizon apart, the latest first.
  let origins: [Origin]

  /// The origins of a series of single periods; none where it is too short.
  ///
  /// The horizon is what is usually asked for: six years, two years of quarters, a year and a half of months, four weeks of
  /// days, two days of hours; at most a quarter of the series.
  init(_ series: TimeSeries, cycles: [Int], count: Int = 2) {
    let cycle = cycles.first ?? 1
    let usual =
      switch cycle {
      case ...1: 6
      case 5, 7: max(4 * cycle, cycles.count > 1 ? (cycles.last ?? 0) / 4 : 0)
      case ..<24: max(6, min(2 * cycle, 18))
      default: 2 * cycle
      }
    let horizon = max(1, min(usual, series.count / 4))
    self.horizon = horizon
    let values = series.values
    origins = (1...count).compactMap { place in
      let kept = series.count - place * horizon
      guard kept >= 3, let training = series.prefix(kept), training.observedCount >= 3 else { return nil }
      return Origin(training: training, actual: Array(values[kept..<(kept + horizon)]))
    }
  }

  /// The means forecast by a model from each origin; `nil` where it could not be fitted.
  func forecasts(_ model: some Forecaster, _ regressors: Regressors?) -> [[Double]?] {
    origins.map { origin in
      let given = model.takesRegressors ? regressors : nil
      guard let fit = try? model.fit(origin.training, regressors: given),
        let forecast = try? fit.forecast(horizon, regressors: fit.usesRegressors ? given : nil)
      else { return nil }
      let mean = forecast.mean
      return mean.allSatisfy(\.isFinite) ? mean : nil
    }
  }

  /// The mean absolute, or root mean squared, error from an origin; `nil` where nothing was observed.
  func error(of forecast: [Double], from origin: Int, squared: Bool) -> Double? {
    var sum = 0.0
    var count = 0.0
    for (value, expected) in zip(origins[origin].actual, forecast) {
      guard let value else { continue }
      sum += squared ? (value - expected) * (value - expected) : abs(value - expected)
      count += 1
    }
    guard count > 0, sum.isFinite else { return nil }
    return squared ? (sum / count).squareRoot() : sum / count
  }
}

/// The weights of a pool's members by their errors on held-back data.
struct HeldBackWeights {
  /// One weight a member, of sum 1; zero for a member that is left out.
  private(set) var weights: [Double]
  /// The mean error of each member over the origins; `nil` where it has none.
  let errors: [Double?]

  /// Weights in proportion to prior · r^−s · exp(−(r − 1)²/5), with r the member's error over the least one.
  ///
  /// Near the best a weight falls slowly, since held-back errors of a single series are noisy; far from it the weight vanishes, so that a
  /// member that is exact is alone. Without origins the weights are the priors.
  ///
  /// - Parameters:
  ///   - pool: The pool.
  ///   - errors: The errors of each member from each origin.
  init(_ pool: AutoPool, errors: [[Double?]]) {
    let members = pool.members
    let general = members.indices.filter { !members[$0].isSpecialist }
    let origins = (errors.first?.indices).map(Array.init) ?? []
    let used = origins.filter { origin in
      2 * general.count { errors[$0][origin] != nil } > general.count
    }
    let means = errors.map { own -> Double? in
      var sum = 0.0
      for origin in used {
        guard let error = own[origin] else { return nil }
        sum += error
      }
      return used.isEmpty ? nil : sum / Double(used.count)
    }
    self.errors = means
    let isJudged = general.contains { means[$0] != nil }
    var admitted = general
    if isJudged, used.count == origins.count, used.count > 1 {
      admitted += members.indices.filter { place in
        members[place].isSpecialist
          && used.allSatisfy { origin in
            guard let own = errors[place][origin] else { return false }
            return own < 0.5 * (general.compactMap { errors[$0][origin] }.min() ?? 0)
          }
      }
    }
    weights = [Double](repeating: 0, count: members.count)
    guard isJudged else {
      for place in admitted { weights[place] = members[place].prior }
      normalize()
      return
    }
    let known = admitted.compactMap { means[$0] }
    let least = known.min() ?? 0
    let largest = known.max() ?? 0
    let floor = max(least, 1e-9 * largest)
    for place in admitted {
      guard let error = means[place] else { continue }
      let ratio = floor > 0 ? max(error / floor, 1) : 1
      weights[place] =
        members[place].prior * Double.pow(ratio, -pool.steepness)
        * Double.exp(-0.2 * (ratio - 1) * (ratio - 1))
    }
    let top = weights.max() ?? 0
    // What weighs next to nothing would only cost time.
    for place in weights.indices where weights[place] < 0.02 * top { weights[place] = 0 }
    normalize()
  }

  private mutating func normalize() {
    let total = weights.reduce(0, +)
    guard total > 0 else { return }
    weights = weights.map { $0 / total }
  }
}
