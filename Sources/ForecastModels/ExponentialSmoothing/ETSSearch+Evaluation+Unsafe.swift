internal import CKernels
internal import RealModule

/// The likelihood at a point with its derivatives, and the uncertainty that they imply.
extension ETSSearch {
  /// F, its gradient and Gauss–Newton matrix at a point.
  func evaluate(_ problem: Problem, _ point: inout Point) {
    evaluate(problem, &point, free: problem.free, width: problem.width)
  }

  /// The same in smoothing parameters, level and slope only.
  func evaluateTrend(_ problem: Problem, _ point: inout Point) {
    var held = problem
    held.holdsSeason = true
    evaluate(held, &point)
  }

  private func evaluate(_ problem: Problem, _ point: inout Point, free: Int, width: Int) {
    let shape = problem.shape
    evaluations += 1
    let parameters = unsafe prepare(shape, point.theta)
    unsafe fillDirections(shape, point.theta, free: free, width: width)
    point.objective = .infinity
    guard isAllowed(shape, parameters) else { return }
    var series = unsafe kernelSeries(shape)
    var sums = fs_ets_sums()
    let drift = unsafe work + capacity * capacity
    let smoothing = [parameters.alpha, parameters.beta, parameters.gamma, parameters.phi]
    unsafe fs_ets_normal(
      &series, smoothing, state, Int64(width), directions, rows, point.matrix, point.gradient, drift, &sums)
    guard sums.valid == 1, sums.squares.isFinite, sums.log_scale.isFinite else { return }
    let n = Double(sums.observed)
    let squares = unsafe sums.squares + series.floor
    let weight = n / squares
    point.squares = sums.squares
    point.objective = 0.5 * n * Double.log(squares) + sums.log_scale
    let h = unsafe point.matrix
    let g = unsafe point.gradient
    if shape.form.error == .additive {
      for i in 0..<free {
        unsafe g[i] *= weight
        for j in i..<free { unsafe h[i * width + j] *= weight }
      }
    } else {
      for i in 0..<free {
        let mean = unsafe drift[i] / n
        for j in i..<free {
          let other = unsafe drift[j] / n
          unsafe h[i * width + j] =
            unsafe weight * (h[i * width + j] - g[i] * other - mean * g[j] + sums.squares * mean * other)
        }
      }
      for i in 0..<free { unsafe g[i] = unsafe drift[i] - weight * g[i] }
    }
    addPenalty(problem, &point) { unsafe h[$0 * width + $0] += $1 }
    for i in 0..<free where unsafe !g[i].isFinite || !h[i * width + i].isFinite {
      point.objective = .infinity
    }
  }

  func isAllowed(_ shape: ETSShape, _ parameters: ETSParameters) -> Bool {
    shape.bounds == .usual || ETSAdmissibility.contains(shape.form, parameters, period: shape.period)
  }

  func addPenalty(_ problem: Problem, _ point: inout Point, curvature: (Int, Double) -> Void) {
    point.penalty = 0
    guard let penalty = problem.penalty else { return }
    for i in 0..<problem.shape.smoothingCount {
      let term = unsafe penalty.term(problem.shape, i, point.theta[i])
      point.penalty += term.value
      unsafe point.gradient[i] += term.slope
      curvature(i, term.curvature)
    }
    point.objective += point.penalty
  }

  func kernelSeries(_ shape: ETSShape) -> fs_ets_series {
    unsafe fs_ets_series(
      y: values, count: Int64(count), period: Int64(shape.period), floor: Double(observed) * ETSSearch.floor,
      error: shape.form.error == .additive ? 1 : 2,
      trend: shape.form.trend == .none ? 0 : shape.form.trend.isMultiplicative ? 2 : 1,
      season: shape.form.season == .none ? 0 : shape.form.season == .multiplicative ? 2 : 1)
  }

  /// Fills the initial state from θ and returns the smoothing parameters.
  func prepare(_ shape: ETSShape, _ theta: UnsafeMutablePointer<Double>) -> ETSParameters {
    var parameters = unsafe ETSParameters(alpha: theta[0])
    let usual = shape.bounds == .usual
    if let beta = shape.beta { parameters.beta = unsafe usual ? theta[0] * theta[beta] : theta[beta] }
    if let gamma = shape.gamma {
      parameters.gamma = unsafe usual ? (1 - theta[0]) * theta[gamma] : theta[gamma]
    }
    if let phi = shape.phi { parameters.phi = unsafe theta[phi] }
    unsafe state[0] = unsafe theta[shape.level]
    unsafe state[1] = shape.slope.map { unsafe theta[$0] } ?? 0
    if let seasonal = shape.seasonal {
      var sum = 0.0
      for phase in 1..<shape.period {
        unsafe state[2 + phase] = unsafe theta[seasonal + phase - 1]
        unsafe sum += theta[seasonal + phase - 1]
      }
      unsafe state[2] = shape.seasonalSum - sum
    }
    return parameters
  }

  /// Fills the derivatives of smoothing parameters and initial state in the first `free` entries of θ.
  private func fillDirections(
    _ shape: ETSShape, _ theta: UnsafeMutablePointer<Double>, free: Int, width: Int
  ) {
    let rowCount = 6 + (shape.form.season == .none ? 0 : shape.period)
    unsafe directions.update(repeating: 0, count: rowCount * width)
    let usual = shape.bounds == .usual
    unsafe directions[0] = 1
    if let beta = shape.beta {
      unsafe directions[width + beta] = unsafe usual ? theta[0] : 1
      if usual { unsafe directions[width] = unsafe theta[beta] }
    }
    if let gamma = shape.gamma {
      unsafe directions[2 * width + gamma] = unsafe usual ? 1 - theta[0] : 1
      if usual { unsafe directions[2 * width] = unsafe -theta[gamma] }
    }
    if let phi = shape.phi { unsafe directions[3 * width + phi] = 1 }
    unsafe directions[4 * width + shape.level] = 1
    if let slope = shape.slope { unsafe directions[5 * width + slope] = 1 }
    guard let seasonal = shape.seasonal, free == shape.count else { return }
    for phase in 1..<shape.period {
      unsafe directions[(6 + phase) * width + seasonal + phase - 1] = 1
      unsafe directions[6 * width + seasonal + phase - 1] = -1
    }
  }

  /// F and its gradient at a point; F is infinite where the form is not defined.
  func derivatives(
    _ problem: Problem, at theta: [Double], byAdjoint: Bool = false
  ) -> (value: Double, gradient: [Double]) {
    for i in 0..<problem.shape.count { unsafe held.theta[i] = theta[i] }
    if byAdjoint { evaluateLong(problem, &held) } else { evaluate(problem, &held) }
    return (held.objective, (0..<problem.shape.count).map { unsafe held.gradient[$0] })
  }

  /// The uncertainty at a point, on the scaled series; `nil` if the information matrix is not positive definite.
  ///
  /// L with LLᵀ the covariance of (α, β, γ, φ, final state): 6 + period rows. The covariance of θ is the inverse of the
  /// Gauss–Newton information plus that of a weak normal prior on the smoothing parameters, without which a parameter
  /// that does not affect the data would be unbounded. A position of the cycle that is never observed has a normal prior with the
  /// variance of the other indices. For long periods the initial seasonal indices count as known.
  func uncertainty(_ problem: Problem, at theta: [Double]) -> [Double]? {
    let shape = problem.shape
    let isLong = shape.count > ETSSearch.denseLimit
    let p = isLong ? shape.seasonal ?? shape.count : shape.count
    let width = isLong ? 8 : shape.width
    for i in 0..<shape.count { unsafe held.theta[i] = theta[i] }
    if isLong { evaluateTrend(problem, &held) } else { evaluate(problem, &held) }
    guard held.objective.isFinite else { return nil }
    let h = unsafe held.matrix
    let right = unsafe work + capacity * capacity
    for i in 0..<p {
      unsafe right[i] = 0
      if i < shape.smoothingCount {
        let range = shape.limits(i)
        let spread = (range.upperBound - range.lowerBound) / 3
        unsafe h[i * width + i] += 1 / (spread * spread)
      } else {
        unsafe h[i * width + i] += 1e-9 * h[i * width + i] + 1e-12
      }
    }
    if let first = shape.seasonal, !isLong {
      for (phase, precision) in unseenPrecisions(shape, theta) {
        // The first index is what the others leave.
        let entries = phase > 0 ? first + phase - 1..<first + phase : first..<shape.count
        for i in entries { for j in entries where i <= j { unsafe h[i * width + j] += precision } }
      }
    }
    guard unsafe fs_cholesky_solve(h, Int64(p), Int64(width), right) == 1 else { return nil }
    let rowCount = 6 + (shape.form.season == .none ? 0 : shape.period)
    let phase = shape.form.season == .none ? 0 : count % shape.period
    var factor = [Double](repeating: 0, count: rowCount * p)
    for row in 0..<rowCount {
      // Seasonal rows start with the index of the next period.
      let source = row < 6 ? row : 6 + (row - 6 + phase) % shape.period
      for j in 0..<p {
        var sum = unsafe directions[source * width + j]
        for i in 0..<j { unsafe sum -= factor[row * p + i] * h[i * width + j] }
        factor[row * p + j] = unsafe sum / h[j * width + j]
      }
    }
    return factor.allSatisfy(\.isFinite) ? factor : nil
  }

  /// The positions of the cycle that are never observed, with the inverse of the mean square of the other indices around the neutral
  /// one.
  private func unseenPrecisions(_ shape: ETSShape, _ theta: [Double]) -> [(phase: Int, precision: Double)] {
    var isSeen = [Bool](repeating: false, count: shape.period)
    for t in 0..<count where unsafe !values[t].isNaN { isSeen[t % shape.period] = true }
    guard isSeen.contains(false) else { return [] }
    let neutral = shape.form.season == .multiplicative ? 1.0 : 0
    let squares = zip(shape.state(theta).seasonal, isSeen).filter(\.1).map {
      ($0.0 - neutral) * ($0.0 - neutral)
    }
    let mean = squares.reduce(0, +) / Double(max(squares.count, 1))
    return isSeen.indices.filter { !isSeen[$0] }.map { ($0, 1 / max(mean, 1e-12)) }
  }
}
