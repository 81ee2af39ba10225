/// The Nelder–Mead simplex method with dimension-adaptive coefficients, for functions without derivatives.
///
/// A trial point outside the bounds is moved to the nearest point inside. After convergence the simplex is rebuilt
/// around the best point and run again until the value no longer falls, which catches most false stops.
///
/// Source: F. Gao and L. Han, "Implementing the Nelder–Mead simplex algorithm with adaptive parameters",
/// *Computational Optimization and Applications* 51 (2012) 259–277, doi:10.1007/s10589-010-9329-3.
public struct NelderMead: Sendable {
  /// Stop when every vertex lies within this, relative to the best point's size (absolute below 1).
  public var parameterTolerance: Double
  /// Stop when the values at the vertices agree to this, relative to their size.
  public var functionTolerance: Double
  /// The largest number of evaluations; nil for 2000 per parameter.
  public var maximumEvaluations: Int?
  /// The number of times the simplex may be rebuilt around the best point.
  public var maximumRestarts: Int
  /// The first simplex's edge relative to each parameter (absolute where the parameter is 0).
  public var initialStep: Double

  /// Creates a method with the given tolerances.
  public init(
    parameterTolerance: Double = 1e-9, functionTolerance: Double = 1e-14, maximumEvaluations: Int? = nil,
    maximumRestarts: Int = 10, initialStep: Double = 0.1
  ) {
    self.parameterTolerance = parameterTolerance
    self.functionTolerance = functionTolerance
    self.maximumEvaluations = maximumEvaluations
    self.maximumRestarts = maximumRestarts
    self.initialStep = initialStep
  }

  /// Minimizes a function from a start, inside the bounds.
  ///
  /// - Parameters:
  ///   - start: The starting point, moved inside the bounds if outside.
  ///   - bounds: The bounds on the parameters; nil for none. Parameters beyond the bounds given have none.
  ///   - objective: The function; a value that is not a number counts as +∞.
  /// - Returns: The lowest vertex, with no gradient, and why the method stopped.
  public func minimize(
    from start: [Double], bounds: BoxBounds? = nil, _ objective: ([Double]) -> Double
  ) -> OptimizationResult {
    let box = (bounds ?? .unbounded(start.count)).fitted(to: start.count)
    let budget = maximumEvaluations ?? 2000 * max(start.count, 1)
    var evaluations = 0
    func evaluate(_ point: [Double]) -> Double {
      evaluations += 1
      let value = objective(point)
      return value.isNaN ? .infinity : value
    }
    var best = box.clamp(start)
    var value = evaluate(best)
    func result(_ criterion: Convergence.Criterion?, _ iterations: Int) -> OptimizationResult {
      let status: Convergence.Status =
        !value.isFinite
        ? .noStart : criterion == nil ? .evaluationLimit : box.isHeld(best) ? .atBound : .converged
      return OptimizationResult(
        point: best, value: value,
        convergence: Convergence(
          status, criterion: value.isFinite ? criterion : nil, evaluations: evaluations,
          iterations: iterations))
    }
    if start.isEmpty { return result(.parameters, 0) }

    var iterations = 0
    var step = initialStep
    var met: Convergence.Criterion?
    for round in 0...max(maximumRestarts, 0) {
      var simplex = Simplex(around: best, value: value, step: step, box: box, evaluate: evaluate)
      met = nil
      while evaluations < budget {
        if let reason = simplex.converged(parameterTolerance, functionTolerance) {
          met = reason
          break
        }
        simplex.advance(box: box, evaluate: evaluate)
        iterations += 1
      }
      let fall = value - simplex.values[0]
      (best, value) = (simplex.vertices[0], simplex.values[0])
      if met == nil { break }
      // The value itself is known only to rounding; a rebuilt simplex that gains no more than that is done.
      if round > 0 && fall <= functionTolerance * max(abs(value), .leastNormalMagnitude) { break }
      step = max(step * 0.5, 1e-3)
    }
    return result(met, iterations)
  }
}

/// The vertices of a simplex sorted by value, and one step of the method.
private struct Simplex {
  var vertices: [[Double]]
  var values: [Double]

  init(
    around start: [Double], value: Double, step: Double, box: BoxBounds, evaluate: ([Double]) -> Double
  ) {
    vertices = [start]
    values = [value]
    for i in start.indices {
      var vertex = start
      let edge = step * (start[i] == 0 ? 1 : abs(start[i]))
      vertex[i] = box.clamp(start[i] + edge, at: i)
      if vertex[i] == start[i] { vertex[i] = box.clamp(start[i] - edge, at: i) }
      vertices.append(vertex)
      values.append(evaluate(vertex))
    }
    sort()
  }

  mutating func sort() {
    let order = values.indices.sorted { values[$0] < values[$1] || (values[$0] == values[$1] && $0 < $1) }
    vertices = order.map { vertices[$0] }
    values = order.map { values[$0] }
  }

  func converged(_ parameterTolerance: Double, _ functionTolerance: Double) -> Convergence.Criterion? {
    guard let best = vertices.first, let low = values.first, let high = values.last, low.isFinite else {
      return nil
    }
    var size = 0.0
    for vertex in vertices.dropFirst() {
      for i in best.indices { size = max(size, abs(vertex[i] - best[i]) / max(1, abs(best[i]))) }
    }
    if size <= parameterTolerance { return .parameters }
    // Equal values on a wide simplex can be a symmetric accident, so a small simplex is asked for as well.
    if high - low <= functionTolerance * abs(low) && size <= parameterTolerance.squareRoot() {
      return .value
    }
    return nil
  }

  mutating func advance(box: BoxBounds, evaluate: ([Double]) -> Double) {
    let n = vertices.count - 1
    let dimension = Double(max(n, 2))
    let expansion = 1 + 2 / dimension
    let contraction = 0.75 - 0.5 / dimension
    let shrinkage = 1 - 1 / dimension
    var centroid = [Double](repeating: 0, count: n)
    for vertex in vertices.dropLast() {
      for i in 0..<n { centroid[i] += vertex[i] / Double(n) }
    }
    let worst = vertices[n]
    func along(_ t: Double) -> ([Double], Double) {
      let point = (0..<n).map { box.clamp(centroid[$0] + t * (centroid[$0] - worst[$0]), at: $0) }
      return (point, evaluate(point))
    }
    let reflected = along(1)
    var replacement: ([Double], Double)?
    if reflected.1 < values[0] {
      let expanded = along(expansion)
      replacement = expanded.1 < reflected.1 ? expanded : reflected
    } else if reflected.1 < values[n - 1] {
      replacement = reflected
    } else if reflected.1 < values[n] {
      let contracted = along(contraction)
      if contracted.1 <= reflected.1 { replacement = contracted }
    } else {
      let contracted = along(-contraction)
      if contracted.1 < values[n] { replacement = contracted }
    }
    if let (point, value) = replacement {
      vertices[n] = point
      values[n] = value
    } else {
      for k in 1...n {
        for i in 0..<n {
          vertices[k][i] = vertices[0][i] + shrinkage * (vertices[k][i] - vertices[0][i])
        }
        values[k] = evaluate(vertices[k])
      }
    }
    sort()
  }
}
