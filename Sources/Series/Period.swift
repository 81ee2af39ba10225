/// One base period of a calendar, such as the year 2022, the month 2022-01, an hour of a day, or the index 7.
///
/// A period consists of a frequency and an ordinal, and its arithmetic is exact integer arithmetic on the ordinal. Business days are
/// Monday to Friday unless the frequency names others. Weeks are ISO 8601 weeks, which belong to the year of their Thursday.
public struct Period: Sendable, Hashable, Comparable, Codable {
  /// The length of the period.
  public let frequency: Frequency
  /// The number of base periods since the origin of the frequency (year 0, the week of 1970-01-05, 1970-01-01T00, index 0).
  ///
  /// With a step of k units, the period holds the units `phase + k · ordinal` through `phase + k · ordinal + k − 1` from there.
  public let ordinal: Int

  /// Creates the period with a given ordinal.
  ///
  /// An ordinal farther from the origin than the calendar reaches, ±2⁵³ units, is moved to its end.
  public init(_ frequency: Frequency, ordinal: Int) {
    self.frequency = frequency
    let limit = Period.limit(frequency)
    self.ordinal = min(max(ordinal, -limit), limit)
  }

  /// The largest ordinal: dates and seconds about it stay within `Int`.
  private static func limit(_ frequency: Frequency) -> Int {
    frequency.step == 1 ? 1 << 53 : (1 << 53) / frequency.step
  }

  private enum CodingKeys: String, CodingKey { case frequency, ordinal }

  /// Reads a period.
  ///
  /// - Throws: `DecodingError` for one so far away that dates about it overflow.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    frequency = try container.decode(Frequency.self, forKey: .frequency)
    ordinal = try container.decode(Int.self, forKey: .ordinal)
    let limit = Period.limit(frequency)
    guard (-limit...limit).contains(ordinal) else {
      throw DecodingError.dataCorruptedError(
        forKey: .ordinal, in: container, debugDescription: "is outside the calendar")
    }
  }

  /// The calendar year.
  public static func year(_ year: Int) -> Period { Period(.year, ordinal: year) }

  /// Half-year 1 or 2 of a year; other numbers count on into other years, as in `month(_:_:)`.
  public static func half(_ year: Int, _ half: Int) -> Period { part(.half, 2, year, half) }

  /// Quarter 1 to 4 of a year; other numbers count on into other years, as in `month(_:_:)`.
  public static func quarter(_ year: Int, _ quarter: Int) -> Period { part(.quarter, 4, year, quarter) }

  /// Month 1 to 12 of a year; other numbers count on into other years: month 13 of 2024 is January 2025, and month 0 is December 2023.
  ///
  /// `init(year:month:)` throws for them.
  public static func month(_ year: Int, _ month: Int) -> Period { part(.month, 12, year, month) }

  /// Part `number` of a year, counted from 1.
  private static func part(_ frequency: Frequency, _ perYear: Int, _ year: Int, _ number: Int) -> Period {
    let years = min(max(year, -(1 << 53)), 1 << 53)
    let parts = min(max(number, -(1 << 53)), 1 << 53)
    return Period(frequency, ordinal: years * perYear + parts - 1)
  }

  /// The month of a year.
  ///
  /// - Throws: `ForecastError.invalidOption` for a month outside 1 to 12 or a year outside −9999 to 9999.
  public init(year: Int, month: Int) throws(ForecastError) {
    try self.init(.month, 12, year, month, name: "month")
  }

  /// The quarter of a year.
  ///
  /// - Throws: `ForecastError.invalidOption` for a quarter outside 1 to 4 or a year outside −9999 to 9999.
  public init(year: Int, quarter: Int) throws(ForecastError) {
    try self.init(.quarter, 4, year, quarter, name: "quarter")
  }

  /// The calendar day.
  ///
  /// - Throws: `ForecastError.invalidOption` for a date that the calendar does not have.
  public init(year: Int, month: Int, day: Int) throws(ForecastError) {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw .invalidOption(
        name: "date", value: "\(year)-\(month)-\(day)", reason: "must be a date of the calendar")
    }
    self = .day(date)
  }

  private init(_ frequency: Frequency, _ perYear: Int, _ year: Int, _ number: Int, name: String)
    throws(ForecastError)
  {
    guard (1...perYear).contains(number) else {
      throw .invalidOption(name: name, value: "\(number)", reason: "must be between 1 and \(perYear)")
    }
    guard (-9999...9999).contains(year) else {
      throw .invalidOption(name: "year", value: "\(year)", reason: "must be between -9999 and 9999")
    }
    self.init(frequency, ordinal: year * perYear + number - 1)
  }

  /// The day of a calendar date.
  public static func day(_ date: CivilDate) -> Period { Period(.day, ordinal: date.daysSinceEpoch) }

  /// The integer index.
  public static func index(_ index: Int) -> Period { Period(.index, ordinal: index) }

  /// The ISO week that contains a calendar date.
  public static func week(containing date: CivilDate) -> Period {
    Period(.week, ordinal: floorDivide(date.daysSinceEpoch - 4, 7))
  }

  /// Hour 0 to 23 of a calendar date; other numbers count on into other days.
  public static func hour(_ date: CivilDate, _ hour: Int) -> Period {
    Period(.hour, ordinal: date.daysSinceEpoch * 24 + min(max(hour, -(1 << 53)), 1 << 53))
  }

  /// The business day of a calendar date; `nil` on Saturdays and Sundays.
  public static func businessDay(_ date: CivilDate) -> Period? { open(date, .businessDay) }

  /// The open day of a calendar date; `nil` on other days.
  private static func open(_ date: CivilDate, _ frequency: Frequency) -> Period? {
    let weekday = date.weekday
    guard let open = frequency.weekdays, open.contains(.day(weekday)) else { return nil }
    let week = floorDivide(date.daysSinceEpoch - 4, 7)
    return Period(frequency, ordinal: week * open.count + open.rank(weekday))
  }

  /// Returns the period `count` base periods later, or earlier if `count` is negative; at the end of the calendar, the last one.
  public func advanced(by count: Int) -> Period {
    let (sum, overflow) = ordinal.addingReportingOverflow(count)
    return Period(frequency, ordinal: overflow ? (count > 0 ? .max : .min) : sum)
  }

  /// Returns the number of base periods from this one to another.
  ///
  /// From a period of another frequency it counts to the period of this frequency in which the other one starts, and between a calendar and
  /// plain indices it is the difference of the ordinals.
  public func distance(to other: Period) -> Int {
    if frequency == other.frequency { return other.ordinal - ordinal }
    guard let second = other.startSecond, let same = Period.containing(second: second, frequency) else {
      return other.ordinal - ordinal
    }
    return same.ordinal - ordinal
  }

  /// The period `count` base periods later.
  public static func + (period: Period, count: Int) -> Period { period.advanced(by: count) }

  /// The period `count` base periods earlier.
  public static func - (period: Period, count: Int) -> Period {
    period.advanced(by: count == .min ? .max : -count)
  }

  /// Whether a period comes before another: by its place for periods of one frequency.
  ///
  /// Periods of several frequencies are ordered by their start, and at one start the longer unit comes first; indices come last.
  public static func < (a: Period, b: Period) -> Bool {
    if a.frequency == b.frequency { return a.ordinal < b.ordinal }
    let (first, second) = (a.orderedStart, b.orderedStart)
    return first == second ? a.frequency.position < b.frequency.position : first < second
  }

  /// Days from 1970-01-01 to the start, for the order of periods of different frequencies.
  private var orderedStart: Double {
    guard frequency.unit != .index else { return .infinity }
    guard let day = firstDay else {
      return Double(ordinal) * Double(frequency.unit.months ?? 1) * Double(frequency.step) / 12 * 365.2425
    }
    return Double(day.daysSinceEpoch) + Double(secondOfDay) / 86_400
  }
}

extension Period {
  /// The first unit of the period, counted from the origin of the unit.
  var base: Int { frequency.step == 1 ? ordinal : ordinal * frequency.step + frequency.phase }

  /// The period that contains a unit, counted from the origin of the unit of the frequency.
  init(_ frequency: Frequency, base: Int) {
    let ordinal =
      frequency.step == 1 ? base : floorDivide(base - frequency.phase, frequency.step)
    self.init(frequency, ordinal: ordinal)
  }

  /// The first day of the period; `nil` for an integer index.
  public var firstDay: CivilDate? {
    let base = base
    switch frequency.unit {
    case .year, .half, .quarter, .month:
      let months = base * (frequency.unit.months ?? 1)
      return CivilDate(year: floorDivide(months, 12), month: floorModulo(months, 12) + 1, day: 1)
    case .week: return CivilDate(daysSinceEpoch: base * 7 + 4)
    case .day: return CivilDate(daysSinceEpoch: base)
    case .hour: return CivilDate(daysSinceEpoch: floorDivide(base, 24))
    case .minute: return CivilDate(daysSinceEpoch: floorDivide(base, 1440))
    case .second: return CivilDate(daysSinceEpoch: floorDivide(base, 86_400))
    case .businessDay:
      let open = frequency.weekdays ?? .mondayToFriday
      let (week, rank) = (floorDivide(base, open.count), floorModulo(base, open.count))
      return CivilDate(daysSinceEpoch: week * 7 + 4 + open.weekday(rank))
    case .index: return nil
    }
  }

  /// The second of its first day with which the period begins.
  private var secondOfDay: Int {
    guard let length = frequency.unit.seconds else { return 0 }
    return floorModulo(base, 86_400 / length) * length
  }

  /// The seconds from 1970-01-01T00:00 to the start of the period; `nil` for an integer index, and beyond what `Int` holds.
  package var startSecond: Int? {
    guard let firstDay else { return nil }
    let (seconds, overflow) = firstDay.daysSinceEpoch.multipliedReportingOverflow(by: 86_400)
    return overflow || abs(seconds) > 1 << 62 ? nil : seconds + secondOfDay
  }

  /// The number of days in the period; `nil` for an integer index and for periods of hours or shorter units.
  public var days: Int? {
    switch frequency.unit {
    case .index, .hour, .minute, .second: return nil
    case .businessDay: return 1
    case .day: return frequency.step
    case .week: return 7 * frequency.step
    case .year, .half, .quarter, .month:
      guard let first = firstDay, let next = advanced(by: 1).firstDay else { return nil }
      return next.daysSinceEpoch - first.daysSinceEpoch
    }
  }

  /// The calendar year in which the period starts; for a week, the year of its Thursday; for an index, the index itself.
  public var calendarYear: Int {
    switch frequency.unit {
    case .index, .year: base
    case .week: CivilDate(daysSinceEpoch: base * 7 + 7).year
    default: firstDay?.year ?? ordinal
    }
  }

  /// The start of the period as a decimal year, with months as twelfths (2022-07 is 2022.5); for an index, the index itself.
  public var decimalYear: Double {
    if let perYear = frequency.periodsPerYear { return Double(ordinal) / Double(perYear) }
    if let months = frequency.unit.months { return Double(base * months) / 12 }
    let day = firstDay?.decimalYear ?? Double(ordinal)
    guard frequency.unit.seconds != nil else { return day }
    return day + Double(secondOfDay) / 3600 / (24 * 365.2425)
  }

  /// Returns the position 0 ..< m of the period in a seasonal cycle of m periods (0 for January if m is 12).
  ///
  /// The position keeps to the calendar where years differ in length: that of a week in a cycle of 52 is its ISO week, with week 53 as a
  /// second week 52; that of a day in a cycle of 365 is its date, with February 29 as a second February 28. Cycles of 53 and 366 have
  /// a position for the extra week and day.
  public func season(of cycle: Int) -> Int {
    switch (frequency.unit, cycle) {
    case (.week, 52...53) where frequency.step == 1:
      min(ordinal - Period.weekOne(of: calendarYear), cycle - 1)
    case (.day, 365...366) where frequency.step == 1: dayOfYear(of: cycle)
    default: floorModulo(ordinal, max(1, cycle))
    }
  }

  /// The position of a day among the 365 or 366 dates of a year.
  private func dayOfYear(of length: Int) -> Int {
    guard let date = firstDay else { return 0 }
    let place = date.daysSinceEpoch - CivilDate.daysSinceEpoch(startOf: date.year)
    let isLeap = CivilDate.isLeap(date.year)
    if length == 365 { return isLeap && place >= 59 ? place - 1 : place }
    return !isLeap && place >= 59 ? place + 1 : place
  }

  /// The period of a frequency that contains a date; `nil` for an index, and for a day that is not open among business days.
  static func containing(_ date: CivilDate, _ frequency: Frequency) -> Period? {
    containing(date, second: 0, frequency)
  }

  /// The period of a frequency that contains a second of a date.
  static func containing(_ date: CivilDate, second: Int, _ frequency: Frequency) -> Period? {
    switch frequency.unit {
    case .year, .half, .quarter, .month:
      let months = date.year * 12 + date.month - 1
      return Period(frequency, base: floorDivide(months, frequency.unit.months ?? 1))
    case .week: return Period(frequency, base: floorDivide(date.daysSinceEpoch - 4, 7))
    case .day, .hour, .minute, .second:
      let length = frequency.unit.seconds ?? 1
      return Period(frequency, base: date.daysSinceEpoch * (86_400 / length) + second / length)
    case .businessDay: return open(date, frequency)
    case .index: return nil
    }
  }

  /// The period of a frequency that contains a second, counted from 1970-01-01T00:00; `nil` for an index, and for a day that is not open.
  package static func containing(second: Int, _ frequency: Frequency) -> Period? {
    let day = floorDivide(second, 86_400)
    return containing(CivilDate(daysSinceEpoch: day), second: second - day * 86_400, frequency)
  }
}

extension Period: CustomStringConvertible {
  /// The text of the period: `2022`, `2022-H1`, `2022-Q1`, `2022-01`, `2022-W05`, `2022-01-31`, `2022-01-31T07`, `2022-01-31T07:30`,
  /// `2022-01-31T07:30:15`, `17`; with a step, that of its first unit.
  public var description: String {
    let base = base
    switch frequency.unit {
    case .year: return padded(base, 4)
    case .half: return "\(padded(floorDivide(base, 2), 4))-H\(floorModulo(base, 2) + 1)"
    case .quarter: return "\(padded(floorDivide(base, 4), 4))-Q\(floorModulo(base, 4) + 1)"
    case .month: return "\(padded(floorDivide(base, 12), 4))-\(padded(floorModulo(base, 12) + 1, 2))"
    case .week:
      let year = calendarYear
      let first = Period.weekOne(of: year)
      return "\(padded(year, 4))-W\(padded(base - first + 1, 2))"
    case .day, .businessDay: return firstDay?.description ?? String(ordinal)
    case .hour, .minute, .second:
      let second = secondOfDay
      var text = "\(firstDay?.description ?? "")T\(padded(second / 3600, 2))"
      if frequency.unit != .hour { text += ":" + padded(second / 60 % 60, 2) }
      return frequency.unit == .second ? text + ":" + padded(second % 60, 2) : text
    case .index: return String(ordinal)
    }
  }

  /// The ordinal of the first ISO week of a year, the week of January 4.
  static func weekOne(of year: Int) -> Int {
    floorDivide(CivilDate.daysSinceEpoch(startOf: year) + 3 - 4, 7)
  }
}
