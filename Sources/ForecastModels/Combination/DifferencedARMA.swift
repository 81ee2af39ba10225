internal import RealModule

/// x_t = φx_{t−1} + e_t + θe_{t−1} for the differences x of a series, averaged over φ and θ by their posterior.
///
/// Weights are the exact Gaussian likelihood, σ² integrated out, times a prior: on short series the average forecasts better
/// than the most likely pair. Predictions and their variances come by the innovations algorithm (P. J. Brockwell and
/// R. A. Davis, *Time Series: Theory and Methods*, 2nd ed., Springer 1991, §5.3). Cost: 24 passes of O(n), eight θ side by
/// side in each.
struct DifferencedARMA: Sendable, Codable {
  /// φ of the grid, close to 1 finer.
  static let phis = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.985]
  /// The lengths that the φ stand for.
  private static let widths = [0.2, 0.2, 0.15, 0.1, 0.1, 0.1, 0.075, 0.05, 0.045, 0.035, 0.025, 0.015]
  /// θ of the grid.
  static let thetas = (0..<16).map { -0.96 + 0.1 * Double($0) }
  /// φ ~ N(0.9, 0.2²), θ ~ N(−0.6, 0.3²): a lasting, damped slope under a slow level.
  private static let prior = (phi: (mean: 0.9, spread: 0.2), theta: (mean: -0.6, spread: 0.3))

  /// The last value of the series.
  let level: Double
  /// The posterior, φ by φ and θ by θ within.
  private let weights: [Double]
  /// For each φ the posterior's share of the next difference.
  private let next: [Double]
  /// The posterior means.
  let phi: Double
  /// The posterior means.
  let theta: Double

  /// The posterior of a series of at least four values.
  init?(_ values: [Double]) {
    guard values.count >= 4, let last = values.last else { return nil }
    let x = zip(values.dropFirst(), values).map { $0 - $1 }
    let total = x.reduce(0) { $0 + $1 * $1 }
    let floor = 1e-12 * total + .leastNormalMagnitude
    var logs: [Double] = []
    var steps: [Double] = []
    for (place, phi) in DifferencedARMA.phis.enumerated() {
      let pull = (phi - DifferencedARMA.prior.phi.mean) / DifferencedARMA.prior.phi.spread
      let base = Double.log(DifferencedARMA.widths[place]) - 0.5 * pull * pull
      for half in 0..<2 {
        let thetas = SIMD8<Double>(DifferencedARMA.thetas[(8 * half)..<(8 * half + 8)])
        let run = DifferencedARMA.run(x, phi, thetas)
        for lane in 0..<8 {
          let apart = (thetas[lane] - DifferencedARMA.prior.theta.mean) / DifferencedARMA.prior.theta.spread
          logs.append(
            base - 0.5 * apart * apart - 0.5 * Double(x.count) * Double.log(max(run.squares[lane], floor))
              - 0.5 * Double.log(run.product[lane]))
          steps.append(run.next[lane])
        }
      }
    }
    let top = logs.max() ?? 0
    let raw = logs.map { Double.exp($0 - top) }
    let sum = raw.reduce(0, +)
    guard sum.isFinite, sum > 0 else { return nil }
    self.init(last: last, weights: raw.map { $0 / sum }, steps: steps)
  }

  /// The average of given weights and next differences, φ by φ and θ by θ within.
  private init(last: Double, weights: [Double], steps: [Double]) {
    var next = [Double](repeating: 0, count: DifferencedARMA.phis.count)
    var means = (phi: 0.0, theta: 0.0)
    for (k, share) in weights.enumerated() {
      next[k / 16] += share * steps[k]
      means.phi += share * DifferencedARMA.phis[k / 16]
      means.theta += share * DifferencedARMA.thetas[k % 16]
    }
    level = last
    self.weights = weights
    self.next = next
    phi = means.phi
    theta = means.theta
  }

  /// The same posterior at the end of other values, at least two.
  func updated(to values: [Double]) -> DifferencedARMA? {
    guard values.count >= 2, let last = values.last else { return nil }
    let x = zip(values.dropFirst(), values).map { $0 - $1 }
    let steps = DifferencedARMA.phis.flatMap { phi in
      (0..<2).flatMap { half in
        let run = DifferencedARMA.run(
          x, phi, SIMD8<Double>(DifferencedARMA.thetas[(8 * half)..<(8 * half + 8)]))
        return (0..<8).map { run.next[$0] }
      }
    }
    return DifferencedARMA(last: last, weights: weights, steps: steps)
  }

  /// Whether there is a weight and a step for each place of the grid.
  var isSound: Bool {
    weights.count == DifferencedARMA.phis.count * DifferencedARMA.thetas.count
      && next.count == DifferencedARMA.phis.count
      && (weights + next + [level, phi, theta]).allSatisfy(\.isFinite)
  }

  /// Σe²/f, Πf and the next prediction for eight θ: f is the variance of a prediction in units of σ².
  static func run(
    _ x: [Double], _ phi: Double, _ theta: SIMD8<Double>
  ) -> (squares: SIMD8<Double>, product: SIMD8<Double>, next: SIMD8<Double>) {
    let square = theta * theta
    var f = (1 + 2 * phi * theta + square) / (1 - phi * phi)
    var e = SIMD8<Double>(repeating: x[0])
    var squares = e * e / f
    var product = f
    for t in 1..<x.count {
      let gain = theta / f
      e = x[t] - phi * x[t - 1] - gain * e
      f = 1 + square - theta * gain
      squares += e * e / f
      product *= f
    }
    return (squares, product, phi * x[x.count - 1] + theta / f * e)
  }

  /// The posterior mean of the next values.
  func path(_ horizon: Int) -> [Double] {
    var value = level
    var differences = next
    return (0..<horizon).map { _ in
      for (k, phi) in DifferencedARMA.phis.enumerated() {
        value += differences[k]
        differences[k] *= phi
      }
      return value
    }
  }

  /// The one-step predictions at the posterior means; none for the first two values.
  func fitted(_ values: [Double]) -> [Double?] {
    var result: [Double?] = [nil, nil]
    var f = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi)
    var x = values[1] - values[0]
    var e = x
    for t in 2..<values.count {
      let gain = theta / f
      let predicted = phi * x + gain * e
      result.append(values[t - 1] + predicted)
      x = values[t] - values[t - 1]
      e = x - predicted
      f = 1 + theta * theta - theta * gain
    }
    return result
  }
}
