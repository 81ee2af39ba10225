/// One base period of a calendar: the year 2022, the month 2022-01, the third hour of a day, the index 7.
///
/// A period is a frequency and an ordinal; arithmetic is exact integer arithmetic on the ordinal. Business days are
/// Monday to Friday; weeks are ISO 8601 weeks, named by the year of their Thursday.
public struct Period: Sendable, Hashable, Comparable, Codable {
  /// The calendar the period belongs to.
  public let frequency: Frequency
  /// The number of base periods since the frequency's origin (year 0, week of 1970-01-05, 1970-01-01 00h, index 0).
  public let ordinal: Int

  /// The period with a given ordinal.
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

  /// The half-year 1 or 2 of a year.
  public static func half(_ year: Int, _ half: Int) -> Period {
    precondition((1...2).contains(half), "a half-year is 1 or 2")
    return Period(.half, ordinal: year * 2 + half - 1)
  }

  /// The quarter 1…4 of a year.
  public static func quarter(_ year: Int, _ quarter: Int) -> Period {
    precondition((1...4).contains(quarter), "a quarter is 1…4")
    return Period(.quarter, ordinal: year * 4 + quarter - 1)
  }

  /// The month 1…12 of a year.
  public static func month(_ year: Int, _ month: Int) -> Period {
    precondition((1...12).contains(month), "a month is 1…12")
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

  /// The hour 0…23 of a calendar date.
  public static func hour(_ date: CivilDate, _ hour: Int) -> Period {
    precondition((0...23).contains(hour), "an hour is 0…23")
    return Period(.hour, ordinal: date.daysSinceEpoch * 24 + hour)
  }

  /// The business day of a calendar date; `nil` on Saturday and Sunday.
  public static func businessDay(_ date: CivilDate) -> Period? {
    guard date.weekday < 5 else { return nil }
    let week = floorDivide(date.daysSinceEpoch - 4, 7)
    return Period(.businessDay, ordinal: week * 5 + date.weekday)
  }

  /// The period `count` base periods later (earlier when negative).
  public func advanced(by count: Int) -> Period { Period(frequency, ordinal: ordinal + count) }

  /// The number of base periods from this one to another of the same frequency.
  public func distance(to other: Period) -> Int {
    precondition(frequency == other.frequency, "periods of different frequencies have no distance")
    return other.ordinal - ordinal
  }

  /// The period `count` base periods later.
  public static func + (period: Period, count: Int) -> Period { period.advanced(by: count) }

  /// The period `count` base periods earlier.
  public static func - (period: Period, count: Int) -> Period { period.advanced(by: -count) }

  /// Calendar order within one frequency.
  public static func < (a: Period, b: Period) -> Bool {
    precondition(a.frequency == b.frequency, "periods of different frequencies have no order")
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

  /// The number of days the period covers; `nil` for an integer index and for an hour.
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

  /// The calendar year that the period starts in (a week: the year of its Thursday; an index: the index itself).
  public var calendarYear: Int {
    switch frequency {
    case .index, .year: ordinal
    case .week: CivilDate(daysSinceEpoch: ordinal * 7 + 7).year
    default: firstDay?.year ?? ordinal
    }
  }

  /// The start of the period as a decimal year, months as twelfths (2022-07 is 2022.5); an index is itself.
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

  /// The place 0 ..< m of the period in a seasonal cycle of m periods (January is 0 for months with m = 12).
  public func season(of cycle: Int) -> Int { floorModulo(ordinal, max(1, cycle)) }
}
