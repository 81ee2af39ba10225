internal import Forecasting
public import Scenarios

extension ScenarioRun {
  /// The answers of a run, each statistic with its standard error.
  ///
  /// JSON is the run's own `Codable` form, in snake case. CSV has one row per statistic, with the columns
  /// `scenario,question,figure,level,value,standard_error,unit,never,of,given`.
  public var report: Report {
    let rows = answers.flatMap { answer in
      answer.rows.indices.map { RunRow(answer: answer, place: $0) }
        + (answer.rows.isEmpty && answer.sensitivity.isEmpty ? [RunRow(answer: answer, place: nil)] : [])
    }
    return Report(encoding: self) {
      Words(heading)
      Table("", rows, in: [.text]) { RunRow.columns }
      Table("", rows.filter { $0.row != nil }, in: [.csv]) {
        Column("scenario") { _ in scenario }
        RunRow.columns
      }
      for answer in answers { answer.studies }
      Notes(
        notes,
        more: answers.flatMap { answer in
          let isConditional = answer.given != nil && answer.breakEven == nil
          let paths = "\(answer.effectiveSampleSize) paths satisfy the condition"
          return ((isConditional ? [paths] : []) + answer.notes).map { "\(answer.question): \($0)" }
        })
    }
  }

  /// Every statistic by the name that a condition on a run uses, `QUESTION.STATISTIC`, +∞ for a date that never comes.
  ///
  /// The only statistic of a question also has the name of the question.
  package var statistics: [(name: String, value: Double)] {
    answers.flatMap { answer in
      let own = answer.rows.map { row in
        (
          name: "\(answer.question).\(row.name.text)",
          value: row.value ?? .infinity
        )
      }
      return (own.count == 1 ? [(name: answer.question, value: own[0].value)] : []) + own
    }
  }

  private var heading: String {
    let means = horizon.value == .calendarMean ? "calendar-year means" : "values at the start of the year"
    let steps = horizon.step == .month ? ", monthly flows" : ""
    return "Scenario \(scenario)\(asOf.map { " as of \($0)" } ?? ""), \(horizon.from) … \(horizon.to), "
      + "\(means)\(steps)\n\(settings.replicates) × \(settings.draws) draws (\(settings.method.rawValue)), "
      + "seed \(settings.seed); \(file), hash \(fileHash)\n"
  }
}

/// A statistic of an answer; an answer without any has one row that says so.
private struct RunRow: Sendable {
  let answer: ScenarioAnswer
  let place: Int?

  var row: AnswerRow? { place.map { answer.rows[$0] } }
  var name: FigureName? { row.map(\.name) }
  private var isFirst: Bool { place ?? 0 == 0 }

  private var hasUnit: Bool {
    switch row?.kind {
    case .mean, .quantile, .quantileIfEver, .breakEven: true
    case .exceed, .probability, .never, .notWithinHorizon, nil: false
    }
  }

  /// Two digits of the median standard error of the statistics with, or without, a unit.
  private var style: NumberStyle? {
    let errors = answer.rows.indices.map { RunRow(answer: answer, place: $0) }
      .filter { $0.hasUnit == hasUnit }.map { $0.row?.standardError }
    return errors.contains { $0.map { $0 > 0 } ?? false } ? NumberStyle(errors: errors) : nil
  }

  private var value: String {
    guard let row else { return "" }
    guard let value = row.value else { return "never" }
    return style?.text(value) ?? NumberText.significant(value, 6)
  }

  private var error: String {
    guard let row, row.value != nil else { return "" }
    return (style ?? .significant(5)).text(row.standardError)
  }

  /// What the question asks, in words.
  private var subject: String {
    var text = answer.of
    if let given = answer.given { text += ", given \(given)" }
    for (name, value) in answer.interventions.sorted(by: { $0.key < $1.key }) {
      text += ", do \(name) = \(value.map { NumberText.plain($0) } ?? "never")"
    }
    return text
  }

  @ListBuilder<Column<RunRow>> static var columns: [Column<RunRow>] {
    Column("question", "Question") { $0.answer.question }.shown { $0.isFirst ? $0.answer.question : "" }
    Column("figure", "Statistic") { $0.name?.text }.shown { $0.name?.label ?? NumberText.absent }
    Column("level") { $0.row?.level }
    Column("value", "Answer") { $0.row?.value }.shown(\.value)
    Column("standard_error", "Std. error") { $0.row?.standardError }.shown(\.error)
    Column("unit", "Unit") { $0.hasUnit ? $0.answer.unit : "1" }.shown { row in
      row.row?.value == nil || !row.hasUnit || row.answer.unit == "1" ? "" : row.answer.unit
    }
    Column("never") { $0.row?.isNever }
    Column("of", "Of") { $0.answer.of }.shown { $0.isFirst ? $0.subject : "" }
    Column("given") { $0.answer.given }
  }
}

extension ScenarioAnswer {
  /// The studies of the question in text.
  @ListBuilder<any ReportPart> fileprivate var studies: [any ReportPart] {
    if !sensitivity.isEmpty {
      InText(
        SensitivityIndex.table(
          sensitivity, decimals: 3, title: "What drives \(of) (\(question)): shares of its variance\n"))
    }
    if let tornado {
      Words("\(Tornado.title): \(of) (\(question))\n" + tornado.heading)
      tornado.parts.map(InText.init)
    }
    if let boxes {
      Words("\(ScenarioDiscovery.title): \(of) (\(question))\n" + boxes.heading)
      boxes.parts.map(InText.init)
    }
  }
}
