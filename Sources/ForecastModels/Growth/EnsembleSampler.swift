internal import ForesightNumerics
internal import RealModule

/// Chains that move to a posterior by stretching towards one another: affine-invariant, so that a curved or narrow ridge
/// needs no tuning.
///
/// Each half of the chains in turn proposes ξ' = ξ_j + z (ξ_i − ξ_j) with j of the other half and z of density ∝ 1/√z on
/// [1/2, 2], accepted with min(1, z^(d−1) π(ξ')/π(ξ)) (Goodman and Weare, Comm. App. Math. Comp. Sci. 5 (2010) 65–80).
struct EnsembleSampler {
  /// The chains' places, an even number of them, each of finite density.
  var places: [[Double]]
  /// log π at each.
  var logDensities: [Double]

  /// Moves every chain `sweeps` times; the moves come from a fixed stream.
  mutating func run(sweeps: Int, logDensity: ([Double]) -> Double) {
    let half = places.count / 2
    guard half > 0, let size = places.first?.count else { return }
    let stream = RandomStream(seed: 1, name: "growth.ensemble")
    for sweep in 0..<sweeps {
      for side in 0..<2 {
        for i in 0..<half {
          let chain = side * half + i
          let draw = (sweep * 2 * half + chain) * 3
          let partner = (1 - side) * half + min(half - 1, Int(stream.uniform(draw) * Double(half)))
          let root = 1 + stream.uniform(draw + 1)
          let stretch = root * root / 2
          var proposal = places[partner]
          for j in 0..<size { proposal[j] += stretch * (places[chain][j] - places[partner][j]) }
          let density = logDensity(proposal)
          let gain = Double(size - 1) * Double.log(stretch) + density - logDensities[chain]
          if Double.log(stream.uniform(draw + 2)) < gain {
            places[chain] = proposal
            logDensities[chain] = density
          }
        }
      }
    }
  }
}
