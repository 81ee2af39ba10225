/// Limited-memory BFGS with bounds: the generalized Cauchy point, a subspace step and a strong-Wolfe search.
///
/// Sources: R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, "A limited memory algorithm for bound constrained
/// optimization", *SIAM J. Sci. Comput.* 16 (1995) 1190–1208, doi:10.1137/0916069; J. Nocedal and S. J. Wright,
/// *Numerical Optimization*, 2nd ed., algorithms 3.5 and 3.6.
public struct LBFGSB: Sendable {
  /// Stop when the largest entry of the projected gradient falls to this.
  public var gradientTolerance: Double
  /// Stop when a step lowers the value by less than this, relative to the larger of |value| and 1.
  public var functionTolerance: Double
  /// The largest number of steps.
  public var maximumIterations: Int
  /// The number of past steps kept.
  public var memory: Int

  /// Creates a method with the given tolerances.
  public init(
    gradientTolerance: Double = 1e-8, functionTolerance: Double = 0, maximumIterations: Int = 1000,
    memory: Int = 10
  ) {
    self.gradientTolerance = gradientTolerance
    self.functionTolerance = functionTolerance
    self.maximumIterations = maximumIterations
    self.memory = memory
  }

  /// Minimizes a function written once for every scalar; ``Dual`` gives its exact gradient.
  @inlinable
  public func minimize(
    _ function: some DifferentiableFunction, from start: [Double], bounds: BoxBounds? = nil
  ) -> OptimizationResult {
    minimize(from: start, bounds: bounds) { point, gradient in function.value(point, gradient: &gradient) }
  }

  /// Minimizes a function that returns its value and writes its gradient.
  ///
  /// - Parameters:
  ///   - start: The starting point, moved inside the bounds if outside.
  ///   - bounds: The bounds on the parameters; nil for none. Parameters beyond the bounds given have none.
  ///   - objective: Takes the point, writes the gradient into the array passed in, and returns the value. It is evaluated
  ///     only inside the bounds; a value or gradient that is not finite shortens the step.
  /// - Returns: The lowest point found, with its projected gradient and why the method stopped.
  public func minimize(
    from start: [Double], bounds: BoxBounds? = nil, _ objective: ([Double], inout [Double]) -> Double
  ) -> OptimizationResult {
    let count = start.count
    let box = (bounds ?? .unbounded(count)).fitted(to: count)
    var evaluations = 0
    func evaluate(_ point: [Double]) -> Sample {
      evaluations += 1
      var gradient = [Double](repeating: 0, count: count)
      let value = objective(point, &gradient)
      return Sample(point: point, value: value, gradient: gradient)
    }
    var current = evaluate(box.clamp(start))
    func result(_ status: Convergence.Status, _ criterion: Convergence.Criterion?, _ iterations: Int)
      -> OptimizationResult
    {
      OptimizationResult(
        point: current.point, value: current.value,
        convergence: Convergence(
          status == .converged && box.isHeld(current.point) ? .atBound : status, criterion: criterion,
          evaluations: evaluations, iterations: iterations,
          gradientNorm: box.projectedGradientNorm(current.point, current.gradient)))
    }
    guard current.isFinite else { return result(.noStart, nil, 0) }

    var history = QuasiNewtonHistory(capacity: memory)
    for iteration in 0..<maximumIterations {
      if box.projectedGradientNorm(current.point, current.gradient) <= gradientTolerance {
        return result(.converged, .gradient, iteration)
      }
      let target = history.subspaceMinimizer(at: current.point, gradient: current.gradient, box: box)
      var direction = (0..<count).map { target[$0] - current.point[$0] }
      var slope = dot(direction, current.gradient)
      if !(slope < 0) {
        if history.isEmpty { return result(.flat, nil, iteration) }
        history.clear()
        continue
      }
      var longest = Double.infinity
      for i in 0..<count where direction[i] != 0 {
        let room = (direction[i] > 0 ? box.upper[i] : box.lower[i]) - current.point[i]
        longest = min(longest, room / direction[i])
      }
      // With no curvature known yet the step is scaled to unit length.
      if history.isEmpty {
        let norm = dot(direction, direction).squareRoot()
        if norm > 1 {
          for i in 0..<count { direction[i] /= norm }
          slope /= norm
          longest *= norm
        }
      }
      let search = WolfeSearch(start: current, direction: direction, slope: slope, longest: longest, box: box)
      guard let next = search.run(evaluate) else {
        if history.isEmpty { return result(.flat, nil, iteration) }
        history.clear()
        continue
      }
      let step = (0..<count).map { next.point[$0] - current.point[$0] }
      let change = (0..<count).map { next.gradient[$0] - current.gradient[$0] }
      let fall = current.value - next.value
      history.append(step: step, change: change)
      current = next
      if fall <= functionTolerance * max(abs(next.value), 1) && functionTolerance > 0 {
        return result(.converged, .value, iteration + 1)
      }
    }
    return result(.evaluationLimit, nil, maximumIterations)
  }

  /// A point with the objective's value and gradient.
  struct Sample {
    var point: [Double]
    var value: Double
    var gradient: [Double]

    var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }
  }
}
