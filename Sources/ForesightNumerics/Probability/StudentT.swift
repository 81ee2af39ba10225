/// Student's t distribution with a location and a scale.
public struct StudentT: Distribution {
  /// The degrees of freedom ν.
  public let degreesOfFreedom: Double
  /// The location: the median, and the mean for ν > 1.
  public let location: Double
  /// The scale.
  public let scale: Double

  /// Creates the t distribution with positive degrees of freedom and a positive scale.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(degreesOfFreedom: Double, location: Double = 0, scale: Double = 1) throws(NumericsError) {
    guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else {
      throw .invalidParameter(name: "degreesOfFreedom", value: degreesOfFreedom)
    }
    guard location.isFinite else { throw .invalidParameter(name: "location", value: location) }
    guard scale > 0, scale.isFinite else { throw .invalidParameter(name: "scale", value: scale) }
    self.degreesOfFreedom = degreesOfFreedom
    self.location = location
    self.scale = scale
  }

  /// The location.
  public var mean: Double { location }
  /// σ²ν/(ν − 2), infinite for ν ≤ 2.
  public var variance: Double {
    degreesOfFreedom > 2 ? scale * scale * degreesOfFreedom / (degreesOfFreedom - 2) : .infinity
  }
  /// The density at x.
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    let nu = degreesOfFreedom
    let z = (x - location) / scale
    // Beyond 1e5 the difference of two large logarithms is replaced by its series, exact to 1/ν⁵.
    let constant =
      nu > 1e5
      ? -0.918_938_533_204_672_741_78 - 1 / (4 * nu) + 1 / (24 * nu * nu * nu)
      : SpecialFunctions.logGamma((nu + 1) / 2) - SpecialFunctions.logGamma(nu / 2) - 0.5
        * logarithm(nu * .pi)
    return constant - logarithm(scale) - (nu + 1) / 2 * logarithmOfOnePlus(z * z / nu)
  }
  /// The cdf by the incomplete beta function.
  public func cdf(_ x: Double) -> Double {
    let z = (x - location) / scale
    let tail = tail(abs(z))
    return z > 0 ? 1 - tail : tail
  }
  /// The quantile, by safeguarded Newton steps on the tail or, near the median, on the probability between.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    guard p > 0 else { return -.infinity }
    guard p < 1 else { return .infinity }
    guard p != 0.5 else { return location }
    guard degreesOfFreedom < StudentT.nearlyNormal else {
      let z = SpecialFunctions.normalQuantile(p)
      return location + scale * (z + z * (z * z + 1) / 4 / degreesOfFreedom)
    }
    // By symmetry the smaller probability is solved for, which keeps its relative precision.
    let lower = min(p, 1 - p)
    let start = -SpecialFunctions.normalQuantile(lower)
    let z: Double
    if lower > 0.25 {
      z = invertMonotone(probability: 0.5 - lower, start: start, lower: 0) { z in
        (centre(z), standardDensity(z))
      }
    } else {
      z = -invertMonotone(probability: lower, start: -start, upper: 0) { z in (tail(-z), standardDensity(z)) }
    }
    return location + scale * (p < 0.5 ? -z : z)
  }

  /// The degrees of freedom from which on the normal distribution and one term in 1/ν give every bit.
  ///
  /// The incomplete beta function loses digits and time there. Source: G. W. Hill, "Algorithm 396: Student's t-quantiles",
  /// *Communications of the ACM* 13 (1970) 619–620.
  static let nearlyNormal = 1e10

  /// P(Z > z) for z ≥ 0.
  private func tail(_ z: Double) -> Double {
    guard z < .infinity else { return 0 }
    guard degreesOfFreedom < StudentT.nearlyNormal else {
      // A normal deviate with the tail of t (D. L. Wallace, *Annals of Mathematical Statistics* 30, 1959): right for any z.
      let deviate = (degreesOfFreedom * logarithmOfOnePlus(z * z / degreesOfFreedom)).squareRoot()
      return SpecialFunctions.normalCDF(-deviate * (1 - 0.25 / degreesOfFreedom))
    }
    let (x, y) = shares(z)
    return 0.5
      * SpecialFunctions.regularizedIncompleteBeta(x, complement: y, 0.5 * degreesOfFreedom, 0.5)
  }

  /// P(0 < Z < z).
  private func centre(_ z: Double) -> Double {
    let (x, y) = shares(z)
    return 0.5
      * SpecialFunctions.regularizedIncompleteBeta(y, complement: x, 0.5, 0.5 * degreesOfFreedom)
  }

  /// ν/(ν + z²) and z²/(ν + z²).
  private func shares(_ z: Double) -> (Double, Double) {
    let ratio = z * (z / degreesOfFreedom)
    return (1 / (1 + ratio), ratio < .infinity ? ratio / (1 + ratio) : 1)
  }

  private func standardDensity(_ z: Double) -> Double { density(location + scale * z) * scale }
}

/// Solves cdf(x) = p by Newton steps kept inside a bracket; `law` returns the cdf and the density.
func invertMonotone(
  probability p: Double, start: Double, lower: Double = -.infinity, upper: Double = .infinity,
  _ law: (Double) -> (cdf: Double, density: Double)
) -> Double {
  var low = lower
  var high = upper
  var x = start
  for _ in 0..<200 {
    let (cdf, density) = law(x)
    if cdf == p { return x }
    if cdf < p { low = x } else { high = x }
    // Newton on the logarithm is far better in a thin tail.
    var next = x - (p < 0.1 ? (logarithm(cdf) - logarithm(p)) * cdf / density : (cdf - p) / density)
    if abs(next - x) <= 1e-11 * abs(x), next > low, next < high { return next }
    if !next.isFinite || next <= low || next >= high {
      if low.isFinite, high.isFinite {
        next = 0.5 * (low + high)
      } else {
        next = low.isFinite ? (low > 0 ? 2 * low : low / 2 + 1) : (high < 0 ? 2 * high : high / 2 - 1)
      }
    }
    if abs(next - x) <= 4 * x.ulp { return next }
    x = next
  }
  return x
}
