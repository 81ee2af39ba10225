/// Linear least squares by column-scaled, pivoted Householder QR with iterative refinement.
///
/// The standard path factors in doubles and refines the solution and the residuals together, with residuals accumulated
/// in double-double arithmetic (Björck, "Iterative refinement of linear least squares solutions I", *BIT* 7 (1967)
/// 257–278). The coefficients are then those of the given design to nearly full precision as long as κ ε < 1. The
/// extended path factors in double-double arithmetic throughout. Cost: 2mn², plus 4mn per refinement step in
/// double-double.
///
/// ```swift
/// let design = Matrix(columnVectors: [[1, 1, 1, 1], [0, 1, 2, 3]])
/// let line = try LeastSquares().solve(design, [1.1, 2.9, 5.2, 6.8])
/// print(line.coefficients, line.standardErrors)
/// ```
public struct LeastSquares: Sendable, Hashable {
  /// The arithmetic of the factorization.
  public enum Precision: Sendable, Hashable {
    /// Doubles, refined with double-double residuals.
    case standard
    /// Double-double throughout: about 31 digits.
    case extended
  }

  /// The arithmetic of the factorization.
  public var precision: Precision
  /// The share of the largest pivot below which a column is dropped; by default max(m, n) times the rounding unit of
  /// the arithmetic.
  public var rankTolerance: Double?

  /// Creates a solver of the given precision.
  public init(precision: Precision = .standard, rankTolerance: Double? = nil) {
    self.precision = precision
    self.rankTolerance = rankTolerance
  }

  /// Solves least squares for a design of m rows and n columns and m responses.
  ///
  /// Rows of weight zero are ignored and cost no degree of freedom. A rank-deficient design keeps a largest independent
  /// set of columns; `aliased` lists the others.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite`, `.invalidParameter` for a negative weight.
  public func solve(
    _ design: Matrix, _ response: [Double], weights: [Double]? = nil
  ) throws(NumericsError) -> LeastSquaresSolution {
    try LeastSquares.check(design, response, weights)
    return try run(ExtendedMatrix(design), response.map { DoubleDouble($0) }, weights)
  }

  /// Solves least squares for a design and responses in double-double numbers.
  ///
  /// The standard path factors the design rounded to doubles but refines against the design as given.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite`, `.invalidParameter` for a negative weight.
  package func solve(
    _ design: ExtendedMatrix, _ response: [DoubleDouble], weights: [Double]? = nil
  ) throws(NumericsError) -> LeastSquaresSolution {
    try LeastSquares.check(design.rounded, response.map(\.doubleValue), weights)
    return try run(design, response, weights)
  }

  /// Fits a polynomial by least squares, with powers formed in double-double arithmetic.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite`, `.invalidParameter` for a negative weight.
  package func solve(
    _ basis: PolynomialBasis, at x: [Double], _ response: [Double], weights: [Double]? = nil
  ) throws(NumericsError) -> LeastSquaresSolution {
    if let bad = x.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(row: bad, column: 0) }
    return try solve(
      basis.extendedDesign(x.map { DoubleDouble($0) }), response.map { DoubleDouble($0) }, weights: weights)
  }

  func run(
    _ design: ExtendedMatrix, _ response: [DoubleDouble], _ weights: [Double]?
  ) throws(NumericsError) -> LeastSquaresSolution {
    switch precision {
    case .standard: try refined(design, response, weights)
    case .extended: try extended(design, response, weights)
    }
  }

  static func check(
    _ design: Matrix, _ response: [Double], _ weights: [Double]?
  ) throws(NumericsError) {
    guard response.count == design.rows else {
      throw .dimensionMismatch(expected: design.rows, found: response.count)
    }
    try design.requireFinite()
    if let bad = response.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(row: bad, column: design.columns)
    }
    guard let weights else { return }
    guard weights.count == design.rows else {
      throw .dimensionMismatch(expected: design.rows, found: weights.count)
    }
    if let bad = weights.first(where: { !($0 >= 0) || !$0.isFinite }) {
      throw .invalidParameter(name: "weight", value: bad)
    }
  }

  /// The power of two nearest to 1/‖column‖, which scales without rounding.
  static func scale(_ norm: Double) -> Double {
    guard norm > 0, norm.isFinite else { return 1 }
    let exponent = min(max(norm.exponent, -1000), 1000)
    return Double(sign: .plus, exponent: -Int(exponent), significand: 1)
  }
}

/// The solution of a linear least-squares problem min ‖W^½(y − Xβ)‖².
public struct LeastSquaresSolution: Sendable, Equatable {
  /// β; zero for a column that was dropped.
  public let coefficients: [Double]
  /// Xβ, unweighted.
  public let fitted: [Double]
  /// y − Xβ, unweighted.
  public let residuals: [Double]
  /// The number of independent columns.
  public let rank: Int
  /// The columns dropped as linear combinations of the others, in ascending order.
  public let aliased: [Int]
  /// The rows of positive weight plus constraints minus rank.
  public let degreesOfFreedom: Int
  /// Σ w (y − Xβ)².
  public let residualSumOfSquares: Double
  /// The condition number of the column-scaled design in the 1-norm, estimated.
  public let conditionNumber: Double
  /// (XᵀWX)⁻¹ over the columns kept, zero elsewhere; its sandwich form under constraints.
  public let unscaledCovariance: Matrix
  /// How many refinement steps were taken.
  public let refinements: Int

  /// Whether no column was dropped.
  public var isFullRank: Bool { aliased.isEmpty }

  /// √(RSS / degrees of freedom); zero if none remain.
  public var residualStandardError: Double {
    degreesOfFreedom > 0 ? (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot() : 0
  }

  /// s²(XᵀWX)⁻¹.
  public var covariance: Matrix {
    let s = residualStandardError
    return (s * s) * unscaledCovariance
  }

  /// The standard errors of the coefficients.
  public var standardErrors: [Double] {
    let s = residualStandardError
    return unscaledCovariance.diagonal.map { s * max(0, $0).squareRoot() }
  }
}
