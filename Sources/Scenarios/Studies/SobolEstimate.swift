/// Sobol' indices of a factor from a radial design, with a polynomial surrogate as control variate.
///
/// With f = g + r, g = c₀ + Σ c_t φ_t the surrogate, gᵢ its terms in factor i alone and hᵢ those that touch it:
///
///     Vᵢ  = Var gᵢ + 2 Cov(gᵢ, r) + Var E[r | uᵢ],   Var E[r | uᵢ] = E r(B) (r(A_B) − β r(A))
///     Tᵢ  = Var hᵢ + 2 Cov(hᵢ, r) + ½ E (r(A) − r(A_B))²
///     Var f = Var g + 2 Cov(g, r) + Var r
///
/// for any square-integrable f, any g and any β, where E r = 0. Variances of parts of g are sums of c_t² (Sudret, Reliab. Eng.
/// Syst. Saf. 93, 2008, 964–979, doi:10.1016/j.ress.2007.04.002); expectations of r are means over the points, and the
/// covariances are zero there by the normal equations. So the estimates are consistent whether g is near f or not, and of what
/// g explains only its coefficients have an error. Without terms Tᵢ is Jansen's (Comput. Phys. Commun. 117, 1999, 35–43,
/// doi:10.1016/S0010-4655(98)00154-4) and Vᵢ, with β = 1, that of Saltelli et al. (Comput. Phys. Commun. 181, 2010, 259–270,
/// doi:10.1016/j.cpc.2009.09.018, table 2, row b). β is the regression of r(B) r(A_B) on r(B) r(A), whose expectation is zero;
/// for a factor without effect it is 1, and both indices are zero.
///
/// Intervals are percentiles of a bootstrap over batches of points; g and β are held, and the covariances, which are then not
/// zero, stand for the surrogate's refit.
struct SobolEstimate {
  let first: Double
  let firstInterval: ClosedRange<Double>
  let total: Double
  let totalInterval: ClosedRange<Double>
}

/// The sums that the indices of one factor are computed from.
struct SobolSums {
  /// By batch: Σ r(B) r(A_B), Σ r(B) r(A), ½ Σ (r(A) − r(A_B))², Σ gᵢ r and Σ hᵢ r over A and B.
  var batches: [[Double]]
  /// Σ (r(B) r(A))² and Σ r(B)² r(A) r(A_B).
  var square = 0.0
  var product = 0.0
  /// Var gᵢ and Var hᵢ.
  let first: Double
  let total: Double

  /// The regression of r(B) r(A_B) on r(B) r(A); 1 if the latter does not vary.
  func slope(_ points: Double) -> Double {
    let (with, without) = batches.reduce(into: (0.0, 0.0)) {
      $0.0 += $1[0]
      $0.1 += $1[1]
    }
    let spread = square - without * without / points
    return spread > 0 ? (product - with * without / points) / spread : 1
  }
}

extension RadialDesign {
  /// The indices of every factor.
  func estimates(level: Double, seed: UInt64) -> [SobolEstimate] {
    let surrogate = self.surrogate()
    let factorOf = inputs.map(\.factor)
    let squares = surrogate.coefficients.map { $0 * $0 }
    let owned: [[Int]] = (0..<factors).map { terms(of: $0, in: surrogate) }
    let alone: [[Bool]] = owned.enumerated().map { factor, places in
      places.map { surrogate.terms[$0].isWithin(factor, factorOf) }
    }
    let count = min(BatchBootstrap.batches, points)
    var sums = owned.indices.map { factor -> SobolSums in
      let own = zip(owned[factor], alone[factor]).filter(\.1).map { squares[$0.0] }
      return SobolSums(
        batches: [[Double]](repeating: [0, 0, 0, 0, 0], count: count), first: own.reduce(0, +),
        total: owned[factor].map { squares[$0] }.reduce(0, +))
    }
    // By batch: Σ r² and Σ r over A and B, and Σ g r.
    var shared = [[Double]](repeating: [0, 0, 0], count: count)
    forEachBlock(degree: SobolSurrogate.degree) { block in
      let a = residuals(block, .a, surrogate)
      let b = residuals(block, .b, surrogate)
      for (i, draw) in block.draws.enumerated() {
        let batch = draw * count / points
        let (left, other) = (values[draw] - surrogate.constant, values[points + draw] - surrogate.constant)
        shared[batch][0] += a[i] * a[i] + b[i] * b[i]
        shared[batch][1] += a[i] + b[i]
        shared[batch][2] += (left - a[i]) * a[i] + (other - b[i]) * b[i]
      }
      for factor in owned.indices {
        let cross = crosses(block, owned[factor], alone[factor], surrogate, a, b)
        let (_, change) = differences(block, factor, owned[factor], surrogate)
        for (i, draw) in block.draws.enumerated() {
          let batch = draw * count / points
          let (plain, mixed) = (b[i] * a[i], b[i] * (a[i] - change[i]))
          sums[factor].batches[batch][0] += mixed
          sums[factor].batches[batch][1] += plain
          sums[factor].batches[batch][2] += 0.5 * change[i] * change[i]
          sums[factor].batches[batch][3] += cross.alone[i]
          sums[factor].batches[batch][4] += cross.all[i]
          sums[factor].square += plain * plain
          sums[factor].product += plain * mixed
        }
      }
    }
    let explained = squares.reduce(0, +)
    return sums.map { estimate($0, shared, explained, level, seed) }
  }

  /// gᵢ r and hᵢ r on A and B together for every draw of a block.
  private func crosses(
    _ block: DesignBlock, _ owned: [Int], _ isAlone: [Bool], _ surrogate: SobolSurrogate, _ a: [Double],
    _ b: [Double]
  ) -> (alone: [Double], all: [Double]) {
    let n = block.draws.count
    var alone = [Double](repeating: 0, count: n)
    var shared = alone
    var (first, second) = (alone, alone)
    for (place, index) in owned.enumerated() {
      block.write(surrogate.terms[index], .a, into: &first, at: 0)
      block.write(surrogate.terms[index], .b, into: &second, at: 0)
      let own = surrogate.coefficients[index]
      if isAlone[place] {
        for i in 0..<n { alone[i] += own * (first[i] * a[i] + second[i] * b[i]) }
      } else {
        for i in 0..<n { shared[i] += own * (first[i] * a[i] + second[i] * b[i]) }
      }
    }
    return (alone, zip(alone, shared).map { $0 + $1 })
  }

  private func estimate(
    _ own: SobolSums, _ shared: [[Double]], _ explained: Double, _ level: Double, _ seed: UInt64
  ) -> SobolEstimate {
    let n = Double(points)
    let slope = own.slope(n)
    let bootstrap = BatchBootstrap(
      batches: zip(own.batches, shared).map { $0 + $1 }, level: level, seed: seed)
    let results = bootstrap.intervals { sum in
      let variance = explained + sum[7] / n + sum[5] / (2 * n) - (sum[6] / (2 * n)) * (sum[6] / (2 * n))
      guard variance > 0 else { return [0, 0] }
      let first = own.first + sum[3] / n + (sum[0] - slope * sum[1]) / n
      let total = own.total + sum[4] / n + sum[2] / n
      return [first / variance, total / variance]
    }
    return SobolEstimate(
      first: results[0].0, firstInterval: results[0].1, total: results[1].0, totalInterval: results[1].1)
  }
}
