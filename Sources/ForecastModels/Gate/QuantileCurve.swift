internal import ForesightNumerics
internal import RealModule

/// A distribution through seven quantiles: smooth and increasing between them, with tails of a power beyond.
///
/// Between the quantiles at 2.5, 10, 25, 50, 75, 90 and 97.5 % the quantile is a monotone cubic in the normal score of the
/// probability (F. N. Fritsch and J. Butland, *SIAM J. Sci. Stat. Comput.* 5 (1984) 300–304, doi:10.1137/0905021). Beyond them excesses
/// have a generalized Pareto distribution of shape 0.1 whose density continues that within.
struct QuantileCurve: Distribution {
  /// The normal scores of the quantiles.
  static let scores = GateNetwork.probabilities.map(SpecialFunctions.normalQuantile)
  private static let outer = 0.025
  private static let shape = 0.1
  /// φ at the outermost score.
  private static let outerDensity = Normal.standard.density(scores[6])
  /// The nodes of the trapezoidal rule in the score, with their weights.
  private static let nodes = (-48...48).map { node -> (score: Double, weight: Double) in
    let score = 0.125 * Double(node)
    return (score, 0.125 * Normal.standard.density(score))
  }

  /// The seven quantiles, in order.
  let knots: [Double]
  /// Their derivatives by the score.
  private let slopes: [Double]

  init(_ knots: [Double]) {
    self.knots = knots
    let z = QuantileCurve.scores
    let secants = (0..<6).map { (i: Int) -> Double in (knots[i + 1] - knots[i]) / (z[i + 1] - z[i]) }
    slopes = (0..<7).map { (i: Int) -> Double in
      guard i > 0 else { return secants[0] }
      guard i < 6 else { return secants[5] }
      let (a, b) = (secants[i - 1], secants[i])
      guard a > 0, b > 0 else { return 0 }
      let (before, after) = (z[i] - z[i - 1], z[i + 1] - z[i])
      let share = (before + 2 * after) / (3 * (before + after))
      return a * b / (share * b + (1 - share) * a)
    }
  }

  /// The quantile at a normal score.
  func value(atScore z: Double) -> Double {
    let s = QuantileCurve.scores
    if z >= s[6] { return knots[6] + excess(tail: Normal.standard.cdf(-z), slope: slopes[6]) }
    if z <= s[0] { return knots[0] - excess(tail: Normal.standard.cdf(z), slope: slopes[0]) }
    let i = segment { s[$0] <= z }
    let width = s[i + 1] - s[i]
    let t = (z - s[i]) / width
    let rise = knots[i + 1] - knots[i]
    let (a, b) = (slopes[i] * width, slopes[i + 1] * width)
    return knots[i] + t * (a + t * (3 * rise - 2 * a - b + t * (a + b - 2 * rise)))
  }

  /// The derivative of the quantile by the score, within the knots.
  private func slope(_ z: Double, in i: Int) -> Double {
    let s = QuantileCurve.scores
    let width = s[i + 1] - s[i]
    let t = (z - s[i]) / width
    let rise = knots[i + 1] - knots[i]
    let (a, b) = (slopes[i] * width, slopes[i + 1] * width)
    return (a + t * (2 * (3 * rise - 2 * a - b) + 3 * t * (a + b - 2 * rise))) / width
  }

  private func segment(_ isBelow: (Int) -> Bool) -> Int {
    var i = 0
    while i < 5, isBelow(i + 1) { i += 1 }
    return i
  }

  /// What a quantile with so much probability beyond it exceeds the outermost knot by.
  private func excess(tail: Double, slope: Double) -> Double {
    let scale = QuantileCurve.outer * slope / QuantileCurve.outerDensity
    return scale / QuantileCurve.shape
      * (Double.pow(max(tail, 1e-300) / QuantileCurve.outer, -QuantileCurve.shape) - 1)
  }

  /// The probability beyond an excess.
  private func tail(_ excess: Double, slope: Double) -> Double {
    let scale = QuantileCurve.outer * slope / QuantileCurve.outerDensity
    guard scale > 0 else { return 0 }
    return QuantileCurve.outer
      * Double.pow(1 + QuantileCurve.shape * excess / scale, -1 / QuantileCurve.shape)
  }

  func quantile(_ p: Double) -> Double { value(atScore: SpecialFunctions.normalQuantile(p)) }

  /// The score of a value within the knots, by bisection.
  private func score(_ x: Double) -> (z: Double, segment: Int) {
    let i = segment { knots[$0] <= x }
    var low = QuantileCurve.scores[i]
    var high = QuantileCurve.scores[i + 1]
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if value(atScore: middle) <= x { low = middle } else { high = middle }
    }
    return (0.5 * (low + high), i)
  }

  func cdf(_ x: Double) -> Double {
    if x >= knots[6] { return 1 - tail(x - knots[6], slope: slopes[6]) }
    if x < knots[0] { return tail(knots[0] - x, slope: slopes[0]) }
    return Normal.standard.cdf(score(x).z)
  }

  func density(_ x: Double) -> Double {
    if x >= knots[6] { return outerDensity(x - knots[6], slope: slopes[6]) }
    if x < knots[0] { return outerDensity(knots[0] - x, slope: slopes[0]) }
    let (z, i) = score(x)
    return Normal.standard.density(z) / slope(z, in: i)
  }

  private func outerDensity(_ excess: Double, slope: Double) -> Double {
    let scale = QuantileCurve.outer * slope / QuantileCurve.outerDensity
    guard scale > 0 else { return 0 }
    return tail(excess, slope: slope) / (scale + QuantileCurve.shape * excess)
  }

  func logDensity(_ x: Double) -> Double { Double.log(density(x)) }

  /// The mean: the median and ∫ (Q(p) − median) dp, by the trapezoidal rule in the score.
  var mean: Double {
    var sum = 0.0
    for node in QuantileCurve.nodes { sum += node.weight * (value(atScore: node.score) - knots[3]) }
    return knots[3] + sum
  }

  var variance: Double {
    let center = mean
    var sum = 0.0
    for node in QuantileCurve.nodes {
      let apart = value(atScore: node.score) - center
      sum += node.weight * apart * apart
    }
    return sum
  }
}
