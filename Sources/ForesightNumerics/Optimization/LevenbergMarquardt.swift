/// Nonlinear least squares by Levenberg–Marquardt with exact Jacobians, box bounds and restarts.
///
/// Each step solves the damped linear problem by QR, never by normal equations, and bends it by geodesic
/// acceleration where that is small against the step. A run is *certified* when the relative-offset criterion
/// holds, or the residuals are at rounding level, with a Jacobian of full rank; it is then polished by
/// Gauss–Newton steps to the limit of the arithmetic. A run that is not certified is followed by others from
/// deterministic starts around the first, and the lowest sum of squares is returned.
///
/// Sources: J. J. Moré, "The Levenberg–Marquardt algorithm", *Lecture Notes in Mathematics* 630 (1978) 105–116;
/// M. K. Transtrum and J. P. Sethna, arXiv:1201.5885 (geodesic acceleration); D. M. Bates and D. G. Watts, "A
/// relative offset orthogonality convergence criterion for nonlinear least squares", *Technometrics* 23 (1981)
/// 179–183.
public struct LevenbergMarquardt: Sendable {
  /// Bounds of the parameters; nil for none.
  public var bounds: BoxBounds?
  /// The largest number of steps of one run.
  public var maximumIterations: Int
  /// The largest number of further starts when the first run is not certified; 0 for none.
  public var maximumRestarts: Int
  /// The number of further starts made even when the first run is certified: a search for lower minima.
  public var minimumRestarts: Int
  /// A run has converged when the relative offset falls to this.
  public var relativeOffsetTolerance: Double
  /// A run has converged when the Gauss–Newton step is below this, relative to each parameter.
  public var parameterTolerance: Double

  /// A solver with the given limits.
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

  /// The least-squares fit of a model to data.
  ///
  /// - Parameters:
  ///   - model: The regression function, written once for every scalar.
  ///   - inputs: What each observation is taken at.
  ///   - responses: The observations.
  ///   - weights: Positive weights, in proportion to inverse variances; nil for equal ones.
  ///   - start: Where to begin; moved inside the bounds if outside.
  /// - Returns: The fit, whatever its status; look at its `convergence`.
  /// - Throws: ``NumericsError/tooFewObservations(needed:found:)``, or what ``CurveResiduals`` throws.
  @inlinable
  public func fit<Model: NonlinearModel>(
    _ model: Model, inputs: [Model.Input], responses: [Double], weights: [Double]? = nil, start: [Double]
  ) throws(NumericsError) -> NonlinearLeastSquaresFit {
    try minimize(
      CurveResiduals(model, inputs: inputs, responses: responses, weights: weights), from: start)
  }

  /// The parameters that minimize a sum of squared residuals.
  ///
  /// - Parameters:
  ///   - function: The residuals, written once for every scalar.
  ///   - start: Where to begin; moved inside the bounds if outside.
  /// - Returns: The fit, whatever its status; look at its `convergence`.
  /// - Throws: ``NumericsError/tooFewObservations(needed:found:)`` with fewer residuals than parameters,
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
