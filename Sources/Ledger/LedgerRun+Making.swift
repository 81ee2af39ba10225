public import Forecasting
internal import ForesightNumerics
public import Scenarios

extension LedgerRun {
  /// The run of a forecast: one projection per step, under `SERIES@PERIOD`.
  ///
  /// - Throws: `LedgerError.badProjection` if a quantile is not finite.
  public init(
    _ forecast: Forecast, file: SourceFile? = nil, settings: String = "", version: String
  ) throws(LedgerError) {
    let series = forecast.series
    var projections: [Projection] = []
    for (step, period) in forecast.periods.enumerated() {
      let key = "\(series.name)@\(period)"
      let margin = forecast.marginal(step)
      projections.append(
        try Projection(
          key: key, claim: .distribution(try QuantileCurve(key: key) { margin.quantile($0) }),
          unit: series.unit, horizon: step + 1))
    }
    self.init(
      kind: .forecast, name: series.name, model: forecast.model, file: file?.path ?? "",
      fileHash: file?.hash.description ?? "",
      dataHash: ContentHash(series.figures).description, version: version, seed: forecast.seed,
      settings: settings,
      asOf: "\(series.end)", projections: projections)
  }

  /// The run of a scenario: a projection for each question under `SCENARIO.QUESTION`, and one for each level whose exceedance is
  /// asked.
  ///
  /// The projections come from the draws that answered the run; nothing is drawn again. Questions with `given` or `do` and
  /// break-evens speak of other worlds and are left out. A date later than the last year projected, or never, is scored as the end
  /// of that year. Cost: about eight comparisons for each draw of each quantity.
  ///
  /// - Throws: `LedgerError.notRecordable` for a run that was read from a document, whose draws did not fit in memory, or whose data
  ///   cannot be read again; `.badProjection` for what cannot be recorded.
  public init(_ run: ScenarioRun, version: String) throws(LedgerError) {
    guard let scenario = run.trace.scenario else {
      throw .notRecordable(
        scenario: run.scenario, reason: "it was read from a document, which holds no draws; run it again")
    }
    let claims = run.answers.filter {
      $0.given == nil && $0.interventions.isEmpty && !$0.rows.isEmpty && $0.breakEven == nil
    }
    var probabilities: [Projection] = []
    var others: [Projection] = []
    for answer in claims {
      let key = "\(run.scenario).\(answer.question)"
      if let probability = answer.row(.probability)?.value {
        probabilities.append(try Projection(key: key, claim: .probability(probability, threshold: nil)))
        continue
      }
      guard let quantiles = run.trace.quantiles(of: answer.question, at: QuantileCurve.levels) else {
        throw .notRecordable(
          scenario: run.scenario, reason: "its draws did not fit in memory; reduce draws × replicates")
      }
      let ceiling = answer.isDate ? Double(run.horizon.to + 1) : nil
      others.append(
        try Projection(
          key: key, claim: .distribution(try QuantileCurve(key: key, quantiles: quantiles, ceiling: ceiling)),
          unit: answer.unit))
      for row in answer.rows where row.kind == .exceed {
        guard let level = row.level, let probability = row.value else { continue }
        others.append(
          try Projection(key: key, claim: .probability(probability, threshold: level), unit: answer.unit))
      }
    }
    var figures = ""
    do throws(ForecastError) {
      for part in scenario.file.series { figures += try part.observed(in: scenario.data).figures }
    } catch {
      throw .notRecordable(scenario: run.scenario, reason: "\(error)")
    }
    var settings = ["draws=\(run.settings.draws)", "replicates=\(run.settings.replicates)"]
    settings += scenario.named
    settings += scenario.overrides.map { "\($0.path)=\($0.value)" }
    settings += scenario.branch.map { ["branch=\($0)"] } ?? []
    self.init(
      kind: .scenario, name: run.scenario, file: run.file, fileHash: run.fileHash,
      dataHash: ContentHash(figures).description, version: version, seed: run.settings.seed,
      settings: settings.joined(separator: " "), asOf: run.asOf ?? "", projections: probabilities + others)
  }
}

extension Ledger {
  /// Records the run of a scenario, and returns its number.
  ///
  ///     let run = try scenario.checked().run(DrawOptions(draws: 4096))
  ///     try ledger.record(run, version: "1.0")
  ///
  /// - Throws: `LedgerError` as making the record and recording it do.
  @discardableResult
  public func record(_ run: ScenarioRun, version: String = "") throws(LedgerError) -> Int64 {
    try record(LedgerRun(run, version: version))
  }
}

extension TimeSeries {
  /// `PERIOD,VALUE` lines: what is hashed of a series.
  fileprivate var figures: String {
    observations.map { "\($0.span),\($0.value.map { "\($0)" } ?? "")\n" }.joined()
  }
}

extension Ledger {
  /// Settles every open key `SERIES@PERIOD` for which a series has a value of that single period, and returns their number.
  ///
  /// - Throws: what `settle` throws.
  public func settle(_ series: TimeSeries, source: String = "") throws(LedgerError) -> Int {
    let open = Set(try openKeys())
    let outcomes = series.observations.compactMap { observation -> Outcome? in
      let key = "\(series.name)@\(observation.span.first)"
      guard observation.span.count == 1, let value = observation.value, open.contains(key) else { return nil }
      return Outcome(key: key, value: value, source: observation.source ?? source)
    }
    try settle(outcomes)
    return outcomes.count
  }
}
