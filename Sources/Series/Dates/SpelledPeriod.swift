/// Periods in the many forms that people write them in: with the names of months, with the year last, with slashes and points.
enum SpelledPeriod {
  /// Longer texts are not periods.
  static let longest = 64

  /// The period or span that a text spells; `nil` if it does not.
  static func span(_ text: String) -> WrittenSpan? {
    let tokens = PeriodTokens(text)
    guard let tokens else { return nil }
    if let single = period(tokens) { return WrittenSpan(single) }
    guard tokens.clock == nil else { return nil }
    if let both = monthSpan(tokens.parts) { return both }
    return twoPeriods(text)
  }

  /// A single period.
  private static func period(_ tokens: PeriodTokens) -> WrittenPeriod? {
    guard tokens.hasWords else { return numbers(tokens) }
    let bare = PeriodShape(tokens.parts.filter { !$0.isMark })
    if let date = date(bare) { return tokens.clock?.on(date) ?? .date(date) }
    return tokens.clock == nil ? worded(bare) : nil
  }

  // MARK: Numbers alone

  private static func numbers(_ tokens: PeriodTokens) -> WrittenPeriod? {
    let shape = PeriodShape(tokens.parts)
    let (v, widths, clock) = (shape.values, shape.widths, tokens.clock)
    switch shape.text {
    case "8": return clock.flatMap { clock in CivilDate(digits: v[0], count: 8).map { clock.on($0) } }
    case "4/n/n", "4-n-n", "4.n.n":
      return CivilDate(year: v[0], month: v[1], day: v[2]).map { clock?.on($0) ?? .date($0) }
    case "n/n/4", "n-n-4", "n.n.4", "n/n/n", "n-n-n", "n.n.n":
      guard widths[2] != 1 else { return nil }
      let numbered = NumberedDate(
        v[0], v[1], v[2], hasFullYear: widths[2] == 4, isDotted: shape.text.contains("."), time: clock)
      return numbered.orders.contains { numbered.date($0) != nil } ? .numbers(numbered) : nil
    case _ where clock != nil: return nil
    case "4/n", "4-n", "4:n", "4.n":
      if widths[1] == 1, !shape.text.contains("/") { return pointed(shape) }
      if let month = WrittenPeriod.month(v[0], v[1]) { return .period(month) }
      return widths[1] == 2 && (shape.text.contains("/") || shape.text.contains("-"))
        && v[1] == (v[0] + 1) % 100 ? .fiscalYear(v[0]) : pointed(shape)
    case "n/4", "n-4", "n.4": return WrittenPeriod.month(v[1], v[0]).map { .period($0) }
    default: return pointed(shape)
    }
  }

  /// Two numbers with a point that are not a month: an integer with no fraction, or a serial date or Unix time with one.
  private static func pointed(_ shape: PeriodShape) -> WrittenPeriod? {
    guard shape.values.count == 2, shape.text.count == 3, shape.text.contains(".") else { return nil }
    let (whole, part, width) = (shape.values[0], shape.values[1], shape.widths[0])
    if part == 0, width >= 4 { return .integer(whole, length: width) }
    guard width == 5 || width == 10 else { return nil }
    var scale = 1.0
    for _ in 0..<shape.widths[1] { scale *= 10 }
    return .decimal(Double(whole) + Double(part) / scale)
  }

  // MARK: With words

  /// A date with the name of its month, or written in Chinese, Japanese or Korean.
  private static func date(_ shape: PeriodShape) -> CivilDate? {
    let (v, widths) = (shape.values, shape.widths)
    switch shape.text {
    case "nM4": return CivilDate(year: v[2], month: v[1], day: v[0])
    case "Mn4": return CivilDate(year: v[2], month: v[0], day: v[1])
    case "4Mn", "4YnmnD", "4Ynmn": return CivilDate(year: v[0], month: v[1], day: v[2])
    case "nMn" where widths[2] == 2:
      return CivilDate(year: WrittenPeriod.fullYear(v[2]), month: v[1], day: v[0])
    case "4Wnn" where widths[2] == 1 && (1...7).contains(v[2]):
      return WrittenPeriod.week(v[0], v[1])?.firstDay.map {
        CivilDate(daysSinceEpoch: $0.daysSinceEpoch + v[2] - 1)
      }
    default: return nil
    }
  }

  private static func worded(_ shape: PeriodShape) -> WrittenPeriod? {
    let (v, widths) = (shape.values, shape.widths)
    let period: Period? =
      switch shape.text {
      case "M4", "kn4": WrittenPeriod.month(v[1], v[0])
      case "4M", "4YM", "4Ynm", "4kn": WrittenPeriod.month(v[0], v[1])
      case "4Y", "F4", "4F": .year(v[0])
      case "Fn" where widths[0] == 2: .year(WrittenPeriod.fullYear(v[0]))
      case "4Wn": WrittenPeriod.week(v[0], v[1])
      case "Wn4": WrittenPeriod.week(v[1], v[0])
      default: part(of: shape)
      }
    if let period { return .period(period) }
    switch shape.text {
    case "Mn" where widths[1] == 2: return .shortYear(month: v[0], year: v[1])
    case "nM" where widths[0] == 2: return .shortYear(month: v[1], year: v[0])
    case "F4n" where v[1] == (v[0] + 1) % 100, "F44" where v[1] == v[0] + 1: return .fiscalYear(v[0])
    default: return nil
    }
  }

  /// A quarter or half of a year, with its mark before or behind its number; the T of `T1 2019` is that of trimestre.
  private static func part(of shape: PeriodShape) -> Period? {
    let text = shape.text.filter { $0 != "F" && $0 != "Y" }
    let (v, widths) = (shape.values, shape.widths)
    guard v.count == 2, let mark = text.first(where: { "QHT".contains($0) }) else { return nil }
    // The year has four digits; of two it is behind.
    let yearIsFirst = widths[0] == 4
    let (year, number) = yearIsFirst ? (0, 1) : (1, 0)
    let isOrdered = yearIsFirst ? ["4Qn", "4nQ"] : ["Qn4", "nQ4", "Qnn", "nQn"]
    let plain = text.map { "QHT".contains($0) ? "Q" : String($0) }.joined()
    guard isOrdered.contains(plain), widths[number] == 1, widths[year] != 1 else { return nil }
    let full = widths[year] == 4 ? v[year] : WrittenPeriod.fullYear(v[year])
    return mark == "H" ? WrittenPeriod.half(full, v[number]) : WrittenPeriod.quarter(full, v[number])
  }

  // MARK: Spans

  /// Months of one or two years: `Jan-Feb 2019`, `2019 Jan-Feb`, `2019年1-2月`, `Dec 2018-Jan 2019`.
  private static func monthSpan(_ parts: [PeriodTokens.Part]) -> WrittenSpan? {
    let shape = PeriodShape(parts.filter { !$0.isMark })
    let v = shape.values
    let ends: (Period?, Period?)
    switch shape.text {
    case "MM4": ends = (WrittenPeriod.month(v[2], v[0]), WrittenPeriod.month(v[2], v[1]))
    case "4MM", "4Ynnm", "4Ynmnm": ends = (WrittenPeriod.month(v[0], v[1]), WrittenPeriod.month(v[0], v[2]))
    case "M4M4": ends = (WrittenPeriod.month(v[1], v[0]), WrittenPeriod.month(v[3], v[2]))
    default: return nil
    }
    guard let first = ends.0, let last = ends.1 else { return nil }
    return WrittenSpan(.period(first), .period(last))
  }

  /// Two whole periods with a slash, a dash or a word between them.
  private static func twoPeriods(_ text: String) -> WrittenSpan? {
    for mark in ["/", " - ", "–", "—", " to ", " bis ", " through "] {
      let ends = text.split(separator: mark, omittingEmptySubsequences: false)
      guard ends.count == 2 else { continue }
      let periods = ends.compactMap { end -> WrittenPeriod? in
        let bytes = Array(end.utf8.drop { $0 == UInt8(ascii: " ") })[...]
        let trimmed = bytes.last == UInt8(ascii: " ") ? bytes.dropLast() : bytes
        if let plain = WrittenPeriod(plain: trimmed) {
          if case .integer(_, let length) = plain, length != 4 { return nil }
          return plain
        }
        return PeriodTokens(String(decoding: trimmed, as: UTF8.self)).flatMap { period($0) }
      }
      if periods.count == 2 { return WrittenSpan(periods[0], periods[1]) }
    }
    return nil
  }
}

/// The kinds of the parts of a text, one character each, and the numbers and months among them.
private struct PeriodShape {
  /// `n` is a number of one or two digits, `4` and `8` are numbers of so many, `x` other numbers, `M` the name of a month.
  private(set) var text = ""
  private(set) var values: [Int] = []
  private(set) var widths: [Int] = []

  init(_ parts: [PeriodTokens.Part]) {
    for part in parts {
      switch part {
      case .number(let value, let width):
        text.append(width <= 2 ? "n" : width == 4 ? "4" : width == 8 ? "8" : "x")
        values.append(value)
        widths.append(width)
      case .month(let month):
        text.append("M")
        values.append(month)
        widths.append(0)
      case .unit(let unit): text.append(unit.rawValue)
      case .mark(let mark): text.append(mark)
      }
    }
  }
}
