public import ForesightNumerics

/// A joint distribution of the steps of a forecast.
public protocol PredictiveDistribution: Sendable {
  /// The number of steps.
  var horizon: Int { get }

  /// The distribution of one step, counted from 0.
  func marginal(_ step: Int) -> any Distribution

  /// The quantile of every step at a probability 0 < p < 1, as the margins give it.
  func quantile(_ probability: Double) -> [Double]

  /// Joint sample paths: `horizon` rows, one path a column; the same seed gives the same paths, and the first k paths
  /// do not depend on `count`.
  func samplePaths(_ count: Int, seed: UInt64) -> Matrix

  /// The exact distribution of Σ wₛ yₛ + c, or `nil` where only simulation knows it.
  func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)?
}

extension PredictiveDistribution {
  /// The quantiles of the margins.
  public func quantile(_ probability: Double) -> [Double] {
    (0..<horizon).map { marginal($0).quantile(probability) }
  }

  /// No closed form is known.
  public func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? { nil }
}
