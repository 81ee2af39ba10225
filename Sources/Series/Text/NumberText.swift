internal import RealModule

/// Numbers formatted for tables.
package enum NumberText {
  /// The mark for a value that does not exist.
  package static let absent = "–"

  /// A number with a fixed number of decimals, rounded half away from zero.
  ///
  /// Rounding starts from the shortest decimal text of the value, so 2.675 gives 2.68.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    let (digits, point) = decimalDigits(value)
    var kept = Array(digits.prefix(max(0, point + decimals)))
    var lead = point
    if point + decimals < 0 {
      kept = []
      lead = -decimals
    } else {
      while kept.count < point + decimals { kept.append(0) }
      if digits.count > point + decimals, digits[point + decimals] >= 5 {
        var place = kept.count - 1
        while place >= 0, kept[place] == 9 {
          kept[place] = 0
          place -= 1
        }
        if place >= 0 {
          kept[place] += 1
        } else {
          kept.insert(1, at: 0)
          lead += 1
        }
      }
    }
    if lead < 0 {
      kept.insert(contentsOf: [Int](repeating: 0, count: -lead), at: 0)
      lead = 0
    }
    let whole = lead == 0 ? "0" : kept[..<lead].map(String.init).joined()
    let part = kept[lead...].map(String.init).joined()
    let isZero = kept.allSatisfy { $0 == 0 }
    let body = decimals > 0 ? whole + "." + part : whole
    return value < 0 && !isZero ? "-" + body : body
  }

  /// A number with `digits` significant digits; in scientific notation outside 1e-5 … 1e9.
  package static func significant(_ value: Double, _ digits: Int = 5) -> String {
    guard value.isFinite else { return special(value) }
    guard value != 0 else { return "0" }
    let size = exponent(value)
    if size < -5 || size > 9 {
      let scaled = fixed(value / Double.pow(10, Double(size)), max(0, digits - 1))
      return scaled + "e" + (size < 0 ? "-" : "+") + (abs(size) < 10 ? "0" : "") + "\(abs(size))"
    }
    return fixed(value, max(0, digits - 1 - size))
  }

  /// A number with `digits` significant digits, or the mark for a missing value.
  package static func significant(_ value: Double?, _ digits: Int = 5) -> String {
    value.map { significant($0, digits) } ?? absent
  }

  /// A p value with four decimals, three significant digits if it is small, or the bound below which it is not shown.
  package static func pValue(_ value: Double?) -> String {
    guard let value else { return absent }
    if value < 2e-16 { return "<2e-16" }
    return value < 0.0001 ? significant(value, 3) : fixed(value, 4)
  }

  /// The shortest text that reads back exactly; integers have no decimal point.
  package static func plain(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number as short as it is exact to `digits` significant digits; its whole part stays whole up to 15 digits.
  ///
  /// `0.1` stays `0.1`, 153.28229186256075 is `153.282` and 12345678.9 is `12345679` with 6 digits. Very large and very small numbers are in
  /// scientific notation. Cost: a few integer operations for numbers of usual size, less than the shortest exact text.
  package static func short(_ value: Double, _ digits: Int = 6) -> String {
    var text = ""
    appendShort(value, digits, to: &text)
    return text
  }

  /// Appends such a number to a text.
  package static func appendShort(_ value: Double, _ digits: Int = 6, to text: inout String) {
    let size = value.magnitude
    guard size >= 1e-4, size < 1e15 else {
      text += size == 0 ? "0" : shortScientific(value, digits)
      return
    }
    var whole = 0
    var bound = 1.0
    while bound <= size {
      whole += 1
      bound *= 10
    }
    if size < 1 {
      bound = 0.1
      while bound > size {
        whole -= 1
        bound /= 10
      }
    }
    let decimals = min(18, max(0, digits - whole))
    // The product stays below 10^digits or 10^15, so it is a whole number of 64 bits.
    guard decimals + whole <= 15 else {
      text += plain(value)
      return
    }
    var scaled = Int((size * powersOfTen[decimals]).rounded())
    var places = decimals
    while places > 0, scaled % 10 == 0 {
      scaled /= 10
      places -= 1
    }
    if value < 0, scaled != 0 { text += "-" }
    guard places > 0 else {
      text += String(scaled)
      return
    }
    let unit = integerPowersOfTen[places]
    text += String(scaled / unit)
    text += "."
    let part = String(scaled % unit)
    for _ in 0..<(places - part.utf8.count) { text += "0" }
    text += part
  }

  private static let powersOfTen: [Double] = integerPowersOfTen.map(Double.init)
  private static let integerPowersOfTen: [Int] = (0..<19).map {
    (0..<$0).reduce(1) { power, _ in power * 10 }
  }

  private static func shortScientific(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return special(value) }
    let size = exponent(value)
    var body = fixed(value / Double.pow(10, Double(size)), max(0, digits - 1))
    if body.contains(".") {
      while body.last == "0" { body.removeLast() }
      if body.last == "." { body.removeLast() }
    }
    let text = "\(body)e\(size)"
    // A power of ten that overflows or underflows leaves the exact text.
    return Double(text).map { abs($0 - value) <= abs(value) } == true ? text : plain(value)
  }

  /// A share as a percentage.
  package static func percent(_ value: Double, _ decimals: Int = 1) -> String {
    fixed(value * 100, decimals) + " %"
  }

  /// The number of decimals with which the largest value of a column shows `digits` significant digits.
  package static func decimals(for values: some Sequence<Double>, digits: Int = 5) -> Int {
    let largest = values.filter(\.isFinite).map(abs).max() ?? 0
    guard largest > 0 else { return 0 }
    return min(12, max(0, digits - 1 - exponent(largest)))
  }

  /// The number of decimals with which the values of a column were written, at most `limit`.
  package static func writtenDecimals(of values: some Sequence<Double>, limit: Int = 6) -> Int {
    let counts = values.map { value -> Int in
      let (digits, point) = decimalDigits(value)
      return digits.count - point
    }
    return min(limit, max(0, counts.max() ?? 0))
  }

  /// ⌊log₁₀ |value|⌋ for a finite value other than zero.
  private static func exponent(_ value: Double) -> Int { decimalDigits(value).point - 1 }

  private static func special(_ value: Double) -> String {
    value.isNaN ? absent : value < 0 ? "-∞" : "∞"
  }

  /// The shortest decimal digits d₁d₂… of |value| = 0.d₁d₂… × 10^point.
  private static func decimalDigits(_ value: Double) -> (digits: [Int], point: Int) {
    var digits: [Int] = []
    var point: Int?
    var scale = 0
    var isNegativeScale = false
    var inScale = false
    for byte in "\(value.magnitude)".utf8 {
      switch byte {
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"): inScale = true
      case UInt8(ascii: "-"): isNegativeScale = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = Int(byte - UInt8(ascii: "0"))
        if inScale { scale = scale * 10 + digit } else { digits.append(digit) }
      default: break
      }
    }
    var place = (point ?? digits.count) + (isNegativeScale ? -scale : scale)
    while digits.first == 0 {
      digits.removeFirst()
      place -= 1
    }
    while digits.last == 0 { digits.removeLast() }
    return digits.isEmpty ? ([], 0) : (digits, place)
  }
}

/// A count with its noun: `1 period`, `2 periods`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
