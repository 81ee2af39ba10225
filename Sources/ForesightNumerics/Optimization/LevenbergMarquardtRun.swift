/// One descent of Levenberg–Marquardt from one start, and the counts over all of them.
struct LevenbergMarquardtRun {
  /// Where a descent stands: the point with everything derived from it.
  struct State {
    var point: [Double]
    var residuals: [Double]
    var jacobian: [Double]
    var cost: Double
    var status = Convergence.Status.evaluationLimit
    var criterion: Convergence.Criterion?

    mutating func meets(_ criterion: Convergence.Criterion) {
      status = .converged
      self.criterion = criterion
    }
  }

  /// The factored Jacobian of the free parameters and the measures of convergence.
  struct Tangent {
    var free: [Int]
    var factor: HouseholderFactor
    /// Qᵀr.
    var rotated: [Double]
    var relativeOffset: Double
  }

  let evaluator: ResidualEvaluator
  let options: LevenbergMarquardt
  let box: BoxBounds
  var evaluations = 0
  var jacobianEvaluations = 0
  var iterations = 0

  init(_ evaluator: ResidualEvaluator, options: LevenbergMarquardt, box: BoxBounds) {
    self.evaluator = evaluator
    self.options = options
    self.box = box
  }

  private var rows: Int { evaluator.residualCount }

  mutating func residuals(_ point: [Double]) -> [Double] {
    evaluations += 1
    return evaluator.residuals(point)
  }

  mutating func state(at point: [Double]) -> State {
    jacobianEvaluations += 1
    let (residuals, jacobian) = evaluator.linearization(point)
    return State(point: point, residuals: residuals, jacobian: jacobian, cost: dot(residuals, residuals))
  }

  func gradient(_ state: State) -> [Double] {
    state.point.indices.map { j in
      var sum = 0.0
      for i in 0..<rows { sum += state.jacobian[j * rows + i] * state.residuals[i] }
      return sum
    }
  }

  /// The parameters not held by a bound: those inside, or whose descent direction leads inside.
  func free(_ state: State) -> [Int] {
    let slope = gradient(state)
    return state.point.indices.filter { j in
      let held =
        (state.point[j] <= box.lower[j] && slope[j] >= 0) || (state.point[j] >= box.upper[j] && slope[j] <= 0)
      return !held
    }
  }

  func tangent(_ state: State) -> Tangent {
    let free = free(state)
    let factor = HouseholderFactor(state.jacobian, rows: rows, choosing: free)
    let rotated = factor.applyTransposed(state.residuals)
    let k = free.count
    var inside = 0.0
    var across = 0.0
    for i in 0..<rows {
      if i < k { inside += rotated[i] * rotated[i] } else { across += rotated[i] * rotated[i] }
    }
    var offset = 0.0
    if k > 0 && inside > 0 {
      let spread = rows > k ? (across / Double(rows - k)).squareRoot() : 0
      offset = (inside / Double(k)).squareRoot() / spread
    }
    return Tangent(free: free, factor: factor, rotated: rotated, relativeOffset: offset)
  }

  /// The size below which residuals are rounding: what a relative change of 2⁻⁵² in the parameters makes.
  func roundingLevel(_ state: State) -> Double {
    var largest = 0.0
    for j in state.point.indices {
      var sum = 0.0
      for i in 0..<rows { sum += state.jacobian[j * rows + i] * state.jacobian[j * rows + i] }
      largest = max(largest, sum.squareRoot() * abs(state.point[j]))
    }
    return largest * Double.ulpOfOne
  }

  /// The Gauss–Newton step relative to each parameter, the largest entry.
  func relativeStep(_ step: [Double], _ free: [Int], _ point: [Double]) -> Double {
    var size = 0.0
    for (k, j) in free.enumerated() where step[k] != 0 {
      size = max(size, abs(step[k]) / max(abs(point[j]), abs(point[j] + step[k])))
    }
    return size
  }

  mutating func descend(from start: [Double]) -> State {
    var state = state(at: box.clamp(start))
    guard state.cost.isFinite, state.jacobian.allSatisfy(\.isFinite) else {
      state.status = .noStart
      return state
    }
    var weights = [Double](repeating: 0, count: state.point.count)
    var damping = 1e-3
    var growth = 2.0
    for _ in 0..<options.maximumIterations {
      let tangent = tangent(state)
      for (k, j) in tangent.free.enumerated() {
        weights[j] = max(weights[j], tangent.factor.lengths[k])
      }
      let newton = tangent.factor.solve(tangent.rotated, damping: 0, weights: [])
      if state.cost.squareRoot() <= roundingLevel(state) {
        state.meets(.exactFit)
      } else if tangent.relativeOffset <= options.relativeOffsetTolerance {
        state.meets(.relativeOffset)
      } else if relativeStep(newton, tangent.free, state.point) <= options.parameterTolerance {
        state.meets(.parameters)
      } else {
        guard let next = step(from: state, tangent, weights, &damping, &growth) else {
          state.status = .flat
          break
        }
        state = next
        iterations += 1
        continue
      }
      break
    }
    return certified(state)
  }

  /// One accepted step, or nil when no step that still moves the point lowers the cost.
  private mutating func step(
    from state: State, _ tangent: Tangent, _ weights: [Double], _ damping: inout Double,
    _ growth: inout Double
  ) -> State? {
    let scale = tangent.free.map { weights[$0] }
    while damping < 1e30 {
      let velocity = tangent.factor.solve(tangent.rotated, damping: damping, weights: scale)
      let bent = accelerated(velocity, from: state, tangent, damping, scale)
      let step = bent ?? velocity
      var point = state.point
      for (k, j) in tangent.free.enumerated() { point[j] = box.clamp(point[j] + step[k], at: j) }
      if point == state.point { return nil }
      let residuals = residuals(point)
      var fall = 0.0
      var predicted = 0.0
      for i in 0..<rows {
        fall += (state.residuals[i] - residuals[i]) * (state.residuals[i] + residuals[i])
        var linear = 0.0
        for j in tangent.free { linear += state.jacobian[j * rows + i] * (point[j] - state.point[j]) }
        predicted -= linear * (2 * state.residuals[i] + linear)
      }
      if fall > 0 && (predicted <= 0 || fall > 1e-4 * predicted) {
        let next = self.state(at: point)
        if next.cost.isFinite && next.jacobian.allSatisfy(\.isFinite) {
          let ratio = predicted > 0 ? fall / predicted : 0.5
          let turn = 2 * ratio - 1
          damping = max(damping * max(0.1, 1 - turn * turn * turn), 1e-16)
          growth = 2
          return next
        }
      }
      damping *= growth
      growth *= 2
    }
    return nil
  }

  /// The step bent along the geodesic, v + a/2, where a is small against v; nil otherwise.
  private mutating func accelerated(
    _ velocity: [Double], from state: State, _ tangent: Tangent, _ damping: Double, _ scale: [Double]
  ) -> [Double]? {
    let h = 0.1
    var point = state.point
    for (k, j) in tangent.free.enumerated() {
      point[j] += h * velocity[k]
      if point[j] != box.clamp(point[j], at: j) { return nil }
    }
    let ahead = residuals(point)
    var second = [Double](repeating: 0, count: rows)
    for i in 0..<rows {
      var linear = 0.0
      for (k, j) in tangent.free.enumerated() { linear += state.jacobian[j * rows + i] * velocity[k] }
      second[i] = 2 / h * ((ahead[i] - state.residuals[i]) / h - linear)
      if !second[i].isFinite { return nil }
    }
    let acceleration = tangent.factor.solve(
      tangent.factor.applyTransposed(second), damping: damping, weights: scale)
    var size = 0.0
    var length = 0.0
    for k in scale.indices {
      let a = scale[k] * acceleration[k]
      let v = scale[k] * velocity[k]
      size += a * a
      length += v * v
    }
    guard 4 * size <= 0.75 * 0.75 * length else { return nil }
    return velocity.indices.map { velocity[$0] + 0.5 * acceleration[$0] }
  }

  /// Gauss–Newton steps for as long as they shrink, then the verdict on the point reached.
  private mutating func certified(_ reached: State) -> State {
    var state = reached
    let wasConverged = reached.status.isConverged
    var tangent = tangent(state)
    guard wasConverged || tangent.relativeOffset <= 1e-3 else { return verdict(state, tangent) }
    var step = tangent.factor.solve(tangent.rotated, damping: 0, weights: [])
    var size = relativeStep(step, tangent.free, state.point)
    for _ in 0..<100 where size > 0 {
      var point = state.point
      for (k, j) in tangent.free.enumerated() { point[j] = box.clamp(point[j] + step[k], at: j) }
      let next = self.state(at: point)
      guard next.cost <= state.cost * (1 + 1e-9), next.jacobian.allSatisfy(\.isFinite) else { break }
      let ahead = self.tangent(next)
      let nextStep = ahead.factor.solve(ahead.rotated, damping: 0, weights: [])
      let nextSize = relativeStep(nextStep, ahead.free, next.point)
      guard ahead.free == tangent.free, nextSize < 0.9 * size else { break }
      (state, tangent, step, size) = (next, ahead, nextStep, nextSize)
    }
    state.status = reached.status
    state.criterion = reached.criterion
    if !wasConverged {
      if tangent.relativeOffset <= options.relativeOffsetTolerance { state.meets(.relativeOffset) }
      if size <= options.parameterTolerance { state.meets(.parameters) }
    }
    return verdict(state, tangent)
  }

  /// Singular when the columns are dependent, or a parameter could change by its own size unnoticed.
  private func verdict(_ state: State, _ tangent: Tangent) -> State {
    var state = state
    let rank = self.rank(state, tangent)
    if rank < tangent.free.count && state.status != .evaluationLimit {
      state.status = .singular
      state.criterion = nil
    }
    return state
  }

  func rank(_ state: State, _ tangent: Tangent) -> Int {
    let values = tangent.factor.singularValues()
    let floor = Double.ulpOfOne * Double(rows) * (values.first ?? 0)
    var rank = values.count { $0 > floor }
    let noise = 1e-10 * state.cost.squareRoot()
    let unfelt = tangent.free.indices.count { k in
      let length = tangent.factor.lengths[k]
      let j = tangent.free[k]
      var isZero = true
      for i in 0..<rows where state.jacobian[j * rows + i] != 0 { isZero = false }
      return isZero || length * max(abs(state.point[j]), 1e-300) < noise * 1e-3
    }
    rank = min(rank, tangent.free.count - unfelt)
    return max(rank, 0)
  }

  func fit(_ state: State, restarts: Int) -> NonlinearLeastSquaresFit {
    let tangent = tangent(state)
    let count = state.point.count
    let degrees = rows - tangent.free.count
    let values = state.cost.isFinite ? tangent.factor.singularValues() : []
    let rank = state.cost.isFinite ? rank(state, tangent) : 0
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    let variance = degrees > 0 ? state.cost / Double(degrees) : 0
    let inverse = rank == tangent.free.count ? tangent.factor.inverseGram() : nil
    for (a, i) in tangent.free.enumerated() {
      if let inverse {
        for (b, j) in tangent.free.enumerated() { covariance[i][j] = variance * inverse[a][b] }
      } else {
        covariance[i][i] = .infinity
      }
    }
    let slope = gradient(state)
    var held = [Bool](repeating: true, count: count)
    for j in tangent.free { held[j] = false }
    let smallest = values.last ?? 1
    let isHeld = tangent.free.count < count
    return NonlinearLeastSquaresFit(
      parameters: state.point, residuals: state.residuals, residualSumOfSquares: state.cost,
      degreesOfFreedom: degrees, covariance: covariance,
      relativeOffset: tangent.relativeOffset,
      rank: rank, conditionNumber: smallest > 0 ? (values.first ?? 1) / smallest : .infinity, isAtBound: held,
      jacobianEvaluations: jacobianEvaluations, restarts: restarts,
      convergence: Convergence(
        state.status == .converged && isHeld ? .atBound : state.status, criterion: state.criterion,
        evaluations: evaluations, iterations: iterations,
        gradientNorm: tangent.free.map { abs(2 * slope[$0]) }.max() ?? 0))
  }
}
