/// Many series by key, in flat storage: one array of values, with the start of each series in it.
///
/// Every series has one value per base period, possibly missing. A series with bad rows keeps its index: asking for it throws its
/// error, and the other series are unaffected.
public struct Panel: Sendable {
  /// The keys in the order of their first row; keys are the same if their bytes are.
  public let keys: [String]
  /// The number of bad rows.
  public let faultCount: Int
  /// The first fault of each series that has one, and the faults of rows that belong to no series, in file order.
  public let faults: [DataFault]
  /// What an observation says about the periods it covers.
  public let rule: SpanRule
  /// What was taken of a file that is not tidy CSV, in one line; `nil` for one that is.
  public let tableNote: String?
  private let seasonalPeriod: Int?
  /// The seasonal cycles of every series; empty for what the frequency suggests.
  private var seasons: [Double] = []
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
    remarks: [PeriodRemark] = [], rule: SpanRule = .sum, seasonalPeriod: Int? = nil,
    tableNote: String? = nil
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
    self.tableNote = tableNote
  }

  /// Creates a panel from series, whose names are the keys.
  ///
  /// - Throws: `ForecastError.spanNotSupported` for an observation that covers several periods, `.invalidOption` for a repeated
  ///   name, or for a series whose rule or seasonal period differs from the first.
  public init(_ series: [TimeSeries]) throws(ForecastError) {
    var seen: Set<ByteKey> = []
    var flat: [Double] = []
    var offsets = [0]
    for one in series {
      guard seen.insert(ByteKey(one.name)).inserted else {
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
  public func periodForm(_ index: Int) -> PeriodForm {
    forms.indices.contains(index) ? forms[index] : .period
  }

  /// Returns the frequency inferred from the dates of a series, if it is coarser than their form and none was named.
  public func inferredFrequency(_ index: Int) -> Frequency? {
    dateReading(index).flatMap { $0.isInferred ? $0.frequency : nil }
  }

  /// How the dates of a series were read; `nil` if they are not dates or a frequency was named.
  package func dateReading(_ index: Int) -> DateReading? {
    readings.indices.contains(index) ? readings[index] : nil
  }

  /// Returns a series by its index.
  ///
  /// - Throws: `ForecastError.data` with file and line if its rows are bad, `.invalidOption` for an index that the panel does not have.
  public func series(_ index: Int) throws(ForecastError) -> TimeSeries {
    guard keys.indices.contains(index) else {
      throw .invalidOption(
        name: "index", value: "\(index)",
        reason: keys.isEmpty ? "cannot be found, as the panel is empty" : "must be between 0 and \(count - 1)"
      )
    }
    if let fault = faultOf[index] { throw .data(fault) }
    let values = flat[offsets[index]..<offsets[index + 1]].map { $0.isNaN ? nil : $0 }
    let series = try TimeSeries(
      values, start: starts[index], name: keys[index], rule: rule, seasonalPeriod: seasonalPeriod)
    return seasons.isEmpty ? series : try series.with(seasons: seasons)
  }

  /// Returns the panel with seasonal cycles of so many base periods in every series.
  ///
  /// - Throws: As `TimeSeries.with(seasons:)`.
  public func with(seasons: [Double]) throws(ForecastError) -> Panel {
    var copy = self
    copy.seasons = try TimeSeries.checked(seasons: seasons)
    return copy
  }

  /// Returns a series by its key: the same bytes, or else the same text in another Unicode form.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest key, `.data` if its rows are bad.
  public func series(named key: String) throws(ForecastError) -> TimeSeries {
    let exact = keys.firstIndex { $0.utf8.elementsEqual(key.utf8) }
    guard let index = exact ?? keys.firstIndex(of: key) else {
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
