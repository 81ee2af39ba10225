/// One or more consecutive base periods that are published as one figure, such as `2022-01/2022-02`.
public struct PeriodSpan: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The first base period.
  public let first: Period
  /// The number of base periods, at least one.
  public let count: Int

  /// The span of `count` base periods from `first`.
  ///
  /// - Precondition: `count` is at least 1.
  public init(_ first: Period, count: Int = 1) {
    precondition(count >= 1, "a span covers at least one period")
    self.first = first
    self.count = count
  }

  /// The span from one period through another.
  ///
  /// - Precondition: both have the same frequency, and the last does not lie before the first.
  public init(_ first: Period, through last: Period) {
    self.init(first, count: first.distance(to: last) + 1)
  }

  private enum CodingKeys: String, CodingKey { case first, count }

  /// Reads a span.
  ///
  /// - Throws: `DecodingError` for one of no period or outside the calendar.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let first = try container.decode(Period.self, forKey: .first)
    let count = try container.decode(Int.self, forKey: .count)
    guard (1...Int.max / 4).contains(count), (-Int.max / 4...Int.max / 4).contains(first.ordinal) else {
      throw DecodingError.dataCorruptedError(
        forKey: .count, in: container, debugDescription: "\(count) periods are no span of the calendar")
    }
    self.init(first, count: count)
  }

  /// The last base period.
  public var last: Period { first + (count - 1) }

  /// The first base period after the span.
  public var next: Period { first + count }

  /// The base periods in order.
  public var periods: [Period] { (0..<count).map { first + $0 } }

  /// Whether a base period lies in the span.
  public func contains(_ period: Period) -> Bool { period >= first && period <= last }

  /// `2022-03`, or `2022-01/2022-02` where more than one period is covered.
  public var description: String { count == 1 ? first.description : "\(first)/\(last)" }

  /// The span written as text, `PERIOD` or `PERIOD/PERIOD`; `nil` when the text is none, runs backwards or
  /// covers more than a million periods.
  public init?(_ text: some StringProtocol, frequency: Frequency? = nil) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = Period(parts[0], frequency: frequency) else {
      return nil
    }
    guard parts.count == 2 else {
      self.init(first)
      return
    }
    guard let last = Period(parts[1], frequency: frequency), last.frequency == first.frequency, last >= first,
      first.distance(to: last) < longestGap
    else { return nil }
    self.init(first, through: last)
  }
}
