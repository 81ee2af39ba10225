internal import ArgumentParser
internal import Scenarios

/// `foresight scenario validate`: what a scenario file contains, or every problem in it.
struct ScenarioValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a scenario file without running it.",
    usage: "foresight scenario validate <file> [<options>]",
    discussion: """
      Names, units, cycles, weights, dimensions and source dates are checked, and every series is fitted. Every problem \
      is a line on standard error with file, line and column, and the exit code is 2.

      EXAMPLES
        foresight scenario validate power-of-siberia-2
        foresight scenario validate my-scenario.yaml --format json
      """)

  @OptionGroup var input: ScenarioInput
  @Option(help: "text or json. (default: text)", transform: named) var format: OutputFormat = .text

  func run() throws {
    let check = try input.load().checked()
    try check.validate()
    let file = check.scenario.file
    switch format {
    case .json:
      try StandardOutput.write(
        jsonText(
          Document(
            scenario: file.id, file: file.name, counts: check.counts, warnings: check.warnings
          )))
    case .text:
      let order = [
        ("branches", "branch"), ("inputs", "input"), ("events", "event"), ("assets", "asset"),
        ("ceilings", "ceiling"), ("series", "series"), ("derived", "derived"), ("questions", "question"),
      ]
      let counts = order.compactMap { many, one in
        check.counts[many].map { "\($0) \($0 == 1 ? one : many)" }
      }
      var text = "\(file.id) (\(file.name)) is sound: \(counts.joined(separator: ", "))\n"
      if !check.warnings.isEmpty {
        text += "\nWarnings\n" + check.warnings.map { "- \($0)\n" }.joined()
      }
      try StandardOutput.write(text)
    }
  }

  /// The keys of `scenario validate --format json`.
  private struct Document: Encodable {
    let scenario: String
    let file: String
    let counts: [String: Int]
    let warnings: [String]
  }
}
