internal import ArgumentParser
internal import Forecasting

/// The levels of intervals, in per cent.
struct Levels: ParsableArguments {
  @Option(
    name: .customLong("level"),
    help: ArgumentHelp(
      "The level of an interval in per cent, such as 95; may be repeated. (default: 80 and 95)",
      valueName: "percent"))
  var levels: [Double] = []

  func validate() throws {
    for level in levels where !(level >= 1 && level < 100) {
      throw ValidationError(
        "--level \(NumberText.plain(level)): a level is at least 1 and below 100 per cent")
    }
  }

  /// The levels in ascending order, each once.
  var ascending: [Double] { levels.isEmpty ? [80, 95] : Set(levels).sorted() }

  /// A level as headings write it: `80`, `99.5`.
  static func label(_ level: Double) -> String { NumberText.plain(level) }
}
