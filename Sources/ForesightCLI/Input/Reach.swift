internal import ArgumentParser
internal import Forecasting

/// The option that says how far outside the data a forecast may lie.
struct Reach: ParsableArguments {
  @Option(
    name: .customLong("reach"),
    help: ArgumentHelp(
      "How far outside the data a mean may lie, in ranges of the data; inf allows any. (default: 100)",
      valueName: "times"))
  var value: Double = Forecast.usualReach

  func validate() throws {
    guard value >= 0 else { throw ValidationError("--reach \(value): a reach is at least 0") }
  }
}
