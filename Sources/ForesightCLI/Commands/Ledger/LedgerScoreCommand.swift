internal import ArgumentParser
internal import Ledger

/// `foresight ledger score`: how good the settled projections were.
struct LedgerScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score the settled projections: Brier, log score, CRPS, coverage, calibration.",
    usage: "foresight ledger score [--by <name,…>] [--ledger <file>] [...]",
    discussion: """
      Brier and log score (natural logarithm) are of probabilities, CRPS and coverage of distributions; small is good, and \
      coverage is good near its level. CRPS has the unit of the outcomes and is left out where units differ.

      EXAMPLES
        foresight ledger score
        foresight ledger score --by model,horizon --format csv
      """)

  @OptionGroup var file: LedgerFile
  @Option(help: ArgumentHelp("Groups: name, model, horizon. (default: name,model)", valueName: "name,…"))
  var by: String = "name,model"
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func run() throws {
    let grouping = try by.split(separator: ",").map { part -> ScoreGrouping in try named(String(part)) }
    let ledger = try file.open()
    let report = LedgerScoreReport(
      scores: try ledger.scores(by: Set(grouping)), bins: try ledger.calibration(), grouping: Set(grouping))
    switch format {
    case .text: try StandardOutput.write(report.text(width: StandardOutput.width))
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}
