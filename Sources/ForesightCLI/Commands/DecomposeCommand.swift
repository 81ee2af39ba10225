internal import ArgumentParser
internal import ForecastModels
internal import Forecasting

/// `foresight decompose`: a series in trend, seasons and remainder.
struct DecomposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decompose",
    abstract: "Take a series apart into trend, seasons and remainder.",
    usage: """
      foresight decompose (--dataset <name> | --input <file>) [...]
      """,
    discussion: """
      Seasonal-trend decomposition by local regression (STL); several seasons are taken out in turn (MSTL). Missing \
      values weigh nothing and get a trend and a season.

      EXAMPLES
        foresight decompose --dataset prices/brent
        foresight decompose --dataset prices/lng-japan --window periodic --robust
        foresight decompose --input hourly.csv --periods 24,168 --format csv
      """)

  @OptionGroup var input: SeriesInput
  @Option(
    help: ArgumentHelp(
      "Base periods in each cycle, such as 24,168. (default: the series' own)", valueName: "m,…"))
  var periods: String?
  @Option(
    help: ArgumentHelp(
      "Cycles over which seasonal figures are smoothed: an odd number, or periodic. (default: 11, then 4 more a "
        + "season)", valueName: "cycles"))
  var window: String?
  @Option(
    help: ArgumentHelp(
      "Base periods over which the trend is smoothed, odd. (default: from the cycle)", valueName: "periods"))
  var trend: String?
  @Flag(help: "Weigh outliers down.") var robust = false
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws { try input.require() }

  func run() throws {
    let decomposition = try MSTL(periods: periods, window: window, trend: trend, isRobust: robust)
    let loaded = try input.load()
    let parts = try loaded.placing { () throws(ForecastError) in try decomposition.decompose(loaded.series) }
    let report = DecompositionReport(parts)
    loaded.warn(beside: format == .text)
    switch format {
    case .text: try StandardOutput.write(report.text(width: StandardOutput.width) + loaded.noteLine)
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}
