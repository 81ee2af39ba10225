internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A growth curve at the maximum of its likelihood, inside its bounds.
///
/// Levenberg–Marquardt with exact Jacobians runs from each start of the curve; the lowest weighted residual sum wins.
/// Standard errors come from σ̂² (XᵀX)⁻¹ over the parameters that are not at a bound.
struct CurveFit<Curve: GrowthCurve>: Sendable {
  let curve: Curve
  let sample: GrowthSample
  let noise: GrowthNoise
  let parameters: [Double]
  /// Whether each parameter is at a bound; such parameters have no standard error.
  let isAtBound: [Bool]
  /// The weighted residual sum at the estimate.
  let objective: Double
  /// σ̂² or φ̂ with n − p degrees of freedom.
  let dispersion: Double
  let degreesOfFreedom: Int
  /// σ̂² (XᵀX)⁻¹, zero in the rows of parameters at a bound; `nil` if the data do not identify a combination of the parameters.
  let covariance: Matrix?
  /// The reported figures of the curve, with standard errors (delta method) and 95% t intervals.
  let estimates: [Estimate]
  let iterations: Int
  let runs: Int
  let status: Convergence.Status

  /// Fits the curve to a sample with more observations than parameters.
  ///
  /// - Throws: `NumericsError` if no start gives a finite sum.
  init(_ curve: Curve, sample: GrowthSample, noise: GrowthNoise) throws(NumericsError) {
    try self.init(
      curve, sample: sample, noise: noise, at: try CurveFit.search(curve, sample: sample, noise: noise))
  }

  /// The best run from the starts of the curve.
  private static func search(
    _ curve: Curve, sample: GrowthSample, noise: GrowthNoise
  ) throws(NumericsError) -> CurveOptimum {
    let bounds = curve.bounds(sample)
    let residuals = GrowthResiduals(curve: curve, sample: sample, noise: noise, held: nil)
    var candidates: [(point: [Double], value: Double)] = []
    for start in curve.starts(sample) {
      let point = bounds.clamp(start)
      guard let value = curve.objective(point, sample, noise) else { continue }
      candidates.append((point, value))
    }
    candidates.sort { $0.value < $1.value }
    let solver = LevenbergMarquardt(bounds: bounds, maximumRestarts: 0)
    var best: NonlinearLeastSquaresFit?
    var runs = 0
    var iterations = 0
    for candidate in candidates.prefix(8) {
      let run = try solver.minimize(residuals, from: candidate.point)
      runs += 1
      iterations += run.convergence.iterations ?? 0
      guard run.residualSumOfSquares.isFinite else { continue }
      if best.map({ CurveFit.isBetter(run, than: $0) }) ?? true { best = run }
    }
    guard let best else { throw .invalidParameter(name: curve.parameterNames[0], value: .infinity) }
    return CurveOptimum(
      parameters: best.parameters, isAtBound: best.isAtBound, status: best.convergence.status,
      iterations: iterations, runs: runs)
  }

  /// The fit at an optimum.
  ///
  /// - Throws: `NumericsError` if the curve is not finite there.
  init(
    _ curve: Curve, sample: GrowthSample, noise: GrowthNoise, at best: CurveOptimum
  ) throws(NumericsError) {
    guard best.parameters.allSatisfy(\.isFinite),
      let objective = curve.objective(best.parameters, sample, noise)
    else { throw .invalidParameter(name: curve.parameterNames[0], value: .infinity) }
    // Growth curves are monotone: if they are finite now and far ahead, they are finite between.
    for offset in [0, 1_000_000] {
      let mean = curve.mean(best.parameters, first: offset, count: 1)
      guard mean.isFinite else { throw .invalidParameter(name: "mean of the curve", value: mean) }
    }
    self.curve = curve
    self.sample = sample
    self.noise = noise
    parameters = best.parameters
    isAtBound = best.isAtBound
    status = best.status
    iterations = best.iterations
    runs = best.runs
    self.objective = objective
    let point = best.parameters
    degreesOfFreedom = sample.size - point.count
    dispersion =
      sample.pearson(noise) {
        curve.mean(point, first: Int(sample.first[$0]), count: Int(sample.count[$0]))
      } / Double(degreesOfFreedom)
    guard dispersion.isFinite else { throw .invalidParameter(name: "dispersion", value: dispersion) }
    covariance = inverseInformation(
      curve.design(point, sample, noise), free: point.indices.filter { !best.isAtBound[$0] },
      dispersion: dispersion)
    estimates = CurveFit.estimates(curve, point, covariance, degreesOfFreedom: degreesOfFreedom)
  }

  /// The lower sum wins; if two agree to nine digits, the one that converged wins.
  private static func isBetter(_ a: NonlinearLeastSquaresFit, than b: NonlinearLeastSquaresFit) -> Bool {
    if a.convergence.isConverged == b.convergence.isConverged {
      return a.residualSumOfSquares < b.residualSumOfSquares
    }
    let slack = a.convergence.isConverged ? 1 + 1e-9 : 1 - 1e-9
    return a.residualSumOfSquares < b.residualSumOfSquares * slack
  }

  /// The fitted total of an observation.
  func total(_ i: Int) -> Double {
    curve.mean(parameters, first: Int(sample.first[i]), count: Int(sample.count[i]))
  }

  /// The log-likelihood on the scale of the observations; `nil` for a perfect fit.
  var logLikelihood: Double? { sample.logLikelihood(noise) { total($0) } }

  /// The reported figures g(θ) with variances ∇gᵀ C ∇g.
  private static func estimates(
    _ curve: Curve, _ point: [Double], _ covariance: Matrix?, degreesOfFreedom: Int
  ) -> [Estimate] {
    let seeded = point.indices.map { Dual<Double>(point[$0], lane: $0) }
    let t = studentQuantile(0.975, degreesOfFreedom: degreesOfFreedom)
    return curve.reported(seeded).map { figure in
      var variance = 0.0
      for a in point.indices {
        for b in point.indices { variance += figure[a] * figure[b] * (covariance?[a, b] ?? 0) }
      }
      let error = variance.squareRoot()
      guard error > 0, error.isFinite else {
        return Estimate(value: figure.value, lower: nil, upper: nil)
      }
      return Estimate(
        value: figure.value, standardError: error, lower: figure.value - t * error,
        upper: figure.value + t * error)
    }
  }

  /// The residuals in time order, scaled to equal variance.
  var scaledResiduals: [Double] {
    (0..<sample.size).map { sample.scaledResidual(noise, $0, mean: total($0)) }
  }
}

/// The point at which the search for the parameters of a curve ended, and why.
struct CurveOptimum: Sendable, Codable {
  let parameters: [Double]
  let isAtBound: [Bool]
  let status: Convergence.Status
  let iterations: Int
  let runs: Int

  /// Whether there is a parameter and a flag for each of a number of parameters.
  func fits(_ count: Int) -> Bool {
    parameters.count == count && isAtBound.count == count && iterations >= 0 && runs >= 1
  }
}

/// s² (XᵀX)⁻¹ over the free columns, which are first scaled to unit length; `nil` if they are dependent.
func inverseInformation(_ design: Matrix, free: [Int], dispersion: Double) -> Matrix? {
  let rows = design.rows
  var scales: [Double] = []
  var columns: [Double] = []
  for j in free {
    var squares = 0.0
    for i in 0..<rows { squares += design[i, j] * design[i, j] }
    let length = squares.squareRoot()
    guard length > 0, length.isFinite else { return nil }
    scales.append(length)
    for i in 0..<rows { columns.append(design[i, j] / length) }
  }
  var covariance = Matrix(rows: design.columns, columns: design.columns, repeating: 0)
  guard !free.isEmpty else { return covariance }
  let scaled = Matrix(rows: rows, columns: free.count, columnMajor: columns)
  guard let factor = try? QR(scaled, pivoting: true), factor.rank() == free.count,
    let inverse = try? factor.inverseGram(size: free.count)
  else { return nil }
  // QR with pivoting: column k of R belongs to free column order[k].
  for a in free.indices {
    for b in free.indices {
      let i = factor.order[a]
      let j = factor.order[b]
      covariance[free[i], free[j]] = dispersion * inverse[a, b] / (scales[i] * scales[j])
    }
  }
  return covariance
}

extension CurveFit {
  /// The predictive distribution of the base periods after a series, by paths from the posterior; the curve's clock
  /// starts at `origin`.
  func forecast(
    _ horizon: Int, model: String, series: TimeSeries, origin: Period, floor: Double
  ) throws(ForecastError) -> CurvePaths {
    let start = origin.distance(to: series.end) + 1
    func paths(_ draws: ParameterDraws) throws(NumericsError) -> CurvePaths {
      try CurvePaths(horizon: horizon, noise: noise, draws: draws, floor: floor) { point, step in
        curve.mean(point, first: start + step, count: 1)
      }
    }
    var posterior = CurvePosterior(self)
    if let drawn = try? paths(posterior.draws()) { return drawn }
    do throws(NumericsError) {
      // The estimate's own curve is finite however far ahead: the fit has seen to it.
      let alone = ParameterDraws(
        estimate: parameters, objective: objective, observations: sample.size)
      return try paths(alone)
    } catch {
      throw .numerics(model: model, series: series.name, error)
    }
  }
}
