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
  /// Rows of positive weight, plus constraints, minus rank.
  public let degreesOfFreedom: Int
  /// Σ w (y − Xβ)².
  public let residualSumOfSquares: Double
  /// The condition number of the column-scaled design in the 1-norm, estimated.
  public let conditionNumber: Double
  /// (XᵀWX)⁻¹ over the columns kept, zero elsewhere; the sandwich of it under ridge or constraints.
  public let unscaledCovariance: Matrix
  /// How many refinement steps were taken.
  public let refinements: Int

  /// Whether no column was dropped.
  public var isFullRank: Bool { aliased.isEmpty }

  /// √(RSS / degrees of freedom); zero when none are left.
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
