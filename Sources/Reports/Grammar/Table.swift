internal import Forecasting

/// Rows of described quantities: an aligned table in text, a list of objects in JSON, rows in CSV.
package struct Table<Row: Sendable>: ReportPart {
  private let key: String
  private let rows: [Row]
  private let forms: Set<Report.Format>
  private let title: String
  private let footer: String
  private let columns: [Column<Row>]

  /// Rows under a key of the document; without one they are the document.
  ///
  /// - Parameters:
  ///   - key: the key of the list in JSON.
  ///   - rows: the rows.
  ///   - forms: the forms that show them.
  ///   - title: lines above the table in text.
  ///   - footer: lines below it.
  ///   - columns: the quantities of a row.
  package init(
    _ key: String = "", _ rows: [Row], in forms: Set<Report.Format> = [.text, .json, .csv],
    title: String = "",
    footer: String = "", @ListBuilder<Column<Row>> columns: () -> [Column<Row>]
  ) {
    self.key = key
    self.rows = rows
    self.forms = forms
    self.title = title
    self.footer = footer
    self.columns = columns()
  }

  private func columns(_ form: Report.Format) -> [Column<Row>]? {
    guard forms.contains(form) else { return nil }
    let own = columns.filter { $0.forms.contains(form) }
    return own.isEmpty ? nil : own
  }

  package func text(width: Int?) -> String? { text(width: width, digits: nil) }

  package func text(width: Int?, digits: Int?) -> String? {
    guard let own = columns(.text)?.map({ $0.showing(digits: digits, of: rows) }) else { return nil }
    let columns = own.filter { !$0.isLast } + own.filter(\.isLast)
    var table = TextTable(columns.map { $0.isNumeric ? .number($0.title ?? "") : .text($0.title ?? "") })
    for row in rows { table.add(columns.map { $0.shown(row) }) }
    return title + table.text(width: width) + footer
  }

  package var members: [String: JSONValue] {
    guard let columns = columns(.json) else { return [:] }
    return [key: .list(rows.map { row in .object(row, columns) })]
  }

  package var csv: String? { csv(digits: nil) }

  package func csv(digits: Int?) -> String? {
    guard let columns = columns(.csv) else { return nil }
    var text = Self.line(columns.map(\.header))
    for row in rows {
      text += Self.line(
        columns.map { $0.value(row).field(digits: $0.isExact ? nil : digits.flatMap { $0 > 15 ? nil : $0 }) })
    }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(CSVTable.quoted).joined(separator: ",") + "\n"
  }
}

extension JSONValue {
  /// The described quantities of a row.
  package static func object<Row>(_ row: Row, _ columns: [Column<Row>]) -> JSONValue {
    .object(
      columns.filter { $0.forms.contains(.json) }.reduce(into: [:]) { $0[$1.key] = $1.value(row) })
  }

  /// The described quantities of a row.
  package init<Row>(_ row: Row, @ListBuilder<Column<Row>> columns: () -> [Column<Row>]) {
    self = .object(row, columns())
  }
}
