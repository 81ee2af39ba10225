/// Lower and upper bounds on each parameter; infinite for no bound.
public struct BoxBounds: Sendable, Equatable {
  /// The smallest allowed value of each parameter.
  public let lower: [Double]
  /// The largest allowed value of each parameter.
  public let upper: [Double]

  /// Creates bounds from two arrays of equal length.
  ///
  /// - Precondition: The lengths agree, and no lower bound lies above its upper bound.
  public init(lower: [Double], upper: [Double]) {
    precondition(lower.count == upper.count, "the bounds must have one length")
    precondition(zip(lower, upper).allSatisfy { $0 <= $1 }, "a lower bound must not exceed its upper bound")
    self.lower = lower
    self.upper = upper
  }

  /// Creates bounds from one closed range per parameter; use `-Double.infinity ... Double.infinity` for a free one.
  public init(_ ranges: [ClosedRange<Double>]) {
    self.init(lower: ranges.map(\.lowerBound), upper: ranges.map(\.upperBound))
  }

  /// No bounds on any of `count` parameters.
  public static func unbounded(_ count: Int) -> BoxBounds {
    BoxBounds(
      lower: [Double](repeating: -.infinity, count: count),
      upper: [Double](repeating: .infinity, count: count))
  }

  /// The number of parameters.
  public var count: Int { lower.count }

  /// The nearest point inside the bounds.
  public func clamp(_ point: [Double]) -> [Double] {
    point.indices.map { clamp(point[$0], at: $0) }
  }

  func clamp(_ value: Double, at index: Int) -> Double { min(max(value, lower[index]), upper[index]) }

  /// Whether a bound holds at least one entry of a point.
  func isHeld(_ point: [Double]) -> Bool {
    point.indices.contains { point[$0] <= lower[$0] || point[$0] >= upper[$0] }
  }

  /// The largest entry of P(x − g) − x, where P projects on the bounds: zero at a stationary point.
  func projectedGradientNorm(_ point: [Double], _ gradient: [Double]) -> Double {
    var norm = 0.0
    for i in point.indices {
      norm = max(norm, abs(clamp(point[i] - gradient[i], at: i) - point[i]))
    }
    return norm
  }
}
