/// The solution of a ridge problem min ‖W^½(y − Xβ)‖² + Σ λⱼβⱼ².
public struct RidgeSolution: Sendable, Equatable {
  /// β.
  public let coefficients: [Double]
  /// Xβ, unweighted.
  public let fitted: [Double]
  /// y − Xβ, unweighted.
  public let residuals: [Double]
  /// Σ w (y − Xβ)², without the penalty.
  public let residualSumOfSquares: Double
  /// The effective number of parameters, tr X(XᵀWX + Λ)⁻¹XᵀW.
  public let effectiveParameters: Double
  /// (XᵀWX + Λ)⁻¹ XᵀWX (XᵀWX + Λ)⁻¹: times σ², the covariance of β around its own expectation.
  public let unscaledCovariance: Matrix
  /// The number of rows of positive weight.
  public let observations: Int

  /// √(RSS / (rows − effective parameters)); zero if no degrees of freedom remain.
  public var residualStandardError: Double {
    let freedom = Double(observations) - effectiveParameters
    return freedom > 0 ? (residualSumOfSquares / freedom).squareRoot() : 0
  }

  /// The standard errors of the coefficients around their own expectation; they do not include the bias of shrinkage.
  public var standardErrors: [Double] {
    let s = residualStandardError
    return unscaledCovariance.diagonal.map { s * max(0, $0).squareRoot() }
  }
}

extension LeastSquares {
  /// Solves ridge regression with one penalty per column; a penalty of zero leaves its column free.
  ///
  /// The penalties are rows √λⱼeⱼ below the design, so that XᵀX is never formed. Cost: 2(m + n)n².
  ///
  /// Source: Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970) 55–67.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite`, `.invalidParameter` for a negative penalty or weight,
  ///   and `.rankDeficient` if free columns are linearly dependent.
  public func ridge(
    _ design: Matrix, _ response: [Double], penalties: [Double], weights: [Double]? = nil
  ) throws(NumericsError) -> RidgeSolution {
    try LeastSquares.check(design, response, weights)
    let (m, n) = (design.rows, design.columns)
    guard penalties.count == n else { throw .dimensionMismatch(expected: n, found: penalties.count) }
    if let bad = penalties.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .invalidParameter(name: "penalty", value: bad)
    }
    var stacked = ExtendedMatrix(rows: m + n, columns: n)
    for j in 0..<n {
      for i in 0..<m { stacked[i, j] = DoubleDouble(design[i, j]) }
      stacked[m + j, j] = DoubleDouble(penalties[j]).squareRoot()
    }
    let target = response.map { DoubleDouble($0) } + [DoubleDouble](repeating: DoubleDouble(0), count: n)
    let all = weights.map { $0 + [Double](repeating: 1, count: n) }
    let solution = try run(stacked, target, all)
    guard solution.isFullRank else { throw .rankDeficient(rank: solution.rank, columns: n) }

    let weight = weights ?? [Double](repeating: 1, count: m)
    let residuals = Array(solution.residuals.prefix(m))
    // W^½ X (XᵀWX + Λ)⁻¹ gives the sandwich without cancellation.
    var half = design * solution.unscaledCovariance
    for j in 0..<n { for i in 0..<m { half[i, j] *= weight[i].squareRoot() } }
    var effective = Double(n)
    for (j, penalty) in penalties.enumerated() { effective -= penalty * solution.unscaledCovariance[j, j] }
    return RidgeSolution(
      coefficients: solution.coefficients, fitted: Array(solution.fitted.prefix(m)), residuals: residuals,
      residualSumOfSquares: zip(weight, residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 },
      effectiveParameters: max(0, effective), unscaledCovariance: half.transposed() * half,
      observations: weight.count { $0 > 0 })
  }

  /// Solves ridge regression with one penalty for all columns except the free ones, such as an intercept.
  ///
  /// - Throws: The errors of the form with one penalty per column, and `NumericsError.dimensionMismatch` for a free
  ///   column that does not exist.
  public func ridge(
    _ design: Matrix, _ response: [Double], penalty: Double, unpenalized: [Int] = [], weights: [Double]? = nil
  ) throws(NumericsError) -> RidgeSolution {
    var penalties = [Double](repeating: penalty, count: design.columns)
    for column in unpenalized {
      guard penalties.indices.contains(column) else {
        throw .dimensionMismatch(expected: design.columns, found: column)
      }
      penalties[column] = 0
    }
    return try ridge(design, response, penalties: penalties, weights: weights)
  }
}
