/// The distribution of equally likely values, which may include +∞.
public struct Empirical: Distribution {
  /// The values in ascending order.
  public let sorted: [Double]

  /// Creates the distribution of samples, which are sorted once.
  ///
  /// - Throws: `NumericsError.tooFewObservations` for no samples, `.nonFinite` for a NaN.
  public init(_ samples: [Double]) throws(NumericsError) {
    guard !samples.isEmpty else { throw .tooFewObservations(needed: 1, found: 0) }
    if let bad = samples.firstIndex(where: \.isNaN) { throw .nonFinite(row: bad, column: 0) }
    sorted = samples.sorted()
  }

  /// The mean of the samples.
  public var mean: Double { sorted.reduce(0, +) / Double(sorted.count) }
  /// The mean squared deviation of the samples from their mean; infinite if the mean is.
  public var variance: Double {
    let centre = mean
    guard centre.isFinite else { return .infinity }
    return sorted.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(sorted.count)
  }
  /// A kernel density estimate with a Gaussian kernel; infinite if all samples are equal.
  ///
  /// The bandwidth is Silverman's rule of thumb, Density Estimation, 1986, p. 48.
  public func density(_ x: Double) -> Double {
    let n = Double(sorted.count)
    let spread = quantile(0.75) - quantile(0.25)
    let scale = spread > 0 ? min(standardDeviation, spread / 1.34) : standardDeviation
    let width = 0.9 * scale * exponential(-0.2 * logarithm(n))
    guard width > 0 else { return x == sorted[0] ? .infinity : 0 }
    let sum = sorted.reduce(0) { $0 + exponential(-0.5 * ((x - $1) / width) * ((x - $1) / width)) }
    return sum / (n * width * (2 * Double.pi).squareRoot())
  }
  /// The logarithm of the kernel estimate.
  public func logDensity(_ x: Double) -> Double { logarithm(density(x)) }
  /// The share of samples that are at most x.
  public func cdf(_ x: Double) -> Double {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return Double(low) / Double(sorted.count)
  }
  /// The inverted cdf: the smallest sample whose cdf is at least p.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    let count = Double(sorted.count)
    var rank = max(1, (p * count).rounded(.up))
    // p·n may round up past a whole number: 0.55·100.
    if rank > 1, (rank - 1) / count >= p { rank -= 1 }
    return sorted[min(sorted.count, Int(rank)) - 1]
  }
}
