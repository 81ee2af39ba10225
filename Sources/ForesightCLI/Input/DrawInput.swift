internal import ArgumentParser
internal import Scenarios

/// The options for the draws of a scenario.
struct DrawInput: ParsableArguments {
  @Option(help: ArgumentHelp("Draws per replicate. (default: as in the file)", valueName: "n"))
  var draws: Int?
  @Option(help: ArgumentHelp("Independent replicates. (default: as in the file)", valueName: "n"))
  var replicates: Int?
  @Option(help: ArgumentHelp("The seed. (default: as in the file)", valueName: "n")) var seed: UInt64?
  @Option(help: ArgumentHelp("The number of threads. (default: one per processor)", valueName: "t"))
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
        throw ValidationError(
          "--\(name) must be from \(range.lowerBound) to \(range.upperBound), not \(value)")
      }
    }
  }
}
