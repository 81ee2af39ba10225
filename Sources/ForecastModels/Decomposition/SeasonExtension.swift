internal import Forecasting

/// The seasonal components of a decomposition, extended before and after it by the last cycle of each.
struct SeasonExtension: Sendable, Hashable, Codable {
  /// The last cycle of one season, with its uncertainty.
  struct Cycle: Sendable, Hashable, Codable {
    /// The values in the last m base periods of the decomposition, in time order.
    let figures: [Double]
    /// The variance of the estimates in the last cycle.
    let estimateVariance: Double
    /// The variance of the change from one cycle to the next.
    let changeVariance: Double
  }

  /// The first base period of `figures`.
  let origin: Period
  /// The sum of the seasonal components in each base period of the decomposition, from `origin` on.
  let figures: [Double]
  /// The seasons, shortest cycle first.
  let cycles: [Cycle]

  /// No season over a number of base periods.
  init(origin: Period, length: Int) {
    self.origin = origin
    figures = [Double](repeating: 0, count: length)
    cycles = []
  }

  /// The seasons of a decomposition.
  ///
  /// A value of the last cycle is a weighted mean Σ lₖ rₖ over the cycles of the window, with variance σ² Σ lₖ², where σ² is that
  /// of the remainder. The variance of its change over a cycle is the mean square of the observed changes.
  init(_ parts: Decomposition, window: SeasonalWindow?) {
    origin = parts.series.start
    figures = parts.season
    let rest = parts.remainder.compactMap { $0 }
    let noise = rest.reduce(0) { $0 + $1 * $1 } / Double(max(rest.count, 1))
    cycles = parts.seasonal.enumerated().map { place, season in
      let count = season.values.count
      let changes = (season.period..<count).reduce(0.0) { sum, t in
        let change = season.values[t] - season.values[t - season.period]
        return sum + change * change
      }
      return Cycle(
        figures: SeasonExtension.lastCycle(season, of: parts.series),
        estimateVariance: noise
          * endWeight(window ?? .cycles(11 + 4 * place), cycles: count / season.period),
        changeVariance: changes / Double(count - season.period))
    }
  }

  /// The number of base periods in the decomposition.
  var length: Int { figures.count }

  /// The sum of the seasons in a period, counted from the origin.
  func figure(_ time: Int) -> Double {
    if figures.indices.contains(time) { return figures[time] }
    return cycles.reduce(0) { sum, cycle in
      sum
        + cycle.figures[
          SeasonExtension.phase(of: time, after: length, from: origin, cycle: cycle.figures.count)]
    }
  }

  /// The place in a cycle of a period, counted from the first period after the decomposition; both are counted from `origin`.
  ///
  /// Weeks and days of a year keep to the calendar.
  private static func phase(of time: Int, after length: Int, from origin: Period, cycle m: Int) -> Int {
    let offset =
      CalendarFold.folds(origin.frequency, cycle: m)
      ? (origin + time).season(of: m) - (origin + length).season(of: m) : (time - length) % m
    return offset < 0 ? offset + m : offset
  }

  /// The latest value at each place of a cycle, from the first period after the series on.
  private static func lastCycle(_ season: SeasonalComponent, of series: TimeSeries) -> [Double] {
    let m = season.period
    let count = season.values.count
    guard CalendarFold.folds(series.frequency, cycle: m) else { return Array(season.values.suffix(m)) }
    var figures = [Double](repeating: 0, count: m)
    for time in 0..<count {
      figures[phase(of: time, after: count, from: series.start, cycle: m)] = season.values[time]
    }
    return figures
  }

  /// The variance of that sum `step` periods after the forecast origin, counted from 0.
  func variance(_ step: Int) -> Double {
    cycles.reduce(0) { sum, cycle in
      sum + cycle.estimateVariance + Double(step / cycle.figures.count + 1) * cycle.changeVariance
    }
  }

  /// Whether the parts are consistent.
  var isSound: Bool {
    cycles.allSatisfy { cycle in
      !cycle.figures.isEmpty && cycle.figures.allSatisfy(\.isFinite) && cycle.estimateVariance >= 0
        && cycle.changeVariance >= 0
    } && figures.allSatisfy(\.isFinite)
  }
}

/// Σ lₖ² of the smoother of a season at its last cycle.
private func endWeight(_ window: SeasonalWindow, cycles: Int) -> Double {
  guard case .cycles(let width) = window else { return 1 / Double(cycles) }
  let points = LoessPoints(
    places: Array(0..<cycles), values: [Double](repeating: 0, count: cycles), weights: nil)
  let loess = Loess(window: width, degree: 0, jump: 1)
  return loess.weights(points, at: cycles - 1, extent: cycles).reduce(0) { $0 + $1 * $1 }
}
