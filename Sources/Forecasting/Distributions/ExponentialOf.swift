public import ForesightNumerics

/// The distribution of exp(x) for a joint normal or Student t variable x: the distribution of a model of logarithms.
///
/// Quantiles transform exactly. The mean is exp(μ + σ²/2), the lognormal mean, where σ² is the squared scale of x: the mean of
/// exp(t) does not exist, and this is its value if the variance were known. Quantiles and paths are limited to the largest finite
/// number; a mean beyond it is infinite.
public struct ExponentialOf: PredictiveDistribution {
  /// The joint distribution of the logarithm.
  public let logarithm: JointStudentT

  /// Creates the exponential of a joint distribution.
  public init(_ logarithm: JointStudentT) { self.logarithm = logarithm }

  /// The number of steps.
  public var horizon: Int { logarithm.horizon }

  /// Returns the distribution of one step.
  public func marginal(_ step: Int) -> any Distribution {
    ExponentialMargin(
      base: logarithm.marginal(step), location: logarithm.location[step],
      scale: logarithm.diagonal[step].squareRoot())
  }

  /// Returns the quantile of every step.
  public func quantile(_ probability: Double) -> [Double] {
    logarithm.quantile(probability).map { boundedExponential($0) }
  }

  /// Returns joint sample paths, one per column.
  public func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let paths = logarithm.samplePaths(count, seed: seed)
    return Matrix(
      rows: paths.rows, columns: paths.columns, columnMajor: paths.elements.map { boundedExponential($0) })
  }
}

/// exp(x), limited to the largest finite number.
private func boundedExponential(_ x: Double) -> Double { min(exponential(x), .greatestFiniteMagnitude) }

/// The distribution of exp(x).
struct ExponentialMargin: Distribution {
  let base: any Distribution
  let location: Double
  let scale: Double

  var mean: Double { exponential(location + scale * scale / 2) }
  var variance: Double { (exponential(scale * scale) - 1) * mean * mean }
  func density(_ x: Double) -> Double { x > 0 ? base.density(logarithm(x)) / x : 0 }
  func logDensity(_ x: Double) -> Double {
    x > 0 ? base.logDensity(logarithm(x)) - logarithm(x) : -.infinity
  }
  func cdf(_ x: Double) -> Double { x > 0 ? base.cdf(logarithm(x)) : 0 }
  func quantile(_ p: Double) -> Double { p < 1 ? boundedExponential(base.quantile(p)) : .infinity }
}
