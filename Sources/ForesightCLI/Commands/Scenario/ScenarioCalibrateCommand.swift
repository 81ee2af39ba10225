internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Scenarios

/// `foresight scenario calibrate`: priors from what happened.
struct ScenarioCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Priors for a scenario's inputs from what happened elsewhere.",
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
    abstract: "A prior of the years to fill, from pipelines that have filled.",
    usage: "foresight scenario calibrate ramp [<file>] [--format <format>]",
    discussion: """
      Columns pipeline, year_of_operation, period, throughput_bcm, nameplate_bcm[, first_gas]; the bundled table of analogues \
      when no file is given. Linear ramps to the nameplate, pooled in part.

      EXAMPLES
        foresight scenario calibrate ramp
        foresight scenario calibrate ramp terminals.csv --format json
      """)

  @Argument(help: "A table of analogues. (default: energy/ramp_up_analogues.csv)") var file: String?
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func run() throws {
    let table =
      try file.map { path throws(ForecastError) in try CSVTable(path: path) }
      ?? Datasets.table("energy/ramp_up_analogues.csv")
    let report = RampCalibrationReport(calibration: try RampCalibration(table))
    switch format {
    case .text: try StandardOutput.write(report.text(width: StandardOutput.width))
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}

/// `foresight scenario calibrate delay`: what announced dates have been worth.
struct CalibrateDelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delay",
    abstract: "A prior of delays by stage, from dated announcements.",
    usage: """
      foresight scenario calibrate delay [<file>] [--face-value <p>]
        [--format <format>]
      """,
    discussion: """
      Columns id, claim, stage, due, came (empty: not yet), known_until, dates in decimal years; the bundled announcements when \
      no file is given. What had not come is censored; the Brier score is that of the face value.

      EXAMPLES
        foresight scenario calibrate delay
        foresight scenario calibrate delay projects.csv --format csv
      """)

  @Argument(help: "A table of announcements. (default: scenarios/announcements.csv)") var file: String?
  @Option(help: ArgumentHelp("The probability of taking an announcement at its word.", valueName: "p"))
  var faceValue = 0.9
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws {
    guard (0...1).contains(faceValue) else {
      throw ValidationError("--face-value \(faceValue): is no probability")
    }
  }

  func run() throws {
    let table =
      try file.map { path throws(ForecastError) in try CSVTable(path: path) }
      ?? Datasets.table("scenarios/announcements.csv")
    let report = DelayCalibrationReport(calibration: try DelayCalibration(table, faceValue: faceValue))
    switch format {
    case .text: try StandardOutput.write(report.text(width: StandardOutput.width))
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}
