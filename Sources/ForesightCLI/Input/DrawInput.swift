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

  /// The options that were given.
  var options: DrawOptions {
    DrawOptions(draws: draws, replicates: replicates, seed: seed, threads: threads)
  }

  func validate() throws {
    let bounds = [
      ("draws", draws, RunSettings.drawRange), ("replicates", replicates, RunSettings.replicateRange),
      ("threads", threads, RunSettings.threadRange),
    ]
    for (name, value, range) in bounds {
      if let value, !range.contains(value) {
        throw ValidationError("--\(name) \(value): is outside \(range.lowerBound) … \(range.upperBound)")
      }
    }
  }
}
