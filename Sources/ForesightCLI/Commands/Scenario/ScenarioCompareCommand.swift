internal import ArgumentParser
internal import Scenarios

/// `foresight scenario compare`: two scenarios on the same draws.
struct ScenarioCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the answers of two scenarios on the same draws.",
    usage: """
      foresight scenario compare <file> <other> [...]
      foresight scenario compare <file> --set <path=value> [...]
      """,
    discussion: """
      The second scenario is another file, or the same one with --set or --branch. Draws are keyed by name, so that what both \
      share is the same on every path and a difference has a small error. Means are over the paths on which neither date is \
      never; larger and smaller count all paths.

      EXAMPLES
        foresight scenario compare power-of-siberia-2 --set assets.ps2.capacity=38
        foresight scenario compare power-of-siberia-2 --branch announced
        foresight scenario compare mine.yaml theirs.yaml --questions flow_2035
      """)

  @Argument(
    help: ArgumentHelp("A scenario file, a bundled scenario, or - for standard input.", valueName: "file"))
  var file: String
  @Argument(help: ArgumentHelp("The scenario it is compared with. (default: the same)", valueName: "other"))
  var other: String?
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Set a value in the second scenario; may be repeated.", valueName: "path=value"))
  var settings: [String] = []
  @Option(
    name: .customLong("override"),
    help: ArgumentHelp("Apply overrides that the second file names; may be repeated.", valueName: "name"))
  var namedSets: [String] = []
  @Option(help: ArgumentHelp("Make one branch certain in the second scenario.", valueName: "name"))
  var branch: String?
  @Option(help: ArgumentHelp("The questions to compare. (default: all)", valueName: "name,…"))
  var questions: String?
  @OptionGroup var drawing: DrawInput
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws {
    if other == nil, settings.isEmpty, namedSets.isEmpty, branch == nil {
      throw ValidationError(
        "give another file, --set, --override or --branch: a scenario does not differ from itself")
    }
    if file == "-", other == nil || other == "-" {
      throw ValidationError("standard input can be read once; name a file")
    }
  }

  func run() throws {
    let first = try ScenarioInput(file: file).load().checked()
    let second = try ScenarioInput(file: other ?? file, named: namedSets, settings: settings, branch: branch)
      .load().checked()
    let report = ComparisonReport(
      try first.compare(
        with: second, drawing.options, questions: questions.map { $0.split(separator: ",").map(String.init) })
    )
    switch format {
    case .text: try StandardOutput.write(report.text)
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
  }
}
