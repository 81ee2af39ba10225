internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Reports
internal import Scenarios

/// `foresight scenario score`: a scenario compared with outcomes.
struct ScenarioScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score a scenario against the outcomes of its quantities.",
    usage: "foresight scenario score <file> [--outcomes <csv>] [...]",
    discussion: """
      A file of outcomes has the columns quantity,outcome[,source_id]. A quantity is an expression with one value per \
      path, such as ps2[2035]; its outcome is a number, a decimal year or never for a date, and 1 or 0 for a condition. \
      By default, the outcomes of NAME.yaml are in NAME.outcomes.csv next to it. Bundled hindcasts have their own.

      EXAMPLES
        foresight scenario score pos1-2020
        foresight scenario score mine.yaml --outcomes outcomes.csv --format json
      """)

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("The outcomes. (default: NAME.outcomes.csv)", valueName: "csv")) var outcomes:
    String?
  @OptionGroup var drawing: DrawInput
  @OptionGroup var output: OutputOptions

  func run() throws {
    let scenario = try input.load()
    let scores = try scenario.checked().score(
      try read(outcomes ?? input.outcomesPath()), drawing.options)
    try output.emit(scenario.report(scores))
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
