internal import Forecasting
internal import Scenarios

/// A forecast drawn with characters: the last observations, the median and two bands of intervals.
///
/// A published span is drawn at its mean a period for flows, at its value for levels and stocks.
struct FanChart {
  private let history: [Double?]
  private let median: [Double]
  private let inner: [PredictionInterval]
  private let outer: [PredictionInterval]
  private let labels: (first: String, origin: String, last: String)
  private let unit: String
  private let legend: String

  /// A chart of a forecast with bands at the narrowest and the widest of some levels in per cent.
  ///
  /// - Parameter columns: the width that the drawing may take, axis included.
  init(_ forecast: Forecast, levels: [Double], columns: Int = 78) {
    let series = forecast.series
    let room = max(8, columns - FanChart.axisWidth)
    let past = min(series.periodCount, max(room - forecast.horizon, min(forecast.horizon, room / 2)))
    let ahead = min(forecast.horizon, room - past)
    let first = series.end - (past - 1)
    var values = [Double?](repeating: nil, count: past)
    for observation in series.observations {
      guard let value = observation.value else { continue }
      let level = series.rule == .sum ? value / Double(observation.span.count) : value
      for period in observation.span.periods where period >= first {
        values[first.distance(to: period)] = level
      }
    }
    history = values
    median = Array(forecast.median.prefix(ahead))
    inner = Array(forecast.bands((levels.min() ?? 80) / 100).prefix(ahead))
    outer = Array(forecast.bands((levels.max() ?? 95) / 100).prefix(ahead))
    labels = (first.description, series.end.description, (series.end + ahead).description)
    unit = series.unit
    let bands = Set(levels).count > 1 ? "▓ \(Levels.label(levels.min() ?? 80)) %, " : ""
    legend = "• observed, o median, \(bands)░ \(Levels.label(levels.max() ?? 95)) %"
  }

  /// A chart of a quantity's years, its outermost and innermost quantiles as bands; the first year stands as the origin.
  init(_ outlook: QuantityOutlook, columns: Int = 78) {
    let levels = outlook.levels
    let middle = levels.count / 2
    func band(_ low: Int) -> [PredictionInterval] {
      outlook.quantiles.map { quantiles in
        PredictionInterval(
          lower: quantiles[low], upper: quantiles[levels.count - 1 - low], level: 1 - 2 * levels[low])
      }
    }
    // A year takes as many columns as there is room for.
    let width = max(1, min(4, (columns - FanChart.axisWidth) / max(outlook.years.count, 1)))
    func spread<Value>(_ values: [Value]) -> [Value] { values.flatMap { Array(repeating: $0, count: width) } }
    history = []
    median = spread(outlook.quantiles.map { $0[middle] })
    inner = spread(band(max(middle - 1, 0)))
    outer = spread(band(0))
    labels = ("\(outlook.years.first ?? 0)", "", "\(outlook.years.last ?? 0)")
    unit = outlook.unit == "1" ? outlook.name : "\(outlook.name), \(outlook.unit)"
    let percent = { (low: Int) in Levels.label(((1 - 2 * levels[low]) * 1e4).rounded() / 100) }
    legend = "o median, " + (middle > 1 ? "▓ \(percent(middle - 1)) %, " : "") + "░ \(percent(0)) %"
  }

  /// The columns that the numbers at the left take.
  private static let axisWidth = 12

  /// The drawing as lines of text.
  func text(rows: Int = 16) -> String {
    let values = history.compactMap(\.self) + median + outer.flatMap { [$0.lower, $0.upper] }
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return "" }
    let range = high > low ? high - low : max(1, abs(high))
    func row(_ value: Double) -> Int {
      guard value.isFinite else { return value > 0 ? 0 : rows - 1 }
      return min(rows - 1, max(0, Int(((high - value) / range * Double(rows - 1)).rounded())))
    }
    var grid = [[Character]](
      repeating: [Character](repeating: " ", count: history.count + median.count), count: rows)
    for (column, value) in history.enumerated() {
      if let value { grid[row(value)][column] = "•" }
    }
    for step in median.indices {
      let column = history.count + step
      for line in row(outer[step].upper)...row(outer[step].lower) { grid[line][column] = "░" }
      if inner[step].level < outer[step].level {
        for line in row(inner[step].upper)...row(inner[step].lower) { grid[line][column] = "▓" }
      }
      grid[row(median[step])][column] = "o"
    }
    let decimals = NumberText.decimals(for: [low, high], digits: 4)
    var text = "\(unit.isEmpty ? "" : unit + "; ")\(legend)\n"
    for line in 0..<rows {
      var label = ""
      if line % 5 == 0 || line == rows - 1 {
        label = NumberText.fixed(high - range * Double(line) / Double(rows - 1), decimals)
      }
      let pad = String(repeating: " ", count: max(0, FanChart.axisWidth - 2 - label.count))
      var drawn = pad + label + (label.isEmpty ? " │" : " ┤") + String(grid[line])
      while drawn.last == " " { drawn.removeLast() }
      text += drawn + "\n"
    }
    return text + axis()
  }

  /// The line below: the first period, the last observed and the last forecast.
  private func axis() -> String {
    let start = String(repeating: " ", count: FanChart.axisWidth)
    var line = start + labels.first
    let origin = FanChart.axisWidth + history.count - labels.origin.count
    if origin > line.count + 1 {
      line += String(repeating: " ", count: origin - line.count) + labels.origin
    }
    let end = FanChart.axisWidth + history.count + median.count - labels.last.count
    if end > line.count + 1 {
      line += String(repeating: " ", count: end - line.count) + labels.last
    }
    return line + "\n"
  }
}
