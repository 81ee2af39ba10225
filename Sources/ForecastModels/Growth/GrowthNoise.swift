internal import Forecasting

/// How the figures of a series scatter around a growth curve's mean μ.
///
/// With Σμ the sum of the curve over the |S| base periods of an observation, and y its total over them:
///
/// | case | law | objective minimised |
/// |---|---|---|
/// | `additive` | y ~ N(Σμ, \|S\|σ²) | Σ (y − Σμ)²/\|S\| |
/// | `multiplicative` | log y ~ N(log Σμ, σ²/\|S\|) | Σ \|S\| (log y − log Σμ)² |
/// | `poisson` | mean Σμ, variance φ Σμ | Poisson deviance |
///
/// The multiplicative law of a span is an approximation: a sum of lognormals is not lognormal. An observation that is
/// a mean is its total divided by |S|; one that is a last value counts as its one period.
public enum GrowthNoise: String, Sendable, Hashable, Codable, CaseIterable {
  /// Noise of constant standard deviation, added: nonlinear least squares.
  case additive
  /// Noise in proportion to the level: least squares on logarithms. Needs positive values.
  case multiplicative
  /// Variance in proportion to the mean (quasi-Poisson). Needs values that are not negative.
  case poisson
}

extension ModelOption {
  /// The noise of a growth curve.
  static func noise(_ path: any WritableKeyPath<Model, GrowthNoise> & Sendable) -> ModelOption {
    ModelOption("noise", path, .choice(), "the distribution of the noise, which determines the estimator")
  }
}
