/// A range of calendar time that a total is asked over.
public enum TotalWindow: Sendable, Hashable, CustomStringConvertible {
  /// A calendar year.
  case year(Int)
  /// The base periods from one through another.
  case periods(Period, through: Period)

  /// The base periods of a frequency in the window; `nil` where the frequency has no calendar years.
  public func span(_ frequency: Frequency) -> PeriodSpan? {
    switch self {
    case .periods(let first, let last):
      guard first.frequency == frequency, last.frequency == frequency, last >= first else { return nil }
      return PeriodSpan(first, through: last)
    case .year(let year):
      guard (-9999...9999).contains(year) else { return nil }
      if let perYear = frequency.periodsPerYear {
        return PeriodSpan(Period(frequency, ordinal: year * perYear), count: perYear)
      }
      switch frequency {
      case .week:
        let first = Period.weekOne(of: year)
        return PeriodSpan(Period(.week, ordinal: first), count: Period.weekOne(of: year + 1) - first)
      case .day, .hour, .businessDay:
        return TotalWindow.dailySpan(year, frequency)
      default: return nil
      }
    }
  }

  private static func dailySpan(_ year: Int, _ frequency: Frequency) -> PeriodSpan? {
    let first = CivilDate.daysSinceEpoch(startOf: year)
    let next = CivilDate.daysSinceEpoch(startOf: year + 1)
    switch frequency {
    case .hour: return PeriodSpan(Period(.hour, ordinal: first * 24), count: (next - first) * 24)
    case .day: return PeriodSpan(Period(.day, ordinal: first), count: next - first)
    default:
      let days = (first..<next).compactMap { Period.businessDay(CivilDate(daysSinceEpoch: $0)) }
      return days.first.map { PeriodSpan($0, count: days.count) }
    }
  }

  /// The year, or the periods as a span.
  public var description: String {
    switch self {
    case .year(let year): padded(year, 4)
    case .periods(let first, let last): "\(first)/\(last)"
    }
  }
}
