/// A comma-separated table with a header (RFC 4180: quotes, doubled quotes, line breaks in quotes) and line numbers.
public struct CSVTable: Sendable {
  /// The column names in the header.
  public let header: [String]
  /// The rows below the header, each with the line on which it begins.
  public let rows: [(line: Int, fields: [String])]
  /// The file that was read, for messages.
  public let file: String?

  /// Reads a table from a file or pipe; `-` is standard input.
  ///
  /// - Throws: `ForecastError.data` if the file cannot be read or a row does not match the header.
  public init(path: String) throws(ForecastError) {
    var stream = try CSVStream(path: path)
    try self.init(&stream)
  }

  /// Reads a table from text.
  ///
  /// - Throws: `ForecastError.data` if there is no header, a quoted field is not closed, or a row does not match the header.
  public init(text: String, file: String? = nil) throws(ForecastError) {
    var stream = CSVStream(text: text, file: file)
    try self.init(&stream)
  }

  private init(_ stream: inout CSVStream) throws(ForecastError) {
    guard try stream.next() else { throw .data(DataFault(.empty, file: stream.file)) }
    let header = try stream.texts().map { CSVTable.trimmed($0) }
    var rows: [(line: Int, fields: [String])] = []
    while try stream.next() {
      guard stream.count == header.count else {
        let name = DataFault.separator(header)
        throw .data(
          DataFault(
            name.map { .separator($0) } ?? .fieldCount(expected: header.count, found: stream.count),
            file: stream.file, line: name == nil ? stream.line : 1))
      }
      rows.append((stream.line, try stream.texts()))
    }
    self.init(header: header, rows: rows, file: stream.file)
  }

  /// Returns the index of a column, ignoring the case of its name; `nil` if the header does not have it.
  public func column(_ name: String) -> Int? { CSVTable.place(of: name, in: header) }

  /// Returns the index of a column.
  ///
  /// - Throws: `ForecastError.data` if the header does not have it, or has it more than once in any case.
  public func requiredColumn(_ name: String) throws(ForecastError) -> Int {
    let found = CSVTable.places(of: name, in: header)
    guard let column = found.first else {
      throw .data(DataFault(.missingColumn(name, found: header), file: file, line: 1))
    }
    guard found.count == 1 else {
      throw .data(DataFault(.repeatedColumn(name), file: file, line: 1))
    }
    return column
  }

  /// Returns the table of the rows that have `value` in a column, with the lines of the file.
  public func rows(whose column: Int, is value: String) -> CSVTable {
    CSVTable(header: header, rows: rows.filter { $0.fields[column] == value }, file: file)
  }

  init(header: [String], rows: [(line: Int, fields: [String])], file: String?) {
    self.header = header
    self.rows = rows
    self.file = file
  }

  /// Returns a field, in quotes if it needs them.
  public static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// The index of a name in a header: an exact match first, otherwise a match that ignores case.
  static func place(of name: String, in header: [String]) -> Int? { places(of: name, in: header).first }

  /// The indices of a name in a header, exact matches first, then those that differ in case alone.
  static func places(of name: String, in header: [String]) -> [Int] {
    let exact = header.indices.filter { header[$0].utf8.elementsEqual(name.utf8) }
    let lower = name.lowercased()
    return exact + header.indices.filter { !exact.contains($0) && header[$0].lowercased() == lower }
  }

  /// Whether a field stands for a missing value: empty, `NA`, `N/A`, `NaN` or `null`, in any case.
  package static func isMissing(_ field: String) -> Bool {
    field.utf8.count <= 4 && ["", "na", "n/a", "nan", "null"].contains(field.lowercased())
  }

  /// A field without the spaces around it.
  package static func trimmed(_ text: String) -> String {
    var part = text[...]
    while let c = part.first, c.isWhitespace || c == "\u{FEFF}" { part.removeFirst() }
    while let c = part.last, c.isWhitespace { part.removeLast() }
    return String(part)
  }
}
