import ForesightNumerics
import Testing

@Suite("Nelder–Mead")
struct NelderMeadTests {
  @Test("Rosenbrock's valley")
  func rosenbrock() {
    let result = NelderMead().minimize(from: [-1.2, 1]) { Rosenbrock().value($0) }
    #expect(result.convergence.isConverged)
    for x in result.point { #expect(abs(x - 1) <= 1e-6) }
    #expect(result.convergence.gradientNorm == nil)
  }

  @Test("quadratics of 1, 2, 5 and 12 dimensions", arguments: [1, 2, 5, 12])
  func quadratic(_ n: Int) {
    let function = SeparableQuadratic(
      weights: (0..<n).map { 1 + Double($0) }, centre: (0..<n).map { 1 + Double($0) })
    let result = NelderMead(maximumEvaluations: 100_000)
      .minimize(from: [Double](repeating: 0, count: n)) { function.value($0) }
    #expect(result.convergence.isConverged)
    for i in 0..<n { #expect(abs(result.point[i] - function.centre[i]) <= 1e-5) }
  }

  @Test("bounds are kept at every evaluation, and an active bound is found")
  func bounds() {
    let result = NelderMead().minimize(
      from: [0, 0], bounds: BoxBounds(lower: [-1, -1], upper: [0.5, 4])
    ) { x in
      #expect(x[0] >= -1 && x[0] <= 0.5 && x[1] >= -1 && x[1] <= 4)
      return Rosenbrock().value(x)
    }
    #expect(result.point[0] == 0.5)
    #expect(abs(result.point[1] - 0.25) <= 1e-5)
  }

  @Test("a kink: |x − 2| + |y + 1|")
  func kink() {
    let result = NelderMead().minimize(from: [10, 10]) { abs($0[0] - 2) + abs($0[1] + 1) }
    #expect(result.value <= 1e-6)
  }

  @Test("NaN counts as infinity; the evaluation budget is reported")
  func statuses() {
    let domain = NelderMead().minimize(from: [0.5]) { $0[0] - Double.log($0[0]) }
    #expect(abs(domain.point[0] - 1) <= 1e-6)
    let short = NelderMead(maximumEvaluations: 20).minimize(from: [-1.2, 1]) { Rosenbrock().value($0) }
    #expect(short.convergence.status == .evaluationLimit)
    #expect(NelderMead().minimize(from: [1]) { _ in .nan }.convergence.status == .noStart)
  }
}
