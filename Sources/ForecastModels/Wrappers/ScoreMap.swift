internal import ForesightNumerics
internal import RealModule

/// Φ⁻¹(p), kept within ±8: beyond, 1 − p is below the spacing of numbers near 1.
func normalScore(_ p: Double) -> Double {
  let smallest = 6.3e-16
  return SpecialFunctions.normalQuantile(min(1 - smallest, max(smallest, p)))
}

/// A monotone, piecewise linear map T of the standard normal line: z to the score whose rank is Φ(z).
///
/// T(zᵢ) = wᵢ at the knots, linear between them; beyond the outer knots the slope is the scores' root mean square, the
/// deviation of a normal law of the same size, so that a far quantile is as far out as the scores are wide.
struct ScoreMap: Sendable, Codable, Equatable {
  /// Ascending places on the standard normal line.
  let knots: [Double]
  /// The ascending scores there.
  let scores: [Double]
  /// The slope beyond the outer knots.
  let slope: Double

  /// A map by its knots.
  init(knots: [Double], scores: [Double], slope: Double) {
    self.knots = knots
    self.scores = scores
    self.slope = slope
  }

  /// The map of scores in time order.
  init(_ scores: [Double], method: ConformalMethod) {
    let count = Double(scores.count)
    switch method {
    case .split:
      // The i-th of k exchangeable scores bounds the next with probability i/(k + 1).
      knots = scores.indices.map { normalScore(Double($0 + 1) / (count + 1)) }
      self.scores = scores.sorted()
    case .adaptive(let rate):
      let probabilities = (1...39).map { Double($0) / 40 }
      knots = probabilities.map { normalScore($0) }
      self.scores = probabilities.map { probability in
        normalScore(
          scores.reduce(probability) {
            ScoreMap.followed($0, step: probability, rate: rate, score: $1)
          })
      }.sorted()
    }
    slope = max(1e-3, (scores.reduce(0) { $0 + $1 * $1 } / count).squareRoot())
  }

  /// Whether knots and scores are normal scores that ascend and belong together.
  var isSound: Bool {
    !knots.isEmpty && knots.count == scores.count && slope > 0 && slope <= 10
      && (knots + scores).allSatisfy { abs($0) <= 10 }
      && zip(knots, knots.dropFirst()).allSatisfy { $0 < $1 }
      && zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// The probability that follows its misses, one score on: q + γ(p − 1[Φ(w) ≤ q]).
  static func followed(_ held: Double, step probability: Double, rate: Double, score: Double) -> Double {
    held + rate * (probability - (SpecialFunctions.normalCDF(score) <= held ? 1 : 0))
  }

  /// T(z), within ±8.
  func callAsFunction(_ z: Double) -> Double {
    min(8, max(-8, interpolate(z, from: knots, to: scores, slope: slope)))
  }

  /// The largest z with T(z) ≤ w.
  func inverse(_ w: Double) -> Double { interpolate(w, from: scores, to: knots, slope: 1 / slope) }

  private func interpolate(_ x: Double, from: [Double], to: [Double], slope: Double) -> Double {
    let last = from.count - 1
    if x < from[0] { return to[0] + slope * (x - from[0]) }
    if x >= from[last] { return to[last] + slope * (x - from[last]) }
    var low = 0
    var high = last
    while high - low > 1 {
      let middle = (low + high) / 2
      if from[middle] <= x { low = middle } else { high = middle }
    }
    return to[low] + (to[high] - to[low]) * ((x - from[low]) / (from[high] - from[low]))
  }

  /// dT/dz at z.
  func derivative(_ z: Double) -> Double {
    guard let high = knots.firstIndex(where: { $0 > z }), high > 0 else { return slope }
    return (scores[high] - scores[high - 1]) / (knots[high] - knots[high - 1])
  }
}
