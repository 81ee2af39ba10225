internal import ArgumentParser
internal import Forecasting
internal import Reports
internal import Scenarios

/// `foresight scenario condition`: answers under a condition or an intervention.
struct ScenarioConditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "condition",
    abstract: "Answer the questions given a condition, or with dates or inputs set.",
    usage: """
      foresight scenario condition <file> --given <condition> [...]
      foresight scenario condition <file> --do <name=value> [...]
      """,
    discussion: """
      --given keeps only the paths on which a condition holds, which also changes the distributions of its causes. --do sets \
      the date of an event (a decimal year or never) or an input on every path and leaves its causes as they are. A note \
      says if fewer than 200 paths are left.

      EXAMPLES
        foresight scenario condition power-of-siberia-2 --given 'first_gas < 2034'
        foresight scenario condition power-of-siberia-2 --do contract_date=2026.5
      """)

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("The condition that paths must satisfy.", valueName: "condition")) var given:
    String?
  @Option(
    name: .customLong("do"),
    help: ArgumentHelp("Set the date of an event, or an input; may be repeated.", valueName: "name=value"))
  var interventions: [String] = []
  @Option(help: ArgumentHelp("The questions to answer. (default: all)", valueName: "name,…"))
  var questions: String?
  @OptionGroup var drawing: DrawInput
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if given == nil, interventions.isEmpty { throw ValidationError("condition needs --given or --do") }
  }

  func run() throws {
    let set = try interventions.map { text throws(Failure) in try Self.intervention(text) }
    let scenario = try input.load().conditioned(given: given, interventions: set)
    let run = try scenario.checked().run(
      drawing.options, questions: questions.map { $0.split(separator: ",").map(String.init) })
    try output.emit(run.report)
  }

  /// The name and value in `name=value`, where the value is a number or never.
  private static func intervention(_ text: String) throws(Failure) -> (name: String, value: Double) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty,
      let value = parts[1] == "never" ? .infinity : Double(parts[1]).flatMap({ $0.isFinite ? $0 : nil })
    else {
      throw Failure(.input, "--do: \"\(text)\" is not an intervention; expected name=number or name=never")
    }
    return (parts[0], value)
  }
}
