/// A holiday as a line of text: `Name | dates | substitute | years`.
///
/// Dates, separated by spaces, are `12-25`, `12-11..12-24`, `2022-06-03`, `mon3/01` (the third Monday of January), `monlast/05`, `mon>=06-20`, `mon<=05-24`,
/// `easter@-2`, `orthodox@+1`, `lunar08-15` and `hijri10-01` (month and day), `moon10-17` (the first new moon from that date on), `qingming`, `vernal` and `autumnal`;
/// `@` adds days. Substitutes are `next` (of a weekend the next free working day), `nearest` (of Saturday the Friday, of Sunday the Monday), `sunday` (of Sunday
/// alone), `double` (of Sunday, and of a day that is another holiday) and `any` (of a weekend, and of such a day), each with years, as in `next@2021..`.
struct HolidayRule: Sendable {
  /// How a holiday on a weekend gets another day.
  enum Substitute: String {
    case next, nearest, sunday, double, any
  }

  let name: String
  private let dates: [HolidayDate]
  private let shift: (kind: Substitute, years: [ClosedRange<Int>])?
  private let years: [ClosedRange<Int>]
  /// Whether the line says that working days between two holidays are holidays.
  let isBridge: Bool

  /// The rule of a line; `nil` for text that is none.
  init?(_ line: String) {
    let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
      CSVTable.trimmed(String($0))
    }
    guard fields.count >= 2, fields.count <= 4 else { return nil }
    name = fields[0]
    isBridge = fields[1] == "bridge"
    let texts = isBridge ? [] : fields[1].split(separator: " ").map(String.init)
    dates = texts.compactMap { HolidayDate($0) }
    guard dates.count == texts.count else { return nil }
    if fields.count > 2, !fields[2].isEmpty {
      let parts = fields[2].split(separator: "@").map(String.init)
      guard let kind = Substitute(rawValue: parts[0]),
        let years = HolidayRule.ranges(parts.count > 1 ? parts[1] : "")
      else { return nil }
      shift = (kind, years)
    } else {
      shift = nil
    }
    guard let years = HolidayRule.ranges(fields.count > 3 ? fields[3] : "") else { return nil }
    self.years = years
  }

  /// Ranges such as `..2019 2021.. 2024`; everything if there are none, `nil` for text that is none.
  private static func ranges(_ text: String) -> [ClosedRange<Int>]? {
    if text.isEmpty { return [-9999...9999] }
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: " ") {
      let ends = part.split(separator: "..", omittingEmptySubsequences: false)
      let first = ends[0].isEmpty ? -9999 : Int(ends[0])
      let last = ends.count < 2 ? first : ends[1].isEmpty ? 9999 : Int(ends[1])
      guard ends.count <= 2, let first, let last, first <= last else { return nil }
      ranges.append(first...last)
    }
    return ranges
  }

  /// Whether the holiday is kept in a year.
  func applies(in year: Int) -> Bool { years.contains { $0.contains(year) } }

  /// The days of the holiday in a year, counted from 1970-01-01.
  func days(in year: Int) -> [Int] { dates.flatMap { $0.days(in: year) } }

  /// The day given in place of one; `nil` if there is none.
  func substitute(of day: Int, in year: Int, isDouble: Bool, taken: Set<Int>) -> Int? {
    guard let shift, shift.years.contains(where: { $0.contains(year) }) else { return nil }
    let weekday = CivilDate(daysSinceEpoch: day).weekday
    func nextFree(skippingSaturdays: Bool) -> Int {
      var next = day + 1
      while taken.contains(next) || CivilDate(daysSinceEpoch: next).weekday == 6
        || skippingSaturdays && CivilDate(daysSinceEpoch: next).weekday == 5
      {
        next += 1
      }
      return next
    }
    switch shift.kind {
    case .next: return weekday >= 5 ? nextFree(skippingSaturdays: true) : nil
    case .nearest:
      guard weekday >= 5 else { return nil }
      return weekday == 5 ? day - 1 : day + 1
    case .sunday: return weekday == 6 ? nextFree(skippingSaturdays: false) : nil
    case .any: return weekday >= 5 || isDouble ? nextFree(skippingSaturdays: true) : nil
    case .double: return weekday == 6 || isDouble ? nextFree(skippingSaturdays: true) : nil
    }
  }
}

/// The date of a holiday in any year.
struct HolidayDate: Sendable {
  private enum Kind: Sendable {
    case fixed(Int, Int)
    case range((Int, Int), (Int, Int))
    case once(CivilDate)
    case nth(weekday: Int, place: Int, month: Int)
    case from(weekday: Int, Int, Int)
    case until(weekday: Int, Int, Int)
    case easter, orthodox, qingming, vernal, autumnal
    case lunar(Int, Int)
    case hijri(Int, Int)
    case moon(Int, Int)
  }

  private let kind: Kind
  private let offset: Int

  /// The date written as the parts of a rule are; `nil` for any other text.
  init?(_ text: String) {
    let parts = text.split(separator: "@").map(String.init)
    let offset = parts.count > 1 ? Int(parts[1]) : 0
    guard parts.count <= 2, let offset, let kind = HolidayDate.kind(parts[0]) else { return nil }
    self.kind = kind
    self.offset = offset
  }

  private static func kind(_ text: String) -> Kind? {
    switch text {
    case "easter": return .easter
    case "orthodox": return .orthodox
    case "qingming": return .qingming
    case "vernal": return .vernal
    case "autumnal": return .autumnal
    default: break
    }
    for (prefix, make) in [
      ("lunar", { Kind.lunar($0, $1) }), ("hijri", { Kind.hijri($0, $1) }), ("moon", { Kind.moon($0, $1) }),
    ] where text.hasPrefix(prefix) {
      // "mon" begins a weekday, "moon" a new moon.
      return monthDay(text.dropFirst(prefix.count)).map { make($0.0, $0.1) }
    }
    if let weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].firstIndex(where: text.hasPrefix) {
      let rest = text.dropFirst(3)
      if rest.hasPrefix(">=") {
        return monthDay(rest.dropFirst(2)).map { .from(weekday: weekday, $0.0, $0.1) }
      }
      if rest.hasPrefix("<=") {
        return monthDay(rest.dropFirst(2)).map { .until(weekday: weekday, $0.0, $0.1) }
      }
      let parts = rest.split(separator: "/")
      guard parts.count == 2, let month = Int(parts[1]), (1...12).contains(month) else { return nil }
      guard let place = parts[0] == "last" ? -1 : Int(parts[0]), place == -1 || (1...4).contains(place) else {
        return nil
      }
      return .nth(weekday: weekday, place: place, month: month)
    }
    if text.count == 10, let date = WorkingDays.date(text) { return .once(date) }
    let ends = text.split(separator: "..").map { monthDay($0) }
    if ends.count == 2, let first = ends[0], let last = ends[1] { return .range(first, last) }
    return monthDay(text[...]).map { .fixed($0.0, $0.1) }
  }

  private static func monthDay(_ text: Substring) -> (Int, Int)? {
    let parts = text.split(separator: "-")
    guard parts.count == 2, let month = Int(parts[0]), let day = Int(parts[1]), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    return (month, day)
  }

  /// The days in a year, counted from 1970-01-01; none where the year has no such day or the calendar is not known.
  func days(in year: Int) -> [Int] { origin(in: year).map { $0 + offset } }

  private func origin(in year: Int) -> [Int] {
    func day(_ month: Int, _ day: Int) -> Int? {
      CivilDate(year: year, month: month, day: day)?.daysSinceEpoch
    }
    func firstFrom(_ start: Int, _ weekday: Int) -> Int {
      start + floorModulo(weekday - CivilDate(daysSinceEpoch: start).weekday, 7)
    }
    switch kind {
    case .fixed(let month, let number): return [day(month, number)].compactMap(\.self)
    case .range(let first, let last):
      guard let start = day(first.0, first.1), let end = day(last.0, last.1), start <= end else { return [] }
      return Array(start...end)
    case .once(let date): return date.year == year ? [date.daysSinceEpoch] : []
    case .nth(let weekday, let place, let month):
      guard let start = day(month, 1) else { return [] }
      guard place < 0 else { return [firstFrom(start, weekday) + 7 * (place - 1)] }
      let last = start + CivilDate.daysInMonth(year: year, month: month) - 1
      return [last - floorModulo(CivilDate(daysSinceEpoch: last).weekday - weekday, 7)]
    case .from(let weekday, let month, let number):
      return day(month, number).map { [firstFrom($0, weekday)] } ?? []
    case .until(let weekday, let month, let number):
      guard let end = day(month, number) else { return [] }
      return [end - floorModulo(CivilDate(daysSinceEpoch: end).weekday - weekday, 7)]
    case .easter: return [MovableFeasts.easter(year)]
    case .orthodox: return [MovableFeasts.orthodoxEaster(year)]
    case .qingming: return day(4, MovableFeasts.qingming(year)).map { [$0] } ?? []
    case .vernal: return day(3, MovableFeasts.vernalEquinox(year)).map { [$0] } ?? []
    case .autumnal: return day(9, MovableFeasts.autumnalEquinox(year)).map { [$0] } ?? []
    case .lunar(let month, let number):
      return [ChineseYear(year)?.day(month: month, number)].compactMap(\.self)
    case .hijri(let month, let number): return MovableFeasts.hijri(month, number, in: year)
    case .moon(let month, let number):
      guard let start = day(month, number) else { return [] }
      let moons = [year - 1, year].compactMap { ChineseYear($0) }.flatMap(\.monthStarts)
      return moons.first { $0 >= start }.map { [$0] } ?? []
    }
  }
}
