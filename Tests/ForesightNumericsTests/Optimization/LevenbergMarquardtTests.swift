import ForesightNumerics
import Testing

@Suite("Levenberg–Marquardt")
struct LevenbergMarquardtTests {
  struct Line: NonlinearModel {
    let parameterCount = 2
    func value<S: DifferentiableScalar>(_ b: [S], at x: Double) -> S { b[0] + b[1] * S(x) }
  }

  struct Growth: NonlinearModel {
    let parameterCount = 2
    func value<S: DifferentiableScalar>(_ b: [S], at t: Double) -> S { b[0] * .exp(b[1] * S(t)) }
  }

  struct Product: NonlinearModel {
    let parameterCount = 2
    func value<S: DifferentiableScalar>(_ b: [S], at x: Double) -> S { b[0] * b[1] * S(x) }
  }

  struct Wave: NonlinearModel {
    let parameterCount = 2
    func value<S: DifferentiableScalar>(_ b: [S], at x: Double) -> S { b[0] * .sin(b[1] * S(x)) }
  }

  struct Logarithm: NonlinearModel {
    let parameterCount = 2
    func value<S: DifferentiableScalar>(_ b: [S], at x: Double) -> S { b[0] * .log(S(x) + b[1]) }
  }

  /// Powell's singular function as residuals: the Jacobian is singular at the minimum.
  struct PowellResiduals: ResidualFunction {
    let parameterCount = 4
    let residualCount = 4
    func evaluate<S: DifferentiableScalar>(_ x: [S], into r: inout [S]) {
      let c = x[1] - 2.0 * x[2]
      let d = x[0] - x[3]
      r[0] = x[0] + 10.0 * x[1]
      r[1] = S(Double.sqrt(5)) * (x[2] - x[3])
      r[2] = c * c
      r[3] = S(Double.sqrt(10)) * d * d
    }
  }

  static let x = [1.0, 2, 3, 4, 5, 6]
  static let y = [2.1, 2.9, 4.2, 4.8, 6.1, 6.9]

  @Test("a line: coefficients and standard errors of the closed form")
  func line() throws {
    let fit = try LevenbergMarquardt().fit(Line(), inputs: Self.x, responses: Self.y, start: [100, -50])
    let n = 6.0
    let xm = Self.x.reduce(0, +) / n
    let ym = Self.y.reduce(0, +) / n
    let sxx = Self.x.map { ($0 - xm) * ($0 - xm) }.reduce(0, +)
    let sxy = zip(Self.x, Self.y).map { ($0 - xm) * ($1 - ym) }.reduce(0, +)
    let slope = sxy / sxx
    let intercept = ym - slope * xm
    let rss = zip(Self.x, Self.y).map { x, y in
      let r = y - intercept - slope * x
      return r * r
    }.reduce(0, +)
    #expect(fit.convergence.isConverged)
    #expect(abs(fit.parameters[0] - intercept) <= 1e-14 * abs(intercept) * 10)
    #expect(abs(fit.parameters[1] - slope) <= 1e-14 * abs(slope) * 10)
    #expect(abs(fit.residualSumOfSquares - rss) <= 1e-13 * rss)
    let s = Double.sqrt(rss / 4)
    #expect(abs(fit.residualStandardError - s) <= 1e-13 * s)
    #expect(abs(fit.standardErrors[1] - s / Double.sqrt(sxx)) <= 1e-13)
    #expect(abs(fit.standardErrors[0] - s * Double.sqrt(1 / n + xm * xm / sxx)) <= 1e-13)
    #expect(abs(fit.covariance[0][1] + s * s * xm / sxx) <= 1e-13)
    #expect(fit.degreesOfFreedom == 4)
    #expect(fit.rank == 2)
  }

  @Test("data on the curve: an exact fit, said so")
  func exact() throws {
    let y = Self.x.map { 3 * Double.exp(-0.4 * $0) }
    let fit = try LevenbergMarquardt().fit(Growth(), inputs: Self.x, responses: y, start: [1, 0])
    #expect(fit.convergence.isConverged)
    #expect(abs(fit.parameters[0] - 3) <= 1e-14 * 3)
    #expect(abs(fit.parameters[1] + 0.4) <= 1e-14)
    #expect(fit.residualSumOfSquares <= 1e-29)
  }

  @Test("at the minimum the residuals are orthogonal to the tangent plane")
  func orthogonality() throws {
    let fit = try LevenbergMarquardt().fit(Growth(), inputs: Self.x, responses: Self.y, start: [1, 0])
    let tangents = [
      Self.x.map { Double.exp(fit.parameters[1] * $0) },
      Self.x.map { fit.parameters[0] * $0 * Double.exp(fit.parameters[1] * $0) },
    ]
    for tangent in tangents {
      let product = zip(tangent, fit.residuals).map { $0 * $1 }.reduce(0, +)
      let size = zip(tangent, fit.residuals).map { abs($0 * $1) }.reduce(0, +)
      #expect(abs(product) <= 1e-12 * size)
    }
    #expect(fit.relativeOffset <= 1e-8)
  }

  @Test("an integer weight is a repeated observation")
  func weights() throws {
    let weighted = try LevenbergMarquardt().fit(
      Growth(), inputs: Self.x, responses: Self.y, weights: [1, 2, 1, 3, 1, 1], start: [1, 0])
    let repeated = try LevenbergMarquardt().fit(
      Growth(), inputs: Self.x + [2, 4, 4], responses: Self.y + [2.9, 4.8, 4.8], start: [1, 0])
    for j in 0..<2 { #expect(abs(weighted.parameters[j] / repeated.parameters[j] - 1) <= 1e-12) }
    #expect(abs(weighted.residualSumOfSquares / repeated.residualSumOfSquares - 1) <= 1e-12)
  }

  @Test("an active bound: the rest is the constrained minimum, the gradient points outward")
  func bounds() throws {
    // The unconstrained slope is 0.97; held at 0.8, the intercept is the mean of y − 0.8 x.
    let solver = LevenbergMarquardt(bounds: BoxBounds([-10...10, 0...0.8]))
    let fit = try solver.fit(Line(), inputs: Self.x, responses: Self.y, start: [0, 0.1])
    let mean = zip(Self.x, Self.y).map { $1 - 0.8 * $0 }.reduce(0, +) / 6
    #expect(fit.convergence.isConverged)
    #expect(fit.parameters[1] == 0.8)
    #expect(abs(fit.parameters[0] - mean) <= 1e-13)
    #expect(fit.isAtBound == [false, true])
    #expect(fit.standardErrors[1] == 0)
    #expect(fit.degreesOfFreedom == 5)
  }

  @Test("a bound that is not active changes nothing")
  func idleBounds() throws {
    let free = try LevenbergMarquardt().fit(Growth(), inputs: Self.x, responses: Self.y, start: [1, 0])
    let boxed = try LevenbergMarquardt(bounds: BoxBounds([0...5, -1...0.5]))
      .fit(Growth(), inputs: Self.x, responses: Self.y, start: [5, 0.5])
    for j in 0..<2 { #expect(abs(free.parameters[j] / boxed.parameters[j] - 1) <= 1e-12) }
    #expect(boxed.isAtBound == [false, false])
  }

  @Test("parameters the data cannot tell apart: singular, infinite variance, still the best curve")
  func singular() throws {
    let fit = try LevenbergMarquardt().fit(Product(), inputs: Self.x, responses: Self.y, start: [1, 1])
    #expect(fit.convergence.status == .singular)
    #expect(fit.rank == 1)
    #expect(!fit.convergence.isConverged)
    #expect(fit.standardErrors == [.infinity, .infinity])
    let slope = zip(Self.x, Self.y).map { $0 * $1 }.reduce(0, +) / Self.x.map { $0 * $0 }.reduce(0, +)
    #expect(abs(fit.parameters[0] * fit.parameters[1] - slope) <= 1e-9)
  }

  @Test("Powell's singular residuals go to zero")
  func powell() throws {
    let fit = try LevenbergMarquardt().minimize(PowellResiduals(), from: [3, -1, 0, 1])
    #expect(fit.residualSumOfSquares <= 1e-20)
  }

  @Test("rescaling a parameter rescales its estimate and standard error")
  func equivariance() throws {
    let scaled = Self.x.map { $0 * 1e6 }
    let plain = try LevenbergMarquardt().fit(Growth(), inputs: Self.x, responses: Self.y, start: [1, 0.1])
    let other = try LevenbergMarquardt().fit(Growth(), inputs: scaled, responses: Self.y, start: [1, 0.1e-6])
    #expect(abs(other.parameters[1] * 1e6 / plain.parameters[1] - 1) <= 1e-11)
    #expect(abs(other.standardErrors[1] * 1e6 / plain.standardErrors[1] - 1) <= 1e-9)
  }

  @Test("asked for, further starts find a lower minimum than the first run's")
  func multiStart() throws {
    let x = (0..<40).map { Double($0) * 0.25 }
    let y = x.map { 2 * Double.sin(3 * $0) }
    let single = try LevenbergMarquardt(maximumRestarts: 0).fit(
      Wave(), inputs: x, responses: y, start: [1, 1])
    #expect(single.residualSumOfSquares > 1)
    let several = try LevenbergMarquardt(minimumRestarts: 8)
      .fit(Wave(), inputs: x, responses: y, start: [1, 1])
    #expect(several.restarts >= 8)
    #expect(abs(abs(several.parameters[1]) - 3) <= 1e-12)
    #expect(abs(abs(several.parameters[0]) - 2) <= 1e-12)
  }

  @Test("a start outside the model's domain: reported, or mended by a restart")
  func domain() throws {
    let y = Self.x.map { 2 * Double.log($0 + 3) }
    let alone = try LevenbergMarquardt(maximumRestarts: 0)
      .fit(Logarithm(), inputs: Self.x, responses: y, start: [1, -4])
    #expect(alone.convergence.status == .noStart)
    let mended = try LevenbergMarquardt().fit(Logarithm(), inputs: Self.x, responses: y, start: [1, -4])
    #expect(mended.convergence.isConverged)
    #expect(abs(mended.parameters[1] - 3) <= 1e-10)
  }

  @Test("bad data are typed errors")
  func errors() {
    let solver = LevenbergMarquardt()
    #expect(throws: NumericsError.dimensionMismatch(expected: 6, found: 2)) {
      try solver.fit(Line(), inputs: Self.x, responses: [1, 2], start: [0, 0])
    }
    #expect(throws: NumericsError.nonFinite(row: 1, column: 0)) {
      try solver.fit(Line(), inputs: [1, 2, 3], responses: [1, .nan, 2], start: [0, 0])
    }
    #expect(throws: NumericsError.tooFewObservations(needed: 2, found: 1)) {
      try solver.fit(Line(), inputs: [1], responses: [1], start: [0, 0])
    }
    #expect(throws: NumericsError.invalidParameter(name: "weight", value: 0)) {
      try solver.fit(Line(), inputs: [1, 2], responses: [1, 2], weights: [1, 0], start: [0, 0])
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 2, found: 3)) {
      try solver.fit(Line(), inputs: Self.x, responses: Self.y, start: [0, 0, 0])
    }
  }
}
