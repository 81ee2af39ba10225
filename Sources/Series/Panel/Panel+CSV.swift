/// The names of the columns of a tidy panel; others are passed over.
public struct PanelColumns: Sendable, Hashable {
  /// The column of keys.
  public var key: String
  /// The column of periods.
  public var period: String
  /// The column of values.
  public var value: String

  /// The names `unique_id`, `ds` and `y` unless others are given.
  public init(key: String = "unique_id", period: String = "ds", value: String = "y") {
    self.key = key
    self.period = period
    self.value = value
  }
}

extension Panel {
  /// The panel in a tidy CSV file with columns `unique_id,ds,y`; `-` is the standard input.
  ///
  /// A period is an integer or ISO (`2022-01`, `2022-01-31`, and for a named frequency the date of its first day);
  /// integers are years where all of them have four digits, else an index. A value that is empty, `NA`, `N/A`, `NaN`
  /// or `null` is missing, as are periods left out; a file without keys holds one series, named as the file; and a series' rows stand in time order. Where no frequency is named and the dates of a series fit a coarser
  /// calendar, that is its own, as in `TimeSeries(csv:)`. The file is read in pieces: memory is that of the values.
  ///
  /// - Throws: `ForecastError.data` for a file that cannot be read or lacks a column, `.invalidOption` for a seasonal period
  ///   below 1. A bad row fails its own series alone, and stands in `faults` with its line.
  public init(
    csv path: String, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    var stream = try CSVStream(path: path)
    try self.init(&stream, columns, frequency, rule, seasonalPeriod)
  }

  /// The panel in a tidy CSV text.
  ///
  /// - Throws: as `init(csv:)`.
  public init(
    text: String, file: String? = nil, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    var stream = CSVStream(text: text, file: file)
    try self.init(&stream, columns, frequency, rule, seasonalPeriod)
  }

  /// The panel as tidy CSV text, of the form that `init(text:)` reads; missing values are empty fields.
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
    _ stream: inout CSVStream, _ columns: PanelColumns, _ frequency: Frequency?, _ rule: SpanRule,
    _ seasonalPeriod: Int?
  ) throws(ForecastError) {
    try requireSeasonalPeriod(seasonalPeriod)
    var builder = PanelBuilder(frequency: frequency, file: stream.file)
    try builder.read(&stream, columns)
    let panel = builder.finish()
    self.init(
      keys: builder.keys, flat: panel.flat, offsets: panel.offsets, starts: panel.starts,
      faultOf: builder.faultOf, faults: builder.faults, faultCount: builder.faultCount,
      forms: builder.forms, readings: builder.readings, rule: rule, seasonalPeriod: seasonalPeriod)
  }
}
