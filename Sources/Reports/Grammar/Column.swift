internal import Forecasting

/// One quantity of a row, described once: its key in JSON and CSV, its title in text, and how its values are shown there.
package struct Column<Row: Sendable>: Sendable {
  /// The key in JSON.
  let key: String
  /// The name in the header of a CSV file.
  var header: String
  /// The title in text; `nil` for what text does not show.
  let title: String?
  let isNumeric: Bool
  var forms: Set<Report.Format>
  /// Whether text shows it behind the others.
  var isLast = false
  /// Whether CSV gives its numbers exactly, whatever the digits asked for.
  var isExact = false
  /// How text shows its numbers; `nil` where it shows something else.
  private var style: NumberStyle?
  let value: @Sendable (Row) -> JSONValue
  var shown: @Sendable (Row) -> String

  /// A quantity under a key, shown in text where it has a title.
  package init<Value: JSONConvertible>(
    _ key: String, _ title: String? = nil, _ style: NumberStyle = .significant(5),
    _ value: @escaping @Sendable (Row) -> Value
  ) {
    self.key = key
    header = key
    self.title = title
    isNumeric = Value.isNumeric
    forms = title == nil ? [.json, .csv] : [.text, .json, .csv]
    self.value = { value($0).jsonValue }
    self.style = style
    let absent = Value.isNumeric ? NumberText.absent : ""
    shown = { row in
      switch value(row).jsonValue {
      case .null: absent
      case .number(let number): style.text(number)
      case let other: other.field
      }
    }
  }

  /// The same quantity, its numbers in text with some significant digits where they would have others.
  func showing(digits: Int?, of rows: [Row]) -> Column {
    guard let digits, let style else { return self }
    let asked: NumberStyle
    switch style {
    case .significant: asked = .significant(digits)
    case .fixed:
      let numbers = rows.compactMap { number($0) }
      asked = .fixed(NumberText.decimals(for: numbers, digits: digits))
    case .percent, .pValue, .plain: return self
    }
    let (own, plain) = (self, shown)
    return shown { row in own.number(row).map { asked.text($0) } ?? plain(row) }
  }

  /// The number of a row; `nil` for anything else.
  private func number(_ row: Row) -> Double? {
    if case .number(let number) = value(row) { return number }
    return nil
  }

  /// A cell of words that only text shows.
  package init(text title: String, _ shown: @escaping @Sendable (Row) -> String) {
    self.init(title, isNumeric: false, shown)
  }

  /// A cell aligned like a number that only text shows.
  package init(number title: String, _ shown: @escaping @Sendable (Row) -> String) {
    self.init(title, isNumeric: true, shown)
  }

  private init(_ title: String, isNumeric: Bool, _ shown: @escaping @Sendable (Row) -> String) {
    key = ""
    header = ""
    self.title = title
    self.isNumeric = isNumeric
    forms = [.text]
    value = { _ in .null }
    self.shown = shown
  }

  /// The same quantity, written otherwise in text.
  package func shown(_ text: @escaping @Sendable (Row) -> String) -> Column {
    var column = self
    column.shown = text
    column.style = nil
    return column
  }

  /// The same quantity in some forms alone.
  package func only(_ forms: Report.Format...) -> Column { only(forms) }

  /// The same quantity in some forms alone.
  package func only(_ forms: [Report.Format]) -> Column {
    var column = self
    column.forms.formIntersection(forms)
    return column
  }

  /// The same quantity, under another name in CSV.
  package func csv(_ header: String) -> Column {
    var column = self
    column.header = header
    return column
  }

  /// The same quantity, exact in CSV: values that are read back.
  package func exact() -> Column {
    var column = self
    column.isExact = true
    return column
  }

  /// The same quantity, behind the others in text.
  package func last() -> Column {
    var column = self
    column.isLast = true
    return column
  }
}

/// How text shows a number.
package enum NumberStyle: Sendable {
  /// Significant digits.
  case significant(Int)
  /// Decimals.
  case fixed(Int)
  /// A share as a percentage with decimals.
  case percent(Int)
  /// A p value.
  case pValue
  /// The shortest text that reads back.
  case plain

  /// The number in this style.
  package func text(_ value: Double) -> String {
    switch self {
    case .significant(let digits): NumberText.significant(value, digits)
    case .fixed(let decimals): NumberText.fixed(value, decimals)
    case .percent(let decimals): NumberText.percent(value, decimals)
    case .pValue: NumberText.pValue(value)
    case .plain: NumberText.plain(value)
    }
  }

  /// The number in this style, or the mark of absence.
  package func text(_ value: Double?) -> String { value.map { text($0) } ?? NumberText.absent }

  /// An interval in this style, an open end as ∞.
  package func text(_ range: ClosedRange<Double>?) -> String {
    range.map { "\(text($0.lowerBound)) … \(text($0.upperBound))" } ?? NumberText.absent
  }
}

/// Gathers the elements of a list, with conditions and loops.
@resultBuilder
package enum ListBuilder<Element> {
  package static func buildExpression(_ element: Element) -> [Element] { [element] }
  package static func buildExpression(_ elements: [Element]) -> [Element] { elements }
  package static func buildBlock(_ parts: [Element]...) -> [Element] { parts.flatMap(\.self) }
  package static func buildOptional(_ part: [Element]?) -> [Element] { part ?? [] }
  package static func buildEither(first: [Element]) -> [Element] { first }
  package static func buildEither(second: [Element]) -> [Element] { second }
  package static func buildArray(_ parts: [[Element]]) -> [Element] { parts.flatMap(\.self) }
}
