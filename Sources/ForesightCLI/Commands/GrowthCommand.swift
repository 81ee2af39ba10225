internal import ArgumentParser
internal import Datasets
internal import ForecastModels
internal import Forecasting
internal import Reports

/// `foresight growth`: all growth curves fitted to bundled series.
struct GrowthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth",
    abstract: "Fit every growth curve to bundled series and backtest it.",
    usage: """
      foresight growth (--dataset <name> ... | --all) [...]
      """,
    discussion: """
      Fits exponential, logistic, Gompertz, Richards, Bass and ramp-to-capacity growth, and the drift forecast for \
      comparison. Shows growth rate, doubling time and capacity with 95% intervals, AICc, and the scores of forecasts one \
      year ahead. If the data do not identify the capacity, its lower bound is shown. AICc values are comparable within a \
      series; lower AICc and MASE are better.

      EXAMPLES
        foresight growth --dataset trade/total
        foresight growth --dataset energy/crude --dataset energy/power-of-siberia-1
        foresight growth --all --format csv
      """)

  @Option(
    help: ArgumentHelp(
      "A bundled series, as listed by \"foresight datasets\"; may be repeated.", valueName: "name"))
  var dataset: [String] = []

  @Flag(name: .customLong("all"), help: "All series with growth: trade, energy and Brent.") var takesAll =
    false

  @Option(
    help: ArgumentHelp(
      "The noise of all curves: additive, multiplicative or poisson. (default: multiplicative if every value "
        + "is positive, else additive)", valueName: "law"), transform: named)
  var noise: GrowthNoise?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard dataset.isEmpty == takesAll else {
      throw ValidationError("name series with either --dataset NAME or --all")
    }
  }

  func run() throws {
    let entries =
      takesAll
      ? Datasets.catalogue.filter(\.isGrowing)
      : try dataset.map { name throws(ForecastError) in try Datasets.entry(named: name) }
    let survey = GrowthSurvey(noise: noise)
    var progress = Progress(of: entries.count, "series")
    defer { progress.clear() }
    var rows: [GrowthSurvey.Row] = []
    for (place, entry) in entries.enumerated() {
      let series = try entry.series()
      rows += survey.rows(series)
      progress.show(place + 1)
    }
    progress.clear()
    try output.emit(rows.report)
  }
}
