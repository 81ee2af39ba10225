package import ForesightNumerics

/// A law that knows its own continuous ranked probability score.
package protocol ScoredDistribution: Distribution {
  /// The score against an observed value.
  func score(_ observed: Double) -> Double
}

extension Mixture: ScoredDistribution {
  /// ∫ (F(x) − 1{x ≥ y})² dx by double-exponential quadrature between quantiles of the mixture and y.
  ///
  /// The tails end where the cdf is 10⁻⁹ from 0 and 1; where a component's score is infinite (the exponential of a Student
  /// t) they end at 0.001, as for that component alone. Some hundred evaluations of the cdf; atoms take some thousand.
  package func score(_ observed: Double) -> Double {
    let end = components.contains { ($0 as? ExponentialMargin)?.hasInfiniteScore ?? false } ? 1e-3 : 1e-9
    let lower = quantile(end)
    let upper = quantile(1 - end)
    guard lower.isFinite, upper.isFinite else { return .infinity }
    let inner = [1e-6, 1e-3, 0.5, 1 - 1e-3, 1 - 1e-6].filter { $0 > end && $0 < 1 - end }.map { quantile($0) }
    let cuts = Set([lower, upper, min(max(observed, lower), upper)] + inner).sorted()
    let pieces = zip(cuts, cuts.dropFirst()).map { cut in
      Piece(cut.0, cut.1) { x in
        let gap = x < observed ? cdf(x) : 1 - cdf(x)
        return gap * gap
      }
    }
    let total = pieces.reduce(0) { $0 + $1.fine }
    let inside = pieces.reduce(0) { $0 + $1.refined(to: 1e-9 * total, depth: 6) }
    // By parts, 2 ∫ ρ_p(y − q(p)) dp over ε ≤ p ≤ 1 − ε is the integral between the quantiles and these ends.
    let left = observed < lower ? (1 - end) * (1 - end) : -end * end
    let right = observed > upper ? (1 - end) * (1 - end) : -end * end
    return inside + left * abs(observed - lower) + right * abs(observed - upper)
  }
}

/// ∫ₐᵇ f by the tanh–sinh rule with 81 points, and with every other of them.
private struct Piece {
  let a: Double
  let b: Double
  let f: (Double) -> Double
  let fine: Double
  let coarse: Double

  init(_ a: Double, _ b: Double, _ f: @escaping (Double) -> Double) {
    self.a = a
    self.b = b
    self.f = f
    let half = (b - a) / 2
    let spacing = 0.085
    var even = 0.0
    var odd = 0.0
    for k in -40...40 {
      let grow = exponential(Double(k) * spacing)
      let square = exponential(Double.pi / 2 * (grow - 1 / grow))
      let weight = Double.pi * (grow + 1 / grow) * square / ((square + 1) * (square + 1))
      let term = weight * f(a + half + half * (square - 1) / (square + 1))
      if k.isMultiple(of: 2) { even += term } else { odd += term }
    }
    fine = half * spacing * (even + odd)
    coarse = half * 2 * spacing * even
  }

  /// The integral on halves of halves, until both rules agree to a tolerance.
  func refined(to tolerance: Double, depth: Int) -> Double {
    guard depth > 0, abs(fine - coarse) > tolerance else { return fine }
    let middle = a + (b - a) / 2
    guard middle > a, middle < b else { return fine }
    return Piece(a, middle, f).refined(to: tolerance, depth: depth - 1)
      + Piece(middle, b, f).refined(to: tolerance, depth: depth - 1)
  }
}
