internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// Least squares with errors eₜ = ρeₜ₋₁ + uₜ.
///
/// Maximum likelihood maximises the exact Gaussian likelihood over β, σ and ρ (`nlme::gls` with `corAR1`, method "ML"); ρ is
/// the root of the exact score of the profile likelihood. Cochrane and Orcutt (JASA 44 (1949) 32–61) and Prais and Winsten
/// iterate ρ = Σeₜeₜ₋₁/Σe²ₜ₋₁ over adjacent observations. σ is the stationary standard deviation of e, with n − p degrees
/// of freedom; intervals of β and forecasts take ρ as known.
func autoregressiveEstimate(
  _ sample: RegressionSample, _ columns: [Int], _ method: AutoregressiveEstimator, periods: Int
) throws(NumericsError) -> RegressionEstimate {
  let fit = AutoregressiveRegression(
    filter: AutoregressiveFilter(place: sample.place, periods: periods),
    design: sample.design(columns: columns), response: sample.response)
  let logJacobian = sample.logJacobian
  switch method {
  case .maximumLikelihood: return try fit.maximumLikelihood(logJacobian: logJacobian)
  case .cochraneOrcutt: return try fit.iterated(keepingFirst: false, logJacobian: logJacobian)
  case .praisWinsten: return try fit.iterated(keepingFirst: true, logJacobian: logJacobian)
  }
}

/// The regressors whitened by a ρ that was estimated so.
func autoregressiveDesign(
  _ sample: RegressionSample, _ columns: [Int], _ method: AutoregressiveEstimator, rho: Double, periods: Int
) -> Matrix {
  let design = sample.design(columns: columns)
  let filter = AutoregressiveFilter(place: sample.place, periods: periods)
  let fit = AutoregressiveRegression(filter: filter, design: design, response: sample.response)
  let vectors = (0..<design.columns).map { design.column($0) }
  return Matrix(
    columnVectors: method == .cochraneOrcutt
      ? vectors.map { fit.difference($0, rho) } : filter.run(rho, vectors).columns)
}

/// The regression for a given ρ, and the searches for it.
private struct AutoregressiveRegression {
  let filter: AutoregressiveFilter
  let design: Matrix
  let response: [Double]

  struct Whitened {
    let solution: LeastSquaresSolution
    let design: Matrix
    let outcome: AutoregressiveFilter.Outcome<Double>
  }

  /// Generalised least squares for a ρ.
  func solve(_ rho: Double) throws(NumericsError) -> Whitened {
    let columns = (0..<design.columns).map { design.column($0) } + [response]
    let outcome = filter.run(rho, columns)
    let white = Matrix(columnVectors: Array(outcome.columns.dropLast()))
    let solution = try LeastSquares().solve(white, outcome.columns[design.columns])
    guard solution.isFullRank else {
      throw .rankDeficient(rank: solution.rank, columns: design.columns)
    }
    return Whitened(solution: solution, design: white, outcome: outcome)
  }

  /// −(n/2)(log(2π RSS/n) + 1) − ½ log det; at a perfect fit +∞.
  func profile(_ fit: Whitened) -> Double {
    let squares = fit.solution.residualSumOfSquares
    guard !isRounding(squares, response) else { return .infinity }
    return gaussianLogLikelihood(
      squares: squares, size: response.count, logPrecision: -fit.outcome.logDeterminant, logJacobian: 0)
      ?? .infinity
  }

  /// d/dρ of the profile likelihood: at β̂(ρ) only the explicit dependence counts.
  func score(_ rho: Double) throws(NumericsError) -> Double {
    let beta = try solve(rho).solution.coefficients
    let errors = zip(response, design * beta).map { Dual<Double>(constant: $0 - $1) }
    let outcome = filter.run(Dual(rho, lane: 0), [errors])
    var squares = Dual<Double>(constant: 0)
    for e in outcome.columns[0] { squares = squares + e * e }
    let n = Double(response.count)
    return -0.5 * n * squares[0] / squares.value - 0.5 * outcome.logDeterminant[0]
  }

  func maximumLikelihood(logJacobian: Double) throws(NumericsError) -> RegressionEstimate {
    // Even steps of atanh ρ, ρ within ±0.9999.
    let steps = 24
    let reach = 4.95
    let grid = (-steps...steps).map { Double.tanh(reach * Double($0) / Double(steps)) }
    var best = (place: 0, value: -Double.infinity)
    for (place, rho) in grid.enumerated() {
      let value = profile(try solve(rho))
      if value > best.value { best = (place, value) }
    }
    var rho = grid[best.place]
    var notes: [String] = []
    var convergence = "converged"
    if best.value == .infinity {
      rho = 0
      convergence = "perfect fit"
    } else if best.place > 0, best.place < grid.count - 1 {
      let bracket = grid[best.place - 1]...grid[best.place + 1]
      var fault: NumericsError?
      let root = try Brent(maximumIterations: 200).root(in: bracket) { point in
        do throws(NumericsError) { return try score(point) } catch {
          fault = error
          return 0
        }
      }
      if let fault { throw fault }
      rho = root.point
    } else {
      convergence = "ρ at the end of its range"
      notes.append("the likelihood rises towards a unit root: regress on differences, or add a trend")
    }
    let fit = try solve(rho)
    let value = profile(fit)
    let autocorrelation =
      value.isFinite ? try interval(rho) : Estimate(value: rho, lower: nil, upper: nil)
    return estimate(
      rho, fit, autocorrelation: autocorrelation,
      logLikelihood: value.isFinite ? value + logJacobian : nil, convergence: convergence, notes: notes)
  }

  /// The interval of ρ, symmetric in atanh ρ, from the curvature of the profile likelihood.
  private func interval(_ rho: Double) throws(NumericsError) -> Estimate {
    let z = Double.atanh(rho)
    let h = 1e-4
    let slope = { (z: Double) throws(NumericsError) -> Double in
      let r = Double.tanh(z)
      return try score(r) * (1 - r * r)
    }
    let curvature = (try slope(z + h) - slope(z - h)) / (2 * h)
    guard curvature < 0 else { return Estimate(value: rho, lower: nil, upper: nil) }
    let error = (-1 / curvature).squareRoot()
    let reach = SpecialFunctions.normalQuantile(0.975) * error
    return Estimate(
      value: rho, standardError: error * (1 - rho * rho), lower: Double.tanh(z - reach),
      upper: Double.tanh(z + reach))
  }

  /// The observations that follow another at once.
  private var pairs: [Int] {
    (1..<response.count).filter { filter.place[$0].first == filter.place[$0 - 1].first + 1 }
  }

  /// (yₜ − ρyₜ₋₁)/√(1−ρ²) of the pairs.
  func difference(_ column: [Double], _ rho: Double) -> [Double] {
    let root = (1 - rho * rho).squareRoot()
    return pairs.map { (column[$0] - rho * column[$0 - 1]) / root }
  }

  /// ρ and β in turn until ρ stands still.
  func iterated(keepingFirst: Bool, logJacobian: Double) throws(NumericsError) -> RegressionEstimate {
    let pairs = pairs
    guard pairs.count > design.columns else {
      throw .tooFewObservations(needed: design.columns + 1, found: pairs.count)
    }
    var rho = 0.0
    var fit = try solve(0)
    var steps = 0
    var converged = false
    while steps < 1000, !converged {
      steps += 1
      let errors = zip(response, design * fit.solution.coefficients).map { $0 - $1 }
      let above = pairs.reduce(0) { $0 + errors[$1] * errors[$1 - 1] }
      let below = pairs.reduce(0) { $0 + errors[$1 - 1] * errors[$1 - 1] }
      let next = below > 0 ? above / below : 0
      guard abs(next) < 1 else { throw .invalidParameter(name: "autocorrelation", value: next) }
      converged = abs(next - rho) <= 4 * Double.ulpOfOne
      rho = next
      fit = keepingFirst ? try solve(rho) : try differences(rho)
    }
    let size = fit.solution.residuals.count
    let error = ((1 - rho * rho) / Double(size)).squareRoot()
    let reach = SpecialFunctions.normalQuantile(0.975) * error
    let autocorrelation = Estimate(
      value: rho, standardError: error, lower: max(-1, rho - reach), upper: min(1, rho + reach))
    var logLikelihood: Double?
    if keepingFirst {
      let value = profile(fit)
      logLikelihood = value.isFinite ? value + logJacobian : nil
    }
    return estimate(
      rho, fit, autocorrelation: autocorrelation, logLikelihood: logLikelihood,
      convergence: converged ? "converged in \(steps) steps" : "not converged after \(steps) steps",
      notes: keepingFirst ? [] : ["\(response.count - pairs.count) observations without predecessor left out"]
    )
  }

  /// Least squares on (yₜ − ρyₜ₋₁)/√(1−ρ²): the scale is that of the stationary error.
  private func differences(_ rho: Double) throws(NumericsError) -> Whitened {
    let columns = (0..<design.columns).map { design.column($0) } + [response]
    let state = filter.run(rho, columns)
    let matrix = Matrix(columnVectors: columns.dropLast().map { difference($0, rho) })
    let solution = try LeastSquares().solve(matrix, difference(response, rho))
    guard solution.isFullRank else {
      throw .rankDeficient(rank: solution.rank, columns: design.columns)
    }
    return Whitened(solution: solution, design: matrix, outcome: state)
  }

  private func estimate(
    _ rho: Double, _ fit: Whitened, autocorrelation: Estimate, logLikelihood: Double?,
    convergence: String, notes: [String]
  ) -> RegressionEstimate {
    let solution = fit.solution
    let beta = solution.coefficients
    let states = Array(fit.outcome.last.dropLast())
    var estimate = RegressionEstimate(
      coefficients: beta, covariance: solution.covariance, scale: solution.residualStandardError,
      degreesOfFreedom: solution.degreesOfFreedom, objective: solution.residualSumOfSquares,
      residuals: solution.residuals, regressors: fit.design)
    estimate.logLikelihood = logLikelihood
    estimate.parameters = design.columns + 2
    estimate.autocorrelation = autocorrelation
    estimate.dynamics = AutoregressiveDynamics(
      rho: rho,
      error: fit.outcome.last[states.count] - zip(states, beta).reduce(0) { $0 + $1.0 * $1.1 },
      regressors: states, variance: fit.outcome.variance)
    estimate.convergence = convergence
    estimate.notes = notes
    return estimate
  }
}
