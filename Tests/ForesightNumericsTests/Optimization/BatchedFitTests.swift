import ForesightNumerics
import Testing

@Suite("Batched exponential and log-linear fits")
struct BatchedFitTests {
  struct Growth: NonlinearModel {
    let parameterCount = 2
    func value<S: DifferentiableScalar>(_ b: [S], at t: Double) -> S { b[0] * .exp(b[1] * S(t)) }
  }

  /// A small deterministic source of noise, uniform in −1 ..< 1.
  struct Noise {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 11) * 0x1p-52
    }
  }

  static func series(_ count: Int, length: Int, origin: Double, step: Double, additive: Bool) -> [Double] {
    var noise = Noise(state: 20_260_101)
    var values: [Double] = []
    for _ in 0..<count {
      let level = 100 * Double.exp(noise.next())
      let rate = 0.05 * noise.next() / step
      for i in 0..<length {
        let mean = level * Double.exp(rate * (origin + Double(i) * step))
        values.append(additive ? mean + 5 * noise.next() : mean * Double.exp(0.1 * noise.next()))
      }
    }
    return values
  }

  @Test(
    "the optimum, RSS and standard errors are Levenberg–Marquardt's",
    arguments: [(60, 0.0, 1.0), (60, -3, 0.25), (7, 10, 1), (8, 0, 1), (61, 0, 2)])
  func againstLevenbergMarquardt(_ length: Int, _ origin: Double, _ step: Double) throws {
    let count = 200
    let values = Self.series(count, length: length, origin: origin, step: step, additive: true)
    let fits = try BatchedExponential(length: length, origin: origin, step: step).fit(values)
    #expect(fits.count == count)
    #expect(fits.isConverged.allSatisfy { $0 })
    let times = (0..<length).map { origin + Double($0) * step }
    for row in 0..<count {
      let y = Array(values[(row * length)..<((row + 1) * length)])
      let fit = try LevenbergMarquardt().fit(
        Growth(), inputs: times, responses: y, start: [fits.levels[row] * 1.1, fits.rates[row] * 0.9])
      let errors = fit.standardErrors
      // Parameters to 1e-10 of themselves, or of their standard error where they are nearly zero.
      #expect(abs(fits.levels[row] - fit.parameters[0]) <= 1e-10 * abs(fit.parameters[0]))
      #expect(abs(fits.rates[row] - fit.parameters[1]) <= 1e-10 * max(abs(fit.parameters[1]), errors[1]))
      #expect(abs(fits.residualSumsOfSquares[row] / fit.residualSumOfSquares - 1) <= 1e-10)
      #expect(abs(fits.levelStandardErrors[row] / errors[0] - 1) <= 1e-9)
      #expect(abs(fits.rateStandardErrors[row] / errors[1] - 1) <= 1e-9)
    }
  }

  @Test("noiseless data, falling and negative included, give back their curve")
  func exact() throws {
    let curves = [(3.0, 0.04), (250.0, -0.1), (-7.0, 0.02), (1.0, 0.0), (1e-6, 0.2), (1e9, -0.3)]
    let values = curves.flatMap { a, b in (0..<60).map { a * Double.exp(b * Double($0)) } }
    let fits = try BatchedExponential(length: 60).fit(values)
    for (row, curve) in curves.enumerated() {
      #expect(fits.isConverged[row])
      #expect(abs(fits.levels[row] / curve.0 - 1) <= 1e-12)
      #expect(abs(fits.rates[row] - curve.1) <= 1e-14)
    }
  }

  @Test("at the optimum both normal equations hold, also for data with no clear exponential")
  func normalEquations() throws {
    var noise = Noise(state: 7)
    let length = 40
    let values = (0..<(50 * length)).map { _ in noise.next() }
    let fits = try BatchedExponential(length: length).fit(values)
    for row in 0..<50 where fits.isConverged[row] {
      var level = 0.0
      var rate = 0.0
      var size = 0.0
      for i in 0..<length {
        let curve = Double.exp(fits.rates[row] * Double(i))
        let residual = values[row * length + i] - fits.levels[row] * curve
        level += residual * curve
        rate += residual * curve * Double(i)
        size += abs(residual) * curve * Double(i)
      }
      #expect(abs(level) <= 1e-8 * size)
      #expect(abs(rate) <= 1e-8 * size)
    }
    #expect(fits.isConverged.count { $0 } >= 40)
  }

  @Test("log-linear: the closed form of simple regression on logarithms", arguments: [3, 8, 13, 60])
  func logLinear(_ length: Int) throws {
    let values = Self.series(50, length: length, origin: 2, step: 0.5, additive: false)
    let fits = try BatchedLogLinear(length: length, origin: 2, step: 0.5).fit(values)
    let times = (0..<length).map { 2 + 0.5 * Double($0) }
    let design = Matrix(columnVectors: [[Double](repeating: 1, count: length), times])
    for row in 0..<50 {
      let logs = values[(row * length)..<((row + 1) * length)].map { Double.log($0) }
      let solution = try LeastSquares(precision: .extended).solve(design, logs)
      #expect(abs(fits.levels[row] - solution.coefficients[0]) <= 1e-13 * abs(solution.coefficients[0]))
      #expect(abs(fits.rates[row] - solution.coefficients[1]) <= 1e-13)
      let rss = solution.residualSumOfSquares
      #expect(abs(fits.residualSumsOfSquares[row] - rss) <= 1e-10 * rss)
      #expect(abs(fits.levelStandardErrors[row] / solution.standardErrors[0] - 1) <= 1e-9)
      #expect(abs(fits.rateStandardErrors[row] / solution.standardErrors[1] - 1) <= 1e-9)
    }
  }

  @Test("a series' fit does not depend on its neighbours")
  func independence() throws {
    let values = Self.series(9, length: 60, origin: 0, step: 1, additive: true)
    let together = try BatchedExponential(length: 60).fit(values)
    for row in 0..<9 {
      let alone = try BatchedExponential(length: 60).fit(Array(values[(row * 60)..<((row + 1) * 60)]))
      #expect(alone.rates[0] == together.rates[row])
      #expect(alone.levels[0] == together.levels[row])
    }
  }

  @Test("tiny and huge positive values: logarithms over the whole range of doubles")
  func range() throws {
    let values = [
      Double.leastNonzeroMagnitude, 1e-300, 1e-5, 1, 1e5, 1e300, Double.greatestFiniteMagnitude, 2,
    ]
    let fits = try BatchedLogLinear(length: 2).fit(values)
    for row in 0..<4 {
      let expected = Double.log(values[2 * row + 1]) - Double.log(values[2 * row])
      #expect(abs(fits.rates[row] - expected) <= 4e-16 * abs(expected))
    }
  }

  @Test("an all-zero series is not converged; bad values are typed errors")
  func badData() throws {
    let zero = try BatchedExponential(length: 4).fit([0, 0, 0, 0])
    #expect(zero.isConverged == [false])
    #expect(zero.levels == [0])
    #expect(zero.rates == [0])
    #expect(throws: NumericsError.nonFinite(row: 1, column: 2)) {
      try BatchedExponential(length: 3).fit([1, 2, 3, 1, 2, .nan])
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 6, found: 5)) {
      try BatchedExponential(length: 3).fit([1, 2, 3, 4, 5])
    }
    #expect(throws: NumericsError.invalidParameter(name: "response", value: -1)) {
      try BatchedLogLinear(length: 2).fit([1, 2, -1, 3])
    }
    #expect(throws: NumericsError.nonFinite(row: 0, column: 1)) {
      try BatchedLogLinear(length: 2).fit([1, .infinity])
    }
    #expect(try BatchedExponential(length: 5).fit([]).count == 0)
  }
}
