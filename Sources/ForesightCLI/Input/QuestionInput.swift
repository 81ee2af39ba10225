internal import ArgumentParser
internal import Forecasting
internal import Reports

/// The options that ask something of a forecast beyond its means and intervals.
struct QuestionInput: ParsableArguments {
  @Option(
    name: .customLong("total"),
    help: ArgumentHelp(
      "A year, a quarter such as 2026-Q1, or periods such as 2026-05/2026-12, to total; may be repeated.",
      valueName: "window"))
  var totals: [String] = []

  @Option(
    help: ArgumentHelp(
      "Total by year, half, quarter, month, week, or fiscal:MM for fiscal years that begin with a month.",
      valueName: "period"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "The probability that a value exceeds a bound, for each period and total; may be repeated.",
      valueName: "bound"))
  var exceed: [Double] = []

  @Option(
    help: ArgumentHelp("The probability that a value is below a bound; may be repeated.", valueName: "bound"))
  var below: [Double] = []

  @Flag(help: "Also the probability that any period is beyond each bound.") var any = false
  @Flag(help: "Also the probability that all periods are beyond each bound.") var all = false

  @Option(
    help: ArgumentHelp(
      "The window of --any and --all, written like that of --total; may be repeated. (default: all periods)",
      valueName: "window"))
  var during: [String] = []

  @Option(
    help: ArgumentHelp(
      "Quantiles at probabilities, such as 0.1,0.5,0.9, in place of intervals unless --level is given.",
      valueName: "list"))
  var quantiles: String?

  @Option(help: ArgumentHelp("List sample paths, a row per path and period in csv.", valueName: "n"))
  var paths: Int = 0

  @Option(help: ArgumentHelp("The seed of sample paths and simulated answers.", valueName: "n"))
  var seed: UInt64?

  func validate() throws {
    for (name, bounds) in [("--exceed", exceed), ("--below", below)] {
      guard bounds.allSatisfy(\.isFinite) else { throw ValidationError("\(name) must be a finite number") }
    }
    if exceed.isEmpty, below.isEmpty {
      for (name, isGiven) in [("--any", any), ("--all", all)] where isGiven {
        throw ValidationError("\(name) needs a bound; add one such as --exceed 100 or --below 50")
      }
    }
    if !during.isEmpty, !any, !all {
      throw ValidationError("--during needs --any or --all; --total asks for the sum over a window")
    }
    guard (0...QuestionInput.mostPaths).contains(paths) else {
      throw ValidationError("--paths must be from 1 to \(QuestionInput.mostPaths), not \(paths)")
    }
    if let by, PeriodGrouping(by) == nil {
      throw ValidationError(
        "--by must be one of year, half, quarter, month, week, day or fiscal:MM, not \"\(by)\"")
    }
    _ = try probabilities()
  }

  private static let mostPaths = 100_000

  /// The largest number of values of listed paths.
  private static let mostValues = 10_000_000

  /// The probabilities of `--quantiles`.
  private func probabilities() throws -> [Double] {
    guard let quantiles else { return [] }
    return try quantiles.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let text = part.split(separator: " ").joined()
      guard let value = Double(text), value > 0, value < 1 else {
        throw ValidationError(
          "--quantiles: \"\(text)\" is not a probability between 0 and 1; expected a list such as 0.1,0.5,0.9"
        )
      }
      return value
    }
  }

  /// What the options ask of a forecast of a series.
  ///
  /// - Throws: `ValidationError`, and `ForecastError.invalidOption` for a window that is not one of the series.
  func questions(_ levels: Levels, on frequency: Frequency) throws -> ForecastQuestions {
    var questions = ForecastQuestions()
    questions.quantiles = Set(try probabilities()).sorted()
    let isReplaced = !questions.quantiles.isEmpty && levels.levels.isEmpty
    questions.levels = isReplaced ? [] : levels.ascending.map { $0 / 100 }
    questions.totals = try totals.map { try window($0, "--total", frequency) }
    questions.during = try during.map { try window($0, "--during", frequency) }
    questions.grouping = by.flatMap { PeriodGrouping($0) }
    questions.thresholds =
      Set(exceed).sorted().map { Threshold(.above, $0) } + Set(below).sorted().map { Threshold(.below, $0) }
    questions.quantifiers = (any ? [.any] : []) + (all ? [.all] : [])
    questions.paths = paths
    return questions
  }

  private func window(
    _ text: String, _ option: String, _ frequency: Frequency
  ) throws(ForecastError) -> TotalWindow {
    guard let window = TotalWindow(text, frequency: frequency) else {
      throw .invalidOption(
        name: option, value: text,
        reason:
          "is not a year, a period such as 2026-Q1, or a range of \(frequency.rawValue) periods, FIRST/LAST")
    }
    return window
  }

  /// Checks that listed paths do not fill the memory.
  ///
  /// - Throws: `ValidationError`.
  func check(horizon: Int) throws {
    guard paths * horizon <= QuestionInput.mostValues else {
      throw ValidationError(
        "--paths \(paths) of \(horizon) periods are more than \(QuestionInput.mostValues) values; ask for fewer"
      )
    }
  }
}

extension ForecastQuestions {
  /// The horizon where none is given: as far as external variables go if there are any, otherwise what suits the series, and farther if a
  /// question reaches beyond; with a note.
  func usualHorizon(of series: TimeSeries, with variables: Regressors?) -> (steps: Int, note: String) {
    if let end = variables?.end, end.frequency == series.frequency, end > series.end {
      let steps = min(series.end.distance(to: end), longestHorizon)
      return (
        steps,
        "\(counted(steps, "period")): as far as the external variables go; --horizon sets another number"
      )
    }
    let usual = series.usualHorizon
    var steps = usual.steps
    var reason = usual.reason
    let asked = (totals + during).compactMap { $0.span(series.frequency)?.last }.max()
    if let asked, series.end.distance(to: asked) > steps {
      steps = series.end.distance(to: asked)
      reason = "through \(asked), as asked"
    }
    if let last = grouping?.group(containing: series.end + steps)?.span.last,
      series.end.distance(to: last) > steps
    {
      steps = series.end.distance(to: last)
      reason = "through \(last), the end of its \(grouping?.description ?? "group")"
    }
    steps = min(steps, longestHorizon)
    return (steps, "\(counted(steps, "period")): \(reason); --horizon sets another number")
  }

  /// A warning that totals add values that look like prices, indices or rates.
  func sumNote(on loaded: LoadedSeries) -> String? {
    guard !totals.isEmpty || grouping != nil, loaded.origin != nil, loaded.series.rule == .sum else {
      return nil
    }
    let unit = isPriceLike(loaded.series.unit) ? "the unit \(loaded.series.unit)" : nil
    guard let sign = loaded.priceColumn.map({ "column \"\($0)\"" }) ?? unit else { return nil }
    return "Totals are sums, but \(sign) suggests prices, an index or rates; --rule mean gives averages"
  }
}
