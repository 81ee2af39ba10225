import ForesightNumerics
import Testing

@Suite("Multi-start least squares")
struct MultiStartTests {
  /// A sinusoid: in the frequency the sum of squares has a minimum every 1/T.
  struct Wave: NonlinearModel {
    let parameterCount = 3
    func value<S: DifferentiableScalar>(_ b: [S], at t: Double) -> S {
      b[0] * .cos(b[2] * S(t)) + b[1] * .sin(b[2] * S(t))
    }
  }

  static let times = (0..<50).map(Double.init)
  static let truth = [1.5, -0.7, 1.9]
  static let bounds = BoxBounds([-5...5, -5...5, 0.1...3])

  static func responses() -> [Double] {
    zip(times, RandomStream(seed: 2, name: "wave").normals(0..<50)).map {
      Wave().value(truth, at: $0) + 0.1 * $1
    }
  }

  @Test("Sobol' starts find the lowest of many minima, where one start finds another")
  func lowest() throws {
    let solver = LevenbergMarquardt(bounds: Self.bounds, maximumRestarts: 0)
    let single = try solver.fit(Wave(), inputs: Self.times, responses: Self.responses(), start: [1, 1, 0.5])
    let fit = try solver.fit(
      Wave(), inputs: Self.times, responses: Self.responses(), starts: 64, seed: 1)
    #expect(single.residualSumOfSquares > 10 * fit.residualSumOfSquares)
    #expect(fit.convergence.isConverged && fit.restarts == 63)
    for (found, made) in zip(fit.parameters, Self.truth) { #expect(abs(found - made) < 0.1) }
    for seed in 2...4 as ClosedRange<UInt64> {
      let other = try solver.fit(
        Wave(), inputs: Self.times, responses: Self.responses(), starts: 64, seed: seed)
      #expect(abs(other.residualSumOfSquares / fit.residualSumOfSquares - 1) < 1e-12)
    }
  }

  @Test("The same seed gives the same bits, and more starts never a worse fit")
  func reproducible() throws {
    let solver = LevenbergMarquardt(bounds: Self.bounds, maximumRestarts: 0)
    var last = Double.infinity
    for starts in [1, 2, 4, 8, 16] {
      let fits = try (0..<2).map { _ in
        try solver.fit(Wave(), inputs: Self.times, responses: Self.responses(), starts: starts, seed: 9)
      }
      #expect(fits[0].parameters == fits[1].parameters)
      #expect(fits[0].residualSumOfSquares <= last * (1 + 1e-9))
      last = fits[0].residualSumOfSquares
    }
  }

  @Test("Bounds that are missing or infinite are refused by parameter")
  func refusals() {
    #expect(throws: NumericsError.invalidParameter(name: "bound of parameter 0", value: -.infinity)) {
      try LevenbergMarquardt().fit(
        Wave(), inputs: Self.times, responses: Self.responses(), starts: 4, seed: 1)
    }
    #expect(throws: NumericsError.invalidParameter(name: "bound of parameter 2", value: .infinity)) {
      try LevenbergMarquardt(bounds: BoxBounds([0...1, 0...1, 0 ... .infinity])).fit(
        Wave(), inputs: Self.times, responses: Self.responses(), starts: 4, seed: 1)
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 3, found: 1)) {
      try LevenbergMarquardt(bounds: BoxBounds([0...1])).fit(
        Wave(), inputs: Self.times, responses: Self.responses(), starts: 4, seed: 1)
    }
  }
}
