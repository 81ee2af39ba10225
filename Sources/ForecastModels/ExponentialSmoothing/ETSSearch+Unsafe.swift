internal import CKernels
internal import ForesightNumerics
internal import RealModule

/// The search for the parameters of one series: damped Gauss–Newton with exact derivatives, in buffers that are allocated once.
///
/// The negative log-likelihood of R's `forecast`, F = (n/2) log Σr² + Σ log|ŷ| for multiplicative errors, is that of the
/// nonlinear least-squares problem with residuals r·exp(mean log|ŷ|), so its Gauss–Newton matrix needs first
/// derivatives only. They run forward beside the states, eight to a register. In the linear forms the residuals are
/// linear in the initial state: the first step solves for it exactly, given the smoothing parameters, and every later
/// step keeps it concentrated out to first order (Kaufman, *BIT* 15 (1975) 49–57, doi:10.1007/BF01932995).
/// Cost per evaluation: O(n p²) for p parameters.
@safe final class ETSSearch {
  /// The most parameters that a Gauss–Newton step solves for; with more, quasi-Newton steps are used.
  static let denseLimit = 40

  /// The mean square, on the scaled series, that rounding alone may leave: (2⁻⁴⁶)².
  static let floor = 0x1p-92

  let count: Int
  let period: Int
  let observed: Int
  /// The most parameters for which a dense Gauss–Newton matrix is kept, in whole registers.
  let capacity: Int
  let values: UnsafeMutablePointer<Double>
  let directions: UnsafeMutablePointer<Double>
  let rows: UnsafeMutablePointer<Double>
  let work: UnsafeMutablePointer<Double>
  let state: UnsafeMutablePointer<Double>
  /// Two points with their derivatives: the current one and the one being tried.
  var held: Point
  var tried: Point
  var evaluations = 0

  /// θ, gradient and Gauss–Newton matrix (upper triangle) of F there.
  @safe struct Point {
    let theta: UnsafeMutablePointer<Double>
    let gradient: UnsafeMutablePointer<Double>
    let matrix: UnsafeMutablePointer<Double>
    var objective = Double.infinity
    var penalty = 0.0
    var squares = 0.0
  }

  /// A search over values with a mean absolute value near 1, with NaN for missing ones.
  init(_ series: [Double], period: Int) {
    count = series.count
    self.period = period
    observed = series.count { !$0.isNaN }
    let length = (period + 6 + 7) & ~7
    capacity = period + 5 > ETSSearch.denseLimit ? ETSSearch.denseLimit : length
    func buffer(_ size: Int) -> UnsafeMutablePointer<Double> {
      let raw = UnsafeMutableRawPointer.allocate(byteCount: max(size, 8) * 8, alignment: 64)
      let typed = unsafe raw.bindMemory(to: Double.self, capacity: max(size, 8))
      unsafe typed.initialize(repeating: 0, count: max(size, 8))
      return unsafe typed
    }
    unsafe values = unsafe buffer(series.count)
    for (t, value) in series.enumerated() { unsafe values[t] = value }
    unsafe directions = unsafe buffer((6 + period) * capacity)
    unsafe rows = unsafe buffer(series.count * capacity)
    unsafe work = unsafe buffer(capacity * capacity + 4 * capacity)
    unsafe state = unsafe buffer(2 + period)
    held = unsafe Point(theta: buffer(length), gradient: buffer(length), matrix: buffer(capacity * capacity))
    tried = unsafe Point(theta: buffer(length), gradient: buffer(length), matrix: buffer(capacity * capacity))
  }

  deinit {
    let buffers = unsafe [
      values, directions, rows, work, state, held.theta, held.gradient, held.matrix, tried.theta,
      tried.gradient, tried.matrix,
    ]
    for index in unsafe buffers.indices { unsafe buffers[index].deallocate() }
  }

  /// The problem: the form, its region and the penalty on smoothing parameters.
  struct Problem {
    let shape: ETSShape
    let penalty: ETSPenalty?
    /// Whether the initial seasonal indices are fixed: a search over smoothing parameters, level and slope only.
    var holdsSeason = false

    /// The number of leading entries of θ that are searched.
    var free: Int { holdsSeason ? shape.seasonal ?? shape.count : shape.count }
    /// The row length of the Gauss–Newton matrix.
    var width: Int { holdsSeason ? 8 : shape.width }
  }

  /// When to stop.
  struct Effort {
    /// The promised gain in log-likelihood below which the search ends.
    var tolerance = 1e-7
    var maximumEvaluations = 100
  }

  /// The lowest point that is reached from a start.
  func minimize(_ problem: Problem, from start: [Double], seedsFirst: Bool, effort: Effort) -> ETSOptimum {
    flushingSubnormals { descend(problem, from: start, seedsFirst: seedsFirst, effort: effort) }
  }

  private func descend(
    _ problem: Problem, from start: [Double], seedsFirst: Bool, effort: Effort
  ) -> ETSOptimum {
    let shape = problem.shape
    guard problem.free <= ETSSearch.denseLimit else {
      return minimizeLong(problem, from: start, effort: effort)
    }
    let first = evaluations
    for i in 0..<shape.count { unsafe held.theta[i] = i < start.count ? start[i] : 0 }
    for i in 0..<shape.smoothingCount {
      let limits = shape.limits(i)
      unsafe held.theta[i] = unsafe min(max(held.theta[i], limits.lowerBound), limits.upperBound)
    }
    evaluate(problem, &held)
    guard held.objective.isFinite else {
      return optimum(problem, first: first, decrement: .infinity, status: .noStart)
    }
    var lambda = 1e-3
    var frozen = seedsFirst
    var status = Convergence.Status.evaluationLimit
    var decrement = Double.infinity
    while evaluations - first < effort.maximumEvaluations {
      guard let predicted = step(problem, lambda: frozen ? 1e-10 : lambda, frozen: frozen) else {
        lambda *= 10
        if lambda > 1e10 {
          status = .flat
          break
        }
        continue
      }
      if predicted < 0 {
        // A step that the bounds bend may increase F; a shorter one does not.
        lambda = max(lambda * 10, 1e-3)
        if lambda > 1e10 {
          status = .flat
          break
        }
        continue
      }
      decrement = predicted
      if predicted < effort.tolerance && !frozen {
        if lambda <= 0.1 {
          status = .converged
          break
        }
        lambda *= 0.05
        if predicted < 1e-3 * effort.tolerance {
          status = .flat
          break
        }
      }
      evaluate(problem, &tried)
      let gain = held.objective - tried.objective
      if gain > 0 && gain.isFinite || tried.objective.isFinite && !held.objective.isFinite {
        swap(&held, &tried)
        if gain > 0.75 * predicted { lambda = max(lambda * 0.1, 1e-9) }
        if gain < 0.25 * predicted { lambda *= 4 }
        frozen = false
      } else {
        if frozen {
          frozen = false
        } else {
          lambda = max(lambda * 8, 1e-4)
        }
        if lambda > 1e12 {
          status = .flat
          break
        }
      }
    }
    return optimum(problem, first: first, decrement: decrement, status: status)
  }

  func optimum(
    _ problem: Problem, first: Int, decrement: Double, status: Convergence.Status
  ) -> ETSOptimum {
    let shape = problem.shape
    let theta = (0..<shape.count).map { unsafe held.theta[$0] }
    var norm = 0.0
    var atBound = false
    for i in 0..<problem.free {
      var slope = unsafe held.gradient[i]
      if i < shape.smoothingCount {
        let limits = shape.limits(i)
        if theta[i] <= limits.lowerBound && slope > 0 || theta[i] >= limits.upperBound && slope < 0 {
          atBound = true
          slope = 0
        }
      }
      norm = max(norm, abs(slope))
    }
    return ETSOptimum(
      shape: shape, theta: theta, objective: held.objective, penalty: held.penalty, squares: held.squares,
      gradientNorm: norm, decrement: decrement, evaluations: evaluations - first,
      status: status == .converged && atBound ? .atBound : status)
  }

  /// Writes held + step to `tried` and returns the decrease of F that the quadratic model promises.
  private func step(_ problem: Problem, lambda: Double, frozen: Bool) -> Double? {
    let shape = problem.shape
    let p = problem.free
    let width = problem.width
    let g = unsafe held.gradient
    let h = unsafe held.matrix
    let right = unsafe work + capacity * capacity
    let move = unsafe right + capacity
    let fixed = unsafe move + capacity
    for i in 0..<p {
      unsafe fixed[i] = 0
      unsafe move[i] = 0
      guard i < shape.smoothingCount else { continue }
      let limits = shape.limits(i)
      if unsafe frozen || held.theta[i] <= limits.lowerBound && g[i] > 0
        || held.theta[i] >= limits.upperBound && g[i] < 0
      {
        unsafe fixed[i] = 1
      }
    }
    for _ in 0...shape.smoothingCount {
      for i in 0..<p {
        let source = unsafe h + i * width
        let target = unsafe work + i * width
        for j in i..<p { unsafe target[j] = unsafe source[j] }
        unsafe target[i] = unsafe source[i] + lambda * max(source[i], 1e-8)
        unsafe right[i] = unsafe -g[i]
      }
      for i in 0..<shape.smoothingCount where unsafe fixed[i] == 1 {
        let moved = unsafe move[i]
        for j in 0..<i {
          unsafe right[j] -= work[j * width + i] * moved
          unsafe work[j * width + i] = 0
        }
        for j in (i + 1)..<p {
          unsafe right[j] -= work[i * width + j] * moved
          unsafe work[i * width + j] = 0
        }
        unsafe work[i * width + i] = 1
        unsafe right[i] = moved
      }
      for i in 0..<shape.smoothingCount where unsafe fixed[i] == 1 { unsafe right[i] = unsafe move[i] }
      guard unsafe fs_cholesky_solve(work, Int64(p), Int64(width), right) == 1 else { return nil }
      var clipped = false
      for i in 0..<shape.smoothingCount where unsafe fixed[i] == 0 {
        let limits = shape.limits(i)
        let target = unsafe held.theta[i] + right[i]
        if target < limits.lowerBound || target > limits.upperBound {
          unsafe fixed[i] = 1
          unsafe move[i] =
            unsafe (target < limits.lowerBound ? limits.lowerBound : limits.upperBound) - held.theta[i]
          clipped = true
        }
      }
      if !clipped { break }
    }
    var predicted = 0.0
    for i in 0..<p {
      var sum = unsafe 0.5 * h[i * width + i] * right[i]
      for j in (i + 1)..<max(p, i + 1) { unsafe sum += h[i * width + j] * right[j] }
      unsafe predicted -= right[i] * (sum + g[i])
    }
    guard predicted.isFinite else { return nil }
    for i in 0..<p { unsafe tried.theta[i] = unsafe held.theta[i] + right[i] }
    for i in p..<max(shape.count, p) { unsafe tried.theta[i] = unsafe held.theta[i] }
    for i in 0..<shape.smoothingCount {
      let limits = shape.limits(i)
      unsafe tried.theta[i] = unsafe min(max(tried.theta[i], limits.lowerBound), limits.upperBound)
    }
    return predicted
  }
}
