public import ForecastModels
internal import Forecasting

extension Decomposition {
  /// The components of a series, period by period, with the strengths of trend and seasons.
  ///
  /// CSV has the columns `period,value,trend,season_M…,remainder,weight`.
  public var report: Report {
    let remainder = remainder
    let unit = series.unit.isEmpty ? "" : ", \(series.unit)"
    let strengths =
      [("trend", trendStrength)]
      + zip(seasonal, seasonalStrengths).map { season, strength in
        ("season of \(season.period)", strength)
      }
    let listed = strengths.map { "\($0) \(NumberText.significant($1, 3))" }.joined(separator: ", ")
    return Report {
      Words(
        "Series \(series.name)\(unit), \(series.span): \(series.observedCount) values\n"
          + "Strength from 0 to 1: \(listed)\n")
      Members([
        "series": series.name, "unit": series.unit, "trend_strength": trendStrength, "left_out": leftOut,
        "seasons": zip(seasonal, seasonalStrengths).map { season, strength in
          JSONValue(["period": season.period, "strength": strength])
        },
      ])
      Table("rows", Array(series.observations.indices)) {
        Column("period", "Period") { series.observations[$0].span.description }
        Column("value", "Value") { series.observations[$0].value }.exact()
        Column("trend", "Trend") { trend[$0] }
        Column("seasons") { row in seasonal.map { $0.values[row] } }.only(.json)
        for season in seasonal {
          Column("season_\(season.period)", "Season of \(season.period)") { season.values[$0] }
            .only(.text, .csv)
        }
        Column("remainder", "Remainder") { remainder[$0] }
        Column("weight", "Weight", .significant(2)) { weights[$0] }
      }
      Words(leftOut.map { "Too short for a season of \($0) periods, which was left out\n" }.joined())
    }
  }
}
