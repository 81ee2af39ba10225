/// The calendar that the dates of one series follow: days, or a coarser calendar that every date fits.
///
/// - Dates are months if there is one in each month and all are the first, the last, the same day (in shorter months the last), the first
///   or last business day, or the same weekday of the same week of the month. They are quarters, half-years or years if all
///   steps are multiples of 3, 6 or 12 months.
/// - Dates that are whole weeks apart are weeks. From five dates on, most of which are k days apart and all multiples of it, they are
///   periods of k days.
/// - Dates over several weeks that never fall on certain weekdays are the other weekdays: business days from Monday to Friday, or a week of
///   six days.
///
/// Fewer than three dates are not enough to tell.
package struct DateSurvey {
  private let days: [Int]
  private let monthly: MonthRule?
  private let areWeeksApart: Bool
  /// The greatest common divisor of the steps, in months and in days.
  private let monthStep: Int
  private let dayStep: Int
  /// Whether more than half of the steps are the shortest possible one.
  private let isMostlyStepped: Bool
  private let weekdays: Weekdays

  /// The day of its month that each date is.
  private enum MonthRule {
    case first
    case last
    /// This day, or the last in shorter months.
    case day(Int)
    case firstBusinessDay
    case lastBusinessDay
    case weekday(Int, week: Int)
  }

  /// Creates a survey of the dates of a series, in days since 1970-01-01 and in time order.
  package init(_ days: [Int]) {
    self.days = days
    var (monthStep, dayStep) = (0, 0)
    var (areFirst, areLast, areOneDay, isOneAMonth) = (true, true, true, true)
    var weekdays: UInt8 = 0
    var before: CivilDate?
    for (place, day) in days.enumerated() {
      let date = CivilDate(daysSinceEpoch: day)
      weekdays |= 1 << UInt8(floorModulo(day + 3, 7))
      areFirst = areFirst && date.day == 1
      areLast = areLast && date.isLastOfMonth
      if let before {
        areOneDay = areOneDay && date.day == before.day
        let months = (date.year - before.year) * 12 + date.month - before.month
        isOneAMonth = isOneAMonth && months > 0
        if monthStep != 1 { monthStep = greatestCommonDivisor(monthStep, months) }
        if dayStep != 1 { dayStep = greatestCommonDivisor(dayStep, day - days[place - 1]) }
      }
      before = date
    }
    let step = dayStep
    let steps = step > 1 ? zip(days, days.dropFirst()).count { $1 - $0 == step } : 0
    isMostlyStepped = 2 * steps > days.count - 1
    areWeeksApart = dayStep % 7 == 0
    self.weekdays = Weekdays(rawValue: weekdays)
    self.monthStep = monthStep
    self.dayStep = dayStep
    monthly =
      areFirst
      ? .first
      : areLast
        ? .last
        : areOneDay
          ? before.map { .day($0.day) } : isOneAMonth && days.count >= 3 ? DateSurvey.monthRule(days) : nil
  }

  /// Whether there are enough dates to tell.
  var isTelling: Bool { days.count >= 3 }

  /// The calendar that is coarser than days; `nil` if the dates are days.
  package var frequency: Frequency? {
    guard isTelling, let first = days.first else { return nil }
    if monthly != nil {
      if monthStep % 12 == 0 { return .year }
      if monthStep % 6 == 0 { return .half }
      return monthStep % 3 == 0 ? .quarter : .month
    }
    if days.count >= 5, isMostlyStepped, dayStep > 1, dayStep != 7 {
      if let stepped = Frequency(every: dayStep, .day, phase: first) { return stepped }
    }
    return areWeeksApart ? .week : openDays
  }

  /// The weekdays that have dates, if the others never have one over several weeks.
  private var openDays: Frequency? {
    guard let first = days.first, let last = days.last, weekdays.count < 7, weekdays.count > 1 else {
      return nil
    }
    let length = last - first + 1
    // The fewer days are missing, the more weeks it takes to see that they always are.
    let (weeks, share) =
      switch weekdays {
      case .mondayToFriday: (2, 0.5)
      default: weekdays.count == 5 ? (3, 0.75) : (4, 0.85)
      }
    guard length > 7 * weeks, days.count >= 10 else { return nil }
    let open = Double(length * weekdays.count) / 7
    return Double(days.count) >= share * open ? .weekdays(weekdays) : nil
  }

  /// Whether there is at most one date per period of a frequency, always on the same day of the period.
  func fits(_ frequency: Frequency) -> Bool {
    switch frequency.unit {
    case .week: frequency.step == 1 && areWeeksApart
    case .day: days.allSatisfy { floorModulo($0 - frequency.phase, frequency.step) == 0 }
    case .businessDay: frequency.weekdays.map { $0.isSuperset(of: weekdays) } ?? false
    case .hour, .minute, .second, .index: true
    case .year, .half, .quarter, .month:
      monthly != nil && frequency.monthsPerPeriod.map { monthStep % $0 == 0 } ?? false
    }
  }

  /// The day of its period that each date is; the first if the dates do not fit the frequency.
  func placement(_ frequency: Frequency) -> DatePlacement {
    guard let first = days.first, fits(frequency) else { return .first }
    let date = CivilDate(daysSinceEpoch: first)
    if frequency.unit == .week { return .weekday(date.weekday) }
    guard let length = frequency.monthsPerPeriod, let monthly else { return .first }
    let month = floorModulo(date.year * 12 + date.month - 1, length)
    return switch monthly {
    case .first: month == 0 ? .first : .monthday(month, day: 1)
    case .last: month == length - 1 ? .last : .monthday(month, day: nil)
    case .day(let day): .monthday(month, day: day)
    case .firstBusinessDay: .businessDay(month, isLast: false)
    case .lastBusinessDay: .businessDay(month, isLast: true)
    case .weekday(let weekday, let week): .weekdayOfMonth(month, weekday: weekday, week: week)
    }
  }

  /// The days of periods that are all written as dates, or all as dates at midnight, in time order; `nil` if they are not.
  static func days(_ written: [WrittenSpan?]) -> (days: [Int], form: Frequency)? {
    var days: [Int] = []
    var form: Frequency?
    for span in written {
      guard let written = span?.single, let second = written.second, floorModulo(second, 86_400) == 0 else {
        return nil
      }
      let own = if case .date = written { Frequency.day } else { Frequency.hour }
      let day = floorDivide(second, 86_400)
      guard form ?? own == own, days.last ?? .min < day else { return nil }
      form = own
      days.append(day)
    }
    return form.map { (days, $0) }
  }

  /// The rule that dates follow, one in a month, whose days of the month differ.
  private static func monthRule(_ days: [Int]) -> MonthRule? {
    var largestDay = 0
    // One bit for each day of the month of a date that is not the last of its month.
    var others: UInt32 = 0
    var (nearFirst, nearLast, exactFirst, exactLast) = (true, true, 0, 0)
    var (weekday, week): (Int?, Int?) = (nil, nil)
    var areOneWeekday = true
    for day in days {
      let date = CivilDate(daysSinceEpoch: day)
      let length = CivilDate.daysInMonth(year: date.year, month: date.month)
      largestDay = max(largestDay, date.day)
      if date.day < length { others |= 1 << UInt32(date.day) }
      let own = date.weekday
      nearFirst = nearFirst && own < 5 && date.day <= 4
      nearLast = nearLast && own < 5 && date.day >= length - 3
      // No business day comes before it, or behind it, in its month.
      exactFirst += own < 5 && (date.day == 1 || own == 0 && date.day <= 3) ? 1 : 0
      exactLast += own < 5 && (date.day == length || own == 4 && date.day >= length - 2) ? 1 : 0
      let place = (date.day - 1) / 7
      areOneWeekday = areOneWeekday && weekday ?? own == own && week ?? place == place
      (weekday, week) = (own, place)
    }
    // Every date is this day, or the last of a month that ends before it.
    if others == 1 << UInt32(largestDay) { return .day(largestDay) }
    if nearLast, 4 * exactLast >= 3 * days.count { return .lastBusinessDay }
    if nearFirst, 4 * exactFirst >= 3 * days.count { return .firstBusinessDay }
    if areOneWeekday, days.count >= 4, let weekday, let week { return .weekday(weekday, week: week) }
    return nil
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? abs(a) : greatestCommonDivisor(b, a % b)
}
