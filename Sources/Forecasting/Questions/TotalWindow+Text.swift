extension TotalWindow {
  /// Reads a window of periods of a frequency; `nil` if the text is not one.
  ///
  /// Read are a year (`2026`), a period or a range of periods of the frequency (`2026-05`, `2026-05/2026-12`), and of a coarser one:
  /// `2026-Q1`, `2026-H2`, `2026-W05`, `2026-Q2/2026-Q4`. Periods of an index are plain integers. `2026/27` is not read, as it does not say
  /// with which month the year begins.
  public init?(_ text: String, frequency: Frequency) {
    if frequency != .index, text.count == 4, let year = Int(text) {
      self = .year(year)
      return
    }
    let ends = text.split(separator: "/")
    guard ends.count < 2 || frequency == .index || ends[1].count != 2 else { return nil }
    let own = PeriodSpan(text, frequency: frequency)
    guard let span = own ?? PeriodSpan(text)?.periods(of: frequency) else { return nil }
    self = .periods(span.first, through: span.last)
  }
}
