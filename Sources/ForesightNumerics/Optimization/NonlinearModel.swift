/// A regression function written once for every scalar: the mean of an observation for given parameters.
///
/// ```swift
/// struct Logistic: NonlinearModel {
///   let parameterCount = 3
///   func value<S: DifferentiableScalar>(_ b: [S], at t: Double) -> S {
///     b[0] / (1.0 + .exp(-b[1] * (S(t) - b[2])))
///   }
/// }
/// ```
///
/// Evaluated in `Double`, it gives residuals; in ``Dual``, the exact Jacobian.
public protocol NonlinearModel: Sendable {
  /// The input of an observation: a time, a vector of regressors, or a span of months.
  associatedtype Input: Sendable = Double

  /// The number of parameters.
  var parameterCount: Int { get }

  /// Returns the mean of the observation at an input.
  func value<S: DifferentiableScalar>(_ parameters: [S], at input: Input) -> S
}

/// A vector of residuals written once for every scalar, for problems other than a curve through points.
public protocol ResidualFunction: Sendable {
  /// The number of parameters.
  var parameterCount: Int { get }

  /// The number of residuals.
  var residualCount: Int { get }

  /// Writes all residuals; the array passed in has `residualCount` entries.
  func evaluate<S: DifferentiableScalar>(_ parameters: [S], into residuals: inout [S])
}

/// The residuals √wᵢ·(f(xᵢ) − yᵢ) of a model on data.
public struct CurveResiduals<Model: NonlinearModel>: ResidualFunction {
  @usableFromInline let model: Model
  @usableFromInline let inputs: [Model.Input]
  @usableFromInline let responses: [Double]
  @usableFromInline let rootWeights: [Double]?

  /// Creates the residuals of a model on data.
  ///
  /// - Parameters:
  ///   - model: The regression function.
  ///   - inputs: The input of each observation, such as its time.
  ///   - responses: The observations, one per input.
  ///   - weights: Positive weights proportional to inverse variances; nil for equal weights.
  /// - Throws: ``NumericsError/dimensionMismatch(expected:found:)``, ``NumericsError/nonFinite(row:column:)`` for a
  ///   response that is not finite (column 0), ``NumericsError/invalidParameter(name:value:)`` for a weight that is
  ///   not positive and finite.
  @inlinable
  public init(_ model: Model, inputs: [Model.Input], responses: [Double], weights: [Double]? = nil)
    throws(NumericsError)
  {
    if inputs.count != responses.count {
      throw .dimensionMismatch(expected: inputs.count, found: responses.count)
    }
    for (row, response) in responses.enumerated() where !response.isFinite {
      throw .nonFinite(row: row, column: 0)
    }
    if let weights {
      if weights.count != responses.count {
        throw .dimensionMismatch(expected: responses.count, found: weights.count)
      }
      for weight in weights where !(weight > 0 && weight < .infinity) {
        throw .invalidParameter(name: "weight", value: weight)
      }
    }
    self.model = model
    self.inputs = inputs
    self.responses = responses
    self.rootWeights = weights.map { $0.map { $0.squareRoot() } }
  }

  /// The number of parameters.
  @inlinable public var parameterCount: Int { model.parameterCount }

  /// The number of observations.
  @inlinable public var residualCount: Int { responses.count }

  /// Writes √wᵢ·(f(xᵢ) − yᵢ) for each observation.
  @inlinable
  public func evaluate<S: DifferentiableScalar>(_ parameters: [S], into residuals: inout [S]) {
    for i in 0..<responses.count {
      let residual = model.value(parameters, at: inputs[i]) - S(responses[i])
      if let rootWeights {
        residuals[i] = S(rootWeights[i]) * residual
      } else {
        residuals[i] = residual
      }
    }
  }
}
