public import Forecasting

extension Backtest {
  /// The scores of the models, the best first, with Diebold–Mariano tests against the best.
  ///
  /// CSV has one row per model and one column per metric.
  ///
  /// - Parameters:
  ///   - metrics: what is scored; the first one sorts.
  ///   - loss: the loss whose differences are tested.
  ///   - bySteps: whether the first metric is also shown at each step ahead.
  /// - Throws: `ForecastError` as `scores`.
  public func report(
    _ metrics: [Metric], loss: Loss = .absolute, bySteps: Bool = false
  ) throws(ForecastError) -> Report {
    let table = try scores(metrics)
    let steps = bySteps ? try scoresByStep(Array(metrics.prefix(1))) : []
    let best = table.rows.first?.model ?? ""
    let rows = rows(of: table, comparedBy: loss)
    return Report {
      Words(heading(origins: table.origins))
      Members([
        "series": series, "unit": unit, "origins": origins.map(\.description),
        "common_origins": table.origins, "metrics": table.metrics.map(\.description),
        "design": JSONValue([
          "initial": design.initial, "horizon": design.horizon, "step": design.step,
          "window": design.window == .expanding ? "expanding" : "sliding", "refit": design.refit,
        ]),
      ])
      Table(
        "models", rows,
        footer: rows.count > 1
          ? "DM: Diebold–Mariano test against \(best), \(loss.rawValue) loss; positive if \(best) is better\n"
          : ""
      ) {
        Column("unique_id") { _ in series }.only(.csv)
        Column("model", "Model") { $0.row.model }
        Column("scores") { $0.scores }.only(.json)
        scoreColumns(table)
        Column("failures") { $0.row.failures }
        Column("diebold_mariano") { $0.test }.only(.json)
        if rows.count > 1 {
          testColumns
        } else {
          testColumns.map { $0.only(.csv) }
        }
      }
      stepTable(steps, models: table.rows.map(\.model), metric: metrics.first)
      Notes(
        text: failureNotes
          + rows.compactMap { row in
            row.pair?.error.map { "no test of \(row.row.model) against \(best): \($0)" }
          })
      Table("failures", failures, in: [.json]) {
        Column("model") { $0.model }
        Column("origin") { $0.origin.description }
        Column("reason") { $0.error.description }
      }
    }
  }

  private func heading(origins count: Int) -> String {
    let window =
      switch design.window {
      case .expanding: "all earlier periods"
      case .sliding(let length): "the last \(length == 1 ? "period" : "\(length) periods")"
      }
    let first = origins.first?.description ?? ""
    let last = origins.last?.description ?? ""
    var text = "Series \(series)\(unit.isEmpty ? "" : ", \(unit)")\n"
    text += count == 1 ? "1 origin, \(first)" : "\(count) origins, \(first) … \(last)"
    if design.step > 1 { text += ", \(design.step) periods apart" }
    text += "; \(counted(design.horizon, "period")) ahead from \(window)"
    return text + (design.refit == 1 ? "\n" : "; refitted at every \(design.refit) origins\n")
  }

  /// The rows of a table with the tests against the first one.
  private func rows(of table: ScoreTable, comparedBy loss: Loss) -> [BacktestRow] {
    let best = table.rows.first?.model ?? ""
    var pairs: [String: PairComparison] = [:]
    for pair in comparisons(loss: loss) where pair.first == best || pair.second == best {
      pairs[pair.first == best ? pair.second : pair.first] = pair
    }
    return table.rows.map { BacktestRow(row: $0, pair: pairs[$0.model], best: best, loss: loss) }
  }

  private func scoreColumns(_ table: ScoreTable) -> [Column<BacktestRow>] {
    table.metrics.enumerated().map { place, metric in
      let decimals = NumberText.decimals(for: table.rows.compactMap { $0.scores[place].value }, digits: 4)
      let isShare = if case .coverage = metric { true } else { false }
      return Column(metric.description, metric.title, isShare ? .percent(1) : .fixed(decimals)) {
        $0.row.scores[place].value
      }.only(.text, .csv)
    }
  }

  @ListBuilder<Column<BacktestRow>> private var testColumns: [Column<BacktestRow>] {
    Column("dm", "DM", .fixed(2)) { $0.statistic }.only(.text, .csv).shown { row in
      row.isBest ? "" : NumberStyle.fixed(2).text(row.statistic)
    }
    Column("dm_p_value", "p value", .pValue) { $0.pair?.test?.pValue }.only(.text, .csv).shown { row in
      row.isBest ? "" : NumberText.pValue(row.pair?.test?.pValue)
    }
    Column(text: "") { significanceStars($0.pair?.test?.pValue) }
  }

  private func stepTable(_ steps: [ScoreTable], models: [String], metric: Metric?) -> Table<ScoreTable> {
    Table(
      "steps", steps, in: steps.isEmpty ? [.json] : [.text, .json],
      title: "\(metric?.title ?? "") by periods ahead\n"
    ) {
      Column("step", "Step") { $0.step ?? 0 }
      Column(number: "Origins") { "\($0.rows.first?.scores.first?.count ?? 0)" }
      for model in models {
        Column(number: model) { step in
          NumberText.significant(step.rows.first { $0.model == model }?.scores.first?.value, 4)
        }
      }
      Column("scores") { step in
        Dictionary(
          step.rows.map { ($0.model, $0.scores.first?.value) }, uniquingKeysWith: { first, _ in first })
      }.only(.json)
    }
  }

  private var failureNotes: [String] {
    models.compactMap { model in
      let own = failures.filter { $0.model == model }
      guard let first = own.first else { return nil }
      return "\(model) failed at \(own.count) of \(origins.count) origins; the first, \(first.origin): "
        + "\(first.error)"
    }
  }
}

/// A model's scores, and its test against the best.
private struct BacktestRow: Sendable {
  let row: ScoreTable.Row
  let pair: PairComparison?
  let best: String
  let loss: Loss

  var isBest: Bool { row.model == best }

  /// The test's statistic, positive where the best model is better.
  var statistic: Double? {
    guard let pair, let test = pair.test else { return nil }
    return pair.first == best ? -test.statistic : test.statistic
  }

  var scores: [String: Double?] {
    Dictionary(
      row.scores.map { ($0.metric.description, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  var test: JSONValue {
    guard let test = pair?.test else { return .null }
    return JSONValue([
      "against": best, "loss": loss.rawValue, "statistic": statistic, "p_value": test.pValue,
      "count": test.count, "horizon": test.horizon,
    ])
  }
}

extension Metric {
  /// The metric as the literature writes it.
  fileprivate var title: String {
    switch self {
    case .bias: "Bias"
    case .mae: "MAE"
    case .rmse: "RMSE"
    case .mape: "MAPE %"
    case .smape: "sMAPE %"
    case .mase: "MASE"
    case .rmsse: "RMSSE"
    case .crps: "CRPS"
    case .owa: "OWA"
    case .pinball, .msis, .coverage, .width: leveledTitle
    }
  }

  /// `Coverage 95 %` for `coverage-95`.
  private var leveledTitle: String {
    let parts = description.split(separator: "-")
    let name = parts[0] == "msis" ? "MSIS" : parts[0].prefix(1).uppercased() + parts[0].dropFirst()
    return "\(name) \(parts.dropFirst().joined()) %"
  }
}
