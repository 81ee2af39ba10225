internal import Forecasting
internal import ForesightNumerics

/// A joint distribution held between two bounds, on which the mass beyond them lies.
struct CensoredDistribution: PredictiveDistribution {
  let base: any PredictiveDistribution
  let bounds: ClosedRange<Double>
  /// What the mass beyond the bounds moves each step's mean by; `nil` where less than 10⁻⁴ lies there, which moves nothing that can
  /// be seen.
  private let shifts: [Double?]

  /// The nodes of the trapezoidal rule in the normal score.
  fileprivate static let scores = (-24...24).map { 0.25 * Double($0) }

  /// Cost: two quantiles of each step, and 49 where mass lies beyond the bounds.
  init(_ base: any PredictiveDistribution, bounds: ClosedRange<Double>) {
    self.base = base
    self.bounds = bounds
    let horizon = base.horizon
    let isCut = zip(base.quantile(1e-4), base.quantile(1 - 1e-4)).map {
      $0 < bounds.lowerBound || $1 > bounds.upperBound
    }
    guard isCut.contains(true) else {
      shifts = [Double?](repeating: nil, count: horizon)
      return
    }
    var sums = [Double](repeating: 0, count: horizon)
    var total = 0.0
    for score in CensoredDistribution.scores {
      let weight = Normal.standard.density(score)
      total += weight
      for (step, x) in base.quantile(Normal.standard.cdf(score)).enumerated() {
        sums[step] += weight * (bounds.clamp(x) - x)
      }
    }
    let all = total
    shifts = zip(isCut, sums).map { $0 ? $1 / all : nil }
  }

  var horizon: Int { base.horizon }

  func marginal(_ step: Int) -> any Distribution {
    CensoredMargin(base: base.marginal(step), bounds: bounds, shift: shifts[step])
  }

  func quantile(_ probability: Double) -> [Double] { base.quantile(probability).map(bounds.clamp) }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    var paths = base.samplePaths(count, seed: seed)
    for path in 0..<count {
      for step in 0..<horizon { paths[step, path] = bounds.clamp(paths[step, path]) }
    }
    return paths
  }

  /// That of the base where no mass that counts lies beyond the bounds.
  func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? {
    guard zip(weights, shifts).allSatisfy({ $0 == 0 || $1 == nil }) else { return nil }
    return try base.linearCombination(weights, constant: constant)
  }
}

/// One step of a censored distribution.
private struct CensoredMargin: Distribution {
  let base: any Distribution
  let bounds: ClosedRange<Double>
  let shift: Double?

  func quantile(_ p: Double) -> Double { bounds.clamp(base.quantile(p)) }
  func cdf(_ x: Double) -> Double {
    x < bounds.lowerBound ? 0 : x >= bounds.upperBound ? 1 : base.cdf(x)
  }
  func density(_ x: Double) -> Double { bounds.contains(x) ? base.density(x) : 0 }
  func logDensity(_ x: Double) -> Double { bounds.contains(x) ? base.logDensity(x) : -.infinity }

  /// The mean of the base, and what the mass beyond the bounds is moved by: ∫ (clamp(Q(p)) − Q(p)) dp.
  var mean: Double { shift.map { bounds.clamp(base.mean + $0) } ?? base.mean }

  var variance: Double {
    guard shift != nil else { return base.variance }
    let center = mean
    var sum = 0.0
    var total = 0.0
    for score in CensoredDistribution.scores {
      let weight = Normal.standard.density(score)
      let apart = quantile(Normal.standard.cdf(score)) - center
      sum += weight * apart * apart
      total += weight
    }
    return sum / total
  }
}

extension ClosedRange<Double> {
  /// The number of the range that is nearest.
  func clamp(_ value: Double) -> Double { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
