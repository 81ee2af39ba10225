/// How the written periods of one table are read: the order of day and month, fiscal years, the time zone.
///
/// The whole table decides, so that no row is read otherwise than its neighbors.
struct PeriodStyle {
  private(set) var order = DateOrder.dmy
  private(set) var readsFiscalYears = false
  private(set) var remarks: [PeriodRemark] = []
  private let zone: ZoneRules?

  /// Decides how periods are read.
  ///
  /// - Parameters:
  ///   - columns: The periods of each series as they are written, in the order of the rows; `nil` for a text that is not a period.
  ///   - frequency: The frequency, if it is named.
  /// - Throws: `ForecastError.data` without a place for dates that can be read in two ways, `.invalidOption` for an unknown zone.
  init(
    _ columns: [[WrittenSpan?]], _ options: DateOptions, frequency: Frequency?
  ) throws(ForecastError) {
    zone = try options.zone.map { name throws(ForecastError) in try ZoneRules(named: name) }
    try decideOrder(columns, options.order)
    try decideShortYears(columns)
    decideFiscalYears(columns)
    if frequency != .index { try decidePairs(columns) }
    let written = columns.joined().lazy.compactMap { $0?.first }
    if zone == nil, written.contains(where: { if case .time(_, true) = $0 { true } else { false } }) {
      remarks.append(.utc)
    }
  }

  /// Creates the style of tables whose periods have the plain forms only.
  init() { zone = nil }

  // MARK: Decisions

  /// Keeps the orders in which every date exists; among several, the one in which the dates follow a calendar.
  private mutating func decideOrder(_ columns: [[WrittenSpan?]], _ named: DateOrder?) throws(ForecastError) {
    let numbers = columns.map { column in
      column.compactMap { span -> NumberedDate? in
        if case .numbers(let numbers)? = span?.first { numbers } else { nil }
      }
    }.filter { !$0.isEmpty }
    let all = Array(numbers.joined())
    guard let example = all.first(where: { $0.first != $0.second }) ?? all.first else { return }
    let possible = all.reduce(Set(DateOrder.allCases)) { $0.intersection($1.orders) }
    func valid(_ order: DateOrder) -> Int { all.count { $0.date(order) != nil } }
    let most = possible.map(valid).max() ?? 0
    var kept = named.map { [$0] } ?? DateOrder.allCases.filter { possible.contains($0) && valid($0) == most }
    if kept.count > 1, let first = kept.first,
      kept.allSatisfy({ order in all.allSatisfy { $0.date(order) == $0.date(first) } })
    {
      kept = [first]
    }
    // Countries that write points write the day first.
    if kept.count > 1, all.allSatisfy(\.isDotted), kept.contains(.dmy) { kept = [.dmy] }
    // A few dates fit too many calendars.
    let long = numbers.filter { $0.count >= 6 }
    if kept.count > 1, !long.isEmpty {
      let densities = kept.map { order in
        PeriodStyle.density(long.map { $0.compactMap { $0.written(order) } })
      }
      if let best = densities.max(), best >= 0.75, densities.count(where: { $0 >= 0.5 }) == 1 {
        kept = zip(kept, densities).filter { $0.1 == best }.map(\.0)
      }
    }
    guard kept.count == 1, let order = kept.first else {
      let readings = kept.compactMap { order in example.date(order).map { "\($0) (\(order.words))" } }
      throw .data(
        DataFault(
          .ambiguousPeriod(
            example.text, readings: readings,
            option: "--date-order \(kept.map(\.rawValue).joined(separator: " or "))")))
    }
    self.order = order
    let others = possible.filter { $0 != order }
    let isCertain = named != nil || others.allSatisfy { valid($0) < all.count }
    if let date = example.date(order) {
      remarks.append(.order(order, text: example.text, date: date, isCertain: isCertain))
    }
  }

  /// Checks that months with two digits, such as `Jan-19`, can only have them as their year.
  private mutating func decideShortYears(_ columns: [[WrittenSpan?]]) throws(ForecastError) {
    let short = columns.map { column in
      column.compactMap { span -> (month: Int, year: Int)? in
        if case .shortYear(let month, let year)? = span?.first { (month, year) } else { nil }
      }
    }.filter { !$0.isEmpty }
    guard let example = short.first?.first else { return }
    let full = WrittenPeriod.fullYear(example.year)
    let text = "\(CivilDate.shortMonths[example.month - 1])-\(padded(example.year, 2))"
    // In a leap year every day of a month without a year exists.
    let days = short.map { $0.compactMap { CivilDate(year: 2000, month: $0.month, day: $0.year) } }
    let isOneNumber = short.joined().allSatisfy { $0.year == example.year }
    if !isOneNumber, days.map(\.count) == short.map(\.count) {
      let asYears = PeriodStyle.density(
        short.map { $0.map { .period(.month(WrittenPeriod.fullYear($0.year), $0.month)) } })
      let asDays = PeriodStyle.density(days.map { $0.map { .date($0) } })
      guard asYears >= 0.5, asYears > asDays, asDays < 0.75 else {
        throw .data(
          DataFault(
            .ambiguousPeriod(
              text,
              readings: [
                Period.month(full, example.month).description,
                "day \(example.year) of \(CivilDate.shortMonths[example.month - 1]) without a year",
              ], option: "years of four digits")))
      }
    }
    remarks.append(.shortYears(text: text, period: .month(full, example.month)))
  }

  /// Reads years such as 2010-11 as fiscal years if each row is one.
  private mutating func decideFiscalYears(_ columns: [[WrittenSpan?]]) {
    var example: (text: String, year: Int)?
    var (count, sawOther) = (0, false)
    for span in columns.joined() {
      guard let year = span.flatMap({ PeriodStyle.fiscalYear($0) }) else {
        sawOther = sawOther || span != nil
        continue
      }
      if case .fiscalYear? = span?.first { readsFiscalYears = true }
      example = example ?? ("\(padded(year, 4))/\(padded((year + 1) % 100, 2))", year)
      count += 1
    }
    // Years 2018/2019, 2019/2020 overlap, and months 2010-11, 2011-12 are 13 months apart: both are consecutive years.
    if !sawOther, count > 1 {
      readsFiscalYears =
        readsFiscalYears
        || columns.allSatisfy { column in
          let years = Set(column.compactMap { $0.flatMap { PeriodStyle.fiscalYear($0) } }).sorted()
          return years.count > 1 && zip(years, years.dropFirst()).allSatisfy { $1 - $0 == 1 }
        }
    }
    if readsFiscalYears, let example { remarks.append(.fiscalYears(text: example.text, year: example.year)) }
  }

  /// The year of a text that may be a fiscal year: `2023/24`, `2010-11`, `2018/2019`.
  private static func fiscalYear(_ span: WrittenSpan) -> Int? {
    switch (span.first, span.last) {
    case (.fiscalYear(let year), nil): year
    case (.integer(let year, 4), .integer(let next, 4)?) where next == year + 1: year
    case (.period(let month), nil)
    where month.frequency == .month
      && floorModulo(month.ordinal, 12) + 1 == (floorDivide(month.ordinal, 12) + 1) % 100:
      floorDivide(month.ordinal, 12)
    default: nil
    }
  }

  /// Checks that pairs such as `1/2` are spans of indices, not days and months.
  private mutating func decidePairs(_ columns: [[WrittenSpan?]]) throws(ForecastError) {
    for column in columns {
      let pairs = column.compactMap { $0 }.filter(\.isPairOfShortIntegers)
      guard let pair = pairs.first, case .integer(let a, _) = pair.first, case .integer(let b, _)? = pair.last
      else {
        continue
      }
      let text = "\(a)/\(b)"
      let spans = column.compactMap { $0?.span(.index) }
      // Spans that tile the index, or plain integers beside them, show what is meant.
      let isTiled = spans.count > 1 && zip(spans, spans.dropFirst()).allSatisfy { $0.next == $1.first }
      guard isTiled, spans.count == column.count else {
        throw .data(
          DataFault(
            .ambiguousPeriod(
              text, readings: ["the span of indices \(a) to \(b)", "a day and a month without a year"],
              option: "--frequency index, or write the year")))
      }
      remarks.append(.indexSpans(text: text))
    }
  }

  /// The share of periods with a row, of the calendar that dates follow; the least of several series.
  private static func density(_ series: [[WrittenPeriod]]) -> Double {
    series.map { written in
      let reading: DateReading?
      if case .period? = written.first {
        let ordinals = Set(written.compactMap { $0.period(.month)?.ordinal }).sorted()
        guard ordinals.count == written.count, let first = ordinals.first, let last = ordinals.last else {
          return 0
        }
        let steps = zip(ordinals, ordinals.dropFirst()).map { $1 - $0 }
        // Several years of one month are years.
        let step = steps.min() ?? 1
        return Double(ordinals.count) * Double(step == 12 || step == 3 || step == 6 ? step : 1)
          / Double(last - first + 1)
      }
      let seconds = Set(written.compactMap { $0.second }).sorted()
      guard seconds.count == written.count else { return 0 }
      reading = DateReading(
        seconds: seconds, hasTime: written.contains { if case .time = $0 { true } else { false } }, lines: [])
      return reading.map { Double($0.rows) / Double(max($0.periods, 1)) } ?? 0
    }.min() ?? 0
  }

  // MARK: Reading

  /// The periods of one series as this style reads them, in the order of the rows: integers, dates, times and periods only.
  ///
  /// - Parameter remarks: Gets what was taken of integers.
  func read(
    _ column: [WrittenSpan?], frequency: Frequency?, remarks: inout [PeriodRemark]
  ) -> [WrittenSpan?] {
    var read = column.map { span in span.flatMap { self.read($0) } }
    if frequency != .index {
      read = WrittenSpan.expanded(read, isNamed: frequency != nil, remarks: &remarks)
    }
    guard let zone else { return read }
    return PeriodStyle.local(read, zone, remarks: &remarks)
  }

  private func read(_ span: WrittenSpan) -> WrittenSpan? {
    if readsFiscalYears, let year = PeriodStyle.fiscalYear(span) { return WrittenSpan(.period(.year(year))) }
    guard let first = read(span.first) else { return nil }
    guard let written = span.last else { return WrittenSpan(first) }
    return read(written).map { WrittenSpan(first, $0) }
  }

  private func read(_ written: WrittenPeriod) -> WrittenPeriod? {
    switch written {
    case .numbers(let numbers): numbers.written(order)
    case .shortYear(let month, let year): .period(.month(WrittenPeriod.fullYear(year), month))
    case .fiscalYear(let year): .period(.year(year))
    case .integer, .decimal, .date, .time, .period: written
    }
  }

  /// Local times as UTC, and midnights of the zone as its days.
  private static func local(
    _ column: [WrittenSpan?], _ zone: ZoneRules, remarks: inout [PeriodRemark]
  ) -> [WrittenSpan?] {
    let walls = column.compactMap { span -> Int? in
      if case .time(let second, false)? = span?.first { second } else { nil }
    }
    let isDescending = (walls.first ?? 0) > (walls.last ?? 0)
    var result: [WrittenSpan?] = isDescending ? column.reversed() : column
    var previous = Int.min
    for place in result.indices {
      guard case .time(let wall, false)? = result[place]?.single else { continue }
      guard let second = zone.utc(local: wall, after: previous) else {
        result[place] = nil
        continue
      }
      previous = second
      result[place] = WrittenSpan(.time(second, isUTC: true))
    }
    let times = result.compactMap { span -> Int? in
      if case .time(let second, _)? = span?.single { second } else { nil }
    }
    guard !times.isEmpty else { return isDescending ? result.reversed() : result }
    let days = times.map { $0 + zone.offset(at: $0) }
    let isDays = days.count > 1 && days.allSatisfy { floorModulo($0, 86_400) == 0 }
    if isDays {
      for place in result.indices {
        guard case .time(let second, _)? = result[place]?.single else { continue }
        let day = floorDivide(second + zone.offset(at: second), 86_400)
        result[place] = WrittenSpan(.date(CivilDate(daysSinceEpoch: day)))
      }
    }
    let remark = PeriodRemark.zone(zone.name, isDays: isDays)
    if !remarks.contains(remark) { remarks.append(remark) }
    return isDescending ? result.reversed() : result
  }
}

extension WrittenPeriod {
  /// The seconds since 1970-01-01T00:00 of a date or time; `nil` for anything else.
  var second: Int? {
    switch self {
    case .date(let date): date.daysSinceEpoch * 86_400
    case .time(let second, _): second
    default: nil
    }
  }
}

extension CivilDate {
  static let shortMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
