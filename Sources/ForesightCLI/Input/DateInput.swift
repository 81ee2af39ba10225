internal import ArgumentParser
internal import Forecasting

/// The options that say how dates are read where their text does not tell.
struct DateInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The order of day, month and year in dates such as 03/04/2024: dmy, mdy or ymd. (default: as the column shows)",
      valueName: "order"), transform: named)
  var dateOrder: DateOrder?

  @Option(
    help: ArgumentHelp(
      "The time zone of times without an offset, such as Europe/Berlin; they are read as UTC.",
      valueName: "name"))
  var zone: String?

  /// The options as the library takes them.
  var options: DateOptions { DateOptions(order: dateOrder, zone: zone) }

  /// The options that are given.
  var given: [String] { [("--date-order", dateOrder != nil), ("--zone", zone != nil)].filter(\.1).map(\.0) }
}
