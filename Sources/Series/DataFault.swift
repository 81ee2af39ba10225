/// What is wrong with data, where: a file and line when it was read from one.
public struct DataFault: Error, Sendable, Equatable, Codable {
  /// The kinds of fault.
  public enum Kind: Sendable, Equatable, Codable {
    /// The file cannot be opened or is not UTF-8 text.
    case unreadable(String)
    /// The header lacks a column; those that it has.
    case missingColumn(String, found: [String])
    /// The header has a column twice, so that it cannot be told which is meant.
    case repeatedColumn(String)
    /// A row has the wrong number of fields.
    case fieldCount(expected: Int, found: Int)
    /// The fields of the header look separated by other marks than commas.
    case separator(String)
    /// A quoted field does not end.
    case unterminatedQuote
    /// The text is no period.
    case badPeriod(String)
    /// The text is no finite number.
    case badNumber(String)
    /// The text in a column of a period's row is no finite number.
    case badCell(String, column: String, period: Period)
    /// The period has another frequency than the rows before it.
    case mixedFrequencies(Frequency, Frequency)
    /// The row has another unit than the rows before it.
    case mixedUnits(String, String)
    /// The row's key is empty or not UTF-8 text.
    case badKey
    /// The period was given before.
    case duplicate(PeriodSpan)
    /// The span covers periods that an earlier span covers.
    case overlap(PeriodSpan, PeriodSpan)
    /// The row is earlier than the row before it.
    case disorder(PeriodSpan, after: PeriodSpan)
    /// Periods without a row, where gaps are refused.
    case gap(PeriodSpan)
    /// There is no observation at all.
    case empty
  }

  /// What is wrong.
  public let kind: Kind
  /// The series it is wrong with, where one is known.
  public let series: String?
  /// The file it was read from.
  public let file: String?
  /// The line in the file, counted from 1.
  public let line: Int?

  /// A fault with what is known of its place.
  public init(_ kind: Kind, series: String? = nil, file: String? = nil, line: Int? = nil) {
    self.kind = kind
    self.series = series
    self.file = file
    self.line = line
  }
}

extension DataFault: CustomStringConvertible {
  /// One line: `file:line: what is wrong (series NAME)`.
  public var description: String {
    let place: String
    switch (file, line) {
    case (.some(let file), .some(let line)): place = "\(file):\(line): "
    case (.some(let file), nil): place = "\(file): "
    default: place = ""
    }
    let subject = series.map { $0.isEmpty ? "" : " (series \($0))" } ?? ""
    return place + what + subject
  }

  private var what: String {
    switch kind {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .missingColumn(let column, let found):
      "the header has no column \"\(column)\"" + DataFault.columns(found)
    case .repeatedColumn(let column): "the header has the column \"\(column)\" twice"
    case .fieldCount(let expected, let found): "\(found) fields where the header has \(expected)"
    case .separator(let name): "the fields look separated by \(name), not by commas"
    case .unterminatedQuote: "a quoted field does not end"
    case .badPeriod(let text):
      "\"\(text)\" is no period such as 2020-01-31, 2020-01, 2020-Q1, 2020-W05, 2020 or an integer"
    case .badNumber(let text): "\"\(text)\" is no finite number"
    case .badCell(let text, let column, let period):
      "\"\(text)\" is no finite number (column \"\(column)\", \(period))"
    case .mixedFrequencies(let found, let expected):
      "a period by \(found.rawValue) among periods by \(expected.rawValue)"
    case .mixedUnits(let found, let expected): "unit \"\(found)\" among values in \"\(expected)\""
    case .badKey: "the row has no readable key"
    case .duplicate(let span): "\(span) is given twice"
    case .overlap(let span, let earlier): "\(span) overlaps \(earlier)"
    case .disorder(let span, let earlier): "\(span) comes after \(earlier)"
    case .gap(let span): "no observation for \(span)"
    case .empty: "there is no observation"
    }
  }

  /// What looks to separate the fields of a header that has no comma, `nil` where nothing does.
  static func separator(_ header: [String]) -> String? {
    guard header.count == 1 else { return nil }
    return header[0].contains(";") ? "semicolons" : header[0].contains("\t") ? "tabs" : nil
  }

  /// What a header has in place of a column, at most ten names.
  private static func columns(_ found: [String]) -> String {
    guard !found.isEmpty, found != [""] else { return "" }
    if let name = separator(found) { return "; its fields look separated by \(name), not by commas" }
    let rest = found.count > 10 ? " and \(found.count - 10) more" : ""
    return "; it has " + found.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ") + rest
  }
}
