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
  /// Returns the smallest x whose cdf is at least p; the ends of the support for 0 and 1, and NaN for a p that is not between 0 and 1.
  func quantile(_ p: Double) -> Double
  /// Replaces each probability with its quantile, and what is not a probability with NaN; distributions with a vectorized form override this.
  func quantiles(_ values: inout [Double])
}

extension Distribution {
  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }

  /// Replaces each probability with its quantile, one after another.
  public func quantiles(_ values: inout [Double]) { quantilesOneByOne(&values) }

  /// Replaces each probability with its quantile, one after another.
  func quantilesOneByOne(_ values: inout [Double]) {
    for index in values.indices { values[index] = quantile(values[index]) }
  }

  /// Draws one value by inversion of a uniform.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(RandomStream.open(generator.next()))
  }

  /// Returns the draws of a range of a stream, by inversion: draw k is a pure function of the stream and k.
  public func samples(_ draws: Range<Int>, of stream: RandomStream) -> [Double] {
    var values = stream.uniforms(draws)
    quantiles(&values)
    return values
  }
}

/// Whether a value lies between 0 and 1, which NaN does not.
func isProbability(_ p: Double) -> Bool { p >= 0 && p <= 1 }

/// Whether every value lies between 0 and 1.
func areProbabilities(_ values: [Double]) -> Bool {
  // No early exit, so that the loop is vectorized.
  var good = true
  for p in values { good = good && p >= 0 && p <= 1 }
  return good
}

/// Throws unless a parameter is a finite number.
func requireFinite(_ name: String, _ value: Double) throws(NumericsError) {
  guard value.isFinite else { throw .invalidParameter(name: name, value: value) }
}

/// Throws unless a parameter is a positive finite number.
func requirePositive(_ name: String, _ value: Double) throws(NumericsError) {
  guard value > 0, value.isFinite else { throw .invalidParameter(name: name, value: value) }
}
