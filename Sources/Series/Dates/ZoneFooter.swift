/// The rule for daylight saving after the last listed change, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX, section 8.3).
struct ZoneFooter {
  private let standard: Int
  private let summer: Int
  private let begin: Day?
  private let end: Day?

  /// A day of the year and the local second at which clocks change.
  private struct Day {
    var month = 0
    /// 1…5, 5 for the last.
    var week = 0
    /// Sunday is 0; for a day of the year, its number.
    var day = 0
    var second = 7200
    /// Whether days are counted from January 1, and whether February 29 counts.
    var julian: Bool?

    func local(_ year: Int) -> Int {
      let start = CivilDate.daysSinceEpoch(startOf: year)
      if let julian {
        let leap = julian && CivilDate.isLeap(year) && day >= 60
        return (start + day - (julian ? 1 : 0) + (leap ? 1 : 0)) * 86_400 + second
      }
      guard let first = CivilDate(year: year, month: month, day: 1) else { return start * 86_400 }
      let length = CivilDate.daysInMonth(year: year, month: month)
      var place = 1 + floorModulo(day - 1 - first.weekday, 7) + 7 * (week - 1)
      while place > length { place -= 7 }
      return (first.daysSinceEpoch + place - 1) * 86_400 + second
    }
  }

  /// Parses a rule; `nil` if it is not one.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard ZoneFooter.skipName(&rest), let west = ZoneFooter.time(&rest) else { return nil }
    standard = -west
    guard !rest.isEmpty else {
      (summer, begin, end) = (-west, nil, nil)
      return
    }
    guard ZoneFooter.skipName(&rest) else { return nil }
    var ahead = -west + 3600
    if let next = rest.first, next != UInt8(ascii: ",") {
      guard let given = ZoneFooter.time(&rest) else { return nil }
      ahead = -given
    }
    summer = ahead
    guard let begin = ZoneFooter.day(&rest), let end = ZoneFooter.day(&rest), rest.isEmpty else { return nil }
    (self.begin, self.end) = (begin, end)
  }

  /// The seconds that clocks are ahead of UTC.
  func offset(at second: Int) -> Int {
    guard let begin, let end else { return standard }
    let year = CivilDate(daysSinceEpoch: floorDivide(second + standard, 86_400)).year
    let (from, to) = (begin.local(year) - standard, end.local(year) - summer)
    let isSummer = from < to ? second >= from && second < to : second >= from || second < to
    return isSummer ? summer : standard
  }

  private static func skipName(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let count: Int
    if rest.first == UInt8(ascii: "<") {
      guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      count = close - rest.startIndex + 1
    } else {
      count = rest.prefix { $0 >= 65 && $0 <= 90 || $0 >= 97 && $0 <= 122 }.count
    }
    rest = rest.dropFirst(count)
    return count >= 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private static func time(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard var total = number(&rest).map({ $0 * 3600 }) else { return nil }
    for unit in [60, 1] where rest.first == UInt8(ascii: ":") {
      rest = rest.dropFirst()
      guard let part = number(&rest) else { return nil }
      total += part * unit
    }
    return isNegative ? -total : total
  }

  /// `,Mm.w.d[/time]`, `,Jn[/time]` or `,n[/time]`.
  private static func day(_ rest: inout ArraySlice<UInt8>) -> Day? {
    guard rest.first == UInt8(ascii: ",") else { return nil }
    rest = rest.dropFirst()
    var day = Day()
    if rest.first == UInt8(ascii: "M") {
      var parts: [Int] = []
      for _ in 0..<3 {
        rest = rest.dropFirst()
        guard let part = number(&rest) else { return nil }
        parts.append(part)
      }
      guard (1...12).contains(parts[0]), (1...5).contains(parts[1]), parts[2] <= 6 else { return nil }
      (day.month, day.week, day.day) = (parts[0], parts[1], parts[2])
    } else {
      day.julian = rest.first == UInt8(ascii: "J")
      if day.julian == true { rest = rest.dropFirst() }
      guard let number = number(&rest), number <= 366 else { return nil }
      day.day = number
    }
    if rest.first == UInt8(ascii: "/") {
      rest = rest.dropFirst()
      guard let second = time(&rest) else { return nil }
      day.second = second
    }
    return day
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let digits = rest.prefix { $0 >= 48 && $0 <= 57 }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
