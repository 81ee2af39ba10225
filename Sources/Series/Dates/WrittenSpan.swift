/// A span as text gives it: `PERIOD`, `PERIOD/PERIOD` or a form with words such as `Jan-Feb 2019`.
package struct WrittenSpan: Sendable, Hashable {
  let first: WrittenPeriod
  let last: WrittenPeriod?

  /// The first period, if the text has only one.
  var single: WrittenPeriod? { last == nil ? first : nil }

  /// Creates a span of one or two periods.
  init(_ first: WrittenPeriod, _ last: WrittenPeriod? = nil) {
    self.first = first
    self.last = last
  }

  /// Parses the text; `nil` if it has none of the forms.
  package init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  /// Parses the bytes of such a text.
  package init?(_ bytes: ArraySlice<UInt8>) {
    if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
      // Two periods of the quick forms; a year and two digits are a month or a fiscal year.
      if let first = WrittenPeriod(plain: bytes[..<slash]),
        let last = WrittenPeriod(plain: bytes[(slash + 1)...]),
        !WrittenSpan.isYearAndTwoDigits(first, last)
      {
        self.init(first, last)
        return
      }
    } else if let single = WrittenPeriod(plain: bytes) {
      self.init(single)
      return
    }
    guard bytes.count <= SpelledPeriod.longest,
      let span = SpelledPeriod.span(String(decoding: bytes, as: UTF8.self))
    else { return nil }
    self = span
  }

  private static func isYearAndTwoDigits(_ first: WrittenPeriod, _ last: WrittenPeriod) -> Bool {
    guard case .integer(_, let a) = first, case .integer(_, let b) = last else { return false }
    return a == 4 && b <= 2 || a <= 2 && b == 4
  }

  /// Whether the text is two integers of at most two digits, such as `1/2`: indices, or a day and a month without a year.
  var isPairOfShortIntegers: Bool {
    guard case .integer(let a, let m) = first, case .integer(let b, let n)? = last else { return false }
    return m <= 2 && n <= 2 && (1...31).contains(a) && (1...31).contains(b)
  }

  /// The text of a period that its column decides on, for messages; `nil` for all others.
  var undecidedText: String? {
    switch first {
    case .numbers(let numbers): numbers.text
    case .shortYear(let month, let year): "\(CivilDate.shortMonths[month - 1])-\(padded(year, 2))"
    case .integer(let a, _):
      if isPairOfShortIntegers, case .integer(let b, _)? = last { "\(a)/\(b)" } else { nil }
    default: nil
    }
  }

  /// The frequency of plain integers: years if all of them have four digits, otherwise an index; `nil` if some period names its
  /// frequency itself.
  static func integerFrequency(_ written: [WrittenSpan?]) -> Frequency? {
    var areYears = true
    for span in written {
      guard let span else { return nil }
      for part in [span.first, span.last ?? span.first] {
        guard case .integer(let value, let length) = part else { return nil }
        areYears = areYears && length == 4 && value >= 1000
      }
    }
    if !areYears { return .index }
    return written.isEmpty ? nil : .year
  }

  /// The span in a series of a frequency; `nil` if it is not of that frequency, runs backward, or covers more than a million periods.
  func span(_ frequency: Frequency?) -> PeriodSpan? {
    guard let first = first.period(frequency) else { return nil }
    guard let written = last else { return PeriodSpan(first) }
    guard let last = written.period(frequency), last.frequency == first.frequency, last >= first,
      first.distance(to: last) < longestGap
    else { return nil }
    return PeriodSpan(first, through: last)
  }
}
