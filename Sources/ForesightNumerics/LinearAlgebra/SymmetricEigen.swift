/// The eigenvalues and orthonormal eigenvectors of a symmetric matrix, A = V diag(λ) Vᵀ.
///
/// Source: LAPACK dsyevd (divide and conquer). Cost: about 9n³.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues in ascending order.
  public let values: [Double]
  /// The eigenvectors as columns, in the order of the values.
  public let vectors: Matrix

  /// Decomposes a square matrix; only its lower triangle is read.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite`.
  public init(_ a: Matrix) throws(NumericsError) {
    guard a.rows == a.columns else { throw .dimensionMismatch(expected: a.rows, found: a.columns) }
    try a.requireFinite()
    var vectors = a.elements
    values = try LAPACK.symmetricEigen(&vectors, a.rows)
    self.vectors = Matrix(rows: a.rows, columns: a.columns, columnMajor: vectors)
  }
}
