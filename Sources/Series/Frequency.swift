/// The length of the base period of a series.
public enum Frequency: String, Sendable, Hashable, Codable, CaseIterable {
  case year
  case half
  case quarter
  case month
  case week
  case day
  case hour
  case businessDay = "business-day"
  /// Plain integers 1, 2, 3, …: time without a calendar.
  case index

  /// The usual number of base periods in one seasonal cycle (12 for months, 4 for quarters, 1 for years).
  public var seasonalPeriod: Int {
    switch self {
    case .year, .index: 1
    case .half: 2
    case .quarter: 4
    case .month: 12
    case .week: 52
    case .day: 7
    case .hour: 24
    case .businessDay: 5
    }
  }

  /// The number of base periods in a year if it is fixed (years to months); otherwise `nil`.
  public var periodsPerYear: Int? {
    switch self {
    case .year: 1
    case .half: 2
    case .quarter: 4
    case .month: 12
    case .week, .day, .hour, .businessDay, .index: nil
    }
  }

  /// The mean number of base periods in a Gregorian year of 365.2425 days, 5/7 of them business days.
  ///
  /// It is 1 for an integer index, whose "year" is the period itself.
  public var meanPeriodsPerYear: Double {
    switch self {
    case .year, .index: 1
    case .half: 2
    case .quarter: 4
    case .month: 12
    case .week: 365.2425 / 7
    case .day: 365.2425
    case .hour: 365.2425 * 24
    case .businessDay: 365.2425 * 5 / 7
    }
  }
}
