/// Why an optimizer stopped.
public enum OptimizationStatus: Sendable, Equatable, Codable {
  /// The gradient, projected on the bounds, is below its tolerance.
  case gradientTolerance
  /// The objective no longer falls by more than its tolerance.
  case functionTolerance
  /// The parameters no longer move by more than their tolerance.
  case parameterTolerance
  /// The residual vector is orthogonal to the tangent plane to within the relative-offset tolerance (Bates–Watts).
  case relativeOffset
  /// The residuals are zero to rounding: the model passes through the data.
  case exactFit
  /// No trial step lowers the objective any more: the limit of the arithmetic.
  case stalled
  /// The parameters stopped where the data do not identify all of them: the Jacobian has this rank.
  case singular(rank: Int)
  /// The allowed number of iterations is used up.
  case maximumIterations
  /// The allowed number of evaluations is used up.
  case maximumEvaluations
  /// The objective is not a finite number at the start.
  case nonFiniteStart

  /// Whether the stop is a convergence: a criterion of optimality met, not a limit or a failure.
  public var isConverged: Bool {
    switch self {
    case .gradientTolerance, .functionTolerance, .parameterTolerance, .relativeOffset, .exactFit: true
    case .stalled, .singular, .maximumIterations, .maximumEvaluations, .nonFiniteStart: false
    }
  }
}
