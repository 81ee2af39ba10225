internal import ForecastModels
internal import Forecasting

/// Growth surveys of one or more series, a table each.
struct GrowthReport {
  private var surveys: [(rows: [GrowthSurvey.Row], noise: GrowthNoise)] = []

  /// Adds the survey of a series.
  mutating func add(_ rows: [GrowthSurvey.Row], noise: GrowthNoise) { surveys.append((rows, noise)) }

  /// A page of tables.
  var text: String {
    surveys.map { GrowthReport.text($0.rows, $0.noise) }.joined(separator: "\n")
  }

  private static func text(_ rows: [GrowthSurvey.Row], _ noise: GrowthNoise) -> String {
    guard let first = rows.first else { return "" }
    let unit = first.unit.isEmpty ? "" : ", \(first.unit)"
    var text =
      "Series \(first.series)\(unit), \(first.span): \(counted(first.observations, "observation")), \(noise.rawValue) noise\n"
    if let trial = rows.lazy.compactMap({ try? $0.backtest.get() }).first {
      let periods = trial.horizon == 1 ? "1 period" : "\(trial.horizon) periods"
      text +=
        "Rolling origin: \(trial.origins) \(trial.origins == 1 ? "origin" : "origins"), \(periods) ahead\n"
    } else if case .failure(let error) = first.backtest {
      text += "No rolling origin: \(error)\n"
    }
    var table = TextTable([
      .text("Model"), .number("Rate a year"), .number("95 %"), .number("Doubling, years"), .number("95 %"),
      .number("Capacity"), .number("95 %"), .number("AICc"), .number("DW"), .number("MASE"), .number("CRPS"),
      .number("Inside 80 %"),
    ])
    for row in rows { table.add(cells(row)) }
    text += "\n" + table.text()
    var failures: [String] = []
    for row in rows {
      if case .failure(let error) = row.fit { failures.append("- \(error)\n") }
    }
    return text + (failures.isEmpty ? "" : "\nNotes\n" + failures.joined())
  }

  private static func cells(_ row: GrowthSurvey.Row) -> [String] {
    var cells = [row.model.split(separator: " (").first.map(String.init) ?? row.model]
    switch row.fit {
    case .failure: cells += [String](repeating: NumberText.absent, count: 8)
    case .success(let fit):
      let figures = fit.figures
      cells += [NumberText.significant(figures.ratePerYear?.value, 4), interval(figures.ratePerYear)]
      let time = figures.doublingTime ?? figures.halvingTime
      let sign = figures.doublingTime == nil && time != nil ? "halving " : ""
      cells += [sign + NumberText.significant(time?.value, 4), interval(time)]
      switch figures.capacityStatus {
      case .identified(let lower, let upper):
        cells += [
          NumberText.significant(figures.capacity?.value, 4),
          "\(NumberText.significant(lower, 4)) … \(NumberText.significant(upper, 4))",
        ]
      case .unidentified(let lower):
        cells += ["not identified", "≥ \(NumberText.significant(lower, 4))"]
      case .given, nil: cells += ["", ""]
      }
      cells.append(fit.aicc.map { NumberText.fixed($0, 1) } ?? NumberText.absent)
      cells.append(fit.durbinWatson.map { NumberText.fixed($0, 2) } ?? NumberText.absent)
    }
    switch row.backtest {
    case .failure: cells += [String](repeating: NumberText.absent, count: 3)
    case .success(let trial):
      cells += [
        trial.mase.map { NumberText.fixed($0, 2) } ?? NumberText.absent,
        NumberText.significant(trial.crps, 3),
        trial.coverage.map { NumberText.percent($0, 0) } ?? NumberText.absent,
      ]
    }
    return cells
  }

  /// `lower … upper`, an open end as ∞ or nothing.
  private static func interval(_ estimate: Estimate?) -> String {
    guard let estimate, estimate.lower != nil || estimate.upper != nil else { return "" }
    let lower = estimate.lower.map { NumberText.significant($0, 4) } ?? ""
    return "\(lower) … \(estimate.upper.map { NumberText.significant($0, 4) } ?? "∞")"
  }

  /// A row a model as a document.
  struct Document: Encodable {
    let series: String
    let unit: String
    let first: String
    let last: String
    let observations: Int
    let model: String
    @Nullable var ratePerYear: Double?
    @Nullable var ratePerYearLower: Double?
    @Nullable var ratePerYearUpper: Double?
    @Nullable var doublingTime: Double?
    @Nullable var doublingTimeLower: Double?
    @Nullable var doublingTimeUpper: Double?
    @Nullable var halvingTime: Double?
    @Nullable var halvingTimeLower: Double?
    @Nullable var halvingTimeUpper: Double?
    @Nullable var capacity: Double?
    @NullableText var capacityStatus: String?
    @Nullable var capacityLower: Double?
    @Nullable var capacityUpper: Double?
    @Nullable var aicc: Double?
    @Nullable var rSquared: Double?
    @Nullable var durbinWatson: Double?
    @Nullable var origins: Double?
    @Nullable var horizon: Double?
    @Nullable var mase: Double?
    @Nullable var crps: Double?
    @Nullable var coverage80: Double?
    @Nullable var failedOrigins: Double?
    @NullableText var error: String?
    @NullableText var backtestError: String?

    init(_ row: GrowthSurvey.Row) {
      series = row.series
      unit = row.unit
      first = row.span.first.description
      last = row.span.last.description
      observations = row.observations
      model = row.model
      switch row.fit {
      case .failure(let failure): error = failure.description
      case .success(let fit):
        let figures = fit.figures
        ratePerYear = figures.ratePerYear?.value
        ratePerYearLower = figures.ratePerYear?.lower
        ratePerYearUpper = figures.ratePerYear?.upper
        doublingTime = figures.doublingTime?.value
        doublingTimeLower = figures.doublingTime?.lower
        doublingTimeUpper = figures.doublingTime?.upper
        halvingTime = figures.halvingTime?.value
        halvingTimeLower = figures.halvingTime?.lower
        halvingTimeUpper = figures.halvingTime?.upper
        aicc = fit.aicc
        rSquared = fit.rSquared
        durbinWatson = fit.durbinWatson
        capacity = figures.capacity?.value
        switch figures.capacityStatus {
        case .identified(let lower, let upper):
          capacityStatus = "identified"
          capacityLower = lower
          capacityUpper = upper
        case .unidentified(let lower):
          capacityStatus = "unidentified"
          capacityLower = lower
        case .given: capacityStatus = "given"
        case nil: break
        }
      }
      switch row.backtest {
      case .failure(let failure): backtestError = failure.description
      case .success(let trial):
        origins = Double(trial.origins)
        horizon = Double(trial.horizon)
        mase = trial.mase
        crps = trial.crps
        coverage80 = trial.coverage
        failedOrigins = Double(trial.failures)
      }
    }
  }

  /// A row a model and series.
  var documents: [Document] { surveys.flatMap { $0.rows.map(Document.init) } }

  /// The same rows as comma-separated text.
  var csv: String {
    var csv = CSVText([
      "series", "unit", "first", "last", "observations", "model", "rate_per_year", "rate_per_year_lower",
      "rate_per_year_upper", "doubling_time", "doubling_time_lower", "doubling_time_upper", "halving_time",
      "halving_time_lower", "halving_time_upper", "capacity", "capacity_status", "capacity_lower",
      "capacity_upper", "aicc", "r_squared", "durbin_watson", "origins", "horizon", "mase", "crps",
      "coverage_80",
      "failed_origins", "error", "backtest_error",
    ])
    for row in documents {
      let counts = [row.origins, row.horizon].map { $0.map { "\(Int($0))" } ?? "" }
      let fitted = [
        row.ratePerYear, row.ratePerYearLower, row.ratePerYearUpper, row.doublingTime,
        row.doublingTimeLower, row.doublingTimeUpper, row.halvingTime, row.halvingTimeLower,
        row.halvingTimeUpper, row.capacity,
      ].map(CSVText.number)
      let limits = [row.capacityLower, row.capacityUpper, row.aicc, row.rSquared, row.durbinWatson].map(
        CSVText.number)
      csv.add(
        [row.series, row.unit, row.first, row.last, "\(row.observations)", row.model] + fitted
          + [row.capacityStatus ?? ""] + limits + counts
          + [row.mase, row.crps, row.coverage80].map(CSVText.number)
          + [row.failedOrigins.map { "\(Int($0))" } ?? "", row.error ?? "", row.backtestError ?? ""])
    }
    return csv.text
  }
}
