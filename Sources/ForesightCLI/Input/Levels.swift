internal import ArgumentParser
internal import Forecasting

/// The levels of intervals, in percent.
struct Levels: ParsableArguments {
  @Option(
    name: .customLong("level"),
    help: ArgumentHelp(
      "The level of an interval in percent, such as 95; may be repeated. (default: 80 and 95)",
      valueName: "percent"))
  var levels: [Double] = []

  func validate() throws {
    for level in levels where !(level >= 1 && level < 100) {
      throw ValidationError(
        "--level must be a percentage from 1 to below 100, not \(NumberText.plain(level))")
    }
  }

  /// The distinct levels in ascending order.
  var ascending: [Double] { levels.isEmpty ? [80, 95] : Set(levels).sorted() }

  /// A level as headings write it: `80`, `99.5`.
  static func label(_ level: Double) -> String { NumberText.plain(level) }
}
