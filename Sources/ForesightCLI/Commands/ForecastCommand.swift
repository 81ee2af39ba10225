internal import ArgumentParser
internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics
internal import Ledger
internal import Reports

/// `foresight forecast`: the next periods of a series with prediction intervals.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast a series: mean, median and prediction intervals by period.",
    usage: """
      foresight forecast [--model <name>] (--dataset <name> | --input <file>)
        [--horizon <n>] [...]
      """,
    discussion: """
      The forecast begins with the period after the last observation. --total and --by add the distribution of sums \
      (means for prices, last values for stocks); observed periods in a window count with their values. --exceed \
      and --below add the probability of each period and total, and with --any or --all that of a whole window.

      EXAMPLES
        foresight forecast --input sales.csv
        foresight forecast --dataset prices/brent --exceed 100 --any --during 2027
        foresight forecast --input sales.csv --by fiscal:04 --format csv
        foresight forecast --input sales.csv --explain
        foresight forecast --dataset prices/brent --horizon 12
        foresight forecast --model exponential-growth --dataset trade/total \\
          --horizon 24 --level 80 --level 95 --total 2026 --plot -
        foresight forecast --model mean --input y.csv --horizon 6 --format csv
        foresight forecast --fitted brent.json --input later.csv --horizon 12
      """)

  @OptionGroup var model: ModelChoice
  @OptionGroup var fitted: FittedInput
  @OptionGroup var input: SeriesInput
  @OptionGroup var regressors: RegressorInput
  @OptionGroup var levels: Levels
  @Option(
    help: ArgumentHelp(
      "Base periods to forecast. (default: two seasonal cycles, and as far as the questions reach)",
      valueName: "n"))
  var horizon: Int?
  @OptionGroup var questions: QuestionInput
  @OptionGroup var reach: Reach
  @Flag(help: "Explain the forecast in words: level, trend, seasons, models, outliers, accuracy.")
  var explain = false
  @OptionGroup var recording: LedgerRecording
  @Option(help: ArgumentHelp("Draw the forecast in the terminal; must be -.", valueName: "-")) var plot:
    String?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if fitted.fitted == nil {
      try input.require()
    } else {
      guard !model.isGiven else {
        throw ValidationError("--fitted and --model cannot be used together; the file names its model")
      }
      if !input.isGiven, let option = input.given.first {
        throw ValidationError(
          "\(option) needs --input or --dataset; without them, --fitted uses the series that was fitted")
      }
    }
    if let horizon {
      guard horizon >= 1 else { throw ValidationError("--horizon must be at least 1, not \(horizon)") }
      guard horizon <= longestHorizon else {
        throw ValidationError("--horizon must be at most \(longestHorizon), not \(horizon)")
      }
    }
    if let plot {
      guard plot == "-" else {
        throw ValidationError("--plot must be -, not \"\(plot)\"; the drawing goes to the terminal")
      }
      guard output.format == .text else { throw ValidationError("--plot needs --format text") }
    }
  }

  func run() throws {
    let (fit, variables, loaded, note, whole) = try fittedModel()
    let forecaster = explain && fitted.fitted == nil ? try model.forecaster() : nil
    let asked = try loaded.asking { try questions.questions(levels, on: loaded.series.frequency) }
    let usual = self.horizon == nil ? asked.usualHorizon(of: fit.series, with: variables) : nil
    let horizon = self.horizon ?? usual?.steps ?? 1
    try questions.check(horizon: horizon)
    let notes = [
      note, usual?.note, asked.sumNote(on: loaded), fit.summary.shortfall.map(shortfallNote),
    ].compactMap(\.self)
    let forecast = try loaded.placing { () throws(ForecastError) in
      let forecast = try fit.forecast(horizon, regressors: variables)
      return try Forecast(
        model: forecast.model, series: whole ?? forecast.series, distribution: forecast.distribution,
        seed: questions.seed ?? forecast.seed
      ).checked(reach: reach.value)
    }
    let report = try loaded.placing { () throws(ForecastError) in
      guard explain else { return try forecast.report(asked, notes: notes) }
      let explained = try ForecastExplanation(
        of: fit, horizon: horizon, by: forecaster, regressors: variables)
      return try forecast.report(asked, explained: explained, notes: notes)
    }
    try recording.record {
      try LedgerRun(
        forecast, file: try loaded.source(), settings: "horizon=\(horizon)", version: toolVersion
      )
    }
    let chart = plot.map { _ in
      FanChart(forecast, levels: levels.ascending, columns: min(StandardOutput.width ?? 78, 120)).text()
    }
    try output.emit(report, on: loaded, chart: chart, notes: notes)
  }

  /// The model fitted as asked, or read from its file and brought to the series given, with its external variables, that
  /// series, a note on it, and the values of the file before it.
  private func fittedModel() throws -> (
    any FittedForecaster, Regressors?, LoadedSeries, note: String?, whole: TimeSeries?
  ) {
    let read = try fitted.load()
    guard let read else {
      let forecaster = try model.forecaster()
      let (loaded, variables) = try load(nil)
      let fit = try loaded.placing { () throws(ForecastError) in
        try forecaster.fitted(loaded.series, regressors: variables)
      }
      return (fit, variables, loaded, nil, nil)
    }
    let (loaded, variables) = try load(read)
    let fit = try loaded.placing { () throws(ForecastError) in
      try read.brought(to: input.isGiven ? loaded.series : nil, regressors: variables)
    }
    guard input.isGiven else { return (fit, variables, loaded, nil, nil) }
    return (fit, variables, loaded, read.note(on: loaded.series), read.whole(with: loaded.series))
  }

  /// The series given, or the fit's own, with the external variables of the command line.
  private func load(_ read: FittedModel?) throws -> (LoadedSeries, Regressors?) {
    let held = input.isGiven ? nil : read.map { LoadedSeries(series: $0.series) }
    var loaded = try held ?? input.load(like: read?.series)
    loaded.regressorFile = regressors.file
    return (loaded, try regressors.load(loaded.series.frequency))
  }
}

/// The note on a fit whose optimizer did not converge.
func shortfallNote(_ shortfall: String) -> String { "The optimizer did not converge: \(shortfall)" }
