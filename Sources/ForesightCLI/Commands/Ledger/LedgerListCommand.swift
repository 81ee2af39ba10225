internal import ArgumentParser
internal import Forecasting
internal import Ledger

/// `foresight ledger list`: the runs recorded, or the keys that wait for an outcome.
struct LedgerListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the runs recorded, or the keys that wait for an outcome.",
    usage: "foresight ledger list [--open] [--ledger <file>] [...]",
    discussion: """
      EXAMPLES
        foresight ledger list
        foresight ledger list --open --format csv
      """)

  @OptionGroup var file: LedgerFile
  @Flag(help: "The keys that have projections and no outcome.") var open = false
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func run() throws {
    let ledger = try file.open()
    if open {
      let keys = try ledger.openKeys()
      switch format {
      case .json: try StandardOutput.write(jsonText(keys))
      case .text, .csv:
        var csv = CSVText(["key"])
        for key in keys { csv.add([key]) }
        try StandardOutput.write(csv.text)
      }
      return
    }
    let report = LedgerRunsReport(try ledger.runs())
    switch format {
    case .text: try StandardOutput.write(report.text(width: StandardOutput.width))
    case .json: try StandardOutput.write(jsonText(report.documents))
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}
