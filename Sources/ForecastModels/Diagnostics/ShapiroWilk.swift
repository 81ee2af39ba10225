public import Forecasting
internal import ForesightNumerics
internal import RealModule

extension ResidualDiagnostics {
  /// W = (Σ aᵢ x₍ᵢ₎)²/Σ(xᵢ − x̄)² with Royston's weights and p-value, for 3 to 5,000 residuals; R's `shapiro.test`.
  ///
  /// Royston, "Remark AS R94", Applied Statistics 44 (1995) 547–551.
  public var shapiroWilk: FitSummary.Diagnostic? {
    let n = residuals.count
    guard (3...5000).contains(n) else { return nil }
    let sorted = residuals.sorted()
    let range = sorted[n - 1] - sorted[0]
    guard range > 0 else { return nil }
    let x = sorted.map { ($0 - sorted[0]) / range }
    let weights = ShapiroWilk.weights(n)
    let mean = x.reduce(0, +) / Double(n)
    let spread = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    var contrast = 0.0
    for (i, weight) in weights.enumerated() { contrast += weight * (x[n - 1 - i] - x[i]) }
    // 1 − W = (spread − contrast²/|a|²)/spread without forming W, which is near 1.
    let size = 2 * weights.reduce(0) { $0 + $1 * $1 }
    let root = (size * spread).squareRoot()
    let distance = max(0, (root - contrast) * (root + contrast) / (size * spread))
    return FitSummary.Diagnostic(
      name: "Shapiro–Wilk", statistic: 1 - distance, pValue: ShapiroWilk.pValue(distance: distance, n))
  }
}

/// The weights and the null distribution of the Shapiro–Wilk statistic.
enum ShapiroWilk {
  /// The weights of the differences x₍ₙ₊₁₋ᵢ₎ − x₍ᵢ₎, i = 1 … n/2.
  static func weights(_ n: Int) -> [Double] {
    guard n > 3 else { return [Double(0.5).squareRoot()] }
    let half = n / 2
    // Blom's approximation to the expected normal order statistics, sign turned.
    let m = (1...half).map { -SpecialFunctions.normalQuantile((Double($0) - 0.375) / (Double(n) + 0.25)) }
    let squares = 2 * m.reduce(0) { $0 + $1 * $1 }
    let root = squares.squareRoot()
    let u = 1 / Double(n).squareRoot()
    let first = polynomial([0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056], u) + m[0] / root
    var weights: [Double]
    if n > 5 {
      let second = polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], u) + m[1] / root
      let rest = (squares - 2 * m[0] * m[0] - 2 * m[1] * m[1]) / (1 - 2 * first * first - 2 * second * second)
      weights = m.map { $0 / rest.squareRoot() }
      weights[1] = second
    } else {
      let rest = (squares - 2 * m[0] * m[0]) / (1 - 2 * first * first)
      weights = m.map { $0 / rest.squareRoot() }
    }
    weights[0] = first
    return weights
  }

  /// The probability of a W this small, from the distance 1 − W.
  static func pValue(distance: Double, _ n: Int) -> Double {
    guard n > 3 else {
      let arc = Double.asin(max(0, 1 - distance).squareRoot()) - Double.asin(Double(0.75).squareRoot())
      return min(1, max(0, 6 / Double.pi * arc))
    }
    let count = Double(n)
    let mean: Double
    let deviation: Double
    var y = Double.log(max(distance, .leastNormalMagnitude))
    if n <= 11 {
      let gamma = polynomial([-2.273, 0.459], count)
      guard y < gamma else { return 1e-99 }
      y = -Double.log(gamma - y)
      mean = polynomial([0.5440, -0.39978, 0.025054, -0.0006714], count)
      deviation = Double.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], count))
    } else {
      let logCount = Double.log(count)
      mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], logCount)
      deviation = Double.exp(polynomial([-0.4803, -0.082676, 0.0030302], logCount))
    }
    return SpecialFunctions.normalCDF(-(y - mean) / deviation)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
