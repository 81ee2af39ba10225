internal import Forecasting
internal import Scenarios

/// Where a quantity comes from, as an indented tree.
struct ExplanationReport {
  private let explanation: ScenarioExplanation

  init(_ explanation: ScenarioExplanation) { self.explanation = explanation }

  var text: String {
    let e = explanation
    var text = "\(e.quantity)\(suffix(e.unit, isDate: e.isDate))\n"
    if let mean = e.mean { text += "mean \(figure(mean, isDate: e.isDate)), " }
    text += zip(["P10", "P50", "P90"], e.quantiles).map { "\($0) \(figure($1, isDate: e.isDate))" }
      .joined(separator: ", ")
    text +=
      "\nMedian path: draw \(e.medianDraw) of \(e.settings.replicates) × \(e.settings.draws), seed \(e.settings.seed)"
    if !e.branch.isEmpty { text += ", branch \(e.branch) (weight \(NumberText.plain(e.branchWeight)))" }
    text += "\n\n"
    for part in e.parts {
      let indent = String(repeating: "  ", count: part.depth)
      text += "\(indent)\(part.name) = \(figure(part.value, isDate: part.isDate))"
      text += suffix(part.unit, isDate: part.isDate)
      guard !part.isRepeated else {
        text += "  (above)\n"
        continue
      }
      text += "\n\(indent)    \(part.kind): \(part.formula)\n"
      let quantiles = part.quantiles.map { figure($0, isDate: part.isDate) }
      if Set(quantiles).count > 1 {
        text += "\(indent)    P10 \(quantiles[0]), P50 \(quantiles[1]), P90 \(quantiles[2])\n"
      }
      let origin = (part.basis.map { [$0.rawValue] } ?? []) + part.sources
      text +=
        "\(indent)    " + (origin.isEmpty ? "" : origin.joined(separator: ", ") + "; ") + "\(part.place)\n"
    }
    return text
  }

  private func suffix(_ unit: String, isDate: Bool) -> String { isDate || unit == "1" ? "" : " \(unit)" }

  private func figure(_ value: Double, isDate: Bool) -> String {
    if value == .infinity, isDate { return "never" }
    return isDate ? NumberText.fixed(value, 2) : NumberText.significant(value, 5)
  }

  var document: Document { Document(explanation) }

  /// The keys of `scenario explain --format json`; never is null.
  struct Document: Encodable {
    struct Part: Encodable {
      let depth: Int
      let name: String
      let kind: String
      let formula: String
      let unit: String
      let isDate: Bool
      @NullableText var basis: String?
      let sources: [String]
      let place: String
      @Nullable var p10: Double?
      @Nullable var p50: Double?
      @Nullable var p90: Double?
      @Nullable var value: Double?
      let repeated: Bool
    }

    let quantity: String
    let unit: String
    let isDate: Bool
    @Nullable var mean: Double?
    @Nullable var p10: Double?
    @Nullable var p50: Double?
    @Nullable var p90: Double?
    let medianDraw: Int
    let branch: String
    let branchWeight: Double
    let parts: [Part]

    init(_ e: ScenarioExplanation) {
      quantity = e.quantity
      unit = e.unit
      isDate = e.isDate
      _mean = Nullable(wrappedValue: e.mean)
      _p10 = Nullable(wrappedValue: e.quantiles[0])
      _p50 = Nullable(wrappedValue: e.quantiles[1])
      _p90 = Nullable(wrappedValue: e.quantiles[2])
      medianDraw = e.medianDraw
      branch = e.branch
      branchWeight = e.branchWeight
      parts = e.parts.map { part in
        Part(
          depth: part.depth, name: part.name, kind: part.kind, formula: part.formula, unit: part.unit,
          isDate: part.isDate, basis: part.basis?.rawValue, sources: part.sources,
          place: part.place.description, p10: part.quantiles[0], p50: part.quantiles[1],
          p90: part.quantiles[2], value: part.value, repeated: part.isRepeated)
      }
    }
  }
}
