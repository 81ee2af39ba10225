/// A record of a table as it stands in the file.
struct TableRecord {
  /// The line on which it begins.
  let line: Int
  /// The fields without quotes and without the spaces around them.
  let fields: [String]

  /// Whether no field has text.
  var isBlank: Bool { fields.allSatisfy(\.isEmpty) }
}

/// The character between the fields of a text.
enum FieldSeparator: UInt8, CaseIterable {
  case tab = 9
  case semicolon = 59
  case pipe = 124
  case comma = 44
  /// One field a line.
  case none = 0

  /// The name in the plural, for notes.
  var name: String {
    switch self {
    case .tab: "tabs"
    case .semicolon: "semicolons"
    case .pipe: "pipes"
    case .comma: "commas"
    case .none: "lines"
    }
  }

  /// Returns the separator that makes most sense of a text: one that gives dates and numbers before one that gives numbers alone, and
  /// then the one with which most lines have the same number of fields.
  static func sniffed(_ text: [UInt8]) -> FieldSeparator {
    var best = (separator: FieldSeparator.none, sense: -1, share: 0.0)
    let sample = text.prefix(1 << 16)
    let end = sample.count < text.count ? sample.lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } : nil
    let part = end.map { sample[..<$0] } ?? sample
    for separator in allCases {
      guard separator == .none || part.contains(separator.rawValue) else { continue }
      guard let records = try? separator.records(part, file: nil, limit: 400) else { continue }
      let shape = TableShape(records)
      guard shape.width > 1 || separator == .none else { continue }
      if (shape.sense, shape.share) > (best.sense, best.share) {
        best = (separator, shape.sense, shape.share)
      }
    }
    return best.separator
  }

  /// Returns the records of a text that are not blank (quotes, doubled quotes, line breaks in quotes; lines end with CR, LF or both).
  ///
  /// - Throws: `ForecastError.data` if a quoted field is not closed.
  func records(
    _ text: ArraySlice<UInt8>, file: String?, limit: Int = .max
  ) throws(ForecastError) -> [TableRecord] {
    var records: [TableRecord] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var (line, start) = (1, 1)
    var (inQuotes, wasQuoted) = (false, false)
    func endField() {
      fields.append(CSVTable.trimmed(String(decoding: field, as: UTF8.self)))
      field.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    func endRecord() {
      endField()
      let record = TableRecord(line: start, fields: fields)
      if !record.isBlank { records.append(record) }
      fields.removeAll(keepingCapacity: true)
    }
    var place = text.startIndex
    while place < text.endIndex, records.count < limit {
      let byte = text[place]
      place += 1
      if inQuotes {
        if byte == 10 { line += 1 }
        if byte != 34 {
          field.append(byte)
        } else if place < text.endIndex, text[place] == 34 {
          field.append(34)
          place += 1
        } else {
          inQuotes = false
        }
        continue
      }
      switch byte {
      case rawValue where self != .none: endField()
      case 10, 13:
        if byte == 13, place < text.endIndex, text[place] == 10 { place += 1 }
        endRecord()
        line += 1
        start = line
      case 34 where !wasQuoted && field.allSatisfy({ $0 == 32 || $0 == 9 }):
        field.removeAll(keepingCapacity: true)
        (inQuotes, wasQuoted) = (true, true)
      default: field.append(byte)
      }
    }
    if inQuotes, limit == .max {
      throw .data(DataFault(.unterminatedQuote, file: file, line: start))
    }
    if records.count < limit, !field.isEmpty || !fields.isEmpty || wasQuoted { endRecord() }
    return records
  }
}

/// What the columns of records hold.
struct TableShape {
  /// What most cells of a column are.
  enum Content {
    /// Periods that are nothing but periods.
    case dates
    /// Integers, which may be periods or values.
    case integers
    case numbers
    case words
    case nothing
  }

  /// The number of fields that most records have.
  let width: Int
  /// The share of records that have it.
  let share: Double
  /// What each column holds.
  let columns: [Content]
  /// Whether the periods stand across, in the first record of the usual width.
  let hasPeriodsAcross: Bool

  /// Looks at the records; of many, at the first and the last.
  init(_ all: [TableRecord]) {
    let most = 2000
    let records = all.count > 2 * most ? Array(all.prefix(most) + all.suffix(most)) : all
    var counts: [Int: Int] = [:]
    for record in records { counts[record.fields.count, default: 0] += 1 }
    let width = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    self.width = width
    share = records.isEmpty ? 0 : Double(counts[width] ?? 0) / Double(records.count)
    let usual = records.filter { $0.fields.count == width }
    columns = (0..<width).map { column in
      var (dates, integers, numbers, words) = (0, 0, 0, 0)
      for record in usual {
        let cell = record.fields[column]
        if CSVTable.isMissingMark(cell) { continue }
        switch TableShape.content(of: cell) {
        case .dates: dates += 1
        case .integers: integers += 1
        case .numbers: numbers += 1
        case .words, .nothing: words += 1
        }
      }
      let all = dates + integers + numbers + words
      guard all > 0 else { return .nothing }
      // A header, a title and a footer have words in every column.
      let most = max(1, min(all - 1, (all * 3 + 4) / 5))
      if dates + integers >= most, dates > integers { return .dates }
      if integers >= most { return .integers }
      return numbers + integers + dates >= most && numbers + integers > dates ? .numbers : .words
    }
    hasPeriodsAcross = usual.first.map { TableShape.arePeriodsAcross($0.fields) } ?? false
  }

  /// How much sense the columns make as a series: 2 with periods and numbers, 1 with numbers alone.
  var sense: Int {
    let numeric = columns.count { $0 == .numbers || $0 == .integers }
    if numeric > 0, columns.contains(.dates) || hasPeriodsAcross { return 2 }
    return numeric > 1 && columns.contains(.integers) ? 2 : numeric > 0 ? 1 : 0
  }

  /// Whether a first record has periods in all of its columns but the first ones.
  static func arePeriodsAcross(_ fields: [String]) -> Bool {
    let periods = fields.drop { !isPeriod($0) }
    guard periods.count >= 2, periods.count < fields.count, periods.allSatisfy({ isPeriod($0) }) else {
      return false
    }
    return true
  }

  /// Whether a cell is a period that names itself, or a year.
  static func isPeriod(_ cell: String) -> Bool {
    switch content(of: cell) {
    case .dates: true
    case .integers: cell.utf8.count == 4 && (1500...2500).contains(Int(cell) ?? 0)
    default: false
    }
  }

  /// What a cell is on its own.
  static func content(of cell: String) -> Content {
    if cell.utf8.count <= 80, let span = WrittenSpan(cell) {
      switch span.single {
      case .integer: return .integers
      case .decimal: return .numbers
      default:
        guard Double(decimal: cell) != nil else { return .dates }
        // 01.2019 and 2019.12 may be numbers, too.
        let parts = cell.split(separator: ".")
        return parts.contains { $0.utf8.count == 4 && (1900...2100).contains(Int($0) ?? 0) }
          ? .dates : .numbers
      }
    }
    return WrittenNumber(cell) == nil ? .words : .numbers
  }
}
