import ForesightNumerics
import Testing

/// The four conditions of Penrose (1955), and solutions of systems of any shape and rank.
@Suite struct PseudoInverseTests {
  static let matrices: [Matrix] = [
    [[1, 2], [3, 4]], [[1, 2, 3], [4, 5, 6]], [[1, 2], [2, 4], [3, 6]], [[0, 0], [0, 0]], [[2]],
    [[4, 1, 0], [1, 3, 1], [0, 1, 2]],
  ]

  private func expectSame(_ a: Matrix, _ b: Matrix) {
    #expect((a - b).frobeniusNorm <= 1e-13 * max(1, a.frobeniusNorm), "\(a) \(b)")
  }

  @Test(arguments: matrices) func `the pseudo-inverse meets its four conditions`(a: Matrix) throws {
    let inverse = try a.pseudoInverse()
    expectSame(a * inverse * a, a)
    expectSame(inverse * a * inverse, inverse)
    expectSame((a * inverse).transposed(), a * inverse)
    expectSame((inverse * a).transposed(), inverse * a)
    let gram = a.transposed() * a
    expectSame(try SymmetricEigen(gram).pseudoInverse(), inverse * inverse.transposed())
  }

  @Test func `systems are solved, and singular ones by the shortest solution`() throws {
    let a: Matrix = [[4, 1, 0], [1, 3, 1], [0, 1, 2]]
    let b = [1.0, 2, 3]
    let x = try a.solve(b)
    for (found, wanted) in zip(a * x, b) { #expect(abs(found - wanted) < 1e-14) }
    for other in [try SVD(a).solve(b), try SymmetricEigen(a).solve(b)] {
      for (found, wanted) in zip(other, x) { #expect(abs(found - wanted) < 1e-14) }
    }
    let singular: Matrix = [[1, 1], [1, 1]]
    for x in [try SVD(singular).solve([2, 2]), try SymmetricEigen(singular).solve([2, 2])] {
      #expect(abs(x[0] - 1) < 1e-14 && abs(x[1] - 1) < 1e-14)
    }
    #expect(throws: NumericsError.self) { try SVD(singular).solve([1]) }
    #expect(throws: NumericsError.self) { try SVD(singular).solve([1, .nan]) }
    #expect(throws: NumericsError.self) { try SymmetricEigen(singular).solve([1, 2, 3]) }
    #expect(throws: NumericsError.self) { try Matrix([[1, 2, 3]]).solve([1]) }
    let line = try Matrix([[1, 0], [1, 1], [1, 2]]).solve([1, 3, 5])
    #expect(abs(line[0] - 1) < 1e-14 && abs(line[1] - 2) < 1e-14)
  }

  @Test func `sizes that a factor does not have are refused`() throws {
    let qr = try QR(Matrix([[1, 2], [3, 4], [5, 6]]))
    for size in [-1, 3, 9, Int.max] {
      #expect(throws: NumericsError.self) { try qr.inverseGram(size: size) }
      #expect(throws: NumericsError.self) { try qr.reciprocalCondition(size: size) }
      #expect(throws: NumericsError.self) { try qr.solveR([1, 2], size: size) }
    }
  }

  @Test func `a matrix prints its rows`() {
    let a: Matrix = [[1, -2.5], [1e20, 0]]
    #expect("\(a)" == "2 × 2 matrix\n     1  -2.5\n1.0e20     0")
    #expect("\(Matrix.identity(30))".split(separator: "\n").count == 12)
    #expect("\(Matrix(rows: 0, columns: 3))" == "0 × 3 matrix")
  }
}
