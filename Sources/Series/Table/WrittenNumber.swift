/// The mark between the whole part and the fraction of a number.
public enum DecimalMark: String, Sendable, Hashable, Codable, CaseIterable {
  case point
  case comma
}

/// A number as people write it, with what each decimal mark makes of it.
///
/// Thousands may be grouped by the other mark, by spaces of any width or by apostrophes. Read are signs (also the minus of Unicode),
/// parentheses for negative numbers, currencies before or behind, percent signs, and the letters by which statistical offices mark a value
/// (`12p`). A letter that could be a multiple (`12k`, `3m`) is no number.
struct WrittenNumber {
  /// The value if the decimal mark is a point; `nil` if the text is no number then.
  let point: Double?
  /// The value if the decimal mark is a comma.
  let comma: Double?
  /// The currency, as written.
  let currency: String?
  let isPercent: Bool
  /// The mark behind the number, such as `p` for provisional.
  let flag: String?
  /// Whether a point stands where it could group thousands, and nothing else tells.
  let isPointedGroup: Bool
  /// Whether commas group thousands if the decimal mark is a point.
  let hasCommaGroups: Bool

  /// The value under a mark.
  func value(_ mark: DecimalMark) -> Double? { mark == .point ? point : comma }

  /// Whether the two marks give different numbers.
  var isAmbiguous: Bool { point != nil && comma != nil && point != comma }

  /// Reads a text without spaces around it; `nil` if it is a number under neither mark.
  init?(_ text: String) {
    if let plain = Double(decimal: text),
      !text.utf8.contains(UInt8(ascii: ".")) || WrittenNumber.hasFraction(text)
    {
      (point, currency, isPercent, flag, isPointedGroup, hasCommaGroups) = (
        plain, nil, false, nil, false, false
      )
      comma = text.utf8.contains(UInt8(ascii: ".")) ? nil : plain
      return
    }
    var rest = Array(text.unicodeScalars)[...]
    var (isNegative, isEnclosed) = (false, false)
    var currency: String?
    var isPercent = false
    var flag: String?
    func trim() {
      while let first = rest.first, WrittenNumber.isSpace(first) { rest = rest.dropFirst() }
      while let last = rest.last, WrittenNumber.isSpace(last) { rest = rest.dropLast() }
    }
    // In front: a sign, a parenthesis, a currency, each at most once and in any order.
    var hasSign = false
    front: while let first = rest.first {
      switch first {
      case "-", "\u{2212}", "\u{2013}", "+":
        guard !hasSign, !isEnclosed else { return nil }
        hasSign = true
        isNegative = first != "+"
        rest = rest.dropFirst()
      case "(":
        guard !hasSign, !isEnclosed else { return nil }
        isEnclosed = true
        rest = rest.dropFirst()
      default:
        guard let found = WrittenNumber.currency(rest) else { break front }
        guard currency == nil else { return nil }
        currency = found
        rest = rest.dropFirst(found.unicodeScalars.count)
      }
      trim()
    }
    var isClosed = !isEnclosed
    back: while let last = rest.last, !("0"..."9").contains(last) {
      if last == ")", !isClosed {
        isClosed = true
        rest = rest.dropLast()
      } else if last == "%", !isPercent, flag == nil {
        isPercent = true
        rest = rest.dropLast()
      } else if currency == nil, let found = WrittenNumber.trailingCurrency(rest) {
        currency = found
        rest = rest.dropLast(found.unicodeScalars.count)
      } else if flag == nil, let found = WrittenNumber.flag(rest) {
        flag = found
        rest = rest.dropLast(found.unicodeScalars.count)
      } else {
        break back
      }
      trim()
    }
    guard isClosed, let first = rest.first, ("0"..."9").contains(first) || first == "." || first == "," else {
      return nil
    }
    let core = Array(rest)
    let sign = isNegative || isEnclosed ? -1.0 : 1.0
    point = WrittenNumber.value(core, decimal: ".").map { sign * $0 }
    comma = WrittenNumber.value(core, decimal: ",").map { sign * $0 }
    guard point != nil || comma != nil else { return nil }
    self.currency = currency
    self.isPercent = isPercent
    self.flag = flag
    hasCommaGroups = point != nil && core.contains(",")
    isPointedGroup = point != nil && comma != nil && point != comma && !core.contains(",")
  }

  /// Whether the fraction behind the point cannot be a group of thousands.
  private static func hasFraction(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 3 else { return true }
    let whole =
      parts[0].first == UInt8(ascii: "-") || parts[0].first == UInt8(ascii: "+")
      ? parts[0].dropFirst() : parts[0]
    return whole.count > 3 || whole.isEmpty || whole.first == UInt8(ascii: "0")
      || !whole.allSatisfy { (48...57).contains($0) } || !parts[1].allSatisfy { (48...57).contains($0) }
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\u{A0}", "\u{202F}", "\u{2009}", "\u{2007}": true
    default: false
    }
  }

  /// The magnitude of digits with marks; `nil` if they are no number with this decimal mark.
  private static func value(_ core: [Unicode.Scalar], decimal: Unicode.Scalar) -> Double? {
    var parts = core[...]
    var exponent = ""
    if let mark = core.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      exponent = "e" + String(String.UnicodeScalarView(core[(mark + 1)...]))
      parts = core[..<mark]
    }
    let halves = parts.split(separator: decimal, omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    let fraction = halves.count == 2 ? halves[1] : []
    guard fraction.allSatisfy({ ("0"..."9").contains($0) }), let whole = ungrouped(halves[0]) else {
      return nil
    }
    guard whole > 0 || !fraction.isEmpty, whole == halves[0].count || exponent.isEmpty else { return nil }
    let digits = String(String.UnicodeScalarView(halves[0].filter { ("0"..."9").contains($0) }))
    let text =
      (digits.isEmpty ? "0" : digits) + "."
      + (fraction.isEmpty ? "0" : String(String.UnicodeScalarView(fraction)))
    return Double(decimal: text + exponent)
  }

  /// The number of digits of a whole part whose thousands are grouped by one mark or not at all; `nil` for any other text.
  private static func ungrouped(_ whole: ArraySlice<Unicode.Scalar>) -> Int? {
    guard let mark = whole.first(where: { !("0"..."9").contains($0) }) else { return whole.count }
    guard isSpace(mark) || ".,'\u{2019}".unicodeScalars.contains(mark) else { return nil }
    let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.count), first.first != "0",
      groups.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return whole.count - groups.count + 1
  }

  private static let currencies = [
    "US$", "A$", "C$", "HK$", "R$", "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "RUB", "CHF", "INR", "$", "€",
    "¥", "£", "₽",
    "₹", "₩", "￥",
  ]

  private static func currency(_ text: ArraySlice<Unicode.Scalar>) -> String? {
    currencies.first { text.starts(with: $0.unicodeScalars) }
  }

  private static func trailingCurrency(_ text: ArraySlice<Unicode.Scalar>) -> String? {
    currencies.first { text.reversed().starts(with: $0.unicodeScalars.reversed()) }
  }

  /// The letters and signs that mark a value and cannot be a multiple of it.
  private static let flags: Set<Unicode.Scalar> = Set("preFfscduz*†‡¹²³".unicodeScalars)

  /// A mark at the end: a letter, stars, a raised digit, or a letter or number in brackets.
  private static func flag(_ text: ArraySlice<Unicode.Scalar>) -> String? {
    guard let last = text.last else { return nil }
    if last == ")" || last == "]" {
      let open: Unicode.Scalar = last == ")" ? "(" : "["
      guard let start = text.lastIndex(of: open), start > text.startIndex else { return nil }
      let mark = text[(start + 1)..<(text.endIndex - 1)]
      let isLetter = mark.count == 1 && mark.allSatisfy { flags.contains($0) || ("a"..."z").contains($0) }
      let isNumber =
        last == "]" && (1...2).contains(mark.count) && mark.allSatisfy { ("0"..."9").contains($0) }
      return isLetter || isNumber ? String(String.UnicodeScalarView(text[start...])) : nil
    }
    let marks = text.reversed().prefix { flags.contains($0) }
    guard (1...2).contains(marks.count) else { return nil }
    return String(String.UnicodeScalarView(marks.reversed()))
  }
}

extension CSVTable {
  /// Whether a cell of a table stands for a missing value: empty, dashes, dots, and the marks of spreadsheets and statistical offices.
  static func isMissingMark(_ cell: String) -> Bool {
    guard cell.utf8.count <= 9 else { return false }
    switch cell {
    case "", "-", "–", "—", "−", "--", ".", "..", "...", "…", ":", "#N/A", "#N/A N/A", "#NA": return true
    default: return ["na", "n/a", "nan", "null", "none", "n.a.", "<na>"].contains(cell.lowercased())
    }
  }
}
