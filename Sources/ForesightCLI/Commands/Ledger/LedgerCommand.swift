internal import ArgumentParser

/// `foresight ledger`: recorded projections, their outcomes and scores.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Record projections, enter outcomes, score what was said.",
    discussion: """
      Runs are recorded by forecast --ledger FILE and scenario run --ledger FILE, what others say by ledger record.

      EXAMPLES
        foresight ledger record power-of-siberia-2.by_2032 --probability 0.05
        foresight ledger list
        foresight ledger settle prices/brent@2026-08 71.4 --source worldbank
        foresight ledger score
      """,
    subcommands: [
      LedgerRecordCommand.self, LedgerListCommand.self, LedgerSettleCommand.self, LedgerScoreCommand.self,
    ])
}
