internal import ArgumentParser
internal import ForecastModels
internal import Forecasting
internal import Reports

/// `foresight backtest`: models compared from rolling origins.
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Compare the forecasts of models from rolling origins.",
    usage: """
      foresight backtest [--models <names>] (--dataset <name> | --input <file>)
              --horizon <n> [...]
      """,
    discussion: """
      At each origin, every model is fitted to the data up to that point and forecasts the periods that follow. Rows are \
      sorted by the first metric. The Diebold–Mariano test compares every model with the best one: a small p value means \
      that the difference is unlikely to be chance. Metrics: \(Metric.names.joined(separator: ", ")).

      EXAMPLES
        foresight backtest --models naive,drift,exponential-growth \\
          --dataset trade/total --horizon 12
        foresight backtest --models drift,exponential-growth:noise=poisson \\
          --dataset energy/crude --horizon 2 --initial 4 --metrics mae,crps
        foresight backtest --models naive,mean --dataset prices/brent \\
          --horizon 6 --initial 120 --window sliding --step 6 --format csv
      """)

  /// The part of the past that a model is fitted to.
  enum Window: String, CaseIterable {
    case expanding
    case sliding
  }

  @Option(
    help: ArgumentHelp(
      "Models as listed by \"foresight models\", with options as NAME:option=value, separated by commas. (default: auto,naive)",
      valueName: "names"))
  var models: [String] = []

  @OptionGroup var usual: DefaultInput
  @OptionGroup var holidays: HolidayInput
  @OptionGroup var input: SeriesInput
  @OptionGroup var regressors: RegressorInput
  @Option(help: ArgumentHelp("Base periods to forecast from each origin.", valueName: "n")) var horizon: Int
  @Option(
    help: ArgumentHelp("Base periods before the first origin. (default: half of the series)", valueName: "n"))
  var initial: Int?
  @Option(help: ArgumentHelp("Base periods between origins. (default: 1)", valueName: "n"))
  var step: Int?
  @Option(
    help: ArgumentHelp(
      "expanding: all earlier periods; sliding: the last --initial periods. (default: expanding)",
      valueName: "window"), transform: named)
  var window: Window = .expanding
  @Option(help: ArgumentHelp("Refit at every k-th origin only. (default: 1)", valueName: "k"))
  var refit: Int?
  @Option(
    help: ArgumentHelp(
      "Metrics, separated by commas; the first one sorts. (default: mase, mae, rmse, smape, crps, msis-95, "
        + "coverage-80 and coverage-95)", valueName: "names"))
  var metrics: String?
  @Option(
    help: ArgumentHelp(
      "The loss of the Diebold–Mariano test: squared, absolute or crps. (default: the loss of the first metric)",
      valueName: "loss"), transform: named)
  var loss: Loss?
  @Flag(help: "Also show the first metric at each step ahead.") var bySteps = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try input.require()
    for (name, value) in [
      ("horizon", horizon), ("step", step ?? 1), ("refit", refit ?? 1), ("initial", initial ?? 1),
    ]
    where value < 1 {
      throw ValidationError("--\(name) must be at least 1, not \(value)")
    }
    guard horizon <= longestHorizon else {
      throw ValidationError("--horizon must be at most \(longestHorizon), not \(horizon)")
    }
  }

  func run() throws {
    let texts = try usual.applied(
      to: BacktestCommand.separated(models.isEmpty ? ["auto", "naive"] : models))
    let forecasters = try labelled(
      texts.map { text throws(ForecastError) in (text, try holidays.around(try Registry.model(text))) })
    guard !forecasters.isEmpty else { throw Failure(.input, "--models must name at least one model") }
    let usual = "mase,mae,rmse,smape,crps,msis-95,coverage-80,coverage-95"
    let chosen = try (metrics ?? usual).split(separator: ",").map { name throws(ForecastError) in
      BacktestCommand.resolved(try Metric(named: String(name)), texts, names: forecasters.map(\.name))
    }
    guard let first = chosen.first else { throw Failure(.input, "--metrics must name at least one metric") }
    var loaded = try input.load()
    loaded.regressorFile = regressors.file
    let variables = try regressors.load(loaded.series.frequency)
    if variables != nil, !forecasters.contains(where: \.takesRegressors) {
      throw Failure(.input, "--regressors: none of the models takes external variables")
    }
    let initial = self.initial ?? max(1, (loaded.series.periodCount + 1) / 2)
    let design = RollingOrigin(
      initial: initial, horizon: horizon, step: step ?? 1,
      window: window == .sliding ? .sliding(initial) : .expanding, refit: refit ?? 1,
      probabilities: standardProbabilities + chosen.flatMap(BacktestCommand.probabilities))
    let backtest = try loaded.placing { () throws(ForecastError) in
      try design.backtest(forecasters, on: loaded.series, regressors: variables)
    }
    guard !backtest.outcomes.isEmpty else {
      let failure = backtest.failures.first.map { loaded.failure($0.error) }
      throw failure ?? Failure(.run, "no origin has an observation to compare a forecast with")
    }
    let report = try backtest.report(
      chosen, loss: loss ?? BacktestCommand.loss(of: first), bySteps: bySteps)
    try output.emit(report, on: loaded)
  }

  /// The models in `a,b:x=1,y=2,c`: a part `option=value` belongs to the model before it.
  static func separated(_ texts: [String]) -> [String] {
    var models: [String] = []
    for part in texts.flatMap({ ModelText.parts(of: $0, at: ",") }) where !part.isEmpty {
      let name = part.prefix { $0 != ":" && $0 != "=" }
      if let last = models.last, last.contains(":"), part.dropFirst(name.count).first == "=" {
        models[models.count - 1] = last + "," + part
      } else {
        models.append(part)
      }
    }
    return models
  }

  /// The metric with its benchmark under the name that the table uses: `naive` becomes `Naive`.
  private static func resolved(_ metric: Metric, _ texts: [String], names: [String]) -> Metric {
    guard case .owa(let benchmark) = metric, !names.contains(benchmark) else { return metric }
    let kind = texts.firstIndex { $0.prefix { $0 != ":" } == benchmark }
    guard let place = texts.firstIndex(of: benchmark) ?? kind else { return metric }
    return .owa(benchmark: names[place])
  }

  /// The loss whose mean a metric is, or is a scaled form of.
  private static func loss(of metric: Metric) -> Loss {
    switch metric {
    case .rmse, .rmsse, .bias: .squared
    case .crps, .pinball, .msis, .coverage, .width: .crps
    case .mae, .mape, .smape, .mase, .owa: .absolute
    }
  }

  /// The probabilities whose quantiles a metric needs.
  private static func probabilities(_ metric: Metric) -> [Double] {
    switch metric {
    case .pinball(let probability): [probability]
    case .msis(let level), .coverage(let level), .width(let level): [(1 - level) / 2, (1 + level) / 2]
    default: []
    }
  }
}
