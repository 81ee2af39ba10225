/// How a search for parameters ended: why, what it took, and what is known about the point it reached.
///
/// Every optimizer and every fitted model reports this one type, so that "did it find an optimum?" is asked the same
/// way everywhere.
///
/// ```swift
/// let minimum = LBFGSB().minimize(rosenbrock, from: [-1.2, 1])
/// minimum.convergence.isConverged   // true
/// minimum.convergence.evaluations   // 44
/// ```
public struct Convergence: Sendable, Hashable, Codable {
  /// Why a search ended.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// A criterion of optimality is met inside the region.
    case converged
    /// A criterion of optimality is met, and a bound holds at least one parameter.
    case atBound = "at-bound"
    /// No step lowers the objective although no criterion is met: it is flat there, or at the limit of the arithmetic.
    case flat
    /// The search stopped where the data do not identify every parameter.
    case singular
    /// The allowed number of steps or evaluations was used up.
    case evaluationLimit = "evaluation-limit"
    /// The objective is not a finite number at any start.
    case noStart = "no-start"
    /// There was nothing to search for: the optimum follows from a formula.
    case closedForm = "closed-form"
    /// The parameters were given.
    case held

    /// Whether a criterion of optimality was met, or no search was needed.
    public var isConverged: Bool {
      switch self {
      case .converged, .atBound, .closedForm, .held: true
      case .flat, .singular, .evaluationLimit, .noStart: false
      }
    }

    /// Whether no better point is known to lie within reach: the search was neither cut short nor without a start.
    public var isOptimum: Bool {
      switch self {
      case .converged, .atBound, .flat, .singular, .closedForm, .held: true
      case .evaluationLimit, .noStart: false
      }
    }
  }

  /// The criterion of optimality that ended a search.
  public enum Criterion: String, Sendable, Hashable, Codable {
    /// The gradient, projected onto the bounds, is below its tolerance.
    case gradient
    /// The objective no longer falls by more than its tolerance.
    case value
    /// The parameters no longer move by more than their tolerance.
    case parameters
    /// The residuals are orthogonal to the tangent plane to within the relative-offset tolerance (Bates and Watts).
    case relativeOffset = "relative-offset"
    /// The residuals are zero to rounding: the model passes through the data.
    case exactFit = "exact-fit"
  }

  /// Why the search ended.
  public var status: Status
  /// The criterion that was met; nil where none was, or where the search does not tell them apart.
  public var criterion: Criterion?
  /// How often the objective was evaluated, over all starts.
  public var evaluations: Int
  /// How many steps were taken, over all starts; nil where a search does not count them.
  public var iterations: Int?
  /// The largest entry of the projected gradient; nil for a search without gradients.
  public var gradientNorm: Double?
  /// The gain that a further step promised; nil where a search has no model of it.
  public var promisedGain: Double?

  /// What is known about the end of a search.
  public init(
    _ status: Status, criterion: Criterion? = nil, evaluations: Int, iterations: Int? = nil,
    gradientNorm: Double? = nil, promisedGain: Double? = nil
  ) {
    self.status = status
    self.criterion = criterion
    self.evaluations = evaluations
    self.iterations = iterations
    self.gradientNorm = gradientNorm
    self.promisedGain = promisedGain
  }

  /// Whether a criterion of optimality was met, or no search was needed.
  public var isConverged: Bool { status.isConverged }

  /// Whether no better point is known to lie within reach: the search was neither cut short nor without a start.
  public var isOptimum: Bool { status.isOptimum }
}

/// The lowest point that a minimizer found, and how its search ended.
public struct OptimizationResult: Sendable, Equatable {
  /// The parameters of the lowest value found.
  public let point: [Double]
  /// The objective there.
  public let value: Double
  /// Why the method stopped, and after how many evaluations and steps.
  public let convergence: Convergence
}

extension Convergence.Status: Codable {
  /// Reads a status; the names written by earlier versions are understood as well.
  public init(from decoder: any Decoder) throws {
    let name: String
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      name = text
    } else {
      // Earlier versions wrote {"relativeOffset": {}}.
      name = try decoder.container(keyedBy: Name.self).allKeys.first?.stringValue ?? ""
    }
    guard let status = Self(rawValue: name) ?? Self.earlier[name] else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "\"\(name)\" is not the status of a search"))
    }
    self = status
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static let earlier: [String: Self] = [
    "gradientTolerance": .converged, "functionTolerance": .converged, "parameterTolerance": .converged,
    "relativeOffset": .converged, "exactFit": .converged, "stalled": .flat, "limit": .evaluationLimit,
    "maximumIterations": .evaluationLimit, "maximumEvaluations": .evaluationLimit, "nonFiniteStart": .noStart,
  ]
}
