internal import Forecasting
internal import RealModule

/// A random walk x_t = x_{t−1} + δ + e_t seen through means over spans: the exact law of their differences.
///
/// The mean over a span of c periods weights its innovations by (c − j)/c, j = 1 … c − 1. Consecutive differences
/// d_k = m_{k+1} − m_k share the innovations of one span only, so their covariance is tridiagonal:
/// Var d_k/σ² = A_c + gap + A_c′ with A_c = (c − 1)(2c − 1)/(6c) and gap the periods from the span's end to the next
/// one's first, and Cov(d_k, d_{k+1})/σ² = (c² − 1)/(6c) for the span between them. On single periods this is d_k
/// independent with variance σ². Everything costs time linear in the number of observations.
struct RandomWalkDifferences {
  /// The place in the series of each observed figure.
  let index: [Int]
  /// Per-period means of the observed figures.
  let means: [Double]
  /// d_k.
  let differences: [Double]
  /// The time between the middles of the two spans.
  let distances: [Double]
  /// A_c of the last span.
  let lastSpread: Double
  /// (c² − 1)/(6c) of the last span: the covariance with the last difference of what follows.
  let lastShare: Double
  /// The periods from the end of the last observed span to the end of the series.
  let trailing: Double
  /// The distance from the middle of the last observed span to the end of the series.
  let reach: Double
  /// The pivots of the LDLᵀ factorisation of the covariance: innovation variances of the differences.
  let pivots: [Double]
  private let multipliers: [Double]

  init(_ series: TimeSeries, model: String, needed: Int) throws(ForecastError) {
    var index: [Int] = []
    var means: [Double] = []
    var first: [Double] = []
    var count: [Double] = []
    for (i, observation) in series.observations.enumerated() {
      guard let value = observation.value else { continue }
      let offset = Double(series.start.distance(to: observation.span.first))
      let periods = Double(observation.span.count)
      index.append(i)
      means.append(series.rule == .sum ? value / periods : value)
      first.append(series.rule == .last ? offset + periods - 1 : offset)
      count.append(series.rule == .last ? 1 : periods)
    }
    let n = means.count
    guard n >= needed else {
      throw .tooFewObservations(model: model, series: series.name, needed: needed, found: n)
    }
    let spread = count.map { ($0 - 1) * (2 * $0 - 1) / (6 * $0) }
    let share = count.map { ($0 * $0 - 1) / (6 * $0) }
    let end = (0..<n).map { first[$0] + count[$0] - 1 }
    let middle = (0..<n).map { (first[$0] + end[$0]) / 2 }
    self.index = index
    self.means = means
    differences = (1..<n).map { means[$0] - means[$0 - 1] }
    distances = (1..<n).map { middle[$0] - middle[$0 - 1] }
    let last = Double(series.periodCount - 1)
    lastSpread = spread[n - 1]
    lastShare = share[n - 1]
    trailing = last - end[n - 1]
    reach = last - middle[n - 1]
    var pivots: [Double] = []
    var multipliers: [Double] = []
    for k in 1..<n {
      let variance = spread[k - 1] + (first[k] - end[k - 1]) + spread[k]
      if let previous = pivots.last {
        let multiplier = share[k - 1] / previous
        multipliers.append(multiplier)
        pivots.append(variance - multiplier * share[k - 1])
      } else {
        pivots.append(variance)
      }
    }
    self.pivots = pivots
    self.multipliers = multipliers
  }

  /// The number of differences.
  var size: Int { differences.count }

  /// L⁻¹v: the innovations of a vector, each given the entries before it.
  func innovations(_ vector: [Double]) -> [Double] {
    var result = vector
    for k in 1..<max(1, size) { result[k] -= multipliers[k - 1] * result[k - 1] }
    return result
  }

  /// uᵀΩ⁻¹v.
  func product(_ u: [Double], _ v: [Double]) -> Double {
    let a = innovations(u)
    let b = innovations(v)
    var sum = 0.0
    for k in 0..<size { sum += a[k] * b[k] / pivots[k] }
    return sum
  }

  /// kᵀΩ⁻¹v for k = (0, …, 0, share of the last span): what the differences say of the last span's innovations.
  func lastSpanShare(_ vector: [Double]) -> Double {
    lastShare * innovations(vector)[size - 1] / pivots[size - 1]
  }
}
