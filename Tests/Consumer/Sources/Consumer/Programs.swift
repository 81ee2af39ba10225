import Datasets
import Foresight
import Foundation

/// Short programs as a user would write them, each checked by what it must find.
enum Programs {
  static func run() async throws {
    try dates()
    try questions()
    try familiarNames()
    try ownCurve()
    try scenario()
    try await service()
    try await comparison()
  }

  /// Dates and amounts in, dates and bands out.
  static func dates() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let first = Date(timeIntervalSince1970: 1_750_000_000)
    let orders = (0..<400).map { (first + Double($0) * 21_600, 20 + Double($0 % 28)) }
    let sales = try TimeSeries(orders, calendar: calendar, frequency: .day, aggregate: .sum, name: "orders")
    let outlook = try Auto().fit(sales).forecast(14)
    let rows = try outlook.points(levels: [0.9], quantiles: [0.5], calendar: calendar)
    check(rows.count == 14 && rows[0].date == sales.end.endDate(in: calendar))
    check(rows.allSatisfy { $0.lower <= $0.median && $0.median <= $0.upper })
    let read = try JSONDecoder().decode(Forecast.self, from: JSONEncoder().encode(outlook))
    check(read.mean == outlook.mean && read.series == sales)
  }

  /// What a level or a total will do.
  static func questions() throws {
    let brent = try Datasets.prices.brent(from: .month(2015, 1))
    let outlook = try AutoETS().fit(brent).forecast(12)
    let last = outlook.mean[11]
    let any = try outlook.probability(anyStep: >last)
    let every = try outlook.probability(everyStep: >last)
    let late = outlook.probability(step: >last)[11]
    check(every <= late && late <= any + 0.02)
    try check(outlook.probability { path in path.reduce(0, +) > 12 * last } <= any)
    let when = try outlook.first(step: .above(last))
    check(abs(when.never - (1 - any)) < 1e-9)
    let mean = try outlook.mean(over: .periods(outlook.start, through: outlook.start + 11))
    check(abs(mean.mean - outlook.mean.reduce(0, +) / 12) < 1e-9 * last)
    check(outlook[outlook.start + 3]?.mean == outlook.mean[3])
    do {
      _ = try outlook.interval(95)
    } catch {
      check(error.errorDescription?.contains("did you mean 0.95?") == true)
    }
  }

  /// What a newcomer types first.
  static func familiarNames() throws {
    let brent = try Datasets.prices.brent(from: .month(2015, 1))
    let models: [any Forecaster] = [
      ETS("MAdN"), ARIMA(1, 1, 1), SeasonalARIMA(0, 1, 1, seasonal: (0, 1, 1)),
      HoltWinters(season: .additive),
    ]
    for model in models {
      let fit = try model.fit(brent)
      try check(fit.forecast(horizon: 6).horizon == 6)
    }
    let moved = try Naive().fit(brent).appending([71.2])
    try check(moved.forecast(1).mean == [71.2])
  }

  /// A curve of one's own as a full forecaster.
  struct Weibull: GrowthFunction {
    var name: String { "Weibull" }
    var parameters: [GrowthParameter] {
      [GrowthParameter("scale", 0.5...500), GrowthParameter("shape", 0.2...8)]
    }
    func share<S: DifferentiableScalar>(_ p: [S], at time: S) -> S {
      S(1) - .exp(-S.exp(p[1] * .log(time / p[0])))
    }
  }

  static func ownCurve() throws {
    let values = (1...24).map { (step: Int) -> Double in
      let share = 1 - exp(-pow(Double(step) / 10, 2))
      return 80 * share + cos(Double(5 * step))
    }
    let launch = try CustomGrowth(Weibull()).fit(TimeSeries(values, start: .quarter(2020, 1), name: "launch"))
    check(abs(launch.capacity.value - 80) < 2 && "\(launch.summary)".contains("shape"))
    try check(launch.forecast(4).interval(0.9).allSatisfy { $0.lower < 81 && $0.upper > 79 })
  }

  /// A scenario without a file.
  static func scenario() throws {
    let draft = ScenarioDraft(
      "line", years: 2026...2036,
      [
        .input("opening", "decimal-year", .triangular(2028, 2030, 2035), dim: 1),
        .input("use", "fraction", .pert(0.6, 0.9, 1), dim: 2),
        .start("first_gas", at: "opening"),
        .asset("line", capacity: 30, "bcm/yr", start: "first_gas", ["utilisation": "use"]),
        .question("flow", of: "line[2036]", mean: true, quantiles: [0.1, 0.9]),
      ])
    let run = try draft.scenario().run(DrawOptions(draws: 1024, replicates: 2))
    let flow = try run.mean("flow")
    check(flow > 20 && flow < 30)
    try check(run.quantile(0.1, of: "flow") < flow && flow < run.quantile(0.9, of: "flow"))
  }

  /// A server: an actor holds the fits and answers requests; a request that is cancelled stops its work.
  actor Service {
    private var fits: [String: FittedAuto] = [:]
    private(set) var done = 0

    func answer(_ series: TimeSeries, horizon: Int) throws -> Data {
      let fit = try fits[series.name] ?? Auto().fit(series)
      fits[series.name] = fit
      return try JSONEncoder().encode(fit.forecast(horizon).points)
    }

    func warmUp(_ panel: Panel) async throws {
      try await panel.forEachForecast(Theta(), horizon: 3) { _ in done += 1 }
    }
  }

  static func service() async throws {
    let service = Service()
    let brent = try Datasets.prices.brent(from: .month(2015, 1))
    let rows = try JSONDecoder().decode([ForecastPoint].self, from: await service.answer(brent, horizon: 3))
    check(rows.count == 3)
    let panel = try Panel(
      (0..<20).map { try TimeSeries([1, 2, 4, 3, Double($0), 6], start: .month(2025, 1), name: "s\($0)") })
    try await service.warmUp(panel)
    let done = await service.done
    check(done == 20)
    var keys: [String] = []
    for try await answer in panel.forecasts(of: Drift(), horizon: 2) { keys.append(answer.key) }
    check(keys == panel.keys)
  }

  /// Models side by side, on several tasks, with progress.
  static func comparison() async throws {
    let brent = try Datasets.prices.brent(from: .month(2015, 1))
    let design = RollingOrigin(initial: 60, horizon: 6, step: 12)
    var share = 0.0
    let result = try await design.backtest([Naive(), Theta()], on: brent) { share = $0.fraction }
    check(share == 1 && result.failures.isEmpty)
    try check(result == design.backtest([Naive(), Theta()], on: brent))
    print(try result.scores(.mase, .crps).rows.map(\.model))
  }

  /// Ends the program unless a condition holds.
  static func check(_ holds: Bool, line: Int = #line) { precondition(holds, "line \(line)") }
}
