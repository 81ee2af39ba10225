internal import RealModule

/// The forecasts that the gate chooses between: cheap classical ones, for some steps from one origin.
///
/// All are linear or affine in the series, so that they move, grow and change sign with it. The seasonal indices are
/// differences from the levels of the cycles; those that grow with the level are scaled by the amplitude's regression on it.
struct GateCandidates: Sendable {
  /// The number of candidates.
  static let count = 28
  /// The number of earlier values at the same place of the cycle that are looked at.
  static let places = 8

  /// The levels of the cycles and what is fitted to them.
  let levels: GateLevels
  /// The differences of each step's candidates from its seasonal naive forecast, in units.
  private(set) var values: [Double] = []
  /// The seasonal naive forecast of each step, in units.
  private(set) var naive: [Double] = []
  /// The values at the same place of the latest cycles, `places` for each step.
  private(set) var earlier: [Double] = []
  /// The mean seasonal index of the cycles about the levels, for each step.
  private(set) var remainders: [Double] = []

  private let subject: GateSubject
  private let n: Int

  /// The candidates from an origin after so many values.
  init(_ subject: GateSubject, origin n: Int, steps: [Int], differences: GateDifferences) {
    self.subject = subject
    self.n = n
    levels = GateLevels(subject, origin: n)
    let ridge = GateAutoregression.forecasts(subject, origin: n, horizon: steps.max() ?? 1)
    values.reserveCapacity(steps.count * GateCandidates.count)
    earlier.reserveCapacity(steps.count * GateCandidates.places)
    for step in steps { add(step, ridge: ridge.map { $0[step - 1] }, differences) }
  }

  private mutating func add(_ step: Int, ridge: Double?, _ differences: GateDifferences) {
    let x = subject.values
    let m = subject.cycle
    let back = (step + m - 1) / m
    let ahead = (Double(step) + 0.5 * Double(m - 1)) / Double(m)
    let used = min(GateCandidates.places - 1, n / m - 1)
    var index = 0.0
    var recent = 0.0
    var weights = 0.0
    var weight = 1.0
    var mean = 0.0
    let first = earlier.count
    for j in 0..<GateCandidates.places {
      let cycles = back + min(j, used)
      let value = x[max(n - 1 + step - cycles * m, 0)]
      earlier.append(value)
      guard j <= used else { continue }
      let apart = value - levels.level(Double(cycles) - ahead)
      index += apart
      recent += weight * apart
      weights += weight
      weight *= 0.6
      mean += value
    }
    let number = Double(used + 1)
    index /= number
    recent /= weights
    mean /= number
    var remainder = 0.0
    for j in 0...used {
      remainder += abs(earlier[first + j] - levels.level(Double(back + j) - ahead) - index) / number
    }
    remainders.append(remainder)
    let p = earlier[first]
    naive.append(p)

    let l = levels
    let lines = [l.short.value(ahead), l.middle.value(ahead), l.long.value(ahead), l.all.value(ahead)]
    let theta = l.quick + 0.5 * l.all.slope * ahead
    func grown(_ level: Double) -> Double { level + index * l.amplitude(at: level) }
    let week = weekly(step, mean: mean, naive: p)
    let change = differences.last * Double.pow(differences.persistence, Double(step))
    for value in [
      p, week.last, week.mean, mean,
      l.last + recent, l.slow + index, l.quick + index, l.mean + index,
      lines[0] + recent, lines[1] + index, lines[2] + index, lines[3] + index,
      l.damped(ahead) + recent, l.drift(ahead) + index, theta + index,
      grown(l.last), l.quick + index * l.recentAmplitude, grown(lines[1]), grown(theta),
      l.bent(ahead) + index,
      ridge ?? (l.quick + index), p + differences.last, p + l.change * Double(back), l.last,
      p + change, p + differences.mean * Double(back),
      week.moved, week.movedMean,
    ] { values.append(min(max(value - p, -1e4), 1e4)) }
  }

  /// The same place of the longer cycle, the mean of three, and both moved by how the last short cycle differs from that before it.
  private func weekly(
    _ step: Int, mean: Double, naive: Double
  ) -> (last: Double, mean: Double, moved: Double, movedMean: Double) {
    let longer = subject.longer
    guard longer > 0, n >= longer + subject.cycle else {
      return (mean, mean, naive + 0.5 * levels.change, mean + (levels.last - levels.slow))
    }
    let back = (step + longer - 1) / longer
    var sum = 0.0
    var moves = 0.0
    var last = 0.0
    var move = 0.0
    for j in 0..<3 {
      let place = n - 1 + step - (back + j) * longer
      let value = place >= 0 ? subject.values[place] : last
      let ago = (j + 1) * longer
      let own = n >= ago + subject.cycle ? levels.last - levels.mean(before: n - ago) : move
      if j == 0 { (last, move) = (value, own) }
      sum += value
      moves += own
    }
    return (last, sum / 3, last + move, (sum + moves) / 3)
  }
}
