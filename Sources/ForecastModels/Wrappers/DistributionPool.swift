internal import Forecasting
internal import ForesightNumerics
internal import Synchronization

/// An equal mixture of joint distributions.
struct DistributionPool: PredictiveDistribution {
  /// At least one distribution, all of one horizon.
  let members: [any PredictiveDistribution]
  private let margins = Margins()

  init(_ members: [any PredictiveDistribution]) { self.members = members }

  var horizon: Int { members[0].horizon }

  /// The mixture of the members' margins; that of sampled margins is sorted at the first question.
  func marginal(_ step: Int) -> any Distribution {
    margins.held.withLock { held in
      if let known = held[step] { return known }
      let margin = mixture(members.map { $0.marginal(step) })
      held[step] = margin
      return margin
    }
  }

  private final class Margins: Sendable {
    let held = Mutex<[Int: any Distribution]>([:])
  }

  /// Path k is path k / m of member k mod m, so that the first paths do not depend on how many are asked for.
  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let share = (count + members.count - 1) / members.count
    var paths = Matrix(rows: horizon, columns: count, repeating: 0)
    for (place, member) in members.enumerated() where place < count {
      let own = member.samplePaths(share, seed: seed &+ UInt64(place))
      for (draw, path) in stride(from: place, to: count, by: members.count).enumerated() {
        for step in 0..<horizon { paths[step, path] = own[step, draw] }
      }
    }
    return paths
  }

  func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? {
    var sums: [any Distribution] = []
    for member in members {
      guard let sum = try member.linearCombination(weights, constant: constant) else { return nil }
      sums.append(sum)
    }
    return mixture(sums)
  }

  private func mixture(_ laws: [any Distribution]) -> any Distribution {
    if let pooled = PooledSamples(laws) { return pooled }
    // Equal weights over at least one law are never refused.
    return (try? Mixture(laws, weights: [Double](repeating: 1, count: laws.count))) ?? laws[0]
  }
}

/// The equal mixture of margins with equally many samples: all samples, with the mean of the margins' own means.
struct PooledSamples: ScoredDistribution {
  let mean: Double
  private let law: Empirical

  /// The pool of sampled margins, `nil` where one is not sampled or has another number of samples.
  init?(_ laws: [any Distribution]) {
    var values: [Double] = []
    var count: Int?
    for law in laws {
      guard let sampled = law as? any SampledMargin else { return nil }
      let sorted = sampled.samples.sorted
      guard count == nil || count == sorted.count else { return nil }
      count = sorted.count
      values += sorted
    }
    guard let law = try? Empirical(values) else { return nil }
    self.law = law
    mean = laws.reduce(0) { $0 + $1.mean } / Double(laws.count)
  }

  var variance: Double { law.variance }
  func density(_ x: Double) -> Double { law.density(x) }
  func logDensity(_ x: Double) -> Double { law.logDensity(x) }
  func cdf(_ x: Double) -> Double { law.cdf(x) }
  func quantile(_ p: Double) -> Double { law.quantile(p) }
  func score(_ observed: Double) -> Double { law.crps(observed) }
}
