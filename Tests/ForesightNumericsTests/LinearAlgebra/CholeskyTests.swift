import ForesightNumerics
import Testing

@Suite("Small Cholesky factors")
struct CholeskyTests {
  /// A product of a random matrix with its transpose, of the given rank.
  private func gram(_ size: Int, rank: Int, seed: UInt64) -> Matrix {
    let values = RandomStream(seed: seed, name: "gram").normals(0..<size * rank)
    let root = Matrix(rows: size, columns: rank, columnMajor: values)
    return root * root.transposed()
  }

  @Test("the factor times its transpose is the matrix, and agrees with LAPACK", arguments: 1...12)
  func factor(_ size: Int) throws {
    let matrix = gram(size, rank: size + 2, seed: UInt64(size))
    let lower = try Cholesky.factor(matrix, .refused(share: 0))
    let reference = try Cholesky(matrix).lower
    let product = lower * lower.transposed()
    for i in 0..<size {
      for j in 0..<size {
        #expect(abs(product[i, j] - matrix[i, j]) <= 1e-12 * (1 + abs(matrix[i, i])))
        #expect(abs(lower[i, j] - reference[i, j]) <= 1e-10 * (1 + abs(reference[i, i])))
      }
    }
  }

  @Test("a semidefinite matrix has a factor with zero columns, or is refused")
  func semidefinite() throws {
    let matrix = gram(6, rank: 3, seed: 5)
    let lower = try Cholesky.factor(matrix, .dropped(share: 1e-10))
    let product = lower * lower.transposed()
    for k in 0..<36 { #expect(abs(product.elements[k] - matrix.elements[k]) <= 1e-9) }
    #expect((0..<6).count { lower[$0, $0] == 0 } == 3)
    #expect(throws: NumericsError.self) { try Cholesky.factor(matrix, .refused(share: 1e-10)) }
  }

  @Test("negative pivots and entries that are not finite are typed errors")
  func errors() {
    #expect(throws: NumericsError.notPositiveDefinite(pivot: 1)) {
      try Cholesky.factor(Matrix([[1, 2], [2, 1]]), .dropped(share: 1e-12))
    }
    #expect(throws: NumericsError.nonFinite(row: 1, column: 0)) {
      try Cholesky.factor(Matrix([[1, 0], [.nan, 1]]), .refused(share: 0))
    }
  }

  @Test("the solver in place solves with any stride", arguments: [0, 3])
  func solve(_ padding: Int) throws {
    let size = 7
    let matrix = gram(size, rank: size + 3, seed: 11)
    let solution = RandomStream(seed: 12, name: "x").normals(0..<size)
    var right = matrix * solution
    let stride = size + padding
    var upper = [Double](repeating: .nan, count: size * stride)
    for i in 0..<size { for j in i..<size { upper[i * stride + j] = matrix[i, j] } }
    #expect(Cholesky.solve(&upper, size: size, stride: stride, &right))
    for i in 0..<size { #expect(abs(right[i] - solution[i]) <= 1e-9 * (1 + abs(solution[i]))) }
    var indefinite = [1.0, 2, 0, 1]
    var vector = [1.0, 1]
    #expect(!Cholesky.solve(&indefinite, size: 2, stride: 2, &vector))
  }
}
