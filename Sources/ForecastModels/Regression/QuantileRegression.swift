internal import ForesightNumerics

/// The exact minimum of Σ ρ_τ(yᵢ − xᵢβ), ρ_τ(u) = u(τ − 1[u < 0]), at a vertex that passes through p observations.
///
/// The simplex method on the observations: from a vertex along its steepest edge to the edge's minimum, a weighted
/// quantile of breakpoints, until no edge descends (Barrodale and Roberts, SIAM J. Numer. Anal. 10 (1973) 839–848;
/// Koenker and d'Orey, Applied Statistics 36 (1987) 383–393). Responses perturbed by a share of 10⁻¹⁰ break ties on the
/// way; the vertex is then certified, and mended if need be, on the responses themselves. Cost: O(n p) an edge.
struct QuantileRegression {
  /// The probability τ, strictly between 0 and 1.
  let probability: Double

  /// A vertex of least objective.
  struct Solution {
    let coefficients: [Double]
    let residuals: [Double]
    let objective: Double
    let basis: [Int]
    let steps: Int
    let optimal: Bool
  }

  /// The minimum for a design of full column rank.
  ///
  /// - Throws: `NumericsError.rankDeficient`.
  func solve(_ x: Matrix, _ y: [Double]) throws(NumericsError) -> Solution {
    let n = x.rows
    let p = x.columns
    // The search is for the distance from least squares, whose residuals are small and certified.
    let rough = try LeastSquares().solve(x, y)
    let target = rough.residuals
    let size = rough.residuals.reduce(0) { max($0, abs($1)) }
    var basis = try QuantileRegression.basis(x, residuals: rough.residuals, size: size)
    var steps = 0
    var optimal = true
    if size > 0 {
      let noise = RandomStream(seed: 1, name: "quantile-regression.ties").uniforms(0..<n)
      let perturbed = zip(target, noise).map { $0 + 1e-10 * size * ($1 - 0.5) }
      optimal = false
      for response in [perturbed, target] {
        let walk = try descend(x, response, from: basis, size: size, limit: 50 * (n + p))
        basis = walk.basis
        steps += walk.steps
        optimal = walk.optimal
      }
    }
    // Through the p points alone, twice: the second pass takes off what rounding the coefficients did to the residuals.
    var through = [Double](repeating: 0, count: n)
    for i in basis { through[i] = 1 }
    let vertex = try LeastSquares().solve(x, target, weights: through)
    guard vertex.isFullRank else { throw .rankDeficient(rank: vertex.rank, columns: p) }
    let rest = try LeastSquares().solve(x, vertex.residuals, weights: through)
    var residuals = rest.residuals
    for i in basis { residuals[i] = 0 }
    return Solution(
      coefficients: zip(rough.coefficients, vertex.coefficients).map { $0 + $1 }, residuals: residuals,
      objective: objective(residuals), basis: basis,
      steps: steps, optimal: optimal)
  }

  /// Σ ρ_τ(e).
  func objective(_ residuals: [Double]) -> Double {
    residuals.reduce(0) { $0 + $1 * ($1 < 0 ? probability - 1 : probability) }
  }

  /// p independent rows, those of small residual preferred.
  private static func basis(
    _ x: Matrix, residuals: [Double], size: Double
  ) throws(NumericsError) -> [Int] {
    var weighted = x.transposed()
    for i in 0..<x.rows {
      let share = size > 0 ? 1 / (abs(residuals[i]) / size + 0.05) : 1
      for j in 0..<x.columns { weighted[j, i] *= share }
    }
    let factor = try QR(weighted, pivoting: true)
    guard factor.rank() == x.columns else { throw .rankDeficient(rank: factor.rank(), columns: x.columns) }
    return Array(factor.order.prefix(x.columns))
  }

  /// X X_h⁻¹: every row in terms of the rows of the vertex.
  private func tableau(_ x: Matrix, _ basis: [Int]) throws(NumericsError) -> Matrix {
    let p = x.columns
    var square = Matrix(rows: p, columns: p)
    for (k, i) in basis.enumerated() { for j in 0..<p { square[k, j] = x[i, j] } }
    let factor = try QR(square)
    var inverse = Matrix(rows: p, columns: p)
    for k in 0..<p {
      var unit = [Double](repeating: 0, count: p)
      unit[k] = 1
      let column = try factor.solveR(try factor.applyQ(unit, transposed: true), size: p)
      for j in 0..<p { inverse[j, k] = column[j] }
    }
    return x * inverse
  }

  private func descend(
    _ x: Matrix, _ y: [Double], from start: [Int], size: Double, limit: Int
  ) throws(NumericsError) -> (basis: [Int], steps: Int, optimal: Bool) {
    let n = x.rows
    let p = x.columns
    let tau = probability
    let tie = 1e-13 * size
    var basis = start
    var rows = try tableau(x, basis)
    for step in 0..<limit {
      if step > 0, step % 20 == 0 { rows = try tableau(x, basis) }
      var inside = [Bool](repeating: false, count: n)
      for i in basis { inside[i] = true }
      let held = basis.map { y[$0] }
      let through = rows * held
      var residuals = zip(y, through).map { $0 - $1 }
      for i in basis { residuals[i] = 0 }
      // The slope along edge j either way: a basis response moves off the fit, all others follow.
      var best = (edge: -1, sign: 0.0, slope: 0.0, steepness: -1e-10)
      for j in 0..<p {
        for sign in [1.0, -1.0] {
          var slope = sign > 0 ? 1 - tau : tau
          var length = 1.0
          for i in 0..<n where !inside[i] {
            let rate = -sign * rows.elements[i + j * n]
            length += abs(rate)
            if residuals[i] > tie || (residuals[i] >= -tie && rate > 0) {
              slope += tau * rate
            } else {
              slope += (tau - 1) * rate
            }
          }
          if slope / length < best.steepness { best = (j, sign, slope, slope / length) }
        }
      }
      guard best.edge >= 0 else { return (basis, step, true) }
      let column = best.edge * n
      var crossings: [(distance: Double, row: Int)] = []
      for i in 0..<n where !inside[i] && abs(residuals[i]) > tie {
        let rate = -best.sign * rows.elements[i + column]
        let distance = -residuals[i] / rate
        if abs(rate) > 1e-11, distance > 0, distance.isFinite { crossings.append((distance, i)) }
      }
      crossings.sort { ($0.distance, $0.row) < ($1.distance, $1.row) }
      var slope = best.slope
      var entering = -1
      for crossing in crossings {
        entering = crossing.row
        slope += abs(rows.elements[crossing.row + column])
        if slope >= 0 { break }
      }
      guard entering >= 0 else { return (basis, step, false) }
      pivot(&rows, entering: entering, edge: best.edge)
      basis[best.edge] = entering
    }
    return (basis, limit, false)
  }

  private func pivot(_ rows: inout Matrix, entering: Int, edge: Int) {
    let n = rows.rows
    let divisor = rows[entering, edge]
    for i in 0..<n { rows.elements[i + edge * n] /= divisor }
    for k in 0..<rows.columns where k != edge {
      let factor = rows[entering, k]
      guard factor != 0 else { continue }
      for i in 0..<n { rows.elements[i + k * n] -= factor * rows.elements[i + edge * n] }
    }
  }
}
