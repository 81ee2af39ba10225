/// A day on which a holiday is kept.
public struct Holiday: Sendable, Hashable {
  /// The name of the holiday, in English.
  public let name: String
  /// The day.
  public let date: CivilDate
  /// Whether it is a working day given in place of a holiday that falls on a weekend or on another holiday.
  public let isSubstitute: Bool

  /// A day of a holiday.
  public init(_ name: String, _ date: CivilDate, isSubstitute: Bool = false) {
    self.name = name
    self.date = date
    self.isSubstitute = isSubstitute
  }
}

/// The national holidays of a country, by rule.
///
/// Fixed dates, weekdays of a month, Easter (Western and Orthodox), the Chinese calendar (from 1970 to 2098), equinoxes, and days in place of those on
/// a weekend are exact under the law of today, with changes of the last decades where the rules give years. Islamic holidays follow the
/// tabular calendar and Hindu ones the moon: both can be a day or two off what is announced. China's and Russia's transferred working days are
/// those of the published decrees of 2010 to 2026 (Russia: 2027); later years have none. Holidays of regions, half-days, elections and days of mourning are not included.
///
/// ```swift
/// let days = try HolidayCalendar(named: "CN").holidays(in: 2024...2026)
/// ```
public struct HolidayCalendar: Sendable {
  /// The code: two letters of ISO 3166, or `RETAIL` for days of shopping.
  public let code: String
  /// The name of the country.
  public let country: String
  let rules: [HolidayRule]

  /// The calendar of a code, in any case.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest code.
  public init(named code: String) throws(ForecastError) {
    let wanted = code.uppercased()
    guard let text = HolidayCalendar.texts[wanted] else {
      throw .unknownName(
        kind: "holiday calendar", name: code, nearest: nearestName(to: wanted, among: HolidayCalendar.codes))
    }
    var lines = text.split(separator: "\n").map { CSVTable.trimmed(String($0)) }
    self.code = wanted
    country = lines.removeFirst()
    rules = lines.compactMap { HolidayRule($0) }
  }

  /// The codes of the built-in calendars, in order.
  public static let codes: [String] = texts.keys.sorted()

  private static let texts = europe.merging(americas) { own, _ in own }
    .merging(asiaAndPacific) { own, _ in own }.merging(africaAndWest) { own, _ in own }

  /// The names of the holidays, in the order of the rules, each once.
  public var names: [String] {
    var seen: Set<String> = []
    var names = rules.map(\.name).filter { seen.insert($0).inserted }
    if WorkingDays.decrees[code] != nil { names += [WorkingDays.dayOff, WorkingDays.workday] }
    return names
  }

  /// The holidays of years, in time order; a day can have several.
  ///
  /// Weekends that are worked in exchange are not among them.
  public func holidays(in years: ClosedRange<Int>) -> [Holiday] {
    var found: [Holiday] = []
    // A substitute can fall into the year after.
    for year in (years.lowerBound - 1)...(years.upperBound + 1) { found += holidays(of: year) }
    return found.filter { years.contains($0.date.year) }.sorted {
      ($0.date, $0.name) < ($1.date, $1.name)
    }
  }

  /// The weekends of years that are worked, by decree, in exchange for days off.
  public func workedWeekends(in years: ClosedRange<Int>) -> [CivilDate] {
    guard let decrees = WorkingDays.decrees[code] else { return [] }
    return decrees.keys.filter { years.contains($0) }.sorted().flatMap { year in
      WorkingDays.dates(decrees[year]?.work ?? "", year: year)
    }
  }

  /// The holidays that the rules of one year give, their substitutes included.
  private func holidays(of year: Int) -> [Holiday] {
    var days: [(day: Int, rule: HolidayRule)] = []
    for rule in rules where rule.applies(in: year) {
      days += rule.days(in: year).map { (day: $0, rule: rule) }
    }
    days.sort { ($0.day, $0.rule.name) < ($1.day, $1.rule.name) }
    var taken = Set(days.map(\.day))
    var found = days.map { Holiday($0.rule.name, CivilDate(daysSinceEpoch: $0.day)) }
    if rules.contains(where: \.isBridge) { found += bridges(&taken) }
    for entry in days {
      let isDouble = days.count { $0.day == entry.day } > 1
      guard let day = entry.rule.substitute(of: entry.day, in: year, isDouble: isDouble, taken: taken) else {
        continue
      }
      taken.insert(day)
      found.append(Holiday(entry.rule.name, CivilDate(daysSinceEpoch: day), isSubstitute: true))
    }
    for day in WorkingDays.dates(WorkingDays.decrees[code]?[year]?.off ?? "", year: year) {
      found.append(Holiday(WorkingDays.dayOff, day, isSubstitute: true))
    }
    return found
  }

  /// The working days between two holidays, which are holidays in some countries.
  private func bridges(_ taken: inout Set<Int>) -> [Holiday] {
    let between = taken.filter { day in
      taken.contains(day + 2) && !taken.contains(day + 1)
        && CivilDate(daysSinceEpoch: day + 1).weekday != 6
    }
    return between.sorted().map { day in
      taken.insert(day + 1)
      return Holiday("Bridge Day", CivilDate(daysSinceEpoch: day + 1))
    }
  }
}
