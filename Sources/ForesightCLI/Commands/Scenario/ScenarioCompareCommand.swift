internal import ArgumentParser
internal import Reports
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
      The second scenario is another file, or the same one with --set, --override or --branch. Both use the same draws: \
      what they share is the same on every path, which keeps the error of a difference small. Means are over the paths on \
      which neither date is never; "larger" and "smaller" count all paths.

      EXAMPLES
        foresight scenario compare power-of-siberia-2 --set assets.ps2.capacity=38
        foresight scenario compare power-of-siberia-2 --branch announced
        foresight scenario compare mine.yaml theirs.yaml --questions flow_2035
      """)

  @Argument(
    help: ArgumentHelp("A scenario file, a bundled scenario, or - for standard input.", valueName: "file"))
  var file: String
  @Argument(help: ArgumentHelp("The scenario to compare it with. (default: the same)", valueName: "other"))
  var other: String?
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Set a value in the second scenario; may be repeated.", valueName: "path=value"))
  var settings: [String] = []
  @Option(
    name: .customLong("override"),
    help: ArgumentHelp("Apply a named override of the second file; may be repeated.", valueName: "name"))
  var namedSets: [String] = []
  @Option(
    name: .customLong("weight"),
    help: ArgumentHelp(
      "Set the weight of a branch in the second scenario, the others rescaled; may be repeated.",
      valueName: "branch=weight"))
  var weights: [String] = []
  @Option(help: ArgumentHelp("Make one branch certain in the second scenario.", valueName: "name"))
  var branch: String?
  @Option(help: ArgumentHelp("The questions to compare. (default: all)", valueName: "name,…"))
  var questions: String?
  @OptionGroup var drawing: DrawInput
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if other == nil, settings.isEmpty, namedSets.isEmpty, weights.isEmpty, branch == nil {
      throw ValidationError(
        "a scenario does not differ from itself; give another file, --set, --override, --weight or --branch")
    }
    if file == "-", other == nil || other == "-" {
      throw ValidationError("standard input can be read only once; name a file")
    }
  }

  func run() throws {
    let first = try ScenarioInput(file: file).load().checked()
    let second = try ScenarioInput(
      file: other ?? file, named: namedSets, settings: settings, weights: weights, branch: branch
    )
    .load().checked()
    let comparison = try first.compare(
      with: second, drawing.options, questions: questions.map { $0.split(separator: ",").map(String.init) })
    try output.emit(comparison.report)
  }
}
