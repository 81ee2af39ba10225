internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics

/// A fitted series of a scenario: joint sample paths turned into yearly values.
struct SeriesPaths: Sendable {
  /// How a calendar year is made of observations and steps of the forecast.
  struct YearRule: Sendable {
    /// What is already observed.
    var known: Double
    /// The steps of the forecast that belong to the year.
    var steps: Range<Int>
    /// The weight of each step.
    var weight: Double
  }

  let name: String
  let forecast: Forecast
  let years: [Int: YearRule]
  /// Why a year has no value.
  let gaps: [Int: String]
  /// Remarks, such as the number of observations dropped.
  let notes: [String]
  /// The one-step residuals of single periods.
  let residuals: [Period: Double]
  /// How its paths are paired with those of other series; `nil` for a series that is alone or first in its group.
  var coupling: SeriesCoupling?
  /// The tree in which its paths are reconciled; `nil` if it is in none.
  var reconciled: ReconciledSeries?

  /// The fit of a series of a scenario.
  static func prepare(
    _ part: FittedSeries, _ file: ScenarioFile, _ source: any SeriesSource, _ dates: SourceDates
  ) throws(ScenarioError) -> SeriesPaths {
    let whole: TimeSeries
    do throws(ForecastError) {
      whole = try part.observed(in: source)
    } catch {
      throw ScenarioError("series.\(part.name): \(error)", at: part.dataPlace)
    }
    try check(part, whole)
    var kept: [Observation] = []
    var dropped = 0
    var undated: Set<String> = []
    var earliest: CivilDate?
    var unsourced = 0
    var first: Period?
    if let from = part.from {
      first = Period(from, frequency: whole.frequency)
      guard first != nil else {
        throw ScenarioError(
          "series.\(part.name).from: \"\(from)\" is not a period with frequency \(whole.frequency.rawValue)",
          at: part.place)
      }
    }
    for observation in whole.observations {
      if let first, observation.span.first < first { continue }
      if let asOf = file.asOf, part.file != nil, observation.value != nil, observation.source == nil,
        let next = observation.span.next.firstDay, asOf < CivilDate(daysSinceEpoch: next.daysSinceEpoch - 1)
      {
        // What cites nothing is known on the last day of its period at the earliest.
        unsourced += 1
        continue
      }
      if let asOf = file.asOf, observation.value != nil, let id = observation.source {
        switch dates.latest(id) {
        case .dated(let date) where date > asOf:
          dropped += 1
          earliest = min(earliest ?? date, date)
          continue
        case .dated: break
        case .undated, .unknown: undated.insert(id)
        }
      }
      kept.append(observation)
    }
    while kept.last?.value == nil, !kept.isEmpty { kept.removeLast() }
    while kept.first?.value == nil, !kept.isEmpty { kept.removeFirst() }
    if kept.isEmpty, let earliest, let asOf = file.asOf {
      throw ScenarioError(
        "series.\(part.name): all \(dropped) observations of \(part.data) cite sources dated after as_of \(asOf), the earliest on "
          + "\(earliest)", at: part.dataPlace)
    }
    var notes: [String] = []
    if dropped > 0, let asOf = file.asOf {
      notes.append("series \(part.name): \(dropped) observations sourced after \(asOf) were dropped")
    }
    if unsourced > 0, let asOf = file.asOf {
      notes.append(
        "series \(part.name): \(unsourced) observations without a source, for periods that end after \(asOf), were dropped"
      )
    }
    if !undated.isEmpty {
      notes.append(
        "series \(part.name): \(undated.count) observations cite undated sources "
          + "(\(undated.sorted().prefix(3).joined(separator: ", "))\(undated.count > 3 ? ", …" : ""))")
    }
    do throws(ForecastError) {
      let series = try TimeSeries(
        name: part.name, unit: whole.unit, rule: whole.rule, observations: kept,
        seasonalPeriod: whole.seasonalPeriod, provenance: whole.provenance)
      let model = try Registry.model(named: part.model, options: part.options)
      let fitted = try model.fit(series)
      return try SeriesPaths(part, file.horizon, fitted, notes)
    } catch {
      throw ScenarioError("series.\(part.name): \(error)", at: part.modelPlace)
    }
  }

  private init(
    _ part: FittedSeries, _ horizon: ScenarioHorizon, _ fitted: any FittedForecaster, _ notes: [String]
  ) throws(ForecastError) {
    let series = fitted.series
    let end = min(part.to ?? horizon.to, horizon.to)
    guard let last = TotalWindow.year(end).span(series.frequency) else {
      throw .invalidOption(
        name: "data", value: part.data,
        reason: "does not cover calendar years (frequency \(series.frequency.rawValue))")
    }
    let steps = max(1, series.end.distance(to: last.last))
    var years: [Int: YearRule] = [:]
    var gaps: [Int: String] = [:]
    for year in horizon.years {
      guard let span = TotalWindow.year(year).span(series.frequency) else { continue }
      guard year <= end else {
        gaps[year] = "the series is drawn to \(end), its key to"
        continue
      }
      switch SeriesPaths.rule(span, of: series) {
      case .success(let rule): years[year] = rule
      case .failure(let gap): gaps[year] = gap.what
      }
    }
    name = part.name
    // All that the file asks for is always drawn, so a question about another year does not change any draw.
    forecast = try fitted.forecast(steps)
    self.years = years
    self.gaps = gaps
    self.notes = notes
    var residuals: [Period: Double] = [:]
    for (observation, residual) in zip(series.observations, fitted.residuals)
    where observation.span.count == 1 {
      residuals[observation.span.first] = residual
    }
    self.residuals = residuals
  }

  private struct Gap: Error { let what: String }

  private static func rule(_ year: PeriodSpan, of series: TimeSeries) -> Result<YearRule, Gap> {
    var known = 0.0
    for observation in series.observations {
      let span = observation.span
      guard span.last >= year.first, span.first <= year.last else { continue }
      guard span.first >= year.first, span.last <= year.last else {
        return .failure(Gap(what: "the published span \(span) crosses the end of the year"))
      }
      guard let value = observation.value else { return .failure(Gap(what: "\(span) is missing")) }
      switch series.rule {
      case .sum: known += value
      case .mean: known += value * Double(span.count) / Double(year.count)
      case .last: known = span.last == year.last ? value : 0
      }
    }
    if year.first < series.start { return .failure(Gap(what: "the series begins in \(series.start)")) }
    let from = max(0, series.end.distance(to: year.first) - 1)
    let to = max(0, series.end.distance(to: year.last))
    let steps = series.rule == .last && to > 0 ? (to - 1)..<to : min(from, to)..<to
    let weight = series.rule == .mean ? 1 / Double(year.count) : 1
    return .success(YearRule(known: series.rule == .last && to > 0 ? 0 : known, steps: steps, weight: weight))
  }

  /// The unit of the data, without remarks in parentheses, agrees with the unit declared.
  private static func check(_ part: FittedSeries, _ series: TimeSeries) throws(ScenarioError) {
    let bare = series.unit.split(separator: "(").first.map(String.init) ?? ""
    guard let unit = Unit(bare) else { return }
    let perYear = unit / .year
    guard part.unit == unit || part.unit == perYear else {
      throw ScenarioError(
        "series.\(part.name) is declared in \(part.unit), but its data are in \(bare.trimmingSpaces)",
        at: part.place)
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String { split(separator: " ").joined(separator: " ") }
}
