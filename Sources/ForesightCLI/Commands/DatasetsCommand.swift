internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Reports

/// `foresight datasets`: the bundled series.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "List the bundled series, or show one with its sources.",
    discussion: """
      EXAMPLES
        foresight datasets
        foresight datasets list --format json
        foresight datasets show trade/total
        foresight datasets show energy/lng --format csv > lng.csv
      """,
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// `foresight datasets list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the bundled series with unit, span and publisher.",
      discussion: """
        EXAMPLE
          foresight datasets list --format csv
        """)

    @OptionGroup var output: OutputOptions

    func run() throws {
      let datasets = try Datasets.catalogue.map { entry throws(ForecastError) in
        BundledDataset(entry: entry, series: try entry.series())
      }
      try output.emit(Report(datasets))
    }
  }

  /// `foresight datasets show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a bundled series: its values, its aggregation rule and its sources.",
      usage: """
        foresight datasets show <name> [--from <period>] [--format <format>]
          [--digits <n>]
        """,
      discussion: """
        You can pass the CSV form back to the tool with --input.

        EXAMPLES
          foresight datasets show trade/total
          foresight datasets show prices/brent --from 2020-01 --format json
        """)

    @Argument(help: "The name of the series.", completion: .list(Datasets.catalogue.map(\.name)))
    var name: String
    @Option(help: ArgumentHelp("The first period to show.", valueName: "period")) var from: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
      let entry = try Datasets.entry(named: name)
      var series = try entry.series()
      if let from {
        guard let first = Period(from, frequency: series.frequency) else {
          throw Failure(
            .input,
            "--from: \"\(from)\" is not a \(series.frequency.rawValue); expected one such as \(series.start)")
        }
        series = try entry.series(from: first)
      }
      try output.emit(
        Report(BundledDataset(entry: entry, series: series), sources: try Datasets.sources()))
    }
  }
}
