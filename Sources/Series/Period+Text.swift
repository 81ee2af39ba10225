extension Period: CustomStringConvertible {
  /// The text form: `2022`, `2022-H1`, `2022-Q1`, `2022-01`, `2022-W05`, `2022-01-31`, `2022-01-31T07`, `17`.
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

  /// The ordinal of the first ISO week of a year: the week of 4 January.
  static func weekOne(of year: Int) -> Int {
    floorDivide(CivilDate.daysSinceEpoch(startOf: year) + 3 - 4, 7)
  }

  /// The period written as text, or `nil` when the text is none.
  ///
  /// Without a frequency a plain integer of four digits is a year and any other integer an index. By naming the frequency a
  /// date is read as a business day, an hour, a day, or the week, month, quarter, half-year or year that it lies in, and
  /// may be written in digits, `20220131`, as may a month, `202201`.
  public init?(_ text: some StringProtocol, frequency: Frequency? = nil) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if let period = Period.plainInteger(text, frequency) {
      self = period
      return
    }
    if let frequency, let period = Period.inDigits(text, frequency) {
      self = period
      return
    }
    guard parts.count >= 1, let year = Period.digits(parts[0].prefix(4), 4...4) else { return nil }
    if parts.count == 1 || parts.count == 2 {
      // `2022Q1` and `2022-Q1`, `2022H1`, `2022W05`.
      let tail = parts.count == 2 && parts[0].count == 4 ? parts[1] : parts[0].dropFirst(4)
      guard parts.count == 1 || parts[0].count == 4, let period = Period.named(year, tail) else { return nil }
      guard frequency == nil || frequency == period.frequency else { return nil }
      self = period
      return
    }
    guard parts.count == 3, parts[0].count == 4, let month = Period.digits(parts[1], 2...2),
      let day = Period.digits(parts[2].prefix(2), 2...2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    guard let period = Period.dated(date, time: parts[2].dropFirst(2), frequency) else { return nil }
    self = period
  }

  /// Indices are read up to this size, so that arithmetic on them cannot overflow.
  private static let largestIndex: UInt = 1_000_000_000_000_000

  private static func plainInteger(_ text: some StringProtocol, _ frequency: Frequency?) -> Period? {
    // Beyond 10¹⁵ an index is a slip, and distances could overflow.
    guard let value = Int(text), !text.hasPrefix("+"), value.magnitude <= 1_000_000_000_000_000 else {
      return nil
    }
    switch frequency {
    case .index: return value.magnitude <= largestIndex ? .index(value) : nil
    case .year: return value.magnitude <= 9999 ? .year(value) : nil
    case nil:
      if text.count == 4, value >= 1000 { return .year(value) }
      return value.magnitude <= largestIndex ? .index(value) : nil
    default: return nil
    }
  }

  /// The period that a date in 8 digits or a month in 6 lies in.
  private static func inDigits(_ text: some StringProtocol, _ frequency: Frequency) -> Period? {
    let count = text.utf8.count
    guard count == 8 || count == 6 && frequency.periodsPerYear != nil, let value = digits(text, 6...8),
      let date = CivilDate(digits: value, count: count)
    else { return nil }
    return containing(date, frequency)
  }

  /// `01`…`12`, `Q1`…`Q4`, `H1`, `H2`, `W01`…`W53` of a year.
  private static func named(_ year: Int, _ tail: some StringProtocol) -> Period? {
    guard let mark = tail.first else { return nil }
    let rest = tail.dropFirst()
    switch mark {
    case "Q", "q":
      guard let quarter = digits(rest, 1...1), (1...4).contains(quarter) else { return nil }
      return .quarter(year, quarter)
    case "H", "h":
      guard let half = digits(rest, 1...1), (1...2).contains(half) else { return nil }
      return .half(year, half)
    case "W", "w":
      guard let week = digits(rest, 1...2), week >= 1 else { return nil }
      let ordinal = weekOne(of: year) + week - 1
      return ordinal < weekOne(of: year + 1) ? Period(.week, ordinal: ordinal) : nil
    default:
      guard let month = digits(tail, 2...2), (1...12).contains(month) else { return nil }
      return .month(year, month)
    }
  }

  /// A date with an optional time of day `T07`, ` 07:00`, `T07:00:00`.
  private static func dated(_ date: CivilDate, time: some StringProtocol, _ frequency: Frequency?) -> Period?
  {
    var hour: Int?
    if let mark = time.first {
      guard mark == "T" || mark == " " else { return nil }
      let clock = time.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
      guard (1...3).contains(clock.count), let h = digits(clock[0], 2...2), h < 24 else { return nil }
      for rest in clock.dropFirst() where digits(rest, 2...2) != 0 { return nil }
      hour = h
    }
    switch (frequency, hour) {
    case (nil, .some(let h)), (.hour, .some(let h)): return .hour(date, h)
    case (nil, nil), (.day, nil), (.day, 0): return .day(date)
    case (.hour, nil): return .hour(date, 0)
    case (.businessDay, nil), (.businessDay, 0): return .businessDay(date)
    case (.week, nil), (.week, 0): return .week(containing: date)
    case (.some(let frequency), nil), (.some(let frequency), 0):
      return containing(date, frequency)
    default: return nil
    }
  }

  /// The period of a calendar that a date lies in; `nil` for an index and for a business day on a weekend.
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

  private static func digits(_ text: some StringProtocol, _ lengths: ClosedRange<Int>) -> Int? {
    guard lengths.contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(text)
  }
}
