extension PeriodSpan {
  /// Returns the base periods of a finer frequency that lie in the span, such as the months of a quarter; `nil` if the frequency is not
  /// finer, has no calendar, or has no period there.
  ///
  /// A period belongs to the span in which it begins; a week, to that of its Thursday.
  public func periods(of frequency: Frequency) -> PeriodSpan? {
    guard frequency.unit != .index, first.frequency.unit != .index,
      frequency.meanPeriodsPerYear > first.frequency.meanPeriodsPerYear,
      let start = first.startSecond, let next = next.startSecond,
      let low = Period.first(of: frequency, from: start), let high = Period.first(of: frequency, from: next),
      low < high
    else { return nil }
    return PeriodSpan(low, through: high - 1)
  }
}

extension Period {
  /// The second by which the period belongs to a longer one: that of its start, or of the Thursday of a week.
  package var anchorSecond: Int? {
    let shift = frequency.unit == .week && frequency.step == 1 ? 3 * 86_400 : 0
    return startSecond.map { $0 + shift }
  }

  /// The first period of a frequency whose anchor does not come before a second.
  fileprivate static func first(of frequency: Frequency, from second: Int) -> Period? {
    // A day on which business is closed has no period; one of the next days has.
    let near = (0..<8).lazy.compactMap { containing(second: second + $0 * 86_400, frequency) }.first
    guard let near else { return nil }
    return (-2...2).lazy.map { near + $0 }.first { ($0.anchorSecond ?? second) >= second }
  }
}
