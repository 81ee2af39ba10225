internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// Weighted least squares of the per-period means, certified; logarithms of spans by Gauss–Newton steps.
func ordinaryEstimate(
  _ sample: RegressionSample, _ columns: [Int], covariance kind: CoefficientCovariance, intercept: Int?
) throws(NumericsError) -> RegressionEstimate {
  let found: LeastSquaresFigures
  if sample.logResponse, sample.hasSpans {
    found = try logSpanEstimate(sample, columns)
  } else {
    let design = sample.design(columns: columns)
    let solution = try LeastSquares().solve(
      design, sample.response, weights: sample.isWeighted ? sample.weight : nil)
    found = LeastSquaresFigures(
      coefficients: solution.coefficients, design: design, residuals: solution.residuals,
      squares: solution.residualSumOfSquares, unscaledCovariance: solution.unscaledCovariance,
      rank: solution.rank)
  }
  guard found.rank == columns.count else { throw .rankDeficient(rank: found.rank, columns: columns.count) }
  let residuals = sample.whitened(found.residuals)
  let freedom = sample.size - columns.count
  // Residuals within the rounding of the figures themselves are none.
  let squares = isRounding(found.squares, sample.whitened(sample.response)) ? 0 : found.squares
  let scale = (squares / Double(freedom)).squareRoot()
  var estimate = RegressionEstimate(
    coefficients: found.coefficients, covariance: (scale * scale) * found.unscaledCovariance, scale: scale,
    degreesOfFreedom: freedom,
    objective: squares, residuals: residuals, regressors: sample.design(columns: columns))
  estimate.logLikelihood = gaussianLogLikelihood(
    squares: squares, size: sample.size,
    logPrecision: sample.weight.reduce(0) { $0 + Double.log($1) }, logJacobian: sample.logJacobian)
  estimate.parameters = columns.count + 1
  estimate.convergence = found.convergence
  guard kind != .classic else { return estimate }
  let sandwich = try Sandwich(design: sample.whitened(found.design), residuals: residuals)
  switch kind {
  case .classic: break
  case .heteroskedastic(let kind):
    estimate.covariance = sandwich.heteroskedastic(kind)
    estimate.notes.append("standard errors: \(kind.rawValue.uppercased()) (White)")
  case .neweyWest(let lag):
    let lag = min(lag ?? sandwich.automaticLag(intercept: intercept), sample.size - 1)
    estimate.covariance = sandwich.neweyWest(lag: lag)
    estimate.notes.append("standard errors: HAC (Newey–West, \(lag) lags)")
  }
  return estimate
}

/// Whether Σ e² is no more than the rounding of the responses.
func isRounding(_ squares: Double, _ response: [Double]) -> Bool {
  squares.squareRoot() <= 2 * Double.ulpOfOne * euclideanNorm(response)
}

/// The Gaussian log-likelihood with σ² at its maximum; `nil` for a perfect fit.
func gaussianLogLikelihood(
  squares: Double, size: Int, logPrecision: Double, logJacobian: Double
) -> Double? {
  guard squares > 0 else { return nil }
  let n = Double(size)
  return -0.5 * n * (Double.log(2 * Double.pi * squares / n) + 1) + 0.5 * logPrecision + logJacobian
}

/// What least squares finds, linear or linearised at its end.
private struct LeastSquaresFigures {
  let coefficients: [Double]
  /// The design, or the Jacobian.
  let design: Matrix
  let residuals: [Double]
  /// Σ w e².
  let squares: Double
  let unscaledCovariance: Matrix
  let rank: Int
  var convergence: String?
}

/// log ȳ_S = log mean exp(xₜβ) + noise at one β.
private struct LogSpanState {
  var residuals: [Double] = []
  var jacobian: Matrix
  var squares = 0.0

  init(_ sample: RegressionSample, _ columns: [Int], _ beta: [Double]) {
    jacobian = Matrix(rows: sample.size, columns: columns.count)
    for (i, rows) in sample.rows.enumerated() {
      let logs = rows.map { RegressionFit.product($0, columns, beta) }
      let largest = logs.reduce(-Double.infinity) { max($0, $1) }
      let parts = logs.map { Double.exp($0 - largest) }
      let total = parts.reduce(0, +)
      for (k, j) in columns.enumerated() {
        jacobian[i, k] = zip(rows, parts).reduce(0) { $0 + $1.0[j] * $1.1 } / total
      }
      let residual = sample.response[i] - largest - Double.log(total / Double(rows.count))
      residuals.append(residual)
      squares += sample.weight[i] * residual * residual
    }
  }
}

/// The least Σ w e² of logarithms of spans by Gauss–Newton steps, halved until it falls.
private func logSpanEstimate(
  _ sample: RegressionSample, _ columns: [Int]
) throws(NumericsError) -> LeastSquaresFigures {
  var beta = try LeastSquares().solve(
    sample.design(columns: columns), sample.response, weights: sample.weight
  ).coefficients
  var state = LogSpanState(sample, columns, beta)
  var last = Double.infinity
  var step = 0
  while true {
    let solution = try LeastSquares().solve(state.jacobian, state.residuals, weights: sample.weight)
    let gain = zip(solution.fitted, sample.weight).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
    // Steps that no longer shrink are rounding.
    let converged =
      gain <= 1e-30 * state.squares || (gain < 1e-20 * state.squares && gain >= 0.5 * last)
    if converged || step == 200 {
      return LeastSquaresFigures(
        coefficients: beta, design: state.jacobian, residuals: state.residuals, squares: state.squares,
        unscaledCovariance: solution.unscaledCovariance, rank: solution.rank,
        convergence: converged ? "converged in \(step) steps" : "not converged after \(step) steps")
    }
    last = gain
    step += 1
    var share = 1.0
    var next = zip(beta, solution.coefficients).map { $0 + $1 }
    var trial = LogSpanState(sample, columns, next)
    while !(trial.squares <= state.squares * (1 + 1e-12)), share > 1e-6 {
      share /= 2
      next = zip(beta, solution.coefficients).map { $0 + share * $1 }
      trial = LogSpanState(sample, columns, next)
    }
    (beta, state) = (next, trial)
  }
}
