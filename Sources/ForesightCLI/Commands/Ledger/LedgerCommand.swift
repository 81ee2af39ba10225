internal import ArgumentParser

/// `foresight ledger`: recorded projections, their outcomes and scores.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "List recorded projections, enter outcomes, score what was said.",
    discussion: """
      Runs are recorded by forecast --ledger FILE and scenario run --ledger FILE.

      EXAMPLES
        foresight ledger list
        foresight ledger settle prices/brent@2026-08 71.4 --source worldbank
        foresight ledger score
      """,
    subcommands: [LedgerListCommand.self, LedgerSettleCommand.self, LedgerScoreCommand.self])
}
