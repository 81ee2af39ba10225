internal import ArgumentParser
internal import Datasets
internal import ForecastModels
internal import Forecasting

/// `foresight growth`: every growth curve on one or more bundled series.
struct GrowthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth",
    abstract: "Fit every growth curve to bundled series and try it from a rolling origin.",
    usage: """
      foresight growth (--dataset <name> ... | --all) [...]
      """,
    discussion: """
      Exponential, logistic, Gompertz, Richards, Bass and ramp-to-capacity growth, beside the drift forecast: rate, \
      doubling time and capacity with 95 % intervals, AICc, and the scores of forecasts a year ahead. A capacity that \
      the data do not identify is shown by its lower bound. AICc of one series compare; a lower MASE is better.

      EXAMPLES
        foresight growth --dataset trade/total
        foresight growth --dataset energy/crude --dataset energy/power-of-siberia-1
        foresight growth --all --format csv
      """)

  /// The series that growth curves are of interest for.
  static let all = [
    "trade/total", "trade/exports", "trade/imports", "energy/crude", "energy/lng",
    "energy/power-of-siberia-1", "energy/pipeline-gas-to-china", "energy/pipeline-gas-to-europe",
    "prices/brent",
  ]

  @Option(
    help: ArgumentHelp(
      "A bundled series, as listed by \"foresight datasets\"; may be repeated.", valueName: "name"))
  var dataset: [String] = []

  @Flag(name: .customLong("all"), help: "The trade and energy series, and Brent.") var takesAll = false

  @Option(
    help: ArgumentHelp(
      "The noise law of all curves: additive, multiplicative or poisson. (default: multiplicative where every "
        + "value is positive, else additive)", valueName: "law"), transform: named)
  var noise: GrowthNoise?

  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws {
    guard dataset.isEmpty == takesAll else {
      throw ValidationError("give series by either --dataset NAME or --all")
    }
  }

  func run() throws {
    let names = takesAll ? GrowthCommand.all : dataset
    let entries = try names.map { name throws(ForecastError) in try Datasets.entry(named: name) }
    let survey = GrowthSurvey(noise: noise)
    var progress = Progress(of: entries.count, "series")
    defer { progress.clear() }
    var report = GrowthReport()
    for (place, entry) in entries.enumerated() {
      let series = try entry.series()
      report.add(survey.rows(series), noise: survey.law(for: series))
      progress.show(place + 1)
    }
    progress.clear()
    switch format {
    case .text: try StandardOutput.write(report.text)
    case .json: try StandardOutput.write(jsonText(report.documents))
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}
