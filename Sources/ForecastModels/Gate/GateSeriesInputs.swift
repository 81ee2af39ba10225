internal import RealModule

/// The inputs that are the same for all steps.
struct GateSeriesInputs: Sendable {
  /// Those that change sign with the series.
  let odd: [Double]
  /// The others.
  let even: [Double]
  /// The mean absolute deviation of the seasonal differences about their mean, in units.
  let deviation: Double

  init(_ subject: GateSubject, _ levels: GateLevels, _ d: GateDifferences) {
    let x = subject.values
    let m = subject.cycle
    let n = subject.count
    deviation = d.deviation
    var odd: [Double] = []
    for j in 1...12 {
      let t = n - j
      odd.append(t >= m ? Double.asinh(x[t] - x[t - m]) : 0)
    }
    for j in 1...8 { odd.append(Double.asinh(levels.means[min(j, levels.means.count - 1)] - levels.last)) }
    var weekly = (last: 0.0, recent: 0.0, size: 0.0, isKnown: 0.0)
    let longer = subject.longer
    if longer > 0, n >= longer + 12 {
      var size = 0.0
      for t in longer..<n { size += abs(x[t] - x[t - longer]) }
      let latest = min(m, n - longer)
      var recent = 0.0
      for t in (n - latest)..<n { recent += x[t] - x[t - longer] }
      weekly = (
        Double.asinh(x[n - 1] - x[n - 1 - longer]), Double.asinh(recent / Double(latest)),
        GateInputs.level(size / Double(n - longer)), 1
      )
    }
    var low = x[0]
    var high = x[0]
    var sum = 0.0
    var steps = 0.0
    for t in 0..<n {
      low = min(low, x[t])
      high = max(high, x[t])
      sum += x[t]
      if t > 0 { steps += abs(x[t] - x[t - 1]) }
    }
    let mean = sum / Double(n)
    var about = 0.0
    for value in x { about += abs(value - mean) }
    let range = high - low
    odd += [
      weekly.last, weekly.recent, Double.asinh(levels.all.slope), Double.asinh(d.mean), d.skewness,
      Double.asinh(levels.short.slope), range > 0 ? (2 * levels.last - low - high) / range : 0,
    ]
    self.odd = odd
    var amplitude = 0.0
    for value in levels.amplitudes { amplitude += abs(value - 1) / Double(levels.amplitudes.count) }
    let cycles = Double(n / m)
    even = [
      Double.log(Double(n)), Double.log(Double(m)), Double.log(cycles), m == 1 ? 1 : 0,
      GateInputs.level(steps / Double(n - 1)), GateInputs.level(d.recent), d.first, d.seasonal,
      GateInputs.level(d.spread), GateInputs.level(d.largest), d.ties, GateInputs.level(range),
      GateInputs.level(levels.short.deviation), GateInputs.level(levels.middle.deviation),
      GateInputs.level(levels.long.deviation), GateInputs.level(levels.all.deviation),
      GateInputs.level(about / Double(n)), GateInputs.level(d.typical), GateInputs.level(d.deviation),
      weekly.size, weekly.isKnown, GateInputs.level(amplitude), GateInputs.level(levels.recentAmplitude),
    ]
  }
}
