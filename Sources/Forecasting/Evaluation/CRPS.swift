public import ForesightNumerics

extension Distribution {
  /// Returns the continuous ranked probability score for an observed value, in the unit of the value; smaller is better.
  ///
  /// CRPS = ∫ (F(x) − 1{x ≥ y})² dx = 2 ∫₀¹ ρ_p(y − q(p)) dp. It is exact for normal, Student t and lognormal distributions (Gneiting
  /// and Raftery, JASA 102, 2007, eq. 21; Jordan, Krüger and Lerch, J. Stat. Software 90(12), 2019, app. A) and for
  /// empirical distributions. Mixtures use quadrature of their cdf; other distributions use adaptive double-exponential quadrature of the
  /// quantile form, with some hundred quantiles. The exponential of a Student t variable has an infinite score, because its tail is not
  /// integrable; its quantile form covers only the central 99.8 % of the probability.
  public func crps(_ observed: Double) -> Double {
    switch self {
    case let law as Normal:
      let sigma = law.standardDeviation
      return sigma * standardNormalCRPS((observed - law.mean) / sigma)
    case let law as StudentT where law.degreesOfFreedom > 1:
      return law.scale
        * standardStudentCRPS((observed - law.location) / law.scale, freedom: law.degreesOfFreedom)
    case let law as LocationScaleT: return law.score(observed)
    case let law as ExponentialMargin: return law.score(observed)
    case let law as LogNormal: return lognormalCRPS(observed, mu: law.mu, sigma: law.sigma)
    case let law as PointMass: return abs(observed - law.value)
    case let law as Empirical: return law.score(observed)
    case let law as any ScoredDistribution: return law.score(observed)
    default: return quantileScore(observed, from: 0, through: 1)
    }
  }

  /// Returns the pinball (quantile) loss of the quantile at probability p: ρ_p(u) = u(p − 1{u < 0}) with u = y − q(p).
  public func pinballLoss(_ observed: Double, at probability: Double) -> Double {
    pinball(observed, quantile: quantile(probability), at: probability)
  }

  /// 2 ∫ ρ_p(y − q(p)) dp over a range of probabilities, split at the kink of the loss.
  func quantileScore(_ observed: Double, from lower: Double, through upper: Double) -> Double {
    let kink = min(max(cdf(observed), lower), upper)
    let loss: (Double) -> Double = { p in pinball(observed, quantile: quantile(p), at: p) }
    return 2 * (adaptive(lower, kink, loss) + adaptive(kink, upper, loss))
  }
}

/// ρ_p(y − q) = (y − q)(p − 1{y < q}).
func pinball(_ observed: Double, quantile: Double, at probability: Double) -> Double {
  (observed - quantile) * (observed < quantile ? probability - 1 : probability)
}

extension LocationScaleT {
  fileprivate func score(_ observed: Double) -> Double {
    guard scale > 0 else { return abs(observed - location) }
    let z = (observed - location) / scale
    guard degreesOfFreedom.isFinite else { return scale * standardNormalCRPS(z) }
    guard degreesOfFreedom > 1 else { return quantileScore(observed, from: 0, through: 1) }
    return scale * standardStudentCRPS(z, freedom: degreesOfFreedom)
  }
}

extension ExponentialMargin {
  /// Whether the tail of the cdf is not integrable, as for exp(t).
  var hasInfiniteScore: Bool { scale > 0 && (base as? LocationScaleT)?.degreesOfFreedom.isFinite ?? true }

  fileprivate func score(_ observed: Double) -> Double {
    guard scale > 0 else { return abs(observed - exponential(location)) }
    guard let law = base as? LocationScaleT, !law.degreesOfFreedom.isFinite else {
      return quantileScore(observed, from: 0.001, through: 0.999)
    }
    return lognormalCRPS(observed, mu: location, sigma: scale)
  }
}

extension Empirical {
  /// (1/n) Σ|xᵢ − y| − (1/2n²) Σᵢⱼ|xᵢ − xⱼ|, in time linear in the number of samples, which are sorted.
  fileprivate func score(_ observed: Double) -> Double {
    guard sorted[sorted.count - 1].isFinite, sorted[0].isFinite else { return .infinity }
    let n = Double(sorted.count)
    var distance = 0.0
    var spread = 0.0
    for (i, x) in sorted.enumerated() {
      let u = x - observed
      distance += abs(u)
      spread += Double(2 * i + 1 - sorted.count) * u
    }
    return max(0, distance / n - spread / (n * n))
  }
}

/// y(2Φ(z) − 1) − 2 exp(μ + σ²/2)(Φ(z − σ) + Φ(σ/√2) − 1) with z = (log y − μ)/σ.
private func lognormalCRPS(_ observed: Double, mu: Double, sigma: Double) -> Double {
  let normal = SpecialFunctions.normalCDF
  let z = observed > 0 ? (logarithm(observed) - mu) / sigma : -.infinity
  let tail = normal(z - sigma) + normal(sigma * 0.5.squareRoot()) - 1
  return observed * (2 * normal(z) - 1) - 2 * exponential(mu + sigma * sigma / 2) * tail
}

/// z(2Φ(z) − 1) + 2φ(z) − 1/√π.
private func standardNormalCRPS(_ z: Double) -> Double {
  let density = exponential(-0.5 * z * z) / (2 * Double.pi).squareRoot()
  return z * (2 * SpecialFunctions.normalCDF(z) - 1) + 2 * density - 1 / Double.pi.squareRoot()
}

/// z(2F(z) − 1) + 2f(z)(ν + z²)/(ν − 1) − 2√ν/(ν − 1) · B(½, ν − ½)/B(½, ν/2)².
private func standardStudentCRPS(_ z: Double, freedom nu: Double) -> Double {
  func logBeta(_ a: Double, _ b: Double) -> Double {
    SpecialFunctions.logGamma(a) + SpecialFunctions.logGamma(b) - SpecialFunctions.logGamma(a + b)
  }
  let tail = 0.5 * SpecialFunctions.regularizedIncompleteBeta(nu / (nu + z * z), nu / 2, 0.5)
  let centre = z > 0 ? 1 - 2 * tail : 2 * tail - 1
  let density = exponential(
    -(nu + 1) / 2 * logarithm(1 + z * z / nu) - 0.5 * logarithm(nu) - logBeta(0.5, nu / 2))
  let spread = exponential(logBeta(0.5, nu - 0.5) - 2 * logBeta(0.5, nu / 2))
  return z * centre + 2 * density * (nu + z * z) / (nu - 1) - 2 * nu.squareRoot() / (nu - 1) * spread
}

/// ∫ₐᵇ f by the tanh–sinh rule, bisected until the halves agree: between modes, quantiles rise steeply.
private func adaptive(_ a: Double, _ b: Double, _ f: (Double) -> Double) -> Double {
  let first = doubleExponential(a, b, f)
  func refine(_ a: Double, _ b: Double, _ whole: Double, _ depth: Int) -> Double {
    let middle = a + (b - a) / 2
    let left = doubleExponential(a, middle, f)
    let right = doubleExponential(middle, b, f)
    let change = abs(left + right - whole)
    guard depth > 0, change > 1e-11 * abs(first), change.isFinite else { return left + right }
    return refine(a, middle, left, depth - 1) + refine(middle, b, right, depth - 1)
  }
  return b > a ? refine(a, b, first, 7) : 0
}

/// ∫ₐᵇ f by the tanh–sinh rule with 81 points, which tolerates singularities at the ends (Takahasi and Mori, 1974).
private func doubleExponential(_ a: Double, _ b: Double, _ f: (Double) -> Double) -> Double {
  guard b > a else { return 0 }
  let half = (b - a) / 2
  let spacing = 0.085
  var sum = 0.0
  for k in -40...40 {
    let grow = exponential(Double(k) * spacing)
    let u = Double.pi / 4 * (grow - 1 / grow)
    let square = exponential(2 * u)
    let x = a + half + half * (square - 1) / (square + 1)
    guard x > 0, x < 1 else { continue }
    sum += Double.pi / 4 * (grow + 1 / grow) * 4 * square / ((square + 1) * (square + 1)) * f(x)
  }
  return half * spacing * sum
}

/// A distribution that computes its own continuous ranked probability score.
package protocol ScoredDistribution: Distribution {
  /// Returns the score for an observed value.
  func score(_ observed: Double) -> Double
}

extension Mixture: ScoredDistribution {
  /// ∫ (F(x) − 1{x ≥ y})² dx by double-exponential quadrature between quantiles of the mixture and y.
  ///
  /// The tails end where the cdf is 10⁻⁹ from 0 and 1 or, if the score of a component is infinite (the exponential of a Student t
  /// variable), at 0.001, as for that component alone. Cost: some hundred evaluations of the cdf; some thousand with atoms.
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
    // Integrated by parts, 2 ∫ ρ_p(y − q(p)) dp over ε ≤ p ≤ 1 − ε is the integral between the quantiles plus these ends.
    let left = observed < lower ? (1 - end) * (1 - end) : -end * end
    let right = observed > upper ? (1 - end) * (1 - end) : -end * end
    return inside + left * abs(observed - lower) + right * abs(observed - upper)
  }
}

/// ∫ₐᵇ f by the tanh–sinh rule with 81 points, and with every other one.
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

  /// The integral, bisected until both rules agree to a tolerance.
  func refined(to tolerance: Double, depth: Int) -> Double {
    guard depth > 0, abs(fine - coarse) > tolerance else { return fine }
    let middle = a + (b - a) / 2
    guard middle > a, middle < b else { return fine }
    return Piece(a, middle, f).refined(to: tolerance, depth: depth - 1)
      + Piece(middle, b, f).refined(to: tolerance, depth: depth - 1)
  }
}
