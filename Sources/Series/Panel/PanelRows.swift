/// One series of a panel while its rows are being read.
struct PanelRows {
  /// What the periods of all rows are; the keys are numbers of it.
  private enum Kind: Equatable {
    case none
    /// Integers that all have this number of characters; 0 if they differ.
    case integer(length: Int)
    /// Days since 1970-01-01.
    case date
    /// Seconds since 1970-01-01T00:00.
    case time(isUTC: Bool)
    case period(Frequency)
    /// Periods that the whole table decides on, or of several kinds.
    case other
  }

  private(set) var start: Period?
  private(set) var values: [Double] = []
  /// Whether some integer is not a four-digit year.
  private(set) var sawShortInteger = false
  private(set) var form = PeriodForm.period
  private(set) var reading: DateReading?
  private var kind = Kind.none
  private var keys = IntegerList()
  private var lines = IntegerList()
  private var others: [WrittenPeriod] = []

  /// The number of rows.
  var rows: Int { values.count }

  /// Appends a row.
  mutating func append(_ written: WrittenPeriod, _ number: Double, line: Int) {
    values.append(number)
    lines.append(line)
    // Most rows are of the kind of the row before.
    switch (kind, written) {
    case (.date, .date(let date)):
      keys.append(date.daysSinceEpoch)
      return
    case (.period(let frequency), .period(let period)) where frequency == period.frequency:
      keys.append(period.ordinal)
      return
    case (.other, _):
      others.append(written)
      return
    default: break
    }
    let own = PanelRows.kind(of: written)
    if case .integer(let value, let length) = written {
      if length != 4 || !(1000...9999).contains(value) { sawShortInteger = true }
      if case .integer(let known) = kind, known != length { kind = .integer(length: 0) }
      if case .integer = kind {
        keys.append(value)
        return
      }
    }
    if kind == .none { kind = own }
    if kind == own, let key = PanelRows.key(of: written) {
      keys.append(key)
      return
    }
    others = (0..<keys.count).map { self.written(keys[$0]) }
    keys = IntegerList()
    kind = .other
    others.append(written)
  }

  private static func kind(of written: WrittenPeriod) -> Kind {
    switch written {
    case .integer(_, let length): .integer(length: length)
    case .date: .date
    case .time(_, let isUTC): .time(isUTC: isUTC)
    case .period(let period): .period(period.frequency)
    case .decimal, .numbers, .shortYear, .fiscalYear: .other
    }
  }

  private static func key(of written: WrittenPeriod) -> Int? {
    switch written {
    case .integer(let value, _): value
    case .date(let date): date.daysSinceEpoch
    case .time(let second, _): second
    case .period(let period): period.ordinal
    case .decimal, .numbers, .shortYear, .fiscalYear: nil
    }
  }

  /// The period that a key stands for; integers of different lengths are read as indices.
  private func written(_ key: Int) -> WrittenPeriod {
    switch kind {
    case .integer(let length): .integer(key, length: length == 0 ? String(key).count : length)
    case .date: .date(CivilDate(daysSinceEpoch: key))
    case .time(let isUTC): .time(key, isUTC: isUTC)
    case .period(let frequency): .period(Period(frequency, ordinal: key))
    case .none, .other: .integer(key, length: 0)
    }
  }

  /// The periods as they are written, if the whole table decides how they are read; `nil` for all others.
  func undecided(_ options: DateOptions) -> [WrittenSpan]? {
    switch kind {
    case .other: others.map { WrittenSpan($0) }
    case .time(false) where options.zone != nil: allWritten
    // 2010-11, 2011-12 may be years.
    case .period(.month) where (0..<keys.count).allSatisfy({ PanelRows.isYearPair(keys[$0]) }): allWritten
    default: nil
    }
  }

  /// The line of the first period with such a text that the whole table decides on; `nil` if there is none.
  func line(of text: String, among written: [WrittenSpan]) -> Int? {
    written.firstIndex { $0.undecidedText == text }.map { lines[$0] }
  }

  /// Whether times name their offset from UTC.
  var isUTC: Bool { kind == .time(isUTC: true) }

  private static func isYearPair(_ month: Int) -> Bool {
    floorModulo(month, 12) + 1 == (floorDivide(month, 12) + 1) % 100
  }

  private var allWritten: [WrittenSpan] { keys.all.map { WrittenSpan(written($0)) } }

  /// A row that cannot be part of its series.
  struct Fault {
    let kind: DataFault.Kind
    let line: Int
  }

  /// Fixes the frequency of the rows, and brings them in time order; returns the faults.
  ///
  /// - Parameters:
  ///   - style: How the table's periods are read.
  ///   - policy: What becomes of several rows of a period, and of periods without one.
  ///   - isDecided: Whether the style decides on this series.
  ///   - like: The frequency of most of the other series, for a series with too few dates to tell.
  mutating func settle(
    _ named: Frequency?, style: PeriodStyle, policy: RowPolicy, isDecided: Bool, like: Frequency?,
    remarks: inout [PeriodRemark]
  ) -> [Fault] {
    defer {
      keys = IntegerList()
      lines = IntegerList()
      others = []
    }
    if named == nil, !isDecided, rows > 2, let first = consecutive {
      start = first
      return []
    }
    if named == nil, !isDecided, let quick = quickPeriods(like) { return place(quick, policy) }
    let given = kind == .other ? others.map { WrittenSpan($0) } : allWritten
    let read = style.read(given, frequency: named, remarks: &remarks)
    let calendar = SeriesCalendar(read, lines: lines.all, frequency: named, like: like)
    reading = calendar.dates
    var periods: [Period?] = []
    periods.reserveCapacity(read.count)
    for span in read { periods.append(span.flatMap { calendar.span(of: $0) }?.first) }
    // Integers are an index until all series are known.
    if named == nil, calendar.frequency == .year, case .integer = kind {
      periods = keys.all.map { .index($0) }
    }
    form = self.form(calendar, read)
    return place(periods, policy)
  }

  /// The first of rows that are one period after another; `nil` if it takes more to tell what they are.
  private var consecutive: Period? {
    mutating get {
      guard let first = keys.first, let step = keys.commonStep else { return nil }
      switch kind {
      case .time:
        reading = DateReading(first: first, step: step, rows: rows)
        return reading.flatMap { Period.containing(second: first, $0.frequency) }
      case _ where step != 1: return nil
      case .date:
        reading = DateReading(.day, isInferred: false, periods: rows, rows: rows)
        return Period(.day, ordinal: first)
      case .period(let frequency): return Period(frequency, ordinal: first)
      case .integer where isPlainIndex: return .index(first)
      default: return nil
      }
    }
  }

  /// Whether integers can be nothing but an index or years.
  private var isPlainIndex: Bool {
    guard case .integer(let length) = kind else { return false }
    return length != 8 && length != 6 && !TimeScale.couldBe(length) && (length > 0 || keys[0] < 100_000_000)
  }

  /// The form in which periods are written, which a reader of them reads as the same.
  private func form(_ calendar: SeriesCalendar, _ read: [WrittenSpan?]) -> PeriodForm {
    let own = read.first??.first.period(calendar.frequency)?.frequency
    guard let frequency = calendar.frequency ?? own else { return .period }
    switch kind {
    case .integer(6) where frequency == .month: return .monthDigits
    case .integer(8) where frequency != .index: return .digits(calendar.placement)
    default: break
    }
    guard case .date? = read.first??.single else {
      let isCoarse = frequency.unit.seconds == nil && frequency.unit != .businessDay
      if case .time? = read.first??.single, isCoarse { return .date(calendar.placement) }
      return .period
    }
    return [.day, .businessDay, .hour, .minute, .second].contains(frequency.unit)
      ? .period : .date(calendar.placement)
  }

  /// The periods of rows that are dates, periods or plain integers, without parsing them again; `nil` for all others.
  private mutating func quickPeriods(_ like: Frequency?) -> [Period?]? {
    switch kind {
    case .period(let frequency): return keys.all.map { Period(frequency, ordinal: $0) }
    case .integer where isPlainIndex:
      return keys.all.map { .index($0) }
    case .date:
      let days = keys.all
      guard zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }),
        let found = DateReading(days: days, form: .day, lines: lines.all, like: like)
      else { return nil }
      reading = found
      let frequency = found.frequency
      let isPlain = frequency.unit == .day || frequency.unit == .businessDay
      form = isPlain ? .period : .date(DateSurvey(days).placement(frequency))
      return days.map { Period.containing(CivilDate(daysSinceEpoch: $0), frequency) }
    default: return nil
    }
  }

  /// Moves each value to its period.
  private mutating func place(_ periods: [Period?], _ policy: RowPolicy) -> [Fault] {
    var faults: [Fault] = []
    guard let frequency = periods.lazy.compactMap({ $0?.frequency }).first else {
      return rows == 0 ? [] : [Fault(kind: .badPeriod(text(0)), line: lines[0])]
    }
    var ordinals: [Int] = []
    ordinals.reserveCapacity(periods.count)
    for (row, period) in periods.enumerated() {
      guard let period else {
        faults.append(Fault(kind: .badPeriod(text(row)), line: lines[row]))
        continue
      }
      guard period.frequency == frequency else {
        faults.append(Fault(kind: .mixedFrequencies(period.frequency, frequency), line: lines[row]))
        continue
      }
      ordinals.append(period.ordinal)
    }
    guard faults.isEmpty, let first = ordinals.min(), let last = ordinals.max() else { return faults }
    start = Period(frequency, ordinal: first)
    if last - first + 1 == rows, zip(ordinals, ordinals.dropFirst()).allSatisfy({ $1 - $0 == 1 }) {
      return []
    }
    var order = Array(ordinals.indices)
    if !zip(ordinals, ordinals.dropFirst()).allSatisfy({ $0 < $1 }) {
      order.sort { (ordinals[$0], $0) < (ordinals[$1], $1) }
    }
    for (row, next) in zip(order, order.dropFirst()) {
      let distance = ordinals[next] - ordinals[row]
      let after = Period(frequency, ordinal: ordinals[next])
      if distance == 0, policy.aggregate == nil {
        faults.append(Fault(kind: .duplicate(PeriodSpan(after)), line: lines[next]))
      }
      if distance > longestGap || policy.gaps == .refuse && distance > 1 {
        let gap = PeriodSpan(Period(frequency, ordinal: ordinals[row] + 1), through: after - 1)
        faults.append(Fault(kind: .gap(gap), line: lines[next]))
      }
    }
    guard faults.isEmpty else { return faults }
    var dense = [Double](repeating: policy.gaps == .zero ? 0 : .nan, count: last - first + 1)
    if let aggregate = policy.aggregate {
      var begin = 0
      while begin < order.count {
        let place = ordinals[order[begin]]
        var end = begin + 1
        while end < order.count, ordinals[order[end]] == place { end += 1 }
        dense[place - first] = RowPolicy.value(of: order[begin..<end].map { values[$0] }, by: aggregate)
        begin = end
      }
    } else {
      for row in order { dense[ordinals[row] - first] = values[row] }
    }
    values = dense
    return []
  }

  /// The period of a row for a message.
  private func text(_ row: Int) -> String {
    let written = kind == .other ? others[row] : written(keys[row])
    switch written {
    case .integer(let value, _): return "\(value)"
    case .decimal(let value): return "\(value)"
    case .numbers(let numbers): return numbers.text
    case .shortYear(let month, let year): return "\(CivilDate.shortMonths[month - 1])-\(padded(year, 2))"
    case .fiscalYear(let year): return "\(padded(year, 4))/\(padded((year + 1) % 100, 2))"
    case .date(let date): return date.description
    case .period(let period): return period.description
    case .time(let second, _):
      return Period.containing(second: second, WrittenPeriod.unit(ofSecond: second))?.description ?? ""
    }
  }

  /// Frees the values.
  mutating func clear() { values = [] }
}
