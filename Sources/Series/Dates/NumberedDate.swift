/// The order of day, month and year in dates such as `03/04/2024`.
public enum DateOrder: String, Sendable, Hashable, Codable, CaseIterable {
  /// Day, month, year: 3 April.
  case dmy
  /// Month, day, year: 4 March.
  case mdy
  /// Year, month, day, for years of two digits.
  case ymd

  /// The order in words.
  package var words: String {
    switch self {
    case .dmy: "day/month/year"
    case .mdy: "month/day/year"
    case .ymd: "year/month/day"
    }
  }
}

/// Three numbers of a date whose order is not known from the text, with the time of day if there is one.
package struct NumberedDate: Sendable, Hashable {
  private let numbers: (Int16, Int16, Int16)
  /// Whether the third number has four digits, and so is the year.
  let hasFullYear: Bool
  /// Whether points separate the numbers, as in countries that write the day first.
  let isDotted: Bool
  /// Whether the text names its offset from UTC.
  let isUTC: Bool
  /// Seconds since midnight, less the offset from UTC; the smallest number if there is no time.
  private let seconds: Int32

  /// Creates a date of three numbers below 10,000.
  init(_ first: Int, _ second: Int, _ third: Int, hasFullYear: Bool, isDotted: Bool, time: ClockTime?) {
    numbers = (
      Int16(truncatingIfNeeded: first), Int16(truncatingIfNeeded: second), Int16(truncatingIfNeeded: third)
    )
    self.hasFullYear = hasFullYear
    self.isDotted = isDotted
    isUTC = time?.offset != nil
    seconds = time.map { Int32($0.second - ($0.offset ?? 0)) } ?? .min
  }

  var first: Int { Int(numbers.0) }
  var second: Int { Int(numbers.1) }
  private var third: Int { Int(numbers.2) }
  private var clock: Int? { seconds == .min ? nil : Int(seconds) }

  package static func == (a: NumberedDate, b: NumberedDate) -> Bool {
    a.numbers == b.numbers && a.hasFullYear == b.hasFullYear && a.isDotted == b.isDotted && a.isUTC == b.isUTC
      && a.seconds == b.seconds
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(numbers.0)
    hasher.combine(numbers.1)
    hasher.combine(numbers.2)
    hasher.combine(seconds)
  }

  /// The orders that the numbers could have, by their digits alone.
  var orders: [DateOrder] { hasFullYear ? [.dmy, .mdy] : DateOrder.allCases }

  /// The date in an order; `nil` if there is none.
  func date(_ order: DateOrder) -> CivilDate? {
    let (year, month, day) =
      switch order {
      case .dmy: (third, second, first)
      case .mdy: (third, first, second)
      case .ymd: (first, second, third)
      }
    if hasFullYear { return order == .ymd ? nil : CivilDate(year: year, month: month, day: day) }
    return CivilDate(year: WrittenPeriod.fullYear(year), month: month, day: day)
  }

  /// The date and time in an order; `nil` if there is no such date.
  func written(_ order: DateOrder) -> WrittenPeriod? {
    guard let date = date(order) else { return nil }
    guard let clock else { return .date(date) }
    return .time(date.daysSinceEpoch * 86_400 + clock, isUTC: isUTC)
  }

  /// The numbers as they are written, with slashes.
  var text: String {
    let year = hasFullYear ? padded(third, 4) : padded(third, 2)
    return "\(padded(first, 2))/\(padded(second, 2))/\(year)"
  }
}
