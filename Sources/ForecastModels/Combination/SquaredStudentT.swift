internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The law of c·max(0, x)² for a joint Student t x: that of a series whose square root was modelled.
struct SquaredStudentT: PredictiveDistribution {
  /// The joint distribution of the root.
  let root: JointStudentT
  /// c of each step.
  let factors: [Double]
  private let nodes: StudentNodes

  /// The law with given means, the deviations and correlations of a law of the root held.
  ///
  /// - Throws: `NumericsError` for a value that is not finite.
  init(mean: [Double], factors: [Double], root law: JointStudentT) throws(NumericsError) {
    let nodes = StudentNodes(degreesOfFreedom: law.degreesOfFreedom)
    root = try law.moved(
      to: mean.indices.map {
        nodes.location(ofMeanSquare: mean[$0] / factors[$0], spread: law.diagonal[$0].squareRoot())
      }, degreesOfFreedom: law.degreesOfFreedom)
    self.factors = factors
    self.nodes = nodes
  }

  var horizon: Int { factors.count }

  func marginal(_ step: Int) -> any Distribution {
    let location = root.location[step]
    let spread = root.diagonal[step].squareRoot()
    let mean = nodes.moment(2, location, spread)
    return SquaredMargin(
      root: root.marginal(step), factor: factors[step], mean: factors[step] * mean,
      variance: factors[step] * factors[step] * max(nodes.moment(4, location, spread) - mean * mean, 0))
  }

  func quantile(_ probability: Double) -> [Double] {
    zip(root.quantile(probability), factors).map { $1 * max($0, 0) * max($0, 0) }
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let paths = root.samplePaths(count, seed: seed)
    return Matrix(
      rows: horizon, columns: count,
      columnMajor: paths.elements.enumerated().map { place, x in
        factors[place % horizon] * max(x, 0) * max(x, 0)
      })
  }
}

/// One step of a squared law.
private struct SquaredMargin: Distribution {
  let root: any Distribution
  let factor: Double
  let mean: Double
  let variance: Double

  func cdf(_ x: Double) -> Double { x < 0 ? 0 : root.cdf((x / factor).squareRoot()) }
  func quantile(_ p: Double) -> Double {
    let x = max(root.quantile(p), 0)
    return factor * x * x
  }
  /// Zero below 0; at 0 lies what mass the root has below it.
  func density(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    let r = (x / factor).squareRoot()
    return root.density(r) / (2 * r * factor)
  }
  func logDensity(_ x: Double) -> Double { Double.log(density(x)) }
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
