/// The numbers, words and marks of a text that may be a period, and its time of day.
struct PeriodTokens {
  /// A word that says what the number beside it counts.
  enum Unit: Character {
    case year = "Y"
    case half = "H"
    case quarter = "Q"
    case month = "m"
    case week = "W"
    case day = "D"
    case fiscal = "F"
    /// The letter of `2019M01`.
    case monthMark = "k"
    /// The letter between a date and a time.
    case time = "T"
  }

  /// A part of the text.
  enum Part: Hashable {
    /// A number and how many digits it has.
    case number(Int, Int)
    /// The name of a month.
    case month(Int)
    case unit(Unit)
    /// Punctuation between numbers.
    case mark(Character)

    var isMark: Bool { if case .mark = self { true } else { false } }

    var isWord: Bool {
      switch self {
      case .month, .unit: true
      case .number, .mark: false
      }
    }
  }

  private(set) var parts: [Part] = []
  private(set) var clock: ClockTime?

  /// Whether there are words among the parts.
  var hasWords: Bool { parts.contains(where: \.isWord) }

  /// Reads a text; `nil` if it has a word that no period has.
  init?(_ text: String) {
    var scalars = Array(PeriodTokens.folded(text).unicodeScalars)[...]
    if let start = PeriodTokens.clockStart(scalars) {
      guard let clock = PeriodTokens.clock(scalars[start...]) else { return nil }
      self.clock = clock
      scalars = scalars[..<start]
    }
    while let scalar = scalars.first {
      if let digit = PeriodTokens.digit(scalar) {
        var (value, width) = (digit, 1)
        scalars = scalars.dropFirst()
        while let next = scalars.first, let digit = PeriodTokens.digit(next) {
          guard width < 15 else { return nil }
          (value, width) = (value * 10 + digit, width + 1)
          scalars = scalars.dropFirst()
        }
        parts.append(.number(value, width))
      } else if scalar.properties.isAlphabetic {
        let word = scalars.prefix { $0.properties.isAlphabetic }
        scalars = scalars.dropFirst(word.count)
        guard add(String(String.UnicodeScalarView(word))) else { return nil }
        // A point behind a word ends its short form.
        if scalars.first == "." { scalars = scalars.dropFirst() }
      } else {
        scalars = scalars.dropFirst()
        guard add(mark: scalar, before: scalars.first) else { return nil }
      }
    }
    if clock != nil, parts.last == .unit(.time) { parts.removeLast() }
    guard !parts.isEmpty else { return nil }
  }

  /// Adds a mark; returns whether dates have it.
  private mutating func add(mark: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
    switch mark {
    case " ", "\t", ",", "'", "(", ")": return true
    case "/", "-", ".", ":":
      // `1. Quartal`: a point behind a number with a space behind it makes it an ordinal.
      if mark == ".", next == " " || next == nil { return true }
      if !parts.isEmpty { parts.append(.mark(Character(mark))) }
      return true
    default: return false
    }
  }

  /// Adds a word; returns whether periods have it.
  private mutating func add(_ word: String) -> Bool {
    if let month = MonthNames.month(word) {
      parts.append(.month(month))
      return true
    }
    if let unit = PeriodTokens.units[word] {
      parts.append(.unit(unit))
      return true
    }
    if let number = PeriodTokens.numerals[word] {
      parts.append(.number(number, 1))
      return true
    }
    if PeriodTokens.fillers.contains(word) { return true }
    // Chinese writes without spaces: 第一季度, 年第, 月份.
    guard word.unicodeScalars.count > 1,
      word.unicodeScalars.allSatisfy({ (0x3400...0x9FFF).contains($0.value) })
    else { return false }
    for length in [3, 2, 1] where length < word.count {
      let (head, tail) = (String(word.prefix(length)), String(word.dropFirst(length)))
      var copy = self
      if copy.add(head), copy.add(tail) {
        self = copy
        return true
      }
    }
    return false
  }

  private static let units: [String: Unit] = [
    "q": .quarter, "qtr": .quarter, "quarter": .quarter, "quartal": .quarter, "trimestre": .quarter,
    "trim": .quarter,
    "кв": .quarter, "квартал": .quarter, "季度": .quarter, "季": .quarter,
    "h": .half, "half": .half, "halbjahr": .half, "s": .half, "semestre": .half, "полугодие": .half,
    "半年": .half,
    "w": .week, "wk": .week, "week": .week, "kw": .week, "woche": .week, "semaine": .week, "semana": .week,
    "неделя": .week, "周": .week, "m": .monthMark, "月": .month, "月份": .month, "年": .year, "日": .day, "号": .day,
    "년": .year, "월": .month, "일": .day, "fy": .fiscal, "t": .time,
  ]

  private static let numerals: [String: Int] = [
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2, "first": 1,
    "second": 2,
    "third": 3, "fourth": 4,
  ]

  /// Words that change nothing.
  private static let fillers: Set<String> = [
    "de", "del", "of", "the", "der", "г", "год", "года", "st", "nd", "rd", "th", "er", "e", "第", "mon",
    "monday",
    "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday", "sat",
    "saturday", "sun", "sunday",
  ]

  // MARK: Time of day

  /// Where a time of day such as ` 13:00` or `T130000` begins: at its hour.
  private static func clockStart(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    for place in scalars.indices where scalars[place] == ":" {
      var start = place
      while start > scalars.startIndex, digit(scalars[start - 1]) != nil { start -= 1 }
      guard (1...2).contains(place - start), start > scalars.startIndex, place + 2 < scalars.endIndex,
        digit(scalars[place + 1]) != nil, digit(scalars[place + 2]) != nil
      else { return nil }
      let before = scalars[start - 1]
      return before == " " || before == "t" || before == "," ? start : nil
    }
    // The basic form of ISO 8601: 20190131t130000.
    guard let mark = scalars.firstIndex(of: "t"), mark == scalars.startIndex + 8,
      scalars[..<mark].allSatisfy({ digit($0) != nil }), mark + 2 < scalars.endIndex
    else { return nil }
    return mark + 1
  }

  /// A time of day such as `13:00`, `1:05:30 pm`, `07:30:00.5+02:00`, `7:30 utc` or `130000z`.
  private static func clock(_ scalars: ArraySlice<Unicode.Scalar>) -> ClockTime? {
    var text = String(String.UnicodeScalarView(scalars))
    if let bracket = text.firstIndex(of: "[") { text = String(text[..<bracket]) }
    while text.last == " " { text.removeLast() }
    var isAfternoon: Bool?
    for (ending, afternoon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)]
    where text.hasSuffix(ending) {
      isAfternoon = afternoon
      text.removeLast(ending.count)
    }
    for zone in ["utc", "gmt"] where text.hasSuffix(zone) { text = String(text.dropLast(zone.count)) + "z" }
    var bytes = Array(text.utf8).filter { $0 != UInt8(ascii: " ") }
    if !bytes.contains(UInt8(ascii: ":")) {
      let digits = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
      guard digits == 4 || digits == 6 else { return nil }
      if digits == 6 { bytes.insert(UInt8(ascii: ":"), at: 4) }
      bytes.insert(UInt8(ascii: ":"), at: 2)
    } else if bytes.firstIndex(of: UInt8(ascii: ":")) == 1 {
      bytes.insert(UInt8(ascii: "0"), at: 0)
    }
    guard let time = ClockTime(bytes[...]) else { return nil }
    guard let isAfternoon else { return time }
    let hour = time.second / 3600
    guard (1...12).contains(hour) else { return nil }
    let shift = isAfternoon ? (hour == 12 ? 0 : 12) : (hour == 12 ? -12 : 0)
    return ClockTime(second: time.second + shift * 3600, offset: time.offset)
  }

  // MARK: Characters

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    (48...57).contains(scalar.value) ? Int(scalar.value) - 48 : nil
  }

  /// The text in lowercase, without accents, with plain spaces, hyphens and apostrophes.
  private static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0xE0...0xE5: result.append("a")
      case 0xE7: result.append("c")
      case 0xE8...0xEB: result.append("e")
      case 0xEC...0xEF: result.append("i")
      case 0xF1: result.append("n")
      case 0xF2...0xF6: result.append("o")
      case 0xF9...0xFC: result.append("u")
      case 0x300...0x36F: break
      case 0x451: result.append("е")
      case 0xA0, 0x2007, 0x2009, 0x202F, 0x3000: result.append(" ")
      case 0x2010...0x2015, 0x2212: result.append("-")
      case 0x2018, 0x2019, 0x60, 0xB4: result.append("'")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
