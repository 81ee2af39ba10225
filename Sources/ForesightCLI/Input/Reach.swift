internal import ArgumentParser
internal import Forecasting

/// The option that limits how far outside the data a forecast may be.
struct Reach: ParsableArguments {
  @Option(
    name: .customLong("reach"),
    help: ArgumentHelp(
      "How far outside the data a mean may be, in multiples of the range of the data; inf for no limit. (default: 100)",
      valueName: "times"))
  var value: Double = Forecast.usualReach

  func validate() throws {
    guard value >= 0 else { throw ValidationError("--reach must be at least 0, not \(value)") }
  }
}
