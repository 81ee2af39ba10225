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
    if 2 * missing > periods { return true }
    guard frequency != .day, frequency.unit != .businessDay,
      frequency.step == 1 || frequency.unit.seconds == nil
    else { return false }
    return rows > 1 && missing >= rows - 1
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

  /// Creates the reading of dates, or of dates with a time of day, in time order, in seconds since 1970-01-01T00:00, with their lines.
  ///
  /// Times that are all the same time of day are days or longer periods. Other times are hours, or periods of k seconds, minutes or hours if
  /// they are multiples of them apart: hours if there are four or more and most steps are that long.
  ///
  /// - Parameter like: The frequency of most of the other series, for a series with too few dates to tell.
  init?(seconds: [Int], hasTime: Bool, lines: [Int], like: Frequency? = nil) {
    guard let first = seconds.first, let last = seconds.last else { return nil }
    let clock = floorModulo(first, 86_400)
    let isOneClock = seconds.allSatisfy { floorModulo($0, 86_400) == clock }
    if isOneClock, clock == 0 || seconds.count >= 3 {
      let days = seconds.map { floorDivide($0, 86_400) }
      self.init(days: days, form: hasTime ? .hour : .day, lines: lines, like: like)
      return
    }
    var frequency = DateReading.frequency(ofTimes: seconds)
    if seconds.count < 3, let like, like.unit.seconds ?? 86_400 < 86_400,
      seconds.allSatisfy({ Period.containing(second: $0, like)?.startSecond == $0 })
    {
      frequency = like
    }
    func ordinal(_ second: Int) -> Int { Period.containing(second: second, frequency)?.ordinal ?? second }
    self.init(
      frequency, isInferred: frequency.step > 1, periods: ordinal(last) - ordinal(first) + 1,
      rows: seconds.count)
  }

  /// The reading of periods as they are written; `nil` if they are not all dates in time order.
  package init?(_ written: [WrittenSpan?], lines: [Int]) {
    var seconds: [Int] = []
    var hasTime = false
    for span in written {
      guard let single = span?.single, let second = single.second, seconds.last ?? .min < second else {
        return nil
      }
      seconds.append(second)
      if case .time = single { hasTime = true }
    }
    self.init(seconds: seconds, hasTime: hasTime, lines: lines)
  }

  /// The reading of times that are a common step apart; `nil` if the step is whole days.
  init?(first: Int, step: Int, rows: Int) {
    guard step > 0, step % 86_400 != 0, rows > 3 else { return nil }
    let frequency = DateReading.frequency(ofTimes: (0..<4).map { first + step * $0 })
    guard let start = Period.containing(second: first, frequency),
      let next = Period.containing(second: first + step, frequency), start.distance(to: next) == 1
    else { return nil }
    self.init(frequency, isInferred: frequency.step > 1, periods: rows, rows: rows)
  }

  /// The frequency of times that are not all the same time of day.
  private static func frequency(ofTimes seconds: [Int]) -> Frequency {
    let steps = zip(seconds, seconds.dropFirst()).map { $1 - $0 }
    let step = steps.reduce(0) { divisor($0, $1) }
    let first = seconds.first ?? 0
    let unit = seconds.reduce(0) { divisor($0, $1 % 3600) }  // 0 on the hour
    let natural: Frequency = unit == 0 ? .hour : unit % 60 == 0 ? .minute : .second
    guard step > 0 else { return natural }
    let isRegular = seconds.count >= 4 && 2 * steps.count { $0 == step } > steps.count
    if natural == .hour, !isRegular { return .hour }
    for length in [3600, 60, 1] where step % length == 0 && (first % length == 0 || length == 1) {
      let unit: Frequency.Unit = length == 3600 ? .hour : length == 60 ? .minute : .second
      if let found = Frequency(every: step / length, unit, phase: floorDivide(first, length)) { return found }
    }
    return natural
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? abs(a) : divisor(b, a % b) }

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
