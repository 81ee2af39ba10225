/// A distribution on the real line.
public protocol Distribution: Sendable {
  /// The mean.
  var mean: Double { get }
  /// The variance.
  var variance: Double { get }
  /// The probability density at x.
  func density(_ x: Double) -> Double
  /// The logarithm of the density at x.
  func logDensity(_ x: Double) -> Double
  /// The probability of a value of at most x.
  func cdf(_ x: Double) -> Double
  /// The smallest x whose cdf is at least p.
  func quantile(_ p: Double) -> Double
}

extension Distribution {
  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }

  /// A draw by inversion of one uniform.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(RandomStream.open(generator.next()))
  }
}
