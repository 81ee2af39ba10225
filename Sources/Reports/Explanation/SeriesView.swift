internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics

/// What is seen of a series before any model: level, trend, seasons and unusual values.
struct SeriesView {
  typealias Statement = ForecastExplanation.Statement

  let series: TimeSeries
  /// The values per base period: those of spans spread evenly, missing ones as the trend has them.
  let values: [Double]
  /// The trend of each base period.
  let trend: [Double]
  /// The cycles found, with strength.
  let seasons: [(component: SeasonalComponent, strength: Double)]
  /// What trend and seasons leave, `nil` where nothing was observed.
  let remainder: [Double?]
  /// The seasonal cycle of the series in base periods; 1 for none.
  let cycle: Int

  init(_ series: TimeSeries) {
    self.series = series
    cycle = series.seasonalPeriod
    var spread: [Double?] = []
    for observation in series.observations {
      let value = observation.value.map { $0 / Double(series.periodDivisor(observation.span)) }
      spread += [Double?](repeating: value, count: observation.span.count)
    }
    let known = spread.compactMap(\.self)
    let plain = try? TimeSeries(
      spread, start: series.start, name: series.name, unit: series.unit, seasonalPeriod: series.seasonalPeriod
    )
    let parts = plain.flatMap { plain in
      try? MSTL(seasonalPeriods: SeriesView.cycles(of: plain), isRobust: true).decompose(plain)
    }
    if let parts {
      trend = parts.trend
      seasons = zip(parts.seasonal, parts.seasonalStrengths).map { ($0, $1) }
      remainder = parts.remainder
    } else {
      let line = SeriesView.smooth(spread)
      trend = line
      seasons = []
      remainder = zip(spread, line).map { value, line in value.map { $0 - line } }
    }
    let line = self.trend
    values = spread.enumerated().map { $1 ?? (line.indices.contains($0) ? line[$0] : known.last ?? 0) }
  }

  /// The cycles of which the series has more than two: its own, and those that the calendar suggests.
  private static func cycles(of series: TimeSeries) -> [Int] {
    let suggested = series.frequency.suggestedSeasons.map { Int($0.rounded()) }
    let all =
      [series.seasonalPeriod] + (series.frequency.seasonalPeriod == series.seasonalPeriod ? suggested : [])
    return Set(all.filter { $0 > 1 && 2 * $0 < series.count && $0 <= 1000 }).sorted()
  }

  /// Running medians over a fifth of the values, at least 3 and at most 13, in place of a trend.
  private static func smooth(_ values: [Double?]) -> [Double] {
    let half = min(6, max(1, values.count / 10))
    let all = median(values.compactMap(\.self)) ?? 0
    return values.indices.map { place in
      let reach = max(0, place - half)...min(values.count - 1, place + half)
      return median(values[reach].compactMap(\.self)) ?? all
    }
  }

  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle])
  }

  /// The level at the end.
  var level: Double { trend.last ?? 0 }

  /// The standard deviation of what trend and seasons leave, from medians: of its size, or of changes from period to period if that is more.
  var noise: Double {
    let rest = SeriesView.median(remainder.compactMap { $0.map(abs) }) ?? 0
    let adjusted = zip(trend, remainder).compactMap { trend, rest in rest.map { trend + $0 } }
    let changes = zip(adjusted.dropFirst(), adjusted).map { $0 - $1 }
    let usual = SeriesView.median(changes) ?? 0
    let jumps = SeriesView.median(changes.map { abs($0 - usual) }) ?? 0
    return 1.4826 * max(rest, jumps / 2.0.squareRoot())
  }

  /// The number of base periods in a year, or in a cycle of an index.
  var perYear: Double {
    series.frequency.unit == .index ? Double(cycle) : series.frequency.meanPeriodsPerYear
  }

  // MARK: Words

  /// A base period: `month`, `15-minute period`.
  var period: String {
    let frequency = series.frequency
    if frequency.unit == .index { return "period" }
    if frequency == .businessDay { return "business day" }
    return frequency.step == 1 && frequency.weekdays == nil ? frequency.rawValue : "period"
  }

  /// A number with the unit of the series.
  func amount(_ value: Double) -> String {
    NumberText.significant(value, 4) + (series.unit.isEmpty ? "" : " \(series.unit)")
  }

  /// A change with its sign and the unit of the series.
  func change(_ value: Double) -> String { (value < 0 ? "−" : "+") + amount(abs(value)) }

  /// A share of the level in percent; `nil` where the level is next to nothing.
  func share(_ value: Double) -> Double? {
    let scale = SeriesView.median(values.map(abs)) ?? 0
    return abs(level) > 0.01 * scale && level > 0 ? 100 * value / level : nil
  }

  /// ` (+3.2 %)`, or nothing.
  func shareText(_ value: Double) -> String {
    share(value).map { " (\($0 < 0 ? "−" : "+")\(NumberText.fixed(abs($0), 1)) %)" } ?? ""
  }

  /// Statements about the level.
  var levelStatements: [Statement] {
    let known = remainder.indices.filter { remainder[$0] != nil }
    let mean = known.reduce(0) { $0 + values[$1] } / Double(max(1, known.count))
    let adjusted = seasons.isEmpty ? "" : ", its season aside"
    return [
      Statement(
        topic: .level, subject: series.end.description, value: level, percent: nil,
        text: "Level: about \(amount(level)) per \(period) at the end of \(series.end)\(adjusted). "
          + "The mean of all \(counted(known.count, "value")) from \(series.start) on is \(amount(mean)).")
    ]
  }

  /// Statements about how the level changed over the last year.
  var trendStatements: [Statement] {
    let back = min(
      trend.count - 1, max(1, Int(perYear.rounded()), cycle > 1 ? cycle : min(trend.count / 4, 12)))
    guard back > 0, trend.count > 2 else { return [] }
    let before = trend[trend.count - 1 - back]
    let rise = level - before
    let share = abs(before) > 1e-9 * abs(level) && before > 0 ? 100 * rise / before : nil
    let percent = share.map { " (\($0 < 0 ? "−" : "+")\(NumberText.fixed(abs($0), 1)) %)" } ?? ""
    return [
      Statement(
        topic: .trend, subject: "last \(counted(back, period))", value: rise, percent: share,
        text:
          "Trend so far: over the last \(counted(back, period)) the level changed by \(change(rise))\(percent)."
      )
    ]
  }

  /// The unusual values: more than four standard deviations from trend and seasons, the latest first.
  var outliers: [(period: Period, value: Double, expected: Double)] {
    // Rounding is no noise.
    let limit = max(4 * noise, 1e-6 * (SeriesView.median(values.map(abs)) ?? 0))
    guard limit > 0 else { return [] }
    return remainder.indices.reversed().compactMap { place in
      guard let rest = remainder[place], abs(rest) > limit else { return nil }
      return (series.start + place, values[place], values[place] - rest)
    }
  }
}
