/// Holidays as external variables: for each, the share of a period's days on which it is kept.
///
/// A day of days or shorter periods has 1 or 0, a month with three days of a holiday 3/31. With `before` and `after`, the days next to a holiday are variables
/// of their own, `CN Spring Festival -1`.
public struct HolidayColumns: Sendable, Equatable, Codable {
  /// The codes of the calendars.
  public let calendars: [String]
  /// The days before each holiday that have variables.
  public let before: Int
  /// The days after each holiday that have variables.
  public let after: Int

  /// The longest window on one side, in days.
  public static let longestWindow = 14

  /// The holidays of some calendars.
  ///
  /// - Throws: `ForecastError.unknownName` for a calendar that is not built in, `.invalidOption` for none, for one given twice and for windows outside 0 … 14 days.
  public init(_ calendars: [String], before: Int = 0, after: Int = 0) throws(ForecastError) {
    let codes = try calendars.map { code throws(ForecastError) in try HolidayCalendar(named: code).code }
    guard !codes.isEmpty, Set(codes).count == codes.count else {
      throw .invalidOption(
        name: "holidays", value: calendars.joined(separator: "+"),
        reason: "needs calendars such as CN+RU, each once")
    }
    for (name, days) in [("before", before), ("after", after)] {
      guard (0...HolidayColumns.longestWindow).contains(days) else {
        throw .invalidOption(
          name: name, value: "\(days)", reason: "must be from 0 to \(HolidayColumns.longestWindow) days")
      }
    }
    self.calendars = codes
    self.before = before
    self.after = after
  }

  /// The names of the variables.
  public var names: [String] {
    calendars.flatMap { code -> [String] in
      guard let calendar = try? HolidayCalendar(named: code) else { return [] }
      return calendar.names.flatMap { name in
        let windows = name == WorkingDays.dayOff || name == WorkingDays.workday ? [] : offsets
        return ["\(code) \(name)"] + windows.map { "\(code) \(name) \($0 < 0 ? "" : "+")\($0)" }
      }
    }
  }

  private var offsets: [Int] { (0..<before).reversed().map { -$0 - 1 } + (0..<after).map { $0 + 1 } }

  /// The variables over the periods of a span.
  ///
  /// Cost: O(periods × variables).
  ///
  /// - Throws: `ForecastError.invalidOption` for plain integers, which have no days, and for years outside 1900 … 2200.
  public func regressors(over span: PeriodSpan) throws(ForecastError) -> Regressors {
    let first = span.first
    guard let start = first.firstDay, let last = span.last.firstDay else {
      throw .invalidOption(
        name: "holidays", value: calendars.joined(separator: "+"), reason: "need periods of a calendar")
    }
    let years = (start.year - 1)...(last.year + 1)
    guard years.lowerBound >= 1899, years.upperBound <= 2201 else {
      throw .invalidOption(
        name: "holidays", value: calendars.joined(separator: "+"),
        reason: "are known for the years 1900 to 2200, not for \(span)")
    }
    var days: [String: Set<Int>] = [:]
    for code in calendars {
      let calendar = try HolidayCalendar(named: code)
      for holiday in calendar.holidays(in: years) {
        days["\(code) \(holiday.name)", default: []].insert(holiday.date.daysSinceEpoch)
      }
      days["\(code) \(WorkingDays.workday)"] = Set(
        calendar.workedWeekends(in: years).map(\.daysSinceEpoch))
    }
    for (name, own) in days where !name.hasSuffix(WorkingDays.dayOff) && !name.hasSuffix(WorkingDays.workday)
    {
      for offset in offsets {
        let side = offset < 0 ? 1 : -1
        // The days on that side of a run of holidays, each in the window of the nearest.
        let edge = own.filter { !own.contains($0 - side) }
        days["\(name) \(offset < 0 ? "" : "+")\(offset)"] = Set(edge.map { $0 + offset }).subtracting(own)
      }
    }
    let bounds = (0..<span.count).map { place -> Range<Int> in
      let period = first + place
      let from = period.firstDay?.daysSinceEpoch ?? 0
      return from..<(from + max(period.days ?? 1, 1))
    }
    let names = self.names
    let columns = names.map { name -> [Double] in
      guard let own = days[name]?.sorted(), !own.isEmpty else {
        return [Double](repeating: 0, count: bounds.count)
      }
      var next = 0
      return bounds.map { range in
        while next < own.count, own[next] < range.lowerBound { next += 1 }
        var place = next
        while place < own.count, own[place] < range.upperBound { place += 1 }
        return Double(place - next) / Double(range.count)
      }
    }
    return try Regressors(names: names, columns: columns, start: first)
  }
}
