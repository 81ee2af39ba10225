internal import Forecasting
internal import ForesightNumerics

/// 80 of a level of 0.8.
func levelPercent(_ level: Double) -> Double {
  precondition(level > 0 && level < 1, "a level is between 0 and 1")
  return (level * 1e11).rounded() / 1e9
}

/// The columns of answers about periods and windows.
struct AnswerColumns {
  let levels: [Double]
  let quantiles: [Double]
  let thresholds: [Threshold]

  init(_ questions: ForecastQuestions) {
    levels = questions.levels.map(levelPercent)
    quantiles = questions.quantiles
    thresholds = questions.thresholds
  }

  /// The columns of rows that share their decimals.
  @ListBuilder<Column<ForecastAnswer>>
  func list(_ title: String, _ rows: [ForecastAnswer]) -> [Column<ForecastAnswer>] {
    let style = NumberStyle.fixed(NumberText.decimals(for: rows.compactMap(\.mean)))
    let (levels, quantiles, thresholds) = (levels, quantiles, thresholds)
    Column("period", title) { $0.name }.csv("ds")
    Column("mean", "Mean", style) { $0.mean }
    Column("median", "Median", style) { $0.median }.only(.text, .json)
    Column("standard_deviation") { $0.standardDeviation }.only(.json)
    Column("intervals") { row in
      zip(levels, row.intervals).map { level, interval in
        JSONValue(["level": level, "lower": interval.lower, "upper": interval.upper])
      }
    }.only(.json)
    Column("quantiles") { row in
      zip(quantiles, row.quantiles).map { JSONValue(["probability": $0, "value": $1]) }
    }.only(.json)
    Column("probabilities") { row in
      zip(thresholds, row.chances).map { threshold, chance in
        JSONValue(["side": threshold.side.rawValue, "bound": threshold.bound, "probability": chance])
      }
    }.only(.json)
    for (place, level) in levels.enumerated() {
      let label = NumberText.plain(level)
      Column("lo-\(label)", "Lower \(label) %", style) { $0.intervals.element(place)?.lower }.only(
        .text, .csv)
      Column("hi-\(label)", "Upper \(label) %", style) { $0.intervals.element(place)?.upper }.only(
        .text, .csv)
    }
    for (place, probability) in quantiles.enumerated() {
      let label = NumberText.plain((probability * 1e11).rounded() / 1e9)
      Column("q-\(NumberText.plain(probability))", "P\(label)", style) { $0.quantiles.element(place) }
        .only(.text, .csv)
    }
    for (place, threshold) in thresholds.enumerated() {
      Column(threshold.key, "P(\(threshold.text))", .fixed(4)) { $0.chances.element(place) }.only(.text, .csv)
    }
  }

  /// The columns of the events, in CSV alone.
  func events(_ events: [EventChance]) -> [Column<ForecastAnswer>] {
    var keys: [String] = []
    for event in events where !keys.contains(event.key) { keys.append(event.key) }
    return keys.map { key in
      Column(key) { row in row.events.first { $0.key == key }?.chance.value }.only(.csv)
    }
  }
}

extension Array {
  /// The element at an index; `nil` where there is none.
  fileprivate func element(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension EventChance {
  /// `any-above-100`.
  var key: String { "\(quantifier.rawValue)-\(threshold.key)" }

  /// The columns of events.
  @ListBuilder<Column<EventChance>> static var columns: [Column<EventChance>] {
    Column(text: "Event") { "\($0.quantifier == .any ? "any period" : "all periods") \($0.threshold.text)" }
    Column("window", "In") { $0.window }
    Column("quantifier") { $0.quantifier.rawValue }
    Column("side") { $0.threshold.side.rawValue }
    Column("bound") { $0.threshold.bound }
    Column("probability", "Probability", .fixed(4)) { $0.chance.value }
    Column("standard_error", "Std. error", .fixed(4)) { $0.chance.standardError }
  }
}

extension ForecastAnswer {
  /// One row per window of events.
  static func rows(of events: [EventChance]) -> [ForecastAnswer] {
    var rows: [ForecastAnswer] = []
    for event in events {
      if rows.last?.name != event.window {
        rows.append(
          ForecastAnswer(
            name: event.window, mean: nil, median: nil, standardDeviation: nil, intervals: [], quantiles: [],
            chances: []))
      }
      rows[rows.count - 1].events.append(event)
    }
    return rows
  }
}

extension Forecast {
  /// Sample paths: a row per path and period in CSV, a list per path in JSON, a few paths side by side in text.
  @ListBuilder<any ReportPart> func pathsTable(_ count: Int) -> [any ReportPart] {
    let paths = samplePaths(count)
    let shown = min(count, 6)
    let style = NumberStyle.fixed(NumberText.decimals(for: paths.row(0)))
    let rest =
      count > shown ? "Paths 1 to \(shown) of \(count); csv and json have all\n" : ""
    Table("", Array(0..<horizon), in: [.text], footer: rest) {
      Column("period", "Period") { (start + $0).description }
      for path in 0..<shown {
        Column("path", "Path \(path + 1)", style) { paths[$0, path] }
      }
    }
    Table("paths", Array(0..<count), in: [.json]) {
      Column("path") { $0 + 1 }
      Column("values") { path in (0..<horizon).map { paths[$0, path] } }
    }
    Table("", Array(0..<(count * horizon)), in: [.csv]) {
      Column("unique_id") { _ in series.name }
      Column("path") { $0 / horizon + 1 }
      Column("ds") { (start + $0 % horizon).description }
      Column("value") { paths[$0 % horizon, $0 / horizon] }
    }
  }
}
