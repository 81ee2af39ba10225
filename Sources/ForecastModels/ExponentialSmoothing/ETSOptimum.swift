/// Why the search for parameters ended.
public enum ETSStatus: String, Sendable, Hashable, Codable {
  /// A further step promises no gain, and no bound holds a parameter.
  case converged
  /// A further step promises no gain, and some smoothing parameter lies at a bound that holds it there.
  case atBound = "at-bound"
  /// No step gains although the gradient has not vanished: the likelihood is flat to rounding there.
  case flat
  /// The evaluations allowed were used up.
  case evaluationLimit = "evaluation-limit"
  /// The form cannot produce the series from any start tried.
  case noStart = "no-start"

  /// Whether an optimum was reached.
  public var isConverged: Bool { self == .converged || self == .atBound }
}

/// The point at which a search ended, on the scaled series.
struct ETSOptimum: Sendable {
  var shape: ETSShape
  var theta: [Double]
  /// F with the penalty.
  var objective: Double
  /// The penalty's part of it.
  var penalty: Double
  /// Σr².
  var squares: Double
  /// The largest entry of the gradient of F, bounds respected.
  var gradientNorm: Double
  /// The decrease of F that a further step promises.
  var decrement: Double
  var evaluations: Int
  var status: ETSStatus

  /// The log-likelihood without its constants, on the scaled series.
  var logLikelihood: Double { penalty - objective }

  /// Whether the smoothing parameters of another optimum of the form agree within 0.05.
  func isNear(_ other: ETSOptimum) -> Bool {
    (0..<shape.smoothingCount).allSatisfy { abs(theta[$0] - other.theta[$0]) < 0.05 }
  }
}
