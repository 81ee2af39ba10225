/// The PERT distribution: a beta distribution scaled to a range, given by its minimum, mode and maximum.
///
/// α = 1 + λ(mode − minimum)/(maximum − minimum), β = 1 + λ(maximum − mode)/(maximum − minimum), with λ = 4 the
/// classical form (Malcolm, Roseboom, Clark and Fazar, Operations Research 7 (1959) 646–669).
public struct PERT: Distribution {
  /// The smallest value.
  public let minimum: Double
  /// The most likely value.
  public let mode: Double
  /// The largest value.
  public let maximum: Double
  /// The beta distribution of (x − minimum)/(maximum − minimum).
  public let unit: Beta

  /// Creates the distribution with a minimum below the maximum, a mode from minimum to maximum, and a positive weight λ
  /// of the mode.
  ///
  /// - Throws: `NumericsError.invalidParameter`.
  public init(minimum: Double, mode: Double, maximum: Double, modeWeight: Double = 4) throws(NumericsError) {
    try requireRange(minimum: minimum, mode: mode, maximum: maximum)
    try requirePositive("modeWeight", modeWeight)
    self.minimum = minimum
    self.mode = mode
    self.maximum = maximum
    let width = maximum - minimum
    unit = try Beta(
      alpha: 1 + modeWeight * ((mode - minimum) / width), beta: 1 + modeWeight * ((maximum - mode) / width))
  }

  private var width: Double { maximum - minimum }

  /// (minimum + λ mode + maximum)/(λ + 2).
  public var mean: Double { minimum + width * unit.mean }
  /// The variance of the beta distribution times the squared width.
  public var variance: Double { width * width * unit.variance }
  /// The density at x.
  public func density(_ x: Double) -> Double { exponential(logDensity(x)) }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    unit.logDensity((x - minimum) / width, complement: (maximum - x) / width) - logarithm(width)
  }
  /// The cdf of the beta distribution at (x − minimum)/(maximum − minimum).
  public func cdf(_ x: Double) -> Double {
    unit.cdf((x - minimum) / width, complement: (maximum - x) / width)
  }
  /// The quantile of the beta distribution scaled to the range.
  public func quantile(_ p: Double) -> Double { p == 1 ? maximum : minimum + width * unit.quantile(p) }
  /// Replaces each probability with its quantile, by the vectorized form of the beta distribution.
  public func quantiles(_ values: inout [Double]) {
    unit.quantiles(&values)
    let width = width
    for index in values.indices { values[index] = min(minimum + width * values[index], maximum) }
  }
}
