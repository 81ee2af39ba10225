/// A table as people have it: text in any common encoding and layout, with titles above and totals below.
///
/// `tidy(_:)` finds the columns of periods, values and keys, and reads the numbers.
public struct Table: Sendable {
  /// The names of the columns; `column 1` and so on if the file has no header.
  public let header: [String]
  /// The file that was read, for messages.
  public let file: String?
  /// What was taken of anything but comma-separated UTF-8 text with a header, a clause each.
  public private(set) var notes: [String]
  /// Whether rows or marks were left out.
  public private(set) var hasOmissions = false
  let rows: [TableRecord]
  let shape: TableShape
  /// What the columns hold in the rows.
  let body: TableShape
  let separator: FieldSeparator
  /// The line of the header; `nil` if there is none.
  let headerLine: Int?
  /// Whether the periods stand across, in the header.
  let hasPeriodsAcross: Bool

  /// Reads a table from a file or pipe; `-` is standard input.
  ///
  /// Cost: O(bytes); the whole file is in memory.
  ///
  /// - Throws: `ForecastError.data` if the file cannot be read, is not text, or has no rows.
  public init(path: String, options: TableOptions = TableOptions()) throws(ForecastError) {
    try self.init(
      bytes: TextFile.bytes(path: path), file: path == "-" ? "standard input" : path, options: options)
  }

  /// Reads a table from the bytes of a file.
  ///
  /// - Throws: `ForecastError.data` if the bytes are not text, or have no rows.
  public init(bytes: [UInt8], file: String? = nil, options: TableOptions = TableOptions())
    throws(ForecastError)
  {
    var bytes = bytes
    var notes: [String] = []
    if GzipFile.begins(bytes) { bytes = try GzipFile.bytes(bytes, file: file) }
    if ZipArchive.begins(bytes) {
      let book = try Workbook(bytes, file: file, sheet: options.sheet)
      if book.sheetCount > 1 { notes.append("sheet \(book.sheet) of \(book.sheetCount)") }
      try self.init(records: book.records, separator: .comma, file: file, notes: notes, options: options)
      return
    }
    if let sheet = options.sheet {
      throw .invalidOption(name: "--sheet", value: sheet, reason: "needs a workbook (xlsx)")
    }
    if let kind = Table.unreadFormat(bytes) { throw .data(DataFault(.unreadable(kind), file: file)) }
    guard let (text, encoding) = TextEncoding.decoded(bytes) else {
      let zero = bytes.firstIndex(of: 0)
      let line = zero.map { place in bytes[..<place].count { $0 == 10 } + 1 }
      throw .data(DataFault(.unreadable("it is not text"), file: file, line: line))
    }
    if encoding != .utf8 { notes.append("read as \(encoding.name)") }
    if JSONLines.begins(text) {
      let lines = try JSONLines(text, file: file)
      try self.init(records: lines.records, separator: .comma, file: file, notes: notes, options: options)
      return
    }
    let separator = FieldSeparator.sniffed(text)
    if separator != .comma, separator != .none { notes.append("separated by \(separator.name)") }
    try self.init(
      records: separator.records(text[...], file: file), separator: separator, file: file, notes: notes,
      options: options)
  }

  /// What a file is that is not read, and how to bring it here; `nil` if it may be.
  private static func unreadFormat(_ bytes: [UInt8]) -> String? {
    let pipe = "pipe it in as CSV, as in: duckdb -csv -c \"from 'FILE'\" | foresight ... --input -"
    if bytes.starts(with: Array("PAR1".utf8)) { return "it is a Parquet file; " + pipe }
    if bytes.starts(with: Array("ARROW1".utf8)) { return "it is an Arrow file; convert it to Parquet or CSV" }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      return "it is compressed by zstd; pipe it in: zstdcat FILE | foresight ... --input -"
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return "it is a workbook of the old form (xls), or encrypted; save it as xlsx or CSV"
    }
    return nil
  }

  /// Finds the header and the rows among records.
  init(
    records: [TableRecord], separator: FieldSeparator, file: String?, notes: [String], options: TableOptions
  ) throws(ForecastError) {
    guard !records.isEmpty else { throw .data(DataFault(.empty, file: file)) }
    let shape = TableShape(records)
    let body = try TableBody(records, shape, file: file, options: options)
    self.file = file
    self.separator = separator
    self.shape = shape
    self.notes = notes + body.notes
    hasOmissions = body.hasOmissions
    headerLine = body.headerLine
    hasPeriodsAcross = body.hasPeriodsAcross
    rows = body.rows
    self.body = TableShape(body.rows)
    header = body.header ?? (0..<shape.width).map { "column \($0 + 1)" }
    if body.header == nil { self.notes.append("no header") }
  }

  /// Whether the table has names of its columns.
  var hasHeader: Bool { headerLine != nil }

  /// Returns the table with one of its rows alone.
  func only(_ row: TableRecord) -> Table { Table(self, rows: [row]) }

  private init(_ other: Table, rows: [TableRecord]) {
    (header, file, notes, hasOmissions) = (other.header, other.file, [], other.hasOmissions)
    (shape, separator, headerLine) = (other.shape, other.separator, other.headerLine)
    hasPeriodsAcross = other.hasPeriodsAcross
    self.rows = rows
    body = other.body
  }
}

/// The header and the rows of a table, without what stands above and below.
struct TableBody {
  private(set) var header: [String]?
  private(set) var headerLine: Int?
  private(set) var rows: [TableRecord] = []
  private(set) var notes: [String] = []
  private(set) var hasOmissions = false
  private(set) var hasPeriodsAcross = false

  /// - Throws: `ForecastError.data` for a row above the others that is neither a header nor a row.
  init(_ records: [TableRecord], _ shape: TableShape, file: String?, options: TableOptions)
    throws(ForecastError)
  {
    var start = 0
    if let place = TableBody.namedHeader(records, options) {
      header = records[place].fields
      start = place + 1
    } else if shape.hasPeriodsAcross,
      let place = records.firstIndex(where: { $0.fields.count == shape.width })
    {
      header = records[place].fields
      hasPeriodsAcross = true
      start = place + 1
    } else {
      start = try findHeader(records, shape, file)
    }
    headerLine = header.flatMap { names in records[..<start].last { $0.fields == names }?.line }
    var end = records.count
    while end > start, isFooter(records[end - 1], shape) { end -= 1 }
    if end == start { end = records.count }
    rows = Array(records[start..<end])
    let above = records[..<max(0, header == nil ? start : start - 1)].map(\.line)
    let below = records[end...].map(\.line)
    if !above.isEmpty || !below.isEmpty {
      let parts = [("above the table", above), ("below it", below)].compactMap { place, lines in
        lines.first.map { first in
          lines.count == 1 ? "line \(first) \(place)" : "lines \(first) to \(lines[lines.count - 1]) \(place)"
        }
      }
      notes.append("left out " + parts.joined(separator: " and "))
      hasOmissions = true
    }
  }

  /// The record that has the names asked for, or the usual ones.
  private static func namedHeader(_ records: [TableRecord], _ options: TableOptions) -> Int? {
    let asked = [options.date, options.value, options.id].compactMap(\.self)
    let sets = (asked.isEmpty ? [] : [asked]) + [["period", "value"], ["ds", "y"]]
    for names in sets {
      let place = records.prefix(100).firstIndex { record in
        record.fields.count > 1 && names.allSatisfy { CSVTable.place(of: $0, in: record.fields) != nil }
      }
      if let place { return place }
    }
    return nil
  }

  /// Finds the header by what stands below it; returns where the rows begin.
  private mutating func findHeader(
    _ records: [TableRecord], _ shape: TableShape, _ file: String?
  ) throws(ForecastError) -> Int {
    let numeric = shape.columns.indices.filter {
      shape.columns[$0] == .numbers || shape.columns[$0] == .integers
    }
    let dates = shape.columns.indices.filter { shape.columns[$0] == .dates }
    func isRow(_ record: TableRecord) -> Bool {
      guard record.fields.count == shape.width else { return false }
      if !dates.isEmpty { return dates.contains { TableShape.content(of: record.fields[$0]) == .dates } }
      return numeric.contains { TableBody.isNumber(record.fields[$0]) }
    }
    guard let first = records.firstIndex(where: isRow) else {
      // Nothing looks like a row: the first record is the header, and the rows will say what is wrong with them.
      header = records[0].fields
      return 1
    }
    guard first > 0 else { return 0 }
    let above = records[first - 1]
    guard above.fields.count == shape.width else {
      if let place = records[..<first].lastIndex(where: { $0.fields.count == shape.width }) {
        try refuseRow(records[place], numeric, dates, file)
      }
      return first
    }
    try refuseRow(above, numeric, dates, file)
    // Units may stand between the names and the numbers.
    if first > 1, above.fields.contains(""), records[first - 2].fields.count == shape.width,
      !records[first - 2].fields.contains(""),
      !numeric.contains(where: { TableBody.isNumber(records[first - 2].fields[$0]) })
    {
      header = records[first - 2].fields
      notes.append("left out line \(above.line) under the header")
      return first
    }
    header = above.fields
    return first
  }

  /// Refuses a record above the rows that has a number where they have one.
  private func refuseRow(
    _ record: TableRecord, _ numeric: [Int], _ dates: [Int], _ file: String?
  ) throws(ForecastError) {
    guard !dates.isEmpty, numeric.contains(where: { TableBody.isNumber(record.fields[$0]) }) else { return }
    throw .data(DataFault(.badPeriod(record.fields[dates[0]]), file: file, line: record.line))
  }

  private static func isNumber(_ cell: String) -> Bool {
    switch TableShape.content(of: cell) {
    case .numbers, .integers: true
    default: false
    }
  }

  /// Whether a record below the rows is a remark, a source or a total, and no row.
  private func isFooter(_ record: TableRecord, _ shape: TableShape) -> Bool {
    let filled = record.fields.filter { !$0.isEmpty }
    guard let first = filled.first else { return true }
    let content = TableShape.content(of: first)
    if case .words = content {
      let word = first.lowercased()
      if TableBody.footerWords.contains(where: { word.hasPrefix($0) }) {
        return !hasKeyColumn(shape) || filled.count == 1
      }
      if filled.count == 1 { return shape.width > 1 || !TableBody.isNumber(first) }
      // Text with a separator in it: no cell has a number.
      return record.fields.count != shape.width && !filled.contains { TableBody.isNumber($0) }
        || !filled.contains { CSVTable.isMissingMark($0) || TableShape.content(of: $0) != .words }
          && shape.columns.contains(.dates)
    }
    return false
  }

  /// Whether the first column has words in the rows, too.
  private func hasKeyColumn(_ shape: TableShape) -> Bool { shape.columns.first == .words }

  private static let footerWords = [
    "total", "grand total", "sum", "subtotal", "average", "mean", "source", "note", "*", "†", "gesamt",
    "summe", "insgesamt",
    "durchschnitt", "quelle", "hinweis", "anmerkung", "moyenne", "remarque", "suma", "promedio", "fuente",
    "nota",
    "итого", "всего", "среднее", "источник", "примечание", "合计", "总计", "平均", "来源", "注", "資料", "出典",
  ]
}
