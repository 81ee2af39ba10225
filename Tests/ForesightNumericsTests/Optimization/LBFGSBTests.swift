import ForesightNumerics
import Testing

@Suite("L-BFGS-B")
struct LBFGSBTests {
  @Test("Rosenbrock in 2, 10 and 100 dimensions", arguments: [2, 10, 100])
  func rosenbrock(_ n: Int) {
    let start = (0..<n).map { $0 % 2 == 0 ? -1.2 : 1.0 }
    let result = LBFGSB().minimize(Rosenbrock(), from: start)
    #expect(result.convergence.criterion == .gradient)
    #expect((result.convergence.gradientNorm ?? 1) <= 1e-8)
    for x in result.point { #expect(abs(x - 1) <= 1e-7) }
    #expect(result.convergence.evaluations <= 120)
  }

  @Test("Wood's function from its standard start")
  func wood() {
    let result = LBFGSB().minimize(Wood(), from: [-3, -1, -3, -1])
    #expect(result.convergence.isConverged)
    for x in result.point { #expect(abs(x - 1) <= 1e-7) }
  }

  @Test("Powell's singular function: the value goes to 0 although the Hessian is singular there")
  func powell() {
    let result = LBFGSB().minimize(PowellSingular(), from: [3, -1, 0, 1])
    #expect(result.convergence.isConverged)
    #expect(result.value <= 1e-10)
  }

  @Test("a separable quadratic in a box has the clamped centre as minimizer, bounds active on both sides")
  func box() {
    let n = 25
    let function = SeparableQuadratic(
      weights: (0..<n).map { 1 + Double($0 * $0) }, centre: (0..<n).map { Double($0) - 12 })
    let bounds = BoxBounds(
      lower: [Double](repeating: -5, count: n), upper: [Double](repeating: 6.5, count: n))
    let result = LBFGSB().minimize(function, from: [Double](repeating: 0, count: n), bounds: bounds)
    #expect(result.convergence.criterion == .gradient)
    for i in 0..<n { #expect(abs(result.point[i] - min(max(function.centre[i], -5), 6.5)) <= 1e-8) }
    #expect(result.point.allSatisfy { $0 >= -5 && $0 <= 6.5 })
  }

  @Test("Rosenbrock with an upper bound: the minimizer slides along the bound to x₁ = x₀²")
  func boundedRosenbrock() {
    let result = LBFGSB().minimize(
      Rosenbrock(), from: [-1.2, 1], bounds: BoxBounds(lower: [-2, -2], upper: [0.5, 2]))
    #expect(result.convergence.criterion == .gradient)
    #expect(result.point[0] == 0.5)
    #expect(abs(result.point[1] - 0.25) <= 1e-8)
  }

  @Test("the optimality conditions hold: gradients vanish inside and point outward on the bounds")
  func optimality() {
    let bounds = BoxBounds(lower: [-10, -10, -10, -10], upper: [0.8, 10, 0.9, 0.7])
    let result = LBFGSB(gradientTolerance: 1e-9).minimize(Wood(), from: [-3, -1, -3, -1], bounds: bounds)
    #expect(result.convergence.isConverged)
    let gradient = Wood().gradient(result.point)
    for i in 0..<4 {
      if result.point[i] == bounds.upper[i] {
        #expect(gradient[i] <= 0)
      } else if result.point[i] == bounds.lower[i] {
        #expect(gradient[i] >= 0)
      } else {
        #expect(abs(gradient[i]) <= 1e-9)
      }
    }
  }

  @Test("a domain edge (logarithm of a negative number) only shortens the step")
  func domain() {
    // x − log x has its minimum at 1; the first unit step from 0.01 would leave the domain.
    let result = LBFGSB().minimize(from: [0.01]) { x, gradient in
      gradient[0] = 1 - 1 / x[0]
      return x[0] > 0 ? x[0] - log(x[0]) : .nan
    }
    #expect(abs(result.point[0] - 1) <= 1e-8)
  }

  @Test("stops are told apart")
  func statuses() {
    #expect(
      LBFGSB(maximumIterations: 3).minimize(Rosenbrock(), from: [-1.2, 1]).convergence.status
        == .evaluationLimit)
    #expect(LBFGSB().minimize(from: [1]) { _, _ in .nan }.convergence.status == .noStart)
    #expect(LBFGSB().minimize(Rosenbrock(), from: [1, 1]).convergence.iterations == 0)
  }

  private func log(_ x: Double) -> Double { Double.log(x) }
}
