extension TimeSeries {
  /// Returns the flows behind values that are totals since the beginning of their calendar year: differences within each year.
  ///
  /// The flow of a year's first value covers all periods from the beginning of the year, and that of a value after missing ones covers
  /// those, too, as a span: where February is the first value, the flow is that of `2019-01/2019-02`. Periods after the last value of a
  /// year are missing. An observation that covers several periods counts at the last of them. The rule of the result is `sum`. Cost: O(n).
  ///
  /// ```swift
  /// let months = try TimeSeries(csv: "ytd.csv").flowsOfYearToDate()
  /// ```
  ///
  /// - Throws: `ForecastError.invalidOption` for periods without calendar years, such as indices, and for years; `.data` if no value is
  ///   observed, or if a difference overflows.
  public func flowsOfYearToDate() throws(ForecastError) -> TimeSeries {
    guard frequency.unit != .index, frequency.meanPeriodsPerYear > 1.5 else {
      throw .invalidOption(
        name: "rule", value: "to-date",
        reason: "must have several periods per calendar year, not a value per \(frequency.rawValue)")
    }
    var flows: [Observation] = []
    var last: (period: Period, total: Double)?
    for observation in observations {
      guard let value = observation.value else { continue }
      let period = observation.span.last
      guard let year = TotalWindow.year(period.calendarYear).span(frequency), year.contains(period) else {
        throw .data(DataFault(.badPeriod(period.description), series: name))
      }
      let isNew = last.map { $0.period < year.first } ?? true
      if isNew, let last, last.period + 1 < year.first {
        for missing in PeriodSpan(last.period + 1, through: year.first - 1).periods {
          flows.append(Observation(PeriodSpan(missing), nil))
        }
      }
      let first = isNew ? year.first : last.map { $0.period + 1 } ?? year.first
      flows.append(
        Observation(
          PeriodSpan(first, through: period), isNew ? value : value - (last?.total ?? 0),
          source: observation.source, note: observation.note))
      last = (period, value)
    }
    guard !flows.isEmpty else { throw .data(DataFault(.empty, series: name)) }
    return try TimeSeries(
      name: name, unit: unit, rule: .sum, observations: flows, seasonalPeriod: seasonalPeriod,
      provenance: provenance)
  }

  /// Whether values look like totals since the beginning of their calendar year: they never fall within a year, and fall to less than half
  /// from each year to the next.
  ///
  /// It takes two such falls, and on average three values a year. Cost: O(n).
  public var looksYearToDate: Bool {
    guard frequency.unit != .index, frequency.meanPeriodsPerYear > 3.5 else { return false }
    let known = observations.compactMap { observation in
      observation.value.map { (year: observation.span.last.calendarYear, value: $0) }
    }
    guard known.allSatisfy({ $0.value >= 0 }) else { return false }
    var falls = 0
    for (before, after) in zip(known, known.dropFirst()) {
      if before.year == after.year {
        guard after.value >= before.value else { return false }
      } else {
        // A year of which little was seen says little.
        guard after.value < 0.5 * before.value else { return false }
        falls += 1
      }
    }
    return falls >= 2 && known.count >= 3 * falls
  }
}
