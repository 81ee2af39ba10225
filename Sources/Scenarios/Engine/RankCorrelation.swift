internal import ForesightNumerics
internal import RealModule

/// The Spearman correlation of the bivariate t copula and its inverse.
///
/// With independent copies of the mixing variable W = ν/χ², ρ = (6/π) E asin(r W/√((W + W′)(W + W″))): Spearman's ρ is
/// three times the excess of concordance with independent copies of each margin, and given the W's these are normal (after
/// Kruskal, J. Am. Stat. Assoc. 53, 1958, 814-861, doi:10.1080/01621459.1958.10501481). The mean is taken over
/// the mid-points of 48 equally likely cells of each W.
struct RankCorrelation {
  private let cells: [Double]

  init(degreesOfFreedom: Double) throws(NumericsError) {
    let law = try ChiSquared(degreesOfFreedom: degreesOfFreedom)
    cells = (0..<48).map { law.quantile((Double($0) + 0.5) / 48) }
  }

  /// Spearman's ρ of the copula with correlation parameter r.
  func spearman(_ r: Double) -> Double {
    var sum = 0.0
    for own in cells {
      // W/(W + W′) = χ′²/(χ² + χ′²).
      let shares = cells.map { ($0 / ($0 + own)).squareRoot() }
      for (i, first) in shares.enumerated() {
        for second in shares[..<i] { sum += 2 * .asin(r * first * second) }
        sum += .asin(r * first * first)
      }
    }
    let count = Double(cells.count)
    return 6 / .pi * sum / (count * count * count)
  }

  /// The correlation parameter that gives Spearman's ρ, by the secant through the odd, increasing curve; ±1 gives ±1.
  func parameter(_ rho: Double) -> Double {
    guard abs(rho) < 1 else { return rho }
    var (low, high) = (-1.0, 1.0)
    var r = 2 * .sin(.pi * rho / 6)
    for _ in 0..<40 where high - low > 1e-9 {
      let excess = spearman(r) - rho
      if abs(excess) < 1e-10 { return r }
      if excess > 0 { high = r } else { low = r }
      // The slope of the Gaussian copula's curve is close to this one's.
      let next = r - excess * .pi / 3 * (1 - r * r / 4).squareRoot()
      r = next > low && next < high ? next : 0.5 * (low + high)
    }
    return r
  }
}
