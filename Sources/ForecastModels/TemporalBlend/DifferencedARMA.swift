internal import RealModule

/// x_t = φx_{t−1} + e_t + θe_{t−1} for the differences x of a series, averaged over φ and θ by their posterior.
///
/// Weights are the exact Gaussian likelihood, σ² integrated out, times a prior: on short series the average forecasts better
/// than the most likely pair. Predictions and their variances come by the innovations algorithm (P. J. Brockwell and
/// R. A. Davis, *Time Series: Theory and Methods*, 2nd ed., Springer 1991, §5.3). Cost: 24 passes of O(n), eight θ side by
/// side in each; a later value is one step of each.
struct DifferencedARMA: Sendable, Codable {
  /// φ of the grid, close to 1 finer.
  static let phis = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.985]
  /// The lengths that the φ stand for.
  private static let widths = [0.2, 0.2, 0.15, 0.1, 0.1, 0.1, 0.075, 0.05, 0.045, 0.035, 0.025, 0.015]
  /// θ of the grid.
  static let thetas = (0..<16).map { -0.96 + 0.1 * Double($0) }
  /// φ ~ N(0.9, 0.2²), θ ~ N(−0.6, 0.3²): a lasting, damped slope under a slow level.
  private static let prior = (phi: (mean: 0.9, spread: 0.2), theta: (mean: -0.6, spread: 0.3))

  /// The θ of the grid, eight side by side.
  private static let halves = (0..<2).map { SIMD8<Double>(thetas[(8 * $0)..<(8 * $0 + 8)]) }

  /// The posterior, φ by φ and θ by θ within.
  private let weights: [Double]
  /// The posterior means.
  let phi: Double
  /// The posterior means.
  let theta: Double
  /// The number of values taken in.
  private(set) var taken = 0
  /// The last value of the series.
  private(set) var level = 0.0
  /// The last difference.
  private var difference = 0.0
  /// The predictions' errors for each φ and eight θ; none before the first difference.
  private var lanes: [Innovations] = []
  /// The same at the posterior means, in every lane.
  private var own: Innovations?

  /// The posterior of a series of at least four values.
  init?(_ values: [Double]) {
    guard values.count >= 4, let last = values.last else { return nil }
    let x = zip(values.dropFirst(), values).map { $0 - $1 }
    let total = x.reduce(0) { $0 + $1 * $1 }
    let floor = 1e-12 * total + .leastNormalMagnitude
    var logs: [Double] = []
    for (place, phi) in DifferencedARMA.phis.enumerated() {
      let pull = (phi - DifferencedARMA.prior.phi.mean) / DifferencedARMA.prior.phi.spread
      let base = Double.log(DifferencedARMA.widths[place]) - 0.5 * pull * pull
      for thetas in DifferencedARMA.halves {
        let run = DifferencedARMA.run(x, phi, thetas)
        lanes.append(run.end)
        for lane in 0..<8 {
          let apart = (thetas[lane] - DifferencedARMA.prior.theta.mean) / DifferencedARMA.prior.theta.spread
          logs.append(
            base - 0.5 * apart * apart - 0.5 * Double(x.count) * Double.log(max(run.squares[lane], floor))
              - 0.5 * Double.log(run.product[lane]))
        }
      }
    }
    let top = logs.max() ?? 0
    let raw = logs.map { Double.exp($0 - top) }
    let sum = raw.reduce(0, +)
    guard sum.isFinite, sum > 0 else { return nil }
    weights = raw.map { $0 / sum }
    var means = (phi: 0.0, theta: 0.0)
    for (k, share) in weights.enumerated() {
      means.phi += share * DifferencedARMA.phis[k / 16]
      means.theta += share * DifferencedARMA.thetas[k % 16]
    }
    phi = means.phi
    theta = means.theta
    taken = values.count
    level = last
    difference = x[x.count - 1]
    own = trace(values).end
  }

  /// Puts the average before the first value, its posterior held.
  mutating func restart() {
    taken = 0
    level = 0
    difference = 0
    lanes = []
    own = nil
  }

  /// Takes in one more value, the posterior held; its prediction at the posterior means, none for the first two.
  mutating func take(_ value: Double) -> Double? {
    let x = value - level
    let before = (level: level, difference: difference)
    level = value
    taken += 1
    guard taken > 1 else { return nil }
    difference = x
    guard var own else {
      for phi in DifferencedARMA.phis {
        for thetas in DifferencedARMA.halves { lanes.append(Innovations(x, phi, thetas)) }
      }
      self.own = Innovations(x, phi, middle)
      return nil
    }
    for place in lanes.indices {
      lanes[place].advance(
        x, after: before.difference, DifferencedARMA.phis[place / 2], DifferencedARMA.halves[place % 2])
    }
    let predicted = own.next(after: before.difference, phi, middle)[0]
    own.advance(x, after: before.difference, phi, middle)
    self.own = own
    return before.level + predicted
  }

  /// Whether there is a weight for each place of the grid, and an error where a difference was seen.
  var isSound: Bool {
    weights.count == DifferencedARMA.phis.count * DifferencedARMA.thetas.count
      && lanes.count == (taken > 1 ? 2 * DifferencedARMA.phis.count : 0) && lanes.allSatisfy(\.isSound)
      && (own != nil) == (taken > 1) && own?.isSound ?? true
      && (weights + [level, difference, phi, theta]).allSatisfy(\.isFinite)
  }

  /// Σe²/f, Πf and what is left at the end for eight θ: f is the variance of a prediction in units of σ².
  static func run(
    _ x: [Double], _ phi: Double, _ theta: SIMD8<Double>
  ) -> (squares: SIMD8<Double>, product: SIMD8<Double>, end: Innovations) {
    var end = Innovations(x[0], phi, theta)
    var squares = end.error * end.error / end.variance
    var product = end.variance
    for t in 1..<x.count {
      end.advance(x[t], after: x[t - 1], phi, theta)
      squares += end.error * end.error / end.variance
      product *= end.variance
    }
    return (squares, product, end)
  }

  /// The posterior mean of the next values; before the first difference the last value goes on.
  func path(_ horizon: Int) -> [Double] {
    var value = level
    var differences = [Double](repeating: 0, count: DifferencedARMA.phis.count)
    for (place, state) in lanes.enumerated() {
      let next = state.next(
        after: difference, DifferencedARMA.phis[place / 2], DifferencedARMA.halves[place % 2])
      for lane in 0..<8 { differences[place / 2] += weights[8 * place + lane] * next[lane] }
    }
    return (0..<horizon).map { _ in
      for (k, phi) in DifferencedARMA.phis.enumerated() {
        value += differences[k]
        differences[k] *= phi
      }
      return value
    }
  }

  /// The one-step predictions at the posterior means; none for the first two values.
  func fitted(_ values: [Double]) -> [Double?] { [nil, nil] + trace(values).predictions }

  /// The predictions from the third value on at the posterior means, and what is left at the end.
  private func trace(_ values: [Double]) -> (predictions: [Double], end: Innovations) {
    var end = Innovations(values[1] - values[0], phi, middle)
    let predictions = (2..<values.count).map { t in
      let last = values[t - 1] - values[t - 2]
      defer { end.advance(values[t] - values[t - 1], after: last, phi, middle) }
      return values[t - 1] + end.next(after: last, phi, middle)[0]
    }
    return (predictions, end)
  }

  private var middle: SIMD8<Double> { SIMD8(repeating: theta) }
}

/// The error of the last prediction for one φ and eight θ, and its variance in units of σ².
struct Innovations: Sendable, Codable {
  private(set) var error: SIMD8<Double>
  private(set) var variance: SIMD8<Double>

  /// The first difference, whose prediction is zero.
  init(_ x: Double, _ phi: Double, _ theta: SIMD8<Double>) {
    error = SIMD8(repeating: x)
    variance = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi)
  }

  /// Moves on to a difference and the one before it.
  mutating func advance(_ x: Double, after last: Double, _ phi: Double, _ theta: SIMD8<Double>) {
    let gain = theta / variance
    error = x - phi * last - gain * error
    variance = 1 + theta * theta - theta * gain
  }

  /// The prediction that follows.
  func next(after last: Double, _ phi: Double, _ theta: SIMD8<Double>) -> SIMD8<Double> {
    phi * last + theta / variance * error
  }

  /// Whether errors are finite and variances positive.
  var isSound: Bool {
    (0..<8).allSatisfy { error[$0].isFinite && variance[$0] > 0 && variance[$0].isFinite }
  }
}
