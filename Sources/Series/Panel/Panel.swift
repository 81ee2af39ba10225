/// Many series under keys, in flat storage: one array of values, and where each series begins in it.
///
/// Every series has one value a base period, some of them missing. A series whose rows are bad keeps its place: its
/// answer is its error, and the others go on.
public struct Panel: Sendable {
  /// The keys in the order of their first row.
  public let keys: [String]
  /// The number of bad rows that were met.
  public let faultCount: Int
  /// The first fault of each series that has one, and the faults of rows that belong to no series, in the order met.
  public let faults: [DataFault]
  /// What a figure says of the periods it covers.
  public let rule: SpanRule
  private let seasonalPeriod: Int?
  // A missing value is NaN here and nil outside.
  private let flat: [Double]
  private let offsets: [Int]
  private let starts: [Period]
  private let faultOf: [Int: DataFault]
  // Empty where no series was read from text.
  private let forms: [PeriodForm]
  private let readings: [DateReading?]

  init(
    keys: [String], flat: [Double], offsets: [Int], starts: [Period], faultOf: [Int: DataFault] = [:],
    faults: [DataFault] = [], faultCount: Int = 0, forms: [PeriodForm] = [], readings: [DateReading?] = [],
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil
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
    self.rule = rule
    self.seasonalPeriod = seasonalPeriod
  }

  /// The panel of given series, their names being the keys.
  ///
  /// - Throws: `ForecastError.spanNotSupported` for an observation over several periods, `.invalidOption` for a name that is
  ///   given twice or a series of another rule or seasonal period than the first.
  public init(_ series: [TimeSeries]) throws(ForecastError) {
    var seen: Set<String> = []
    var flat: [Double] = []
    var offsets = [0]
    for one in series {
      guard seen.insert(one.name).inserted else {
        throw .invalidOption(name: "panel", value: one.name, reason: "is given twice")
      }
      guard one.rule == series[0].rule, one.seasonalPeriod == series[0].seasonalPeriod else {
        throw .invalidOption(
          name: "panel", value: one.name, reason: "has another rule or season than \(series[0].name)")
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

  /// The number of values, missing ones included.
  public var valueCount: Int { flat.count }

  /// How the periods of a series were written, and are to be again, by its place.
  public func periodForm(_ index: Int) -> PeriodForm { forms.isEmpty ? .period : forms[index] }

  /// The calendar that the dates of a series were taken to follow, where it is coarser than their form and none was named.
  public func inferredFrequency(_ index: Int) -> Frequency? {
    dateReading(index).flatMap { $0.isInferred ? $0.frequency : nil }
  }

  /// What the dates of a series were taken for; `nil` where they are none or a frequency was named.
  package func dateReading(_ index: Int) -> DateReading? { readings.isEmpty ? nil : readings[index] }

  /// A series by its place.
  ///
  /// - Precondition: there is such a place.
  /// - Throws: `ForecastError.data` with file and line when its rows are bad.
  public func series(_ index: Int) throws(ForecastError) -> TimeSeries {
    if let fault = faultOf[index] { throw .data(fault) }
    let values = flat[offsets[index]..<offsets[index + 1]].map { $0.isNaN ? nil : $0 }
    return try TimeSeries(
      values, start: starts[index], name: keys[index], rule: rule, seasonalPeriod: seasonalPeriod)
  }

  /// A series by its key.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest key, `.data` when its rows are bad.
  public func series(named key: String) throws(ForecastError) -> TimeSeries {
    guard let index = keys.firstIndex(of: key) else {
      throw .unknownName(kind: "series in this panel", name: key, nearest: nearestName(to: key, among: keys))
    }
    return try series(index)
  }
}
