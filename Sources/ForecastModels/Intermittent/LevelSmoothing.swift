internal import RealModule

/// Simple exponential smoothing from the first value: s₁ = x₁, sₖ = s_{k−1} + α (xₖ − s_{k−1}).
enum LevelSmoothing {
  /// The bounds that the field sets to a smoothing parameter of intermittent demand.
  static let bounds = 0.1...0.3

  /// The last level; 0 of no values.
  static func level(_ values: [Double], alpha: Double) -> Double {
    guard var level = values.first else { return 0 }
    for value in values.dropFirst() { level += alpha * (value - level) }
    return level
  }

  /// The parameter in `bounds` of the least sum of squared one-step errors, by golden sections to 1e-6.
  ///
  /// Cost: some 25 passes of O(n).
  static func bestParameter(_ values: [Double]) -> Double {
    guard values.count > 2 else { return bounds.lowerBound }
    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (bounds.lowerBound, bounds.upperBound)
    var left = high - golden * (high - low)
    var right = low + golden * (high - low)
    var (a, b) = (squares(values, left), squares(values, right))
    while high - low > 1e-6 {
      if a < b {
        (high, right, b) = (right, left, a)
        left = high - golden * (high - low)
        a = squares(values, left)
      } else {
        (low, left, a) = (left, right, b)
        right = low + golden * (high - low)
        b = squares(values, right)
      }
    }
    return (low + high) / 2
  }

  private static func squares(_ values: [Double], _ alpha: Double) -> Double {
    var level = values[0]
    var sum = 0.0
    for value in values.dropFirst() {
      let error = value - level
      sum += error * error
      level += alpha * error
    }
    return sum
  }
}
