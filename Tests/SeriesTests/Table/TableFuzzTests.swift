import Series
import Testing

/// A small generator of random numbers with a seed (SplitMix64).
struct Randomness: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A monthly series written in one of the layouts that people use.
struct GeneratedLayout {
  let bytes: [UInt8]
  /// The numbers written, by month in time order; `nil` is a missing value.
  let values: [Double?]
  let label: String

  init(seed: UInt64) {
    var random = Randomness(state: seed)
    func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }
    let separator = pick([",", ";", "\t", "|"])
    let decimal = pick([".", ","])
    let thousands = pick(["", decimal == "." ? "," : ".", " ", "'", "\u{A0}", "\u{202F}"])
    let decimals = pick([0, 1, 1, 2, 3])
    let scale = pick([1.0, 50, 900, 7000, 2_000_000])
    let order = pick(["up", "up", "down", "mixed"])
    let missing = pick(["", "-", "..", "#N/A", "NA", "n/a", "null"])
    let newline = pick(["\n", "\r\n", "\r"])
    let quoted = pick([true, false])
    let encoding = pick(["utf8", "utf8", "bom", "utf16le", "utf16be", "latin1"])
    let title = pick([0, 0, 1, 2])
    let footer = pick([0, 0, 1, 2])
    let header = pick([["date", "value"], ["Monat", "Wert"], ["period", "value"], []])
    let decoration = pick(["", "", "", "$", "€", "%"])
    let negative = pick(["-", "-", "\u{2212}", "("])
    let dates = pick(["iso", "month", "dotted", "named"])
    label =
      "\(seed): \(separator.debugDescription) \(decimal) \(thousands.debugDescription) \(decimals) \(order) \(missing) "
      + "\(encoding) \(title) \(footer) \(header) \(decoration) \(negative) \(dates) \(quoted)"

    var values: [Double?] = []
    var rows: [[String]] = []
    for place in 0..<Int.random(in: 12...40, using: &random) {
      let (year, month) = (2018 + place / 12, place % 12 + 1)
      let two = month < 10 ? "0\(month)" : "\(month)"
      let date =
        switch dates {
        case "iso": "\(year)-\(two)-01"
        case "dotted": "01.\(two).\(year)"
        case "named":
          "\(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]) \(year)"
        default: "\(year)-\(two)"
        }
      guard Int.random(in: 0..<12, using: &random) > 0 else {
        values.append(nil)
        rows.append([date, missing])
        continue
      }
      // Digits first, so that the text is exact.
      var power = 1
      for _ in 0..<decimals { power *= 10 }
      let whole = Int.random(in: 0..<Int(scale * 2), using: &random)
      let part = Int.random(in: 0..<power, using: &random)
      let isNegative = Int.random(in: 0..<8, using: &random) == 0 && whole + part > 0
      var fraction = "\(part)"
      while fraction.count < decimals { fraction = "0" + fraction }
      let value = Double("\(whole)" + (decimals > 0 ? "." + fraction : ""))
      values.append(isNegative ? value.map { -$0 } : value)
      var grouped = ""
      for (index, digit) in String(whole).reversed().enumerated() {
        if index > 0, index % 3 == 0 { grouped = thousands + grouped }
        grouped = String(digit) + grouped
      }
      var text = grouped + (decimals > 0 ? decimal + fraction : "")
      if decoration == "$" { text = "$" + text } else if !decoration.isEmpty { text += " " + decoration }
      if isNegative { text = negative == "(" ? "(\(text))" : negative + text }
      rows.append([date, text])
    }
    if order == "down" { rows.reverse() }
    if order == "mixed" { rows.shuffle(using: &random) }
    func field(_ text: String) -> String {
      text.contains(separator) || quoted ? "\"\(text)\"" : text
    }
    var lines: [String] = []
    if title > 0 { lines.append("Sales of the north") }
    if title > 1 { lines += ["monthly, in units", ""] }
    if !header.isEmpty { lines.append(header.map(field).joined(separator: separator)) }
    lines += rows.map { $0.map(field).joined(separator: separator) }
    if footer > 0 { lines.append(["Total", "123"].joined(separator: separator)) }
    if footer > 1 { lines += ["", "Source: own count"] }
    let text = lines.joined(separator: newline) + newline
    self.values = values
    switch encoding {
    case "bom": bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case "utf16le": bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case "utf16be": bytes = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case "latin1"
    where text.unicodeScalars.allSatisfy({ $0.value < 256 && !(0x80..<0xA0).contains($0.value) }):
      bytes = text.unicodeScalars.map { UInt8($0.value) }
    default: bytes = Array(text.utf8)
    }
  }
}

@Suite struct TableFuzzTests {
  /// Reads a layout; the values, or the fault by which it was refused.
  func read(_ layout: GeneratedLayout) throws(ForecastError) -> (series: TimeSeries, isGuess: Bool) {
    let tidy = try Table(bytes: layout.bytes, file: "f").tidy()
    return (try TimeSeries(table: tidy.table), tidy.notes.contains { $0.contains("--decimal") })
  }

  @Test func `every layout gives back the numbers written, or is refused`() throws {
    var refused: [String] = []
    for seed in 1...600 {
      let layout = GeneratedLayout(seed: UInt64(seed))
      do {
        let (series, isGuess) = try read(layout)
        if isGuess {
          // It says so, and which option decides.
          refused.append(layout.label)
          continue
        }
        // Missing values at the ends are rows, too.
        #expect(series.values == layout.values, "\(layout.label)")
        #expect(series.start == .month(2018, 1), "\(layout.label)")
      } catch .data(let fault) {
        refused.append("\(fault) \(layout.label)")
        switch fault.kind {
        case .ambiguousNumber(_, let readings, let option):
          #expect(readings.count == 2 && option.contains("--decimal"), "\(layout.label)")
        default: Issue.record("\(fault): \(layout.label)")
        }
      }
    }
    // Only numbers that two marks read differently are refused: groups of thousands without a fraction.
    #expect(refused.count < 90, "\(refused.count) refused: \(refused.prefix(8))")
  }
}
