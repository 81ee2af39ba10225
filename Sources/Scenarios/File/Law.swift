internal import ForesightNumerics

/// A law that an input is drawn from by its quantile function.
public enum Law: Sendable, Hashable {
  /// A number.
  case constant(Double)
  /// No date: +∞.
  case never
  /// Uniform between two numbers.
  case uniform(low: Double, high: Double)
  /// Triangular.
  case triangular(low: Double, mode: Double, high: Double)
  /// Beta on [low, high] with α = 1 + 4(mode − low)/(high − low), β = 1 + 4(high − mode)/(high − low).
  case pert(low: Double, mode: Double, high: Double)
  /// Normal.
  case normal(mean: Double, deviation: Double)
  /// shift + scale · exp(σ z).
  case lognormal(shift: Double, scale: Double, sigma: Double)
  /// Equally likely values in ascending order, by the inverted cdf.
  case empirical([Double])

  /// The names of the laws in a file.
  static let names = [
    "constant", "uniform", "triangular", "pert", "normal", "lognormal", "shifted_lognormal", "empirical",
  ]

  /// The lognormal with three given quantiles: shift s = (p10 p90 − p50²)/(p10 + p90 − 2 p50), scale m = p50 − s,
  /// σ = log((p90 − s)/m)/z(0.9); `nil` unless p10 < p50 < p90 and the right side is the longer.
  static func shiftedLognormal(p10: Double, p50: Double, p90: Double) -> Law? {
    let asymmetry = p10 + p90 - 2 * p50
    guard p10 < p50, p50 < p90, asymmetry > 0 else { return nil }
    let shift = (p10 * p90 - p50 * p50) / asymmetry
    let scale = p50 - shift
    guard scale > 0, p90 > shift else { return nil }
    let sigma = logarithm((p90 - shift) / scale) / SpecialFunctions.normalQuantile(0.9)
    return .lognormal(shift: shift, scale: scale, sigma: sigma)
  }
}
