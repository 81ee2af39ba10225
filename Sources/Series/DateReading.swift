/// What the dates of a series without a named frequency were taken for.
package struct DateReading: Sendable, Equatable {
  /// A date that keeps the dates from a coarser calendar that most of them fit.
  package struct Stray: Sendable, Equatable {
    /// What nine dates in ten are, and this one is not.
    package enum Rule: Sendable, Equatable {
      case firstOfMonth
      case lastOfMonth
      /// Monday 0 … Sunday 6.
      case weekday(Int)
      case dayOfMonth(Int)
    }

    package let rule: Rule
    package let date: CivilDate
    /// The line it stands on, where that is known.
    package let line: Int?
    /// Whether all other dates follow the rule.
    package let isAlone: Bool
  }

  /// The calendar.
  package let frequency: Frequency
  /// Whether it is coarser than what the dates' form says.
  package let isInferred: Bool
  /// The periods from the first date through the last.
  package let periods: Int
  /// Those of them that have a row.
  package let rows: Int
  /// The first date that stands against a coarser calendar, where the dates are days.
  package var stray: Stray?
  /// Whether no two dates lie in one month, and they are about a month apart or more.
  package var isOneAMonth = false

  /// Whether most periods have no row, or of a calendar of weeks or longer every second: a sign that it is another one.
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

  /// The reading of dates in time order, in days since 1970-01-01, with their lines.
  ///
  /// - Parameter like: the calendar of most series beside this one, for dates that are too few to say something.
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

  /// What texts of periods were taken for; `nil` where they are no dates or not in time order.
  package init?(_ texts: [String], lines: [Int]) {
    guard let (days, form) = DateSurvey.days(DateDigits.expanded(texts)) else { return nil }
    self.init(days: days, form: form, lines: lines)
  }

  /// The first date off a rule that at least nine in ten follow.
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

/// Dates and months written in digits, `20211201` and `202112`.
enum DateDigits {
  /// The texts in their ISO form where all of them are dates in 8 digits, or all months in 6; else as they are.
  static func expanded(_ texts: [String]) -> [String] {
    let lengths = Set(texts.map(\.utf8.count))
    guard let count = lengths.first, lengths.count == 1 else { return texts }
    var values: [Int] = []
    var dates: [CivilDate] = []
    for text in texts {
      guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text),
        let date = CivilDate(digits: value, count: count)
      else { return texts }
      values.append(value)
      dates.append(date)
    }
    if count == 8 { return dates.map(\.description) }
    return CivilDate.areMonths(values) ? dates.map { Period.month($0.year, $0.month).description } : texts
  }
}
