/// A stationary ARMA process: its long polynomials, its variance and the first column of its state covariance.
///
/// In Harvey's state space form, α has r = max(p, q + 1) entries, w_t = α_t[0] and α_{t+1} = Tα_t + Rε_{t+1}, with T the
/// companion matrix of φ. Beside φ, the recursions need only γ₀ = var w and the gain Tcov(α, w), which follow from
/// autocovariances: those of 1/φ(B) by Levinson's recursion, convolved with those of θ(B). Cost O(p²) instead of a dense
/// system of r²/2 unknowns (G. Gardner, G. D. A. Phillips and A. C. Harvey, *Applied Statistics* 29 (1980) 311–322).
struct ARMAProcess {
  /// φ_i with its lag, in the order of lags.
  var ar: [(lag: Int, value: ARMAJet)]
  /// γ₀ over the innovation variance.
  var variance: ARMAJet
  /// cov(α_{t+1}, w_t) over the innovation variance.
  var gain: [ARMAJet]

  /// The process of the four polynomials; `nil` if the autoregression is not stationary.
  init?(ar: [ARMAJet], ma: [ARMAJet], seasonalAR: [ARMAJet], seasonalMA: [ARMAJet], period: Int) {
    let phi = ARMAProcess.product(ar.map { -$0 }, seasonalAR.map { -$0 }, period: period)
    let theta = ARMAProcess.product(ma, seasonalMA, period: period)
    let p = ar.count + period * seasonalAR.count
    let q = ma.count + period * seasonalMA.count
    let r = max(p, q + 1)
    let psi = ARMAProcess.impulses(phi, theta, count: q + 1)
    let base = ARMAProcess.autocovariances(phi, order: p, count: max(p, q) + q + 1)
    guard let base else { return nil }
    // The autocovariances of θ(B)ε, one side.
    var moving: [(lag: Int, value: ARMAJet)] = []
    for (index, a) in theta.enumerated() {
      for b in theta[index...] {
        let lag = b.lag - a.lag
        if let place = moving.firstIndex(where: { $0.lag == lag }) {
          moving[place].value += a.value * b.value
        } else {
          moving.append((lag, a.value * b.value))
        }
      }
    }
    var gamma = [ARMAJet](repeating: ARMAJet(0), count: max(p, 1))
    for k in gamma.indices {
      var sum = ARMAJet(0)
      for term in moving {
        sum += term.value * base[k + term.lag]
        if term.lag > 0 { sum += term.value * base[abs(k - term.lag)] }
      }
      gamma[k] = sum
    }
    // α_{t+1}[i] = Σ_{j>i} φ_j w_{t+1+i−j} + Σ_{j≥i} θ_j ε_{t+1+i−j}.
    var gain = [ARMAJet](repeating: ARMAJet(0), count: r)
    for i in 0..<r {
      var sum = ARMAJet(0)
      for term in phi where term.lag > i { sum = sum - term.value * gamma[term.lag - i - 1] }
      for term in theta where term.lag > i { sum += term.value * psi[term.lag - i - 1] }
      gain[i] = sum
    }
    self.ar = phi.dropFirst().map { ($0.lag, -$0.value) }
    self.variance = gamma[0]
    self.gain = gain
  }

  /// The terms of (1 + a₁B + …)(1 + b₁B^m + …) in the order of lags.
  static func product(
    _ a: [ARMAJet], _ b: [ARMAJet], period: Int
  ) -> [(lag: Int, value: ARMAJet)] {
    var terms: [(lag: Int, value: ARMAJet)] = []
    let first = [ARMAJet(1)] + a
    for (j, y) in ([ARMAJet(1)] + b).enumerated() {
      for (i, x) in first.enumerated() {
        let lag = i + j * period
        if let place = terms.firstIndex(where: { $0.lag == lag }) {
          terms[place].value += x * y
        } else {
          terms.append((lag, x * y))
        }
      }
    }
    return terms.sorted { $0.lag < $1.lag }
  }

  /// ψ₀ … of θ(B)/φ(B).
  private static func impulses(
    _ phi: [(lag: Int, value: ARMAJet)], _ theta: [(lag: Int, value: ARMAJet)], count: Int
  ) -> [ARMAJet] {
    var psi = [ARMAJet](repeating: ARMAJet(0), count: count)
    for term in theta where term.lag < count { psi[term.lag] = term.value }
    for k in 0..<count {
      for term in phi.dropFirst() where term.lag <= k { psi[k] = psi[k] - term.value * psi[k - term.lag] }
    }
    return psi
  }

  /// γ₀ … of 1/φ(B) with unit innovations: φ is stepped down to its partial autocorrelations, then Levinson's recursion runs up.
  private static func autocovariances(
    _ phi: [(lag: Int, value: ARMAJet)], order p: Int, count: Int
  ) -> [ARMAJet]? {
    var gamma = [ARMAJet](repeating: ARMAJet(0), count: count)
    var levels: [[ARMAJet]] = []
    var level = [ARMAJet](repeating: ARMAJet(0), count: p)
    for term in phi.dropFirst() { level[term.lag - 1] = -term.value }
    var variance = ARMAJet(1)
    for order in stride(from: p, to: 0, by: -1) {
      levels.append(level)
      let last = level[order - 1]
      let rest = ARMAJet(1) - last * last
      guard rest.value > 0 else { return nil }
      variance = variance / rest
      var lower = [ARMAJet](repeating: ARMAJet(0), count: order - 1)
      for i in lower.indices { lower[i] = (level[i] + last * level[order - 2 - i]) / rest }
      level = lower
    }
    gamma[0] = variance
    for lag in 1..<max(count, 1) where p > 0 {
      var sum = ARMAJet(0)
      if lag < p {
        // The predictor of order `lag` satisfies its own Yule–Walker equation at this lag.
        let predictor = levels[p - lag]
        for i in predictor.indices { sum += predictor[i] * gamma[lag - 1 - i] }
      } else {
        for term in phi.dropFirst() { sum = sum - term.value * gamma[lag - term.lag] }
      }
      gamma[lag] = sum
    }
    return gamma
  }
}

/// A number with its derivatives in up to eight directions.
struct ARMAJet {
  var value: Double
  var slope: SIMD8<Double>

  @inline(__always)
  init(_ value: Double, _ slope: SIMD8<Double> = .zero) {
    self.value = value
    self.slope = slope
  }

  @inline(__always)
  static func + (a: ARMAJet, b: ARMAJet) -> ARMAJet { ARMAJet(a.value + b.value, a.slope + b.slope) }
  @inline(__always)
  static func - (a: ARMAJet, b: ARMAJet) -> ARMAJet { ARMAJet(a.value - b.value, a.slope - b.slope) }
  @inline(__always)
  static prefix func - (a: ARMAJet) -> ARMAJet { ARMAJet(-a.value, -a.slope) }
  @inline(__always)
  static func * (a: ARMAJet, b: ARMAJet) -> ARMAJet {
    ARMAJet(a.value * b.value, a.value * b.slope + b.value * a.slope)
  }
  @inline(__always)
  static func / (a: ARMAJet, b: ARMAJet) -> ARMAJet {
    let ratio = a.value / b.value
    return ARMAJet(ratio, (a.slope - ratio * b.slope) / b.value)
  }
  @inline(__always)
  static func += (a: inout ARMAJet, b: ARMAJet) { a = a + b }
}
