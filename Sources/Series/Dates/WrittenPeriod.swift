/// A period as text gives it, read once.
///
/// The frequency of its series decides what it stands for, and its column how numbers, short years and local times are read
/// (`PeriodStyle`).
package enum WrittenPeriod: Sendable, Hashable {
  /// Digits with an optional minus sign: an index, a year, a date or month in digits, a serial date or a Unix time. `length` counts the
  /// characters.
  case integer(Int, length: Int)
  /// Digits with a fraction, such as a serial date with a time of day.
  case decimal(Double)
  /// A date.
  case date(CivilDate)
  /// A date and time of day, in seconds since 1970-01-01T00:00: of UTC if the text names its offset, otherwise of the clock as written.
  case time(Int, isUTC: Bool)
  /// Three numbers whose order the column decides, such as `03/04/2024`.
  case numbers(NumberedDate)
  /// A month and two digits that stand for its year, such as `Jan-19`.
  case shortYear(month: Int, year: Int)
  /// A year that begins within a calendar year, such as `2023/24`.
  case fiscalYear(Int)
  /// A period that names its own frequency, such as `2022-Q1`.
  case period(Period)

  /// Parses the forms of `Period.init(_:frequency:)`; `nil` for anything else.
  package init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  /// Parses the bytes of such a text.
  package init?(_ text: ArraySlice<UInt8>) {
    if let plain = WrittenPeriod(plain: text) {
      self = plain
      return
    }
    guard text.count <= SpelledPeriod.longest,
      let span = SpelledPeriod.span(String(decoding: text, as: UTF8.self)), let single = span.single
    else { return nil }
    self = single
  }

  /// Parses integers and the ISO forms, the quick way; `nil` for anything else.
  init?(plain text: ArraySlice<UInt8>) {
    if let value = WrittenPeriod.integer(text) {
      self = .integer(value, length: text.count)
      return
    }
    guard let year = WrittenPeriod.digits(text.prefix(4), 4...4) else { return nil }
    var rest = text.dropFirst(4)
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    if rest.count >= 5, rest[rest.startIndex + 2] == UInt8(ascii: "-"), rest.startIndex == text.startIndex + 5
    {
      guard let month = WrittenPeriod.digits(rest.prefix(2), 2...2),
        let day = WrittenPeriod.digits(rest.dropFirst(3).prefix(2), 2...2),
        let date = CivilDate(year: year, month: month, day: day)
      else { return nil }
      let time = rest.dropFirst(5)
      guard let mark = time.first else {
        self = .date(date)
        return
      }
      guard mark == UInt8(ascii: "T") || mark == UInt8(ascii: " "),
        let clock = ClockTime(time.dropFirst())
      else { return nil }
      self = clock.on(date)
      return
    }
    guard let period = WrittenPeriod.period(year, rest) else { return nil }
    self = .period(period)
  }

  /// The period that the text stands for in a series of a frequency; `nil` if it is not one of that frequency, or if it can be read in
  /// two ways.
  ///
  /// Without a frequency, four digits are a year and any other integer is an index. With a frequency, a date stands for the
  /// period that contains it and may be written in digits, as may a month. A time of day other than midnight is not one of days or
  /// longer periods.
  package func period(_ frequency: Frequency?) -> Period? {
    switch self {
    case .period(let period): return WrittenPeriod.period(period, frequency)
    case .date(let date):
      return frequency.map { Period.containing(date, $0) } ?? .day(date)
    case .time(let second, _):
      let frequency = frequency ?? WrittenPeriod.unit(ofSecond: second)
      guard second % 86_400 == 0 || frequency.unit.seconds ?? 86_400 < 86_400 else { return nil }
      return Period.containing(second: second, frequency)
    case .numbers(let numbers):
      let written = Set(DateOrder.allCases.compactMap { numbers.written($0) })
      return written.count == 1 ? written.first?.period(frequency) : nil
    case .shortYear(let month, let year):
      return WrittenPeriod.period(.month(WrittenPeriod.fullYear(year), month), frequency)
    case .fiscalYear(let year): return WrittenPeriod.period(.year(year), frequency)
    case .decimal: return nil
    case .integer(let value, let length):
      guard let frequency else { return length == 4 && value >= 1000 ? .year(value) : .index(value) }
      if frequency == .index { return .index(value) }
      if frequency.unit == .year, value.magnitude <= 9999 { return Period(frequency, base: value) }
      guard length == 8 || frequency.monthsPerPeriod != nil else { return nil }
      return digitDate.flatMap { Period.containing($0, frequency) }
    }
  }

  /// A period in a series of a frequency whose base periods are whole numbers of such periods.
  private static func period(_ period: Period, _ frequency: Frequency?) -> Period? {
    guard let frequency, frequency != period.frequency else { return period }
    guard frequency.unit == period.frequency.unit, period.frequency.step == 1, frequency.weekdays == nil
    else {
      return nil
    }
    return Period(frequency, base: period.ordinal)
  }

  /// The hour, minute or second, whichever is the longest that begins with a second.
  static func unit(ofSecond second: Int) -> Frequency {
    second % 3600 == 0 ? .hour : second % 60 == 0 ? .minute : .second
  }

  /// The year that two digits stand for: 1969 to 2068, as in POSIX.
  static func fullYear(_ year: Int) -> Int { year + (year < 69 ? 2000 : 1900) }

  /// The day of a date, written out or in 8 digits, or the first day of a month in 6 digits; `nil` for anything else.
  var digitDate: CivilDate? {
    guard case .integer(let value, let length) = self, value >= 0 else { return nil }
    return CivilDate(digits: value, count: length)
  }

  /// `01`…`12`, `Q1`…`Q4`, `H1`, `H2`, `W01`…`W53` of a year.
  private static func period(_ year: Int, _ tail: ArraySlice<UInt8>) -> Period? {
    guard let mark = tail.first else { return nil }
    let rest = tail.dropFirst()
    switch mark {
    case UInt8(ascii: "Q"), UInt8(ascii: "q"): return digits(rest, 1...1).flatMap { quarter(year, $0) }
    case UInt8(ascii: "H"), UInt8(ascii: "h"): return digits(rest, 1...1).flatMap { half(year, $0) }
    case UInt8(ascii: "W"), UInt8(ascii: "w"): return digits(rest, 1...2).flatMap { week(year, $0) }
    case UInt8(ascii: "M"), UInt8(ascii: "m"): return digits(rest, 1...2).flatMap { month(year, $0) }
    default: return digits(tail, 2...2).flatMap { month(year, $0) }
    }
  }

  /// A month of a year; `nil` if there is no such month.
  static func month(_ year: Int, _ month: Int) -> Period? {
    (1...12).contains(month) ? .month(year, month) : nil
  }

  /// A quarter of a year; `nil` if there is no such quarter.
  static func quarter(_ year: Int, _ quarter: Int) -> Period? {
    (1...4).contains(quarter) ? .quarter(year, quarter) : nil
  }

  /// A half of a year; `nil` if there is no such half.
  static func half(_ year: Int, _ half: Int) -> Period? { (1...2).contains(half) ? .half(year, half) : nil }

  /// An ISO week of a year; `nil` if the year has no such week.
  static func week(_ year: Int, _ week: Int) -> Period? {
    guard (1...53).contains(week) else { return nil }
    let ordinal = Period.weekOne(of: year) + week - 1
    return ordinal < Period.weekOne(of: year + 1) ? Period(.week, ordinal: ordinal) : nil
  }

  /// Larger integers are not read: they are typing errors, and distances between them could overflow.
  private static let largestInteger = 1_000_000_000_000_000

  private static func integer(_ text: ArraySlice<UInt8>) -> Int? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative ? text.dropFirst() : text
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      guard value <= largestInteger else { return nil }
    }
    return isNegative ? -value : value
  }

  /// The number that digits stand for; `nil` for anything else and for another number of digits.
  static func digits(_ text: ArraySlice<UInt8>, _ lengths: ClosedRange<Int>) -> Int? {
    guard lengths.contains(text.count), text.first != UInt8(ascii: "-") else { return nil }
    return integer(text)
  }
}

extension Period {
  /// The period written as text; `nil` if the text is not a period, not one of the given frequency, or can be read in two ways.
  ///
  /// Read are the forms that `description` writes, with or without hyphens; dates with a time, a fraction of a second and a zone
  /// (`2022-01-31T07:30:00.5+02:00`, read as UTC); `31/01/2022`, `01.2022`, `2022/01`; names of months in English, German, French,
  /// Spanish, Russian and other languages (`31 Jan 2022`, `Januar 2022`, `2022年1月`); `2022M01`, `Q1 2022`, `1Q22`, `FY2022`, `2022/23`.
  /// Without a frequency, four digits are a year and any other integer is an index. With a frequency, a date such as `2022-01-31` or
  /// `20220131`, or a month such as `202201`, stands for the period that contains it.
  public init?(_ text: some StringProtocol, frequency: Frequency? = nil) {
    guard let period = WrittenPeriod(text)?.period(frequency) else { return nil }
    self = period
  }
}

extension PeriodSpan {
  /// The span written as text, `PERIOD`, `PERIOD/PERIOD` or `Jan-Feb 2019`; `nil` if the text is not a span, runs backward, or covers
  /// more than a million periods.
  public init?(_ text: some StringProtocol, frequency: Frequency? = nil) {
    guard let span = WrittenSpan(text)?.span(frequency) else { return nil }
    self = span
  }
}
