/// Nonlinear least squares by Levenberg–Marquardt with exact Jacobians, box bounds and restarts.
///
/// Each step solves the damped linear problem by QR, never by normal equations, and is bent by geodesic acceleration if
/// that is small relative to the step. A run is *certified* if the relative-offset criterion holds, or the residuals
/// are at rounding level, with a Jacobian of full rank; Gauss–Newton steps then polish it to the limit of the
/// arithmetic. A run that is not certified is followed by runs from deterministic starts around the first one, and the
/// lowest sum of squares wins.
///
/// Sources: J. J. Moré, "The Levenberg–Marquardt algorithm", *Lecture Notes in Mathematics* 630 (1978) 105–116;
/// M. K. Transtrum and J. P. Sethna, arXiv:1201.5885 (geodesic acceleration); D. M. Bates and D. G. Watts, "A
/// relative offset orthogonality convergence criterion for nonlinear least squares", *Technometrics* 23 (1981)
/// 179–183.
public struct LevenbergMarquardt: Sendable {
  /// The bounds on the parameters; nil for none.
  public var bounds: BoxBounds?
  /// The largest number of steps of one run.
  public var maximumIterations: Int
  /// The largest number of further starts if the first run is not certified; 0 for none.
  public var maximumRestarts: Int
  /// The number of further starts made even if the first run is certified, to look for lower minima.
  public var minimumRestarts: Int
  /// The relative offset at which a run has converged.
  public var relativeOffsetTolerance: Double
  /// The Gauss–Newton step, relative to each parameter, at which a run has converged.
  public var parameterTolerance: Double

  /// Creates a solver with the given limits.
  public init(
    bounds: BoxBounds? = nil, maximumIterations: Int = 500, maximumRestarts: Int = 24,
    minimumRestarts: Int = 0, relativeOffsetTolerance: Double = 1e-8, parameterTolerance: Double = 1e-11
  ) {
    self.bounds = bounds
    self.maximumIterations = maximumIterations
    self.maximumRestarts = maximumRestarts
    self.minimumRestarts = minimumRestarts
    self.relativeOffsetTolerance = relativeOffsetTolerance
    self.parameterTolerance = parameterTolerance
  }

  /// Fits a model to data by least squares.
  ///
  /// - Parameters:
  ///   - model: The regression function, written once for every scalar.
  ///   - inputs: The input of each observation, such as its time.
  ///   - responses: The observations.
  ///   - weights: Positive weights proportional to inverse variances; nil for equal weights.
  ///   - start: The starting point, moved inside the bounds if outside.
  /// - Returns: The fit, whether or not it converged; check its `convergence`.
  /// - Throws: ``NumericsError/tooFewObservations(needed:found:)``, or what ``CurveResiduals`` throws.
  @inlinable
  public func fit<Model: NonlinearModel>(
    _ model: Model, inputs: [Model.Input], responses: [Double], weights: [Double]? = nil, start: [Double]
  ) throws(NumericsError) -> NonlinearLeastSquaresFit {
    try minimize(
      CurveResiduals(model, inputs: inputs, responses: responses, weights: weights), from: start)
  }

  /// Minimizes a sum of squared residuals.
  ///
  /// - Parameters:
  ///   - function: The residuals, written once for every scalar.
  ///   - start: The starting point, moved inside the bounds if outside.
  /// - Returns: The fit, whether or not it converged; check its `convergence`.
  /// - Throws: ``NumericsError/tooFewObservations(needed:found:)`` for fewer residuals than parameters,
  ///   ``NumericsError/dimensionMismatch(expected:found:)`` for a start or bounds of the wrong length.
  @inlinable
  public func minimize(_ function: some ResidualFunction, from start: [Double]) throws(NumericsError)
    -> NonlinearLeastSquaresFit
  {
    try solve(ResidualEvaluator(function), from: start)
  }

  @usableFromInline
  func solve(_ evaluator: ResidualEvaluator, from start: [Double]) throws(NumericsError)
    -> NonlinearLeastSquaresFit
  {
    let count = evaluator.parameterCount
    if start.count != count { throw .dimensionMismatch(expected: count, found: start.count) }
    if let bounds, bounds.count != count { throw .dimensionMismatch(expected: count, found: bounds.count) }
    if evaluator.residualCount < count {
      throw .tooFewObservations(needed: count, found: evaluator.residualCount)
    }
    for (index, value) in start.enumerated() where !value.isFinite {
      throw .nonFinite(row: index, column: 0)
    }
    let box = bounds ?? .unbounded(count)
    var run = LevenbergMarquardtRun(evaluator, options: self, box: box)
    var best = run.descend(from: start)
    var restarts = 0
    if (!best.status.isConverged || minimumRestarts > 0) && maximumRestarts > 0 {
      restarts = restart(&run, from: start, best: &best)
    }
    return run.fit(best, restarts: restarts)
  }
}

/// A fitted nonlinear model: its parameters, their uncertainty, and how the search ended.
public struct NonlinearLeastSquaresFit: Sendable {
  /// The fitted parameters.
  public let parameters: [Double]
  /// The residuals there: √w·(f − y) for a curve.
  public let residuals: [Double]
  /// The sum of squared residuals, Σ r².
  public let residualSumOfSquares: Double
  /// The number of observations minus the free parameters, those not held by a bound.
  public let degreesOfFreedom: Int
  /// s² (JᵀJ)⁻¹ by rows; zero for parameters held by a bound, infinite if the data do not identify them.
  public let covariance: [[Double]]
  /// The relative offset of Bates and Watts: the tangential over the normal length of the residuals, each per
  /// dimension.
  ///
  /// It measures how far the parameters are from the minimum in units of their statistical uncertainty.
  public let relativeOffset: Double
  /// The rank of the Jacobian over the free parameters, with columns scaled to unit length.
  public let rank: Int
  /// The condition number of that scaled Jacobian; infinite if it is singular.
  public let conditionNumber: Double
  /// Which parameters are held by a bound.
  public let isAtBound: [Bool]
  /// The number of joint evaluations of residuals and Jacobian, over all starts.
  public let jacobianEvaluations: Int
  /// The number of further starts after the first run.
  public let restarts: Int
  /// Why the run that gave this fit stopped, with the evaluations and accepted steps of all starts and the largest
  /// entry of the gradient 2Jᵀr over the free parameters.
  public let convergence: Convergence

  /// The sum of squared residuals: the objective's value.
  public var value: Double { residualSumOfSquares }

  /// The residual standard deviation s = √(RSS / degrees of freedom); zero if no degrees of freedom remain.
  public var residualStandardError: Double {
    degreesOfFreedom > 0 ? (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot() : 0
  }

  /// The asymptotic standard error of each parameter.
  public var standardErrors: [Double] { covariance.indices.map { covariance[$0][$0].squareRoot() } }
}
