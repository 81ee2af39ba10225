#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Android)
  import Android
#else
  import Darwin
#endif

/// Special functions used by the distributions.
public enum SpecialFunctions {
  /// The standard normal cdf Φ(x) = erfc(−x/√2)/2.
  public static func normalCDF(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }

  /// The regularized incomplete beta function I_x(a, b).
  ///
  /// Lentz's method for the continued fraction (DLMF 8.17.22), on the side where it converges quickly.
  public static func regularizedIncompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    regularizedIncompleteBeta(x, complement: 1 - x, a, b)
  }

  /// I_x(a, b) for an x near 1 that is given by its complement 1 − x.
  static func regularizedIncompleteBeta(_ x: Double, complement y: Double, _ a: Double, _ b: Double) -> Double
  {
    guard x > 0 else { return 0 }
    guard y > 0 else { return 1 }
    let front = exp(logBetaPower(x, complement: y, a, b))
    if x < (a + 1) / (a + b + 2) { return front * betaFraction(x, a, b) / a }
    return 1 - front * betaFraction(y, b, a) / b
  }

  /// The regularized lower incomplete gamma function P(a, x): series below a + 1, continued fraction above.
  public static func regularizedIncompleteGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x.isFinite else { return 1 }
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      while abs(term) > abs(sum) * 1e-17 {
        n += 1
        term *= x / n
        sum += term
      }
      return sum * gammaPower(a, x)
    }
    return 1 - gammaPower(a, x) * gammaFraction(a, x)
  }

  /// The regularized upper incomplete gamma function Q(a, x) = 1 − P(a, x), without cancellation in the upper tail.
  public static func regularizedUpperIncompleteGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    guard x >= a + 1 else { return 1 - regularizedIncompleteGamma(a, x) }
    return gammaPower(a, x) * gammaFraction(a, x)
  }

  /// x^a (1 − x)^b / B(a, b).
  ///
  /// By deviances from the mode and Stirling corrections, so that large a and b cause no cancellation: Loader, "Fast
  /// and accurate computation of binomial probabilities", 2000.
  public static func betaPower(_ x: Double, _ a: Double, _ b: Double) -> Double {
    exp(logBetaPower(x, a, b))
  }

  /// The logarithm of x^a (1 − x)^b / B(a, b).
  public static func logBetaPower(_ x: Double, _ a: Double, _ b: Double) -> Double {
    logBetaPower(x, complement: 1 - x, a, b)
  }

  /// The logarithm of x^a y^b / B(a, b), y = 1 − x.
  static func logBetaPower(_ x: Double, complement y: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0, y > 0 else { return -.infinity }
    // a·u = −b·v exactly, so the first-order terms of the two logarithms cancel.
    let excess = x < y ? (-a).addingProduct(x, a + b) : b.addingProduct(-y, a + b)
    let deviance =
      a * logMinus(excess / a, ratio: x * ((a + b) / a)) + b * logMinus(-excess / b, ratio: y * ((a + b) / b))
    let corrections = stirlingCorrection(a + b) - stirlingCorrection(a) - stirlingCorrection(b)
    return deviance + corrections + 0.5 * log(a / (a + b) * b / (2 * .pi))
  }

  /// x^a exp(−x) / Γ(a).
  public static func gammaPower(_ a: Double, _ x: Double) -> Double { exp(logGammaPower(a, x)) }

  /// The logarithm of x^a exp(−x) / Γ(a).
  public static func logGammaPower(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return -.infinity }
    return a * logMinus((x - a) / a, ratio: x / a) - stirlingCorrection(a) + 0.5 * log(a / (2 * .pi))
  }

  /// log Γ(a) − [(a − ½) log a − a + ½ log 2π]; 1/(12a) to first order.
  static func stirlingCorrection(_ a: Double) -> Double {
    guard a >= 10 else {
      return logGamma(a) - ((a - 0.5) * log(a) - a + 0.918_938_533_204_672_741_78)
    }
    // Bernoulli's series, DLMF 5.11.1.
    let t = 1 / (a * a)
    let inner = 1 / 1188 + t * (-691 / 360_360 + t * (1 / 156 + t * (-3617 / 122_400)))
    return (1 / 12 + t * (-1 / 360 + t * (1 / 1260 + t * (-1 / 1680 + t * inner)))) / a
  }

  /// log(1 + u) − u, precise near u = 0 and, through the ratio 1 + u, near u = −1.
  private static func logMinus(_ u: Double, ratio: Double) -> Double {
    guard abs(u) < 0.5 else { return log(ratio) - u }
    // log(1 + u) = 2 artanh s with s = u/(2 + u), and u − 2s = u s.
    let s = u / (2 + u)
    let square = s * s
    var sum = 0.0
    for k in stride(from: 31.0, through: 3, by: -2) { sum = sum * square + 1 / k }
    return 2 * s * square * sum - u * s
  }

  private static func gammaFraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var h = d
    for i in 1...10_000 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = an * d + b
      if abs(d) < tiny { d = tiny }
      c = b + an / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let delta = d * c
      h *= delta
      if abs(delta - 1) < 1e-16 { break }
    }
    return h
  }

  private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if abs(d) < tiny { d = tiny }
    d = 1 / d
    var h = d
    func turn(_ coefficient: Double) {
      d = 1 + coefficient * d
      if abs(d) < tiny { d = tiny }
      c = 1 + coefficient / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      h *= d * c
    }
    for m in 1...10_000 {
      let k = Double(m)
      turn(k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)))
      turn(-(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1)))
      if abs(d * c - 1) < 1e-16 { break }
    }
    return h
  }
}
