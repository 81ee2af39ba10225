/// The lowest point that a minimizer found, and how its search ended.
public struct OptimizationResult: Sendable, Equatable {
  /// The parameters of the lowest value found.
  public let point: [Double]
  /// The objective there.
  public let value: Double
  /// Why the method stopped, and after how many evaluations and steps.
  public let convergence: Convergence
}
