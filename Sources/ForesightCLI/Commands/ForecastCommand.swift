internal import ArgumentParser
internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics
internal import Ledger

/// `foresight forecast`: the coming periods of a series with intervals.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast a series: mean, median and intervals of the coming periods.",
    usage: """
      foresight forecast [--model <name>] (--dataset <name> | --input <file>)
        --horizon <n> [...]
      """,
    discussion: """
      The first period forecast is the one after the last observation. --total asks for the distribution of a sum (a \
      mean for prices, the last value for stocks) over a window; observed periods in it enter as known.

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
      "A year, or periods such as 2026-05/2026-12, to total over; may be repeated.", valueName: "window"))
  var totals: [String] = []
  @OptionGroup var reach: Reach
  @OptionGroup var recording: LedgerRecording
  @Option(help: ArgumentHelp("Draw the forecast on the terminal: -", valueName: "-")) var plot: String?
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws {
    if fitted.fitted == nil {
      try input.require()
    } else {
      guard !model.isGiven else {
        throw ValidationError("--fitted takes the place of --model: the file says what was fitted")
      }
      if !input.isGiven, let option = input.given.first {
        throw ValidationError(
          "\(option) belongs to a series: --fitted without --input or --dataset goes on from the fit's own")
      }
    }
    guard horizon >= 1 else {
      throw ValidationError("--horizon \(horizon): a horizon is at least one period")
    }
    guard horizon <= longestHorizon else {
      throw ValidationError("--horizon \(horizon): a horizon is at most \(longestHorizon) periods")
    }
    if let plot {
      guard plot == "-" else {
        throw ValidationError("--plot \(plot): a forecast is drawn on the terminal alone, by --plot -")
      }
      guard format == .text else { throw ValidationError("--plot belongs to --format text") }
    }
    if format == .csv, !totals.isEmpty {
      throw ValidationError("--total has no csv form; ask for it in text or json")
    }
  }

  func run() throws {
    let (fit, variables, loaded, note) = try fittedModel()
    let notes = [note, fit.summary.shortfall.map(shortfallNote)].compactMap(\.self)
    let forecast = try loaded.placing { () throws(ForecastError) in
      try fit.forecast(horizon, regressors: variables).checked(reach: reach.value)
    }
    let report = try loaded.placing { () throws(ForecastError) in
      var report = ForecastReport(forecast, levels: levels.ascending)
      report.notes = notes
      for total in totals {
        let window = try totalWindow(total, loaded.series.frequency)
        report.add(try forecast.total(over: window), over: window)
      }
      return report
    }
    try recording.record {
      try LedgerRun(
        forecast, file: try loaded.source(), settings: "horizon=\(horizon)", version: ForesightCommand.version
      )
    }
    loaded.warn(beside: format == .text)
    switch format {
    case .text:
      var text = report.text
      if plot != nil {
        let columns = min(StandardOutput.width ?? 78, 120)
        text += "\n" + FanChart(forecast, levels: levels.ascending, columns: columns).text()
      }
      let lines = (loaded.note.map { [$0] } ?? []) + notes
      try StandardOutput.write(text + (lines.isEmpty ? "" : "\n") + lines.map { "\($0)\n" }.joined())
    case .json: try StandardOutput.write(jsonText(report))
    case .csv:
      try StandardOutput.write(report.csv)
      for note in notes { StandardError.write("foresight: \(note)\n") }
    }
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
      reason: "is neither a year nor periods of a series by \(frequency.rawValue), FIRST/LAST")
  }
}
