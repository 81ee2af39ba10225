internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The joint law of coming demands: independent given the probability of a demand and the mean size, which every path has
/// of its own.
///
/// The probability is Beta with the mean and as many observations as a smoothed mean is worth, (2 − β)/β; the mean size is
/// one of 15 equally likely values, normal scores about the smoothed size with the variance of a mean of (2 − α)/α sizes.
/// Margins are exact: a mixture over the mean sizes, and a Beta probability of one period is its mean.
struct HurdlePaths: PredictiveDistribution {
  let horizon: Int
  private let margin: HurdleLaw
  private let laws: [HurdleLaw]
  private let probabilities: [Double]

  private static let meanCount = 15
  private static let probabilityCount = 256

  /// The law of demands with a mean, where a demand is as likely as said unless the sizes leave no such mean.
  init(
    _ horizon: Int, rate: Double, probability: Double, sizes: DemandSizes, alpha: Double, beta: Double,
    demands: Int, periods: Int
  ) {
    self.horizon = horizon
    guard rate > 0, let least = sizes.sizes.first, let most = sizes.sizes.last else {
      margin = HurdleLaw(occurrence: 0, sizes: [], weights: [])
      laws = [margin]
      probabilities = [0]
      return
    }
    let chance = min(max(probability, rate / most), rate / least, 1)
    let size = min(max(rate / chance, least), most)
    let worth = min((2 - alpha) / alpha, Double(demands))
    let plain = HurdleLaw(occurrence: chance, sizes: sizes.sizes, weights: sizes.weights(mean: size))
    let above = zip(plain.sizes, plain.weights).reduce(0) { $0 + $1.1 * ($1.0 - size) * ($1.0 - size) }
    let spread = (above / worth).squareRoot()
    let reach = min(size - least, most - size)
    let laws =
      spread > 0 && reach > 0
      ? (0..<HurdlePaths.meanCount).map { k in
        let score = Normal.standard.quantile((Double(k) + 0.5) / Double(HurdlePaths.meanCount))
        // Symmetric about the size, so that the mixture keeps its mean.
        let moved = size + max(-reach, min(reach, score * spread))
        return HurdleLaw(occurrence: chance, sizes: sizes.sizes, weights: sizes.weights(mean: moved))
      } : [plain]
    let mixed = sizes.sizes.indices.map { place in
      laws.reduce(0) { $0 + $1.weights[place] } / Double(laws.count)
    }
    self.laws = laws
    margin = HurdleLaw(occurrence: chance, sizes: sizes.sizes, weights: mixed)
    let seen = min((2 - beta) / beta, Double(periods))
    if chance > 0, chance < 1, let law = try? Beta(alpha: chance * seen, beta: (1 - chance) * seen) {
      let count = HurdlePaths.probabilityCount
      let raw = (0..<count).map { law.quantile((Double($0) + 0.5) / Double(count)) }
      // Middles of equal shares have nearly the mean; the paths are to have it exactly.
      let factor = chance / (raw.reduce(0, +) / Double(count))
      probabilities = raw.map { min($0 * factor, 1) }
    } else {
      probabilities = [chance]
    }
  }

  func marginal(_ step: Int) -> any Distribution { margin }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let stream = RandomStream(seed: seed, name: "intermittent")
    var paths = Matrix(rows: horizon, columns: count, repeating: 0)
    let width = 2 + 2 * horizon
    for path in 0..<count {
      let draws = stream.uniforms((path * width)..<((path + 1) * width))
      let law = laws[min(Int(draws[0] * Double(laws.count)), laws.count - 1)]
      let chance = probabilities[min(Int(draws[1] * Double(probabilities.count)), probabilities.count - 1)]
      for step in 0..<horizon where draws[2 + 2 * step] < chance {
        paths[step, path] = law.size(at: draws[3 + 2 * step]) ?? 0
      }
    }
    return paths
  }
}
