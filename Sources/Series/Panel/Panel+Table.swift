extension Panel {
  /// Reads a panel from a table; `-` is standard input.
  ///
  /// Tidy CSV with columns `unique_id,ds,y` is read in one pass, in chunks. Any other table is read as `Table` says: with a column for the
  /// keys, a series a column, or a series a row with periods across. A file without keys holds one series, named after the file.
  ///
  /// Periods have the forms that `Period.init(_:frequency:)` reads. Integers are years if all of them have four digits; otherwise they are
  /// an index. A value that is empty, `NA`, `N/A`, `NaN` or `null` is missing, as are omitted periods. The rows of a series may be in any
  /// order. If no frequency is named and the dates of a series fit a coarser calendar, the series has that frequency, as in
  /// `TimeSeries(csv:)`.
  ///
  /// Cost: one pass over tidy CSV, with the memory of the values; any other table is in memory as a whole.
  ///
  /// - Throws: `ForecastError.data` for a file that cannot be read or does not have a column, `.invalidOption` for a seasonal period
  ///   below 1. A bad row fails only its own series and is listed in `faults` with its line.
  public init(
    csv path: String, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil, dates: DateOptions = DateOptions(),
    table: TableOptions = TableOptions(), policy: RowPolicy = RowPolicy()
  ) throws(ForecastError) {
    try requireSeasonalPeriod(seasonalPeriod)
    var stream = try CSVStream(path: path)
    let file = stream.file
    var builder = PanelBuilder(frequency: frequency, options: dates, policy: policy, file: file)
    guard table == TableOptions(), Panel.isTidy(try stream.peek(), columns) else {
      var named = table
      if columns != PanelColumns() {
        (named.id, named.date, named.value) = (columns.key, columns.period, columns.value)
      }
      let tidy = try Table(bytes: stream.rest(), file: file, options: named).tidy(named, isPanel: true)
      builder.read(tidy)
      try self.init(&builder, rule, seasonalPeriod, note: tidy.note)
      return
    }
    try builder.read(&stream, columns)
    // Numbers that are not plain digits: the general reader knows them, or says what is wrong with the first.
    let isOdd = builder.faults.contains { fault in
      if case .badNumber = fault.kind { return true }
      return false
    }
    if isOdd, path != "-", let again = try? Table(path: path).tidy(isPanel: true) {
      builder = PanelBuilder(frequency: frequency, options: dates, policy: policy, file: file)
      builder.read(again)
      try self.init(&builder, rule, seasonalPeriod, note: again.note)
      return
    }
    try self.init(&builder, rule, seasonalPeriod, note: nil)
  }

  /// Reads a panel from tidy CSV text.
  ///
  /// - Throws: The errors of `init(csv:)`.
  public init(
    text: String, file: String? = nil, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil, dates: DateOptions = DateOptions(),
    policy: RowPolicy = RowPolicy()
  ) throws(ForecastError) {
    try requireSeasonalPeriod(seasonalPeriod)
    var stream = CSVStream(text: text, file: file)
    var builder = PanelBuilder(frequency: frequency, options: dates, policy: policy, file: file)
    try builder.read(&stream, columns)
    try self.init(&builder, rule, seasonalPeriod, note: nil)
  }

  /// Returns the panel as tidy CSV text that `init(text:)` reads; missing values are empty fields.
  ///
  /// - Throws: `ForecastError.data` for a series whose rows were bad.
  public func csv(columns: PanelColumns = PanelColumns()) throws(ForecastError) -> String {
    var text =
      [columns.key, columns.period, columns.value].map(CSVTable.quoted).joined(separator: ",") + "\n"
    for index in 0..<count {
      let series = try series(index)
      let key = CSVTable.quoted(keys[index])
      for observation in series.observations {
        let value = observation.value.map { "\($0)" } ?? ""
        text += "\(key),\(periodForm(index).text(of: observation.span.first)),\(value)\n"
      }
    }
    return text
  }

  private init(
    _ builder: inout PanelBuilder, _ rule: SpanRule, _ seasonalPeriod: Int?, note: String?
  ) throws(ForecastError) {
    let panel = try builder.finish()
    self.init(
      keys: builder.keys, flat: panel.flat, offsets: panel.offsets, starts: panel.starts,
      faultOf: builder.faultOf, faults: builder.faults, faultCount: builder.faultCount,
      forms: builder.forms, readings: builder.readings, remarks: builder.remarks, rule: rule,
      seasonalPeriod: seasonalPeriod, tableNote: note)
  }

  /// Whether a file begins with a header of comma-separated names that has the columns of keys, periods and values, or those of one
  /// series.
  private static func isTidy(_ start: ArraySlice<UInt8>, _ columns: PanelColumns) -> Bool {
    guard !start.isEmpty, !start.prefix(4096).contains(0) else { return start.isEmpty }
    let line = String(decoding: start.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    let names = line.split(separator: ",", omittingEmptySubsequences: false).map { name in
      let text = CSVTable.trimmed(String(name))
      return text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
        ? String(text.dropFirst().dropLast()) : text
    }
    func has(_ wanted: [String]) -> Bool { wanted.allSatisfy { CSVTable.place(of: $0, in: names) != nil } }
    if columns != PanelColumns() { return has([columns.key, columns.period, columns.value]) }
    return has(["ds", "y"]) || has(["period", "value"]) && !has(["unique_id"])
  }
}
