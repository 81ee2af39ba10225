internal import ForesightNumerics
internal import RealModule

/// Weighted draws from the posterior of the parameters of a curve, along the profile of its first parameter.
///
/// The prior is flat in the curve's coordinates, inside its box; p(θ | y) ∝ S(θ)^(−n/2) there.
/// The proposal takes the first parameter from a histogram over its profile, and the others from Student t distributions around
/// the optimum of the profile. It follows the ridge along which a capacity is not identified to the end of the prior, which a
/// single distribution at the estimate would miss. If the weights are still uneven (a fitted shape, a ridge that bends within a
/// cell), the draws start an ensemble of chains.
struct CurvePosterior<Curve: GrowthCurve> {
  private let fit: CurveFit<Curve>
  private let prior: BoxBounds
  private var cells: [Cell] = []

  /// An interval of the logarithm of the first parameter between two nodes.
  private struct Cell {
    var lower: CurveProfile<Curve>.Node
    var upper: CurveProfile<Curve>.Node
    /// The coordinates of the two nodes.
    var from: [Double]
    var through: [Double]
    /// The Cholesky factor of the scale of the other coordinates.
    var factor: Matrix
    var mass = 0.0
  }

  init(_ fit: CurveFit<Curve>) {
    self.fit = fit
    prior = fit.curve.prior(fit.sample)
  }

  /// The draws; the estimate alone for a perfect fit, or if no draw has a finite density.
  mutating func draws(_ count: Int = 4096) -> ParameterDraws {
    let n = fit.sample.size
    let profile = CurveProfile(fit)
    let estimate = profile.estimate
    // The histogram leaves out weights below e⁻¹⁴ of the largest; the t tails still reach them.
    let least = fit.objective
    let keeps: (CurveProfile<Curve>.Node) -> Bool = { 0.5 * Double(n) * .log($0.objective / least) < 14 }
    let alone = ParameterDraws(estimate: fit.parameters, objective: least, observations: n)
    guard !fit.sample.isExact(least, fit.noise) else { return alone }
    let step = profile.firstStep
    let down = profile.walk(by: -step, limit: .log(prior.lower[0]), while: keeps)
    let up = profile.walk(by: step, limit: .log(prior.upper[0]), while: keeps)
    build(down.reversed() + [estimate] + up)
    let total = cells.reduce(0) { $0 + $1.mass }
    guard total > 0, total.isFinite, let drawn = sample(count, total: total, least: least) else {
      return alone
    }
    return drawn.effectiveShare < 0.1 ? chains(from: drawn, least: least) ?? drawn : drawn
  }

  /// The posterior by chains that start at the most likely draws.
  private func chains(from drawn: ParameterDraws, least: Double) -> ParameterDraws? {
    let n = fit.sample.size
    let order = drawn.objectives.indices.filter { drawn.objectives[$0].isFinite }
      .sorted { (drawn.objectives[$0], $0) < (drawn.objectives[$1], $1) }
    let starts = order.prefix(min(2048, order.count / 4 * 2))
    func logDensity(_ objective: Double) -> Double { -0.5 * Double(n) * Double.log(objective / least) }
    // In the order of the draws, not of their density, so that the two halves are alike.
    var sampler = EnsembleSampler(
      places: starts.sorted().map { fit.curve.coordinates(drawn.points[$0]) },
      logDensities: starts.sorted().map { logDensity(drawn.objectives[$0]) })
    sampler.run(sweeps: 60) { place in
      objective(at: fit.curve.point(at: place)).map(logDensity) ?? -.infinity
    }
    let points = sampler.places.map { fit.curve.point(at: $0) }
    return ParameterDraws(
      points: points, objectives: points.map { objective(at: $0) ?? .infinity },
      weights: [Double](repeating: 1, count: points.count), observations: n)
  }

  /// S at a point inside the box of the prior; `nil` outside it and outside the domain of the noise.
  private func objective(at point: [Double]) -> Double? {
    let inside = point.indices.allSatisfy { point[$0] >= prior.lower[$0] && point[$0] <= prior.upper[$0] }
    return inside ? fit.curve.objective(point, fit.sample, fit.noise) : nil
  }

  private mutating func build(_ nodes: [CurveProfile<Curve>.Node]) {
    let n = Double(fit.sample.size)
    for (lower, upper) in zip(nodes, nodes.dropFirst()) where upper.logValue > lower.logValue {
      let better = lower.objective < upper.objective ? lower : upper
      guard let factor = conditionalFactor(better) else { continue }
      var logDeterminant = 0.0
      for j in 0..<factor.rows { logDeterminant += .log(factor[j, j]) }
      let exponent = -0.5 * n * Double.log(better.objective / fit.objective) + logDeterminant
      var cell = Cell(
        lower: lower, upper: upper, from: fit.curve.coordinates(lower.point),
        through: fit.curve.coordinates(upper.point), factor: factor)
      cell.mass = exponent
      cells.append(cell)
    }
    let top = cells.reduce(-Double.infinity) { max($0, $1.mass) }
    for k in cells.indices {
      // A floor of a thousandth keeps every interval of the ridge.
      cells[k].mass =
        max(.exp(cells[k].mass - top), 1e-3) * (cells[k].upper.logValue - cells[k].lower.logValue)
    }
  }

  /// The scale of the other parameters given the first, kept positive definite and within the width of the prior.
  private func conditionalFactor(_ node: CurveProfile<Curve>.Node) -> Matrix? {
    let size = node.point.count - 1
    guard size > 0 else { return Matrix(rows: 0, columns: 0, repeating: 0) }
    let place = fit.curve.coordinates(node.point)
    let seeded = place.indices.map { Dual<Double>(place[$0], lane: $0) }
    let design = fit.curve.design(fit.curve.point(at: seeded), fit.sample, fit.noise)
    let variance = node.objective / Double(max(1, fit.degreesOfFreedom + 1))
    let extents = fit.curve.extents(fit.sample)
    var information = Matrix(rows: size, columns: size, repeating: 0)
    for a in 0..<size {
      for b in 0..<size {
        var sum = 0.0
        for i in 0..<design.rows { sum += design[i, a + 1] * design[i, b + 1] }
        information[a, b] = sum / variance
      }
      // A parameter that the data do not identify keeps at most a quarter of the extent of its prior.
      information[a, a] = information[a, a] * (1 + 1e-9) + 16 / (extents[a + 1] * extents[a + 1])
    }
    guard let cholesky = try? Cholesky(information), let covariance = try? cholesky.inverse() else {
      return nil
    }
    return ParameterDraws.factor(covariance)
  }

  private func sample(_ count: Int, total: Double, least: Double) -> ParameterDraws? {
    let n = fit.sample.size
    let size = fit.parameters.count - 1
    let freedom = Double(min(8, max(3, fit.degreesOfFreedom)))
    let places = RandomStream(seed: 1, name: "growth.profile")
    let normals = RandomStream(seed: 1, name: "growth.proposal")
    let mixing = RandomStream(seed: 1, name: "growth.mixing")
    let chiSquared = try? ChiSquared(degreesOfFreedom: freedom)
    var points: [[Double]] = []
    var objectives: [Double] = []
    var logWeights: [Double] = []
    var k = 0
    var before = 0.0
    for draw in 0..<count {
      // Stratified: one position per draw, evenly over the histogram.
      let target = (Double(draw) + places.uniform(draw)) / Double(count) * total
      while k + 1 < cells.count, before + cells[k].mass < target {
        before += cells[k].mass
        k += 1
      }
      let cell = cells[k]
      let share = min(1, max(0, (target - before) / cell.mass))
      let width = cell.upper.logValue - cell.lower.logValue
      let first = cell.lower.logValue + share * width
      var stretch = 1.0
      if let chiSquared {
        stretch = (freedom / max(chiSquared.quantile(mixing.uniform(draw)), 1e-300)).squareRoot()
      }
      var coordinates = (0..<size).map { j in
        cell.from[j + 1] + share * (cell.through[j + 1] - cell.from[j + 1])
      }
      var squared = 0.0
      var logDeterminant = 0.0
      for j in 0..<size {
        let z = SpecialFunctions.normalQuantile(normals.uniform(draw * size + j)) * stretch
        squared += z * z
        logDeterminant += .log(cell.factor[j, j])
        for i in j..<size { coordinates[i] += cell.factor[i, j] * z }
      }
      let point = fit.curve.point(at: [first] + coordinates)
      let objective = objective(at: point)
      points.append(point)
      objectives.append(objective ?? .infinity)
      let logProposal =
        Double.log(cell.mass / width) - logDeterminant
        - 0.5 * (freedom + Double(size)) * Double.log(onePlus: squared / freedom)
      let logTarget = objective.map { -0.5 * Double(n) * Double.log($0 / least) }
      logWeights.append(logTarget.map { $0 - logProposal } ?? -.infinity)
    }
    let top = logWeights.max() ?? -.infinity
    guard top.isFinite else { return nil }
    return ParameterDraws(
      points: points, objectives: objectives, weights: logWeights.map { .exp($0 - top) }, observations: n)
  }
}

/// Chains that move to a posterior by stretching towards one another: affine-invariant, so that a curved or narrow ridge
/// needs no tuning.
///
/// Each half of the chains in turn proposes ξ' = ξ_j + z (ξ_i − ξ_j) with j of the other half and z of density ∝ 1/√z on
/// [1/2, 2], accepted with min(1, z^(d−1) π(ξ')/π(ξ)) (Goodman and Weare, Comm. App. Math. Comp. Sci. 5 (2010) 65–80).
struct EnsembleSampler {
  /// The positions of the chains, an even number, each with a finite density.
  var places: [[Double]]
  /// log π at each.
  var logDensities: [Double]

  /// Moves every chain `sweeps` times; the moves come from a fixed random stream.
  mutating func run(sweeps: Int, logDensity: ([Double]) -> Double) {
    let half = places.count / 2
    guard half > 0, let size = places.first?.count else { return }
    let stream = RandomStream(seed: 1, name: "growth.ensemble")
    for sweep in 0..<sweeps {
      for side in 0..<2 {
        for i in 0..<half {
          let chain = side * half + i
          let draw = (sweep * 2 * half + chain) * 3
          let partner = (1 - side) * half + min(half - 1, Int(stream.uniform(draw) * Double(half)))
          let root = 1 + stream.uniform(draw + 1)
          let stretch = root * root / 2
          var proposal = places[partner]
          for j in 0..<size { proposal[j] += stretch * (places[chain][j] - places[partner][j]) }
          let density = logDensity(proposal)
          let gain = Double(size - 1) * Double.log(stretch) + density - logDensities[chain]
          if Double.log(stream.uniform(draw + 2)) < gain {
            places[chain] = proposal
            logDensities[chain] = density
          }
        }
      }
    }
  }
}
