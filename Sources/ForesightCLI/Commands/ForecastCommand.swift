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
        --horizon <n> [...]
      """,
    discussion: """
      The forecast begins with the period after the last observation. --total adds the distribution of a sum over a \
      window (a mean for prices, the last value for stocks); observed periods in the window count with their values.

      EXAMPLES
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
  @Option(help: ArgumentHelp("Base periods to forecast.", valueName: "n")) var horizon: Int
  @Option(
    name: .customLong("total"),
    help: ArgumentHelp(
      "A year, or periods such as 2026-05/2026-12, to total; may be repeated.", valueName: "window"))
  var totals: [String] = []
  @OptionGroup var reach: Reach
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
    guard horizon >= 1 else {
      throw ValidationError("--horizon must be at least 1, not \(horizon)")
    }
    guard horizon <= longestHorizon else {
      throw ValidationError("--horizon must be at most \(longestHorizon), not \(horizon)")
    }
    if let plot {
      guard plot == "-" else {
        throw ValidationError("--plot must be -, not \"\(plot)\"; the drawing goes to the terminal")
      }
      guard output.format == .text else { throw ValidationError("--plot needs --format text") }
    }
    if output.format == .csv, !totals.isEmpty {
      throw ValidationError("--total does not support --format csv; use text or json")
    }
  }

  func run() throws {
    let (fit, variables, loaded, note) = try fittedModel()
    let notes = [note, fit.summary.shortfall.map(shortfallNote)].compactMap(\.self)
    let forecast = try loaded.placing { () throws(ForecastError) in
      try fit.forecast(horizon, regressors: variables).checked(reach: reach.value)
    }
    let report = try loaded.placing { () throws(ForecastError) in
      let windows = try totals.map { total throws(ForecastError) in
        try totalWindow(total, loaded.series.frequency)
      }
      return try forecast.report(
        levels: levels.ascending.map { $0 / 100 }, totals: windows, notes: notes)
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
  /// series and a note on it.
  private func fittedModel() throws -> (any FittedForecaster, Regressors?, LoadedSeries, note: String?) {
    let read = try fitted.load()
    guard let read else {
      let forecaster = try model.forecaster()
      let (loaded, variables) = try load(nil)
      let fit = try loaded.placing { () throws(ForecastError) in
        try forecaster.fitted(loaded.series, regressors: variables)
      }
      return (fit, variables, loaded, nil)
    }
    let (loaded, variables) = try load(read)
    let fit = try loaded.placing { () throws(ForecastError) in
      try read.brought(to: input.isGiven ? loaded.series : nil, regressors: variables)
    }
    return (fit, variables, loaded, input.isGiven ? read.note(on: loaded.series) : nil)
  }

  /// The series given, or the fit's own, with the external variables of the command line.
  private func load(_ read: FittedModel?) throws -> (LoadedSeries, Regressors?) {
    let held = input.isGiven ? nil : read.map { LoadedSeries(series: $0.series) }
    var loaded = try held ?? input.load()
    loaded.regressorFile = regressors.file
    return (loaded, try regressors.load(loaded.series.frequency))
  }

  private func totalWindow(_ text: String, _ frequency: Frequency) throws(ForecastError) -> TotalWindow {
    if text.count == 4, let year = Int(text), frequency != .index { return .year(year) }
    if let span = PeriodSpan(text, frequency: frequency) { return .periods(span.first, through: span.last) }
    throw .invalidOption(
      name: "--total", value: text,
      reason: "is neither a year nor a range of \(frequency.rawValue) periods, FIRST/LAST")
  }
}

/// The note on a fit whose optimizer did not converge.
func shortfallNote(_ shortfall: String) -> String { "The optimizer did not converge: \(shortfall)" }
