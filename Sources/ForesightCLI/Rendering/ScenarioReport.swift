internal import Forecasting
internal import Scenarios

/// The answers of a scenario as a table.
struct ScenarioReport {
  private let run: ScenarioRun

  init(_ run: ScenarioRun) { self.run = run }

  /// Every figure by its name; a question's only figure also by the question's.
  ///
  /// A date that never comes is +∞.
  var figures: [(name: String, value: Double)] {
    var figures: [(name: String, value: Double)] = []
    for answer in run.answers {
      if answer.rows.count == 1, let value = answer.rows.first?.value {
        figures.append((answer.question, value))
      }
      for row in answer.rows {
        figures.append(("\(answer.question).\(Self.name(row))", row.value ?? .infinity))
      }
    }
    return figures
  }

  /// A figure's name in documents and conditions.
  static func name(_ row: AnswerRow) -> String { row.name.text }

  /// A figure's name in tables.
  static func label(_ figure: FigureName) -> String {
    switch figure.kind {
    case .mean: "mean"
    case .quantile: "P" + figure.percent
    case .quantileIfEver: "P\(figure.percent) if ever"
    case .exceed: "P(≥ \(figure.level.map { NumberText.plain($0) } ?? ""))"
    case .probability: "probability"
    case .never: "never"
    case .notWithinHorizon: "not within horizon"
    case .breakEven: "break-even"
    }
  }

  /// What a question asks, in words.
  private static func subject(_ answer: ScenarioAnswer) -> String {
    var text = answer.of
    if let given = answer.given { text += ", given \(given)" }
    for (name, value) in answer.interventions.sorted(by: { $0.key < $1.key }) {
      text += ", do \(name) = \(value.map { NumberText.plain($0) } ?? "never")"
    }
    return text
  }

  private static func hasUnit(_ row: AnswerRow) -> Bool {
    switch row.kind {
    case .mean, .quantile, .quantileIfEver, .breakEven: true
    case .exceed, .probability, .never, .notWithinHorizon: false
    }
  }

  /// The decimals of an answer's figures of one kind: two digits of their median standard error.
  private static func decimals(_ rows: [AnswerRow]) -> Int? {
    let errors = rows.compactMap(\.standardError).filter { $0 > 0 }.sorted()
    guard !errors.isEmpty else { return nil }
    return min(6, NumberText.decimals(for: [errors[(errors.count - 1) / 2]], digits: 2))
  }

  /// A figure and its standard error.
  private static func cells(_ row: AnswerRow, decimals: Int?) -> (value: String, error: String) {
    guard let value = row.value else { return ("never", "") }
    guard let decimals else {
      return (NumberText.significant(value, 6), NumberText.significant(row.standardError))
    }
    let error = row.standardError.map { NumberText.fixed($0, decimals) } ?? NumberText.absent
    return (NumberText.fixed(value, decimals), error)
  }

  /// The answers as a page of text.
  var text: String {
    let settings = run.settings
    var text = "Scenario \(run.scenario)"
    if let date = run.asOf { text += " as of \(date)" }
    let means = run.horizon.value == .calendarMean ? "calendar-year means" : "values at the start of the year"
    let steps = run.horizon.step == .month ? ", flows by month" : ""
    text += ", \(run.horizon.from) … \(run.horizon.to), \(means)\(steps)\n"
    text +=
      "\(settings.replicates) × \(settings.draws) draws (\(settings.method.rawValue)), seed \(settings.seed)"
    text += "; \(run.file), hash \(run.fileHash)\n\n"
    var table = TextTable([
      .text("Question"), .text("Figure"), .number("Answer"), .number("Std. error"), .text("Unit"),
      .text("Of"),
    ])
    var notes: [String] = []
    for answer in run.answers {
      let decimals = [true, false].map { hasUnit in
        Self.decimals(answer.rows.filter { Self.hasUnit($0) == hasUnit })
      }
      for (number, row) in answer.rows.enumerated() {
        let cells = Self.cells(row, decimals: decimals[Self.hasUnit(row) ? 0 : 1])
        let unit = Self.hasUnit(row) && answer.unit != "1" ? answer.unit : ""
        table.add([
          number == 0 ? answer.question : "", Self.label(row.name), cells.value, cells.error,
          row.value == nil ? "" : unit, number == 0 ? Self.subject(answer) : "",
        ])
      }
      if answer.rows.isEmpty, answer.sensitivity.isEmpty {
        table.add([answer.question, "–", "", "", "", Self.subject(answer)])
      }
      if answer.given != nil, answer.breakEven == nil {
        notes.append("\(answer.question): \(answer.effectiveSampleSize) paths satisfy the condition")
      }
      notes += answer.notes.map { "\(answer.question): \($0)" }
    }
    text += table.text()
    text += drivers + studies
    notes += run.notes
    if !notes.isEmpty { text += "\nNotes\n" + notes.map { "- \($0)\n" }.joined() }
    return text
  }

  /// The drivers of the quantities whose Sobol' indices were asked, a table each.
  private var drivers: String {
    var text = ""
    for answer in run.answers where !answer.sensitivity.isEmpty {
      text += "\nWhat drives \(answer.of) (\(answer.question)): shares of its variance\n"
      var table = TextTable([
        .text("Input"), .number("First order"), .text("Interval"), .number("Total"), .text("Interval"),
        .number("Rank"),
      ])
      func interval(_ range: ClosedRange<Double>?) -> String {
        guard let range else { return NumberText.absent }
        return "\(NumberText.fixed(range.lowerBound, 3)) … \(NumberText.fixed(range.upperBound, 3))"
      }
      for index in answer.sensitivity {
        table.add([
          index.name, NumberText.fixed(index.first, 3), interval(index.firstInterval),
          NumberText.fixed(index.total, 3), interval(index.totalInterval), index.rank.map { "\($0)" } ?? "",
        ])
      }
      text += table.text()
      if answer.sensitivity.contains(where: { $0.rank == nil && $0.totalInterval != nil }) {
        text += "An input without a rank has an interval that overlaps a neighbour's.\n"
      }
    }
    return text
  }

  /// The tornados and boxes that were asked for, as `scenario sensitivity` shows them.
  private var studies: String {
    var text = ""
    for answer in run.answers {
      if let tornado = answer.tornado {
        text +=
          "\n\(TornadoReport.title): \(answer.of) (\(answer.question))\n\(TornadoReport.body(tornado))"
      }
      if let boxes = answer.boxes {
        text += "\n\(BoxReport.title): \(answer.of) (\(answer.question))\n\(BoxReport.body(boxes))"
      }
    }
    return text
  }

  /// A row a figure.
  var csv: String {
    var csv = CSVText([
      "scenario", "question", "figure", "level", "value", "standard_error", "unit", "never", "of", "given",
    ])
    for answer in run.answers {
      for row in answer.rows {
        csv.add([
          run.scenario, answer.question, Self.name(row), CSVText.number(row.level), CSVText.number(row.value),
          CSVText.number(row.standardError), Self.hasUnit(row) ? answer.unit : "1", "\(row.isNever)",
          answer.of,
          answer.given ?? "",
        ])
      }
    }
    return csv.text
  }

  /// The answers as a document: the run's own.
  var document: ScenarioRun { run }
}
