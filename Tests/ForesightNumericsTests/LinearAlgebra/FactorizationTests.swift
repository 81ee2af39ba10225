import ForesightNumerics
import Testing

/// Laws that every factorisation obeys on random matrices of each size, in units of n·ε·‖A‖.
@Suite("Factorisations of random matrices")
struct FactorizationTests {
  static let sizes = Array(0...64) + [200]
  static let shapes = [(0, 0), (0, 3), (3, 0), (1, 1), (7, 3), (3, 7), (64, 64), (100, 17), (17, 100)]

  static func matrix(_ m: Int, _ n: Int) -> Matrix {
    Matrix(
      rows: m, columns: n,
      columnMajor: RandomStream(seed: 19, name: "matrix \(m) \(n)").normals(0..<(m * n)))
  }

  static func symmetric(_ n: Int) -> Matrix {
    let a = matrix(n, n)
    return a + a.transposed()
  }

  /// ‖A − B‖ over n·ε·‖B‖, all in Frobenius's norm.
  static func error(_ a: Matrix, _ b: Matrix) -> Double {
    let size = max(b.frobeniusNorm, .leastNormalMagnitude)
    return (a - b).frobeniusNorm / (Double(max(a.rows, a.columns, 1)) * .ulpOfOne * size)
  }

  static func orthogonality(_ q: Matrix) -> Double { error(q.transposed() * q, .identity(q.columns)) }

  static func permuted(_ a: Matrix, _ order: [Int]) -> Matrix {
    Matrix(rows: a.rows, columns: a.columns, columnMajor: order.flatMap { a.column($0) })
  }

  @Test("QR: Q is orthonormal, R upper triangular, QR = A; pivoting orders the diagonal")
  func qr() throws {
    for (m, n) in Self.sizes.map({ ($0, $0) }) + Self.shapes {
      let a = Self.matrix(m, n)
      for pivoting in [false, true] {
        let qr = try QR(a, pivoting: pivoting)
        let (q, r) = (try qr.q(), qr.r)
        #expect(q.columns == min(m, n) && r.rows == min(m, n))
        #expect(Self.orthogonality(q) < 4, "\(m) × \(n)")
        #expect(Self.error(q * r, Self.permuted(a, qr.order)) < 4, "\(m) × \(n)")
        for j in 0..<n { for i in (j + 1)..<max(j + 1, r.rows) { #expect(r[i, j] == 0) } }
        #expect(qr.rank() == min(m, n) || !pivoting)
        if pivoting {
          let diagonal = r.diagonal.map(abs)
          #expect(zip(diagonal, diagonal.dropFirst()).allSatisfy { $0 >= $1 * (1 - 1e-12) })
        }
      }
    }
  }

  @Test("Cholesky: L is lower with a positive diagonal, LLᵀ = A, solutions and determinant agree")
  func cholesky() throws {
    for n in Self.sizes {
      let b = Self.matrix(n, n)
      let a = b * b.transposed() + Double(n) * .identity(n)
      let factor = try Cholesky(a)
      #expect(factor.lower.diagonal.allSatisfy { $0 > 0 })
      #expect(Self.error(factor.lower * factor.lower.transposed(), a) < 2, "n = \(n)")
      for j in 0..<n { for i in 0..<j { #expect(factor.lower[i, j] == 0) } }
      let x = Self.matrix(n, 2)
      #expect(Self.error(try factor.solve(a * x), x) < 50, "n = \(n)")
      let values = try SymmetricEigen(a).values
      let determinant = values.reduce(0) { $0 + Double.log($1) }
      #expect(abs(factor.logDeterminant - determinant) <= 1e-12 * max(1, abs(determinant)))
      let inverse = try factor.inverse()
      #expect(inverse == inverse.transposed())
      #expect(Self.error(a * inverse, .identity(n)) < 50)
    }
  }

  @Test("SVD: orthonormal factors, ordered singular values, U S Vᵀ = A, ‖A‖ = √Σs²")
  func svd() throws {
    for (m, n) in Self.sizes.map({ ($0, $0) }) + Self.shapes {
      let a = Self.matrix(m, n)
      let svd = try SVD(a)
      #expect(Self.orthogonality(svd.u) < 4 && Self.orthogonality(svd.vt.transposed()) < 4)
      #expect(Self.error(svd.u * .diagonal(svd.singularValues) * svd.vt, a) < 8, "\(m) × \(n)")
      #expect(zip(svd.singularValues, svd.singularValues.dropFirst()).allSatisfy { $0 >= $1 && $1 >= 0 })
      let norm = svd.singularValues.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - a.frobeniusNorm) <= 1e-13 * norm)
      #expect(svd.rank() == min(m, n))
    }
  }

  @Test("Symmetric eigen: orthonormal vectors, ordered values, V Λ Vᵀ = A, trace = Σλ")
  func eigen() throws {
    for n in Self.sizes {
      let a = Self.symmetric(n)
      let eigen = try SymmetricEigen(a)
      #expect(Self.orthogonality(eigen.vectors) < 4, "n = \(n)")
      #expect(Self.error(eigen.vectors * .diagonal(eigen.values) * eigen.vectors.transposed(), a) < 8)
      #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 <= $1 })
      let trace = a.diagonal.reduce(0, +)
      #expect(abs(eigen.values.reduce(0, +) - trace) <= 1e-13 * Double(n) * a.frobeniusNorm)
    }
  }

  @Test("n = 1000: every factorisation, by its action on a vector")
  func large() throws {
    let n = 1000
    let a = Self.matrix(n, n)
    let v = Self.matrix(n, 1).elements
    func apart(_ x: [Double], _ y: [Double]) -> Double {
      let size = y.reduce(0) { max($0, abs($1)) }
      return zip(x, y).reduce(0) { max($0, abs($1.0 - $1.1)) } / size
    }
    let norm = a.frobeniusNorm
    for pivoting in [false, true] {
      let qr = try QR(a, pivoting: pivoting)
      // Q(Rv) = A(Pv), QᵀQv = v.
      var scattered = v
      for (k, j) in qr.order.enumerated() { scattered[j] = v[k] }
      #expect(apart(try qr.applyQ(qr.r * v, transposed: false), a * scattered) < 1e-12)
      #expect(apart(try qr.applyQ(qr.applyQ(v, transposed: true), transposed: false), v) < 1e-12)
    }
    let symmetric = Self.symmetric(n)
    let eigen = try SymmetricEigen(symmetric)
    let turned = zip(eigen.values, eigen.vectors.transposed() * v).map { $0 * $1 }
    #expect(apart(eigen.vectors * turned, symmetric * v) < 1e-12)
    var definite = symmetric
    for i in 0..<n { definite[i, i] += norm }
    let factor = try Cholesky(definite)
    #expect(apart(factor.lower * (factor.lower.transposed() * v), definite * v) < 1e-12)
    #expect(apart(try factor.solve(definite * v), v) < 1e-12)
    let svd = try SVD(a)
    #expect(apart(svd.u * zip(svd.singularValues, svd.vt * v).map { $0 * $1 }, a * v) < 1e-12)
  }

  @Test("The rank of a product of thin factors is found by pivoted QR and by SVD")
  func rank() throws {
    for n in [5, 20, 64] {
      for r in [0, 1, n / 2, n - 1] {
        let a = Self.matrix(n, r) * Self.matrix(r, n)
        let tolerance = 1e-12
        #expect(try QR(a, pivoting: true).rank(tolerance: tolerance) == r)
        #expect(try SVD(a).rank(tolerance: tolerance) == r)
      }
    }
  }

  @Test("Graded matrices: the triangular solve and the condition estimate see the grading")
  func graded() throws {
    for n in [4, 16, 40] {
      let scales = (0..<n).map { Double.pow(10, -12 * Double($0) / Double(n - 1)) }
      let a = Self.matrix(n, n) * .diagonal(scales)
      let qr = try QR(a, pivoting: true)
      #expect(qr.rank() == n)
      let reciprocal = try qr.reciprocalCondition(size: n)
      let exact = try SVD(a).conditionNumber
      #expect(
        reciprocal > 0 && 1 / reciprocal > exact / Double(n * n) && 1 / reciprocal < exact * Double(n * n))
      // The backward error stays at rounding level however bad the condition.
      let b = Self.matrix(n, 1).elements
      let x = try qr.solveR(Array(qr.applyQ(b, transposed: true)), size: n)
      var solution = x
      for (k, j) in qr.order.enumerated() { solution[j] = x[k] }
      let left = zip(a * solution, b).map { $0 - $1 }
      let size = a.frobeniusNorm * solution.reduce(0) { max($0, abs($1)) }
      #expect(left.allSatisfy { abs($0) <= 1e-14 * size })
    }
  }

  @Test("Sums of products over blocks of rows are those of the whole")
  func addedProducts() {
    let a = Matrix([[1, 2], [3, 4], [5, 6]])
    let b = Matrix([[1, 0, -1], [2, 1, 0], [0, 3, 1]])
    var sum = Matrix(rows: 2, columns: 3, repeating: 1)
    sum.addProduct(transposing: Matrix([a.row(0), a.row(1)]), Matrix([b.row(0), b.row(1)]))
    sum.addProduct(transposing: Matrix([a.row(2)]), Matrix([b.row(2)]))
    #expect(sum == Matrix(rows: 2, columns: 3, repeating: 1) + a.transposed() * b)
  }

  @Test("Singular and indefinite matrices are refused with the pivot")
  func refusals() throws {
    #expect(throws: NumericsError.notPositiveDefinite(pivot: 1)) {
      try Cholesky(Matrix([[1, 2], [2, 1]]))
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 2, found: 3)) {
      try Cholesky(Matrix(rows: 2, columns: 3))
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 2, found: 3)) {
      try SymmetricEigen(Matrix(rows: 2, columns: 3))
    }
    #expect(try SVD(Matrix(rows: 2, columns: 2)).conditionNumber == .infinity)
    for bad in [Double.nan, .infinity, -.infinity] {
      var a = Matrix.identity(5)
      a[3, 2] = bad
      let refusal = NumericsError.nonFinite(row: 3, column: 2)
      #expect(throws: refusal) { try QR(a) }
      #expect(throws: refusal) { try QR(a, pivoting: true) }
      #expect(throws: refusal) { try Cholesky(a) }
      #expect(throws: refusal) { try SVD(a) }
      #expect(throws: refusal) { try SymmetricEigen(a) }
    }
  }
}
