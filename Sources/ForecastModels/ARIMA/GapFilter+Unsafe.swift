internal import CKernels
internal import RealModule

/// The Kalman filter of an ARIMA process over the levels of a series with many missing values.
///
/// The state holds that of the ARMA filter of the differences, which `ARMARecursion` describes, and the last d + mD levels.
/// In innovations form, w_t = a_t[0] + v_t and a_{t+1} = T a_t + K_t v_t/F_t with independent v_t ~ N(0, F_t), the state is
/// known as long as no level is missing: only missing levels add to its covariance. The first d + mD levels are given; those
/// of them that are missing are columns of their own, without a prior distribution.
///
/// Entry k of the filter's state before period t is at position (k + t) mod r, so that the shift of T moves nothing, and level t at
/// position r + t mod (d + mD). Cost: O(s²) per base period while a missing level matters, with s = r + d + mD, and O(s) per
/// column: it grows with the length of the series, not with the square of the number of missing values.
@safe final class GapFilter {
  /// The number of base periods.
  let length: Int
  /// d + mD.
  let lost: Int
  /// r.
  let width: Int
  /// Whether each base period has a value.
  let isObserved: [Bool]
  /// The terms of y_t = w_t + Σ weight·y_{t−lag}.
  private let links: [(lag: Int, weight: Double)]
  private let size: Int
  /// The covariance of the state, row by row.
  private let matrix: UnsafeMutablePointer<Double>
  /// Rows for a step: the covariance with the next level, that of the ARMA prediction, K and the gain.
  private let cross: UnsafeMutablePointer<Double>
  private let first: UnsafeMutablePointer<Double>
  private let shock: UnsafeMutablePointer<Double>
  private let gain: UnsafeMutablePointer<Double>

  init(isObserved: [Bool], difference: Int, seasonalDifference: Int, period: Int, width: Int) {
    self.isObserved = isObserved
    self.width = width
    length = isObserved.count
    lost = difference + period * seasonalDifference
    size = width + lost
    links = GapFilter.links(lost, difference, seasonalDifference, period)
    unsafe matrix = .allocate(capacity: size * size)
    unsafe cross = .allocate(capacity: size)
    unsafe first = .allocate(capacity: size)
    unsafe shock = .allocate(capacity: size)
    unsafe gain = .allocate(capacity: size)
  }

  deinit {
    unsafe matrix.deallocate()
    unsafe cross.deallocate()
    unsafe first.deallocate()
    unsafe shock.deallocate()
    unsafe gain.deallocate()
  }

  /// The terms of 1 − (1 − B)^d (1 − B^m)^D.
  private static func links(
    _ lost: Int, _ difference: Int, _ seasonalDifference: Int, _ period: Int
  ) -> [(lag: Int, weight: Double)] {
    guard lost > 0 else { return [] }
    // The differences of an impulse are the coefficients.
    var impulse = [Double](repeating: 0, count: 2 * lost + 1)
    impulse[lost] = 1
    let polynomial = ARIMASample.difference(
      impulse, difference, seasonal: seasonalDifference, period: period)
    return (1...lost).compactMap { polynomial[$0] == 0 ? nil : ($0, -polynomial[$0]) }
  }

  /// What a run finds.
  struct Outcome {
    /// The innovations of the observed periods after the first d + mD, one list per column, and their variances.
    var innovations: [[Double]]
    var variances: [Double] = []
    var logDeterminant = 0.0
    /// The state of each column after the last period, by position.
    var means: [[Double]]
    /// The gain of each observed period over the variance of its innovation, if it is kept.
    var gains: [Double] = []
  }

  /// The positions at which a step looks, with the weights there.
  private struct Step {
    /// That of the ARMA prediction.
    var head = 0
    /// That of the period's own level and of the one it replaces; −1 without differences.
    var own = -1
    /// Those of the levels that the difference subtracts.
    var links: [Int64]
    let linkWeights: [Double]
    /// Those that the autoregression reaches.
    var terms: [Int64]
    let termWeights: [Double]
  }

  private func steps(_ lags: [(lag: Int, weight: Double)]) -> Step {
    Step(
      links: links.map { Int64($0.lag) }, linkWeights: links.map(\.weight),
      terms: lags.map { Int64($0.lag) }, termWeights: lags.map(\.weight))
  }

  private func place(_ step: inout Step, at t: Int, _ lags: [(lag: Int, weight: Double)]) {
    step.head = t % width
    if lost > 0 { step.own = width + t % lost }
    for k in links.indices { step.links[k] = Int64(width + (t - links[k].lag) % lost) }
    for k in lags.indices { step.terms[k] = Int64((lags[k].lag + t) % width) }
  }

  /// Runs the filter of a prepared process over columns of levels, whose values in missing periods are not read.
  ///
  /// - Returns: `nil` if a variance is not positive and finite.
  func run(_ recursion: ARMARecursion, _ columns: [[Double]], keepsGains: Bool = false) -> Outcome? {
    var outcome = Outcome(
      innovations: columns.map { _ in [] }, means: columns.map { _ in [Double](repeating: 0, count: size) })
    for c in columns.indices {
      outcome.innovations[c].reserveCapacity(length)
      for t in 0..<lost { outcome.means[c][width + t] = columns[c][t] }
    }
    unsafe matrix.initialize(repeating: 0, count: size * size)
    unsafe cross.initialize(repeating: 0, count: size)
    unsafe first.initialize(repeating: 0, count: size)
    unsafe shock.initialize(repeating: 0, count: size)
    let lags = recursion.terms
    var step = steps(lags)
    var isExact = true
    var product = 1.0
    for t in lost..<length {
      place(&step, at: t, lags)
      let own = recursion.variance(t - lost)
      let k = unsafe recursion.gains(at: t - lost)
      let sees = isObserved[t]
      // Without differences, a missing value needs no forecast.
      let isForecast = !isExact && (sees || lost > 0)
      let variance = isForecast ? own + spread(step) : own
      guard variance > 0, variance.isFinite else { return nil }
      let turn = width - (t + 1) % width
      for i in 0..<turn { unsafe shock[width - turn + i] = k[i] }
      for i in turn..<width { unsafe shock[i - turn] = k[i] }
      for j in 0..<size { unsafe gain[j] = unsafe shock[j] + (isForecast ? cross[j] : 0) }
      if isForecast {
        unsafe gain[step.head] -= cross[step.head]
        for k in lags.indices { unsafe gain[Int(step.terms[k])] += lags[k].weight * cross[step.head] }
      }
      if lost > 0 { unsafe gain[step.own] = variance }
      for c in columns.indices {
        let level = move(&outcome.means[c], step, seen: sees ? columns[c][t] : nil, variance)
        if sees { outcome.innovations[c].append(level) }
      }
      if sees {
        outcome.variances.append(variance)
        product *= variance
        if product > 0x1p400 || product < 0x1p-400 {
          outcome.logDeterminant += Double.log(product)
          product = 1
        }
        if keepsGains { for j in 0..<size { unsafe outcome.gains.append(gain[j] / variance) } }
        guard !isExact else { continue }
      }
      advance(step, own: own, variance: variance, seen: sees)
      isExact = sees && hasFaded(own)
    }
    outcome.logDeterminant += Double.log(product)
    return outcome
  }

  /// The variance that missing levels add to the level of a period; `cross` becomes the covariance with the state.
  private func spread(_ step: Step) -> Double {
    let row = unsafe matrix + step.head * size
    for j in 0..<size { unsafe cross[j] = row[j] }
    for k in links.indices {
      let row = unsafe matrix + Int(step.links[k]) * size
      let weight = links[k].weight
      for j in 0..<size { unsafe cross[j] += weight * row[j] }
    }
    var sum = unsafe cross[step.head]
    for k in links.indices { unsafe sum += links[k].weight * cross[Int(step.links[k])] }
    return sum
  }

  /// Moves the mean of a column by a period and returns its innovation, or its expected level if the period is missing.
  private func move(_ mean: inout [Double], _ step: Step, seen: Double?, _ variance: Double) -> Double {
    let head = mean[step.head]
    var expected = head
    for k in links.indices { expected += links[k].weight * mean[Int(step.links[k])] }
    mean[step.head] = 0
    for k in step.terms.indices { mean[Int(step.terms[k])] += step.termWeights[k] * head }
    guard let seen else {
      if lost > 0 { mean[step.own] = expected }
      return expected
    }
    let share = (seen - expected) / variance
    for j in 0..<size { unsafe mean[j] += share * gain[j] }
    if lost > 0 { mean[step.own] = seen }
    return seen - expected
  }

  /// Moves the covariance by a period: P′ = APAᵀ + ggᵀF − uuᵀ/E, the last term for an observed level.
  private func advance(_ step: Step, own: Double, variance: Double, seen: Bool) {
    unsafe fs_gap_update(
      matrix, Int64(size), Int64(width), Int64(step.head), Int64(step.terms.count), step.terms,
      step.termWeights, first, shock, 1 / own, gain, seen ? 1 / variance : 0)
    if lost > 0 { set(step.own) { unsafe seen ? 0 : gain[$0] } }
  }

  /// Sets the covariances of an entry.
  private func set(_ place: Int, _ value: (Int) -> Double) {
    for j in 0..<size {
      let entry = value(j)
      unsafe matrix[place * size + j] = entry
      unsafe matrix[j * size + place] = entry
    }
  }

  /// Whether nothing is left of missing levels but rounding; then the covariance becomes zero.
  private func hasFaded(_ own: Double) -> Bool {
    var trace = 0.0
    for j in 0..<size { unsafe trace += abs(matrix[j * size + j]) }
    guard trace < 1e-14 * own else { return false }
    unsafe matrix.update(repeating: 0, count: size * size)
    return true
  }

  /// The covariance after the last period of the entries at two positions.
  func covariance(_ i: Int, _ j: Int) -> Double { unsafe matrix[i * size + j] }

  /// The position of an entry of the filter's state after the last period.
  func place(ofEntry k: Int) -> Int { (k + length) % width }

  /// The position of a recent level.
  func place(ofLevel t: Int) -> Int { width + t % max(lost, 1) }

  /// The levels with the missing ones at their conditional means, by the backward recursion of the disturbances.
  ///
  /// - Parameters:
  ///   - levels: The levels; those of missing periods after the first d + mD are not read.
  ///   - innovations: The innovations of the observed periods.
  ///   - outcome: A run with its gains.
  func smoothed(
    _ recursion: ARMARecursion, _ levels: [Double], innovations: [Double], _ outcome: Outcome
  ) -> [Double] {
    var result = levels
    var costate = [Double](repeating: 0, count: size)
    var shocks = [Double](repeating: 0, count: length)
    let lags = recursion.terms
    var step = steps(lags)
    var last = innovations.count
    for t in stride(from: length - 1, through: lost, by: -1) {
      place(&step, at: t, lags)
      let k = unsafe recursion.gains(at: t - lost)
      var pull = lost > 0 ? costate[step.own] : 0
      if isObserved[t] {
        last -= 1
        var projected = 0.0
        for j in 0..<size { projected += outcome.gains[last * size + j] * costate[j] }
        pull += innovations[last] / outcome.variances[last] - projected
      } else {
        shocks[t] = recursion.variance(t - lost) * pull
        for i in 0..<width { unsafe shocks[t] += k[i] * costate[(i + t + 1) % width] }
      }
      var head = 0.0
      for k in lags.indices { head += lags[k].weight * costate[Int(step.terms[k])] }
      costate[step.head] = head + pull
      if lost > 0 { costate[step.own] = 0 }
      for k in links.indices { costate[Int(step.links[k])] += links[k].weight * pull }
    }
    var state = [Double](repeating: 0, count: width)
    for t in lost..<length {
      let head = state[t % width]
      let expected = links.reduce(head) { $0 + $1.weight * result[t - $1.lag] }
      if !isObserved[t] { result[t] = expected + shocks[t] }
      let share = (result[t] - expected) / recursion.variance(t - lost)
      let k = unsafe recursion.gains(at: t - lost)
      state[t % width] = 0
      for (lag, weight) in lags { state[(lag + t) % width] += weight * head }
      for i in 0..<width { unsafe state[(i + t + 1) % width] += share * k[i] }
    }
    return result
  }
}
