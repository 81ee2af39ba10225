internal import Forecasting

/// A backtest as a table of scores, with the Diebold–Mariano tests against the best model.
struct BacktestReport {
  let backtest: Backtest
  private let table: ScoreTable
  private let tests: [String: PairComparison]
  private let best: String
  private let loss: Loss
  private let steps: [ScoreTable]

  /// The scores of a backtest, and the first metric at each step where that is asked for.
  ///
  /// - Throws: `ForecastError` as `Backtest.scores`.
  init(
    _ backtest: Backtest, metrics: [Metric], loss: Loss, bySteps: Bool
  ) throws(ForecastError) {
    self.backtest = backtest
    self.loss = loss
    table = try backtest.scores(metrics)
    steps = bySteps ? try backtest.scoresByStep(Array(metrics.prefix(1))) : []
    let best = table.rows.first?.model ?? ""
    self.best = best
    var tests: [String: PairComparison] = [:]
    for pair in backtest.comparisons(loss: loss) where pair.first == best || pair.second == best {
      tests[pair.first == best ? pair.second : pair.first] = pair
    }
    self.tests = tests
  }

  /// The test's statistic, positive where the best model is better.
  private func statistic(_ pair: PairComparison?) -> Double? {
    guard let pair, let test = pair.test else { return nil }
    return pair.first == best ? -test.statistic : test.statistic
  }

  /// The table as a page of text.
  var text: String {
    let design = backtest.design
    let unit = backtest.unit.isEmpty ? "" : ", \(backtest.unit)"
    var text = "Series \(backtest.series)\(unit)\n"
    let window =
      switch design.window {
      case .expanding: "all of the past"
      case .sliding(let length): "the last \(length == 1 ? "period" : "\(length) periods")"
      }
    let first = backtest.origins.first?.description ?? ""
    let last = backtest.origins.last?.description ?? ""
    text += table.origins == 1 ? "1 origin, \(first)" : "\(table.origins) origins, \(first) … \(last)"
    if design.step > 1 { text += ", \(design.step) periods apart" }
    text += "; \(design.horizon) \(design.horizon == 1 ? "period" : "periods") ahead from \(window)"
    text += design.refit == 1 ? "\n\n" : "; estimated anew at every \(design.refit) origins\n\n"
    text += scores
    if table.rows.count > 1 {
      text += "DM: Diebold–Mariano test against \(best), \(loss.rawValue) loss; positive: \(best) is better\n"
    }
    if !steps.isEmpty { text += "\n" + stepText }
    let notes = failureNotes + testNotes
    if !notes.isEmpty { text += "\nNotes\n" + notes.map { "- \($0)\n" }.joined() }
    return text
  }

  private var scores: String {
    let isCompared = table.rows.count > 1
    var text = TextTable(
      [.text("Model")] + table.metrics.map { .number(BacktestReport.heading($0)) }
        + (isCompared ? [.number("DM"), .number("p value"), .text("")] : []))
    let decimals = table.metrics.indices.map { column in
      NumberText.decimals(for: table.rows.compactMap { $0.scores[column].value }, digits: 4)
    }
    for row in table.rows {
      let cells = row.scores.enumerated().map { column, score -> String in
        guard let value = score.value else { return NumberText.absent }
        if case .coverage = score.metric { return NumberText.percent(value) }
        return NumberText.fixed(value, decimals[column])
      }
      let test = tests[row.model]
      let isBest = row.model == best
      let comparison = [
        isBest ? "" : statistic(test).map { NumberText.fixed($0, 2) } ?? NumberText.absent,
        isBest ? "" : NumberText.pValue(test?.test?.pValue), significanceStars(test?.test?.pValue),
      ]
      text.add([row.model] + cells + (isCompared ? comparison : []))
    }
    return text.text()
  }

  private var stepText: String {
    let models = table.rows.map(\.model)
    var text = TextTable(
      [.number("Step"), .number("Origins")] + models.map { .number($0) })
    for step in steps {
      let values = models.map { step[$0, table.metrics[0]] }
      text.add(
        ["\(step.step ?? 0)", "\(step.rows.first?.scores.first?.count ?? 0)"]
          + values.map { NumberText.significant($0, 4) })
    }
    return "\(BacktestReport.heading(table.metrics[0])) by periods ahead\n" + text.text()
  }

  private var failureNotes: [String] {
    backtest.models.compactMap { model in
      let failures = backtest.failures.filter { $0.model == model }
      guard let first = failures.first else { return nil }
      return "\(model) failed at \(failures.count) of \(backtest.origins.count) origins; the first, "
        + "\(first.origin): \(first.error)"
    }
  }

  private var testNotes: [String] {
    table.rows.compactMap { row in
      tests[row.model]?.error.map { "no test of \(row.model) against \(best): \($0)" }
    }
  }

  /// A metric's name as the field writes it.
  static func heading(_ metric: Metric) -> String {
    switch metric {
    case .bias: "Bias"
    case .mae: "MAE"
    case .rmse: "RMSE"
    case .mape: "MAPE %"
    case .smape: "sMAPE %"
    case .mase: "MASE"
    case .rmsse: "RMSSE"
    case .crps: "CRPS"
    case .owa: "OWA"
    case .pinball, .msis, .coverage, .width: named(metric)
    }
  }

  /// `Coverage 95 %` of `coverage-95`, and its like.
  private static func named(_ metric: Metric) -> String {
    let parts = metric.description.split(separator: "-")
    let name = parts[0] == "msis" ? "MSIS" : parts[0].prefix(1).uppercased() + parts[0].dropFirst()
    return "\(name) \(parts.dropFirst().joined()) %"
  }

  /// A row a model, a column a metric.
  var csv: String {
    var csv = CSVText(
      ["unique_id", "model"] + table.metrics.map(\.description) + ["failures", "dm", "dm_p_value"])
    for row in table.rows {
      csv.add(
        [backtest.series, row.model] + row.scores.map { CSVText.number($0.value) }
          + [
            "\(row.failures)", CSVText.number(statistic(tests[row.model])),
            CSVText.number(tests[row.model]?.test?.pValue),
          ])
    }
    return csv.text
  }

  /// The table as a document.
  var document: Document { Document(self) }

  /// The keys of `backtest --format json`.
  struct Document: Encodable {
    struct Design: Encodable {
      let initial: Int
      let horizon: Int
      let step: Int
      let window: String
      let refit: Int
    }

    struct Model: Encodable {
      let model: String
      let scores: [String: Double?]
      let failures: Int
      let dieboldMariano: Test?

      enum CodingKeys: CodingKey {
        case model
        case scores
        case failures
        case dieboldMariano
      }

      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        try container.encode(scores, forKey: .scores)
        try container.encode(failures, forKey: .failures)
        try container.encode(dieboldMariano, forKey: .dieboldMariano)
      }
    }

    struct Test: Encodable {
      let against: String
      let loss: String
      let statistic: Double
      let pValue: Double
      let count: Int
      let horizon: Int
    }

    struct Failure: Encodable {
      let model: String
      let origin: String
      let reason: String
    }

    struct Step: Encodable {
      let step: Int
      let scores: [String: Double?]
    }

    let series: String
    let unit: String
    let design: Design
    let origins: [String]
    let commonOrigins: Int
    let metrics: [String]
    let models: [Model]
    let steps: [Step]
    let failures: [Failure]

    init(_ report: BacktestReport) {
      let backtest = report.backtest
      series = backtest.series
      unit = backtest.unit
      let isSliding = backtest.design.window != .expanding
      design = Design(
        initial: backtest.design.initial, horizon: backtest.design.horizon, step: backtest.design.step,
        window: isSliding ? "sliding" : "expanding", refit: backtest.design.refit)
      origins = backtest.origins.map(\.description)
      commonOrigins = report.table.origins
      metrics = report.table.metrics.map(\.description)
      models = report.table.rows.map { row in
        let scores = row.scores.map { ($0.metric.description, $0.value) }
        let test = report.tests[row.model]
        return Model(
          model: row.model, scores: Dictionary(scores, uniquingKeysWith: { first, _ in first }),
          failures: row.failures,
          dieboldMariano: test?.test.map {
            Test(
              against: report.best, loss: report.loss.rawValue,
              statistic: test?.first == report.best ? -$0.statistic : $0.statistic, pValue: $0.pValue,
              count: $0.count, horizon: $0.horizon)
          })
      }
      steps = report.steps.map { step in
        Step(
          step: step.step ?? 0,
          scores: Dictionary(
            uniqueKeysWithValues: step.rows.map { ($0.model, $0.scores.first?.value) }))
      }
      failures = backtest.failures.map {
        Failure(model: $0.model, origin: $0.origin.description, reason: $0.error.description)
      }
    }
  }
}
