internal import ArgumentParser
internal import ForecastModels
internal import Forecasting
internal import Reports

/// `foresight fit`: the summary of a fitted model.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit a model to a series and print its summary.",
    usage: """
      foresight fit [--model <name>] (--dataset <name> | --input <file>) [...]
      """,
    discussion: """
      EXAMPLES
        foresight fit --model exponential-growth --dataset trade/total
        foresight fit --model exponential-growth:noise=poisson --input trade.csv
        foresight fit --model drift --dataset trade/total --from 2022-01
        foresight fit --model drift --input - --format json < series.csv
        foresight fit --dataset prices/brent --save brent.json
        foresight fit --input sales.csv --explain
      """)

  @OptionGroup var model: ModelChoice
  @OptionGroup var input: SeriesInput
  @OptionGroup var regressors: RegressorInput
  @Option(help: ArgumentHelp("Save the fitted model for \"forecast --fitted\".", valueName: "file"))
  var save: String?
  @Flag(help: "Explain in words: level, trend, seasons, models, outliers, accuracy.") var explain = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try input.require()
    if save == "" { throw ValidationError("--save must name a file") }
    if let save, let file = input.input, file != "-", isSameFile(file, save) {
      throw ValidationError("--save \(save) is the input file and would overwrite it")
    }
  }

  func run() throws {
    let forecaster = try model.forecaster()
    var loaded = try input.load()
    loaded.regressorFile = regressors.file
    let variables = try regressors.load(loaded.series.frequency)
    let fit = try loaded.placing { () throws(ForecastError) in
      try forecaster.fitted(loaded.series, regressors: variables)
    }
    if let path = save { try ForesightCLI.save(fit, to: path) }
    guard explain else { return try output.emit(fit.summary.report, on: loaded) }
    let explained = try loaded.placing { () throws(ForecastError) in
      // External variables may end with the series.
      let last = variables.map { fit.series.end.distance(to: $0.end) } ?? longestHorizon
      let horizon = max(1, min(fit.series.usualHorizon.steps, last))
      return try ForecastExplanation(of: fit, horizon: horizon, by: forecaster, regressors: variables)
    }
    try output.emit(fit.summary.report(explained: explained), on: loaded)
  }
}
