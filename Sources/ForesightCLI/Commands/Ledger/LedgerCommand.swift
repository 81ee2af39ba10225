internal import ArgumentParser

/// `foresight ledger`: recorded projections, their outcomes and scores.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Record projections, enter outcomes and score the projections.",
    discussion: """
      "forecast --ledger FILE" and "scenario run --ledger FILE" record runs; "ledger record" records the projections of others.

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
