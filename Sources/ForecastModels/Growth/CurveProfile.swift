internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The least weighted residual sum for each value of the first parameter of a curve, with the others refitted.
struct CurveProfile<Curve: GrowthCurve> {
  /// One value of the first parameter.
  struct Node {
    /// The logarithm of the first parameter.
    var logValue: Double
    /// All parameters.
    var point: [Double]
    /// The residual sum.
    var objective: Double
  }

  let fit: CurveFit<Curve>
  private let rest: BoxBounds

  init(_ fit: CurveFit<Curve>) {
    self.fit = fit
    let bounds = fit.curve.bounds(fit.sample)
    rest = BoxBounds(lower: Array(bounds.lower.dropFirst()), upper: Array(bounds.upper.dropFirst()))
  }

  /// The estimate itself.
  var estimate: Node {
    Node(logValue: .log(fit.parameters[0]), point: fit.parameters, objective: fit.objective)
  }

  /// The best fit with the first parameter fixed, started from a neighbor; `nil` outside the domain.
  func node(_ logValue: Double, near neighbour: Node) -> Node? {
    let value = Double.exp(logValue)
    let residuals = GrowthResiduals(curve: fit.curve, sample: fit.sample, noise: fit.noise, held: value)
    let held = [value] + neighbour.point.dropFirst()
    guard let atNeighbour = fit.curve.objective(held, fit.sample, fit.noise) else { return nil }
    guard residuals.parameterCount > 0 else {
      return Node(logValue: logValue, point: held, objective: atNeighbour)
    }
    let solver = LevenbergMarquardt(
      bounds: rest, maximumIterations: 100, maximumRestarts: 0, relativeOffsetTolerance: 1e-6)
    guard let run = try? solver.minimize(residuals, from: Array(neighbour.point.dropFirst())) else {
      return nil
    }
    let point = [value] + run.parameters
    guard let objective = fit.curve.objective(point, fit.sample, fit.noise), objective <= atNeighbour else {
      return Node(logValue: logValue, point: held, objective: atNeighbour)
    }
    return Node(logValue: logValue, point: point, objective: objective)
  }

  /// The nodes from the estimate outward in one direction, in growing steps, while `continues` holds and up to the limit; the
  /// first node that fails is the last.
  func walk(
    by first: Double, limit: Double, while continues: (Node) -> Bool
  ) -> [Node] {
    var nodes: [Node] = []
    var last = estimate
    var step = first
    while nodes.count < 200 {
      var next = last.logValue + step
      if first > 0 ? next >= limit : next <= limit { next = limit }
      guard abs(next - last.logValue) > 1e-12, let node = self.node(next, near: last) else { break }
      nodes.append(node)
      last = node
      guard continues(node), next != limit else { break }
      step *= 1.2
    }
    return nodes
  }

  /// A first step of the walk: a fraction of the standard error of the logarithm.
  var firstStep: Double {
    let error = fit.estimates[0].standardError.map { $0 / abs(fit.parameters[0]) } ?? 0.1
    return min(0.3, max(1e-4, 0.3 * error))
  }

  /// The 95 % profile-likelihood interval of the first parameter, `nil` at an end that it does not reach in the bounds.
  ///
  /// It holds the values with S − Ŝ ≤ σ̂² t², t the 97.5 % quantile with n − p degrees of freedom (Bates and Watts,
  /// Nonlinear Regression Analysis and Its Applications, 1988, §6.1).
  func interval() -> (lower: Double?, upper: Double?) {
    let t = studentQuantile(0.975, degreesOfFreedom: fit.degreesOfFreedom)
    let threshold = fit.objective + max(fit.dispersion * t * t, 1e-12 * fit.objective)
    let bounds = fit.curve.bounds(fit.sample)
    func crossing(_ direction: Double, _ limit: Double) -> Double? {
      let nodes = walk(by: direction * firstStep, limit: limit) { $0.objective <= threshold }
      guard let outside = nodes.last, outside.objective > threshold else { return nil }
      let inside = nodes.count > 1 ? nodes[nodes.count - 2] : estimate
      var a = inside
      var b = outside
      while abs(b.logValue - a.logValue) > 1e-6 {
        guard let middle = node((a.logValue + b.logValue) / 2, near: a) else { break }
        if middle.objective <= threshold { a = middle } else { b = middle }
      }
      return .exp((a.logValue + b.logValue) / 2)
    }
    return (crossing(-1, .log(bounds.lower[0])), crossing(1, .log(bounds.upper[0])))
  }
}
