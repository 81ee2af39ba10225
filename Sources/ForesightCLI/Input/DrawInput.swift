internal import ArgumentParser
internal import Scenarios

/// The options that say how a scenario is drawn.
struct DrawInput: ParsableArguments {
  @Option(help: ArgumentHelp("Draws of one replicate. (default: the file's)", valueName: "n"))
  var draws: Int?
  @Option(help: ArgumentHelp("Independent replicates. (default: the file's)", valueName: "n"))
  var replicates: Int?
  @Option(help: ArgumentHelp("The seed. (default: the file's)", valueName: "n")) var seed: UInt64?
  @Option(help: ArgumentHelp("Threads at work. (default: one a processor)", valueName: "t"))
  var threads: Int?

  func validate() throws {
    let bounds = [
      ("draws", draws, 1...(1 << 30)), ("replicates", replicates, 1...4096), ("threads", threads, 1...4096),
    ]
    for (name, value, range) in bounds {
      if let value, !range.contains(value) {
        throw ValidationError("--\(name) \(value): is outside \(range.lowerBound) … \(range.upperBound)")
      }
    }
  }
}
