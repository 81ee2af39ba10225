internal import Forecasting

/// Rows as comma-separated text (RFC 4180), numbers in the shortest text that reads back exactly.
struct CSVText {
  private(set) var text: String

  /// A header.
  init(_ header: [String]) { text = CSVText.line(header) }

  /// Adds a row.
  mutating func add(_ cells: [String]) { text += CSVText.line(cells) }

  /// A number, empty where there is none.
  static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return "\(value)"
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(CSVTable.quoted).joined(separator: ",") + "\n"
  }
}
