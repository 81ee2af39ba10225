public import ForecastModels
internal import Forecasting

extension Sequence where Element == GrowthSurvey.Row {
  /// A survey of growth curves: rate, doubling time and capacity with 95 % intervals, criteria and scores.
  ///
  /// Text has a table per series. CSV and JSON have one row per series and model.
  public var report: Report {
    let rows = Array(self)
    var order: [String] = []
    for row in rows where order.last != row.series && !order.contains(row.series) { order.append(row.series) }
    return Report {
      for series in order {
        let own = rows.filter { $0.series == series }
        Words(own[0].heading)
        Table("", own, in: [.text]) { GrowthSurvey.Row.columns }
        Notes(text: own.compactMap { row in row.fitError.map { "\($0)" } })
      }
      Table("", rows, in: [.json, .csv]) { GrowthSurvey.Row.columns }
    }
  }
}

extension GrowthSurvey.Row {
  fileprivate var heading: String {
    let unit = unit.isEmpty ? "" : ", \(unit)"
    var text =
      "Series \(series)\(unit), \(span): \(counted(observations, "observation")), \(noise.rawValue) noise\n"
    switch backtest {
    case .success(let trial):
      text +=
        "Rolling origin: \(counted(trial.origins, "origin")), \(counted(trial.horizon, "period")) ahead\n"
    case .failure(let error): text += "No rolling origin: \(error)\n"
    }
    return text
  }

  fileprivate var figures: GrowthFigures? { if case .success(let fit) = fit { fit.figures } else { nil } }
  fileprivate var fitted: GrowthSurvey.Fit? { if case .success(let fit) = fit { fit } else { nil } }
  fileprivate var fitError: ForecastError? { if case .failure(let error) = fit { error } else { nil } }
  fileprivate var trial: GrowthSurvey.Trial? { if case .success(let trial) = backtest { trial } else { nil } }
  fileprivate var trialError: ForecastError? {
    if case .failure(let error) = backtest { error } else { nil }
  }

  /// What is known of the capacity: a word, and the ends of its interval.
  private var bounds: (status: String?, lower: Double?, upper: Double?) {
    switch figures?.capacityStatus {
    case .identified(let lower, let upper): ("identified", lower, upper)
    case .unidentified(let lower): ("unidentified", lower, nil)
    case .given: ("given", nil, nil)
    case nil: (nil, nil, nil)
    }
  }

  private var doubling: String {
    guard let figures else { return NumberText.absent }
    let time = figures.doublingTime ?? figures.halvingTime
    let isHalving = figures.doublingTime == nil && time != nil
    return (isHalving ? "halving " : "") + NumberText.significant(time?.value, 4)
  }

  /// `lower … upper` of an estimate, an open end as ∞.
  private func interval(_ estimate: Estimate?) -> String {
    guard figures != nil else { return NumberText.absent }
    guard let estimate, estimate.lower != nil || estimate.upper != nil else { return "" }
    let lower = estimate.lower.map { NumberText.significant($0, 4) } ?? ""
    return "\(lower) … \(estimate.upper.map { NumberText.significant($0, 4) } ?? "∞")"
  }

  private var capacity: (value: String, interval: String) {
    guard let figures else { return (NumberText.absent, NumberText.absent) }
    switch figures.capacityStatus {
    case .identified(let lower, let upper):
      return (
        NumberText.significant(figures.capacity?.value, 4),
        "\(NumberText.significant(lower, 4)) … \(NumberText.significant(upper, 4))"
      )
    case .unidentified(let lower): return ("not identified", "≥ \(NumberText.significant(lower, 4))")
    case .given, nil: return ("", "")
    }
  }

  @ListBuilder<Column<Self>> fileprivate static var columns: [Column<Self>] {
    Column("series") { $0.series }
    Column("unit") { $0.unit }
    Column("first") { $0.span.first.description }
    Column("last") { $0.span.last.description }
    Column("observations") { $0.observations }
    Column("model", "Model") { $0.model }.shown { row in
      row.model.split(separator: " (").first.map(String.init) ?? row.model
    }
    Column("rate_per_year", "Rate per year", .significant(4)) { $0.figures?.ratePerYear?.value }
    Column(number: "95 %") { $0.interval($0.figures?.ratePerYear) }
    Column("rate_per_year_lower") { $0.figures?.ratePerYear?.lower }
    Column("rate_per_year_upper") { $0.figures?.ratePerYear?.upper }
    Column("doubling_time", "Doubling, years") { $0.figures?.doublingTime?.value }.shown { $0.doubling }
    Column("doubling_time_lower") { $0.figures?.doublingTime?.lower }
    Column("doubling_time_upper") { $0.figures?.doublingTime?.upper }
    Column("halving_time") { $0.figures?.halvingTime?.value }
    Column("halving_time_lower") { $0.figures?.halvingTime?.lower }
    Column("halving_time_upper") { $0.figures?.halvingTime?.upper }
    Column(number: "95 %") { $0.interval($0.figures?.doublingTime ?? $0.figures?.halvingTime) }
    Column("capacity", "Capacity") { $0.figures?.capacity?.value }.shown { $0.capacity.value }
    Column(number: "95 %") { $0.capacity.interval }
    Column("capacity_status") { $0.bounds.status }
    Column("capacity_lower") { $0.bounds.lower }
    Column("capacity_upper") { $0.bounds.upper }
    Column("aicc", "AICc", .fixed(1)) { $0.fitted?.aicc }
    Column("r_squared") { $0.fitted?.rSquared }
    Column("durbin_watson", "DW", .fixed(2)) { $0.fitted?.durbinWatson }
    Column("origins") { $0.trial?.origins }
    Column("horizon") { $0.trial?.horizon }
    Column("mase", "MASE", .fixed(2)) { $0.trial?.mase }
    Column("crps", "CRPS", .significant(3)) { $0.trial?.crps }
    Column("coverage80", "Inside 80 %", .percent(0)) { $0.trial?.coverage }.csv("coverage_80")
    Column("failed_origins") { $0.trial?.failures }
    Column("error") { $0.fitError?.description }
    Column("backtest_error") { $0.trialError?.description }
  }
}
