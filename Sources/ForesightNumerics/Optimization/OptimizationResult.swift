/// The point at which a minimizer stopped, and what it took to get there.
public struct OptimizationResult: Sendable, Equatable {
  /// The parameters of the lowest value found.
  public let point: [Double]
  /// The objective there.
  public let value: Double
  /// The largest entry of the projected gradient there; nil for methods that use no gradient.
  public let gradientNorm: Double?
  /// How often the objective was evaluated.
  public let evaluations: Int
  /// How many steps were taken.
  public let iterations: Int
  /// Why the method stopped.
  public let status: OptimizationStatus
}
