#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Android)
  import Android
#else
  import Darwin
#endif

extension LevenbergMarquardt {
  /// Runs from further starts, keeps the lowest certified sum of squares, and returns the number of starts.
  ///
  /// Starts multiply each parameter of the first one by 10^(±spread), evenly over a low-discrepancy sequence; the
  /// spread grows from half a decade to three, and the wider half changes signs too. For a parameter with two bounds,
  /// half of the starts cover its range evenly instead. Parameters in which the model is jointly linear are solved for
  /// at each start. Of each batch, the starts with the lowest sums of squares are run. The search ends at a certified
  /// fit that no point seen beats.
  func restart(
    _ run: inout LevenbergMarquardtRun, from start: [Double], best: inout LevenbergMarquardtRun.State
  ) -> Int {
    let linear = linearParameters(&run, at: start)
    var restarts = 0
    var index = 1
    let batch = 32 * max(start.count - linear.count, 1)
    while restarts < maximumRestarts {
      // Each spread has its turn; later rounds draw new points.
      let spread = [0.5, 1, 2, 3][(restarts / 2) % 4]
      let signs = (restarts / 2) % 4 >= 2
      var candidates: [(point: [Double], cost: Double)] = []
      for _ in 0..<batch {
        var point = run.box.clamp(candidate(index, start, spread: spread, signs: signs, box: run.box))
        index += 1
        if let solved = solveLinear(&run, point, linear) { point = solved }
        let residuals = run.residuals(point)
        let cost = dot(residuals, residuals)
        if cost.isFinite { candidates.append((point, cost)) }
      }
      candidates.sort { $0.cost < $1.cost }
      for candidate in candidates.prefix(2) where restarts < maximumRestarts {
        restarts += 1
        let found = run.descend(from: candidate.point)
        if isBetter(found, than: best) { best = found }
      }
      if candidates.isEmpty { restarts += 2 }
      let lowest = candidates.first?.cost ?? .infinity
      if best.status.isConverged && best.cost <= lowest && restarts >= minimumRestarts { break }
    }
    return min(restarts, maximumRestarts)
  }

  /// Lower sums of squares win; at equal ones (to 1e-9) the certified run does.
  func isBetter(_ a: LevenbergMarquardtRun.State, than b: LevenbergMarquardtRun.State) -> Bool {
    guard a.cost.isFinite else { return false }
    guard b.cost.isFinite, b.status != .noStart else { return true }
    if a.status.isConverged == b.status.isConverged { return a.cost < b.cost }
    return a.status.isConverged ? a.cost <= b.cost * (1 + 1e-9) : a.cost < b.cost * (1 - 1e-9)
  }

  /// Point `index` of the additive-recurrence sequence of Roberts's generalized golden ratio, scaled.
  private func candidate(_ index: Int, _ start: [Double], spread: Double, signs: Bool, box: BoxBounds)
    -> [Double]
  {
    // The ratio solves φ^(d+1) = φ + 1, one dimension more for the signs.
    let dimensions = start.count + 1
    var ratio = 1.5
    for _ in 0..<60 { ratio = pow(1 + ratio, 1 / Double(dimensions + 1)) }
    func coordinate(_ dimension: Int) -> Double {
      let step = pow(ratio, -Double(dimension + 1))
      let position = 0.5 + Double(index) * step
      return position - position.rounded(.down)
    }
    let pattern = Int(coordinate(start.count) * Double(1 << min(start.count, 30)))
    return start.indices.map { j in
      let u = coordinate(j)
      if box.lower[j].isFinite && box.upper[j].isFinite && index % 2 == 0 {
        return box.lower[j] + u * (box.upper[j] - box.lower[j])
      }
      let size = start[j] == 0 ? 1 : start[j]
      let turn = (signs && j < 30 && (pattern >> j) & 1 == 1) ? -1.0 : 1
      return turn * size * pow(10, spread * (2 * u - 1))
    }
  }

  /// A largest set, built greedily, of parameters in which the residuals are jointly linear.
  ///
  /// Their columns of the Jacobian do not change when all of them move together.
  private func linearParameters(_ run: inout LevenbergMarquardtRun, at start: [Double]) -> [Int] {
    let rows = run.evaluator.residualCount
    let base = run.state(at: start)
    guard base.jacobian.allSatisfy(\.isFinite) else { return [] }
    var chosen: [Int] = []
    for j in start.indices {
      let trial = chosen + [j]
      var point = start
      for (k, i) in trial.enumerated() { point[i] = start[i] * (1.5 + 0.25 * Double(k % 3)) + 0.5 }
      let moved = run.state(at: point)
      let isLinear = trial.allSatisfy { column in
        var change = 0.0
        var size = 0.0
        for i in (column * rows)..<((column + 1) * rows) {
          change = max(change, abs(moved.jacobian[i] - base.jacobian[i]))
          size = max(size, abs(base.jacobian[i]))
        }
        return size > 0 && change <= 1e-12 * size
      }
      if isLinear { chosen = trial }
    }
    return chosen
  }

  /// The point with its linear parameters at their least-squares values for the others; nil if undefined.
  private func solveLinear(_ run: inout LevenbergMarquardtRun, _ point: [Double], _ linear: [Int])
    -> [Double]?
  {
    if linear.isEmpty { return nil }
    let state = run.state(at: point)
    guard state.cost.isFinite, state.jacobian.allSatisfy(\.isFinite) else { return nil }
    let factor = HouseholderFactor(state.jacobian, rows: run.evaluator.residualCount, choosing: linear)
    // A trace of damping keeps columns that have become dependent from giving huge values.
    let step = factor.solve(
      factor.applyTransposed(state.residuals), damping: 1e-20, weights: factor.lengths)
    var solved = point
    for (k, j) in linear.enumerated() { solved[j] += step[k] }
    return solved.allSatisfy(\.isFinite) ? run.box.clamp(solved) : nil
  }
}

extension LevenbergMarquardt {
  /// Fits a model from starts spread over the bounds and returns the best fit.
  ///
  /// Every start is run to its end; the lowest certified sum of squares wins. The starts are the points of a scrambled
  /// Sobol' sequence keyed by the seed, on a logarithmic scale for a positive range that spans a factor above 100.
  /// Start k depends only on the seed and k, so that more starts never give a worse fit.
  ///
  /// - Parameters:
  ///   - model: The regression function, written once for every scalar.
  ///   - inputs: The input of each observation, such as its time.
  ///   - responses: The observations.
  ///   - weights: Positive weights proportional to inverse variances; nil for equal weights.
  ///   - starts: The number of starts, at least 1.
  ///   - seed: The key of the starts.
  /// - Throws: The errors of ``minimize(_:starts:seed:)`` and ``CurveResiduals``.
  @inlinable
  public func fit<Model: NonlinearModel>(
    _ model: Model, inputs: [Model.Input], responses: [Double], weights: [Double]? = nil, starts: Int,
    seed: UInt64
  ) throws(NumericsError) -> NonlinearLeastSquaresFit {
    try minimize(
      CurveResiduals(model, inputs: inputs, responses: responses, weights: weights), starts: starts,
      seed: seed)
  }

  /// Minimizes a sum of squared residuals from starts spread over the bounds and returns the best minimum.
  ///
  /// - Parameters:
  ///   - function: The residuals, written once for every scalar.
  ///   - starts: The number of starts, at least 1.
  ///   - seed: The key of the starts.
  /// - Throws: ``NumericsError/invalidParameter(name:value:)`` for a bound that is missing or infinite,
  ///   ``NumericsError/outsideRange(name:value:lower:upper:)`` for a number of starts outside 1 to 1,000,000,
  ///   ``NumericsError/tooFewObservations(needed:found:)`` for fewer residuals than parameters,
  ///   ``NumericsError/dimensionMismatch(expected:found:)`` for bounds of the wrong length.
  @inlinable
  public func minimize(_ function: some ResidualFunction, starts: Int, seed: UInt64) throws(NumericsError)
    -> NonlinearLeastSquaresFit
  {
    try solve(ResidualEvaluator(function), starts: starts, seed: seed)
  }

  @usableFromInline
  func solve(_ evaluator: ResidualEvaluator, starts: Int, seed: UInt64) throws(NumericsError)
    -> NonlinearLeastSquaresFit
  {
    guard (1...1_000_000).contains(starts) else {
      throw .outsideRange(name: "starts", value: Double(starts), lower: 1, upper: 1e6)
    }
    let count = evaluator.parameterCount
    let box = bounds ?? .unbounded(count)
    if box.count != count { throw .dimensionMismatch(expected: count, found: box.count) }
    if evaluator.residualCount < count {
      throw .tooFewObservations(needed: count, found: evaluator.residualCount)
    }
    var columns: [[Double]] = []
    for j in 0..<count {
      for bound in [box.lower[j], box.upper[j]] where !bound.isFinite {
        throw .invalidParameter(name: "bound of parameter \(j)", value: bound)
      }
      let points = try ScrambledSobol(dimension: j, seed: seed, name: "start \(j)").points(0..<starts)
      let (low, high) = (box.lower[j], box.upper[j])
      let isLogarithmic = low > 0 && high > 100 * low
      columns.append(
        points.map { isLogarithmic ? low * power(high / low, $0) : low + (high - low) * $0 })
    }
    var run = LevenbergMarquardtRun(evaluator, options: self, box: box)
    var best = run.descend(from: columns.map { $0[0] })
    for k in 1..<max(starts, 1) {
      let found = run.descend(from: columns.map { $0[k] })
      if isBetter(found, than: best) { best = found }
    }
    return run.fit(best, restarts: starts - 1)
  }
}
