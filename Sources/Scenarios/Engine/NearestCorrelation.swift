internal import ForesightNumerics

/// The correlation matrix nearest to a symmetric one in the Frobenius norm.
///
/// Alternating projections with Dykstra's correction: Higham, IMA J. Numer. Anal. 22(3), 2002, 329-343,
/// doi:10.1093/imanum/22.3.329, algorithm 3.3 with unit weights. Cost about 9n³ a step.
struct NearestCorrelation {
  let matrix: [[Double]]

  /// - Throws: `NumericsError` where the eigenvalues cannot be had.
  init(_ given: [[Double]]) throws(NumericsError) {
    let n = given.count
    var unit = Matrix(given)
    var correction = Matrix(rows: n, columns: n)
    for _ in 0..<1000 {
      let shifted = unit - correction
      let semidefinite = try NearestCorrelation.semidefinite(shifted)
      correction = semidefinite - shifted
      var next = semidefinite
      for i in 0..<n { next[i, i] = 1 }
      let change = zip(next.elements, unit.elements).map { abs($0 - $1) }.max() ?? 0
      unit = next
      if change <= 1e-13 { break }
    }
    // What is left below zero by rounding goes, and the diagonal is one again.
    let lifted = try NearestCorrelation.semidefinite(unit)
    matrix = (0..<n).map { i in
      (0..<n).map { j in
        i == j ? 1 : lifted[i, j] / (lifted[i, i] * lifted[j, j]).squareRoot()
      }
    }
  }

  private static func semidefinite(_ a: Matrix) throws(NumericsError) -> Matrix {
    let eigen = try SymmetricEigen(a)
    let n = a.rows
    var result = Matrix(rows: n, columns: n)
    for j in 0..<n {
      for i in 0...j {
        var sum = 0.0
        for k in 0..<n where eigen.values[k] > 0 {
          sum += eigen.values[k] * eigen.vectors[i, k] * eigen.vectors[j, k]
        }
        result[i, j] = sum
        result[j, i] = sum
      }
    }
    return result
  }
}
