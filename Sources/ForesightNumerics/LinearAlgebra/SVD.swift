/// The thin singular value decomposition A = U diag(s) Vᵀ.
///
/// Source: LAPACK dgesdd (divide and conquer). Cost: about 6mn² + 20n³.
public struct SVD: Sendable {
  /// The left singular vectors, m × k.
  public let u: Matrix
  /// The singular values in descending order.
  public let singularValues: [Double]
  /// The right singular vectors as rows, k × n.
  public let vt: Matrix

  /// Decomposes a matrix.
  ///
  /// - Throws: `NumericsError.nonFinite` with the offending entry.
  public init(_ a: Matrix) throws(NumericsError) {
    try a.requireFinite()
    let parts = try LAPACK.svd(a.elements, a.rows, a.columns)
    let k = min(a.rows, a.columns)
    u = Matrix(rows: a.rows, columns: k, columnMajor: parts.u)
    singularValues = parts.s
    vt = Matrix(rows: k, columns: a.columns, columnMajor: parts.vt)
  }

  /// The number of singular values above `tolerance` times the largest, by default max(m, n) ε.
  public func rank(tolerance: Double? = nil) -> Int {
    guard let largest = singularValues.first, largest > 0 else { return 0 }
    let limit = (tolerance ?? Double(max(u.rows, vt.columns)) * .ulpOfOne) * largest
    return singularValues.count { $0 > limit }
  }

  /// The 2-norm condition number, infinite for a singular matrix.
  public var conditionNumber: Double {
    guard let first = singularValues.first, let last = singularValues.last else { return 1 }
    return last > 0 ? first / last : .infinity
  }
}
