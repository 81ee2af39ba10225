import ForesightNumerics
import Testing

@Suite("Batched least squares")
struct BatchedLeastSquaresTests {
  /// Designs with an intercept, a trend and random regressors, and responses with noise.
  static func problems(_ count: Int, rows m: Int, columns n: Int) -> (designs: [Double], responses: [Double])
  {
    let stream = RandomStream(seed: 7, name: "problems \(m) \(n)")
    let draws = stream.normals(0..<(count * m * (n + 1)))
    var designs: [Double] = []
    var responses: [Double] = []
    for k in 0..<count {
      let own = Array(draws[(k * m * (n + 1))..<((k + 1) * m * (n + 1))])
      for j in 0..<n {
        for i in 0..<m {
          designs.append(j == 0 ? 1 : j == 1 ? Double(i) + own[m + i] : 100 * own[j * m + i])
        }
      }
      for i in 0..<m { responses.append(5 + 0.3 * Double(i) + own[n * m + i]) }
    }
    return (designs, responses)
  }

  /// The largest difference from `LeastSquares`, each coefficient in units of the largest effect of any.
  static func difference(_ fit: BatchedLinearFit, _ problem: Int, _ design: Matrix, _ y: [Double]) throws
    -> Double
  {
    let exact = try LeastSquares().solve(design, y)
    let lengths = (0..<design.columns).map { j in
      design.column(j).reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let effect = zip(exact.coefficients, lengths).map { abs($0 * $1) }.max() ?? 0
    let largest = max(effect, .leastNonzeroMagnitude)
    var worst = 0.0
    for (j, (a, b)) in zip(fit.coefficients(problem), exact.coefficients).enumerated() {
      worst = max(worst, abs(a - b) * lengths[j] / largest)
    }
    if exact.degreesOfFreedom > 0 {
      for (a, b) in zip(fit.standardErrors(problem), exact.standardErrors) {
        worst = max(worst, b == 0 ? abs(a) : abs(a - b) / b)
      }
      worst = max(
        worst,
        abs(fit.residualSumsOfSquares[problem] - exact.residualSumOfSquares) / exact.residualSumOfSquares)
    }
    #expect(fit.ranks[problem] == exact.rank)
    return worst
  }

  @Test(
    "Own designs agree with LeastSquares to 1e-12",
    arguments: [(60, 4), (61, 3), (7, 1), (24, 2), (5, 5), (9, 8), (100, 6), (40, 16), (40, 17), (33, 7)])
  func own(_ m: Int, _ n: Int) throws {
    let count = 19
    let (designs, responses) = Self.problems(count, rows: m, columns: n)
    let fit = try BatchedLeastSquares(observations: m, parameters: n).fit(
      designs: designs, responses: responses)
    for k in 0..<count {
      let design = Matrix(
        rows: m, columns: n, columnMajor: Array(designs[(k * m * n)..<((k + 1) * m * n)]))
      let difference = try Self.difference(fit, k, design, Array(responses[(k * m)..<((k + 1) * m)]))
      #expect(difference < 1e-12, "problem \(k): \(difference)")
    }
  }

  @Test(
    "One design for all agrees with LeastSquares to 1e-12",
    arguments: [(60, 4), (61, 3), (6, 6), (40, 17), (33, 7)])
  func shared(_ m: Int, _ n: Int) throws {
    let count = 11
    let (designs, responses) = Self.problems(count, rows: m, columns: n)
    let design = Matrix(rows: m, columns: n, columnMajor: Array(designs[0..<(m * n)]))
    let fit = try BatchedLeastSquares(observations: m, parameters: n).fit(
      design: design, responses: responses)
    for k in 0..<count {
      let difference = try Self.difference(fit, k, design, Array(responses[(k * m)..<((k + 1) * m)]))
      #expect(difference < 1e-12, "problem \(k): \(difference)")
    }
  }

  @Test("Hard problems among easy ones come out as by LeastSquares, bit for bit")
  func hard() throws {
    let (m, n, count) = (30, 3, 12)
    var (designs, responses) = Self.problems(count, rows: m, columns: n)
    for i in 0..<m {
      // Nearly dependent, dependent, all zero, huge and tiny.
      designs[(2 * n + 2) * m + i] = designs[(2 * n + 1) * m + i] + 1e-6 * Double(i % 7)
      designs[(4 * n + 2) * m + i] = 2 * designs[(4 * n + 1) * m + i]
      for j in 0..<n { designs[(6 * n + j) * m + i] = 0 }
      designs[(8 * n + 1) * m + i] *= 1e200
      responses[9 * m + i] *= 1e180
      designs[(10 * n + 1) * m + i] *= 1e-200
    }
    let fit = try BatchedLeastSquares(observations: m, parameters: n).fit(
      designs: designs, responses: responses)
    for k in [2, 4, 6, 8, 9, 10] {
      let design = Matrix(
        rows: m, columns: n, columnMajor: Array(designs[(k * m * n)..<((k + 1) * m * n)]))
      let exact = try LeastSquares().solve(design, Array(responses[(k * m)..<((k + 1) * m)]))
      #expect(Array(fit.coefficients(k)) == exact.coefficients, "problem \(k)")
      #expect(fit.ranks[k] == exact.rank, "problem \(k)")
    }
    #expect(fit.ranks[4] == 2 && fit.ranks[6] == 0)
    let dependent = Matrix(rows: m, columns: n, columnMajor: Array(designs[(4 * m * n)..<(5 * m * n)]))
    let shared = try BatchedLeastSquares(observations: m, parameters: n)
      .fit(design: dependent, responses: Array(responses[0..<(3 * m)]))
    #expect(shared.ranks == [2, 2, 2])
  }

  @Test("What is not finite or does not fit is refused with its place")
  func refusals() throws {
    let (m, n) = (10, 2)
    var (designs, responses) = Self.problems(9, rows: m, columns: n)
    let batch = try BatchedLeastSquares(observations: m, parameters: n)
    designs[(8 * n + 1) * m + 3] = .nan
    #expect(throws: NumericsError.nonFinite(row: 83, column: 1)) {
      try batch.fit(designs: designs, responses: responses)
    }
    designs[(8 * n + 1) * m + 3] = 1
    responses[25] = .infinity
    #expect(throws: NumericsError.nonFinite(row: 25, column: 2)) {
      try batch.fit(designs: designs, responses: responses)
    }
    let design = Matrix(rows: m, columns: n, columnMajor: Array(designs[0..<(m * n)]))
    #expect(throws: NumericsError.nonFinite(row: 25, column: 2)) {
      try batch.fit(design: design, responses: responses)
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 100, found: 95)) {
      try batch.fit(design: design, responses: Array(repeating: 1, count: 95))
    }
    #expect(throws: NumericsError.tooFewObservations(needed: 4, found: 3)) {
      try BatchedLeastSquares(observations: 3, parameters: 4)
    }
    #expect(try batch.fit(designs: [], responses: []).count == 0)
  }
}
