/// A period as text gives it, read once.
///
/// The frequency of its series decides what it stands for.
package enum WrittenPeriod: Sendable, Hashable {
  /// Digits with an optional minus sign: an index, a year, or a date or month in digits. `length` counts the characters.
  case integer(Int, length: Int)
  /// A date, with the hour if the text has a time of day on the full hour.
  case date(CivilDate, hour: Int?)
  /// A period that names its own frequency, such as `2022-Q1`.
  case period(Period)

  /// Parses the forms `2022`, `2022-H1`, `2022-Q1`, `2022-01`, `2022-W05` (also without the hyphen), `2022-01-31`, `2022-01-31T07`
  /// and plain integers; `nil` for anything else.
  package init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  /// Parses the bytes of such a text.
  package init?(_ text: ArraySlice<UInt8>) {
    if let value = WrittenPeriod.integer(text) {
      self = .integer(value, length: text.count)
      return
    }
    guard let year = WrittenPeriod.digits(text.prefix(4), 4...4) else { return nil }
    var rest = text.dropFirst(4)
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    if rest.count >= 5, rest[rest.startIndex + 2] == UInt8(ascii: "-"), rest.startIndex == text.startIndex + 5
    {
      let time = rest.dropFirst(5)
      let hour = WrittenPeriod.hour(time)
      guard let month = WrittenPeriod.digits(rest.prefix(2), 2...2),
        let day = WrittenPeriod.digits(rest.dropFirst(3).prefix(2), 2...2),
        let date = CivilDate(year: year, month: month, day: day), time.isEmpty || hour != nil
      else { return nil }
      self = .date(date, hour: hour)
      return
    }
    guard let period = WrittenPeriod.period(year, rest) else { return nil }
    self = .period(period)
  }

  /// The period that the text stands for in a series of a frequency; `nil` if it is not one of that frequency.
  ///
  /// Without a frequency, four digits are a year and any other integer is an index. With a frequency, a date stands for the business
  /// day, hour, day, week, month, quarter, half-year or year that contains it and may be written in digits, as may a month.
  package func period(_ frequency: Frequency?) -> Period? {
    switch self {
    case .period(let period): return frequency == nil || frequency == period.frequency ? period : nil
    case .date(let date, let hour): return WrittenPeriod.period(date, hour, frequency)
    case .integer(let value, let length):
      switch frequency {
      case .index: return .index(value)
      case .year where value.magnitude <= 9999: return .year(value)
      case nil: return length == 4 && value >= 1000 ? .year(value) : .index(value)
      case .month where length == 6 && value >= 0 && (1...12).contains(value % 100):
        return .month(value / 100, value % 100)
      case .some(let frequency):
        guard length == 8 || frequency.periodsPerYear != nil else { return nil }
        return digitDate.flatMap { Period.containing($0, frequency) }
      }
    }
  }

  /// The day of a date, written out or in 8 digits, or the first day of a month in 6 digits; `nil` for anything else.
  var digitDate: CivilDate? {
    guard case .integer(let value, let length) = self, value >= 0 else { return nil }
    return CivilDate(digits: value, count: length)
  }

  private static func period(_ date: CivilDate, _ hour: Int?, _ frequency: Frequency?) -> Period? {
    switch (frequency, hour) {
    case (nil, .some(let hour)), (.hour, .some(let hour)): .hour(date, hour)
    case (nil, nil): .day(date)
    case (.some(let frequency), nil), (.some(let frequency), 0): Period.containing(date, frequency)
    default: nil
    }
  }

  /// `01`…`12`, `Q1`…`Q4`, `H1`, `H2`, `W01`…`W53` of a year.
  private static func period(_ year: Int, _ tail: ArraySlice<UInt8>) -> Period? {
    guard let mark = tail.first else { return nil }
    let rest = tail.dropFirst()
    switch mark {
    case UInt8(ascii: "Q"), UInt8(ascii: "q"):
      guard let quarter = digits(rest, 1...1), (1...4).contains(quarter) else { return nil }
      return .quarter(year, quarter)
    case UInt8(ascii: "H"), UInt8(ascii: "h"):
      guard let half = digits(rest, 1...1), (1...2).contains(half) else { return nil }
      return .half(year, half)
    case UInt8(ascii: "W"), UInt8(ascii: "w"):
      guard let week = digits(rest, 1...2), week >= 1 else { return nil }
      let ordinal = Period.weekOne(of: year) + week - 1
      return ordinal < Period.weekOne(of: year + 1) ? Period(.week, ordinal: ordinal) : nil
    default:
      guard let month = digits(tail, 2...2), (1...12).contains(month) else { return nil }
      return .month(year, month)
    }
  }

  /// The hour of a time of day `T07`, ` 07:00` or `T07:00:00`; `nil` for anything else.
  private static func hour(_ time: ArraySlice<UInt8>) -> Int? {
    guard let mark = time.first, mark == UInt8(ascii: "T") || mark == UInt8(ascii: " ") else { return nil }
    let clock = time.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (1...3).contains(clock.count), let hour = digits(clock[0], 2...2), hour < 24 else { return nil }
    for rest in clock.dropFirst() where digits(rest, 2...2) != 0 { return nil }
    return hour
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

  private static func digits(_ text: ArraySlice<UInt8>, _ lengths: ClosedRange<Int>) -> Int? {
    guard lengths.contains(text.count), text.first != UInt8(ascii: "-") else { return nil }
    return integer(text)
  }
}

extension Period {
  /// The period written as text; `nil` if the text is not a period, or not one of the given frequency.
  ///
  /// Without a frequency, four digits are a year and any other integer is an index. With a frequency, a date such as `2022-01-31` or
  /// `20220131`, or a month such as `202201`, stands for the period that contains it.
  public init?(_ text: some StringProtocol, frequency: Frequency? = nil) {
    guard let period = WrittenPeriod(text)?.period(frequency) else { return nil }
    self = period
  }
}

/// A span as text gives it: `PERIOD` or `PERIOD/PERIOD`.
package struct WrittenSpan: Sendable, Hashable {
  let first: WrittenPeriod
  let last: WrittenPeriod?

  /// The first period, if the text has only one.
  var single: WrittenPeriod? { last == nil ? first : nil }

  /// Parses the text; `nil` if it has neither form.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)[...]
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
      guard let first = WrittenPeriod(bytes) else { return nil }
      self.first = first
      last = nil
      return
    }
    guard let first = WrittenPeriod(bytes[..<slash]), let last = WrittenPeriod(bytes[(slash + 1)...]) else {
      return nil
    }
    self.first = first
    self.last = last
  }

  private init(_ single: WrittenPeriod) {
    first = single
    last = nil
  }

  /// Dates and months in digits as dates and months, if all are dates in 8 digits or all are months in 6; otherwise unchanged.
  static func expanded(_ written: [WrittenSpan?]) -> [WrittenSpan?] {
    var values: [Int] = []
    var dates: [CivilDate] = []
    var shared: Int?
    for span in written {
      guard case .integer(let value, let length)? = span?.single, shared ?? length == length,
        let date = span?.first.digitDate
      else { return written }
      shared = length
      values.append(value)
      dates.append(date)
    }
    if shared == 8 { return dates.map { WrittenSpan(.date($0, hour: nil)) } }
    guard CivilDate.areMonths(values) else { return written }
    return dates.map { WrittenSpan(.period(.month($0.year, $0.month))) }
  }

  /// The frequency of plain integers: years if all of them have four digits, otherwise an index; `nil` if some period names its
  /// frequency itself.
  static func integerFrequency(_ written: [WrittenSpan?]) -> Frequency? {
    for span in written {
      guard let span else { return nil }
      for part in [span.first, span.last ?? span.first] {
        guard case .integer(let value, let length) = part else { return nil }
        if length != 4 || value < 1000 { return .index }
      }
    }
    return written.isEmpty ? nil : .year
  }

  /// The span in a series of a frequency; `nil` if it is not of that frequency, runs backward, or covers more than a million periods.
  func span(_ frequency: Frequency?) -> PeriodSpan? {
    guard let first = first.period(frequency) else { return nil }
    guard let written = last else { return PeriodSpan(first) }
    guard let last = written.period(frequency), last.frequency == first.frequency, last >= first,
      first.distance(to: last) < longestGap
    else { return nil }
    return PeriodSpan(first, through: last)
  }
}

extension PeriodSpan {
  /// The span written as text, `PERIOD` or `PERIOD/PERIOD`; `nil` if the text is not a span, runs backward, or covers more than a
  /// million periods.
  public init?(_ text: some StringProtocol, frequency: Frequency? = nil) {
    guard let span = WrittenSpan(text)?.span(frequency) else { return nil }
    self = span
  }
}
