/// An answer as text, CSV and JSON, all three from one declaration.
///
/// Every answer of the library has one: `forecast.report()`, `fitted.summary.report`, `run.report`. It reads as the answer of the
/// command-line tool does.
///
/// ```swift
/// let forecast = try Drift().fit(series).forecast(12)
/// print(forecast.report().text)
/// try Data(forecast.report().json.utf8).write(to: url)
/// ```
public struct Report: Sendable {
  /// A form in which an answer is written.
  public enum Format: String, Sendable, CaseIterable {
    /// Words and aligned tables for a reader.
    case text
    /// A JSON document: keys in snake case and in order, absent and infinite numbers as null.
    case json
    /// Comma-separated rows under a header (RFC 4180), absent and infinite numbers empty.
    case csv
  }

  private var parts: [any ReportPart]
  private let encoded: (@Sendable () -> JSONValue)?
  /// Parts that came later: their JSON joins what the answer's own encoding gives.
  private var further: [any ReportPart] = []

  /// A report of parts in the order in which they are read.
  package init(@ListBuilder<any ReportPart> _ parts: () -> [any ReportPart]) {
    self.parts = parts()
    encoded = nil
  }

  /// A report whose JSON is what an answer's `Codable` conformance describes.
  package init(
    encoding answer: some Encodable & Sendable, @ListBuilder<any ReportPart> _ parts: () -> [any ReportPart]
  ) {
    self.parts = parts()
    encoded = { JSONValue(encoding: answer) }
  }

  /// The report with lines above it in text.
  package func headed(by text: String) -> Report { adding(first: [Words(text)]) }

  /// The report with further parts before the others, whose rows are then those of CSV, and after them.
  package func adding(first: [any ReportPart] = [], last: [any ReportPart] = []) -> Report {
    var report = self
    report.parts = first + parts + last
    report.further = further + first + last
    return report
  }

  /// The answer in a form.
  ///
  /// - Parameters:
  ///   - format: the form.
  ///   - width: the number of columns that tables in text keep to, `nil` for no limit.
  ///   - digits: the significant digits of numbers in tables and CSV; `nil` for what suits a table, and 6 in CSV. JSON is always exact.
  public func written(as format: Format, width: Int? = nil, digits: Int? = nil) -> String {
    switch format {
    case .text: text(width: width, digits: digits)
    case .json: json
    case .csv: csv(digits: digits ?? Self.usualDigits)
    }
  }

  /// The significant digits of numbers in CSV where nobody says: 6.
  public static let usualDigits = 6

  /// The answer in words and tables, as wide as they are.
  public var text: String { text(width: nil) }

  /// The answer in words and tables that keep to a number of columns.
  public func text(width: Int?) -> String { text(width: width, digits: nil) }

  private func text(width: Int?, digits: Int?) -> String {
    let texts = parts.compactMap { $0.text(width: width, digits: digits) }
    return texts.filter { !$0.isEmpty }.joined(separator: "\n").shown
  }

  /// The rows of the answer under a header; numbers in the shortest text that reads back exactly.
  public var csv: String { csv(digits: nil) }

  /// The rows of the answer under a header, with numbers as short as they are exact to some significant digits; `nil`, or more than 15,
  /// for the shortest text that reads back exactly.
  public func csv(digits: Int?) -> String { parts.lazy.compactMap { $0.csv(digits: digits) }.first ?? "" }

  /// The answer as a JSON document; numbers in the shortest text that reads back exactly.
  public var json: String { value.document }

  /// The answer as a JSON document on one line.
  public var jsonLine: String { value.line }

  /// The answer as a JSON value.
  package var value: JSONValue {
    if let encoded {
      guard !further.isEmpty, case .object(let own) = encoded() else { return encoded() }
      return .object(further.map(\.members).reduce(into: own) { $0.merge($1) { _, last in last } })
    }
    let members = parts.map(\.members)
    // A table without a key is the whole document.
    if let list = members.lazy.compactMap({ $0[""] }).first { return list }
    return .object(members.reduce(into: [:]) { $0.merge($1) { _, last in last } })
  }
}

/// A part of a report.
package protocol ReportPart: Sendable {
  /// The part in words, each line ended; `nil` where text does not show it. A blank line parts it from the next.
  func text(width: Int?) -> String?
  /// The part in words, with numbers of some significant digits; `nil` for those that suit it.
  func text(width: Int?, digits: Int?) -> String?
  /// The part in JSON, by key.
  var members: [String: JSONValue] { get }
  /// The part as CSV; `nil` where it has no rows.
  var csv: String? { get }
  /// The part as CSV with numbers of some significant digits; `nil` digits for exact ones.
  func csv(digits: Int?) -> String?
}

extension ReportPart {
  package func text(width: Int?) -> String? { nil }
  package var members: [String: JSONValue] { [:] }
  package var csv: String? { nil }
  package func text(width: Int?, digits: Int?) -> String? { text(width: width) }
  package func csv(digits: Int?) -> String? { csv }
}

/// Words that only text shows.
package struct Words: ReportPart {
  private let words: @Sendable (Int?) -> String

  /// Lines, the last one ended too.
  package init(_ text: String) { words = { _ in text } }

  /// Lines that keep to a width.
  package init(_ text: @escaping @Sendable (Int?) -> String) { words = text }

  package func text(width: Int?) -> String? { words(width) }
}

/// Named values that only JSON shows.
package struct Members: ReportPart {
  package let members: [String: JSONValue]

  /// Values by key.
  package init(_ members: [String: any JSONConvertible]) { self.members = members.mapValues(\.jsonValue) }
}

/// Remarks, under `notes` in JSON.
package struct Notes: ReportPart {
  private let notes: [String]
  private let title: String
  package let members: [String: JSONValue]

  /// Remarks; those in `more` come first, in text alone.
  package init(_ notes: [String], more: [String] = [], title: String = "Notes", key: String = "notes") {
    self.notes = more + notes
    self.title = title
    members = [key: notes.jsonValue]
  }

  /// Remarks that JSON gives elsewhere.
  package init(text notes: [String]) {
    self.notes = notes
    title = "Notes"
    members = [:]
  }

  package func text(width: Int?) -> String? {
    notes.isEmpty ? nil : "\(title)\n" + notes.map { "- \($0)\n" }.joined()
  }
}

/// Rows that are CSV already.
package struct Rows: ReportPart {
  package let csv: String?

  /// Rows under their header.
  package init(csv: String) { self.csv = csv }
}

/// A part that only text shows.
package struct InText: ReportPart {
  private let part: any ReportPart

  /// The text of a part.
  package init(_ part: any ReportPart) { self.part = part }

  package func text(width: Int?) -> String? { part.text(width: width) }
  package func text(width: Int?, digits: Int?) -> String? { part.text(width: width, digits: digits) }
}
