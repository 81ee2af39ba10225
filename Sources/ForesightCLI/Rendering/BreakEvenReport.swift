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

  /// The keys of `scenario break-even --format json`.
  var document: Document { Document(found) }

  struct Point: Encodable {
    let value: Double
    let figure: Double
    @Nullable var standardError: Double?
  }

  /// What `scenario run --format json` says of the search of a question.
  struct Search: Encodable {
    let question: String
    let figure: String
    let unit: String
    let varied: String
    let target: Double
    let bracket: [Double]
    let scan: [Point]
    let evaluations: Int

    init(_ found: BreakEven) {
      let document = Document(found)
      question = document.question
      figure = document.figure
      unit = document.unit
      varied = document.varied
      target = document.target
      bracket = document.bracket
      scan = document.scan
      evaluations = document.evaluations
    }
  }

  struct Document: Encodable {
    let scenario: String
    let file: String
    let fileHash: String
    let question: String
    let of: String
    @NullableText var given: String?
    let figure: String
    let unit: String
    let varied: String
    let variedUnit: String
    let target: Double
    let value: Double
    @Nullable var standardError: Double?
    let bracket: [Double]
    let scan: [Point]
    let run: RunSettings
    let evaluations: Int
    let notes: [String]

    init(_ found: BreakEven) {
      scenario = found.scenario
      file = found.file
      fileHash = found.fileHash
      question = found.question
      of = found.of
      given = found.given
      figure = found.figure.text
      unit = found.unit
      varied = found.varied
      variedUnit = found.variedUnit
      target = found.target
      value = found.value
      standardError = found.standardError
      bracket = [found.bracket.lowerBound, found.bracket.upperBound]
      scan = found.scan.map { Point(value: $0.value, figure: $0.figure, standardError: $0.standardError) }
      run = found.settings
      evaluations = found.evaluations
      notes = found.notes
    }
  }
}
