internal import Forecasting
public import Scenarios

extension ScenarioDraw {
  /// Everything that one draw is, part by part.
  ///
  /// CSV has one row per part and year, or month; a date that never comes has no value.
  public var report: Report {
    Report {
      Words(
        "Draw \(number): draw \(draw) of replicate \(replicate), both counted from 0; "
          + "\(settings.replicates) × \(settings.draws) draws (\(settings.method.rawValue)), seed \(settings.seed)\n"
          + (branch.isEmpty ? "" : "Branch \(branch)\n"))
      Members([
        "draw": number, "replicate": replicate, "draw_in_replicate": draw, "seed": settings.seed,
        "branch": branch,
      ])
      Table("parts", parts, in: [.json]) {
        Column("kind") { $0.kind }
        Column("name") { $0.name }
        Column("unit") { $0.unit }
        Column("years") { $0.years }
        Column("values") { $0.values }
        Column("months") { $0.months }
      }
      Table("", parts.flatMap(DrawRow.rows), in: [.text, .csv]) {
        Column("draw") { _ in number }
        Column("replicate") { _ in replicate }
        Column("branch") { _ in branch }
        Column("kind", "Part") { $0.part.kind }
        Column("name", "Name") { $0.part.name }
        Column("year", "Year") { $0.time }
        Column("value", "Value") { $0.value }.shown { row in
          Reports.shown(row.value, isDate: row.part.isDate, decimals: 4, digits: 7)
        }
        Column("never") { $0.value == .infinity }
        Column("unit", "Unit") { $0.part.unit }.shown { $0.part.isDate ? "" : $0.part.unit }
      }
    }
  }
}

/// A value of a part on the path.
private struct DrawRow: Sendable {
  let part: ScenarioDraw.Part
  /// The year, or the month as `2035-07`; empty for a single value.
  let time: String
  let value: Double

  static func rows(_ part: ScenarioDraw.Part) -> [DrawRow] {
    part.values.enumerated().map { place, value in
      DrawRow(part: part, time: part.years.isEmpty ? "" : "\(part.years[place])", value: value)
    }
      + part.months.enumerated().map { place, value in
        let month = place % 12 + 1
        return DrawRow(
          part: part, time: "\(part.years[place / 12])-\(month < 10 ? "0" : "")\(month)", value: value)
      }
  }
}
