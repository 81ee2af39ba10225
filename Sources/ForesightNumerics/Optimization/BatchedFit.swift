/// The fits of a batch of two-parameter curves, one entry per series.
public struct BatchedFit: Sendable, Equatable {
  /// The level at t = 0: a of a·exp(b·t), or α of α + β·t on the log scale.
  public internal(set) var levels: [Double]
  /// The growth rate per unit of time: b, or β.
  public internal(set) var rates: [Double]
  /// The residual sum of squares on the scale that was fitted.
  public internal(set) var residualSumsOfSquares: [Double]
  /// The asymptotic standard error of each level.
  public internal(set) var levelStandardErrors: [Double]
  /// The asymptotic standard error of each rate.
  public internal(set) var rateStandardErrors: [Double]
  /// The number of passes over each series; 1 for a closed form.
  public internal(set) var evaluations: [Int]
  /// Whether each search converged; always true for a closed form.
  public internal(set) var isConverged: [Bool]

  /// The number of series.
  public var count: Int { levels.count }

  /// Throws unless two parameters can be told apart at these times.
  static func check(length: Int, origin: Double, step: Double) throws(NumericsError) {
    guard length >= 2 else { throw .tooFewObservations(needed: 2, found: max(0, length)) }
    guard origin.isFinite else { throw .invalidParameter(name: "origin", value: origin) }
    guard step.isFinite, step != 0 else { throw .invalidParameter(name: "step", value: step) }
  }
}

/// Least-squares fits of y = a·exp(b·t) + noise to many series observed at the same equally spaced times.
///
/// Variable projection eliminates the level and leaves one equation in b, which Newton's method with exact derivatives
/// solves in about four passes. The exponentials advance by one multiplication, eight times at once. The optimum is
/// that of ``LevenbergMarquardt`` on the same model. Cost: linear in the length of a series.
///
/// Source: G. Golub and V. Pereyra, "Separable nonlinear least squares: the variable projection method and its
/// applications", *Inverse Problems* 19 (2003) R1–R26, doi:10.1088/0266-5611/19/2/201.
public struct BatchedExponential: Sendable {
  /// The number of observations in a series.
  public let length: Int
  /// The time of the first observation.
  public let origin: Double
  /// The time between observations.
  public let step: Double

  /// Creates a solver for series of `length` observations at times origin + i·step.
  ///
  /// `fit` throws unless the length is at least 2, the origin and step are finite, and the step is not zero.
  public init(length: Int, origin: Double = 0, step: Double = 1) {
    self.length = length
    self.origin = origin
    self.step = step
  }

  /// Fits each series.
  ///
  /// A search does not converge if it leaves |b|·(length − 1)·step ≤ 600, if every value is zero, or if the level at t
  /// = 0 is outside the range of doubles (choose an origin closer to the data).
  ///
  /// - Parameter responses: The series one after another, `length` values each.
  /// - Returns: Levels, rates, residual sums of squares and standard errors, in the order of the series.
  /// - Throws: ``NumericsError/tooFewObservations(needed:found:)`` and ``NumericsError/invalidParameter(name:value:)`` for a length or
  ///   times that do not do, ``NumericsError/dimensionMismatch(expected:found:)`` if the values do not fill whole series,
  ///   ``NumericsError/nonFinite(row:column:)`` with the series and observation of a value that is not
  ///   finite or whose square is not.
  public func fit(_ responses: [Double]) throws(NumericsError) -> BatchedFit {
    try BatchedFit.check(length: length, origin: origin, step: step)
    return try BatchedKernels.run(responses, length: length) { values, series, output, passes, status in
      BatchedKernels.exponential(
        values, series: series, length: length, origin: origin, step: step, output: &output, passes: &passes,
        status: &status)
    }
  }
}

/// Least-squares fits of log y = α + β·t + noise to many positive series observed at equally spaced times.
///
/// Uses the closed form of simple regression on vectorized logarithms; standard errors are exact for normal noise on
/// the log scale. Cost: linear in the length of a series.
public struct BatchedLogLinear: Sendable {
  /// The number of observations in a series.
  public let length: Int
  /// The time of the first observation.
  public let origin: Double
  /// The time between observations.
  public let step: Double

  /// Creates a solver for series of `length` observations at times origin + i·step.
  ///
  /// `fit` throws unless the length is at least 2, the origin and step are finite, and the step is not zero.
  public init(length: Int, origin: Double = 0, step: Double = 1) {
    self.length = length
    self.origin = origin
    self.step = step
  }

  /// Fits each series.
  ///
  /// - Parameter responses: The series one after another, `length` positive values each.
  /// - Returns: Levels α, rates β, residual sums of squares of log y and standard errors, in order of the series.
  /// - Throws: ``NumericsError/tooFewObservations(needed:found:)`` and ``NumericsError/invalidParameter(name:value:)`` for a length or
  ///   times that do not do, ``NumericsError/dimensionMismatch(expected:found:)`` if the values do not fill whole series,
  ///   ``NumericsError/nonFinite(row:column:)`` with the series and observation of a value that is not finite,
  ///   ``NumericsError/invalidParameter(name:value:)`` for one that is not positive.
  public func fit(_ responses: [Double]) throws(NumericsError) -> BatchedFit {
    try BatchedFit.check(length: length, origin: origin, step: step)
    return try BatchedKernels.run(responses, length: length) { values, series, output, passes, status in
      for row in 0..<series { passes[row] = 1 }
      BatchedKernels.logLinear(
        values, series: series, length: length, origin: origin, step: step, output: &output, status: &status)
    }
  }
}
