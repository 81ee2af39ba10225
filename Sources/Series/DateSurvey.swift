/// The calendar that the dates of one series follow: days, or a coarser one that every date fits.
///
/// Dates that are all the first of a month, all the last, or all the same day of it, are months; they are quarters, halves or
/// years where all steps are multiples of 3, 6 or 12 months. Dates that lie whole weeks apart are weeks. Fewer than three
/// dates say nothing by themselves.
package struct DateSurvey {
  private let days: [Int]
  private let areFirst: Bool
  private let areLast: Bool
  private let areOneDay: Bool
  private let areWeeksApart: Bool
  /// The greatest common divisor of the steps, in months.
  private let monthStep: Int

  /// The dates of a series in days since 1970-01-01, in time order.
  package init(_ days: [Int]) {
    self.days = days
    var (areFirst, areLast, areOneDay, areWeeksApart) = (true, true, true, true)
    var monthStep = 0
    var before: CivilDate?
    for day in days {
      let date = CivilDate(daysSinceEpoch: day)
      areFirst = areFirst && date.day == 1
      areLast = areLast && date.isLastOfMonth
      areOneDay = areOneDay && date.day == before?.day ?? date.day
      areWeeksApart = areWeeksApart && (day - days[0]) % 7 == 0
      if let before {
        let months = (date.year - before.year) * 12 + date.month - before.month
        monthStep = greatestCommonDivisor(monthStep, months)
      }
      before = date
    }
    (self.areFirst, self.areLast, self.areOneDay) = (areFirst, areLast, areOneDay)
    self.areWeeksApart = areWeeksApart
    self.monthStep = monthStep
  }

  /// Whether there are enough dates to say something.
  var isTelling: Bool { days.count >= 3 }

  /// The calendar coarser than days, `nil` where the dates are days.
  package var frequency: Frequency? {
    guard isTelling else { return nil }
    if areMonthly {
      if monthStep % 12 == 0 { return .year }
      if monthStep % 6 == 0 { return .half }
      return monthStep % 3 == 0 ? .quarter : .month
    }
    return areWeeksApart ? .week : nil
  }

  /// Whether the dates are one a period of a calendar, always on the same day of it.
  func fits(_ frequency: Frequency) -> Bool {
    switch frequency {
    case .week: areWeeksApart
    case .day: true
    default: areMonthly && monthStep % DatePlacement.months(of: frequency) == 0
    }
  }

  /// Which day of its period of a calendar a date is; the first where the dates do not fit it.
  func placement(_ frequency: Frequency) -> DatePlacement {
    guard let first = days.first, fits(frequency) else { return .first }
    let date = CivilDate(daysSinceEpoch: first)
    switch frequency {
    case .week: return .weekday(date.weekday)
    case .day: return .first
    default:
      let length = DatePlacement.months(of: frequency)
      let month = floorModulo(date.month - 1, length)
      if areFirst { return month == 0 ? .first : .monthday(month, day: 1) }
      if areLast { return month == length - 1 ? .last : .monthday(month, day: nil) }
      return .monthday(month, day: date.day)
    }
  }

  private var areMonthly: Bool { areFirst || areLast || areOneDay }

  /// The days of texts that are all dates, or all dates at midnight, in time order; `nil` where they are not.
  static func days(_ texts: some Sequence<String>) -> (days: [Int], form: Frequency)? {
    var days: [Int] = []
    var form: Frequency?
    for text in texts {
      guard let period = Period(text), form == nil || form == period.frequency, let day = day(of: period)
      else { return nil }
      form = period.frequency
      if let last = days.last, day <= last { return nil }
      days.append(day)
    }
    return form.map { (days, $0) }
  }

  /// The day of a period by days, or of an hour at midnight.
  static func day(of period: Period) -> Int? {
    switch period.frequency {
    case .day: period.ordinal
    case .hour where floorModulo(period.ordinal, 24) == 0: floorDivide(period.ordinal, 24)
    default: nil
    }
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? abs(a) : greatestCommonDivisor(b, a % b)
}
