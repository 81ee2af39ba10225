/// The point of a predictive distribution that point metrics evaluate.
public enum PointForecast: String, Sendable, Hashable, Codable {
  /// The predictive mean, which minimizes the expected squared error.
  case mean
  /// The predictive median, which minimizes the expected absolute error.
  case median
}

extension Backtest {
  /// Returns the scores of the models over all steps, at the origins that all models have in common (a model without any forecast is not
  /// considered).
  ///
  /// - Throws: `ForecastError.invalidOption` for a level whose quantiles were not kept, `.unknownName` for a benchmark that
  ///   is not one of the models.
  public func scores(
    _ metrics: Metric..., point: PointForecast = .mean
  ) throws(ForecastError) -> ScoreTable {
    try scores(metrics, point: point)
  }

  /// Returns the scores of the models over all steps, or at one step ahead.
  ///
  /// - Throws: `ForecastError.invalidOption` for a level whose quantiles were not kept, `.unknownName` for a benchmark that
  ///   is not one of the models.
  public func scores(
    _ metrics: [Metric], step: Int? = nil, point: PointForecast = .mean
  ) throws(ForecastError) -> ScoreTable {
    for metric in metrics { try check(metric) }
    let common = commonOrigins
    var byModel: [String: [ForecastOutcome]] = [:]
    for outcome in outcomes where common.contains(outcome.origin) && (step == nil || outcome.step == step) {
      byModel[outcome.model, default: []].append(outcome)
    }
    let rows = models.map { model in
      ScoreTable.Row(
        model: model,
        scores: metrics.map { metric in
          var scorer = Scorer(
            outcomes: byModel[model] ?? [], probabilities: design.probabilities, point: point)
          if case .owa(let benchmark) = metric { scorer.benchmark = byModel[benchmark] ?? [] }
          return scorer.score(metric)
        },
        failures: failures.count { $0.model == model })
    }
    let keys = rows.map { row in
      row.scores.first.flatMap { score in score.value.map { score.metric.badness($0) } } ?? .infinity
    }
    // Ties keep the order in which the models were given.
    let order = rows.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    return ScoreTable(metrics: metrics, step: step, origins: common.count, rows: order.map { rows[$0] })
  }

  /// Returns the scores of the models at each step ahead that has an outcome.
  ///
  /// - Throws: The errors of `scores`.
  public func scoresByStep(
    _ metrics: [Metric], point: PointForecast = .mean
  ) throws(ForecastError) -> [ScoreTable] {
    var tables: [ScoreTable] = []
    for step in Set(outcomes.map(\.step)).sorted() {
      tables.append(try scores(metrics, step: step, point: point))
    }
    return tables
  }

  /// The origins at which every model has a forecast, not counting models without any.
  var commonOrigins: Set<Period> {
    var seen: [String: Set<Period>] = [:]
    for outcome in outcomes { seen[outcome.model, default: []].insert(outcome.origin) }
    var common = Set(origins)
    for model in models { if let origins = seen[model] { common.formIntersection(origins) } }
    return seen.isEmpty ? [] : common
  }

  private func check(_ metric: Metric) throws(ForecastError) {
    if case .owa(let benchmark) = metric, !models.contains(benchmark) {
      throw .unknownName(
        kind: "model in this backtest", name: benchmark, nearest: nearestName(to: benchmark, among: models))
    }
    for probability in metric.probabilities where design.probabilities.place(of: probability) == nil {
      throw .invalidOption(
        name: "metric", value: "\(metric)",
        reason:
          "the backtest did not keep the quantile at \(probability); add it to the probabilities of the design"
      )
    }
  }
}

extension [Double] {
  /// The index of a probability, up to rounding.
  func place(of probability: Double) -> Int? { firstIndex { abs($0 - probability) < 1e-9 } }
}

/// Metrics over the outcomes of one model.
struct Scorer {
  let outcomes: [ForecastOutcome]
  let probabilities: [Double]
  let point: PointForecast
  var benchmark: [ForecastOutcome] = []

  init(outcomes: [ForecastOutcome], probabilities: [Double], point: PointForecast) {
    self.outcomes = outcomes
    self.probabilities = probabilities
    self.point = point
  }

  func score(_ metric: Metric) -> Score {
    let scaled = outcomes.filter { $0.scale != nil }
    let count =
      switch metric {
      case .mase, .rmsse, .msis, .owa: scaled.count
      default: outcomes.count
      }
    let value = count == 0 ? nil : value(metric)
    return Score(metric: metric, value: value.flatMap { $0.isFinite ? $0 : nil }, count: count)
  }

  private func value(_ metric: Metric) -> Double? {
    switch metric {
    case .bias: return mean { perPeriod($0, error($0)) }
    case .mae: return mean { abs(perPeriod($0, error($0))) }
    case .rmse: return mean { square(perPeriod($0, error($0))) }?.squareRoot()
    case .mape: return mean { $0.actual == 0 ? nil : 100 * abs(error($0) / $0.actual) }
    case .smape: return symmetric(outcomes)
    case .mase: return scaledError(outcomes)
    case .rmsse:
      return meanOfScaled { outcome, scale in square(perPeriod(outcome, error(outcome))) / scale.squared }?
        .squareRoot()
    case .crps: return mean { perPeriod($0, $0.crps) }
    case .pinball(let p):
      guard let k = probabilities.place(of: p) else { return nil }
      return mean { perPeriod($0, pinball($0.actual, quantile: $0.quantiles[k], at: p)) }
    case .msis(let level):
      guard let (low, high) = places(level) else { return nil }
      return meanOfScaled { outcome, scale in
        let lower = outcome.quantiles[low]
        let upper = outcome.quantiles[high]
        let outside = max(0, lower - outcome.actual) + max(0, outcome.actual - upper)
        return perPeriod(outcome, upper - lower + 2 / (1 - level) * outside) / scale.absolute
      }
    case .coverage(let level):
      guard let (low, high) = places(level) else { return nil }
      return mean { $0.actual >= $0.quantiles[low] && $0.actual <= $0.quantiles[high] ? 1 : 0 }
    case .width(let level):
      guard let (low, high) = places(level) else { return nil }
      return mean { perPeriod($0, $0.quantiles[high] - $0.quantiles[low]) }
    case .owa:
      guard let ownError = scaledError(outcomes), let otherError = scaledError(benchmark),
        let own = symmetric(outcomes), let other = symmetric(benchmark), otherError > 0, other > 0
      else { return nil }
      return 0.5 * (own / other + ownError / otherError)
    }
  }

  private func error(_ outcome: ForecastOutcome) -> Double { outcome.actual - forecast(outcome) }

  private func forecast(_ outcome: ForecastOutcome) -> Double {
    point == .mean ? outcome.mean : outcome.median
  }

  private func perPeriod(_ outcome: ForecastOutcome, _ value: Double) -> Double {
    value / Double(outcome.divisor)
  }

  private func square(_ x: Double) -> Double { x * x }

  private func symmetric(_ outcomes: [ForecastOutcome]) -> Double? {
    mean(outcomes) { outcome in
      let size = abs(outcome.actual) + abs(forecast(outcome))
      return size == 0 ? 0 : 200 * abs(error(outcome)) / size
    }
  }

  private func scaledError(_ outcomes: [ForecastOutcome]) -> Double? {
    meanOfScaled(outcomes) { outcome, scale in abs(perPeriod(outcome, error(outcome))) / scale.absolute }
  }

  private func places(_ level: Double) -> (low: Int, high: Int)? {
    guard let low = probabilities.place(of: (1 - level) / 2),
      let high = probabilities.place(of: (1 + level) / 2)
    else { return nil }
    return (low, high)
  }

  /// The mean of a term over outcomes; `nil` if there are none, or if a term does not exist.
  private func mean(_ given: [ForecastOutcome]? = nil, _ term: (ForecastOutcome) -> Double?) -> Double? {
    let outcomes = given ?? self.outcomes
    guard !outcomes.isEmpty else { return nil }
    var sum = 0.0
    for outcome in outcomes {
      guard let value = term(outcome) else { return nil }
      sum += value
    }
    return sum / Double(outcomes.count)
  }

  /// The mean over the outcomes whose training part has a scale.
  private func meanOfScaled(
    _ given: [ForecastOutcome]? = nil, _ term: (ForecastOutcome, SeasonalScale) -> Double
  ) -> Double? {
    mean((given ?? outcomes).filter { $0.scale != nil }) { outcome in
      outcome.scale.map { term(outcome, $0) }
    }
  }
}
