/// A day of the proleptic Gregorian calendar.
///
/// Conversions use exact integer arithmetic on days since 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", 2013).
public struct CivilDate: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// The calendar year.
  public let year: Int
  /// The month, 1…12.
  public let month: Int
  /// The day of the month, 1…31.
  public let day: Int

  /// Creates the day from its year, month and day; `nil` if the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (-9999...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.daysInMonth(year: year, month: month)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  private enum CodingKeys: String, CodingKey { case year, month, day }

  /// Reads a day.
  ///
  /// - Throws: `DecodingError` for a day that the calendar does not have.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let year = try container.decode(Int.self, forKey: .year)
    let month = try container.decode(Int.self, forKey: .month)
    let day = try container.decode(Int.self, forKey: .day)
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw DecodingError.dataCorruptedError(
        forKey: .day, in: container, debugDescription: "\(year)-\(month)-\(day) is not a day of the calendar")
    }
    self = date
  }

  /// Creates the day that is `days` days after 1970-01-01; beyond ±2⁶⁰ days, the last such day.
  public init(daysSinceEpoch days: Int) {
    let z = min(max(days, -(1 << 60)), 1 << 60) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01, negative before it.
  public var daysSinceEpoch: Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week: Monday is 0, Sunday is 6.
  public var weekday: Int { floorModulo(daysSinceEpoch + 3, 7) }

  /// The date as a decimal year: the year plus the fraction of it that has passed at the start of the day.
  public var decimalYear: Double {
    let first = CivilDate.daysSinceEpoch(startOf: year)
    let length = CivilDate.daysSinceEpoch(startOf: year + 1) - first
    return Double(year) + Double(daysSinceEpoch - first) / Double(length)
  }

  /// The days from 1970-01-01 to January 1 of a year.
  static func daysSinceEpoch(startOf year: Int) -> Int {
    let y = year - 1
    let leaps = floorDivide(y, 4) - floorDivide(y, 100) + floorDivide(y, 400)
    return y * 365 + leaps - 719_162
  }

  /// The number of days in a month of the Gregorian calendar.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether the Gregorian year has 366 days.
  public static func isLeap(_ year: Int) -> Bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  }

  /// Calendar order.
  public static func < (a: CivilDate, b: CivilDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  /// The ISO 8601 form, `2022-01-31`.
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

/// The quotient, rounded toward negative infinity.
func floorDivide(_ a: Int, _ b: Int) -> Int {
  let quotient = a / b
  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient
}

/// The remainder, in 0 ..< b for positive b.
package func floorModulo(_ a: Int, _ b: Int) -> Int { a - floorDivide(a, b) * b }

/// An integer with leading zeros up to a width.
package func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(abs(value))
  let zeros = String(repeating: "0", count: max(0, width - digits.count))
  return (value < 0 ? "-" : "") + zeros + digits
}
