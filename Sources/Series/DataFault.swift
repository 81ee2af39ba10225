/// A fault in data, with the file and line if the data were read from a file.
public struct DataFault: Error, Sendable, Equatable, Codable {
  /// The kinds of fault.
  public enum Kind: Sendable, Equatable, Codable {
    /// The file cannot be opened, or is not UTF-8 text.
    case unreadable(String)
    /// A column is missing from the header; `found` lists the columns that are there.
    case missingColumn(String, found: [String])
    /// The header has the same column more than once.
    case repeatedColumn(String)
    /// A row has the wrong number of fields.
    case fieldCount(expected: Int, found: Int)
    /// The fields appear to be separated by a character other than a comma.
    case separator(String)
    /// A quoted field is not closed.
    case unterminatedQuote
    /// The text is not a period.
    case badPeriod(String)
    /// The text is a period in more than one way; `option` names what decides.
    case ambiguousPeriod(String, readings: [String], option: String)
    /// The text is not a finite number.
    case badNumber(String)
    /// The text is a number in more than one way; `option` names what decides.
    case ambiguousNumber(String, readings: [String], option: String)
    /// Several columns could be the one that is needed; `option` names what decides.
    case severalColumns(String, found: [String], option: String)
    /// No column holds what is needed, such as numbers; `option` names the one that does.
    case noColumn(String, found: [String], option: String)
    /// The text in a column of a period's row is not a finite number.
    case badCell(String, column: String, period: Period)
    /// The period has a different frequency from the rows before it: found, then expected.
    case mixedFrequencies(Frequency, Frequency)
    /// The row has a different unit from the rows before it: found, then expected.
    case mixedUnits(String, String)
    /// The row's key is empty or not UTF-8 text.
    case badKey
    /// The period appeared before.
    case duplicate(PeriodSpan)
    /// The span covers periods that an earlier span covers.
    case overlap(PeriodSpan, PeriodSpan)
    /// The row is earlier than the row before it.
    case disorder(PeriodSpan, after: PeriodSpan)
    /// Periods without a row, if gaps are not allowed.
    case gap(PeriodSpan)
    /// There are no observations.
    case empty
  }

  /// The kind of fault.
  public let kind: Kind
  /// The series, if known.
  public let series: String?
  /// The file that was read, if any.
  public let file: String?
  /// The line in the file, counted from 1.
  public let line: Int?

  /// A fault with what is known about where it is.
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
    return place + what.brief + subject.brief
  }

  private var what: String {
    switch kind {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .missingColumn(let column, let found):
      "the header has no column \"\(column)\"" + DataFault.columns(found)
    case .repeatedColumn(let column): "the header has column \"\(column)\" more than once"
    case .fieldCount(let expected, let found):
      "the row has \(counted(found, "field")); the header has \(expected)"
    case .separator(let name): "fields appear to be separated by \(name); expected commas"
    case .unterminatedQuote: "a quoted field is not closed"
    case .badPeriod(let text):
      "\"\(text)\" is not a period; expected one such as 2020-01-31, 2020-01, 2020-Q1, 2020-W05, 2020 or an integer"
    case .ambiguousPeriod(let text, let readings, let option):
      "\"\(text)\" may be \(readings.joined(separator: " or ")); use \(option)"
    case .badNumber(let text): "\"\(text)\" is not a finite number; expected digits such as 6.9"
    case .ambiguousNumber(let text, let readings, let option):
      "\"\(text)\" may be \(readings.joined(separator: " or ")); use \(option)"
    case .severalColumns(let what, let found, let option):
      "\(found.count) columns hold \(what): \(DataFault.listed(found)); choose with \(option)"
    case .noColumn(let what, let found, let option):
      "no column holds \(what)" + DataFault.columns(found) + "; name it with \(option)"
    case .badCell(let text, let column, let period):
      "\"\(text)\" in column \"\(column)\" at \(period) is not a finite number; expected digits such as 6.9"
    case .mixedFrequencies(let found, let expected):
      "the period has frequency \(found.rawValue); the rows before it have frequency \(expected.rawValue)"
    case .mixedUnits(let found, let expected):
      "the unit is \"\(found)\"; the rows before it have unit \"\(expected)\""
    case .badKey: "the series name is empty or is not UTF-8 text"
    case .duplicate(let span):
      "\(span) appears more than once; make one value of its rows with --aggregate sum, mean or last"
        + (span.first.frequency.unit.seconds ?? 86_400 < 86_400
          ? "; name the time zone with --zone if clocks were set back" : "")
    case .overlap(let span, let earlier): "\(span) overlaps \(earlier)"
    case .disorder(let span, let earlier): "\(span) comes after \(earlier); rows must be in time order"
    case .gap(let span): "there is no observation for \(span)"
    case .empty: "there are no observations"
    }
  }

  /// The name of what seems to separate the fields of a header without commas; `nil` if nothing does.
  static func separator(_ header: [String]) -> String? {
    guard header.count == 1 else { return nil }
    return header[0].contains(";") ? "semicolons" : header[0].contains("\t") ? "tabs" : nil
  }

  /// At most ten names.
  private static func listed(_ names: [String]) -> String {
    let rest = names.count > 10 ? " and \(names.count - 10) more" : ""
    return names.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ") + rest
  }

  /// The columns that a header has instead, at most ten names.
  private static func columns(_ found: [String]) -> String {
    guard !found.isEmpty, found != [""] else { return "" }
    if let name = separator(found) { return "; its fields appear to be separated by \(name), not commas" }
    return "; its columns are " + listed(found)
  }
}
