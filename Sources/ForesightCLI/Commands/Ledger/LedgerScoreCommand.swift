internal import ArgumentParser
internal import Ledger
internal import Reports

/// `foresight ledger score`: the scores of settled projections.
struct LedgerScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score the settled projections: Brier, log score, CRPS, calibration.",
    usage: "foresight ledger score [--by <name,…>] [--ledger <file>] [...]",
    discussion: """
      The Brier and log scores (natural logarithm) are for probabilities, CRPS and coverage for distributions. Lower scores \
      are better; coverage should be close to its level. CRPS has the unit of the outcomes and is omitted if units differ.

      EXAMPLES
        foresight ledger score
        foresight ledger score --by model,horizon --format csv
      """)

  @OptionGroup var file: LedgerFile
  @Option(help: ArgumentHelp("Group by name, model or horizon.", valueName: "name,…"))
  var by: String = "name,model"
  @OptionGroup var output: OutputOptions

  func run() throws {
    let grouping = try by.split(separator: ",").map { part -> ScoreGrouping in try named(String(part)) }
    let ledger = try file.open()
    try output.emit(
      Report(
        try ledger.scores(by: Set(grouping)), calibration: try ledger.calibration(), by: Set(grouping)))
  }
}
