internal import Forecasting
internal import Scenarios

/// One draw of a scenario: every part and its value on that path.
struct DrawReport {
  private let draw: ScenarioDraw

  init(_ draw: ScenarioDraw) { self.draw = draw }

  var text: String {
    let settings = draw.settings
    var text =
      "Draw \(draw.number): draw \(draw.draw) of replicate \(draw.replicate), both from 0; "
      + "\(settings.replicates) × \(settings.draws) draws (\(settings.method.rawValue)), seed \(settings.seed)\n"
    if !draw.branch.isEmpty { text += "Branch \(draw.branch)\n" }
    var table = TextTable([.text("Part"), .text("Name"), .text("Year"), .number("Value"), .text("Unit")])
    for row in rows {
      table.add([row.kind, row.name, row.time, row.shown, row.isDate ? "" : row.unit])
    }
    return text + "\n" + table.text()
  }

  var csv: String {
    var csv = CSVText(["draw", "replicate", "branch", "kind", "name", "year", "value", "never", "unit"])
    for row in rows {
      csv.add([
        "\(draw.number)", "\(draw.replicate)", draw.branch, row.kind, row.name,
        row.time,
        CSVText.number(row.value), "\(row.value == .infinity)", row.unit,
      ])
    }
    return csv.text
  }

  private struct Row {
    let kind: String
    let name: String
    /// The year, or the month as `2035-07`; empty of a single value.
    let time: String
    let value: Double
    let unit: String
    let isDate: Bool

    var shown: String {
      if value == .infinity, isDate { return "never" }
      return isDate ? NumberText.fixed(value, 4) : NumberText.significant(value, 7)
    }
  }

  private var rows: [Row] {
    draw.parts.flatMap { part in
      func row(_ time: String, _ value: Double) -> Row {
        Row(
          kind: part.kind, name: part.name, time: time, value: value, unit: part.unit, isDate: part.isDate)
      }
      let years = part.values.enumerated().map { place, value in
        row(part.years.isEmpty ? "" : "\(part.years[place])", value)
      }
      let months = part.months.enumerated().map { place, value in
        let month = place % 12 + 1
        return row("\(part.years[place / 12])-\(month < 10 ? "0" : "")\(month)", value)
      }
      return years + months
    }
  }

  var document: Document {
    Document(
      draw: draw.number, replicate: draw.replicate, drawInReplicate: draw.draw, seed: draw.settings.seed,
      branch: draw.branch,
      parts: draw.parts.map { part in
        Document.Part(
          kind: part.kind, name: part.name, unit: part.unit, years: part.years,
          values: part.values.map { $0.isFinite ? $0 : nil }, months: part.months)
      })
  }

  /// The keys of `scenario run --draw --format json`; never is null.
  struct Document: Encodable {
    struct Part: Encodable {
      let kind: String
      let name: String
      let unit: String
      let years: [Int]
      let values: [Double?]
      /// Twelve a year of what is computed by month, else none.
      let months: [Double]
    }

    let draw: Int
    let replicate: Int
    let drawInReplicate: Int
    let seed: UInt64
    let branch: String
    let parts: [Part]
  }
}
