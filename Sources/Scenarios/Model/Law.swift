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

extension Law {
  /// Whether its quantile is computed from the normal score.
  var readsScore: Bool {
    switch self {
    case .pert, .normal, .lognormal: true
    default: false
    }
  }

  /// Whether its quantile is computed from the uniform.
  var readsUniform: Bool {
    switch self {
    case .uniform, .triangular, .empirical: true
    default: false
    }
  }

  /// Whether no value of it is above 1.
  var isAtMostOne: Bool {
    switch self {
    case .constant(let value): value <= 1
    case .uniform(_, let high), .triangular(_, _, let high), .pert(_, _, let high): high <= 1
    case .empirical(let values): (values.last ?? 0) <= 1
    case .never, .normal, .lognormal: false
    }
  }

  /// Whether no value of it is negative.
  var isNonNegative: Bool {
    switch self {
    case .constant(let value): value >= 0
    case .never: true
    case .uniform(let low, _), .triangular(let low, _, _), .pert(let low, _, _): low >= 0
    case .normal: false
    case .lognormal(let shift, _, _): shift >= 0
    case .empirical(let values): (values.first ?? 0) >= 0
    }
  }

  /// The law as the file writes it; a shifted lognormal by its parameters.
  var text: String {
    switch self {
    case .constant(let value): "\(value)"
    case .never: "never"
    case .uniform(let low, let high): "uniform [\(low), \(high)]"
    case .triangular(let low, let mode, let high): "triangular [\(low), \(mode), \(high)]"
    case .pert(let low, let mode, let high): "pert [\(low), \(mode), \(high)]"
    case .normal(let mean, let deviation): "normal {mean: \(mean), sd: \(deviation)}"
    case .lognormal(let shift, let scale, let sigma):
      (shift == 0 ? "" : "\(shift) + ") + "lognormal {median: \(scale), sigma: \(sigma)}"
    case .empirical(let values): "empirical of \(values.count) values"
    }
  }
}
