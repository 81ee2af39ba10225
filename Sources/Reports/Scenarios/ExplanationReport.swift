internal import Forecasting
public import Scenarios

extension ScenarioExplanation {
  /// Where a quantity comes from: an indented tree of formulas, distributions and sources.
  ///
  /// CSV has one row per part.
  public var report: Report {
    Report {
      Words(heading)
      Words(parts.map(\.text).joined())
      Members([
        "quantity": quantity, "unit": unit, "is_date": isDate, "mean": mean, "p10": quantiles[0],
        "p50": quantiles[1], "p90": quantiles[2], "median_draw": medianDraw, "branch": branch,
        "branch_weight": branchWeight,
      ])
      Table("parts", parts, in: [.json, .csv]) {
        Column("depth") { $0.depth }
        Column("name") { $0.name }
        Column("kind") { $0.kind }
        Column("formula") { $0.formula }
        Column("unit") { $0.unit }
        Column("is_date") { $0.isDate }
        Column("basis") { $0.basis?.rawValue }
        Column("sources") { $0.sources }
        Column("place") { $0.place.description }
        Column("p10") { $0.quantiles[0] }
        Column("p50") { $0.quantiles[1] }
        Column("p90") { $0.quantiles[2] }
        Column("value") { $0.value }
        Column("repeated") { $0.isRepeated }
      }
    }
  }

  private var heading: String {
    let unit = unitText(unit, isDate: isDate)
    var text = "\(quantity)\(unit.isEmpty ? "" : " \(unit)")\n"
    if let mean { text += "mean \(shown(mean, isDate: isDate)), " }
    text += zip(["P10", "P50", "P90"], quantiles).map { "\($0) \(shown($1, isDate: isDate))" }
      .joined(separator: ", ")
    text +=
      "\nMedian path: draw \(medianDraw) of \(settings.replicates) × \(settings.draws), seed \(settings.seed)"
    if !branch.isEmpty { text += ", branch \(branch) (weight \(NumberText.plain(branchWeight)))" }
    return text + "\n"
  }
}

extension ScenarioExplanation.Part {
  /// The part as lines, indented by its depth.
  fileprivate var text: String {
    let indent = String(repeating: "  ", count: depth)
    let unit = unitText(unit, isDate: isDate)
    let head = "\(indent)\(name) = \(shown(value, isDate: isDate))\(unit.isEmpty ? "" : " \(unit)")"
    guard !isRepeated else { return head + "  (above)\n" }
    var lines = [head, "\(indent)    \(kind): \(formula)"]
    let shares = quantiles.map { shown($0, isDate: isDate) }
    if Set(shares).count > 1 {
      lines.append("\(indent)    P10 \(shares[0]), P50 \(shares[1]), P90 \(shares[2])")
    }
    let origin = (basis.map { [$0.rawValue] } ?? []) + sources
    lines.append(
      "\(indent)    " + (origin.isEmpty ? "" : origin.joined(separator: ", ") + "; ") + "\(place)")
    return lines.joined(separator: "\n") + "\n"
  }
}
