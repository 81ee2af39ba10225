/// A mixture of distributions, each with its probability.
public struct Mixture: Distribution {
  /// The components of positive weight.
  public let components: [any Distribution]
  /// The probabilities of the components, which sum to 1.
  public let weights: [Double]

  /// Creates a mixture with weights that are not negative and not all zero; they need not sum to 1.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.tooFewObservations` for no component, `.invalidParameter` for a
  ///   weight that is negative or not finite, or weights that are all zero.
  public init(_ components: [any Distribution], weights: [Double]) throws(NumericsError) {
    guard components.count == weights.count else {
      throw .dimensionMismatch(expected: components.count, found: weights.count)
    }
    guard !components.isEmpty else { throw .tooFewObservations(needed: 1, found: 0) }
    for weight in weights where !(weight >= 0 && weight.isFinite) {
      throw .invalidParameter(name: "weight", value: weight)
    }
    let total = weights.reduce(0, +)
    guard total > 0, total.isFinite else { throw .invalidParameter(name: "weight", value: total) }
    let kept = weights.indices.filter { weights[$0] > 0 }
    self.components = kept.map { components[$0] }
    self.weights = kept.map { weights[$0] / total }
  }

  /// Σ wμ.
  public var mean: Double { sum { $0.mean } }
  /// Σ w(σ² + (μ − mean)²); infinite if the mean is.
  public var variance: Double {
    let centre = mean
    guard centre.isFinite else { return components.count == 1 ? components[0].variance : .infinity }
    return sum { $0.variance + ($0.mean - centre) * ($0.mean - centre) }
  }
  /// The weighted sum of densities.
  public func density(_ x: Double) -> Double { sum { $0.density(x) } }
  /// The logarithm of the density at x.
  public func logDensity(_ x: Double) -> Double {
    let logs = zip(weights, components).map { logarithm($0) + $1.logDensity(x) }
    let largest = logs.reduce(-.infinity, max)
    guard largest.isFinite else { return largest }
    return largest + logarithm(logs.reduce(0) { $0 + exponential($1 - largest) })
  }
  /// The weighted sum of cdfs.
  public func cdf(_ x: Double) -> Double { sum { $0.cdf(x) } }
  /// The smallest double whose cdf is at least p, including at atoms.
  ///
  /// The Illinois form of false position (Dowell and Jarratt, *BIT* 11 (1971) 168–174) between the components' own
  /// quantiles; every third step and the last ones bisect the doubles in between. Cost: about twenty evaluations of a
  /// smooth cdf, at most 192.
  public func quantile(_ p: Double) -> Double {
    guard isProbability(p) else { return .nan }
    let own = components.map { $0.quantile(p) }
    let lowest = own.reduce(.infinity, min)
    let highest = own.reduce(-.infinity, max)
    // The ends of the support, and a p at which all components agree.
    if p == 0 || lowest == highest { return lowest }
    let below = cdf(lowest) - p
    if below >= 0 { return lowest }
    if p == 1 { return highest }
    var low = (rank: Mixture.rank(lowest), weight: below)
    var high = (rank: Mixture.rank(highest), weight: max(cdf(highest) - p, 0))
    var step = 0
    var movedLow: Bool?
    while high.rank > low.rank + 1 {
      step += 1
      var middle = (low.rank >> 1) + (high.rank >> 1) + (low.rank & high.rank & 1)
      if !step.isMultiple(of: 3), middle - low.rank > 512 {
        let start = Mixture.number(low.rank)
        let share = low.weight / (low.weight - high.weight)
        let chord = start + (Mixture.number(high.rank) - start) * share
        if chord.isFinite { middle = min(max(Mixture.rank(chord), low.rank + 1), high.rank - 1) }
      }
      let gap = cdf(Mixture.number(middle)) - p
      let isLow = gap < 0
      if isLow {
        low = (middle, gap)
        if movedLow == true { high.weight /= 2 }
      } else {
        high = (middle, gap)
        if movedLow == false { low.weight /= 2 }
      }
      movedLow = isLow
    }
    return Mixture.number(high.rank)
  }

  private func sum(_ term: (any Distribution) -> Double) -> Double {
    zip(weights, components).reduce(0) { $0 + $1.0 * term($1.1) }
  }

  /// The rank of a double among all doubles in ascending order, 0 for zero.
  private static func rank(_ x: Double) -> Int {
    let magnitude = Int(x.magnitude.bitPattern)
    return x < 0 ? -magnitude : magnitude
  }

  private static func number(_ rank: Int) -> Double {
    let magnitude = Double(bitPattern: UInt64(rank.magnitude))
    return rank < 0 ? -magnitude : magnitude
  }
}
