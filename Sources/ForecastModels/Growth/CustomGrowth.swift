public import Forecasting
public import ForesightNumerics
internal import RealModule

/// A growth curve of your own, as a share of its capacity: μ_t = K g(θ, t).
///
/// ```swift
/// struct Weibull: GrowthFunction {
///   var name: String { "Weibull" }
///   var parameters: [GrowthParameter] {
///     [GrowthParameter("scale", 0.5...500), GrowthParameter("shape", 0.2...8)]
///   }
///   func share<S: DifferentiableScalar>(_ p: [S], at time: S) -> S {
///     -S.expMinusOne(-S.exp(p[1] * .log(time / p[0])))
///   }
/// }
/// let fit = try CustomGrowth(Weibull()).fit(sales)
/// print(fit.summary, try fit.forecast(12).interval(0.8))
/// ```
///
/// The function is written once for every scalar type, which gives exact Jacobians.
public protocol GrowthFunction: Sendable, Codable, Equatable {
  /// The name of the curve.
  var name: String { get }

  /// The parameters θ besides the capacity, at most three.
  var parameters: [GrowthParameter] { get }

  /// Returns g(θ, t), the value of a base period as a share of the capacity.
  ///
  /// It must be finite and, for multiplicative and Poisson-type noise, positive.
  ///
  /// - Parameters:
  ///   - parameters: θ in order.
  ///   - time: t, 1 for the first base period of the series.
  func share<S: DifferentiableScalar>(_ parameters: [S], at time: S) -> S
}

/// A parameter of a growth curve: its name, and the range in which it is looked for.
public struct GrowthParameter: Sendable, Hashable, Codable {
  /// The name.
  public let name: String
  /// The range of the fit and of the prior.
  ///
  /// A parameter with a positive range has a prior that is flat in its logarithm.
  public let range: ClosedRange<Double>

  /// Creates a parameter.
  public init(_ name: String, _ range: ClosedRange<Double>) {
    self.name = name
    self.range = range
  }

  var isLogarithmic: Bool { range.lowerBound > 0 }
}

/// Growth along a curve of your own to a capacity that the data tell: a full forecaster from a `GrowthFunction`.
///
/// It has what the other growth models have: aggregated and missing periods, noise laws, standard errors, the profile of the capacity, forecasts
/// from the posterior of all parameters, updates, a summary, and JSON in which the function is coded with the fit. The capacity is looked for up
/// to 100 times the largest observed period.
///
/// Cost: some hundred passes over the observations, and the posterior for each forecast.
public struct CustomGrowth<Function: GrowthFunction>: SaturatingGrowth {
  /// The curve.
  public var function: Function
  /// The noise law.
  public var noise: GrowthNoise

  /// Creates growth along a curve with a noise law.
  public init(_ function: Function, noise: GrowthNoise = .additive) {
    self.function = function
    self.noise = noise
  }

  /// `Weibull growth (additive noise)`.
  public var name: String { "\(function.name) growth (\(noise.rawValue) noise)" }

  /// Fits the curve to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` unless there are more values than parameters, `.notPositive` for values outside the domain of
  ///   the noise law, `.constantSeries`, `.invalidOption` for parameters that cannot be fitted, `.numerics` if the curve is not finite at any
  ///   start.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedSaturatingGrowth<CustomGrowth> {
    try fitted(to: series)
  }
}

extension CustomGrowth: CurveModel {
  static var format: String { "foresight.custom-growth" }
  static var capacityName: String { "capacity" }
  static var limit: String { "100 times the largest observed period" }
  var parameterCount: Int { function.parameters.count + 1 }

  func curve(_ sample: GrowthSample) -> FunctionCurve<Function> { FunctionCurve(function: function) }

  /// Refuses parameters that cannot be fitted.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  func validate() throws(ForecastError) {
    let parameters = function.parameters
    guard parameters.count <= 3 else {
      throw .invalidOption(
        name: "parameters", value: "\(parameters.count)", reason: "must be at most 3 besides the capacity")
    }
    guard Set(parameters.map(\.name) + ["capacity"]).count == parameters.count + 1 else {
      throw .invalidOption(
        name: "parameters", value: parameters.map(\.name).joined(separator: ", "),
        reason: "must have different names, none of them capacity")
    }
    for parameter in parameters {
      let (low, high) = (parameter.range.lowerBound, parameter.range.upperBound)
      guard low.isFinite, high.isFinite, low < high else {
        throw .invalidOption(
          name: "parameter \(parameter.name)", value: "\(low)…\(high)", reason: "must have a finite range")
      }
    }
  }
}

extension FittedSaturatingGrowth {
  /// The estimates of the curve's parameters by name, the capacity among them.
  public var parameters: [(name: String, estimate: Estimate)] { curve.named }
}

/// A growth curve of a function that a user wrote.
struct FunctionCurve<Function: GrowthFunction>: GrowthCurve {
  let function: Function

  var parameterNames: [String] { ["capacity"] + function.parameters.map(\.name) }
  var rateIndex: Int? { nil }
  var isLogarithmic: [Bool] { [true] + function.parameters.map(\.isLogarithmic) }

  func total<S: DifferentiableScalar>(_ parameters: [S], first: Int, count: Int) -> S {
    let own = Array(parameters.dropFirst())
    var sum: S = 0.0
    for offset in first..<(first + count) { sum = sum + function.share(own, at: S(Double(offset) + 1)) }
    return parameters[0] * sum
  }

  func bounds(_ sample: GrowthSample) -> BoxBounds {
    BoxBounds([1e-2 * sample.peak...capacityLimit * sample.peak] + function.parameters.map(\.range))
  }

  /// A grid over the coordinates of the parameters, for trial capacities; the fit runs from the best of it.
  func starts(_ sample: GrowthSample) -> [[Double]] {
    var points = [1.02, 1.15, 1.5, 3, 10, 50].map { [$0 * sample.peak] }
    for parameter in function.parameters {
      let (low, high) = (parameter.range.lowerBound, parameter.range.upperBound)
      let values = [0.05, 0.2, 0.4, 0.6, 0.8].map { share in
        parameter.isLogarithmic ? low * .pow(high / low, share) : low + share * (high - low)
      }
      points = points.flatMap { point in values.map { point + [$0] } }
    }
    return points
  }
}
