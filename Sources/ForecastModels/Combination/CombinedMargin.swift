internal import ForesightNumerics
internal import RealModule

/// One step of a combination: the law whose quantile is the weighted mean of the members' quantiles.
struct CombinedMargin: Distribution {
  let margins: [any Distribution]
  /// Positive, of sum 1.
  let weights: [Double]

  var mean: Double { zip(weights, margins).reduce(0) { $0 + $1.0 * $1.1.mean } }

  func quantile(_ p: Double) -> Double {
    zip(weights, margins).reduce(0) { $0 + $1.0 * $1.1.quantile(p) }
  }

  /// ∫(Q(p) − μ)² dp by the trapezoidal rule in the normal score of p.
  var variance: Double {
    if margins.count == 1 { return margins[0].variance }
    guard margins.allSatisfy({ $0.variance.isFinite }) else { return .infinity }
    let centre = mean
    let step = 0.125
    var sum = 0.0
    for node in -64...64 {
      let score = step * Double(node)
      let apart = quantile(Normal.standard.cdf(score)) - centre
      sum += Normal.standard.density(score) * apart * apart
    }
    return step * sum
  }

  /// The probability p at which Σwᵢ Qᵢ(p) reaches x: it lies between the members' own.
  func cdf(_ x: Double) -> Double {
    let own = margins.map { $0.cdf(x) }
    guard var low = own.min(), var high = own.max() else { return .nan }
    while high - low > 1e-14 * high {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { break }
      if quantile(middle) <= x { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// 1/Q′(p) = 1/Σ wᵢ/fᵢ(Qᵢ(p)).
  func density(_ x: Double) -> Double {
    let p = cdf(x)
    guard p > 0, p < 1 else { return 0 }
    let slope = zip(weights, margins).reduce(0) { $0 + $1.0 / $1.1.density($1.1.quantile(p)) }
    return 1 / slope
  }

  func logDensity(_ x: Double) -> Double { Double.log(density(x)) }
}
