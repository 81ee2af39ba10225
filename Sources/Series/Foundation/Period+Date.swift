#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Foundation's dates. Periods are those of the Gregorian calendar and weeks are ISO weeks, whatever the calendar given: of a `Calendar`, only
/// the time zone counts.
extension Period {
  /// The period of a frequency that contains a date; `nil` for an index, and for a date that is not an open day among business days.
  ///
  /// ```swift
  /// Period(order.date, .month, calendar: calendar)
  /// ```
  public init?(_ date: Date, _ frequency: Frequency, calendar: Calendar = .current) {
    let seconds = date.timeIntervalSince1970
    guard seconds.isFinite, abs(seconds) < 1e15,
      let period = Period.containing(
        second: Int(seconds.rounded(.down)) + calendar.timeZone.secondsFromGMT(for: date), frequency)
    else { return nil }
    self = period
  }

  /// The period of a frequency that starts with the date of components or contains it; missing months and days count as 1, missing times as 0.
  ///
  /// `nil` if there is no year, for a date that the calendar does not have, for an index, and for a day that is not open among business days.
  public init?(_ components: DateComponents, _ frequency: Frequency) {
    guard let year = components.year,
      let date = CivilDate(year: year, month: components.month ?? 1, day: components.day ?? 1)
    else { return nil }
    let (hour, minute, second) = (components.hour ?? 0, components.minute ?? 0, components.second ?? 0)
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
      let period = Period.containing(date, second: hour * 3600 + minute * 60 + second, frequency)
    else { return nil }
    self = period
  }

  /// The year, month, day and, for periods shorter than a day, time at which the period starts; `nil` for an index.
  public var dateComponents: DateComponents? {
    guard let date = firstDay, let start = startSecond else { return nil }
    var components = DateComponents(year: date.year, month: date.month, day: date.day)
    guard (frequency.unit.seconds ?? 86_400) < 86_400 else { return components }
    let second = start - date.daysSinceEpoch * 86_400
    (components.hour, components.minute, components.second) = (second / 3600, second / 60 % 60, second % 60)
    return components
  }

  /// Returns the instant at which the period starts in the time zone of a calendar; `nil` for an index.
  ///
  /// Where clocks skip the start, it is the first instant after.
  public func startDate(in calendar: Calendar) -> Date? { Period.date(startSecond, calendar.timeZone) }

  /// Returns the instant at which the period ends and the next one starts.
  ///
  /// A business day ends with its day. `nil` for an index.
  public func endDate(in calendar: Calendar) -> Date? {
    let next = frequency.unit == .businessDay ? startSecond.map { $0 + 86_400 } : advanced(by: 1).startSecond
    return Period.date(next, calendar.timeZone)
  }

  /// Returns the interval from the start of the period to the start of the next; `nil` for an index.
  public func dateInterval(in calendar: Calendar) -> DateInterval? {
    guard let start = startDate(in: calendar), let end = endDate(in: calendar), start <= end else {
      return nil
    }
    return DateInterval(start: start, end: end)
  }

  /// `startDate(in:)` in the time zone of this machine.
  public var startDate: Date? { startDate(in: .current) }

  /// `endDate(in:)` in the time zone of this machine.
  public var endDate: Date? { endDate(in: .current) }

  /// `dateInterval(in:)` in the time zone of this machine.
  public var dateInterval: DateInterval? { dateInterval(in: .current) }

  /// The instant at which clocks of a time zone show a second, counted from 1970-01-01T00:00.
  private static func date(_ second: Int?, _ zone: TimeZone) -> Date? {
    guard let second, abs(second) < 1 << 50 else { return nil }
    let local = Date(timeIntervalSince1970: Double(second))
    // The offset an instant later or earlier settles which side of a change of clocks the local time is on.
    let early = zone.secondsFromGMT(for: local - 86_400)
    let late = zone.secondsFromGMT(for: local + 86_400)
    let before = local - Double(early)
    if early == late { return before }
    if zone.secondsFromGMT(for: before) == early { return before }
    let after = local - Double(late)
    return zone.secondsFromGMT(for: after) == late ? after : before
  }
}

extension CivilDate {
  /// The day of a date in the time zone of a calendar; `nil` for a date beyond the calendar.
  public init?(_ date: Date, calendar: Calendar = .current) {
    guard let day = Period(date, .day, calendar: calendar)?.firstDay,
      let date = CivilDate(year: day.year, month: day.month, day: day.day)
    else { return nil }
    self = date
  }
}

extension TimeSeries {
  /// Creates a series from dates and values in any order; periods between them without a value are missing.
  ///
  /// ```swift
  /// let sales = try TimeSeries(orders.map { ($0.date, $0.amount) }, calendar: calendar, frequency: .day, aggregate: .sum)
  /// ```
  ///
  /// Cost: O(n log n).
  ///
  /// - Parameters:
  ///   - values: Dates with their values.
  ///   - calendar: Its time zone says which day and hour a date belongs to. For periods shorter than a day choose a zone whose clocks do not
  ///     change, such as UTC: an hour that occurs twice is one period.
  ///   - frequency: The length of a period.
  ///   - aggregate: How several values in a period become one; without it they are an error.
  ///   - name: The name of the series, for messages and tables.
  ///   - unit: The unit of the values.
  ///   - rule: What a value says of its period: a sum, a mean or the last value.
  ///   - seasonalPeriod: The base periods of a seasonal cycle; the usual one for the frequency without it.
  /// - Throws: `ForecastError.data` for an empty list, a value that is not finite and two values of a period; `.invalidOption` for a date
  ///   that no period contains, and for a seasonal period outside `seasonalPeriods`.
  public init(
    _ values: [(Date, Double)], calendar: Calendar = .current, frequency: Frequency,
    aggregate: SpanRule? = nil, name: String = "", unit: String = "", rule: SpanRule = .sum,
    seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    try self.init(
      optional: values.map { ($0.0, $0.1) }, calendar: calendar, frequency: frequency, aggregate: aggregate,
      name: name, unit: unit, rule: rule, seasonalPeriod: seasonalPeriod)
  }

  /// Creates a series from dates and values of which some are missing, as `init(_:calendar:frequency:)` does.
  ///
  /// - Throws: The errors of `init(_:calendar:frequency:)`.
  @_disfavoredOverload
  public init(
    _ values: [(Date, Double?)], calendar: Calendar = .current, frequency: Frequency,
    aggregate: SpanRule? = nil, name: String = "", unit: String = "", rule: SpanRule = .sum,
    seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    try self.init(
      optional: values, calendar: calendar, frequency: frequency, aggregate: aggregate, name: name,
      unit: unit,
      rule: rule, seasonalPeriod: seasonalPeriod)
  }

  private init(
    optional values: [(Date, Double?)], calendar: Calendar, frequency: Frequency, aggregate: SpanRule?,
    name: String, unit: String, rule: SpanRule, seasonalPeriod: Int?
  ) throws(ForecastError) {
    var rows: [(period: Period, value: Double?)] = []
    rows.reserveCapacity(values.count)
    for (date, value) in values {
      guard let period = Period(date, frequency, calendar: calendar) else {
        throw .invalidOption(
          name: "date", value: "\(date)",
          reason: frequency.unit == .index
            ? "needs a frequency with a calendar, such as .day"
            : "must be in a period of frequency \(frequency.rawValue)")
      }
      if let value, !value.isFinite {
        throw .data(DataFault(.badNumber("\(value)"), series: name))
      }
      rows.append((period, value))
    }
    // A stable order, so that the last value of a period is the last one given.
    let order = rows.indices.sorted { (rows[$0].period.ordinal, $0) < (rows[$1].period.ordinal, $1) }
    var observations: [Observation] = []
    var index = 0
    while index < order.count {
      let period = rows[order[index]].period
      var held: [Double] = []
      var end = index
      while end < order.count, rows[order[end]].period == period {
        if let value = rows[order[end]].value { held.append(value) }
        end += 1
      }
      if end - index > 1, aggregate == nil {
        throw .data(DataFault(.duplicate(PeriodSpan(period)), series: name))
      }
      let value = RowPolicy.value(of: held, by: aggregate ?? .last)
      observations.append(Observation(PeriodSpan(period), value.isNaN ? nil : value))
      index = end
    }
    try self.init(
      name: name, unit: unit, rule: rule, observations: observations, seasonalPeriod: seasonalPeriod)
  }
}
