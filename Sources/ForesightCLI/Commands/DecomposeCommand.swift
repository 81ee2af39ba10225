internal import ArgumentParser
internal import ForecastModels
internal import Forecasting
internal import Reports

/// `foresight decompose`: trend, seasonal and remainder components of a series.
struct DecomposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decompose",
    abstract: "Decompose a series into trend, seasonal and remainder components.",
    usage: """
      foresight decompose (--dataset <name> | --input <file>) [...]
      """,
    discussion: """
      Uses seasonal-trend decomposition by local regression (STL), or MSTL for several seasonal periods. Missing values \
      have no weight; they still get a trend and a seasonal component.

      EXAMPLES
        foresight decompose --dataset prices/brent
        foresight decompose --dataset prices/lng-japan --window periodic --robust
        foresight decompose --input hourly.csv --season 24+168 --format csv
      """)

  @OptionGroup var input: SeriesInput
  @Option(
    help: ArgumentHelp(
      "The same as --season 24+168, which every command takes. (default: that of the series)",
      valueName: "m,…"))
  var periods: String?
  @Option(
    help: ArgumentHelp(
      "Cycles over which seasonal components are smoothed: an odd number, or periodic. (default: 11, then 4 more "
        + "per seasonal period)", valueName: "cycles"))
  var window: String?
  @Option(
    help: ArgumentHelp(
      "Base periods over which the trend is smoothed, an odd number. (default: from the seasonal period)",
      valueName: "periods"))
  var trend: String?
  @Flag(help: "Reduce the weight of outliers.") var robust = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try input.require()
    guard periods == nil || input.cycles.season == nil else {
      throw ValidationError("--periods and --season cannot be used together; they name the same cycles")
    }
  }

  func run() throws {
    let decomposition = try MSTL(periods: periods, window: window, trend: trend, isRobust: robust)
    let loaded = try input.load()
    let parts = try loaded.placing { () throws(ForecastError) in try decomposition.decompose(loaded.series) }
    try output.emit(parts.report, on: loaded)
  }
}
