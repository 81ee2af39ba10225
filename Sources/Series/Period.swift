/// One base period of a calendar, such as the year 2022, the month 2022-01, an hour of a day, or the index 7.
///
/// A period consists of a frequency and an ordinal, and its arithmetic is exact integer arithmetic on the ordinal. Business days are
/// Monday to Friday. Weeks are ISO 8601 weeks, which belong to the year of their Thursday.
public struct Period: Sendable, Hashable, Comparable, Codable {
  /// The length of the period.
  public let frequency: Frequency
  /// The number of base periods since the origin of the frequency (year 0, the week of 1970-01-05, 1970-01-01T00, index 0).
  public let ordinal: Int

  /// Creates the period with a given ordinal.
  public init(_ frequency: Frequency, ordinal: Int) {
    self.frequency = frequency
    self.ordinal = ordinal
  }

  private enum CodingKeys: String, CodingKey { case frequency, ordinal }

  /// Reads a period.
  ///
  /// - Throws: `DecodingError` for one so far away that dates about it overflow.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    frequency = try container.decode(Frequency.self, forKey: .frequency)
    ordinal = try container.decode(Int.self, forKey: .ordinal)
    guard (-(1 << 55)...(1 << 55)).contains(ordinal) else {
      throw DecodingError.dataCorruptedError(
        forKey: .ordinal, in: container, debugDescription: "is outside the calendar")
    }
  }

  /// The calendar year.
  public static func year(_ year: Int) -> Period { Period(.year, ordinal: year) }

  /// Half-year 1 or 2 of a year.
  public static func half(_ year: Int, _ half: Int) -> Period {
    precondition((1...2).contains(half), "a half-year must be 1 or 2")
    return Period(.half, ordinal: year * 2 + half - 1)
  }

  /// Quarter 1 to 4 of a year.
  public static func quarter(_ year: Int, _ quarter: Int) -> Period {
    precondition((1...4).contains(quarter), "a quarter must be 1 to 4")
    return Period(.quarter, ordinal: year * 4 + quarter - 1)
  }

  /// Month 1 to 12 of a year.
  public static func month(_ year: Int, _ month: Int) -> Period {
    precondition((1...12).contains(month), "a month must be 1 to 12")
    return Period(.month, ordinal: year * 12 + month - 1)
  }

  /// The day of a calendar date.
  public static func day(_ date: CivilDate) -> Period { Period(.day, ordinal: date.daysSinceEpoch) }

  /// The integer index.
  public static func index(_ index: Int) -> Period { Period(.index, ordinal: index) }

  /// The ISO week that contains a calendar date.
  public static func week(containing date: CivilDate) -> Period {
    Period(.week, ordinal: floorDivide(date.daysSinceEpoch - 4, 7))
  }

  /// Hour 0 to 23 of a calendar date.
  public static func hour(_ date: CivilDate, _ hour: Int) -> Period {
    precondition((0...23).contains(hour), "an hour must be 0 to 23")
    return Period(.hour, ordinal: date.daysSinceEpoch * 24 + hour)
  }

  /// The business day of a calendar date; `nil` on Saturdays and Sundays.
  public static func businessDay(_ date: CivilDate) -> Period? {
    guard date.weekday < 5 else { return nil }
    let week = floorDivide(date.daysSinceEpoch - 4, 7)
    return Period(.businessDay, ordinal: week * 5 + date.weekday)
  }

  /// Returns the period `count` base periods later, or earlier if `count` is negative.
  public func advanced(by count: Int) -> Period { Period(frequency, ordinal: ordinal + count) }

  /// Returns the number of base periods from this one to another.
  ///
  /// - Precondition: Both periods have the same frequency.
  public func distance(to other: Period) -> Int {
    precondition(
      frequency == other.frequency, "the distance between periods of different frequencies is not defined")
    return other.ordinal - ordinal
  }

  /// The period `count` base periods later.
  public static func + (period: Period, count: Int) -> Period { period.advanced(by: count) }

  /// The period `count` base periods earlier.
  public static func - (period: Period, count: Int) -> Period { period.advanced(by: -count) }

  /// Whether a period comes before another.
  ///
  /// - Precondition: Both periods have the same frequency.
  public static func < (a: Period, b: Period) -> Bool {
    precondition(a.frequency == b.frequency, "the order of periods of different frequencies is not defined")
    return a.ordinal < b.ordinal
  }
}

extension Period {
  /// The first day of the period; `nil` for an integer index.
  public var firstDay: CivilDate? {
    switch frequency {
    case .year: CivilDate(year: ordinal, month: 1, day: 1)
    case .half:
      CivilDate(year: floorDivide(ordinal, 2), month: floorModulo(ordinal, 2) * 6 + 1, day: 1)
    case .quarter:
      CivilDate(year: floorDivide(ordinal, 4), month: floorModulo(ordinal, 4) * 3 + 1, day: 1)
    case .month:
      CivilDate(year: floorDivide(ordinal, 12), month: floorModulo(ordinal, 12) + 1, day: 1)
    case .week: CivilDate(daysSinceEpoch: ordinal * 7 + 4)
    case .day: CivilDate(daysSinceEpoch: ordinal)
    case .hour: CivilDate(daysSinceEpoch: floorDivide(ordinal, 24))
    case .businessDay:
      CivilDate(daysSinceEpoch: floorDivide(ordinal, 5) * 7 + 4 + floorModulo(ordinal, 5))
    case .index: nil
    }
  }

  /// The number of days in the period; `nil` for an integer index and for an hour.
  public var days: Int? {
    switch frequency {
    case .index, .hour: return nil
    case .businessDay, .day: return 1
    case .week: return 7
    case .year, .half, .quarter, .month:
      guard let first = firstDay, let next = advanced(by: 1).firstDay else { return nil }
      return next.daysSinceEpoch - first.daysSinceEpoch
    }
  }

  /// The calendar year in which the period starts; for a week, the year of its Thursday; for an index, the index itself.
  public var calendarYear: Int {
    switch frequency {
    case .index, .year: ordinal
    case .week: CivilDate(daysSinceEpoch: ordinal * 7 + 7).year
    default: firstDay?.year ?? ordinal
    }
  }

  /// The start of the period as a decimal year, with months as twelfths (2022-07 is 2022.5); for an index, the index itself.
  public var decimalYear: Double {
    if let perYear = frequency.periodsPerYear { return Double(ordinal) / Double(perYear) }
    switch frequency {
    case .index: return Double(ordinal)
    case .hour:
      let day = firstDay?.decimalYear ?? 0
      return day + Double(floorModulo(ordinal, 24)) / (24 * 365.2425)
    default: return firstDay?.decimalYear ?? Double(ordinal)
    }
  }

  /// Returns the position 0 ..< m of the period in a seasonal cycle of m periods (0 for January if m is 12).
  public func season(of cycle: Int) -> Int { floorModulo(ordinal, max(1, cycle)) }

  /// The period of a frequency that contains a date; `nil` for an index, and for a business day on a weekend.
  static func containing(_ date: CivilDate, _ frequency: Frequency) -> Period? {
    switch frequency {
    case .year: .year(date.year)
    case .half: .half(date.year, (date.month + 5) / 6)
    case .quarter: .quarter(date.year, (date.month + 2) / 3)
    case .month: .month(date.year, date.month)
    case .week: .week(containing: date)
    case .day: .day(date)
    case .hour: .hour(date, 0)
    case .businessDay: .businessDay(date)
    case .index: nil
    }
  }
}

extension Period: CustomStringConvertible {
  /// The text of the period: `2022`, `2022-H1`, `2022-Q1`, `2022-01`, `2022-W05`, `2022-01-31`, `2022-01-31T07`, `17`.
  public var description: String {
    switch frequency {
    case .year: return padded(ordinal, 4)
    case .half: return "\(padded(floorDivide(ordinal, 2), 4))-H\(floorModulo(ordinal, 2) + 1)"
    case .quarter: return "\(padded(floorDivide(ordinal, 4), 4))-Q\(floorModulo(ordinal, 4) + 1)"
    case .month:
      return "\(padded(floorDivide(ordinal, 12), 4))-\(padded(floorModulo(ordinal, 12) + 1, 2))"
    case .week:
      let year = calendarYear
      let first = Period.weekOne(of: year)
      return "\(padded(year, 4))-W\(padded(ordinal - first + 1, 2))"
    case .day, .businessDay: return firstDay?.description ?? String(ordinal)
    case .hour: return "\(firstDay?.description ?? "")T\(padded(floorModulo(ordinal, 24), 2))"
    case .index: return String(ordinal)
    }
  }

  /// The ordinal of the first ISO week of a year, the week of January 4.
  static func weekOne(of year: Int) -> Int {
    floorDivide(CivilDate.daysSinceEpoch(startOf: year) + 3 - 4, 7)
  }
}
