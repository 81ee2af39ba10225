public import ForesightNumerics

/// A joint distribution of independent steps, each with a distribution of its own: a law that cannot fail.
///
/// ```swift
/// IndependentSteps([try Gamma(shape: 4, scale: 2), try Gamma(shape: 5, scale: 2)])
/// ```
///
/// Sums over steps are simulated. Where steps share an error, use `JointStudentT`.
public struct IndependentSteps: PredictiveDistribution {
  /// The distribution of each step.
  public let margins: [any Distribution]

  /// Creates the distribution of independent steps.
  public init(_ margins: [any Distribution]) { self.margins = margins }

  /// The number of steps.
  public var horizon: Int { margins.count }

  /// Returns the distribution of one step.
  public func marginal(_ step: Int) -> any Distribution {
    margins.indices.contains(step) ? margins[step] : UnknownDistribution()
  }

  /// Returns sample paths by inversion: row s of path k is the quantile of a uniform that depends on the seed, s and k alone.
  public func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    var paths = Matrix(rows: horizon, columns: max(0, count), repeating: 0)
    for (step, margin) in margins.enumerated() {
      let values = margin.samples(
        0..<paths.columns, of: RandomStream(seed: seed, name: "forecast.step \(step)"))
      for (path, value) in values.enumerated() { paths[step, path] = value }
    }
    return paths
  }
}

extension JointStudentT {
  /// Creates the distribution of steps with independent noise and, if given, an error that all steps share: a law that cannot fail.
  ///
  /// y_s = μ_s + σ_s ε_s + τ δ. A location that is not finite makes `forecast(_:)` throw `ForecastError.notFinite`; a deviation counts by
  /// its absolute value, one that is missing or not finite counts as 0, and degrees of freedom that are not positive as infinite, the normal
  /// distribution. Sums, quantiles and marginals are exact.
  ///
  /// - Parameters:
  ///   - means: μ, the location of each step.
  ///   - deviations: σ, the scale of the noise of each step.
  ///   - shared: τ, the scale of the error that all steps share, such as that of an estimated level.
  ///   - degreesOfFreedom: Infinite for the normal distribution.
  public init(
    means: [Double], deviations: [Double], shared: Double = 0, degreesOfFreedom: Double = .infinity
  ) {
    let own = means.indices.map { step in
      step < deviations.count && deviations[step].isFinite ? abs(deviations[step]) : 0
    }
    let freedom = degreesOfFreedom > 0 ? degreesOfFreedom : .infinity
    let common = shared.isFinite && shared != 0 ? abs(shared) : 0
    let loadings = Matrix(rows: means.count, columns: common > 0 ? 1 : 0, repeating: common)
    self.init(unchecked: means, loadings: loadings, own: own, degreesOfFreedom: freedom)
  }
}
