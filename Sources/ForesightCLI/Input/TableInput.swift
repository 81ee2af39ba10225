internal import ArgumentParser
internal import Forecasting

/// The options that say what a table does not tell of itself.
struct TableInput: ParsableArguments {
  @Option(help: ArgumentHelp("The column of dates. (default: found)", valueName: "column"))
  var date: String?

  @Option(help: ArgumentHelp("The column of values. (default: found)", valueName: "column"))
  var value: String?

  @Option(help: ArgumentHelp("The column that tells series apart. (default: found)", valueName: "column"))
  var id: String?

  @Option(
    help: ArgumentHelp(
      "The decimal mark, point or comma, where 1,234 could be either. (default: as the numbers show)",
      valueName: "mark"), transform: named)
  var decimal: DecimalMark?

  @Option(
    help: ArgumentHelp("The sheet of a workbook, by name or number. (default: the first)", valueName: "name"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "Make one value of several rows of a period: their sum, mean or last. (default: refuse them)",
      valueName: "rule"), transform: named)
  var aggregate: SpanRule?

  /// The options as the library takes them.
  var options: TableOptions { TableOptions(date: date, value: value, id: id, decimal: decimal, sheet: sheet) }

  /// The options that are given.
  var given: [String] {
    [
      ("--date", date != nil), ("--value", value != nil), ("--id", id != nil), ("--decimal", decimal != nil),
      ("--sheet", sheet != nil), ("--aggregate", aggregate != nil),
    ].filter(\.1).map(\.0)
  }
}

/// How periods without a row are treated.
enum GapChoice: String, CaseIterable {
  case missing
  case zero
  case refuse

  /// The policy of the library.
  var policy: GapPolicy {
    switch self {
    case .missing: .missing
    case .zero: .zero
    case .refuse: .refuse
    }
  }
}
