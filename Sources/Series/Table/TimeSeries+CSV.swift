extension TimeSeries {
  /// Reads a series from a CSV file with columns `period,value` and optionally `unit`, `source_id` and `note`.
  ///
  /// Periods are single (`2022-03`) or spans (`2022-01/2022-02`). A value that is empty, `NA`, `N/A`, `NaN` or `null` is missing. If no
  /// frequency is named, at least three dates that are all the first, all the last or all the same day of a month are months (or
  /// quarters, half-years or years), dates that are whole weeks apart are weeks, and dates at midnight are days.
  ///
  /// Cost: O(rows).
  ///
  /// - Throws: `ForecastError.data` with file and line for anything that cannot be a series, `.invalidOption` for a seasonal period
  ///   below 1.
  public init(
    csv path: String, name: String? = nil, rule: SpanRule = .sum, frequency: Frequency? = nil,
    gaps: GapPolicy = .missing, seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    let table = try CSVTable(path: path)
    try self.init(
      table: table, name: name ?? TimeSeries.stem(of: path), rule: rule, frequency: frequency, gaps: gaps,
      seasonalPeriod: seasonalPeriod)
  }

  /// Reads a series from a table with columns `period,value` and optionally `unit`, `source_id` and `note`.
  ///
  /// - Throws: `ForecastError.data` with file and line for anything that cannot be a series, `.invalidOption` for a seasonal period
  ///   below 1.
  public init(
    table: CSVTable, name: String = "", rule: SpanRule = .sum, frequency: Frequency? = nil,
    gaps: GapPolicy = .missing, seasonalPeriod: Int? = nil, periodColumn: String = "period",
    valueColumn: String = "value"
  ) throws(ForecastError) {
    var dates: DateReading?
    try self.init(
      table: table, name: name, rule: rule, frequency: frequency, gaps: gaps, seasonalPeriod: seasonalPeriod,
      periodColumn: periodColumn, valueColumn: valueColumn, dates: &dates)
  }

  /// Reads a series from such a table, and says how its dates were read: `nil` if they are not dates or a frequency is named.
  ///
  /// - Throws: The errors of `init(table:)`.
  package init(
    table: CSVTable, name: String, rule: SpanRule, frequency: Frequency?, gaps: GapPolicy,
    seasonalPeriod: Int?,
    periodColumn: String, valueColumn: String, dates: inout DateReading?
  ) throws(ForecastError) {
    let periodColumn = try table.requiredColumn(periodColumn)
    let valueColumn = try table.requiredColumn(valueColumn)
    let unitColumn = table.column("unit")
    let sourceColumn = table.column("source_id")
    let noteColumn = table.column("note")
    let texts = table.rows.map { CSVTable.trimmed($0.fields[periodColumn]) }
    var written = texts.map { WrittenSpan($0) }
    dates = nil
    if frequency == nil {
      written = WrittenSpan.expanded(written)
      dates = DateReading(written, lines: table.rows.map(\.line))
    }
    let frequency = frequency ?? WrittenSpan.integerFrequency(written) ?? dates?.frequency

    var unit: String?
    var rows: [(line: Int, observation: Observation)] = []
    for (place, row) in table.rows.enumerated() {
      func fault(_ kind: DataFault.Kind) -> ForecastError {
        .data(DataFault(kind, series: name, file: table.file, line: row.line))
      }
      guard let span = written[place]?.span(frequency) else { throw fault(.badPeriod(texts[place])) }
      let number = CSVTable.trimmed(row.fields[valueColumn])
      var value: Double?
      if !CSVTable.isMissing(number) {
        guard let parsed = Double(decimal: number) else { throw fault(.badNumber(number)) }
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
      // Checked here too, so that the message can name the line.
      if let kind = TimeSeries.fault(
        of: observation, after: rows.last?.observation ?? observation, isFirst: rows.isEmpty)
      {
        let seen = rows.contains { $0.observation.span == span }
        throw fault(seen ? .duplicate(span) : kind)
      }
      if let last = rows.last?.observation.span, last.next < span.first {
        let hole = PeriodSpan(last.next, through: span.first - 1)
        guard case .missing = gaps, hole.count <= longestGap else { throw fault(.gap(hole)) }
      }
      rows.append((row.line, observation))
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

  static func nonEmpty(_ fields: [String], _ column: Int?) -> String? {
    guard let column, !fields[column].isEmpty else { return nil }
    return fields[column]
  }

  static func stem(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".csv") ? String(file.dropLast(4)) : file
  }
}
