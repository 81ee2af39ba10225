public import Forecasting
internal import ForesightNumerics

extension Forecast {
  /// A forecast period by period: mean, median, standard deviation and prediction intervals.
  ///
  /// CSV has the columns `unique_id,ds,mean,lo-80,hi-80,lo-95,hi-95`, one row per period.
  ///
  /// - Parameters:
  ///   - levels: the levels of the intervals, such as 0.8; those that do not lie strictly between 0 and 1 are left out.
  ///   - notes: what a reader must know of the data and the fit.
  public func report(levels: [Double] = [0.8, 0.95], notes: [String] = []) -> Report {
    report(percent: levels.filter { $0 > 0 && $0 < 1 }.map(percent), rows: [], notes: notes)
  }

  /// A forecast period by period, and the totals over windows; CSV does not show totals.
  ///
  /// - Parameters:
  ///   - levels: the levels of the intervals, such as 0.8.
  ///   - totals: the windows whose totals are wanted.
  ///   - notes: what a reader must know of the data and the fit.
  /// - Throws: `ForecastError` as `total(over:)`, and `.invalidOption` for a level that does not lie strictly between 0 and 1.
  public func report(
    levels: [Double] = [0.8, 0.95], totals: [TotalWindow], notes: [String] = []
  ) throws(ForecastError) -> Report {
    for level in levels { try requireShare("level", level) }
    let levels = levels.map(percent)
    var rows: [ForecastRow] = []
    for window in totals {
      let total = try total(over: window)
      rows.append(
        ForecastRow(
          period: window.description, distribution: total, median: total.quantile(0.5),
          intervals: levels.map { level in
            PredictionInterval(
              lower: total.quantile((1 - level / 100) / 2), upper: total.quantile((1 + level / 100) / 2),
              level: level)
          }))
    }
    return report(percent: levels, rows: rows, notes: notes)
  }

  private func report(percent levels: [Double], rows totals: [ForecastRow], notes: [String]) -> Report {
    let median = median
    let intervals = levels.map { bands($0 / 100) }
    let steps = periods.enumerated().map { step, period in
      ForecastRow(
        period: period.description, distribution: marginal(step), median: median[step],
        intervals: intervals.map { $0[step] })
    }
    let unit = series.unit.isEmpty ? "" : ", \(series.unit)"
    return Report {
      Words("\(model)\nSeries \(series.name)\(unit); \(counted(horizon, "period")) after \(series.end)\n")
      Members([
        "model": model, "series": series.name, "unit": series.unit, "origin": series.end.description,
        "horizon": horizon, "seed": seed, "levels": levels, "notes": notes,
      ])
      Table("steps", steps) {
        Column("unique_id") { _ in series.name }.only(.csv)
        ForecastRow.columns("Period", steps, levels)
      }
      Table("totals", totals, in: totals.isEmpty ? [.json] : [.text, .json]) {
        ForecastRow.columns("Total", totals, levels)
      }
      Words(notes.map { "\($0)\n" }.joined())
    }
  }
}

/// 80 of a level of 0.8.
private func percent(_ level: Double) -> Double { (level * 1e11).rounded() / 1e9 }

/// One period, or one total.
private struct ForecastRow: Sendable {
  let period: String
  let mean: Double?
  let median: Double
  let standardDeviation: Double?
  let intervals: [PredictionInterval]

  init(period: String, distribution: some Distribution, median: Double, intervals: [PredictionInterval]) {
    self.period = period
    mean = distribution.mean
    self.median = median
    standardDeviation = distribution.standardDeviation
    self.intervals = intervals
  }

  /// The columns of rows that share their decimals.
  @ListBuilder<Column<ForecastRow>>
  static func columns(_ title: String, _ rows: [ForecastRow], _ levels: [Double]) -> [Column<ForecastRow>] {
    let style = NumberStyle.fixed(NumberText.decimals(for: rows.compactMap(\.mean)))
    Column("period", title) { $0.period }.csv("ds")
    Column("mean", "Mean", style) { $0.mean }
    Column("median", "Median", style) { $0.median }.only(.text, .json)
    Column("standard_deviation") { $0.standardDeviation }.only(.json)
    Column("intervals") { row in
      zip(levels, row.intervals).map { level, interval in
        JSONValue(["level": level, "lower": interval.lower, "upper": interval.upper])
      }
    }.only(.json)
    for (place, level) in levels.enumerated() {
      let label = NumberText.plain(level)
      Column("lo-\(label)", "Lower \(label) %", style) { $0.intervals[place].lower }.only(.text, .csv)
      Column("hi-\(label)", "Upper \(label) %", style) { $0.intervals[place].upper }.only(.text, .csv)
    }
  }
}
