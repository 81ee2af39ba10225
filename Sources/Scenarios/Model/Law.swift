internal import ForesightNumerics
internal import RealModule

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
  /// Beta with shapes α and β on [low, high].
  case beta(alpha: Double, beta: Double, low: Double, high: Double)
  /// Gamma with density proportional to x^(shape − 1) exp(−x/scale).
  case gamma(shape: Double, scale: Double)
  /// Weibull: scale · (−log(1 − u))^(1/shape).
  case weibull(shape: Double, scale: Double)
  /// The part of a normal law between two bounds, either of which may be infinite.
  case truncatedNormal(mean: Double, deviation: Double, low: Double, high: Double)
  /// Uniform in the logarithm, between two numbers above 0.
  case logUniform(low: Double, high: Double)
  /// Values in ascending order with the cumulative probabilities of each and those before it; the last is 1.
  case discrete(values: [Double], cumulative: [Double])
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
    case .pert, .beta, .normal, .lognormal: true
    default: false
    }
  }

  /// Whether its quantile is computed from the uniform.
  var readsUniform: Bool {
    switch self {
    case .uniform, .triangular, .empirical, .gamma, .weibull, .truncatedNormal, .logUniform, .discrete: true
    default: false
    }
  }

  /// Whether no value of it is above 1.
  var isAtMostOne: Bool {
    switch self {
    case .constant(let value): value <= 1
    case .uniform(_, let high), .triangular(_, _, let high), .pert(_, _, let high),
      .beta(_, _, _, let high), .truncatedNormal(_, _, _, let high), .logUniform(_, let high):
      high <= 1
    case .empirical(let values), .discrete(let values, _): (values.last ?? 0) <= 1
    case .never, .normal, .lognormal, .gamma, .weibull: false
    }
  }

  /// Whether no value of it is negative.
  var isNonNegative: Bool {
    switch self {
    case .constant(let value): value >= 0
    case .never, .gamma, .weibull, .logUniform: true
    case .uniform(let low, _), .triangular(let low, _, _), .pert(let low, _, _), .beta(_, _, let low, _),
      .truncatedNormal(_, _, let low, _):
      low >= 0
    case .normal: false
    case .lognormal(let shift, _, _): shift >= 0
    case .empirical(let values), .discrete(let values, _): (values.first ?? 0) >= 0
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
    case .beta(let alpha, let beta, let low, let high):
      "beta {alpha: \(alpha), beta: \(beta)" + (low == 0 && high == 1 ? "}" : ", low: \(low), high: \(high)}")
    case .gamma(let shape, let scale): "gamma {shape: \(shape), scale: \(scale)}"
    case .weibull(let shape, let scale): "weibull {shape: \(shape), scale: \(scale)}"
    case .truncatedNormal(let mean, let deviation, let low, let high):
      "truncated_normal {mean: \(mean), sd: \(deviation)" + (low.isFinite ? ", low: \(low)" : "")
        + (high.isFinite ? ", high: \(high)}" : "}")
    case .logUniform(let low, let high): "log_uniform [\(low), \(high)]"
    case .discrete(let values, _): "discrete of \(values.count) values"
    case .empirical(let values): "empirical of \(values.count) values"
    }
  }
}

extension Law {
  /// The quantile of the laws that have neither a kernel nor a table; `nil` of the others.
  func quantileFunction() -> (@Sendable (Double) -> Double)? {
    switch self {
    case .gamma(let shape, let scale):
      // The reader takes positive shapes and scales alone.
      guard let law = try? Gamma(shape: shape, scale: scale) else { return nil }
      return { law.quantile($0) }
    case .weibull(let shape, let scale):
      return { scale * .pow(-.log(onePlus: -$0), 1 / shape) }
    case .logUniform(let low, let high):
      let (first, width) = (Double.log(low), Double.log(high) - .log(low))
      return { min(high, max(low, .exp(first + $0 * width))) }
    case .truncatedNormal(let mean, let deviation, let low, let high):
      let (a, b) = ((low - mean) / deviation, (high - mean) / deviation)
      // On the side of 0 on which the probabilities keep their digits.
      let mirrored = a > 0
      let (from, to) = mirrored ? (-b, -a) : (a, b)
      let (first, last) = (SpecialFunctions.normalCDF(from), SpecialFunctions.normalCDF(to))
      return { u in
        let p = first + (mirrored ? 1 - u : u) * (last - first)
        let z = p > 0 ? SpecialFunctions.normalQuantile(min(p, 1 - 0x1p-53)) : from
        return min(high, max(low, mean + deviation * (mirrored ? -z : z)))
      }
    case .discrete(let values, let cumulative):
      return { u in
        var (below, above) = (0, cumulative.count - 1)
        while below < above {
          let middle = (below + above) / 2
          if cumulative[middle] < u { below = middle + 1 } else { above = middle }
        }
        return values[above]
      }
    default: return nil
    }
  }
}
