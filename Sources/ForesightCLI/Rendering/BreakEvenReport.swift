internal import Forecasting
internal import Scenarios

/// Where a figure reaches a target.
struct BreakEvenReport {
  private let found: BreakEven

  init(_ found: BreakEven) { self.found = found }

  private var label: String {
    ScenarioReport.label(found.figure)
  }

  private static func unit(_ unit: String) -> String {
    unit == "1" || unit == "decimal-year" ? "" : " \(unit)"
  }

  var text: String {
    let settings = found.settings
    var text =
      "Break-even: \(found.varied) at which the \(label) of \(found.of) reaches \(NumberText.plain(found.target))"
    text += Self.unit(found.unit) + (found.given.map { ", given \($0)" } ?? "")
    text += "\nquestion \(found.question) of \(found.scenario) (\(found.file), hash \(found.fileHash))\n"
    text +=
      "\(settings.replicates) × \(settings.draws) paired draws (\(settings.method.rawValue)), seed \(settings.seed); "
    text += "computed \(found.evaluations) times\n\n"
    let width = found.bracket.upperBound - found.bracket.lowerBound
    let decimals = NumberText.decimals(
      for: [found.standardError.flatMap { $0 > 0 ? $0 : nil } ?? max(width, 1e-6)], digits: 2)
    let error = found.standardError.map { NumberText.fixed($0, decimals) } ?? NumberText.absent
    text +=
      "\(found.varied) = \(NumberText.fixed(found.value, decimals))\(Self.unit(found.variedUnit)), standard error \(error); "
    text += "on these draws between \(NumberText.significant(found.bracket.lowerBound, 9)) and "
    text += "\(NumberText.significant(found.bracket.upperBound, 9))\n\n"
    var table = TextTable([
      .number(found.varied + Self.unit(found.variedUnit)), .number(label + Self.unit(found.unit)),
      .number("Std. error"),
    ])
    for point in found.scan {
      table.add([
        NumberText.significant(point.value, 7), NumberText.significant(point.figure, 6),
        NumberText.significant(point.standardError, 2),
      ])
    }
    text += table.text()
    if !found.notes.isEmpty { text += "\nNotes\n" + found.notes.map { "- \($0)\n" }.joined() }
    return text
  }

  /// The break-even as a document: its own.
  var document: BreakEven { found }
}
