internal import Forecasting
internal import ForesightNumerics

/// A forecast as tables: a row a step, a row a total.
struct ForecastReport: Encodable {
  struct Interval: Encodable {
    let level: Double
    @Nullable var lower: Double?
    @Nullable var upper: Double?

    init(_ lower: Double, _ upper: Double, level: Double) {
      self.level = level
      self.lower = lower
      self.upper = upper
    }
  }

  /// One period, or one total.
  struct Row: Encodable {
    let period: String
    @Nullable var mean: Double?
    @Nullable var median: Double?
    @Nullable var standardDeviation: Double?
    let intervals: [Interval]

    init(_ period: String, _ distribution: any Distribution, median: Double, intervals: [Interval]) {
      self.period = period
      mean = distribution.mean
      self.median = median
      standardDeviation = distribution.standardDeviation
      self.intervals = intervals
    }
  }

  let model: String
  let series: String
  let unit: String
  let origin: String
  let horizon: Int
  let seed: UInt64
  let levels: [Double]
  let steps: [Row]
  private(set) var totals: [Row] = []
  /// What the reader must know of the data and the fit.
  var notes: [String] = []

  /// Every step of a forecast with intervals at levels in per cent.
  init(_ forecast: Forecast, levels: [Double]) {
    model = forecast.model
    series = forecast.series.name
    unit = forecast.series.unit
    origin = forecast.series.end.description
    horizon = forecast.horizon
    seed = forecast.seed
    self.levels = levels
    let median = forecast.median
    let intervals = levels.map { forecast.interval($0 / 100) }
    steps = forecast.periods.enumerated().map { step, period in
      Row(
        period.description, forecast.marginal(step), median: median[step],
        intervals: zip(levels, intervals).map { level, interval in
          Interval(interval[step].lower, interval[step].upper, level: level)
        })
    }
  }

  /// Adds the distribution of a total.
  mutating func add(_ total: any Distribution, over window: TotalWindow) {
    let intervals = levels.map { level in
      Interval(
        total.quantile((1 - level / 100) / 2), total.quantile((1 + level / 100) / 2), level: level)
    }
    totals.append(
      Row(window.description, total, median: total.quantile(0.5), intervals: intervals))
  }

  /// `unique_id,ds,mean,lo-80,hi-80,…`, a row a step.
  var csv: String {
    var csv = CSVText(
      ["unique_id", "ds", "mean"]
        + levels.flatMap { ["lo-\(Levels.label($0))", "hi-\(Levels.label($0))"] })
    for step in steps {
      let ends = step.intervals.flatMap { [CSVText.number($0.lower), CSVText.number($0.upper)] }
      csv.add([series, step.period, CSVText.number(step.mean)] + ends)
    }
    return csv.text
  }

  /// A heading, the steps and the totals.
  var text: String {
    let unitText = unit.isEmpty ? "" : ", \(unit)"
    var text = "\(model)\nSeries \(series)\(unitText); \(counted(horizon, "period")) after \(origin)\n\n"
    text += table("Period", steps)
    if !totals.isEmpty { text += "\n" + table("Total", totals) }
    return text
  }

  private func table(_ title: String, _ rows: [Row]) -> String {
    var table = TextTable(
      [.text(title), .number("Mean"), .number("Median")]
        + levels.flatMap { level -> [TextTable.Column] in
          let label = Levels.label(level)
          return [.number("Lower \(label) %"), .number("Upper \(label) %")]
        })
    let decimals = NumberText.decimals(for: rows.compactMap(\.mean))
    func cell(_ value: Double?) -> String {
      value.map { NumberText.fixed($0, decimals) } ?? NumberText.absent
    }
    for row in rows {
      let ends = row.intervals.flatMap { [cell($0.lower), cell($0.upper)] }
      table.add([row.period, cell(row.mean), cell(row.median)] + ends)
    }
    return table.text()
  }
}
