internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Scenarios

/// `foresight scenario score`: a scenario against what came.
struct ScenarioScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score a scenario by what came of its quantities.",
    usage: "foresight scenario score <file> [--outcomes <csv>] [...]",
    discussion: """
      Outcomes have columns quantity,outcome[,source_id]: an expression of one value a path, such as ps2[2035], a date, a decimal \
      year or never, or a condition, 1 or 0. A bundled scenario has its own where it is a hindcast; a file's are those in \
      NAME.outcomes.csv beside it unless --outcomes names others.

      EXAMPLES
        foresight scenario score pos1-2020
        foresight scenario score mine.yaml --outcomes outcomes.csv --format json
      """)

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("What came. (default: NAME.outcomes.csv)", valueName: "csv")) var outcomes:
    String?
  @OptionGroup var drawing: DrawInput
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func run() throws {
    let scenario = try input.load()
    let scores = try scenario.checked().score(
      try read(outcomes ?? input.outcomesPath()), drawing.options)
    let report = ScenarioScoreReport(scenario: scenario, scores: scores)
    switch format {
    case .text: try StandardOutput.write(report.text(width: StandardOutput.width))
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
  }

  private func read(_ path: String) throws(ForecastError) -> [ScenarioOutcome] {
    let table = try CSVTable(path: path)
    let quantity = try table.requiredColumn("quantity")
    let outcome = try table.requiredColumn("outcome")
    let source = table.column("source_id")
    var outcomes: [ScenarioOutcome] = []
    for row in table.rows {
      let text = row.fields[outcome]
      guard let value = text == "never" ? .infinity : Double(text), !value.isNaN else {
        throw .data(DataFault(.badNumber(text), file: path, line: row.line))
      }
      outcomes.append(
        ScenarioOutcome(
          quantity: row.fields[quantity], value: value, source: source.map { row.fields[$0] } ?? "",
          place: FilePlace(file: path, line: row.line)))
    }
    guard !outcomes.isEmpty else { throw .data(DataFault(.empty, file: path)) }
    return outcomes
  }
}
