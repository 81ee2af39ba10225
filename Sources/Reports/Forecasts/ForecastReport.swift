public import Forecasting
internal import ForesightNumerics

extension Forecast {
  /// A forecast period by period: mean, median, standard deviation and prediction intervals.
  ///
  /// CSV has the columns `unique_id,ds,mean,lo-80,hi-80,lo-95,hi-95`, one row per period.
  ///
  /// - Parameters:
  ///   - levels: the levels of the intervals, such as 0.8; those that do not lie strictly between 0 and 1 are left out.
  ///   - notes: what a reader must know of the data and the fit.
  public func report(levels: [Double] = [0.8, 0.95], notes: [String] = []) -> Report {
    var questions = ForecastQuestions()
    questions.levels = levels.filter { $0 > 0 && $0 < 1 }
    return report(questions, totals: [], groups: [], events: [], notes: notes)
  }

  /// A forecast period by period, and the totals over windows, which follow the periods in CSV.
  ///
  /// - Parameters:
  ///   - levels: the levels of the intervals, such as 0.8.
  ///   - totals: the windows whose totals are wanted.
  ///   - notes: what a reader must know of the data and the fit.
  /// - Precondition: every level is between 0 and 1.
  /// - Throws: `ForecastError` as `total(over:)`.
  public func report(
    levels: [Double] = [0.8, 0.95], totals: [TotalWindow], notes: [String] = []
  ) throws(ForecastError) -> Report {
    var questions = ForecastQuestions()
    questions.levels = levels
    questions.totals = totals
    return try report(questions, notes: notes)
  }

  /// The answers to questions about a forecast: its periods, totals, chances and sample paths.
  ///
  /// CSV has the columns `unique_id,ds,mean`, `lo-80,hi-80` for each level, `q-0.1` for each quantile, `above-100` or `below-100` for each bound,
  /// and `any-above-100` for each event. Rows of totals, groups and events follow those of the periods. If sample paths are asked for, it
  /// has `unique_id,path,ds,value` instead.
  ///
  /// Cost: that of 16,384 sample paths if an event is asked for, or if a total has no exact distribution.
  ///
  /// - Throws: `ForecastError` as `total(over:)`, for totals and for windows of events; `.invalidOption` for groups that are not longer
  ///   than the periods, and for levels and quantiles that do not lie between 0 and 1.
  package func report(_ questions: ForecastQuestions, notes: [String] = []) throws(ForecastError) -> Report {
    for level in questions.levels { try requireShare("level", level) }
    for probability in questions.quantiles { try requireShare("quantile", probability) }
    let totals = try questions.totals.map { window throws(ForecastError) in
      try answer(window.description, total(over: window), questions)
    }
    let (windows, names, note) = try groups(questions.grouping)
    var groups: [ForecastAnswer] = []
    for (window, name) in zip(windows, names) {
      groups.append(try answer(name, total(over: window), questions))
    }
    return report(
      questions, totals: totals, groups: groups, events: try events(questions),
      notes: notes + [note].compactMap(\.self))
  }

  /// The answers about a total.
  private func answer(
    _ name: String, _ total: some Distribution, _ questions: ForecastQuestions
  ) -> ForecastAnswer {
    ForecastAnswer(
      name: name, mean: total.mean, median: total.quantile(0.5), standardDeviation: total.standardDeviation,
      intervals: questions.levels.map(levelPercent).map { level in
        PredictionInterval(
          lower: total.quantile((1 - level / 100) / 2), upper: total.quantile((1 + level / 100) / 2),
          level: level)
      },
      quantiles: questions.quantiles.map { total.quantile($0) },
      chances: questions.thresholds.map { $0.condition.probability(under: total) })
  }

  /// The answers about every step.
  private func steps(_ questions: ForecastQuestions) -> [ForecastAnswer] {
    let median = distribution.quantile(0.5)
    let intervals = questions.levels.map(levelPercent).map { level in
      let lower = distribution.quantile((1 - level / 100) / 2)
      let upper = distribution.quantile((1 + level / 100) / 2)
      return zip(lower, upper).map { PredictionInterval(lower: $0, upper: $1, level: level) }
    }
    let quantiles = questions.quantiles.map { distribution.quantile($0) }
    return periods.enumerated().map { step, period in
      let marginal = distribution.marginal(step)
      return ForecastAnswer(
        name: period.description, mean: marginal.mean, median: median[step],
        standardDeviation: marginal.standardDeviation, intervals: intervals.map { $0[step] },
        quantiles: quantiles.map { $0[step] },
        chances: questions.thresholds.map { $0.condition.probability(under: marginal) })
    }
  }

  private func report(
    _ questions: ForecastQuestions, totals: [ForecastAnswer], groups: [ForecastAnswer], events: [EventChance],
    notes: [String]
  ) -> Report {
    let steps = steps(questions)
    let columns = AnswerColumns(questions)
    let unit = series.unit.isEmpty ? "" : ", \(series.unit)"
    let title = series.rule.totalTitle
    return Report {
      Words("\(model)\nSeries \(series.name)\(unit); \(counted(horizon, "period")) after \(series.end)\n")
      Members([
        "model": model, "series": series.name, "unit": series.unit, "origin": series.end.description,
        "horizon": horizon, "seed": seed, "levels": questions.levels.map(levelPercent), "notes": notes,
        "by": questions.grouping?.description,
      ])
      Table("steps", steps, in: [.text, .json]) { columns.list("Period", steps) }
      Table("groups", groups, in: groups.isEmpty ? [.json] : [.text, .json]) { columns.list(title, groups) }
      Table("totals", totals, in: totals.isEmpty ? [.json] : [.text, .json]) { columns.list(title, totals) }
      Table("events", events, in: events.isEmpty ? [.json] : [.text, .json]) { EventChance.columns }
      if questions.paths > 0 { pathsTable(questions.paths) }
      Table("", steps + groups + totals + ForecastAnswer.rows(of: events), in: [.csv]) {
        Column("unique_id") { _ in series.name }
        columns.list("Period", steps)
        columns.events(events)
      }
      Words(notes.map { "\($0)\n" }.joined())
    }
  }
}

extension SpanRule {
  /// What the total of several periods is called in a table.
  fileprivate var totalTitle: String {
    switch self {
    case .sum: "Total"
    case .mean: "Average"
    case .last: "At the end of"
    }
  }
}
