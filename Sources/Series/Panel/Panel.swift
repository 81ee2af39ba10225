/// Many series by key, in flat storage: one array of values, with the start of each series in it.
///
/// Every series has one value per base period, possibly missing. A series with bad rows keeps its index: asking for it throws its
/// error, and the other series are unaffected.
public struct Panel: Sendable {
  /// The keys in the order of their first row.
  public let keys: [String]
  /// The number of bad rows.
  public let faultCount: Int
  /// The first fault of each series that has one, and the faults of rows that belong to no series, in file order.
  public let faults: [DataFault]
  /// What an observation says about the periods it covers.
  public let rule: SpanRule
  private let seasonalPeriod: Int?
  // A missing value is NaN here and nil outside.
  private let flat: [Double]
  private let offsets: [Int]
  private let starts: [Period]
  private let faultOf: [Int: DataFault]
  // Empty if no series was read from text.
  private let forms: [PeriodForm]
  private let readings: [DateReading?]
  /// What was taken of periods whose text could mean something else.
  package let remarks: [PeriodRemark]

  init(
    keys: [String], flat: [Double], offsets: [Int], starts: [Period], faultOf: [Int: DataFault] = [:],
    faults: [DataFault] = [], faultCount: Int = 0, forms: [PeriodForm] = [], readings: [DateReading?] = [],
    remarks: [PeriodRemark] = [], rule: SpanRule = .sum, seasonalPeriod: Int? = nil
  ) {
    self.keys = keys
    self.flat = flat
    self.offsets = offsets
    self.starts = starts
    self.faultOf = faultOf
    self.faults = faults
    self.faultCount = faultCount
    self.forms = forms
    self.readings = readings
    self.remarks = remarks
    self.rule = rule
    self.seasonalPeriod = seasonalPeriod
  }

  /// Creates a panel from series, whose names are the keys.
  ///
  /// - Throws: `ForecastError.spanNotSupported` for an observation that covers several periods, `.invalidOption` for a repeated
  ///   name, or for a series whose rule or seasonal period differs from the first.
  public init(_ series: [TimeSeries]) throws(ForecastError) {
    var seen: Set<String> = []
    var flat: [Double] = []
    var offsets = [0]
    for one in series {
      guard seen.insert(one.name).inserted else {
        throw .invalidOption(name: "panel", value: one.name, reason: "appears more than once")
      }
      guard one.rule == series[0].rule, one.seasonalPeriod == series[0].seasonalPeriod else {
        throw .invalidOption(
          name: "panel", value: one.name,
          reason: "must have the same rule and seasonal period as \(series[0].name)")
      }
      for observation in one.observations {
        guard observation.span.count == 1 else {
          throw .spanNotSupported(model: "Panel", series: one.name, span: observation.span)
        }
        flat.append(observation.value ?? .nan)
      }
      offsets.append(flat.count)
    }
    self.init(
      keys: series.map(\.name), flat: flat, offsets: offsets, starts: series.map(\.start),
      rule: series.first?.rule ?? .sum, seasonalPeriod: series.first?.seasonalPeriod)
  }

  /// The number of series.
  public var count: Int { keys.count }

  /// The number of values, including missing ones.
  public var valueCount: Int { flat.count }

  /// Returns the form in which the periods of a series were written, and in which its forecasts should be, by index.
  public func periodForm(_ index: Int) -> PeriodForm { forms.isEmpty ? .period : forms[index] }

  /// Returns the frequency inferred from the dates of a series, if it is coarser than their form and none was named.
  public func inferredFrequency(_ index: Int) -> Frequency? {
    dateReading(index).flatMap { $0.isInferred ? $0.frequency : nil }
  }

  /// How the dates of a series were read; `nil` if they are not dates or a frequency was named.
  package func dateReading(_ index: Int) -> DateReading? { readings.isEmpty ? nil : readings[index] }

  /// Returns a series by its index.
  ///
  /// - Precondition: The index is valid.
  /// - Throws: `ForecastError.data` with file and line if its rows are bad.
  public func series(_ index: Int) throws(ForecastError) -> TimeSeries {
    if let fault = faultOf[index] { throw .data(fault) }
    let values = flat[offsets[index]..<offsets[index + 1]].map { $0.isNaN ? nil : $0 }
    return try TimeSeries(
      values, start: starts[index], name: keys[index], rule: rule, seasonalPeriod: seasonalPeriod)
  }

  /// Returns a series by its key.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest key, `.data` if its rows are bad.
  public func series(named key: String) throws(ForecastError) -> TimeSeries {
    guard let index = keys.firstIndex(of: key) else {
      throw .unknownName(kind: "series in this panel", name: key, nearest: nearestName(to: key, among: keys))
    }
    return try series(index)
  }
}

/// The names of the columns of a tidy panel; other columns are ignored.
public struct PanelColumns: Sendable, Hashable {
  /// The column with the keys.
  public var key: String
  /// The column with the periods.
  public var period: String
  /// The column with the values.
  public var value: String

  /// Creates the names, by default `unique_id`, `ds` and `y`.
  public init(key: String = "unique_id", period: String = "ds", value: String = "y") {
    self.key = key
    self.period = period
    self.value = value
  }
}

extension Panel {
  /// Reads a panel from a tidy CSV file with columns `unique_id,ds,y`; `-` is standard input.
  ///
  /// Periods have the forms that `Period.init(_:frequency:)` reads. Integers are years if all of them have four digits; otherwise they are
  /// an index. A value that is empty, `NA`, `N/A`, `NaN` or `null` is missing, as are omitted periods. A file without keys holds one series,
  /// named after the file. The rows of a series may be in any order. If no frequency is named and the dates of a series fit a coarser
  /// calendar, the series has that frequency, as in `TimeSeries(csv:)`.
  ///
  /// Cost: one pass over the file, which is read in chunks; the memory is that of the values.
  ///
  /// - Throws: `ForecastError.data` for a file that cannot be read or does not have a column, `.invalidOption` for a seasonal period
  ///   below 1. A bad row fails only its own series and is listed in `faults` with its line.
  public init(
    csv path: String, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil, dates: DateOptions = DateOptions()
  ) throws(ForecastError) {
    var stream = try CSVStream(path: path)
    try self.init(&stream, columns, frequency, rule, seasonalPeriod, dates)
  }

  /// Reads a panel from tidy CSV text.
  ///
  /// - Throws: The errors of `init(csv:)`.
  public init(
    text: String, file: String? = nil, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil, dates: DateOptions = DateOptions()
  ) throws(ForecastError) {
    var stream = CSVStream(text: text, file: file)
    try self.init(&stream, columns, frequency, rule, seasonalPeriod, dates)
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
    _ stream: inout CSVStream, _ columns: PanelColumns, _ frequency: Frequency?, _ rule: SpanRule,
    _ seasonalPeriod: Int?, _ dates: DateOptions
  ) throws(ForecastError) {
    try requireSeasonalPeriod(seasonalPeriod)
    var builder = PanelBuilder(frequency: frequency, options: dates, file: stream.file)
    try builder.read(&stream, columns)
    let panel = try builder.finish()
    self.init(
      keys: builder.keys, flat: panel.flat, offsets: panel.offsets, starts: panel.starts,
      faultOf: builder.faultOf, faults: builder.faults, faultCount: builder.faultCount,
      forms: builder.forms, readings: builder.readings, remarks: builder.remarks, rule: rule,
      seasonalPeriod: seasonalPeriod)
  }
}
