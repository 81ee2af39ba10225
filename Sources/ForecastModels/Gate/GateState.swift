internal import RealModule

/// What the gate keeps of complete values: all that a forecast of any length needs.
struct GateState: Sendable {
  /// Two seasonal differences that agree to this share of the range are equal.
  private static let tolerance = 1e-10
  /// Equal differences below this number may be chance.
  private static let fewest = 4

  let subject: GateSubject
  /// The common seasonal difference, where all are equal.
  let exactChange: Double?
  /// The range of the values.
  let range: ClosedRange<Double>
  private let values: [Double]

  init(_ values: [Double], cycle: Int, longer: Int) {
    self.values = values
    let subject = GateSubject(values, cycle: cycle, longer: longer)
    self.subject = subject
    let range = (values.min() ?? 0)...(values.max() ?? 0)
    self.range = range
    let m = subject.cycle
    let differences = (m..<max(values.count, m)).map { values[$0] - values[$0 - m] }
    let mean = differences.reduce(0, +) / Double(max(differences.count, 1))
    let size = max(abs(range.lowerBound), abs(range.upperBound))
    let room = GateState.tolerance * (range.upperBound - range.lowerBound) + 8 * size.ulp
    let isExact = differences.allSatisfy { abs($0 - mean) <= room }
    let isKnown = differences.count >= GateState.fewest || abs(mean) <= room
    exactChange = isExact && isKnown ? (abs(mean) <= room ? 0 : mean) : nil
  }

  /// Seven quantiles of each of the next steps; all seven are equal where the series repeats its differences exactly.
  ///
  /// They stay within a range of the data that grows with the horizon. Without a season, distances from the median do not shrink
  /// with the horizon.
  func quantiles(_ horizon: Int) -> [[Double]] {
    let m = subject.cycle
    if let change = exactChange {
      return (1...horizon).map { step in
        let back = (step + m - 1) / m
        let value = values[values.count - 1 + step - back * m] + Double(back) * change
        return [Double](repeating: value, count: 7)
      }
    }
    guard let inputs = GateInputs(subject, steps: Array(1...horizon)) else {
      return [[Double]](repeating: [Double](repeating: values.last ?? 0, count: 7), count: horizon)
    }
    var result = gateQuantiles(GateWeights.networks, inputs)
    let width = range.upperBound - range.lowerBound
    var farthest = [Double](repeating: 0, count: 7)
    for step in result.indices {
      var knots = result[step]
      if m == 1 {
        for k in knots.indices where k != 3 {
          farthest[k] = max(farthest[k], abs(knots[k] - knots[3]))
          knots[k] = knots[3] + (k < 3 ? -farthest[k] : farthest[k])
        }
      }
      let room = width * (1 + 2 * Double(step + 1) / Double(values.count - 1))
      for k in knots.indices {
        knots[k] = min(max(knots[k], range.lowerBound - room), range.upperBound + room)
      }
      result[step] = knots
    }
    return result
  }

  /// The share of a step's deviation that persists, and how much of it is left a step later.
  ///
  /// From the first two autocorrelations of the seasonal differences, or of the deviations from a line without a season: those of an autoregression
  /// seen with noise are λρ and λρ².
  var persistence: (share: Double, decay: Double) {
    let x = subject.values
    let n = x.count
    let m = subject.cycle
    var e: [Double]
    if m > 1 {
      e = (m..<n).map { x[$0] - x[$0 - m] }
    } else {
      let middle = 0.5 * Double(n - 1)
      var products = 0.0
      for t in 0..<n { products += (Double(t) - middle) * x[t] }
      let slope = products / (Double(n) * (Double(n) * Double(n) - 1) / 12)
      e = (0..<n).map { x[$0] - slope * (Double($0) - middle) }
    }
    let mean = e.reduce(0, +) / Double(e.count)
    for t in e.indices { e[t] -= mean }
    var sums = [0.0, 0, 0]
    for lag in 0...2 { for t in e.indices.dropFirst(lag) { sums[lag] += e[t] * e[t - lag] } }
    guard sums[0] > 0, sums[1] > 0.05 * sums[0] else { return (0, 0) }
    let decay = min(max(sums[2] / sums[1], 0.1), 0.98)
    return (min(sums[1] / sums[0] / decay, 1), decay)
  }
}
