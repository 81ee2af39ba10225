/// The Householder QR factorization A = Q R, with or without column pivoting.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., §5.2 and §5.4; LAPACK dgeqrf and dgeqp3. Cost: 2mn² −
/// 2n³/3.
public struct QR: Sendable {
  /// The number of rows of A.
  public let rows: Int
  /// The number of columns of A.
  public let columns: Int
  /// The order of the columns: column k of Q R is column `order[k]` of A.
  public let order: [Int]
  private let factors: [Double]
  private let tau: [Double]

  /// Factors a matrix; with `pivoting`, the diagonal of R decreases in absolute value and reveals the rank.
  ///
  /// - Throws: `NumericsError.nonFinite` with the offending entry.
  public init(_ a: Matrix, pivoting: Bool = false) throws(NumericsError) {
    try a.requireFinite()
    rows = a.rows
    columns = a.columns
    var factors = a.elements
    if a.rows == 0 || a.columns == 0 {
      tau = []
      order = Array(0..<a.columns)
    } else if pivoting {
      (tau, order) = try LAPACK.pivotedQR(&factors, a.rows, a.columns)
    } else {
      tau = try LAPACK.qr(&factors, a.rows, a.columns)
      order = Array(0..<a.columns)
    }
    self.factors = factors
  }

  private var reflectors: Int { min(rows, columns) }

  /// The upper triangular (or trapezoidal) factor, min(m, n) × n.
  public var r: Matrix {
    var result = Matrix(rows: reflectors, columns: columns)
    for j in 0..<columns {
      for i in 0..<min(j + 1, reflectors) { result[i, j] = factors[i + j * rows] }
    }
    return result
  }

  /// The orthonormal columns of Q that R multiplies, m × min(m, n).
  public func q() throws(NumericsError) -> Matrix {
    var thin = Array(factors.prefix(rows * reflectors))
    try LAPACK.formQ(&thin, tau, rows, reflectors, reflectors: reflectors)
    return Matrix(rows: rows, columns: reflectors, columnMajor: thin)
  }

  /// The number of independent columns: the diagonal entries of R above `tolerance` times the largest.
  ///
  /// Meaningful with pivoting. The default tolerance is max(m, n) ε.
  public func rank(tolerance: Double? = nil) -> Int {
    let diagonal = (0..<reflectors).map { abs(factors[$0 + $0 * rows]) }
    guard let largest = diagonal.first, largest > 0 else { return 0 }
    let limit = (tolerance ?? Double(max(rows, columns)) * .ulpOfOne) * largest
    return diagonal.firstIndex { $0 <= limit } ?? diagonal.count
  }

  /// Throws unless R has a leading part of a size.
  private func requireLeading(_ size: Int) throws(NumericsError) {
    guard (0...reflectors).contains(size) else { throw .dimensionMismatch(expected: reflectors, found: size) }
  }

  /// The reciprocal 1-norm condition estimate of the leading `size` × `size` part of R.
  ///
  /// - Throws: `NumericsError.dimensionMismatch` for a size that R does not have.
  public func reciprocalCondition(size: Int) throws(NumericsError) -> Double {
    try requireLeading(size)
    return try LAPACK.reciprocalCondition(factors, leading: max(1, rows), size: size)
  }

  /// Qᵀ b (m entries), or Q b.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`.
  public func applyQ(_ b: [Double], transposed: Bool) throws(NumericsError) -> [Double] {
    guard b.count == rows else { throw .dimensionMismatch(expected: rows, found: b.count) }
    var c = b
    try LAPACK.applyQ(
      factors, tau, rows: rows, reflectors: reflectors, transposed: transposed, to: &c, columns: 1)
    return c
  }

  /// The solution of R₁₁ x = b (or R₁₁ᵀ x = b) with the leading `size` × `size` part of R.
  ///
  /// - Throws: `NumericsError.rankDeficient` for an exactly zero diagonal entry, `.dimensionMismatch` for a size that R does not have.
  public func solveR(_ b: [Double], size: Int, transposed: Bool = false) throws(NumericsError) -> [Double] {
    try requireLeading(size)
    guard b.count == size else { throw .dimensionMismatch(expected: size, found: b.count) }
    var x = b
    try LAPACK.solveTriangle(
      factors, leading: rows, size: size, upper: true, transposed: transposed, &x, columns: 1)
    return x
  }

  /// (R₁₁ᵀR₁₁)⁻¹ of the leading `size` × `size` part, by columns of R₁₁⁻¹.
  ///
  /// - Throws: `NumericsError.rankDeficient` for an exactly zero diagonal entry, `.dimensionMismatch` for a size that R does not have.
  public func inverseGram(size: Int) throws(NumericsError) -> Matrix {
    try requireLeading(size)
    var inverse = Matrix.identity(size).elements
    try LAPACK.solveTriangle(
      factors, leading: rows, size: size, upper: true, transposed: false, &inverse, columns: size)
    let factor = Matrix(rows: size, columns: size, columnMajor: inverse)
    return factor * factor.transposed()
  }
}
