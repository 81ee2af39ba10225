/// Lower and upper bounds on each parameter; infinite for no bound.
public struct BoxBounds: Sendable, Equatable {
  /// The smallest allowed value of each parameter.
  public let lower: [Double]
  /// The largest allowed value of each parameter.
  public let upper: [Double]

  /// Creates bounds from two arrays of equal length.
  ///
  /// A bound that is not a number, or that the shorter array does not have, is no bound; two bounds in the wrong order are exchanged.
  public init(lower: [Double], upper: [Double]) {
    let count = max(lower.count, upper.count)
    func bound(_ bounds: [Double], _ index: Int, _ absent: Double) -> Double {
      index < bounds.count && !bounds[index].isNaN ? bounds[index] : absent
    }
    let pairs = (0..<count).map { index in
      let (low, high) = (bound(lower, index, -.infinity), bound(upper, index, .infinity))
      return (min(low, high), max(low, high))
    }
    self.lower = pairs.map(\.0)
    self.upper = pairs.map(\.1)
  }

  /// Creates bounds from one closed range per parameter; use `-Double.infinity ... Double.infinity` for a free one.
  public init(_ ranges: [ClosedRange<Double>]) {
    self.init(lower: ranges.map(\.lowerBound), upper: ranges.map(\.upperBound))
  }

  /// No bounds on any of `count` parameters.
  public static func unbounded(_ count: Int) -> BoxBounds {
    BoxBounds(
      lower: [Double](repeating: -.infinity, count: max(0, count)),
      upper: [Double](repeating: .infinity, count: max(0, count)))
  }

  /// The number of parameters.
  public var count: Int { lower.count }

  /// The bounds of the first `count` parameters, with no bounds on those that have none.
  func fitted(to count: Int) -> BoxBounds {
    self.count == count
      ? self
      : BoxBounds(
        lower: Array((lower + BoxBounds.unbounded(count).lower).prefix(count)),
        upper: Array((upper + BoxBounds.unbounded(count).upper).prefix(count)))
  }

  /// The nearest point inside the bounds.
  public func clamp(_ point: [Double]) -> [Double] {
    let box = fitted(to: point.count)
    return point.indices.map { box.clamp(point[$0], at: $0) }
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
