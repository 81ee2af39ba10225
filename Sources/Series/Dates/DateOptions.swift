/// How the dates of a table are to be read where their text does not tell.
public struct DateOptions: Sendable, Hashable {
  /// The order of day, month and year in dates such as `03/04/2024`; `nil` to let the column decide.
  public var order: DateOrder?
  /// The time zone of times without an offset, such as `Europe/Berlin`; `nil` to read them as they are written.
  ///
  /// Times are then read as UTC, so that no hour is missing or doubled where daylight saving begins or ends. Times that are all midnight
  /// in the zone are its days.
  public var zone: String?

  /// Creates the options.
  public init(order: DateOrder? = nil, zone: String? = nil) {
    self.order = order
    self.zone = zone
  }
}

/// What was taken of a column of periods whose text could mean something else.
package enum PeriodRemark: Sendable, Hashable {
  /// The order of day, month and year; with an example and its date. It is certain if an option names it, or if
  /// some date exists in this order only.
  case order(DateOrder, text: String, date: CivilDate, isCertain: Bool)
  /// Integers as the serial dates of spreadsheets.
  case serialDates(text: String, date: CivilDate)
  /// Integers as Unix times, in seconds or milliseconds.
  case unixTimes(text: String, time: Period)
  /// Two digits as a year.
  case shortYears(text: String, period: Period)
  /// A year such as 2023/24 as the calendar year in which it begins.
  case fiscalYears(text: String, year: Int)
  /// Times with offsets as UTC.
  case utc
  /// Local times of a zone as UTC, or as its days.
  case zone(String, isDays: Bool)
  /// Pairs of short integers as spans of indices.
  case indexSpans(text: String)

  /// Whether the text could well mean something else, so that a user must hear of it.
  package var isGuess: Bool {
    switch self {
    case .order(_, _, _, let isCertain): !isCertain
    case .serialDates, .unixTimes, .shortYears, .fiscalYears, .indexSpans: true
    case .utc, .zone: false
    }
  }

  /// The remark as a clause in one line.
  package var text: String {
    switch self {
    case .order(let order, let text, let date, let isCertain):
      let note = "\(text) was read as \(order.words), \(date)"
      return isCertain ? note : "\(note); name another order with --date-order"
    case .serialDates(let text, let date):
      return "integers such as \(text) were read as serial dates of a spreadsheet (\(date)); "
        + "use --frequency index to keep them as an index"
    case .unixTimes(let text, let time):
      return "integers such as \(text) were read as Unix times (\(time), UTC); "
        + "use --frequency index to keep them as an index"
    case .shortYears(let text, let period): return "\(text) was read as \(period)"
    case .fiscalYears(let text, let year): return "\(text) was read as the year \(year)"
    case .utc: return "times with an offset were read as UTC"
    case .zone(let zone, let isDays):
      return isDays ? "midnights in \(zone) were read as its days" : "local times of \(zone) were read as UTC"
    case .indexSpans(let text):
      return "\(text) was read as the span of these indices; write the year if it is a day and a month"
    }
  }
}
