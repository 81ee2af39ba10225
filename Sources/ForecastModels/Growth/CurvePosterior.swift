internal import ForesightNumerics
internal import RealModule

/// Weighted draws from the posterior of a curve's parameters, reached along the profile of its first parameter.
///
/// The prior is flat inside the curve's prior box, in the logarithm of logarithmic parameters; p(θ | y) ∝ S(θ)^(−n/2).
/// The proposal takes the first parameter from a histogram over its profile and the others from Student t laws around
/// the profile's optimum: the ridge along which a capacity is not identified is followed to the end of its prior, where
/// a single law at the estimate would miss it.
struct CurvePosterior<Curve: GrowthCurve> {
  private let fit: CurveFit<Curve>
  private let prior: BoxBounds
  private var cells: [Cell] = []

  /// A stretch of the first parameter's logarithm between two nodes.
  private struct Cell {
    var lower: CurveProfile<Curve>.Node
    var upper: CurveProfile<Curve>.Node
    /// The Cholesky factor of the others' scale, logarithms where they are sampled so.
    var factor: Matrix
    var mass = 0.0
  }

  init(_ fit: CurveFit<Curve>) {
    self.fit = fit
    prior = fit.curve.prior(fit.sample)
  }

  /// The draws; a single point for a perfect fit.
  mutating func draws(_ count: Int = 4096) -> ParameterDraws {
    let n = fit.sample.size
    let profile = CurveProfile(fit)
    let estimate = profile.estimate
    // Weights below e⁻¹⁴ of the largest are left out of the histogram; the t tails still reach there.
    let least = fit.objective
    let keeps: (CurveProfile<Curve>.Node) -> Bool = { 0.5 * Double(n) * .log($0.objective / least) < 14 }
    guard !fit.sample.isExact(least, fit.noise) else {
      return ParameterDraws(
        points: [fit.parameters], objectives: [max(0, least)], weights: [1], observations: n)
    }
    let step = profile.firstStep
    let down = profile.walk(by: -step, limit: .log(prior.lower[0]), while: keeps)
    let up = profile.walk(by: step, limit: .log(prior.upper[0]), while: keeps)
    build(down.reversed() + [estimate] + up)
    let total = cells.reduce(0) { $0 + $1.mass }
    guard total > 0 else {
      return ParameterDraws(points: [fit.parameters], objectives: [least], weights: [1], observations: n)
    }
    return sample(count, total: total, least: least)
  }

  private mutating func build(_ nodes: [CurveProfile<Curve>.Node]) {
    let n = Double(fit.sample.size)
    for (lower, upper) in zip(nodes, nodes.dropFirst()) where upper.logValue > lower.logValue {
      let better = lower.objective < upper.objective ? lower : upper
      guard let factor = conditionalFactor(better) else { continue }
      var logDeterminant = 0.0
      for j in 0..<factor.rows { logDeterminant += .log(factor[j, j]) }
      let exponent = -0.5 * n * Double.log(better.objective / fit.objective) + logDeterminant
      var cell = Cell(lower: lower, upper: upper, factor: factor)
      cell.mass = exponent
      cells.append(cell)
    }
    let top = cells.reduce(-Double.infinity) { max($0, $1.mass) }
    for k in cells.indices {
      // A floor of a thousandth keeps every stretch of the ridge in sight.
      cells[k].mass =
        max(.exp(cells[k].mass - top), 1e-3) * (cells[k].upper.logValue - cells[k].lower.logValue)
    }
  }

  /// The scale of the other parameters given the first, kept positive definite and inside the prior's width.
  private func conditionalFactor(_ node: CurveProfile<Curve>.Node) -> Matrix? {
    let size = node.point.count - 1
    guard size > 0 else { return Matrix(rows: 0, columns: 0, repeating: 0) }
    let design = fit.curve.design(node.point, fit.sample, fit.noise)
    let variance = node.objective / Double(max(1, fit.degreesOfFreedom + 1))
    var information = Matrix(rows: size, columns: size, repeating: 0)
    for a in 0..<size {
      for b in 0..<size {
        var sum = 0.0
        for i in 0..<design.rows { sum += design[i, a + 1] * design[i, b + 1] }
        information[a, b] = sum * slope(a + 1, node.point) * slope(b + 1, node.point) / variance
      }
    }
    for a in 0..<size {
      // A parameter that the data leave open keeps at most a quarter of its prior's width.
      let width = coordinate(a + 1, prior.upper[a + 1]) - coordinate(a + 1, prior.lower[a + 1])
      information[a, a] *= 1 + 1e-9
      if width.isFinite, width > 0 { information[a, a] += 16 / (width * width) }
    }
    guard let cholesky = try? Cholesky(information), let covariance = try? cholesky.inverse() else {
      return nil
    }
    return ParameterDraws.factor(covariance)
  }

  /// dθ/dξ of a parameter's sampled coordinate ξ.
  private func slope(_ j: Int, _ point: [Double]) -> Double { fit.curve.isLogarithmic[j] ? point[j] : 1 }

  private func coordinate(_ j: Int, _ value: Double) -> Double {
    fit.curve.isLogarithmic[j] ? .log(value) : value
  }

  private func value(_ j: Int, _ coordinate: Double) -> Double {
    fit.curve.isLogarithmic[j] ? .exp(coordinate) : coordinate
  }

  private func sample(_ count: Int, total: Double, least: Double) -> ParameterDraws {
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
      // Stratified: one place a draw, evenly over the histogram.
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
        let a = coordinate(j + 1, cell.lower.point[j + 1])
        return a + share * (coordinate(j + 1, cell.upper.point[j + 1]) - a)
      }
      var squared = 0.0
      var logDeterminant = 0.0
      for j in 0..<size {
        let z = SpecialFunctions.normalQuantile(normals.uniform(draw * size + j)) * stretch
        squared += z * z
        logDeterminant += .log(cell.factor[j, j])
        for i in j..<size { coordinates[i] += cell.factor[i, j] * z }
      }
      let point = [Double.exp(first)] + coordinates.indices.map { value($0 + 1, coordinates[$0]) }
      let inside = point.indices.allSatisfy { point[$0] >= prior.lower[$0] && point[$0] <= prior.upper[$0] }
      let objective = inside ? fit.curve.objective(point, fit.sample, fit.noise) : nil
      points.append(point)
      objectives.append(objective ?? .infinity)
      let logProposal =
        Double.log(cell.mass / width) - logDeterminant
        - 0.5 * (freedom + Double(size)) * Double.log(onePlus: squared / freedom)
      let logTarget = objective.map { -0.5 * Double(n) * Double.log($0 / least) }
      logWeights.append(logTarget.map { $0 - logProposal } ?? -.infinity)
    }
    let top = logWeights.max() ?? -.infinity
    guard top.isFinite else {
      return ParameterDraws(points: [fit.parameters], objectives: [least], weights: [1], observations: n)
    }
    return ParameterDraws(
      points: points, objectives: objectives, weights: logWeights.map { .exp($0 - top) }, observations: n)
  }
}
