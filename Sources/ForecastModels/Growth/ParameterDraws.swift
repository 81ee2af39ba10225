internal import ForesightNumerics
internal import RealModule

/// Draws from the posterior of the parameters of a curve, with the residual sum at each.
///
/// With a flat prior on the parameters and 1/σ on the noise, p(θ | y) ∝ S(θ)^(−n/2) and σ² | θ ~ S(θ)/χ²_n, where S is
/// the weighted residual sum. For a linear model this is the multivariate t distribution of least squares; for a nonlinear one,
/// importance sampling starts from that distribution at the estimate and refits it to the weighted draws while the effective
/// number is small (population Monte Carlo: Cappé et al., J. Comput. Graph. Stat. 13, 2004, 907–929). The draws
/// come from a fixed random stream: they are part of the fit, and the seed of a forecast does not change them.
struct ParameterDraws {
  /// The parameter vectors.
  let points: [[Double]]
  /// S(θ) of each.
  let objectives: [Double]
  /// The cumulative weights, ending at 1.
  let cumulative: [Double]
  /// The number of observations n.
  let observations: Int
  /// (Σw)²/Σw² as a share of the number of draws.
  let effectiveShare: Double

  /// Creates draws with weights; those without weight or residual sum are left out; `nil` if none is left.
  init?(points: [[Double]], objectives: [Double], weights: [Double], observations: Int) {
    var running = 0.0
    var squares = 0.0
    var cumulative: [Double] = []
    var kept: [Int] = []
    for (place, weight) in weights.enumerated()
    where weight > 0 && weight.isFinite && objectives[place].isFinite && points[place].allSatisfy(\.isFinite)
    {
      running += weight
      squares += weight * weight
      cumulative.append(running)
      kept.append(place)
    }
    guard running > 0, running.isFinite, squares > 0, squares.isFinite else { return nil }
    self.points = kept.map { points[$0] }
    self.objectives = kept.map { objectives[$0] }
    self.cumulative = cumulative.map { $0 / running }
    self.observations = observations
    effectiveShare = running * running / (squares * Double(weights.count))
  }

  /// The draws at some indices, in order; `nil` if there are none.
  func keeping(_ places: [Int]) -> ParameterDraws? {
    guard places.count < points.count else { return self }
    return ParameterDraws(
      points: places.map { points[$0] }, objectives: places.map { objectives[$0] },
      weights: places.map { cumulative[$0] - ($0 > 0 ? cumulative[$0 - 1] : 0) }, observations: observations)
  }

  /// The estimate alone, with its residual sum, if no posterior can be sampled.
  init(estimate: [Double], objective: Double, observations: Int) {
    points = [estimate]
    objectives = [max(0, objective)]
    cumulative = [1]
    self.observations = observations
    effectiveShare = 1
  }

  /// Draws from the posterior.
  ///
  /// - Parameters:
  ///   - estimate: The parameters that minimize S.
  ///   - scale: σ̂² (JᵀJ)⁻¹, positive definite.
  ///   - objective: S, `nil` outside the domain of the parameters.
  init(
    estimate: [Double], scale: Matrix, observations n: Int, count: Int = 4096,
    objective: ([Double]) -> Double?
  ) {
    let size = estimate.count
    let least = objective(estimate) ?? 0
    guard least > 0, n > size, let factor = ParameterDraws.factor(scale) else {
      self.init(estimate: estimate, objective: least, observations: n)
      return
    }
    var centre = estimate
    var lower = factor
    var freedom = Double(n - size)
    var best: (points: [[Double]], objectives: [Double], weights: [Double], share: Double)?
    for round in 0..<4 {
      let drawn = ParameterDraws.propose(
        centre: centre, factor: lower, freedom: freedom, count: count, round: round,
        observations: n, least: least, objective: objective)
      if best.map({ drawn.share > $0.share }) ?? true { best = drawn }
      if drawn.share > 0.3 { break }
      let (mean, spread) = ParameterDraws.moments(drawn.points, drawn.weights, floor: scale)
      guard let next = ParameterDraws.factor(spread) else { break }
      centre = mean
      lower = next
      freedom = min(freedom, 5)
    }
    self =
      best.flatMap {
        ParameterDraws(
          points: $0.points, objectives: $0.objectives, weights: $0.weights, observations: n)
      } ?? ParameterDraws(estimate: estimate, objective: least, observations: n)
  }

  /// The draw that a uniform number selects.
  func pick(_ uniform: Double) -> Int {
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < uniform { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The lower Cholesky factor, `nil` where the matrix is not positive definite.
  static func factor(_ scale: Matrix) -> Matrix? { try? Cholesky.factor(scale, .refused(share: 0)) }

  private static func propose(
    centre: [Double], factor: Matrix, freedom: Double, count: Int, round: Int, observations n: Int,
    least: Double,
    objective: ([Double]) -> Double?
  ) -> (points: [[Double]], objectives: [Double], weights: [Double], share: Double) {
    let size = centre.count
    let normals = RandomStream(seed: 1, name: "growth.proposal.\(round)")
    let mixing = RandomStream(seed: 1, name: "growth.mixing.\(round)")
    let chiSquared = try? ChiSquared(degreesOfFreedom: freedom)
    var points: [[Double]] = []
    var objectives: [Double] = []
    var logWeights: [Double] = []
    points.reserveCapacity(count)
    for draw in 0..<count {
      var stretch = 1.0
      if let chiSquared {
        let drawn = chiSquared.quantile(mixing.uniform(draw))
        stretch = (freedom / max(drawn, .leastNormalMagnitude)).squareRoot()
      }
      var squared = 0.0
      var point = centre
      for j in 0..<size {
        let z = SpecialFunctions.normalQuantile(normals.uniform(draw * size + j)) * stretch
        squared += z * z
        for i in j..<size { point[i] += factor[i, j] * z }
      }
      let value = objective(point) ?? .infinity
      points.append(point)
      objectives.append(value)
      let logTarget = -0.5 * Double(n) * Double.log(value / least)
      let logProposal = -0.5 * (freedom + Double(size)) * Double.log(onePlus: squared / freedom)
      logWeights.append(value.isFinite ? logTarget - logProposal : -.infinity)
    }
    let top = logWeights.max() ?? 0
    guard top.isFinite else {
      return ([centre], [least], [1], 0)
    }
    let weights = logWeights.map { Double.exp($0 - top) }
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return (points, objectives, weights, sum * sum / (squares * Double(count)))
  }

  /// The weighted mean and 1.5 times the weighted covariance, kept away from zero by a hundredth of the first scale.
  private static func moments(
    _ points: [[Double]], _ weights: [Double], floor: Matrix
  ) -> (mean: [Double], spread: Matrix) {
    let size = floor.rows
    let sum = weights.reduce(0, +)
    var mean = [Double](repeating: 0, count: size)
    for (point, weight) in zip(points, weights) {
      for i in 0..<size { mean[i] += weight * point[i] / sum }
    }
    var spread = Matrix(rows: size, columns: size, repeating: 0)
    for (point, weight) in zip(points, weights) where weight > 0 {
      for i in 0..<size {
        for j in 0..<size {
          spread[i, j] += 1.5 * weight * (point[i] - mean[i]) * (point[j] - mean[j]) / sum
        }
      }
    }
    for i in 0..<size { spread[i, i] += 1e-4 * floor[i, i] }
    return (mean, spread)
  }
}
