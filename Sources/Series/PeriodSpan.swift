/// One or more consecutive base periods that a single observation covers, such as `2022-01/2022-02`.
public struct PeriodSpan: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The first base period.
  public let first: Period
  /// The number of base periods, at least 1.
  public let count: Int

  /// Creates the span of `count` base periods that starts with `first`.
  ///
  /// A span covers from 1 to 2⁵³ periods; a count outside is moved to the nearer end.
  public init(_ first: Period, count: Int = 1) {
    self.first = first
    self.count = min(max(count, 1), 1 << 53)
  }

  /// Creates the span from one period through another.
  ///
  /// If the last comes before the first, the span covers the first alone; if it has another frequency, the span ends in the period of
  /// the first's frequency in which the last starts. `init(checking:through:)` throws for both.
  public init(_ first: Period, through last: Period) {
    self.init(first, count: first.distance(to: last) + 1)
  }

  /// Creates the span from one period through another.
  ///
  /// - Throws: `ForecastError.invalidOption` for two frequencies, and if the last period comes before the first.
  public init(checking first: Period, through last: Period) throws(ForecastError) {
    guard first.frequency == last.frequency else {
      throw .invalidOption(
        name: "span", value: "\(first)/\(last)",
        reason: "must have one frequency, not \(first.frequency.rawValue) and \(last.frequency.rawValue)")
    }
    guard first <= last else {
      throw .invalidOption(name: "span", value: "\(first)/\(last)", reason: "must not end before it starts")
    }
    self.init(first, through: last)
  }

  private enum CodingKeys: String, CodingKey { case first, count }

  /// Decodes a span.
  ///
  /// - Throws: `DecodingError` if it covers no period or lies outside the calendar.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let first = try container.decode(Period.self, forKey: .first)
    let count = try container.decode(Int.self, forKey: .count)
    guard (1...1 << 53).contains(count) else {
      throw DecodingError.dataCorruptedError(
        forKey: .count, in: container,
        debugDescription: "a span of \(count) periods lies outside the calendar")
    }
    self.init(first, count: count)
  }

  /// The last base period.
  public var last: Period { first + (count - 1) }

  /// The first base period after the span.
  public var next: Period { first + count }

  /// The base periods in order; of a span of more than ten million, the first ten million.
  public var periods: [Period] { (0..<min(count, 10_000_000)).map { first + $0 } }

  /// Returns whether the span contains a base period; it contains none of another frequency.
  public func contains(_ period: Period) -> Bool {
    period.frequency == first.frequency && period >= first && period <= last
  }

  /// The text of the span: `2022-03`, or `2022-01/2022-02` if it covers more than one period.
  public var description: String { count == 1 ? first.description : "\(first)/\(last)" }
}

/// A range of time over which to forecast a total.
public enum TotalWindow: Sendable, Hashable, CustomStringConvertible {
  /// A calendar year.
  case year(Int)
  /// The base periods from one through another, inclusive.
  case periods(Period, through: Period)

  /// Returns the base periods of a frequency in the window; `nil` if the frequency has no calendar years or the window is empty.
  public func span(_ frequency: Frequency) -> PeriodSpan? {
    switch self {
    case .periods(let first, let last):
      guard first.frequency == frequency, last.frequency == frequency, last >= first else { return nil }
      return PeriodSpan(first, through: last)
    case .year(let year):
      guard (-9999...9999).contains(year) else { return nil }
      if let perYear = frequency.periodsPerYear {
        return PeriodSpan(Period(frequency, ordinal: year * perYear), count: perYear)
      }
      switch frequency.unit {
      case .index: return nil
      case .week:
        return TotalWindow.span(frequency, from: Period.weekOne(of: year), to: Period.weekOne(of: year + 1))
      case .year, .half, .quarter, .month:
        let perYear = 12 / (frequency.unit.months ?? 1)
        return TotalWindow.span(frequency, from: year * perYear, to: (year + 1) * perYear)
      case .day, .hour, .minute, .second:
        let perDay = 86_400 / (frequency.unit.seconds ?? 86_400)
        return TotalWindow.span(
          frequency, from: CivilDate.daysSinceEpoch(startOf: year) * perDay,
          to: CivilDate.daysSinceEpoch(startOf: year + 1) * perDay)
      case .businessDay:
        let days = CivilDate.daysSinceEpoch(startOf: year)..<CivilDate.daysSinceEpoch(startOf: year + 1)
        let open = days.compactMap { Period.containing(CivilDate(daysSinceEpoch: $0), frequency) }
        return open.first.map { PeriodSpan($0, count: open.count) }
      }
    }
  }

  /// The periods that begin with a unit of a range.
  private static func span(_ frequency: Frequency, from first: Int, to next: Int) -> PeriodSpan? {
    func ordinal(_ base: Int) -> Int { -floorDivide(frequency.phase - base, frequency.step) }
    let count = ordinal(next) - ordinal(first)
    return count < 1 ? nil : PeriodSpan(Period(frequency, ordinal: ordinal(first)), count: count)
  }

  /// The year, or the periods as a span.
  public var description: String {
    switch self {
    case .year(let year): padded(year, 4)
    case .periods(let first, let last): "\(first)/\(last)"
    }
  }
}
