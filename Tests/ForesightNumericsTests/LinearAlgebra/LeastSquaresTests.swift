import ForesightNumerics
import Testing

/// Laws of linear least squares: weights, ridge, equalities, rank.
@Suite("Least squares")
struct LeastSquaresTests {
  static let solvers = [LeastSquares(), LeastSquares(precision: .extended)]

  static func problem(_ m: Int, _ n: Int, seed: UInt64 = 1) -> (x: Matrix, y: [Double]) {
    let draws = RandomStream(seed: seed, name: "least squares \(m) \(n)").normals(0..<(m * (n + 1)))
    return (
      Matrix(rows: m, columns: n, columnMajor: Array(draws[0..<(m * n)])), Array(draws[(m * n)...])
    )
  }

  static func close(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    let size = max(a.map(abs).max() ?? 0, b.map(abs).max() ?? 0)
    return a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * size }
  }

  @Test("Residuals are orthogonal to the columns, fitted and residual make the response")
  func orthogonality() throws {
    for solver in Self.solvers {
      for (m, n) in [(1, 1), (5, 5), (20, 3), (64, 12)] {
        let (x, y) = Self.problem(m, n)
        let fit = try solver.solve(x, y)
        #expect(fit.isFullRank && fit.degreesOfFreedom == m - n)
        for slope in x.transposed() * fit.residuals { #expect(abs(slope) < 1e-13) }
        #expect(Self.close(zip(fit.fitted, fit.residuals).map { $0 + $1 }, y, 1e-15))
        #expect(Self.close(x * fit.coefficients, fit.fitted, 1e-13))
      }
    }
  }

  @Test("Whole weights repeat rows, weights of zero drop them")
  func weights() throws {
    let (x, y) = Self.problem(12, 3)
    let weights = (0..<12).map { Double($0 % 4) }
    var rows: [[Double]] = []
    var repeated: [Double] = []
    for i in 0..<12 {
      for _ in 0..<(i % 4) {
        rows.append(x.row(i))
        repeated.append(y[i])
      }
    }
    for solver in Self.solvers {
      let weighted = try solver.solve(x, y, weights: weights)
      let plain = try solver.solve(Matrix(rows), repeated)
      #expect(Self.close(weighted.coefficients, plain.coefficients, 1e-13))
      #expect(Self.close(weighted.unscaledCovariance.elements, plain.unscaledCovariance.elements, 1e-13))
      #expect(abs(weighted.residualSumOfSquares / plain.residualSumOfSquares - 1) < 1e-13)
      #expect(weighted.degreesOfFreedom == 9 - 3)
      #expect(weighted.residuals.count == 12)
    }
  }

  @Test("Ridge solves its own normal equations; effective parameters are the trace of the hat matrix")
  func ridge() throws {
    let (x, y) = Self.problem(15, 4)
    let weights = (0..<15).map { 0.5 + Double($0 % 3) }
    let penalties = [0, 0.5, 2, 1e3]
    for solver in Self.solvers {
      let fit = try solver.ridge(x, y, penalties: penalties, weights: weights)
      let slopes = x.transposed() * zip(weights, fit.residuals).map { $0 * $1 }
      for j in 0..<4 { #expect(abs(slopes[j] - penalties[j] * fit.coefficients[j]) < 1e-12) }
      var gram = x.transposed() * Matrix.diagonal(weights) * x
      let plain = gram
      for j in 0..<4 { gram[j, j] += penalties[j] }
      let inverse = try Cholesky(gram).inverse()
      let sandwich = inverse * plain * inverse
      #expect(Self.close(fit.unscaledCovariance.elements, sandwich.elements, 1e-12))
      let trace = (plain * inverse).diagonal.reduce(0, +)
      #expect(abs(fit.effectiveParameters - trace) < 1e-12)
    }
    let free = try LeastSquares().ridge(x, y, penalty: 0)
    let plain = try LeastSquares().solve(x, y)
    #expect(Self.close(free.coefficients, plain.coefficients, 1e-13))
    #expect(abs(free.effectiveParameters - 4) < 1e-12)
    #expect(Self.close(free.standardErrors, plain.standardErrors, 1e-12))
    // Identity design: β = y/(1 + λ).
    let shrunk = try LeastSquares().ridge(.identity(3), [2, 4, 6], penalty: 1, unpenalized: [1])
    #expect(Self.close(shrunk.coefficients, [1, 4, 3], 1e-15))
    #expect(throws: NumericsError.invalidParameter(name: "penalty", value: -1)) {
      try LeastSquares().ridge(x, y, penalty: -1)
    }
    // A penalty makes more columns than rows solvable; without one they are refused.
    let (wide, few) = Self.problem(3, 5)
    #expect(try LeastSquares().ridge(wide, few, penalty: 0.1).coefficients.count == 5)
    #expect(throws: NumericsError.self) { try LeastSquares().ridge(wide, few, penalty: 0) }
  }

  @Test("Equalities hold to rounding and the multipliers balance the slopes")
  func equalities() throws {
    let (x, y) = Self.problem(20, 5)
    let c = Matrix([[1, 1, 1, 1, 1], [0, 1, -2, 0, 0]])
    for solver in Self.solvers {
      let fit = try solver.solve(x, y, subjectTo: EqualityConstraints(c, equal: [3, 0.25]))
      #expect(Self.close(c * fit.coefficients, [3, 0.25], 1e-15))
      #expect(fit.degreesOfFreedom == 20 - 3 && fit.rank == 5)
      // Xᵀr lies in the range of Cᵀ.
      let slopes = x.transposed() * fit.residuals
      let multipliers = try solver.solve(c.transposed(), slopes)
      #expect(multipliers.residuals.allSatisfy { abs($0) < 1e-12 })
      // The covariance is that of the KKT system: C V = 0, and V XᵀX V = V.
      let v = fit.unscaledCovariance
      #expect((c * v).elements.allSatisfy { abs($0) < 1e-15 })
      #expect(Self.close((v * (x.transposed() * x) * v).elements, v.elements, 1e-13))
    }
  }

  @Test("Equalities that fix a coefficient, all coefficients, none, or contradict")
  func equalityEdges() throws {
    let (x, y) = Self.problem(10, 3)
    let solver = LeastSquares()
    let fixed = try solver.solve(x, y, subjectTo: EqualityConstraints(Matrix([[0, 2, 0]]), equal: [1]))
    let rest = try solver.solve(
      Matrix(columnVectors: [x.column(0), x.column(2)]), zip(y, x.column(1)).map { $0 - 0.5 * $1 })
    #expect(fixed.coefficients[1] == 0.5)
    #expect(Self.close([fixed.coefficients[0], fixed.coefficients[2]], rest.coefficients, 1e-14))
    #expect(Self.close(fixed.standardErrors, [rest.standardErrors[0], 0, rest.standardErrors[1]], 1e-13))
    let all = try solver.solve(x, y, subjectTo: EqualityConstraints(.identity(3), equal: [1, 2, 3]))
    #expect(all.coefficients == [1, 2, 3] && all.degreesOfFreedom == 10)
    let none = try solver.solve(
      x, y, subjectTo: EqualityConstraints(Matrix(rows: 0, columns: 3), equal: []))
    #expect(Self.close(none.coefficients, try solver.solve(x, y).coefficients, 1e-15))
    #expect(throws: NumericsError.rankDeficient(rank: 1, columns: 2)) {
      try solver.solve(
        x, y, subjectTo: EqualityConstraints(Matrix([[1, 1, 0], [2, 2, 0]]), equal: [1, 3]))
    }
    #expect(throws: NumericsError.nonFinite(row: 0, column: 3)) {
      try EqualityConstraints(Matrix([[1, 1, 0]]), equal: [.nan])
    }
  }

  @Test("Dependent columns are found, dropped and named; the fit is that of the rest")
  func rank() throws {
    for solver in Self.solvers {
      for (m, n) in [(10, 4), (30, 9)] {
        var (x, y) = Self.problem(m, n)
        for i in 0..<m { x[i, 2] = 2 * x[i, 0] }
        let fit = try solver.solve(x, y)
        #expect(fit.rank == n - 1 && (fit.aliased == [0] || fit.aliased == [2]))
        for j in fit.aliased { #expect(fit.coefficients[j] == 0) }
        for slope in x.transposed() * fit.residuals { #expect(abs(slope) < 1e-12) }
      }
    }
    let zero = try LeastSquares().solve(Matrix(rows: 4, columns: 2), [1, 2, 3, 4])
    #expect(zero.rank == 0 && zero.residuals == [1, 2, 3, 4] && zero.residualSumOfSquares == 30)
    let wide = Self.problem(3, 6)
    #expect(try LeastSquares().solve(wide.x, wide.y).rank == 3)
  }

  @Test("Graded columns: a scale of each column changes its coefficient alone")
  func grading() throws {
    let (x, y) = Self.problem(25, 6)
    let plain = try LeastSquares().solve(x, y)
    var graded = x
    let scales = (0..<6).map { Double.pow(10, Double(40 * $0 - 100)) }
    for j in 0..<6 { for i in 0..<25 { graded[i, j] *= scales[j] } }
    for solver in Self.solvers {
      let fit = try solver.solve(graded, y)
      #expect(fit.isFullRank)
      for j in 0..<6 {
        #expect(abs(fit.coefficients[j] * scales[j] / plain.coefficients[j] - 1) < 1e-12)
        #expect(abs(fit.standardErrors[j] * scales[j] / plain.standardErrors[j] - 1) < 1e-12)
      }
    }
  }

  @Test("Nearly singular designs: refined coefficients carry all digits as long as the rank is full")
  func nearlySingular() throws {
    // Hilbert's matrix stacked on itself: β = 1 exactly, residuals zero, κ = 1.6e13 at n = 10 (1.5e13 in this norm).
    for n in [4, 6, 8] {
      var x = ExtendedMatrix(rows: 2 * n, columns: n)
      var y = [DoubleDouble](repeating: DoubleDouble(0), count: 2 * n)
      for i in 0..<(2 * n) {
        for j in 0..<n {
          x[i, j] = DoubleDouble(1) / DoubleDouble(Double(i + j + 1))
          y[i] += x[i, j]
        }
      }
      let fit = try LeastSquares().solve(x, y)
      #expect(fit.isFullRank)
      for c in fit.coefficients { #expect(abs(c - 1) < 1e-12, "n = \(n): \(c)") }
    }
  }

  @Test("What is not finite is named")
  func refusals() {
    var (x, y) = Self.problem(6, 2)
    x[4, 1] = .infinity
    #expect(throws: NumericsError.nonFinite(row: 4, column: 1)) { try LeastSquares().solve(x, y) }
    x[4, 1] = 1
    y[3] = .nan
    #expect(throws: NumericsError.nonFinite(row: 3, column: 2)) { try LeastSquares().solve(x, y) }
    y[3] = 0
    #expect(throws: NumericsError.invalidParameter(name: "weight", value: -1)) {
      try LeastSquares().solve(x, y, weights: [1, 1, 1, -1, 1, 1])
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 6, found: 2)) {
      try LeastSquares().solve(x, [1, 2])
    }
  }
}
