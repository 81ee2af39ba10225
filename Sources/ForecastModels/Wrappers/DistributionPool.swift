internal import Forecasting
internal import ForesightNumerics

/// An equal mixture of joint distributions.
struct DistributionPool: PredictiveDistribution {
  /// At least one distribution, all of one horizon.
  let members: [any PredictiveDistribution]

  init(_ members: [any PredictiveDistribution]) { self.members = members }

  var horizon: Int { members[0].horizon }

  func marginal(_ step: Int) -> any Distribution { mixture(members.map { $0.marginal(step) }) }

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
    // Equal weights over at least one law are never refused.
    (try? Mixture(laws, weights: [Double](repeating: 1, count: laws.count))) ?? laws[0]
  }
}
