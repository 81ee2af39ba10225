/// A fitted nonlinear model: parameters, their uncertainty, and why the fit stopped where it did.
public struct NonlinearLeastSquaresFit: Sendable {
  /// The fitted parameters.
  public let parameters: [Double]
  /// The residuals there: √w·(f − y) for a curve.
  public let residuals: [Double]
  /// The sum of squared residuals, Σ r².
  public let residualSumOfSquares: Double
  /// Observations less parameters that are free, not held by a bound.
  public let degreesOfFreedom: Int
  /// s² (JᵀJ)⁻¹, rows; zero for parameters held by a bound, infinite where the data do not identify them.
  public let covariance: [[Double]]
  /// The relative offset of Bates and Watts: tangential over normal length of the residuals, each per dimension.
  ///
  /// It measures how far the parameters are from the minimum in units of their statistical uncertainty.
  public let relativeOffset: Double
  /// The rank of the Jacobian over the free parameters, columns scaled to unit length.
  public let rank: Int
  /// The condition number of that scaled Jacobian; infinite when it is singular.
  public let conditionNumber: Double
  /// Which parameters are held by a bound.
  public let isAtBound: [Bool]
  /// How often residuals and Jacobian were evaluated together, over all starts.
  public let jacobianEvaluations: Int
  /// How many further starts were made after the first run.
  public let restarts: Int
  /// Why the run that gave this fit stopped, with the evaluations and accepted steps of all starts and the largest entry of
  /// the gradient 2Jᵀr over the free parameters.
  public let convergence: Convergence

  /// The sum of squared residuals: the objective's value.
  public var value: Double { residualSumOfSquares }

  /// The residual standard deviation s = √(RSS / degrees of freedom); zero when no degree is left.
  public var residualStandardError: Double {
    degreesOfFreedom > 0 ? (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot() : 0
  }

  /// The asymptotic standard error of each parameter.
  public var standardErrors: [Double] { covariance.indices.map { covariance[$0][$0].squareRoot() } }
}
