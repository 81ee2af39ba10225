/// The calendar that dates written out follow: days, or a coarser one that every date fits.
///
/// Dates that are all the first of a month, or all the last, are months; they are quarters, halves or years where all steps
/// are multiples of 3, 6 or 12 months. Dates that lie whole weeks apart are weeks. A step of one day makes days. Fewer than
/// three dates say nothing.
package struct DateSurvey {
  private var longest = 0
  private var areFirst = true
  private var areLast = true
  private var areWeeksApart = true
  private var monthStep = 0
  /// Whether two dates are neighbouring days.
  private(set) var hasNeighbours = false
  /// The weekday of the first date, Monday 0 … Sunday 6.
  private var weekday: Int?

  package init() {}

  /// Takes in a date, in days since 1970-01-01: the `count`-th of its series, in time order, with the date before it.
  mutating func add(_ day: Int, after last: Int?, count: Int) {
    let date = CivilDate(daysSinceEpoch: day)
    areFirst = areFirst && date.day == 1
    areLast = areLast && date.day == CivilDate.daysInMonth(year: date.year, month: date.month)
    weekday = weekday ?? date.weekday
    longest = max(longest, count)
    guard let last else { return }
    let before = CivilDate(daysSinceEpoch: last)
    areWeeksApart = areWeeksApart && (day - last) % 7 == 0
    hasNeighbours = hasNeighbours || day - last == 1
    monthStep = greatestCommonDivisor(
      monthStep, (date.year - before.year) * 12 + date.month - before.month)
  }

  /// The calendar coarser than days, `nil` where the dates are days.
  var frequency: Frequency? {
    guard longest >= 3, !hasNeighbours else { return nil }
    if areFirst || areLast {
      if monthStep % 12 == 0 { return .year }
      if monthStep % 6 == 0 { return .half }
      return monthStep % 3 == 0 ? .quarter : .month
    }
    return areWeeksApart ? .week : nil
  }

  /// Whether a series has enough dates to say something.
  var isTelling: Bool { longest >= 3 }

  /// Which day of its period a date is.
  var placement: DatePlacement {
    if frequency == .week { return .weekday(weekday ?? 0) }
    return areLast && !areFirst ? .last : .first
  }

  /// The calendar of texts that are all dates, or all dates at midnight, in time order: a coarser one than their form says.
  ///
  /// `nil` where the form says it all.
  package static func frequency(_ texts: some Sequence<String>) -> Frequency? {
    var survey = DateSurvey()
    var form: Frequency?
    var last: Int?
    for (index, text) in texts.enumerated() {
      guard let period = Period(text), form == nil || form == period.frequency else { return nil }
      form = period.frequency
      guard let day = day(of: period) else { return nil }
      if let last, day <= last { return nil }
      survey.add(day, after: last, count: index + 1)
      last = day
    }
    return survey.frequency ?? (form == .hour && survey.isTelling ? .day : nil)
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

/// Which day of a period stands for it where periods are written as dates.
public enum DatePlacement: Sendable, Hashable {
  /// The first day.
  case first
  /// The last day.
  case last
  /// A weekday, Monday 0 … Sunday 6; of a period that is no week, the first day.
  case weekday(Int)

  /// The date that stands for a period; `nil` for an index.
  func date(of period: Period) -> CivilDate? {
    switch self {
    case .weekday(let weekday) where period.frequency == .week:
      period.firstDay.map { CivilDate(daysSinceEpoch: $0.daysSinceEpoch + weekday) }
    case .last: (period + 1).firstDay.map { CivilDate(daysSinceEpoch: $0.daysSinceEpoch - 1) }
    default: period.firstDay
    }
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? abs(a) : greatestCommonDivisor(b, a % b)
}
