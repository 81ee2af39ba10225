internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Reports
internal import Scenarios

/// `foresight scenario calibrate`: priors from past outcomes.
struct ScenarioCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Derive priors for the inputs of a scenario from past outcomes.",
    discussion: """
      EXAMPLES
        foresight scenario calibrate ramp
        foresight scenario calibrate delay --face-value 0.9
      """,
    subcommands: [CalibrateRampCommand.self, CalibrateDelayCommand.self])
}

/// `foresight scenario calibrate ramp`: how long pipelines take to fill.
struct CalibrateRampCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ramp",
    abstract: "Derive a prior for the years that a pipeline takes to fill.",
    usage: "foresight scenario calibrate ramp [<file>] [--format <format>]",
    discussion: """
      Fits linear ramps to the nameplate capacity of past pipelines, partially pooled. A file has the columns pipeline, \
      year_of_operation, period, throughput_bcm, nameplate_bcm[, first_gas].

      EXAMPLES
        foresight scenario calibrate ramp
        foresight scenario calibrate ramp terminals.csv --format json
      """)

  @Argument(help: "A table of analogues. (default: energy/ramp_up_analogues.csv)") var file: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let table =
      try file.map { path throws(ForecastError) in try CSVTable(path: path) }
      ?? Datasets.table("energy/ramp_up_analogues.csv")
    try output.emit(try RampCalibration(table).report)
  }
}

/// `foresight scenario calibrate delay`: how reliable announced dates have been.
struct CalibrateDelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delay",
    abstract: "Derive priors for delays from past announcements.",
    usage: """
      foresight scenario calibrate delay [<file>] [--face-value <p>]
        [--format <format>]
      """,
    discussion: """
      A file has the columns id, claim, stage, due, came (empty: not yet) and known_until, with dates in decimal years. \
      Announcements that have not come true are censored. The Brier score is that of believing each announcement with the \
      probability --face-value.

      EXAMPLES
        foresight scenario calibrate delay
        foresight scenario calibrate delay projects.csv --format csv
      """)

  @Argument(help: "A table of announcements. (default: scenarios/announcements.csv)") var file: String?
  @Option(help: ArgumentHelp("The probability given to every announcement.", valueName: "p"))
  var faceValue = 0.9
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (0...1).contains(faceValue) else {
      throw ValidationError("--face-value must be from 0 to 1, not \(faceValue)")
    }
  }

  func run() throws {
    let table =
      try file.map { path throws(ForecastError) in try CSVTable(path: path) }
      ?? Datasets.table("scenarios/announcements.csv")
    try output.emit(try DelayCalibration(table, faceValue: faceValue).report)
  }
}
