/// The shifted lognormal distribution s + m·exp(σz), z standard normal, given by three of its quantiles.
///
/// With h = p90 − p50, l = p50 − p10 and z₉₀ = Φ⁻¹(0.9): σ = log(h/l)/z₉₀, m = hl/(h − l), s = p50 − m, which is
/// s = (p10·p90 − p50²)/(p10 + p90 − 2p50). If the lower tail is longer (h < l), m and σ are negative and s is the
/// upper end; h = l is the normal distribution.
public struct ShiftedLogNormal: Distribution {
  /// The quantile of 0.1.
  public let p10: Double
  /// The median.
  public let p50: Double
  /// The quantile of 0.9.
  public let p90: Double
  /// The shift s, the finite end of the support; −∞ for the normal distribution.
  public let shift: Double
  /// The scale m = p50 − s, negative if the lower tail is longer; +∞ for the normal distribution.
  public let scale: Double
  /// σ, with the sign of m; 0 for the normal distribution.
  public let sigma: Double

  private static let z90 = SpecialFunctions.normalQuantile(0.9)

  /// Creates the distribution with three quantiles in ascending order.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(p10: Double, p50: Double, p90: Double) throws(NumericsError) {
    try requireFinite("p50", p50)
    guard p10 < p50, p10.isFinite else { throw .invalidParameter(name: "p10", value: p10) }
    guard p90 > p50, p90.isFinite else { throw .invalidParameter(name: "p90", value: p90) }
    let high = p90 - p50
    let low = p50 - p10
    guard high.isFinite else { throw .invalidParameter(name: "p90", value: p90) }
    guard low.isFinite else { throw .invalidParameter(name: "p10", value: p10) }
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
    let skew = high - low
    sigma = logarithmOfOnePlus(skew / low) / Self.z90
    scale = skew == 0 ? .infinity : high / skew * low
    shift = p50 - scale
  }

  /// Near the normal distribution s and m are large and opposite; x is then p50 + m·(exp(σz) − 1).
  private var isNearNormal: Bool { abs(sigma) < 0.05 }
  /// The spread mσ; in the limit, the standard deviation of the normal distribution.
  private var spread: Double { sigma == 0 ? (p90 - p50) / Self.z90 : scale * sigma }

  /// s + m exp(σ²/2).
  public var mean: Double {
    guard sigma != 0 else { return p50 }
    return isNearNormal
      ? p50 + scale * exponentialMinusOne(0.5 * sigma * sigma)
      : shift + scale * exponential(0.5 * sigma * sigma)
  }
  /// m² exp(σ²)(exp σ² − 1).
  public var variance: Double {
    guard sigma != 0 else { return spread * spread }
    return scale * scale * exponential(sigma * sigma) * exponentialMinusOne(sigma * sigma)
  }
  /// The density at x.
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    guard let z = score(x), abs(z) < .infinity else { return -.infinity }
    // dz/dx = exp(−σz)/(mσ).
    return -0.5 * z * z - 0.918_938_533_204_672_741_78 - sigma * z - logarithm(spread)
  }
  /// Φ(log((x − s)/m)/σ).
  public func cdf(_ x: Double) -> Double {
    guard let z = score(x) else { return x > p50 ? 1 : 0 }
    return SpecialFunctions.normalCDF(z)
  }
  /// s + m exp(σ Φ⁻¹(p)).
  public func quantile(_ p: Double) -> Double {
    isProbability(p) ? value(SpecialFunctions.normalQuantile(p)) : .nan
  }
  /// Replaces each probability with its quantile: the same bits as `quantile`, a vector at a time.
  public func quantiles(_ values: inout [Double]) {
    guard areProbabilities(values) else { return quantilesOneByOne(&values) }
    SpecialFunctions.normalQuantiles(&values)
    guard !isNearNormal else {
      for index in values.indices { values[index] = value(values[index]) }
      return
    }
    for index in values.indices { values[index] *= sigma }
    exponentials(&values)
    for index in values.indices { values[index] = shift + scale * values[index] }
  }

  private func value(_ z: Double) -> Double {
    guard isNearNormal else { return shift + scale * kernelExponential(sigma * z) }
    return sigma == 0 ? p50 + spread * z : p50 + scale * exponentialMinusOne(sigma * z)
  }

  /// The z of x; nil outside the support.
  private func score(_ x: Double) -> Double? {
    guard sigma != 0 else { return (x - p50) / spread }
    let step = (x - p50) / scale
    guard step > -1 else { return nil }
    // Far from the median, the distance from the shift is more precise.
    return (abs(step) < 0.5 ? logarithmOfOnePlus(step) : logarithm((x - shift) / scale)) / sigma
  }
}
