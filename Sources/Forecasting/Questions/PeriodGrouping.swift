/// Longer periods into which the periods of a forecast are gathered: quarters, calendar years, fiscal years.
package struct PeriodGrouping: Sendable, Hashable {
  private enum Kind: Sendable, Hashable {
    case calendar(Frequency)
    case fiscalYear(month: Int)
  }

  private let kind: Kind
  /// The grouping as text: `quarter`, `fiscal:04`.
  package let description: String

  /// Groups of one period of a longer frequency each.
  package static func calendar(_ frequency: Frequency) -> PeriodGrouping {
    PeriodGrouping(kind: .calendar(frequency), description: frequency.rawValue)
  }

  /// Years that begin with a month from 1 to 12; `nil` for another number.
  package static func fiscalYear(month: Int) -> PeriodGrouping? {
    guard (1...12).contains(month) else { return nil }
    return PeriodGrouping(kind: .fiscalYear(month: month), description: "fiscal:\(padded(month, 2))")
  }

  private init(kind: Kind, description: String) {
    self.kind = kind
    self.description = description
  }

  /// Reads `year`, `half`, `quarter`, `month`, `week`, `day` or `fiscal:MM`; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard parts[0] == "fiscal", let month = Int(parts[1]), let years = Self.fiscalYear(month: month) else {
        return nil
      }
      self = years
      return
    }
    let known: [Frequency] = [.year, .half, .quarter, .month, .week, .day]
    guard let frequency = known.first(where: { $0.rawValue == text }) else { return nil }
    self = .calendar(frequency)
  }

  /// One group: its name, and its base periods.
  package struct Group: Sendable, Hashable {
    /// The name: `2026-Q1`, or the base periods of a fiscal year.
    package let name: String
    /// The base periods.
    package let span: PeriodSpan
  }

  /// Returns the group that contains a period; `nil` if the groups are not longer than the period, or cut it.
  package func group(containing period: Period) -> Group? {
    guard let second = period.anchorSecond else { return nil }
    let base = period.frequency
    switch kind {
    case .calendar(let frequency):
      guard let whole = Period.containing(second: second, frequency),
        let span = PeriodSpan(whole).periods(of: base)
      else { return nil }
      return Group(name: whole.description, span: span)
    case .fiscalYear(let month):
      guard let own = Period.containing(second: second, .month) else { return nil }
      if let months = base.periodsPerYear.map({ 12 / $0 }) {
        guard months < 12, (month - 1) % months == 0 else { return nil }
      }
      let first = own - floorModulo(own.ordinal - (month - 1), 12)
      let year = PeriodSpan(first, count: 12)
      guard base != .month else { return Group(name: "\(year)", span: year) }
      // Of longer periods, such as quarters, the year has as many as fit; of shorter ones it has those that it contains.
      if let months = base.periodsPerYear.map({ 12 / $0 }), months > 1,
        let start = first.anchorSecond.flatMap({ Period.containing(second: $0, base) })
      {
        let span = PeriodSpan(start, count: 12 / months)
        return Group(name: "\(span)", span: span)
      }
      return year.periods(of: base).map { Group(name: "\($0)", span: $0) }
    }
  }

  /// Returns the groups that contain the periods of a span, in order; empty if the groups are not longer than the periods.
  package func groups(over span: PeriodSpan) -> [Group] {
    var groups: [Group] = []
    var next = span.first
    while next <= span.last, let group = group(containing: next), group.span.last >= next {
      groups.append(group)
      next = group.span.next
    }
    return groups
  }
}
