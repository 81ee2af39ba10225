internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Ledger

/// `foresight ledger settle`: the outcomes of projections.
struct LedgerSettleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Enter the outcomes of projections: one, a file, or a series.",
    usage: """
      foresight ledger settle <key> <outcome> [--source <text>] [...]
      foresight ledger settle --outcomes <file> [...]
      foresight ledger settle --dataset <name> [...]
      """,
    discussion: """
      A key is SERIES@PERIOD or SCENARIO.QUESTION; "ledger list --open" lists the keys without an outcome. An outcome is a \
      number in the unit of the projection, 1 or 0 for a condition, and a decimal year or never for a date. A settled key \
      keeps its outcome unless you pass --revise. A file has the columns key,outcome[,source]; all rows are entered or none.

      EXAMPLES
        foresight ledger settle power-of-siberia-2.flow_2030 0 --source gacc
        foresight ledger settle --outcomes outcomes.csv
        foresight ledger settle --dataset prices/brent
      """)

  @Argument(help: ArgumentHelp("The key of the projections.", valueName: "key")) var key: String?
  @Argument(help: ArgumentHelp("The outcome.", valueName: "outcome")) var outcome: String?
  @Option(help: ArgumentHelp("The source of the outcome.", valueName: "text")) var source: String = ""
  @Flag(help: "Replace outcomes that were entered before.") var revise = false
  @Option(help: ArgumentHelp("A CSV file of outcomes.", valueName: "file")) var outcomes: String?
  @Option(help: ArgumentHelp("A bundled series whose values are the outcomes.", valueName: "name"))
  var dataset: String?
  @OptionGroup var file: LedgerFile

  func validate() throws {
    let ways = (key != nil ? 1 : 0) + (outcomes != nil ? 1 : 0) + (dataset != nil ? 1 : 0)
    guard ways == 1 else {
      throw ValidationError(
        "give either a key with its outcome, --outcomes FILE or --dataset NAME, and only one of them")
    }
    guard (key == nil) == (outcome == nil) else { throw ValidationError("a key needs its outcome") }
  }

  func run() throws {
    let ledger = try file.open()
    if let dataset {
      let count = try ledger.settle(try Datasets.entry(named: dataset).series(), source: source)
      try StandardOutput.write("\(count) settled\n")
      return
    }
    var entered: [Outcome] = []
    if let key, let outcome {
      guard let value = Self.value(outcome) else {
        throw Failure(.input, "\"\(outcome)\" is not an outcome; expected a number or never")
      }
      entered.append(Outcome(key: key, value: value, source: source))
    } else if let outcomes {
      entered = try read(outcomes)
    }
    try ledger.settle(entered, revising: revise)
    try StandardOutput.write("\(entered.count) settled\n")
  }

  private func read(_ path: String) throws -> [Outcome] {
    let table = try CSVTable(path: path)
    let key = try table.requiredColumn("key")
    let outcome = try table.requiredColumn("outcome")
    let source = table.column("source")
    return try table.rows.map { row in
      guard let value = Self.value(row.fields[outcome]) else {
        throw ForecastError.data(DataFault(.badNumber(row.fields[outcome]), file: path, line: row.line))
      }
      return Outcome(key: row.fields[key], value: value, source: source.map { row.fields[$0] } ?? self.source)
    }
  }

  /// A number, +∞ for `never`.
  private static func value(_ text: String) -> Double? {
    text == "never" ? .infinity : Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
