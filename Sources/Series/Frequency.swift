/// The length of the base period of a series: a unit of the calendar, or a whole number of units such as 15 minutes or 14 days.
///
/// ```swift
/// let pay = Frequency(every: 14, .day)      // 14-day
/// let load = Frequency.minutes(30)          // 30-minute
/// let shop = Frequency.weekdays(.mondayToSaturday)
/// ```
public struct Frequency: Sendable, Hashable {
  /// The units of time that base periods are counted in.
  public enum Unit: UInt8, Sendable, Hashable, CaseIterable {
    case year, half, quarter, month, week, day, hour, minute, second
    /// The open days of a week, by default Monday to Friday.
    case businessDay
    /// Plain integers: time without a calendar.
    case index
  }

  /// The unit.
  public let unit: Unit
  // Six bytes in all, so that a period with its ordinal takes sixteen.
  private let shortStep: UInt16
  private let shortPhase: UInt16

  /// The number of units in a base period.
  public var step: Int { Int(shortStep) }

  /// The unit, 0 ..< `step` from the origin, with which a base period begins.
  ///
  /// Every 14 days can mean 14 calendars; this tells which.
  public var phase: Int { unit == .businessDay ? 0 : Int(shortPhase) }

  /// The open days of the week; `nil` unless the unit is the business day.
  public var weekdays: Weekdays? {
    unit == .businessDay ? Weekdays(rawValue: UInt8(truncatingIfNeeded: shortPhase)) : nil
  }

  /// The longest step, in units.
  public static let longestStep = 65_535

  private init(_ unit: Unit, _ step: Int = 1, phase: Int = 0) {
    self.unit = unit
    shortStep = UInt16(truncatingIfNeeded: step)
    shortPhase = UInt16(truncatingIfNeeded: phase)
  }

  /// Creates the frequency of one base period every `step` units; `nil` if the step is not from 1 to 65,535, or if the unit is the
  /// business day or the index and the step is not 1.
  ///
  /// It is written in the longest unit that it is a whole number of: 60 minutes are an hour, 3 months a quarter. Periods begin
  /// `phase` units after the origin of the unit, taken modulo the step.
  public init?(every step: Int, _ unit: Unit, phase: Int = 0) {
    guard (1...Frequency.longestStep).contains(step) else { return nil }
    if unit == .index || unit == .businessDay {
      guard step == 1 else { return nil }
      self = unit == .index ? .index : .businessDay
      return
    }
    var (unit, step) = (unit, step)
    var phase = floorModulo(phase, step)
    if unit == .half || unit == .quarter {
      let months = unit == .half ? 6 : 3
      (unit, step, phase) = (.month, step * months, phase * months)
    }
    for (fine, ratio, coarse) in Frequency.ladder
    where unit == fine && step % ratio == 0 && phase % ratio == 0 {
      (unit, step, phase) = (coarse, step / ratio, phase / ratio)
    }
    if unit == .month, phase == 0, step == 3 || step == 6 { (unit, step) = (step == 3 ? .quarter : .half, 1) }
    guard step <= Frequency.longestStep else { return nil }
    self.init(unit, step, phase: phase)
  }

  private static let ladder: [(Unit, Int, Unit)] = [
    (.second, 60, .minute), (.minute, 60, .hour), (.hour, 24, .day), (.month, 12, .year),
  ]

  /// A calendar year.
  public static let year = Frequency(.year)
  /// Half a year.
  public static let half = Frequency(.half)
  /// A quarter of a year.
  public static let quarter = Frequency(.quarter)
  /// A month.
  public static let month = Frequency(.month)
  /// An ISO 8601 week.
  public static let week = Frequency(.week)
  /// A day.
  public static let day = Frequency(.day)
  /// An hour.
  public static let hour = Frequency(.hour)
  /// A minute.
  public static let minute = Frequency(.minute)
  /// A second.
  public static let second = Frequency(.second)
  /// A day from Monday to Friday.
  public static let businessDay = Frequency(.businessDay, phase: Int(Weekdays.mondayToFriday.rawValue))
  /// Plain integers 1, 2, 3, …: time without a calendar.
  public static let index = Frequency(.index)

  /// The days of the week that are open: those from Monday to Friday are business days, and all seven, or none, are days.
  public static func weekdays(_ open: Weekdays) -> Frequency {
    (1...6).contains(open.count) ? Frequency(.businessDay, phase: Int(open.rawValue)) : .day
  }

  /// A number of seconds.
  ///
  /// A count below 1 is taken for 1, and one above 65,535 for that; `init(every:_:phase:)` refuses them.
  public static func seconds(_ count: Int) -> Frequency { stepped(count, .second) }

  /// A number of minutes.
  ///
  /// A count below 1 is taken for 1, and one above 65,535 for that; `init(every:_:phase:)` refuses them.
  public static func minutes(_ count: Int) -> Frequency { stepped(count, .minute) }

  /// A number of hours.
  ///
  /// A count below 1 is taken for 1, and one above 65,535 for that; `init(every:_:phase:)` refuses them.
  public static func hours(_ count: Int) -> Frequency { stepped(count, .hour) }

  /// A number of days.
  ///
  /// A count below 1 is taken for 1, and one above 65,535 for that; `init(every:_:phase:)` refuses them.
  public static func days(_ count: Int) -> Frequency { stepped(count, .day) }

  /// A number of weeks.
  ///
  /// A count below 1 is taken for 1, and one above 65,535 for that; `init(every:_:phase:)` refuses them.
  public static func weeks(_ count: Int) -> Frequency { stepped(count, .week) }

  private static func stepped(_ count: Int, _ unit: Unit) -> Frequency {
    Frequency(every: min(max(count, 1), longestStep), unit) ?? Frequency(unit)
  }

  /// The position among frequencies: longer units first, then longer steps.
  package var position: Int {
    (Int(unit.rawValue) << 32) + ((Frequency.longestStep - step) << 16) + Int(shortPhase)
  }

  /// Returns the same frequency with a base period that begins with a unit, given by its number from the origin.
  func aligned(to base: Int) -> Frequency {
    step == 1 ? self : Frequency(every: step, unit, phase: base) ?? self
  }
}

extension Frequency {
  /// The number of base periods in a year if it is fixed (years to months); otherwise `nil`.
  public var periodsPerYear: Int? {
    guard phase == 0, let months = monthsPerPeriod, 12 % months == 0 else { return nil }
    return 12 / months
  }

  /// The mean number of base periods in a Gregorian year of 365.2425 days, 5/7 of them business days.
  ///
  /// It is 1 for an integer index, whose "year" is the period itself.
  public var meanPeriodsPerYear: Double {
    switch unit {
    case .index: 1
    case .businessDay: 365.2425 * Double(weekdays?.count ?? 5) / 7
    default: unit.meanPerYear / Double(step)
    }
  }

  /// The number of months in a base period; `nil` for units shorter than a month.
  var monthsPerPeriod: Int? { unit.months.map { $0 * step } }

  /// The number of seconds in a base period of days or a shorter unit; `nil` for other units.
  var secondsPerPeriod: Int? { unit.seconds.map { $0 * step } }
}

extension Frequency.Unit {
  /// The number of months; `nil` for shorter units.
  var months: Int? {
    switch self {
    case .year: 12
    case .half: 6
    case .quarter: 3
    case .month: 1
    default: nil
    }
  }

  /// The number of seconds of a day or a shorter unit; `nil` for other units.
  var seconds: Int? {
    switch self {
    case .day: 86_400
    case .hour: 3600
    case .minute: 60
    case .second: 1
    default: nil
    }
  }

  fileprivate var meanPerYear: Double {
    if let months { return 12 / Double(months) }
    if let seconds { return 365.2425 * (86_400 / Double(seconds)) }
    return self == .week ? 365.2425 / 7 : 1
  }
}
