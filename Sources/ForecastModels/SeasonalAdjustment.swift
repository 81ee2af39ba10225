internal import RealModule

/// The seasonal adjustment of a series by the indices of a classical decomposition, or none.
struct SeasonalAdjustment: Sendable, Hashable, Codable {
  /// Whether indices multiply; otherwise they add.
  let isMultiplicative: Bool
  /// One index per position of the cycle, from the first fitted period on; empty without a season.
  let indices: [Double]
  /// The standard error of each index, from its scatter over the cycles.
  let errors: [Double]

  /// How many times the share of noise in their variance seasonal indices are shrunk.
  ///
  /// Tuned, with `band`, on rolling origins inside the training parts of the M3 series.
  static let shrinkage = 1.5
  /// How many standard errors the autocorrelation at the seasonal lag must exceed for a season to be taken out.
  static let band = 1.0

  /// The share of noise in the variance of the indices below which a season is there whatever the autocorrelation says.
  static let sure = 0.1

  /// No season.
  static let none = SeasonalAdjustment(isMultiplicative: false, indices: [], errors: [])

  /// The index of a period, counted from the first fitted period.
  func index(_ time: Int) -> Double {
    indices.isEmpty ? (isMultiplicative ? 1 : 0) : indices[time % indices.count]
  }

  /// A value with the seasonal component removed.
  func adjusted(_ value: Double, at time: Int) -> Double {
    isMultiplicative ? value / index(time) : value - index(time)
  }

  /// An adjusted value with the seasonal component restored.
  func seasonal(_ value: Double, at time: Int) -> Double {
    isMultiplicative ? value * index(time) : value + index(time)
  }
}

/// The test for a season and the classical decomposition of values, with NaN for missing ones.
struct ClassicalDecomposition {
  let values: [Double]
  let period: Int
  /// The values with missing ones interpolated.
  private let filled: [Double]

  init(values: [Double], period: Int) {
    self.values = values
    self.period = period
    filled = ClassicalDecomposition.filled(values, period: period)
  }

  /// Missing values interpolated between the adjusted neighbors, with the seasonal component restored.
  ///
  /// The season is measured in two rounds against averages of the values filled in before. Its indices are shrunk for noise, so that
  /// filling in does not create a season.
  private static func filled(_ values: [Double], period: Int) -> [Double] {
    guard values.contains(where: \.isNaN) else { return values }
    var result = interpolated(values)
    guard period > 1, values.count > 2 * period else { return result }
    for _ in 0..<2 {
      let indices = figures(values, against: result, period: period, isMultiplicative: false)?
        .indices(isMultiplicative: false, shrinkage: 1.5)
      guard let indices else { return result }
      let season = values.indices.map { indices[$0 % period] }
      result = zip(interpolated(zip(values, season).map { $0 - $1 }), season).map { $0 + $1 }
    }
    return result
  }

  /// Missing values interpolated linearly, and constant beyond the first and the last value.
  private static func interpolated(_ values: [Double]) -> [Double] {
    let seen = values.indices.filter { !values[$0].isNaN }
    guard let first = seen.first, let last = seen.last else { return values }
    var result = values
    for t in values.indices where t < first || t > last { result[t] = values[t < first ? first : last] }
    for (a, b) in zip(seen, seen.dropFirst()) where b > a + 1 {
      for t in (a + 1)..<b {
        result[t] = values[a] + (values[b] - values[a]) * (Double(t - a) / Double(b - a))
      }
    }
    return result
  }

  /// Whether the autocorrelation at the seasonal lag exceeds z of its standard errors, by Bartlett's formula, or the indices of the
  /// classical decomposition stand far out of the noise, as they do in a trend that hides the autocorrelation.
  ///
  /// |r_m| > z √((1 + 2Σ_{k<m} r_k²)/n) for n observed values, with missing ones interpolated. Cost: O(nm).
  func hasSeason(beyond z: Double) -> Bool {
    var count = 0.0
    var sum = 0.0
    for y in values where !y.isNaN {
      sum += y
      count += 1
    }
    guard period > 1, values.count > 2 * period, count > Double(2 * period) else { return false }
    if isPlain { return true }
    let mean = count == Double(values.count) ? sum / count : filled.reduce(0, +) / Double(values.count)
    let centred = filled.map { $0 - mean }
    let total = product(centred, lag: 0)
    guard total > 0 else { return false }
    var spread = 1.0
    for lag in 1..<period {
      let r = product(centred, lag: lag) / total
      spread += 2 * r * r
    }
    return abs(product(centred, lag: period) / total) > z * (spread / count).squareRoot()
  }

  /// Whether the share of noise in the variance of the indices is below a tenth.
  private var isPlain: Bool {
    guard
      let figures = ClassicalDecomposition.figures(
        values, against: filled, period: period, isMultiplicative: false)
    else { return false }
    return figures.noiseShare < SeasonalAdjustment.sure
  }

  /// The share of the variation around the centered moving average that the other cycles predict.
  ///
  /// 1 − Σ(x − x̄₋)²/Σx², with x̄₋ the mean of x at the same position of the other cycles: negative without a season,
  /// however slow the swings; `nil` below three cycles. Cost: O(n).
  var predictableShare: Double? {
    guard period > 1, values.count >= 3 * period + period % 2 else { return nil }
    let half = period / 2
    let ends = period.isMultiple(of: 2) ? 0.5 : 1.0
    var inner = filled[1..<(2 * half)].reduce(0, +)
    var figures = SeasonalFigures(period: period)
    for t in half..<(filled.count - half) {
      let average = (inner + ends * (filled[t - half] + filled[t + half])) / Double(period)
      figures.add(filled[t] - average, at: t % period)
      inner += filled[t + half] - filled[t - half + 1]
    }
    return figures.predictableShare
  }

  private func product(_ x: [Double], lag: Int) -> Double {
    var sum = 0.0
    for t in lag..<x.count { sum += x[t] * x[t - lag] }
    return sum
  }

  /// The indices: normalized means over the cycles of values against their centered moving average.
  ///
  /// The indices are shrunk by `shrinkage` times the share of noise in their variance (D. M. Miller and D. Williams,
  /// *Int. J. Forecasting* 19 (2003) 669–684, doi:10.1016/S0169-2070(02)00077-8). Cost: O(nm).
  ///
  /// - Returns: `nil` if half the positions of the cycle or more are never observed inside a whole cycle, or if an index is too small
  ///   to divide by.
  func season(isMultiplicative: Bool, shrinkage: Double) -> SeasonalAdjustment? {
    let figures = ClassicalDecomposition.figures(
      values, against: filled, period: period, isMultiplicative: isMultiplicative)
    guard let figures else { return nil }
    let indices = figures.indices(isMultiplicative: isMultiplicative, shrinkage: shrinkage)
    guard indices.allSatisfy({ isMultiplicative ? $0 > 0.01 : $0.isFinite }) else { return nil }
    let still = isMultiplicative ? 1.0 : 0.0
    let seen = figures.seen
    // An index that is never observed is as uncertain as the season is large.
    let size =
      (seen.reduce(0) { $0 + (indices[$1] - still) * (indices[$1] - still) } / Double(seen.count))
      .squareRoot()
    return SeasonalAdjustment(
      isMultiplicative: isMultiplicative, indices: indices,
      errors: figures.counts.map { $0 > 0 ? figures.spread / $0.squareRoot() : size })
  }

  /// The season of the kind that fits the values better.
  ///
  /// A kind is judged by its Gaussian likelihood around the centered moving average, with constant or with proportional noise.
  ///
  /// - Parameters:
  ///   - shrinkage: As in `season(isMultiplicative:shrinkage:)`.
  ///   - mayMultiply: Whether all values are positive.
  func season(shrinkage: Double, mayMultiply: Bool) -> SeasonalAdjustment? {
    let additive = season(isMultiplicative: false, shrinkage: shrinkage)
    guard mayMultiply, let multiplicative = season(isMultiplicative: true, shrinkage: shrinkage) else {
      return additive
    }
    guard let additive else { return multiplicative }
    let averages = ClassicalDecomposition.averages(filled, period: period)
    return likelihood(additive, averages) > likelihood(multiplicative, averages) ? additive : multiplicative
  }

  /// The log-likelihood of values around their moving averages and a season, without its constants.
  private func likelihood(_ season: SeasonalAdjustment, _ averages: [Double]) -> Double {
    let half = period / 2
    var constant = 0.0
    var proportional = 0.0
    var logs = 0.0
    var count = 0.0
    for (k, average) in averages.enumerated() where !values[half + k].isNaN && average > 0 {
      let residual = values[half + k] - season.seasonal(average, at: half + k)
      constant += residual * residual
      proportional += residual * residual / (average * average)
      logs += Double.log(average)
      count += 1
    }
    let floor = Double.leastNormalMagnitude
    return max(
      -0.5 * count * Double.log(max(constant, floor)),
      -0.5 * count * Double.log(max(proportional, floor)) - logs)
  }

  /// The centered moving averages over a cycle, from the first period that has a whole one.
  private static func averages(_ filled: [Double], period: Int) -> [Double] {
    let half = period / 2
    let isEven = period.isMultiple(of: 2)
    return (half..<max(filled.count - half, half)).map { t in
      var average = 0.0
      for k in (t - half)...(t + half) {
        average += (isEven && (k == t - half || k == t + half) ? 0.5 : 1) * filled[k]
      }
      return average / Double(period)
    }
  }

  /// The values against their centered moving average, by position in the cycle; `nil` if half of them or more are never observed.
  private static func figures(
    _ values: [Double], against filled: [Double], period: Int, isMultiplicative: Bool
  ) -> SeasonalFigures? {
    let half = period / 2
    var figures = SeasonalFigures(period: period)
    for (k, average) in averages(filled, period: period).enumerated() where !values[half + k].isNaN {
      let t = half + k
      figures.add(isMultiplicative ? values[t] / average : values[t] - average, at: t % period)
    }
    return figures.seen.count > period / 2 ? figures : nil
  }
}

/// Sums, sums of squares and counts for each position in a cycle.
private struct SeasonalFigures {
  var sums: [Double]
  var squares: [Double]
  var counts: [Double]

  init(period: Int) {
    sums = [Double](repeating: 0, count: period)
    squares = sums
    counts = sums
  }

  mutating func add(_ figure: Double, at place: Int) {
    sums[place] += figure
    squares[place] += figure * figure
    counts[place] += 1
  }

  /// The positions that are observed.
  var seen: [Int] { counts.indices.filter { counts[$0] > 0 } }

  /// The standard deviation around the mean of the position.
  var spread: Double {
    var scatter = 0.0
    var freedom = 0.0
    for k in seen {
      let mean = sums[k] / counts[k]
      scatter += max(squares[k] - counts[k] * mean * mean, 0)
      freedom += counts[k] - 1
    }
    return freedom > 0 ? (scatter / freedom).squareRoot() : 0
  }

  /// The variance of the mean of a position over that of the means between positions.
  var noiseShare: Double {
    let seen = seen
    let places = Double(seen.count)
    let means = seen.map { sums[$0] / counts[$0] }
    let middle = means.reduce(0, +) / places
    let between = means.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / (places - 1)
    let spread = spread
    let noise = seen.reduce(0) { $0 + spread * spread / counts[$1] } / places
    // Without a second cycle nothing tells noise from season.
    guard counts.reduce(0, +) > places, between > 0 else { return 1 }
    return noise / between
  }

  /// The share of the squares that the mean of the other cycles at the same position predicts.
  var predictableShare: Double {
    var errors = 0.0
    for k in seen {
      let mean = sums[k] / counts[k]
      // The distance to the mean of the others is c/(c − 1) times that to the mean of all.
      let factor = counts[k] / (counts[k] - 1)
      errors += factor * factor * max(squares[k] - counts[k] * mean * mean, 0)
    }
    let total = squares.reduce(0, +)
    return total > 0 ? 1 - errors / total : 0
  }

  /// The normalized means, shrunk toward no season; without a season for positions that are never observed.
  func indices(isMultiplicative: Bool, shrinkage: Double) -> [Double] {
    let seen = seen
    let places = Double(seen.count)
    let mean = seen.reduce(0) { $0 + sums[$1] / counts[$1] } / places
    let still = isMultiplicative ? 1.0 : 0.0
    let indices = sums.indices.map { k in
      let index = counts[k] > 0 ? sums[k] / counts[k] : mean
      return isMultiplicative ? index / mean : index - mean
    }
    let spread = spread
    let noise = seen.reduce(0) { $0 + spread * spread / counts[$1] } / places
    let total = indices.reduce(0) { $0 + ($1 - still) * ($1 - still) } / (places - 1)
    let drawn = total > 0 ? min(shrinkage * noise / max(total, noise), 1) : 0
    return indices.map { $0 + drawn * (still - $0) }
  }
}
