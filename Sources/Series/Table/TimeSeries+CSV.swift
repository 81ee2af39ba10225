extension TimeSeries {
  /// Reads a series from a table in any common layout, with a column of periods, one of values, and optionally `unit`, `source_id` and
  /// `note`.
  ///
  /// The layout, the columns and the way of writing numbers are found out as `Table` says; `columns` names what cannot be. Periods are single (`2022-03`) or spans (`2022-01/2022-02`) in the forms of `Period.init(_:frequency:)`; the whole column decides on
  /// those that can be read in two ways, and rows may be in any order. A value that is empty, `NA`, `N/A`, `NaN` or `null` is missing. If no
  /// frequency is named, the dates decide: at least three with one in each month, on the same day of it, are months (or
  /// quarters, half-years or years), dates that are whole weeks apart are weeks, dates without weekends are business days, dates and times
  /// that are multiples of k days, hours, minutes or seconds apart are periods of that length.
  ///
  /// Cost: O(rows).
  ///
  /// - Throws: `ForecastError.data` with file and line for anything that cannot be a series, `.invalidOption` for a seasonal period
  ///   below 1.
  public init(
    csv path: String, name: String? = nil, rule: SpanRule = .sum, frequency: Frequency? = nil,
    gaps: GapPolicy = .missing, seasonalPeriod: Int? = nil, dates: DateOptions = DateOptions(),
    columns: TableOptions = TableOptions(), aggregate: SpanRule? = nil
  ) throws(ForecastError) {
    let tidy = try Table(path: path, options: columns).tidy(columns)
    try self.init(
      table: tidy.table, name: name ?? TimeSeries.stem(of: path), rule: rule, frequency: frequency,
      gaps: gaps,
      seasonalPeriod: seasonalPeriod, dates: dates, aggregate: aggregate)
  }

  /// Reads a series from a table with columns `period,value` and optionally `unit`, `source_id` and `note`.
  ///
  /// - Throws: `ForecastError.data` with file and line for anything that cannot be a series, `.invalidOption` for a seasonal period
  ///   below 1.
  public init(
    table: CSVTable, name: String = "", rule: SpanRule = .sum, frequency: Frequency? = nil,
    gaps: GapPolicy = .missing, seasonalPeriod: Int? = nil, periodColumn: String = "period",
    valueColumn: String = "value", dates: DateOptions = DateOptions(), aggregate: SpanRule? = nil
  ) throws(ForecastError) {
    var periods: PeriodColumn?
    try self.init(
      table: table, name: name, rule: rule, frequency: frequency, gaps: gaps, seasonalPeriod: seasonalPeriod,
      periodColumn: periodColumn, valueColumn: valueColumn, options: dates, aggregate: aggregate,
      periods: &periods)
  }

  /// Reads a series from such a table, and says how its periods were read.
  ///
  /// - Throws: The errors of `init(table:)`.
  package init(
    table: CSVTable, name: String, rule: SpanRule, frequency: Frequency?, gaps: GapPolicy,
    seasonalPeriod: Int?,
    periodColumn: String, valueColumn: String, options: DateOptions, aggregate: SpanRule? = nil,
    periods: inout PeriodColumn?
  ) throws(ForecastError) {
    let periodColumn = try table.requiredColumn(periodColumn)
    let valueColumn = try table.requiredColumn(valueColumn)
    let unitColumn = table.column("unit")
    let sourceColumn = table.column("source_id")
    let noteColumn = table.column("note")
    let texts = table.rows.map { CSVTable.trimmed($0.fields[periodColumn]) }
    let read: PeriodColumn
    do {
      read = try PeriodColumn(texts, lines: table.rows.map(\.line), frequency: frequency, options: options)
    } catch .data(let fault) {
      throw .data(DataFault(fault.kind, series: name, file: table.file, line: fault.line))
    }
    periods = read

    var unit: String?
    var rows: [(line: Int, observation: Observation)] = []
    for (place, row) in table.rows.enumerated() {
      func fault(_ kind: DataFault.Kind) -> ForecastError {
        .data(DataFault(kind, series: name, file: table.file, line: row.line))
      }
      guard let span = read.spans[place] else { throw fault(.badPeriod(texts[place])) }
      let expected = rows.first?.observation.span.first.frequency ?? span.first.frequency
      guard span.first.frequency == expected else {
        throw fault(.mixedFrequencies(span.first.frequency, expected))
      }
      let number = CSVTable.trimmed(row.fields[valueColumn])
      var value: Double?
      if !CSVTable.isMissing(number) {
        guard let parsed = Double(decimal: number), parsed.isFinite else { throw fault(.badNumber(number)) }
        value = parsed
      }
      if let unitColumn {
        let found = row.fields[unitColumn]
        if let unit, unit != found { throw fault(.mixedUnits(found, unit)) }
        unit = found
      }
      let observation = Observation(
        span, value, source: TimeSeries.nonEmpty(row.fields, sourceColumn),
        note: TimeSeries.nonEmpty(row.fields, noteColumn))
      rows.append((row.line, observation))
    }
    // Rows may be in any order.
    if !zip(rows, rows.dropFirst()).allSatisfy({ $0.observation.span.first <= $1.observation.span.first }) {
      rows.sort {
        ($0.observation.span.first.ordinal, $0.line) < ($1.observation.span.first.ordinal, $1.line)
      }
    }
    if let aggregate { rows = TimeSeries.aggregated(rows, by: aggregate) }
    // Checked here too, so that the message can name the line.
    for (before, row) in zip(rows, rows.dropFirst()) {
      let (last, span) = (before.observation.span, row.observation.span)
      func fault(_ kind: DataFault.Kind) -> ForecastError {
        .data(DataFault(kind, series: name, file: table.file, line: row.line))
      }
      if let kind = TimeSeries.fault(of: row.observation, after: before.observation, isFirst: false) {
        throw fault(kind)
      }
      if last.next < span.first {
        let hole = PeriodSpan(last.next, through: span.first - 1)
        guard gaps != .refuse, hole.count <= longestGap else { throw fault(.gap(hole)) }
      }
    }
    guard !rows.isEmpty else { throw .data(DataFault(.empty, series: name, file: table.file)) }
    try self.init(
      name: name, unit: unit ?? "", rule: rule, observations: rows.map(\.observation), gaps: gaps,
      seasonalPeriod: seasonalPeriod, provenance: Provenance(file: table.file))
  }

  /// Returns the series as CSV text that `init(csv:)` reads; missing values are empty fields.
  public func csv() -> String {
    let notes = observations.contains { $0.note != nil }
    var lines = ["period,value,unit,source_id" + (notes ? ",note" : "")]
    for observation in observations {
      let value = observation.value.map { "\($0)" } ?? ""
      var fields = [observation.span.description, value, unit, observation.source ?? ""]
      if notes { fields.append(observation.note ?? "") }
      lines.append(fields.map(CSVTable.quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Rows in time order with one row for each span: the sum, the mean or the last of the values that are there.
  private static func aggregated(
    _ rows: [(line: Int, observation: Observation)], by rule: SpanRule
  ) -> [(line: Int, observation: Observation)] {
    var result: [(line: Int, observation: Observation)] = []
    var values: [Double] = []
    for (place, row) in rows.enumerated() {
      if let value = row.observation.value { values.append(value) }
      let next = place + 1 < rows.count ? rows[place + 1].observation.span : nil
      if next == row.observation.span { continue }
      let value = RowPolicy.value(of: values, by: rule)
      let observation = Observation(
        row.observation.span, value.isNaN ? nil : value, source: row.observation.source,
        note: row.observation.note)
      result.append((row.line, observation))
      values = []
    }
    return result
  }

  static func nonEmpty(_ fields: [String], _ column: Int?) -> String? {
    guard let column, !fields[column].isEmpty else { return nil }
    return fields[column]
  }

  /// The name of a file without its folders and ending.
  package static func stem(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".csv", ".tsv", ".txt", ".csv.gz", ".xlsx", ".ndjson", ".jsonl"]
    where file.hasSuffix(ending) && file.utf8.count > ending.utf8.count {
      return String(file.dropLast(ending.count))
    }
    return file
  }
}
