public import Forecasting
internal import ForesightNumerics
public import Scenarios

extension LedgerRun {
  /// The run of a forecast: a projection a step under `SERIES@PERIOD`.
  ///
  /// - Throws: `LedgerError.badProjection` where a quantile is not finite.
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

  /// What a run of a scenario said: a projection a question under `SCENARIO.QUESTION`, and one a level whose exceedance is asked.
  ///
  /// Questions with `given` or `do` and break-evens speak of other worlds and are left out. A date later than the last year projected, or
  /// never, is scored as the end of that year.
  ///
  /// - Throws: `ScenarioError` as `Scenario.run` does; `LedgerError.badProjection` for what cannot be recorded.
  public init(
    _ scenario: Scenario, run: ScenarioRun, data: any SeriesSource, threads: Int? = nil, version: String
  ) throws {
    let claims = run.answers.filter {
      $0.given == nil && $0.interventions.isEmpty && !$0.rows.isEmpty && $0.breakEven == nil
    }
    let continuous = claims.filter { $0.row(.probability) == nil }
    let samples = try scenario.samples(
      of: continuous.map(\.of), draws: run.settings.draws, replicates: run.settings.replicates,
      seed: run.settings.seed, threads: threads)
    var projections: [Projection] = []
    for answer in claims {
      guard let probability = answer.row(.probability)?.value else { continue }
      projections.append(
        try Projection(
          key: "\(run.scenario).\(answer.question)", claim: .probability(probability, threshold: nil)))
    }
    for (answer, values) in zip(continuous, samples) {
      let key = "\(run.scenario).\(answer.question)"
      let law = try Empirical(values)
      let ceiling = answer.isDate ? Double(run.horizon.to + 1) : nil
      projections.append(
        try Projection(
          key: key, claim: .distribution(try QuantileCurve(key: key, ceiling: ceiling) { law.quantile($0) }),
          unit: answer.unit))
      for row in answer.rows where row.kind == .exceed {
        guard let level = row.level, let probability = row.value else { continue }
        projections.append(
          try Projection(key: key, claim: .probability(probability, threshold: level), unit: answer.unit))
      }
    }
    var figures = ""
    for part in scenario.file.series { figures += try part.observed(in: data).figures }
    var settings = ["draws=\(run.settings.draws)", "replicates=\(run.settings.replicates)"]
    settings += scenario.named
    settings += scenario.overrides.map { "\($0.path)=\($0.value)" }
    settings += scenario.branch.map { ["branch=\($0)"] } ?? []
    self.init(
      kind: .scenario, name: run.scenario, file: run.file,
      fileHash: ContentHash(([scenario.text] + scenario.bases).joined()).description,
      dataHash: ContentHash(figures).description, version: version, seed: run.settings.seed,
      settings: settings.joined(separator: " "), asOf: run.asOf ?? "",
      projections: projections)
  }
}

extension TimeSeries {
  /// `PERIOD,VALUE` lines: what is hashed of a series.
  fileprivate var figures: String {
    observations.map { "\($0.span),\($0.value.map { "\($0)" } ?? "")\n" }.joined()
  }
}

extension Ledger {
  /// Settles every open key `SERIES@PERIOD` for which a series has a value of that one period; returns how many.
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
