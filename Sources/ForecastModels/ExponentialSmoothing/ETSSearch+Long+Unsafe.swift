internal import CKernels
internal import ForesightNumerics
internal import RealModule

extension ETSSearch {
  /// The lowest point that is reached from a start, for seasonal periods that are too long for a dense matrix.
  ///
  /// Limited-memory BFGS (Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 7.4) on adjoint gradients,
  /// O(n) for any period. Its first metric is the Gauss–Newton matrix of smoothing parameters, level and slope, and
  /// d(I + 11ᵀ) for the seasonal indices, a consequence of their fixed sum. Parameters that the gradient pushes against a bound
  /// stay there.
  func minimizeLong(_ problem: Problem, from start: [Double], effort: Effort) -> ETSOptimum {
    let shape = problem.shape
    let first = evaluations
    let p = shape.count
    for i in 0..<p { unsafe held.theta[i] = i < start.count ? start[i] : 0 }
    clampHeld(shape)
    var metric = LongMetric(shape, self, problem)
    evaluateLong(problem, &held)
    guard held.objective.isFinite else {
      return optimum(problem, first: first, decrement: .infinity, status: .noStart)
    }
    var history = LongHistory(length: p, memory: 10)
    var status = Convergence.Status.evaluationLimit
    var decrement = Double.infinity
    let limit = 4 * effort.maximumEvaluations
    var steps = 0
    while evaluations - first < limit {
      steps += 1
      if steps % 12 == 0 {
        // Far from the start its metric is misleading.
        metric = LongMetric(shape, self, problem)
        evaluateLong(problem, &held)
      }
      let direction = descent(shape, history, metric)
      var slope = 0.0
      for i in 0..<p { unsafe slope += direction[i] * held.gradient[i] }
      decrement = max(-0.5 * slope, 0)
      if decrement < effort.tolerance {
        status = .converged
        break
      }
      guard let step = lineSearch(problem, direction) else {
        guard !history.isEmpty else {
          status = .flat
          break
        }
        history.clear()
        metric = LongMetric(shape, self, problem)
        evaluateLong(problem, &held)
        continue
      }
      history.append(
        step: step, change: (0..<p).map { unsafe tried.gradient[$0] - held.gradient[$0] })
      swap(&held, &tried)
    }
    return optimum(problem, first: first, decrement: decrement, status: status)
  }

  private func clampHeld(_ shape: ETSShape) {
    for i in 0..<shape.smoothingCount {
      let limits = shape.limits(i)
      unsafe held.theta[i] = unsafe min(max(held.theta[i], limits.lowerBound), limits.upperBound)
    }
  }

  /// −H⁻¹g by the two-loop recursion, zero where a bound holds.
  private func descent(_ shape: ETSShape, _ history: LongHistory, _ metric: LongMetric) -> [Double] {
    var isHeld = [Bool](repeating: false, count: shape.smoothingCount)
    for i in 0..<shape.smoothingCount {
      let limits = shape.limits(i)
      let slope = unsafe held.gradient[i]
      isHeld[i] =
        unsafe held.theta[i] <= limits.lowerBound && slope > 0
        || held.theta[i] >= limits.upperBound && slope < 0
    }
    while true {
      var q = (0..<shape.count).map { unsafe held.gradient[$0] }
      for i in isHeld.indices where isHeld[i] { q[i] = 0 }
      history.apply(&q, fixed: isHeld) { metric.solve(&$0, fixed: isHeld) }
      for i in isHeld.indices where isHeld[i] { q[i] = 0 }
      // A parameter at a bound is also fixed if the direction would push it across.
      var isChanged = false
      for i in isHeld.indices where !isHeld[i] {
        let limits = shape.limits(i)
        if unsafe held.theta[i] <= limits.lowerBound && q[i] > 0
          || held.theta[i] >= limits.upperBound && q[i] < 0
        {
          isHeld[i] = true
          isChanged = true
        }
      }
      if !isChanged { return q.map { -$0 } }
    }
  }

  /// The first of the steps 1, ¼, 1/16 … of the longest one within the bounds that lowers F enough.
  private func lineSearch(_ problem: Problem, _ direction: [Double]) -> [Double]? {
    let shape = problem.shape
    var scale = 1.0
    for i in 0..<shape.smoothingCount where direction[i] != 0 {
      let limits = shape.limits(i)
      let room = unsafe (direction[i] > 0 ? limits.upperBound : limits.lowerBound) - held.theta[i]
      scale = min(scale, room / direction[i])
    }
    var slope = 0.0
    for i in 0..<shape.count { unsafe slope += direction[i] * held.gradient[i] }
    guard slope < 0 else { return nil }
    for _ in 0..<12 {
      for i in 0..<shape.count {
        unsafe tried.theta[i] = unsafe held.theta[i] + scale * direction[i]
        if i < shape.smoothingCount {
          let limits = shape.limits(i)
          unsafe tried.theta[i] = unsafe min(max(tried.theta[i], limits.lowerBound), limits.upperBound)
          // Rounding must not leave a parameter just inside the bound that stopped the step.
          if direction[i] < 0, unsafe tried.theta[i] - limits.lowerBound < 1e-12 {
            unsafe tried.theta[i] = limits.lowerBound
          }
          if direction[i] > 0, unsafe limits.upperBound - tried.theta[i] < 1e-12 {
            unsafe tried.theta[i] = limits.upperBound
          }
        }
      }
      evaluateLong(problem, &tried)
      if tried.objective.isFinite, tried.objective < held.objective + 1e-4 * scale * slope {
        return (0..<shape.count).map { unsafe tried.theta[$0] - held.theta[$0] }
      }
      scale *= 0.25
    }
    return nil
  }

  /// F and its gradient at a point, by one forward and one backward pass.
  func evaluateLong(_ problem: Problem, _ point: inout Point) {
    let shape = problem.shape
    evaluations += 1
    let parameters = unsafe prepare(shape, point.theta)
    point.objective = .infinity
    guard isAllowed(shape, parameters) else { return }
    var series = unsafe kernelSeries(shape)
    var sums = fs_ets_sums()
    let smoothing = [parameters.alpha, parameters.beta, parameters.gamma, parameters.phi]
    // Neither buffer serves here for what it is named after: `rows` has room for the history of states, three numbers a value,
    // and `directions` for the gradient by parameters and initial state.
    let raw = unsafe directions
    unsafe fs_ets_adjoint(&series, smoothing, state, rows, raw, &sums)
    guard sums.valid == 1, sums.squares.isFinite, sums.log_scale.isFinite else { return }
    point.squares = sums.squares
    point.objective =
      unsafe 0.5 * Double(sums.observed) * Double.log(sums.squares + series.floor) + sums.log_scale
    let g = unsafe point.gradient
    let usual = shape.bounds == .usual
    unsafe g[0] = unsafe raw[0]
    if let beta = shape.beta {
      if usual { unsafe g[0] += point.theta[beta] * raw[1] }
      unsafe g[beta] = unsafe (usual ? point.theta[0] : 1) * raw[1]
    }
    if let gamma = shape.gamma {
      if usual { unsafe g[0] -= point.theta[gamma] * raw[2] }
      unsafe g[gamma] = unsafe (usual ? 1 - point.theta[0] : 1) * raw[2]
    }
    if let phi = shape.phi { unsafe g[phi] = unsafe raw[3] }
    unsafe g[shape.level] = unsafe raw[4]
    if let slope = shape.slope { unsafe g[slope] = unsafe raw[5] }
    if let seasonal = shape.seasonal {
      for phase in 1..<shape.period { unsafe g[seasonal + phase - 1] = unsafe raw[6 + phase] - raw[6] }
    }
    addPenalty(problem, &point) { _, _ in }
    for i in 0..<shape.count where unsafe !g[i].isFinite { point.objective = .infinity }
  }

  /// The first metric of the quasi-Newton steps.
  struct LongMetric {
    private let block: [Double]
    private let free: Int
    private let period: Int
    private let curvature: Double

    init(_ shape: ETSShape, _ search: ETSSearch, _ problem: Problem) {
      free = shape.seasonal ?? shape.count
      period = shape.period
      search.evaluateTrend(problem, &search.held)
      let isUsable = search.held.objective.isFinite
      var block = [Double](repeating: 0, count: free * free)
      for i in 0..<free {
        for j in i..<free {
          block[i * free + j] = unsafe isUsable ? search.held.matrix[i * 8 + j] : i == j ? 1 : 0
        }
        block[i * free + i] = block[i * free + i] * (1 + 1e-6) + 1e-8
      }
      self.block = block
      // e_t changes one to one with an index in its first cycle, and by γ less in each later one.
      let gamma = shape.gamma.map { unsafe search.held.theta[$0] } ?? 0
      let cycles = Double(search.count) / Double(period)
      let weight = Double(search.observed) / max(search.held.squares, 1e-12)
      curvature = weight * min(cycles, 1 / max(1 - (1 - gamma) * (1 - gamma), 1e-3))
    }

    func solve(_ q: inout [Double], fixed: [Bool]) {
      var matrix = block
      for i in fixed.indices where fixed[i] {
        for j in 0..<free { matrix[min(i, j) * free + max(i, j)] = i == j ? 1 : 0 }
      }
      var head = Array(q[0..<free])
      if Cholesky.solve(&matrix, size: free, stride: free, &head) {
        for i in 0..<free { q[i] = head[i] }
      } else {
        for i in 0..<free { q[i] /= block[i * free + i] }
      }
      var sum = 0.0
      for i in free..<q.count { sum += q[i] }
      for i in free..<q.count { q[i] = (q[i] - sum / Double(period)) / curvature }
    }
  }
}

/// The steps and changes of gradient that limited-memory BFGS keeps.
struct LongHistory {
  private let length: Int
  private let memory: Int
  private var pairs: [(step: [Double], change: [Double], inverse: Double, size: Double)] = []

  init(length: Int, memory: Int) {
    self.length = length
    self.memory = memory
  }

  var isEmpty: Bool { pairs.isEmpty }

  mutating func clear() { pairs.removeAll() }

  mutating func append(step: [Double], change: [Double]) {
    var curvature = 0.0
    var size = 0.0
    for i in 0..<length {
      curvature += step[i] * change[i]
      size += change[i] * change[i]
    }
    guard curvature > Double.ulpOfOne * size, size > 0 else { return }
    if pairs.count == memory { pairs.removeFirst() }
    pairs.append((step, change, 1 / curvature, size))
  }

  /// H⁻¹q on the parameters that are not at a bound: the pairs are those of that subspace, and q is zero elsewhere.
  func apply(_ q: inout [Double], fixed: [Bool], metric: (inout [Double]) -> Void) {
    var weights: [Double] = []
    var inverses: [Double] = []
    for pair in pairs.reversed() {
      var curvature = 1 / pair.inverse
      for i in fixed.indices where fixed[i] { curvature -= pair.step[i] * pair.change[i] }
      let isUsable = curvature > Double.ulpOfOne * pair.size
      let inverse = isUsable ? 1 / curvature : 0
      let weight = LongHistory.dot(pair.step, q) * inverse
      weights.append(weight)
      inverses.append(inverse)
      LongHistory.add(-weight, pair.change, to: &q)
      for i in fixed.indices where fixed[i] { q[i] = 0 }
    }
    metric(&q)
    for i in fixed.indices where fixed[i] { q[i] = 0 }
    for (k, pair) in pairs.enumerated() {
      let place = pairs.count - 1 - k
      let away = weights[place] - LongHistory.dot(pair.change, q) * inverses[place]
      // A pair without curvature in the subspace is skipped.
      if inverses[place] > 0 { LongHistory.add(away, pair.step, to: &q) }
      for i in fixed.indices where fixed[i] { q[i] = 0 }
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        var sums = SIMD8<Double>.zero
        var i = 0
        while i + 8 <= a.count {
          for lane in 0..<8 { unsafe sums[lane] += a[i + lane] * b[i + lane] }
          i += 8
        }
        var sum = sums.sum()
        while i < a.count {
          unsafe sum += a[i] * b[i]
          i += 1
        }
        return sum
      }
    }
  }

  private static func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeMutableBufferPointer { b in
        for i in 0..<a.count { unsafe b[i] += factor * a[i] }
      }
    }
  }
}
