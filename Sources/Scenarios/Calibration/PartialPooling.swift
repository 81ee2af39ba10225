internal import ForesightNumerics
internal import RealModule

/// The normal hierarchical model y_j ~ N(θ_j, s_j²), θ_j ~ N(μ, τ²), μ flat, τ half-normal, by a grid over τ.
struct PartialPooling: Sendable {
  /// The posterior means of θ_j.
  let means: [Double]
  /// The posterior mean of τ.
  let spread: Double
  /// The mixture over τ of the law of a new θ: weight, mean, standard deviation.
  private let mixture: [(weight: Double, mean: Double, deviation: Double)]

  /// The posterior of estimates with standard errors; `scale` is that of the half-normal prior of τ.
  init(_ y: [Double], standardErrors s: [Double], scale: Double) {
    let steps = 400
    var points: [(log: Double, tau: Double, mean: Double, variance: Double)] = []
    for k in 0..<steps {
      let tau = 5 * scale * (Double(k) + 0.5) / Double(steps)
      var precision = 0.0
      var sum = 0.0
      for (value, error) in zip(y, s) {
        let weight = 1 / (error * error + tau * tau)
        precision += weight
        sum += weight * value
      }
      let mean = sum / precision
      var log = -0.5 * (tau / scale) * (tau / scale) - 0.5 * Double.log(precision)
      for (value, error) in zip(y, s) {
        let variance = error * error + tau * tau
        log -= 0.5 * (Double.log(variance) + (value - mean) * (value - mean) / variance)
      }
      points.append((log, tau, mean, 1 / precision))
    }
    let top = points.map(\.log).max() ?? 0
    let total = points.reduce(0) { $0 + Double.exp($1.log - top) }
    let weights = points.map { Double.exp($0.log - top) / total }
    spread = zip(weights, points).reduce(0) { $0 + $1.0 * $1.1.tau }
    means = zip(y, s).map { value, error in
      zip(weights, points).reduce(0) { sum, pair in
        let own = 1 / (error * error)
        let shared = 1 / (pair.1.tau * pair.1.tau)
        return sum + pair.0 * (own * value + shared * pair.1.mean) / (own + shared)
      }
    }
    mixture = zip(weights, points).map { weight, point in
      (weight, point.mean, (point.variance + point.tau * point.tau).squareRoot())
    }
  }

  /// P(θ_new ≤ x).
  func cdf(_ x: Double) -> Double {
    mixture.reduce(0) { $0 + $1.weight * Normal.standard.cdf((x - $1.mean) / $1.deviation) }
  }

  /// The quantile of a new θ, by halving.
  func quantile(_ p: Double) -> Double {
    var low = mixture.reduce(Double.infinity) { min($0, $1.mean - 12 * $1.deviation) }
    var high = mixture.reduce(-Double.infinity) { max($0, $1.mean + 12 * $1.deviation) }
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      if cdf(middle) < p { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
