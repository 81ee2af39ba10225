/// The gamma distribution with a shape and a scale.
public struct Gamma: Distribution {
  /// The shape k.
  public let shape: Double
  /// The scale θ.
  public let scale: Double

  /// Creates the gamma distribution of a positive shape and a positive scale.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(shape: Double, scale: Double) throws(NumericsError) {
    try requirePositive("shape", shape)
    try requirePositive("scale", scale)
    self.shape = shape
    self.scale = scale
  }

  /// kθ.
  public var mean: Double { shape * scale }
  /// kθ².
  public var variance: Double { shape * scale * scale }
  /// The density at x.
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return -.infinity }
    if x == 0 { return shape > 1 ? -.infinity : shape < 1 ? .infinity : -logarithm(scale) }
    return SpecialFunctions.logGammaPower(shape, x / scale) - logarithm(x)
  }
  /// The regularized incomplete gamma function P(k, x/θ).
  public func cdf(_ x: Double) -> Double { SpecialFunctions.regularizedIncompleteGamma(shape, x / scale) }
  /// The quantile to about 1e-14 relative: Newton's method on the logarithm of the nearer tail.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    guard p > 0 else { return 0 }
    guard p < 1 else { return .infinity }
    return scale * (p <= 0.5 ? lowerQuantile(p) : upperQuantile(1 - p))
  }

  /// The x with P(k, x) = p, by Newton's method on log P against log x, which is concave.
  private func lowerQuantile(_ p: Double) -> Double {
    let logP = logarithm(p)
    // P ≈ x^k/Γ(k + 1) near 0, and the median lies below the mean.
    var x = min(exponential((logP + SpecialFunctions.logGamma(shape + 1)) / shape), shape)
    var low = 0.0
    var high = Double.infinity
    for _ in 0..<200 {
      guard x > 0 else { return 0 }
      let cdf = SpecialFunctions.regularizedIncompleteGamma(shape, x)
      if cdf == p { return x }
      if cdf < p { low = x } else { high = x }
      let step = -(logarithm(cdf) - logP) * cdf / SpecialFunctions.gammaPower(shape, x)
      let next = x * exponential(step)
      guard next > low, next < high else {
        let middle = low > 0 ? (high.isFinite ? (low * high).squareRoot() : 2 * low) : 0.5 * high
        if !(middle > low && middle < high) { return x }
        x = middle
        continue
      }
      if abs(step) <= 1e-11 { return next }
      x = next
    }
    return x
  }

  /// The x with Q(k, x) = q, by Newton's method on log Q from Wilson and Hilferty's cube (1931).
  private func upperQuantile(_ q: Double) -> Double {
    let logQ = logarithm(q)
    let c = 1 / (9 * shape)
    let root = 1 - c - SpecialFunctions.normalQuantile(q) * c.squareRoot()
    var x = max(shape * root * root * root, 1e-3 * shape)
    var low = 0.0
    var high = Double.infinity
    for _ in 0..<200 {
      let tail = SpecialFunctions.regularizedUpperIncompleteGamma(shape, x)
      if tail == q { return x }
      if tail > q { low = x } else { high = x }
      // Where the tail underflows there is no slope: halve the bracket.
      let step = tail > 0 ? (logarithm(tail) - logQ) * tail / SpecialFunctions.gammaPower(shape, x) * x : .nan
      let next = x + step
      guard next > low, next < high else {
        let middle = high.isFinite ? 0.5 * (low + high) : 2 * low
        if !(middle > low && middle < high) { return x }
        x = middle
        continue
      }
      if abs(step) <= 1e-11 * x { return next }
      x = next
    }
    return x
  }
}
