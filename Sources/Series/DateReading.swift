/// How the dates of a series without a named frequency were read.
package struct DateReading: Sendable, Equatable {
  /// A date that does not fit a coarser calendar that most of the dates fit.
  package struct Stray: Sendable, Equatable {
    /// The rule that nine in ten dates follow and this one does not.
    package enum Rule: Sendable, Equatable {
      case firstOfMonth
      case lastOfMonth
      /// A weekday, from Monday (0) to Sunday (6).
      case weekday(Int)
      case dayOfMonth(Int)
    }

    package let rule: Rule
    package let date: CivilDate
    /// The line of the date, if known.
    package let line: Int?
    /// Whether all other dates follow the rule.
    package let isAlone: Bool
  }

  /// The frequency.
  package let frequency: Frequency
  /// Whether it is coarser than the form of the dates suggests.
  package let isInferred: Bool
  /// The number of periods from the first date through the last.
  package let periods: Int
  /// The number of these periods that have a row.
  package let rows: Int
  /// The first date that rules out a coarser calendar, if the dates are days.
  package var stray: Stray?
  /// Whether no two dates are in the same month, and they are about a month or more apart.
  package var isOneAMonth = false

  /// Whether most periods have no row or, with a frequency of weeks or longer, every second one: a sign that the frequency is wrong.
  package var isSparse: Bool {
    let missing = periods - rows
    return 2 * missing > periods || frequency != .day && rows > 1 && missing >= rows - 1
  }

  init(_ frequency: Frequency, isInferred: Bool, periods: Int, rows: Int) {
    self.frequency = frequency
    self.isInferred = isInferred
    self.periods = periods
    self.rows = rows
  }

  /// Creates the reading of dates in time order, in days since 1970-01-01, with their lines.
  ///
  /// - Parameter like: The frequency of most of the other series, for a series with too few dates to tell.
  init?(days: [Int], form: Frequency, lines: [Int], like: Frequency? = nil) {
    guard let first = days.first, let last = days.last else { return nil }
    let survey = DateSurvey(days)
    var coarse = survey.frequency ?? (form == .hour && survey.isTelling ? .day : nil)
    if !survey.isTelling, let like, survey.fits(like), form == .hour || like != .day { coarse = like }
    let frequency = coarse ?? form
    func ordinal(_ day: Int) -> Int {
      Period.containing(CivilDate(daysSinceEpoch: day), frequency)?.ordinal ?? day
    }
    self.init(
      frequency, isInferred: coarse != nil, periods: ordinal(last) - ordinal(first) + 1, rows: days.count)
    guard frequency == .day, isSparse else { return }
    stray = DateReading.stray(among: days, lines: lines)
    let months = days.map { Period.containing(CivilDate(daysSinceEpoch: $0), .month) }
    isOneAMonth = Set(months).count == days.count && last - first >= 25 * (days.count - 1)
  }

  /// The reading of periods as they are written; `nil` if they are not all dates in time order.
  package init?(_ written: [WrittenSpan?], lines: [Int]) {
    guard let (days, form) = DateSurvey.days(written) else { return nil }
    self.init(days: days, form: form, lines: lines)
  }

  /// The first date that breaks a rule that at least nine in ten dates follow.
  private static func stray(among days: [Int], lines: [Int]) -> Stray? {
    let dates = days.map { CivilDate(daysSinceEpoch: $0) }
    var weekdays = [Int](repeating: 0, count: 7)
    var monthdays = [Int](repeating: 0, count: 32)
    for date in dates {
      weekdays[date.weekday] += 1
      monthdays[date.day] += 1
    }
    func most(_ counts: [Int]) -> Int { counts.indices.max { counts[$0] < counts[$1] } ?? 0 }
    let (weekday, monthday) = (most(weekdays), most(monthdays))
    let rules: [(Stray.Rule, (CivilDate) -> Bool)] = [
      (.firstOfMonth, { $0.day == 1 }), (.lastOfMonth, { $0.isLastOfMonth }),
      (.weekday(weekday), { $0.weekday == weekday }), (.dayOfMonth(monthday), { $0.day == monthday }),
    ]
    for (rule, holds) in rules {
      let others = dates.indices.filter { !holds(dates[$0]) }
      guard let place = others.first, others.count * 10 <= dates.count else { continue }
      return Stray(
        rule: rule, date: dates[place], line: place < lines.count ? lines[place] : nil,
        isAlone: others.count == 1)
    }
    return nil
  }
}

/// The calendar that the dates of one series follow: days, or a coarser calendar that every date fits.
///
/// Dates that are all the first of a month, all the last, or all the same day of a month are months; they are quarters, half-years or
/// years if all steps are multiples of 3, 6 or 12 months. Dates that are whole weeks apart are weeks. Fewer than three
/// dates are not enough to tell.
package struct DateSurvey {
  private let days: [Int]
  private let areFirst: Bool
  private let areLast: Bool
  private let areOneDay: Bool
  private let areWeeksApart: Bool
  /// The greatest common divisor of the steps, in months.
  private let monthStep: Int

  /// Creates a survey of the dates of a series, in days since 1970-01-01 and in time order.
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

  /// Whether there are enough dates to tell.
  var isTelling: Bool { days.count >= 3 }

  /// The calendar that is coarser than days; `nil` if the dates are days.
  package var frequency: Frequency? {
    guard isTelling else { return nil }
    if areMonthly {
      if monthStep % 12 == 0 { return .year }
      if monthStep % 6 == 0 { return .half }
      return monthStep % 3 == 0 ? .quarter : .month
    }
    return areWeeksApart ? .week : nil
  }

  /// Whether there is at most one date per period of a frequency, always on the same day of the period.
  func fits(_ frequency: Frequency) -> Bool {
    switch frequency {
    case .week: areWeeksApart
    case .day: true
    default: areMonthly && monthStep % DatePlacement.months(of: frequency) == 0
    }
  }

  /// The day of its period that each date is; the first if the dates do not fit the frequency.
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

  /// The days of periods that are all written as dates, or all as dates at midnight, in time order; `nil` if they are not.
  static func days(_ written: [WrittenSpan?]) -> (days: [Int], form: Frequency)? {
    var days: [Int] = []
    var form: Frequency?
    for span in written {
      guard case .date(let date, let hour)? = span?.single, hour ?? 0 == 0 else { return nil }
      let own = hour == nil ? Frequency.day : .hour
      guard form ?? own == own, days.last ?? .min < date.daysSinceEpoch else { return nil }
      form = own
      days.append(date.daysSinceEpoch)
    }
    return form.map { (days, $0) }
  }

  /// The day of a daily period, or of an hourly period at midnight.
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
