internal import ForesightNumerics
internal import RealModule

/// Zero with probability 1 − π, else one of some sizes, each with its weight.
struct HurdleLaw: Distribution, Hashable {
  /// The probability of a demand.
  let occurrence: Double
  /// The sizes in ascending order.
  let sizes: [Double]
  /// Their weights, which sum to 1.
  let weights: [Double]
  /// The sums of the weights up to each size.
  private let cumulative: [Double]

  init(occurrence: Double, sizes: [Double], weights: [Double]) {
    self.occurrence = occurrence
    self.sizes = sizes
    self.weights = weights
    var sum = 0.0
    cumulative = weights.map { weight in
      sum += weight
      return sum
    }
  }

  var mean: Double { occurrence * zip(sizes, weights).reduce(0) { $0 + $1.0 * $1.1 } }

  var variance: Double {
    let centre = mean
    let above = zip(sizes, weights).reduce(0) { $0 + $1.1 * ($1.0 - centre) * ($1.0 - centre) }
    return occurrence * above + (1 - occurrence) * centre * centre
  }

  func cdf(_ x: Double) -> Double {
    guard x >= 0 else { return 0 }
    guard let place = sizes.lastIndex(where: { $0 <= x }) else { return 1 - occurrence }
    if place == sizes.count - 1 { return 1 }
    return min(1 - occurrence + occurrence * cumulative[place], 1)
  }

  func quantile(_ p: Double) -> Double {
    guard p > 1 - occurrence, let last = sizes.last else { return 0 }
    return size(at: (p - (1 - occurrence)) / occurrence) ?? last
  }

  /// The size of a share of the demands, by halving.
  func size(at share: Double) -> Double? {
    var (low, high) = (0, cumulative.count)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < share { low = middle + 1 } else { high = middle }
    }
    return low < sizes.count ? sizes[low] : sizes.last
  }

  /// Infinite at zero and at each size, which have mass, and zero elsewhere.
  func density(_ x: Double) -> Double { mass(x) > 0 ? .infinity : 0 }

  /// The logarithm of the mass, which a score of discrete outcomes asks.
  func logDensity(_ x: Double) -> Double { .log(mass(x)) }

  private func mass(_ x: Double) -> Double {
    if x == 0 { return 1 - occurrence }
    return zip(sizes, weights).reduce(0) { $0 + ($1.0 == x ? occurrence * $1.1 : 0) }
  }
}

/// The sizes of past demands as a law that can be given another mean.
struct DemandSizes: Sendable, Hashable, Codable {
  /// The distinct sizes in ascending order.
  let sizes: [Double]
  /// How often each was seen.
  let counts: [Double]

  /// The most demands that are kept: the last ones.
  static let most = 500

  /// The last demands in the order that they came.
  private let recent: [Double]

  /// The last demands.
  init(_ demands: some Sequence<Double>) {
    recent = Array(demands.suffix(DemandSizes.most))
    var counts: [Double: Double] = [:]
    for size in recent { counts[size, default: 0] += 1 }
    sizes = counts.keys.sorted()
    self.counts = sizes.map { counts[$0] ?? 0 }
  }

  /// The sizes with later demands, the oldest left out where there are too many.
  func adding(_ demands: [Double]) -> DemandSizes { DemandSizes(recent + demands) }

  init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([Double].self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(recent)
  }

  /// Whether every size is one.
  var isSound: Bool { sizes.allSatisfy { $0 > 0 && $0.isFinite } }

  /// Weights wᵢ ∝ nᵢ exp(θ xᵢ) whose mean is asked: the law of that mean that is nearest to the counts in relative entropy.
  ///
  /// A mean outside the sizes gives the nearest of them. Cost: Newton's steps within a bracket, O(sizes) each.
  func weights(mean target: Double) -> [Double] {
    guard let low = sizes.first, let high = sizes.last, high > low else { return sizes.map { _ in 1 } }
    let goal = (target - low) / (high - low)
    guard goal > 1e-9, goal < 1 - 1e-9 else {
      return sizes.indices.map { $0 == (goal < 0.5 ? 0 : sizes.count - 1) ? 1 : 0 }
    }
    let scaled = sizes.map { ($0 - low) / (high - low) }
    var bracket = (low: -1e6, high: 1e6)
    var theta = 0.0
    for _ in 0..<200 {
      let found = tilted(scaled, theta)
      let gap = found.mean - goal
      if abs(gap) < 1e-13 { break }
      if gap > 0 { bracket.high = theta } else { bracket.low = theta }
      let step = found.variance > 0 ? theta - gap / found.variance : .infinity
      let next = step > bracket.low && step < bracket.high ? step : 0.5 * (bracket.low + bracket.high)
      if next == theta { break }
      theta = next
    }
    return tilted(scaled, theta).weights
  }

  private func tilted(_ x: [Double], _ theta: Double) -> (weights: [Double], mean: Double, variance: Double) {
    // The largest exponent is taken out, so that nothing overflows.
    let top = theta > 0 ? theta : 0
    var weights = zip(x, counts).map { $1 * Double.exp(theta * $0 - top) }
    let sum = weights.reduce(0, +)
    for place in weights.indices { weights[place] /= sum }
    let mean = zip(x, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(x, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    return (weights, mean, variance)
  }
}
