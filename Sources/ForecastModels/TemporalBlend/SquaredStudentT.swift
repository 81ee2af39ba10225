internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The law of c·max(0, x)² for a joint Student t x: that of a series whose square root was modelled.
struct SquaredStudentT: TransformedStudentT {
  /// The joint distribution of the root.
  let root: JointStudentT
  /// c of each step.
  let factors: [Double]
  /// The share of the root's deviation that is left to each step, 1 in general.
  private let shares: [Double]
  private let nodes: StudentNodes

  /// The law with given means, the deviations and correlations of a law of the root held.
  ///
  /// A root that deviates far more than the mean allows would have to lie below zero, and the mean above almost all of the
  /// mass. Its location stays at a quarter of the root of the mean, so that the median is a sixteenth of the mean at
  /// least, and its deviation is the one that gives the mean.
  ///
  /// - Throws: `NumericsError` for a value that is not finite.
  init(mean: [Double], factors: [Double], root law: JointStudentT) throws(NumericsError) {
    let nodes = StudentNodes(degreesOfFreedom: law.degreesOfFreedom)
    var location: [Double] = []
    var shares = [Double](repeating: 1, count: mean.count)
    for step in mean.indices {
      let target = mean[step] / factors[step]
      let spread = law.diagonal[step].squareRoot()
      let free = nodes.location(ofMeanSquare: target, spread: spread)
      let least = 0.25 * target.squareRoot()
      guard free < least, least > 0, spread > 0 else {
        location.append(free)
        continue
      }
      location.append(least)
      shares[step] = nodes.spread(ofMeanSquare: target, location: least, below: spread) / spread
    }
    root = try law.moved(to: location, degreesOfFreedom: law.degreesOfFreedom)
    self.shares = shares
    self.factors = factors
    self.nodes = nodes
  }

  var horizon: Int { factors.count }

  func marginal(_ step: Int) -> any Distribution {
    let location = root.location[step]
    let spread = deviation(step)
    let mean = nodes.moment(2, location, spread)
    return SquaredMargin(
      root: root.marginal(step), location: location, share: shares[step], factor: factors[step],
      mean: factors[step] * mean,
      variance: factors[step] * factors[step] * max(nodes.moment(4, location, spread) - mean * mean, 0))
  }

  /// The scale of a step's root.
  func deviation(_ step: Int) -> Double { shares[step] * root.diagonal[step].squareRoot() }

  func quantile(_ probability: Double) -> [Double] {
    root.quantile(probability).enumerated().map { step, x in value(x, at: step) }
  }

  /// The figure of a value of the root.
  private func value(_ x: Double, at step: Int) -> Double {
    let own = narrowed(x, about: root.location[step], share: shares[step])
    return factors[step] * max(own, 0) * max(own, 0)
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let paths = root.samplePaths(count, seed: seed)
    return Matrix(
      rows: horizon, columns: count,
      columnMajor: paths.elements.enumerated().map { place, x in value(x, at: place % horizon) })
  }
}

/// A value whose distance from a location is a share of what it was, to the last bit where that is 1.
private func narrowed(_ x: Double, about location: Double, share: Double) -> Double {
  share == 1 ? x : location + share * (x - location)
}

/// One step of a squared law.
private struct SquaredMargin: Distribution {
  let root: any Distribution
  let location: Double
  /// The share of the root's deviation that is left.
  let share: Double
  let factor: Double
  let mean: Double
  let variance: Double

  func cdf(_ x: Double) -> Double { x < 0 ? 0 : root.cdf(widened((x / factor).squareRoot())) }
  func quantile(_ p: Double) -> Double {
    let x = max(narrowed(root.quantile(p), about: location, share: share), 0)
    return factor * x * x
  }
  /// Zero below 0; at 0 lies what mass the root has below it.
  func density(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    let r = (x / factor).squareRoot()
    return root.density(widened(r)) / (2 * r * factor * share)
  }
  func logDensity(_ x: Double) -> Double { Double.log(density(x)) }

  private func widened(_ r: Double) -> Double { share == 1 ? r : location + (r - location) / share }
}

/// Quantiles of the standard Student t at equal steps of the normal score, with their weights: sums over them are
/// expectations.
private struct StudentNodes: Sendable {
  private let quantiles: [Double]
  private let weights: [Double]

  init(degreesOfFreedom: Double) {
    let law = try? StudentT(degreesOfFreedom: degreesOfFreedom, location: 0, scale: 1)
    let scores = (-32...32).map { 0.25 * Double($0) }
    quantiles = scores.map { score in
      // The upper half by symmetry, where a probability near 1 has fewer digits.
      let tail = Normal.standard.cdf(-abs(score))
      let x = law?.quantile(tail) ?? Normal.standard.quantile(tail)
      return score < 0 ? x : -x
    }
    let densities = scores.map { Normal.standard.density($0) }
    let total = densities.reduce(0, +)
    weights = densities.map { $0 / total }
  }

  /// E max(0, μ + σt)ᵏ, k 2 or 4.
  func moment(_ order: Int, _ location: Double, _ spread: Double) -> Double {
    var sum = 0.0
    for (t, weight) in zip(quantiles, weights) {
      let x = max(location + spread * t, 0)
      sum += weight * (order == 2 ? x * x : x * x * x * x)
    }
    return sum
  }

  /// The σ of a mean square at a location, which rises with σ, by bisection.
  func spread(ofMeanSquare target: Double, location: Double, below limit: Double) -> Double {
    var (low, high) = (0.0, limit)
    while high - low > 1e-15 * high {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { break }
      if moment(2, location, middle) < target { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// The μ of a mean square, by Newton's method on a convex, rising function.
  func location(ofMeanSquare target: Double, spread: Double) -> Double {
    var location = target.squareRoot()
    guard spread > 0 else { return location }
    for _ in 0..<100 {
      var slope = 0.0
      for (t, weight) in zip(quantiles, weights) { slope += 2 * weight * max(location + spread * t, 0) }
      let step = (moment(2, location, spread) - target) / slope
      guard step.isFinite, abs(step) > 1e-14 * (abs(location) + spread) else { break }
      location -= step
    }
    return location
  }
}
