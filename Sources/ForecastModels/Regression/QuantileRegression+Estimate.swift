internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The quantile regression of a sample, with the covariance of its coefficients.
///
/// Criteria are those of the asymmetric Laplace law as R's `logLik.rq` has them; k counts the coefficients alone.
func quantileEstimate(
  _ sample: RegressionSample, _ columns: [Int], _ tau: Double
) throws(NumericsError) -> RegressionEstimate {
  let design = sample.whitened(sample.design(columns: columns))
  let response = sample.whitened(sample.response)
  let method = QuantileRegression(probability: tau)
  let solution = try method.solve(design, response)
  let n = Double(sample.size)
  let (covariance, note) = try quantileCovariance(design, response, solution, tau)
  var estimate = RegressionEstimate(
    coefficients: solution.coefficients, covariance: covariance, scale: 0,
    degreesOfFreedom: sample.size - columns.count, objective: solution.objective,
    residuals: solution.residuals, regressors: sample.design(columns: columns))
  if solution.objective > 0 {
    estimate.scale = solution.objective / n
    let precision = 0.5 * sample.weight.reduce(0) { $0 + Double.log($1) }
    let height = Double.log(tau * (1 - tau)) - 1 - Double.log(solution.objective / n)
    estimate.logLikelihood = n * height + precision + sample.logJacobian
    estimate.parameters = columns.count
  }
  estimate.convergence =
    solution.optimal
    ? "optimal vertex after \(solution.steps) edges" : "not optimal after \(solution.steps) edges"
  estimate.notes = [note]
  return estimate
}

/// τ(1−τ) H⁻¹ XᵀX H⁻¹ with H = Xᵀ F X and densities f = 2h/(xβ(τ+h) − xβ(τ−h)) at Hall and Sheather's bandwidth
/// (Hendricks and Koenker, JASA 87 (1992) 58–68; `summary.rq(se = "nid")`).
///
/// Where the neighbouring quantiles give no density, the one density of all errors is a difference quotient of the
/// residuals' quantiles.
private func quantileCovariance(
  _ design: Matrix, _ response: [Double], _ solution: QuantileRegression.Solution, _ tau: Double
) throws(NumericsError) -> (Matrix, String) {
  let n = design.rows
  var width = hallSheatherBandwidth(tau, n)
  while tau - width < 0 || tau + width > 1 { width /= 2 }
  let gram = design.transposed() * design
  let factor = tau * (1 - tau)
  if tau - width > 0, tau + width < 1 {
    let above = try QuantileRegression(probability: tau + width).solve(design, response).coefficients
    let below = try QuantileRegression(probability: tau - width).solve(design, response).coefficients
    let spread = design * zip(above, below).map { $0 - $1 }
    let densities = spread.map { max(0, 2 * width / ($0 - Double.ulpOfOne.squareRoot())) }
    if densities.allSatisfy(\.isFinite) {
      let weighted = try LeastSquares().solve(design, response, weights: densities)
      if weighted.isFullRank {
        let inverse = weighted.unscaledCovariance
        return (factor * (inverse * gram * inverse), "standard errors: Hendricks–Koenker sandwich")
      }
    }
  }
  let sorted = solution.residuals.sorted()
  let quantile: (Double) -> Double = { p in
    let place = max(0, min(Double(n - 1), p * Double(n - 1)))
    let low = Int(place)
    let high = min(n - 1, low + 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
  let sparsity = (quantile(tau + width) - quantile(tau - width)) / (2 * width)
  let inverse = try LeastSquares().solve(design, response).unscaledCovariance
  return (factor * sparsity * sparsity * inverse, "standard errors: one density for all errors")
}

/// n^(−1/3) z^(2/3) (1.5 φ²/(2q² + 1))^(1/3) at q = Φ⁻¹(τ), z = Φ⁻¹(0.975) (Hall and Sheather, JRSS B 50 (1988) 381–391).
private func hallSheatherBandwidth(_ tau: Double, _ n: Int) -> Double {
  let q = SpecialFunctions.normalQuantile(tau)
  let density = Normal.standard.density(q)
  let third = 1.0 / 3
  return Double.pow(Double(n), -third) * Double.pow(SpecialFunctions.normalQuantile(0.975), 2 * third)
    * Double.pow(1.5 * density * density / (2 * q * q + 1), third)
}
