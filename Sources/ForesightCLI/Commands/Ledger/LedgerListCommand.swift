internal import ArgumentParser
internal import Forecasting
internal import Ledger
internal import Reports

/// `foresight ledger list`: the recorded runs, or the keys without an outcome.
struct LedgerListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the recorded runs, or the keys without an outcome.",
    usage: "foresight ledger list [--open] [--ledger <file>] [...]",
    discussion: """
      EXAMPLES
        foresight ledger list
        foresight ledger list --open --format csv
      """)

  @OptionGroup var file: LedgerFile
  @Flag(help: "List the keys that have projections but no outcome.") var open = false
  @OptionGroup var output: OutputOptions

  func run() throws {
    let ledger = try file.open()
    try output.emit(open ? Report(openKeys: try ledger.openKeys()) : Report(try ledger.runs()))
  }
}
