extension WrittenSpan {
  /// Integers that are all dates in 8 digits, months in 6, serial dates or Unix times as what they stand for; otherwise unchanged.
  ///
  /// - Parameters:
  ///   - isNamed: Whether a frequency with a calendar is named, which decides on months in digits.
  ///   - remarks: Gets what was taken.
  static func expanded(
    _ written: [WrittenSpan?], isNamed: Bool, remarks: inout [PeriodRemark]
  ) -> [WrittenSpan?] {
    var values: [Double] = []
    var (length, shortest, hasFraction) = (0, Int.max, false)
    for span in written {
      switch span?.single {
      case .integer(let value, let digits)?:
        (length, shortest) = (max(length, digits), min(shortest, digits))
        values.append(Double(value))
      case .decimal(let value)?:
        let digits = value < 100_000 ? 5 : 10
        (length, shortest) = (max(length, digits), min(shortest, digits))
        hasFraction = true
        values.append(value)
      default: return written
      }
    }
    guard let first = values.first else { return written }
    switch length {
    case _ where shortest != length: break
    case 8 where !hasFraction:
      let dates = values.compactMap { CivilDate(digits: Int($0), count: 8) }
      return dates.count != values.count ? written : dates.map { WrittenSpan(.date($0)) }
    case 6 where !hasFraction && !isNamed:
      let dates = values.compactMap { CivilDate(digits: Int($0), count: 6) }
      guard dates.count == values.count, CivilDate.areMonths(values.map { Int($0) }.sorted()) else {
        return written
      }
      return dates.map { WrittenSpan(.period(.month($0.year, $0.month))) }
    default: break
    }
    guard let scale = TimeScale(shortest...length, values) else { return written }
    let seconds = values.map(scale.second)
    let isDays = scale == .serial && !hasFraction
    let text = hasFraction ? "\(first)" : "\(Int(first))"
    if isDays || scale == .serial {
      remarks.note(.serialDates(text: text, date: CivilDate(daysSinceEpoch: floorDivide(seconds[0], 86_400))))
    } else {
      let unit = WrittenPeriod.unit(ofSecond: seconds[0])
      if let time = Period.containing(second: seconds[0], unit) {
        remarks.note(.unixTimes(text: text, time: time))
      }
    }
    return seconds.map { second in
      WrittenSpan(
        isDays
          ? .date(CivilDate(daysSinceEpoch: floorDivide(second, 86_400)))
          : .time(second, isUTC: scale != .serial))
    }
  }
}

/// What integers that count time count.
enum TimeScale {
  /// Days since 1899-12-30, as in spreadsheets.
  case serial
  /// Seconds since 1970.
  case seconds
  /// Milliseconds since 1970.
  case milliseconds

  /// The scale of numbers with so many digits before the point; `nil` if they do not look like times of 1955 to 2100.
  ///
  /// Unix times before 2001-09-09 have a digit less than those after it; they must be whole minutes.
  init?(_ lengths: ClosedRange<Int>, _ values: [Double]) {
    func lie(_ range: ClosedRange<Double>) -> Bool { values.allSatisfy(range.contains) }
    func areMultiples(_ unit: Double) -> Bool {
      values.allSatisfy { $0.truncatingRemainder(dividingBy: unit) == 0 }
    }
    switch lengths {
    case 5...5 where lie(20_000...73_415): self = .serial
    case 10...10 where lie(1e9...4_102_444_800): self = .seconds
    case 9...9 where areMultiples(60), 9...10 where lie(1e8...4_102_444_800) && areMultiples(60):
      self = .seconds
    case 13...13 where lie(1e12...4_102_444_800_000): self = .milliseconds
    case 12...12 where areMultiples(60_000),
      12...13 where lie(1e11...4_102_444_800_000) && areMultiples(60_000):
      self = .milliseconds
    default: return nil
    }
  }

  /// Whether an integer of so many digits could be a time; other integers are never one.
  static func couldBe(_ length: Int) -> Bool {
    length == 5 || (9...10).contains(length) || (12...13).contains(length)
  }

  /// Seconds since 1970-01-01T00:00.
  func second(_ value: Double) -> Int {
    switch self {
    case .serial: Int(((value - 25_569) * 86_400).rounded())
    case .seconds: Int(value.rounded())
    case .milliseconds: Int((value / 1000).rounded(.down))
    }
  }
}

extension [PeriodRemark] {
  /// Adds a remark of a kind that there is none of yet.
  mutating func note(_ remark: PeriodRemark) {
    let isKnown = contains { known in
      switch (known, remark) {
      case (.serialDates, .serialDates), (.unixTimes, .unixTimes): true
      default: known == remark
      }
    }
    if !isKnown { append(remark) }
  }
}
