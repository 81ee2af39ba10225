internal import Forecasting
internal import ForesightNumerics

/// The ψ function of an M estimator, as the weight ψ(u)/u and the derivative ψ′(u).
enum RobustWeight: Sendable {
  /// u within ±k, ±k beyond (Huber, Annals of Mathematical Statistics 35 (1964) 73–101).
  case huber(Double)
  /// u (1 − (u/c)²)² within ±c, 0 beyond (Beaton and Tukey, Technometrics 16 (1974) 147–185).
  case tukey(Double)

  /// ψ(u)/u.
  func weight(_ u: Double) -> Double {
    switch self {
    case .huber(let k): return abs(u) <= k ? 1 : k / abs(u)
    case .tukey(let c):
      let part = 1 - (u / c) * (u / c)
      return abs(u) < c ? part * part : 0
    }
  }

  /// ψ′(u).
  func derivative(_ u: Double) -> Double {
    switch self {
    case .huber(let k): return abs(u) <= k ? 1 : 0
    case .tukey(let c):
      let t = (u / c) * (u / c)
      return abs(u) < c ? (1 - t) * (1 - 5 * t) : 0
    }
  }
}

/// M estimation by iteratively reweighted least squares from the least-squares fit, the scale re-estimated each step as
/// median|e|/0.6745, as `MASS::rlm`.
///
/// The covariance is Huber's (Robust Statistics, 1981, eq. 7.6.8): κ²/ψ̄′² · Σψ²s²/(n−p) · (XᵀX)⁻¹, κ = 1 + p var ψ′/(n ψ̄′²).
/// The noise of a forecast is normal with the robust scale: outliers are not projected.
func robustEstimate(
  _ sample: RegressionSample, _ columns: [Int], _ psi: RobustWeight
) throws(NumericsError) -> RegressionEstimate {
  let design = sample.whitened(sample.design(columns: columns))
  let response = sample.whitened(sample.response)
  let n = sample.size
  let p = columns.count
  let start = try LeastSquares().solve(design, response)
  var solution = start
  var residuals = start.residuals
  var scale = robustScale(residuals)
  var converged = false
  var steps = 0
  var last = Double.infinity
  while steps < 2000, scale > 0 {
    steps += 1
    let weights = residuals.map { psi.weight($0 / scale) }
    solution = try LeastSquares().solve(design, response, weights: weights)
    guard solution.rank == p else { throw .rankDeficient(rank: solution.rank, columns: p) }
    let change = euclideanNorm(zip(residuals, solution.residuals).map { $0 - $1 })
    let size = euclideanNorm(residuals)
    residuals = solution.residuals
    scale = robustScale(residuals)
    // The change stops shrinking at the rounding of the residuals.
    if change <= 1e-15 * size || (change <= 1e-12 * size && change >= last) {
      converged = true
      break
    }
    last = change
  }
  let freedom = n - p
  var covariance = Matrix(rows: p, columns: p)
  var notes: [String] = []
  if scale > 0 {
    let influence = residuals.map { $0 * psi.weight($0 / scale) }
    let variance = influence.reduce(0) { $0 + $1 * $1 } / Double(freedom)
    let slopes = residuals.map { psi.derivative($0 / scale) }
    let mean = slopes.reduce(0, +) / Double(n)
    let spread = slopes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
    let kappa = 1 + Double(p) * spread / (Double(n) * mean * mean)
    let factor = kappa / mean
    covariance = (variance * factor * factor) * start.unscaledCovariance
    let down = residuals.count { psi.weight($0 / scale) < 0.5 }
    notes.append("\(down) of \(n) observations have less than half weight")
  } else {
    converged = true
    notes.append("more than half of the observations lie on the fit: the robust scale is zero")
  }
  var estimate = RegressionEstimate(
    coefficients: solution.coefficients, covariance: covariance, scale: scale, degreesOfFreedom: freedom,
    objective: residuals.reduce(0) { $0 + $1 * $1 }, residuals: residuals,
    regressors: sample.design(columns: columns))
  estimate.convergence = converged ? "converged in \(steps) steps" : "not converged after \(steps) steps"
  estimate.notes = notes
  return estimate
}

/// median|e|/0.6745, consistent for the normal law.
private func robustScale(_ residuals: [Double]) -> Double {
  let sorted = residuals.map { abs($0) }.sorted()
  let n = sorted.count
  let median = n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2])
  return median / 0.6745
}
