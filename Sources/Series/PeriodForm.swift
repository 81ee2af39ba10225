/// The form in which the periods of a series are written.
public enum PeriodForm: Sendable, Hashable {
  /// Periods: `2022-01`, `2022-W05`, `17`.
  case period
  /// Dates that stand for periods: `2022-01-31`.
  case date(DatePlacement)
  /// Such dates in digits: `20220131`.
  case digits(DatePlacement)
  /// Months in digits: `202201`.
  case monthDigits

  /// Returns the text of a period.
  public func text(of period: Period) -> String {
    let text: String
    switch self {
    case .period: return period.description
    case .date(let placement): return placement.date(of: period)?.description ?? period.description
    case .digits(let placement): text = placement.date(of: period)?.description ?? period.description
    case .monthDigits: text = period.description
    }
    return text.split(separator: "-").joined()
  }
}

/// The day that stands for a period, if periods are written as dates.
public enum DatePlacement: Sendable, Hashable {
  /// The first day.
  case first
  /// The last day.
  case last
  /// A weekday, from Monday (0) to Sunday (6); the first day if the period is not a week.
  case weekday(Int)
  /// A day of a month of the period, with months counted from 0; the last day of the month if `day` is `nil`.
  case monthday(Int, day: Int?)
  /// The first or last day from Monday to Friday of a month of the period.
  case businessDay(Int, isLast: Bool)
  /// A weekday, from Monday (0), of a week of a month of the period, both counted from 0; the last such day if the month has fewer.
  case weekdayOfMonth(Int, weekday: Int, week: Int)

  /// The date that stands for a period; `nil` for an index.
  func date(of period: Period) -> CivilDate? {
    switch self {
    case .weekday(let weekday) where period.frequency.unit == .week:
      return period.firstDay.map { CivilDate(daysSinceEpoch: $0.daysSinceEpoch + weekday) }
    case .last: return (period + 1).firstDay.map { CivilDate(daysSinceEpoch: $0.daysSinceEpoch - 1) }
    case .monthday(let month, let day):
      return DatePlacement.month(month, of: period) { _, length in min(day ?? length, length) }
    case .businessDay(let month, let isLast):
      return DatePlacement.month(month, of: period) { first, length in
        guard isLast else { return first.weekday < 5 ? 1 : 8 - first.weekday }
        let weekday = (first.weekday + length - 1) % 7
        return length - max(0, weekday - 4)
      }
    case .weekdayOfMonth(let month, let weekday, let week):
      return DatePlacement.month(month, of: period) { first, length in
        let day = 1 + floorModulo(weekday - first.weekday, 7) + 7 * week
        return day > length ? day - 7 : day
      }
    default: return period.firstDay
    }
  }

  /// The date in a month of a period, whose day is given by the first day and the length of the month; `nil` for an index.
  private static func month(_ month: Int, of period: Period, day: (CivilDate, Int) -> Int) -> CivilDate? {
    guard let first = period.firstDay else { return nil }
    let months = first.year * 12 + first.month - 1 + month
    let (year, month) = (floorDivide(months, 12), floorModulo(months, 12) + 1)
    guard let start = CivilDate(year: year, month: month, day: 1) else { return nil }
    return CivilDate(
      year: year, month: month, day: day(start, CivilDate.daysInMonth(year: year, month: month)))
  }
}

extension CivilDate {
  /// Whether the day is the last of its month.
  var isLastOfMonth: Bool { day == CivilDate.daysInMonth(year: year, month: month) }

  /// The date written in 8 digits, `20220131`, or the first day of the month written in 6, for the years 1800 to 2200.
  init?(digits value: Int, count: Int) {
    let date = count == 6 ? value * 100 + 1 : value
    guard count == 6 || count == 8, (1800...2200).contains(date / 10_000) else { return nil }
    self.init(year: date / 10_000, month: date / 100 % 100, day: date % 100)
  }

  /// Whether months in digits, `value = 100 · year + month`, advance as months do rather than as integers.
  ///
  /// They do if most steps are one month, or if most are 3, 6 or 12 months and the values cross a year boundary.
  static func areMonths(_ values: [Int]) -> Bool {
    let months = values.map { $0 / 100 * 12 + $0 % 100 - 1 }
    guard let first = values.first, let last = values.last, values.count > 1 else { return !values.isEmpty }
    var counts: [Int: Int] = [:]
    for (before, after) in zip(months, months.dropFirst()) { counts[after - before, default: 0] += 1 }
    let needed = (values.count - 1) / 2
    if counts[1, default: 0] > needed { return true }
    return first / 100 != last / 100 && [3, 6, 12].contains { counts[$0, default: 0] > needed }
  }
}
