public import ForesightNumerics

/// The joint distribution of the steps of a forecast.
public protocol PredictiveDistribution: Sendable {
  /// The number of steps.
  var horizon: Int { get }

  /// Returns the distribution of one step, counted from 0.
  func marginal(_ step: Int) -> any Distribution

  /// Returns the quantile of the marginal distribution of every step at a probability 0 < p < 1.
  func quantile(_ probability: Double) -> [Double]

  /// Returns joint sample paths: `horizon` rows, one path per column. The same seed gives the same paths, and the first k paths
  /// do not depend on `count`.
  func samplePaths(_ count: Int, seed: UInt64) -> Matrix

  /// Returns the exact distribution of Σ wₛ yₛ + c; `nil` if it can only be simulated.
  func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)?
}

extension PredictiveDistribution {
  /// Returns the quantiles of the marginal distributions.
  public func quantile(_ probability: Double) -> [Double] {
    (0..<horizon).map { marginal($0).quantile(probability) }
  }

  /// Returns `nil`, because no closed form is known.
  public func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? { nil }
}
