/// The triangular distribution: a density that rises linearly from the minimum to the mode and falls linearly to the
/// maximum.
public struct Triangular: Distribution {
  /// The smallest value.
  public let minimum: Double
  /// The most likely value.
  public let mode: Double
  /// The largest value.
  public let maximum: Double

  /// Creates the distribution with a minimum below the maximum and a mode from minimum to maximum.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(minimum: Double, mode: Double, maximum: Double) throws(NumericsError) {
    try requireRange(minimum: minimum, mode: mode, maximum: maximum)
    self.minimum = minimum
    self.mode = mode
    self.maximum = maximum
  }

  private var width: Double { maximum - minimum }

  /// (minimum + mode + maximum)/3.
  public var mean: Double { minimum + (mode - minimum + width) / 3 }
  /// (w² − wd + d²)/18 with width w and d = mode − minimum.
  public var variance: Double {
    let rise = mode - minimum
    return (width * (maximum - mode) + rise * rise) / 18
  }
  /// The density at x.
  public func density(_ x: Double) -> Double {
    guard x >= minimum, x <= maximum else { return 0 }
    let peak = 2 / width
    if x < mode { return peak * ((x - minimum) / (mode - minimum)) }
    if x > mode { return peak * ((maximum - x) / (maximum - mode)) }
    return peak
  }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double { logarithm(density(x)) }
  /// The cdf: parabolas left and right of the mode.
  public func cdf(_ x: Double) -> Double {
    guard x > minimum else { return 0 }
    guard x < maximum else { return 1 }
    if x <= mode { return (x - minimum) / width * ((x - minimum) / (mode - minimum)) }
    return 1 - (maximum - x) / width * ((maximum - x) / (maximum - mode))
  }
  /// The inverse of the cdf's parabolas.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    return value(p, width, mode - minimum, maximum - mode)
  }
  /// Replaces each probability with its quantile: the same bits as `quantile`.
  public func quantiles(_ values: inout [Double]) {
    guard areProbabilities(values) else { return quantilesOneByOne(&values) }
    let (width, rise, fall) = (width, mode - minimum, maximum - mode)
    for index in values.indices { values[index] = value(values[index], width, rise, fall) }
  }

  private func value(_ p: Double, _ width: Double, _ rise: Double, _ fall: Double) -> Double {
    let low = minimum + (p * width * rise).squareRoot()
    let high = maximum - ((1 - p) * width * fall).squareRoot()
    return p * width <= rise ? low : high
  }
}

/// Throws unless minimum < maximum are finite and the mode lies from minimum to maximum.
func requireRange(minimum: Double, mode: Double, maximum: Double) throws(NumericsError) {
  try requireFinite("minimum", minimum)
  try requireFinite("maximum", maximum)
  guard minimum < maximum, (maximum - minimum).isFinite else {
    throw .invalidParameter(name: "maximum", value: maximum)
  }
  guard mode >= minimum, mode <= maximum else { throw .invalidParameter(name: "mode", value: mode) }
}
