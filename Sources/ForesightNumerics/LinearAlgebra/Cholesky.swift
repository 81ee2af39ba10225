/// The Cholesky factorization A = L Lᵀ of a symmetric positive definite matrix.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., §4.2; LAPACK dpotrf. Cost: n³/3.
public struct Cholesky: Sendable {
  /// The lower triangular factor L.
  public let lower: Matrix

  /// Factors a square matrix; only its lower triangle is read.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite`, and `.notPositiveDefinite` with the offending pivot.
  public init(_ a: Matrix) throws(NumericsError) {
    guard a.rows == a.columns else { throw .dimensionMismatch(expected: a.rows, found: a.columns) }
    try a.requireFinite()
    var factor = a.elements
    try LAPACK.cholesky(&factor, a.rows)
    for j in 0..<a.columns { for i in 0..<j { factor[i + j * a.rows] = 0 } }
    lower = Matrix(rows: a.rows, columns: a.columns, columnMajor: factor)
  }

  /// The solution of A X = B.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`.
  public func solve(_ b: Matrix) throws(NumericsError) -> Matrix {
    let n = lower.rows
    guard b.rows == n else { throw .dimensionMismatch(expected: n, found: b.rows) }
    var x = b.elements
    for transposed in [false, true] {
      try LAPACK.solveTriangle(
        lower.elements, leading: n, size: n, upper: false, transposed: transposed, &x, columns: b.columns)
    }
    return Matrix(rows: n, columns: b.columns, columnMajor: x)
  }

  /// The solution of A x = b.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`.
  public func solve(_ b: [Double]) throws(NumericsError) -> [Double] {
    try solve(Matrix(rows: b.count, columns: 1, columnMajor: b)).elements
  }

  /// A⁻¹, symmetric to the last bit.
  public func inverse() throws(NumericsError) -> Matrix {
    var inverse = try solve(.identity(lower.rows))
    for j in 0..<inverse.columns { for i in 0..<j { inverse[i, j] = inverse[j, i] } }
    return inverse
  }

  /// log det A = 2 Σ log Lᵢᵢ.
  public var logDeterminant: Double { 2 * lower.diagonal.reduce(0) { $0 + logarithm($1) } }
}

extension Cholesky {
  /// What happens to a pivot that is small relative to its diagonal entry.
  package enum SmallPivot {
    /// A pivot of at most this share of the diagonal entry is an error.
    case refused(share: Double)
    /// A pivot within this share of zero counts as zero: A may be semidefinite, and the column of L is zero.
    case dropped(share: Double)
  }

  /// Returns L with A = L Lᵀ for a small matrix, column by column without LAPACK; only the lower triangle is read.
  ///
  /// - Throws: `NumericsError.notPositiveDefinite` with the offending pivot, `.nonFinite` for an entry that is not
  ///   finite.
  package static func factor(_ a: Matrix, _ small: SmallPivot) throws(NumericsError) -> Matrix {
    let n = a.rows
    var lower = [Double](repeating: 0, count: n * n)
    for j in 0..<n {
      for i in j..<n where !a[i, j].isFinite { throw .nonFinite(row: i, column: j) }
      let diagonal = a[j, j]
      var pivot = diagonal
      for k in 0..<j { pivot -= lower[j + k * n] * lower[j + k * n] }
      switch small {
      case .refused(let share):
        guard pivot > share * diagonal, pivot > 0 else { throw .notPositiveDefinite(pivot: j) }
      case .dropped(let share):
        let slack = share * abs(diagonal)
        guard pivot >= -slack else { throw .notPositiveDefinite(pivot: j) }
        guard pivot > slack else { continue }
      }
      let root = pivot.squareRoot()
      lower[j + j * n] = root
      for i in (j + 1)..<max(n, j + 1) {
        var sum = a[i, j]
        for k in 0..<j { sum -= lower[i + k * n] * lower[j + k * n] }
        lower[i + j * n] = sum / root
      }
    }
    return Matrix(rows: n, columns: n, columnMajor: lower)
  }
}
