/// A comma-separated table with a header (RFC 4180: quotes, doubled quotes, line breaks in quotes), with line numbers.
public struct CSVTable: Sendable {
  /// The header's column names.
  public let header: [String]
  /// The rows below the header, each with the line it begins on.
  public let rows: [(line: Int, fields: [String])]
  /// The file it was read from, for messages.
  public let file: String?

  /// The table in a file or pipe; `-` is the standard input.
  ///
  /// - Throws: `ForecastError.data` when the file is unreadable or a row does not fit the header.
  public init(path: String) throws(ForecastError) {
    try self.init(text: TextFile.text(path: path), file: path == "-" ? "standard input" : path)
  }

  /// The table in a text.
  ///
  /// - Throws: `ForecastError.data` when there is no header, a quote does not end or a row does not fit the header.
  public init(text: String, file: String? = nil) throws(ForecastError) {
    var lines = try CSVTable.records(text, file: file)
    guard !lines.isEmpty else { throw .data(DataFault(.empty, file: file)) }
    header = lines.removeFirst().fields.map { CSVTable.trimmed($0) }
    for row in lines where row.fields.count != header.count {
      if let name = DataFault.separator(header) {
        throw .data(DataFault(.separator(name), file: file, line: 1))
      }
      throw .data(
        DataFault(.fieldCount(expected: header.count, found: row.fields.count), file: file, line: row.line))
    }
    rows = lines
    self.file = file
  }

  /// The place of a column, whatever the case of its name, or `nil` when the header lacks it.
  public func column(_ name: String) -> Int? { CSVTable.place(of: name, in: header) }

  /// The place of a column.
  ///
  /// - Throws: `ForecastError.data` when the header lacks it or has it twice.
  public func requiredColumn(_ name: String) throws(ForecastError) -> Int {
    guard let column = column(name) else {
      throw .data(DataFault(.missingColumn(name, found: header), file: file, line: 1))
    }
    let isRepeated = header[(column + 1)...].contains { other in
      header[column] == name ? other == name : other.lowercased() == name.lowercased()
    }
    guard !isRepeated else {
      throw .data(DataFault(.repeatedColumn(name), file: file, line: 1))
    }
    return column
  }

  /// The table of the rows that hold `value` in a column, lines as in the file.
  public func rows(whose column: Int, is value: String) -> CSVTable {
    CSVTable(header: header, rows: rows.filter { $0.fields[column] == value }, file: file)
  }

  private init(header: [String], rows: [(line: Int, fields: [String])], file: String?) {
    self.header = header
    self.rows = rows
    self.file = file
  }

  /// A field in quotes where it needs them.
  public static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// The place of a name in a header: as it is written, else without regard to case.
  static func place(of name: String, in header: [String]) -> Int? {
    header.firstIndex(of: name) ?? header.firstIndex { $0.lowercased() == name.lowercased() }
  }

  /// Whether a field says that there is no value: empty, `NA`, `N/A`, `NaN` or `null` in any case.
  package static func isMissing(_ field: String) -> Bool {
    field.utf8.count <= 4 && ["", "na", "n/a", "nan", "null"].contains(field.lowercased())
  }

  /// A field without the space around it.
  package static func trimmed(_ text: String) -> String {
    var part = text[...]
    while let c = part.first, c.isWhitespace || c == "\u{FEFF}" { part.removeFirst() }
    while let c = part.last, c.isWhitespace { part.removeLast() }
    return String(part)
  }

  private static func records(
    _ text: String, file: String?
  ) throws(ForecastError) -> [(line: Int, fields: [String])] {
    var records: [(line: Int, fields: [String])] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var line = 1
    var startLine = 1
    var inQuotes = false
    var wasQuoted = false
    var previousQuote = false
    func isBlank() -> Bool { fields.isEmpty && field.isEmpty && !wasQuoted }
    func endField() {
      fields.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    func endRecord() {
      if !isBlank() {
        endField()
        records.append((startLine, fields))
        fields.removeAll(keepingCapacity: true)
      }
      startLine = line
    }
    for byte in text.utf8 {
      if byte == 10 { line += 1 }
      if inQuotes {
        if previousQuote {
          previousQuote = false
          if byte == 34 {
            field.append(34)
            continue
          }
          inQuotes = false  // the quote before this byte closed the field
        } else if byte == 34 {
          previousQuote = true
          continue
        } else {
          field.append(byte)
          continue
        }
      }
      switch byte {
      case 34 where field.isEmpty && !wasQuoted:
        inQuotes = true
        wasQuoted = true
      case 44: endField()
      case 13: break
      case 10: endRecord()
      default: field.append(byte)
      }
    }
    if inQuotes, !previousQuote {
      throw .data(DataFault(.unterminatedQuote, file: file, line: startLine))
    }
    endRecord()
    return records
  }
}
