internal import RealModule

/// What the network sees of a series for some steps, with the candidates that it weighs.
@_spi(Training) public struct GateInputs: Sendable {
  /// The number of inputs that change sign with the series; they come first.
  @_spi(Training) public static let odd = 2 * GateCandidates.count + 43
  /// The number of inputs.
  @_spi(Training) public static let count = odd + GateCandidates.count + 30
  /// The number of candidates.
  @_spi(Training) public static let candidates = GateCandidates.count

  /// The steps.
  @_spi(Training) public let steps: [Int]
  /// The inputs, `count` for each step.
  @_spi(Training) public private(set) var values: [Double] = []
  /// The candidates' differences from the seasonal naive forecast over the step's scale, for each step.
  @_spi(Training) public private(set) var forecasts: [Double] = []
  /// The unit of the spread over the step's scale: the mean absolute deviation of the seasonal differences.
  @_spi(Training) public private(set) var spreads: [Double] = []
  /// The seasonal naive forecast of each step, in the series' units.
  @_spi(Training) public private(set) var naive: [Double] = []
  /// The scale of each step in the series' units: half a unit and the mean size of the candidates.
  @_spi(Training) public private(set) var scales: [Double] = []

  /// The inputs for complete values with a cycle and a longer one, which is 0 for none; `nil` where a cycle repeats exactly.
  ///
  /// Cost: O(n), twice the candidates at most.
  @_spi(Training) public init?(_ values: [Double], cycle: Int, longer: Int, steps: [Int]) {
    self.init(GateSubject(values, cycle: cycle, longer: longer), steps: steps)
  }

  init?(_ subject: GateSubject, steps: [Int]) {
    guard subject.unit > 0, subject.unit.isFinite, subject.count > subject.cycle + 1 else { return nil }
    self.steps = steps
    let n = subject.count
    let differences = GateDifferences(subject, origin: n)
    let candidates = GateCandidates(subject, origin: n, steps: steps, differences: differences)
    let common = GateSeriesInputs(subject, candidates.levels, differences)
    let past = GateHistory(subject)
    values.reserveCapacity(steps.count * GateInputs.count)
    for (place, step) in steps.enumerated() {
      add(step, place, subject, candidates, common, past)
    }
  }

  private mutating func add(
    _ step: Int, _ place: Int, _ subject: GateSubject, _ all: GateCandidates, _ common: GateSeriesInputs,
    _ past: GateHistory
  ) {
    let own = all.values[(place * GateCandidates.count)..<((place + 1) * GateCandidates.count)]
    var scale = 0.5
    for value in own { scale += abs(value) / Double(GateCandidates.count) }
    let p = all.naive[place]
    for value in own { values.append(Double.asinh(value)) }
    for value in own {
      values.append(value / scale / 3)
      forecasts.append(value / scale)
    }
    let m = subject.cycle
    let n = subject.count
    let first = place * GateCandidates.places
    var mean = 0.0
    var squares = 0.0
    for j in 0..<GateCandidates.places {
      let value = all.earlier[first + j] - p
      if j > 0 { values.append(Double.asinh(value)) }
      mean += value / Double(GateCandidates.places)
      squares += value * value / Double(GateCandidates.places)
    }
    let back = (step + m - 1) / m
    for j in 0..<2 {
      for apart in [-2, -1, 1, 2] {
        var t = n - 1 + step - (back + min(j, n / m - 1)) * m + apart
        if t > n - 1 { t -= m }
        values.append(Double.asinh(subject.values[min(max(t, 0), n - 1)] - p))
      }
    }
    values.append(contentsOf: common.odd)
    values.append(Double.asinh(p - all.levels.last))
    values.append(contentsOf: past.errors)
    values.append(contentsOf: common.even)
    let ahead = (Double(step) + 0.5 * Double(m - 1)) / Double(m)
    values.append(GateInputs.level(all.remainders[place]))
    values.append(Double.log(1 + Double(step) / Double(m)))
    values.append(Double.log(1 + Double.log(Double(step))))
    values.append(Double.log(1 + ahead))
    values.append(step.isMultiple(of: m) ? 1 : 0)
    values.append(Double.log(scale))
    values.append(Double.asinh(max(squares - mean * mean, 0).squareRoot()))
    spreads.append((0.02 + common.deviation) / scale)
    naive.append(subject.origin + subject.unit * p)
    scales.append(subject.unit * scale)
  }

  /// The logarithm, with a floor.
  static func level(_ x: Double) -> Double { Double.log(max(x, 1e-5)) }
}
