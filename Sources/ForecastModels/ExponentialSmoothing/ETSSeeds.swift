internal import RealModule

/// Rough initial states of a series, from which the search starts.
///
/// Without a season, a line through the first ten values. With a season, the means of the first cycles give level and slope, and
/// the mean deviations or ratios give the seasonal indices.
struct ETSSeeds {
  private let values: [Double]
  private let period: Int
  private let scale: Double

  /// The seeds of values, with NaN for missing ones.
  init(_ values: [Double], period: Int) {
    self.values = values
    self.period = period
    let observed = values.filter { !$0.isNaN }
    scale = observed.reduce(0) { $0 + abs($1) } / Double(max(observed.count, 1))
  }

  /// The initial state of a form.
  func state(_ form: ETSForm) -> ETSState {
    var line = form.season == .none ? openingLine() : cycleLine()
    if form.needsPositiveData { line.level = max(line.level, 0.05 * scale) }
    var state = ETSState(level: form.trend == .none ? line.level + line.slope : line.level)
    if form.trend.isMultiplicative {
      state.slope = min(max(1 + line.slope / max(line.level, 0.2 * scale), 0.8), 1.25)
    } else if form.trend != .none {
      state.slope = line.slope
    }
    if form.season != .none { state.seasonal = seasonal(form.season, line) }
    return state
  }

  private func openingLine() -> (level: Double, slope: Double) {
    var points: [(Double, Double)] = []
    for (t, y) in values.enumerated() where !y.isNaN {
      points.append((Double(t + 1), y))
      if points.count == 10 { break }
    }
    return ETSSeeds.line(points)
  }

  private func cycleLine() -> (level: Double, slope: Double) {
    let cycles = min(max(values.count / period, 1), 4)
    var points: [(Double, Double)] = []
    for cycle in 0..<cycles {
      let observed = values[(cycle * period)..<min((cycle + 1) * period, values.count)].filter { !$0.isNaN }
      guard !observed.isEmpty else { continue }
      let middle = Double(cycle * period) + Double(period + 1) / 2
      points.append((middle, observed.reduce(0, +) / Double(observed.count)))
    }
    return ETSSeeds.line(points)
  }

  /// The least-squares line, with the level at time 0.
  private static func line(_ points: [(Double, Double)]) -> (level: Double, slope: Double) {
    let n = Double(points.count)
    guard n > 0 else { return (0, 0) }
    let t = points.reduce(0) { $0 + $1.0 } / n
    let y = points.reduce(0) { $0 + $1.1 } / n
    var sxy = 0.0
    var sxx = 0.0
    for point in points {
      sxy += (point.0 - t) * (point.1 - y)
      sxx += (point.0 - t) * (point.0 - t)
    }
    let slope = sxx > 0 ? sxy / sxx : 0
    return (y - slope * t, slope)
  }

  private func seasonal(_ kind: ETSForm.SeasonKind, _ line: (level: Double, slope: Double)) -> [Double] {
    let neutral = kind == .multiplicative ? 1.0 : 0
    let used = min(values.count, 4 * period)
    var indices: [Double] = []
    for phase in 0..<period {
      var sum = 0.0
      var count = 0.0
      for t in stride(from: phase, to: used, by: period) where !values[t].isNaN {
        let trend = line.level + line.slope * Double(t + 1)
        sum += kind == .multiplicative ? values[t] / max(trend, 0.05 * scale) : values[t] - trend
        count += 1
      }
      let index = count > 0 ? sum / count : neutral
      indices.append(kind == .multiplicative ? max(index, 0.02) : index)
    }
    let mean = indices.reduce(0, +) / Double(period)
    return indices.map { kind == .multiplicative ? $0 / mean : $0 - mean }
  }
}
